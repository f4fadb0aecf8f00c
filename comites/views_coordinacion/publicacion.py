"""What is public of a mesa and what it keeps reserved: looked at, withdrawn, reviewed."""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from comites import operaciones_publicacion as operaciones
from comites.forms_publicacion import Retiro, quien_puede_leer
from comites.models import ActoDePublicacion, Acuerdo, PuntoDelOrden, Sesion
from comites.permisos import exigir_que_publique, registra_toda_la_mesa, sesion_publicable
from comites.reservas import asambleas_que_pueden_consentir, reservas_de
from comites.views_coordinacion.puerta import de_mesa

CON_RESERVA = {"sesion": Sesion, "punto": PuntoDelOrden, "acuerdo": Acuerdo}


@require_GET
@de_mesa
def publicacion(request, mesa):
    """What the assembly has consented to publish and until when; to the coordination, also what is reserved."""
    hoy = timezone.localdate()
    actos = ActoDePublicacion.objects.visibles_para(request.user).de_mesa(mesa)
    publica = registra_toda_la_mesa(request.user, mesa)
    contexto = {
        "mesa_actual": mesa,
        "vigentes": actos.vigentes_en(hoy).con_nombres_ajenos()[:200],
        "publica": publica,
        "asambleas": asambleas_que_pueden_consentir(request.user, mesa) if publica else [],
        "reservas": reservas_de(request.user, mesa, hoy) if publica else None,
    }
    return render(request, "comites/coordinacion/publicacion/publicacion.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def retirar_sesion(request, mesa, pk):
    """Withdraw a session that is public, everywhere at once."""
    sesion = sesion_publicable(request.user, mesa, pk)
    acto = sesion.actos.filter(revocado_el__isnull=True).first()
    form = Retiro(request.POST or None)
    if acto is None:
        messages.info(request, "Esta sesión no es pública.")
        return redirect(sesion)
    if form.is_valid():
        with suppress(ValidationError):  # somebody else withdrew it a moment ago: it is done
            operaciones.retirar_publicacion(acto=acto, **form.cleaned_data)
        messages.success(request, "La sesión ya no es pública en ninguna parte.")
        return redirect(sesion)
    contexto = {"mesa_actual": mesa, "que": str(sesion), "form": form, "volver": sesion.get_absolute_url()}
    return render(request, "comites/coordinacion/retirar.html", contexto)


@require_http_methods(["GET", "POST"])
@de_mesa
def reserva(request, mesa, que, pk):
    """Look again at something reserved: it goes on, with its reason and a new day, or it no longer is."""
    exigir_que_publique(request.user, mesa)
    if que not in CON_RESERVA:
        raise Http404
    fila = get_object_or_404(_que_lee(request.user, mesa, que), pk=pk)
    form = quien_puede_leer(fila, request.POST or None)
    if form.is_valid():
        try:
            operaciones.cambiar_nivel(fila=fila, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, "Guardamos quién puede leerlo.")
            return redirect("coordinacion:publicacion", mesa.slug)
    contexto = {"mesa_actual": mesa, "fila": fila, "que": que, "form": form}
    return render(request, "comites/coordinacion/publicacion/reserva.html", contexto)


def _que_lee(usuario, mesa, que):
    """Rows of that kind, of the mesa itself, that the user may read."""
    if que == "acuerdo":
        return Acuerdo.objects.visibles_para(usuario).filter(sesion__mesa=mesa).select_related("sesion__mesa")
    sesiones = Sesion.objects.visibles_para(usuario).filter(mesa=mesa).select_related("mesa", "comite")
    if que == "sesion":
        return sesiones
    return PuntoDelOrden.objects.filter(sesion__in=sesiones.order_by().values("pk")).select_related("sesion__mesa")
