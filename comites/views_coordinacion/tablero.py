"""The board: what is near, and what to do first."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comites.models import Acuerdo, Sesion
from comites.pendientes import lo_primero
from comites.permisos import puede_convocar
from comites.views_coordinacion.puerta import de_mesa
from mesas.models import Mesa


@require_GET
@never_cache
@login_required
def tablero(request):
    """The mesas of the user; with only one, straight to its board."""
    mesas = list(Mesa.objects.visibles_para(request.user).con_estado(timezone.localdate()).select_related("entidad"))
    if len(mesas) == 1:
        return redirect("coordinacion:mesa", mesas[0].slug)
    return render(request, "comites/coordinacion/mesas.html", {"mesas": mesas})


@require_GET
@de_mesa
def mesa(request, mesa):
    """Board of a mesa: its next session and its open agreements, the most urgent first."""
    hoy = timezone.localdate()
    sesiones = Sesion.objects.visibles_para(request.user).de_mesa(mesa).select_related("mesa", "comite")
    abiertos = Acuerdo.objects.visibles_para(request.user).de_mesa(mesa).abiertos().con_contexto().por_fecha()
    puede_crear = puede_convocar(request.user, mesa)
    proximas = list(sesiones.por_venir()[:4])
    cuentas = abiertos.cuentas(hoy)
    contexto = {
        "mesa_actual": mesa,
        "hoy": hoy,
        "primero": lo_primero(mesa, proximas=proximas, cuentas=cuentas, puede_crear=puede_crear, ahora=timezone.now()),
        "proximas": proximas,
        "recientes": sesiones.filter(estado__in=Sesion.CERRADAS)[:3],
        "abiertos": abiertos[:30],
        "cuentas": cuentas,
        "puede_crear": puede_crear,
    }
    return render(request, "comites/coordinacion/tablero.html", contexto)
