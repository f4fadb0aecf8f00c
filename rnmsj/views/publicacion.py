"""The consent of an assembly, recorded with a preview of exactly what the public will see."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from comites import operaciones_publicacion as operaciones
from comites.forms_publicacion import ActoEnPlenaria, Consentimiento
from comites.models import Acuerdo, PuntoDelOrden, Sesion
from comites.permisos import acuerdo_publicable, sesion_publicable
from comites.views_coordinacion.puerta import de_mesa
from rnmsj.previa import vista_previa

A_LA_VISTA = 100


@require_http_methods(["GET", "POST"])
@de_mesa
def consentir(request, mesa, pk):
    """All that an assembly consented to publish in one item: chosen, looked at, and only then published."""
    asamblea = sesion_publicable(request.user, mesa, pk)
    form = ActoEnPlenaria(request.POST or None, asamblea=asamblea, **_consentibles(request.user, asamblea))
    previa = None
    if form.is_valid():
        elegido, dato = form.elegido(), form.cleaned_data
        previa = vista_previa(request, hasta=dato["hasta"], **elegido)
        comun = {campo: dato[campo] for campo in ("punto", "fundamento", "hasta")}
        try:
            if _como_se_vio(request, previa):
                actos = operaciones.consentir(autor=request.user, **comun, **elegido)
                cuantas = f"{len(actos)} página{'' if len(actos) == 1 else 's'}"
                messages.success(request, f"Registramos el consentimiento: ya se puede leer {cuantas} más.")
                return redirect("coordinacion:publicacion", mesa.slug)
        except ValidationError as error:
            form.reprochar(error)
    contexto = {"mesa_actual": mesa, "asamblea": asamblea, "form": form, "previa": previa}
    return render(request, "comites/coordinacion/publicacion/consentir.html", contexto)


def _consentibles(usuario, asamblea):
    """What the user may read of what this assembly could consent to publish."""
    acuerdos = Acuerdo.objects.visibles_para(usuario).con_contexto()
    return {
        "sesiones": Sesion.objects.visibles_para(usuario)
        .publicables_en(asamblea)
        .select_related("mesa", "comite")
        .order_by("-inicio")[:A_LA_VISTA],
        "acuerdos": acuerdos.publicables_en(asamblea).recientes()[:A_LA_VISTA],
        "publicos": acuerdos.publicas()
        .filter(sesion__mesa=asamblea.mesa, sesion__inicio__lte=asamblea.inicio)
        .con_resultado_nuevo()
        .recientes()[:A_LA_VISTA],
    }


def _como_se_vio(request, previa):
    """True when whoever publishes has looked at exactly this; otherwise they look again."""
    if "publicar" not in request.POST:
        return False
    if request.POST.get("huella") == previa.huella:
        return True
    messages.warning(request, "Lo que se publicaría cambió desde que lo viste. Míralo otra vez y publícalo.")
    return False


@require_http_methods(["GET", "POST"])
@de_mesa
def publicar_acuerdo(request, mesa, folio):
    """Record the consent of the assembly to publish one agreement, in any of its sessions."""
    acuerdo = acuerdo_publicable(request.user, mesa, folio)
    puntos = PuntoDelOrden.objects.donde_consentir(acuerdo)
    form = Consentimiento(request.POST or None, puntos=puntos, initial={"punto": request.GET.get("punto", "")})
    if form.is_valid():
        try:
            operaciones.publicar_acuerdo(acuerdo=acuerdo, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "El acuerdo ya es público.")
            return redirect("coordinacion:acuerdo", mesa.slug, folio)
    contexto = {
        "mesa_actual": mesa,
        "acuerdo": acuerdo,
        "previa": vista_previa(request, sesiones={}, acuerdos={acuerdo: []}, hasta=None),
        "form": form,
        "hay_plenarias": puntos.exists(),
    }
    return render(request, "comites/coordinacion/publicar.html", contexto)
