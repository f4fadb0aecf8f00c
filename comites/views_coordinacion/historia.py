"""What happens to an agreement after its session: progress, the second key, a new date."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from comites.forms_seguimiento import NuevaProrroga, NuevoAvance, SegundaLlave
from comites.historia import pruebas_de
from comites.models import Acuerdo, Sesion
from comites.operaciones_acuerdos import prorrogar_acuerdo
from comites.operaciones_evidencias import avanzar, verificar_con_prueba
from comites.permisos import acuerdo_registrable, acuerdo_reportable, puede_registrar, responde_por
from comites.permisos_seguimiento import acuerdo_verificable, impedimento_de_usuario
from comites.querysets_seguimiento import sesiones_que_verifican
from comites.subidas import con_archivo
from comites.views_coordinacion.acuerdos import pagina_de_acuerdo
from comites.views_coordinacion.puerta import de_mesa


@con_archivo
@require_POST
@de_mesa
@csrf_protect
def avance(request, mesa, folio):
    """Add a step to the history, with the file that shows it."""
    acuerdo = acuerdo_reportable(request.user, mesa, folio)
    responde = responde_por(request.user, acuerdo)
    form = NuevoAvance(request.POST, request.FILES, acuerdo=acuerdo, responde=responde, excedido=request.tope.excedido)
    if form.is_valid():
        try:
            datos = {"fecha": timezone.localdate(), **form.cleaned_data}
            avanzar(acuerdo=acuerdo, autor=request.user, responde=responde, **datos)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "Guardamos el avance.")
            return redirect("coordinacion:acuerdo", mesa.slug, folio)
    return pagina_de_acuerdo(request, mesa, acuerdo, form=form)


@con_archivo
@require_http_methods(["GET", "POST"])
@de_mesa
@csrf_protect
def verificar(request, mesa, folio):
    """The second key: it is so, or it goes back with its reason."""
    acuerdo = acuerdo_verificable(request.user, mesa, folio)
    if acuerdo.estado != Acuerdo.Estado.REPORTADO:
        messages.info(request, _por_que_no_se_verifica(acuerdo))
        return redirect("coordinacion:acuerdo", mesa.slug, folio)
    form = _segunda_llave(request, acuerdo)
    if form.is_valid():
        try:
            verificar_con_prueba(
                acuerdo=acuerdo, autor=request.user, fecha=timezone.localdate(), **{"sesion": None, **form.cleaned_data}
            )
        except ValidationError as error:
            form.reprochar(error)
        else:
            cumplido = form.cleaned_data["se_cumplio"]
            messages.success(request, "Quedó verificado." if cumplido else "Lo devolviste: vuelve a estar en proceso.")
            return redirect("coordinacion:acuerdo", mesa.slug, folio)
    contexto = {
        "mesa_actual": mesa,
        "acuerdo": acuerdo,
        "form": form,
        "reporte": acuerdo.avances.con_personas().last(),
        "pruebas": pruebas_de(acuerdo, request.user),
    }
    return render(request, "comites/coordinacion/historia/verificar.html", contexto)


def _por_que_no_se_verifica(acuerdo):
    if acuerdo.esta_abierto:
        return "Este acuerdo no espera verificación: primero se reporta."
    return f"Este acuerdo ya quedó como «{acuerdo.get_estado_display().lower()}»: no espera verificación."


def _segunda_llave(request, acuerdo):
    visibles = Sesion.objects.visibles_para(request.user)
    sesiones = Sesion.objects.none()
    if puede_registrar(request.user, acuerdo.sesion):
        sesiones = sesiones_que_verifican(visibles, acuerdo).select_related("mesa", "comite")
    return SegundaLlave(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        sesiones=sesiones,
        con_asiento=impedimento_de_usuario(request.user, acuerdo) is None,
        excedido=request.tope.excedido,
    )


@require_http_methods(["GET", "POST"])
@de_mesa
def prorrogar(request, mesa, folio):
    """Give the agreement a later date, with its reason."""
    acuerdo = acuerdo_registrable(request.user, mesa, folio)
    if not acuerdo.sesion.esta_cerrada or not acuerdo.esta_abierto or acuerdo.vence is None:
        messages.info(request, "Se prorroga un acuerdo abierto, con fecha, después de cerrar su sesión.")
        return redirect("coordinacion:acuerdo", mesa.slug, folio)
    sesiones = Sesion.objects.editables_por(request.user).de_mesa(acuerdo.sesion.mesa)
    sesiones = sesiones.que_otorgan(acuerdo.sesion).select_related("mesa", "comite")
    form = NuevaProrroga(request.POST or None, acuerdo=acuerdo, sesiones=sesiones)
    if form.is_valid():
        try:
            prorrogar_acuerdo(acuerdo=acuerdo, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "Guardamos la nueva fecha. La primera sigue a la vista.")
            return redirect("coordinacion:acuerdo", mesa.slug, folio)
    contexto = {"mesa_actual": mesa, "acuerdo": acuerdo, "form": form}
    return render(request, "comites/coordinacion/historia/prorrogar.html", contexto)
