"""How the mesas of the user keep up with what they agree."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comites.forms import FiltroDeSeguimiento
from comites.hechos import asientos_ciudadanos, leer_hechos, seguir
from comites.models import Acuerdo, Sesion
from comites.permisos import registra_toda_la_mesa
from comites.seguimiento import Desenlace
from comites.tablas import tabla_de_asistencia, tabla_de_desenlaces
from comites.views_coordinacion.puerta import de_mesa
from mesas.models import Mesa


@require_GET
@never_cache
@login_required
def red(request):
    """The mesas that the user may read, side by side; with only one, straight to it."""
    mesas = list(Mesa.objects.visibles_para(request.user).por_entidad())
    if len(mesas) == 1:
        return redirect("coordinacion:seguimiento", mesas[0].slug)
    filtro = FiltroDeSeguimiento(request.GET)
    elegido = filtro.elegido()
    seguido = seguir(_hechos(request, elegido["fecha"]), mesas, **elegido)
    contexto = {
        "filtro": filtro,
        "seguido": seguido,
        "desenlaces": tabla_de_desenlaces(seguido.red),
        "que_significan": list(Desenlace),
    }
    return render(
        request, "comites/coordinacion/seguimiento_red.html", contexto, status=200 if filtro.is_valid() else 400
    )


@require_GET
@de_mesa
def mesa(request, mesa):
    """One mesa: its sessions, who filled its seats and how its agreements go."""
    filtro = FiltroDeSeguimiento(request.GET)
    elegido = filtro.elegido()
    seguido = seguir(_hechos(request, elegido["fecha"]), [mesa], **elegido)
    [(_, suyo)] = seguido.mesas
    contexto = {
        "mesa_actual": mesa,
        "filtro": filtro,
        "seguido": seguido,
        "suyo": suyo,
        "desenlaces": tabla_de_desenlaces(suyo),
        "asistencia": tabla_de_asistencia(suyo),
        "que_significan": list(Desenlace),
    }
    if registra_toda_la_mesa(request.user, mesa):
        sesiones = Sesion.objects.visibles_para(request.user)
        contexto["asientos"] = asientos_ciudadanos(sesiones, mesa, fecha=elegido["fecha"], desde=seguido.desde)
    return render(request, "comites/coordinacion/seguimiento.html", contexto, status=200 if filtro.is_valid() else 400)


def _hechos(request, fecha):
    """What the user may read, and nothing else."""
    return leer_hechos(
        sesiones=Sesion.objects.visibles_para(request.user),
        acuerdos=Acuerdo.objects.visibles_para(request.user),
        fecha=fecha,
    )
