"""Joint sessions: whom a session invites, and what the mesa answers when it is invited."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from comites import operaciones_conjuntas as operaciones
from comites.forms_agenda import BuscarMesa, Recado, Respuesta
from comites.models import InvitacionConjunta
from comites.permisos import sesion_registrable
from comites.views_coordinacion.puerta import de_mesa
from mesas.models import Mesa

RESULTADOS = 12


@require_http_methods(["GET", "POST"])
@de_mesa
def conjunta(request, mesa, pk):
    """The mesas that a session invites: who was asked, what they answered, and whom else to ask."""
    sesion = sesion_registrable(request.user, mesa, pk)
    recado = Recado(request.POST or None)
    if request.method == "POST" and recado.is_valid():
        invitada = get_object_or_404(_invitables(mesa), slug=request.POST.get("mesa", ""))
        try:
            operaciones.invitar_mesa(
                sesion=sesion, mesa=invitada, autor=request.user, recado=recado.cleaned_data["recado"]
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Invitaste a {invitada}. Entra a la sesión cuando su coordinación acepte.")
        return redirect("coordinacion:conjunta", mesa.slug, pk)
    busqueda = BuscarMesa(request.GET if "q" in request.GET else None)
    buscado = busqueda.cleaned_data["q"] if busqueda.is_valid() else ""
    invitaciones = sesion.invitaciones.select_related("mesa__entidad").order_by("mesa__nombre")
    contexto = {
        "mesa_actual": mesa,
        "sesion": sesion,
        "busqueda": busqueda,
        "buscado": buscado,
        "invitaciones": invitaciones,
        "halladas": _halladas(mesa, invitaciones, buscado) if buscado and not sesion.esta_cerrada else [],
        "recado": recado,
    }
    return render(request, "comites/coordinacion/conjuntas/conjunta.html", contexto)


def _invitables(mesa):
    """The mesas that the micrositio shows (or the invented ones, for an invented one), but this one."""
    return Mesa.objects.publicas().filter(es_demo=mesa.es_demo).exclude(pk=mesa.pk)


def _halladas(mesa, invitaciones, buscado):
    vivas = [invitacion.mesa_id for invitacion in invitaciones if invitacion.esta_viva]
    encontradas = _invitables(mesa).exclude(pk__in=vivas).buscar(buscado)
    return encontradas.con_estado(timezone.localdate()).select_related("entidad").por_nombre()[:RESULTADOS]


@require_POST
@de_mesa
def retirar(request, mesa, pk):
    """Take an invitation back."""
    sesion = sesion_registrable(request.user, mesa, pk)
    cual = request.POST.get("invitacion", "")
    cual = int(cual) if cual.isdecimal() and len(cual) < 19 else 0
    invitacion = get_object_or_404(sesion.invitaciones.select_related("sesion", "mesa"), pk=cual)
    try:
        operaciones.retirar_invitacion(invitacion=invitacion)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Retiraste la invitación a {invitacion.mesa}.")
    return redirect("coordinacion:conjunta", mesa.slug, pk)


@require_http_methods(["GET", "POST"])
@de_mesa
def invitacion(request, mesa, pk):
    """What another mesa proposes, for whoever may answer in the name of this one."""
    filas = InvitacionConjunta.objects.para_responder(request.user, mesa)
    fila = get_object_or_404(filas.select_related("sesion__mesa__entidad", "sesion__comite", "mesa"), pk=pk)
    form = Respuesta(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            fila = operaciones.responder_invitacion(invitacion=fila, autor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.reprochar(error)
        else:
            messages.success(request, _que_se_respondio(fila))
            return redirect("coordinacion:mesa", mesa.slug)
    contexto = {"mesa_actual": mesa, "invitacion": fila, "sesion": fila.sesion, "form": form}
    return render(request, "comites/coordinacion/conjuntas/invitacion.html", contexto)


def _que_se_respondio(fila):
    if fila.estado == InvitacionConjunta.Estado.ACEPTADA:
        return f"Aceptaste: la sesión con {fila.sesion.mesa} ya está entre las tuyas."
    return f"Avisamos a {fila.sesion.mesa} que no pueden. Puedes cambiar de opinión hasta que empiece."
