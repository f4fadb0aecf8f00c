"""How the mesas of the user keep up with what they agree."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comites.cifras import Ritmos, con_pulso, cuantas_por_pulso, por_organo
from comites.forms import FiltroDeSeguimiento
from comites.hechos import asientos_ciudadanos, leer_hechos, seguir
from comites.models import Acuerdo, Sesion
from comites.permisos import puede_convocar, registra_toda_la_mesa
from comites.pulso import REGLA
from comites.seguimiento import Desenlace, Hechos
from comites.tablas import tabla_de_asistencia, tabla_de_desenlaces, tabla_de_prorrogas
from comites.views_coordinacion.puerta import de_mesa
from mesas.models import Mesa


@require_GET
@never_cache
@login_required
def red(request):
    """The mesas that the user may read, side by side; with only one, straight to it."""
    filtro = FiltroDeSeguimiento(request.GET)
    elegido = filtro.elegido()
    mesas = list(Mesa.objects.visibles_para(request.user).con_estado(elegido["fecha"]).por_entidad())
    if len(mesas) == 1:
        return redirect("coordinacion:seguimiento", mesas[0].slug)
    hechos = hechos_de(request.user, elegido["fecha"])
    mesas = con_pulso(mesas, hechos.por_mesa(), Ritmos(mesas), elegido["fecha"])
    seguido = seguir(hechos, mesas, **elegido)
    contexto = {
        "filtro": filtro,
        "seguido": seguido,
        "desenlaces": tabla_de_desenlaces(seguido.red),
        "ademas": tabla_de_prorrogas(seguido.red),
        "que_significan": list(Desenlace),
        "pulsos": cuantas_por_pulso(mesas),
        "regla_del_pulso": REGLA,
        "consulta": request.GET.urlencode(),
    }
    return render(
        request, "comites/coordinacion/seguimiento_red.html", contexto, status=200 if filtro.is_valid() else 400
    )


@require_GET
@de_mesa
def mesa(request, mesa):
    """One mesa: its pulse, its sessions by organ, who filled its seats and how its agreements go."""
    filtro = FiltroDeSeguimiento(request.GET)
    elegido = filtro.elegido()
    hechos = hechos_de(request.user, elegido["fecha"], mesa)
    ritmos = Ritmos([mesa])
    [fila] = con_pulso(la_mesa_al(mesa, elegido["fecha"]), hechos.por_mesa(), ritmos, elegido["fecha"])
    seguido = seguir(hechos, [fila], **elegido)
    [(_, suyo)] = seguido.mesas
    en_el_periodo = hechos.del_periodo(seguido.desde).por_mesa().get(mesa.pk, Hechos())
    coordina = registra_toda_la_mesa(request.user, mesa)
    contexto = {
        "mesa_actual": mesa,
        "latido": fila.latido,
        "regla_del_pulso": REGLA,
        "organos": por_organo(mesa, en_el_periodo, ritmos, fecha=seguido.fecha, desde=seguido.desde),
        "dice_frecuencias": coordina or puede_convocar(request.user, mesa),
        "consulta": request.GET.urlencode(),
        **_balance(filtro, seguido, suyo),
    }
    if coordina:
        sesiones = Sesion.objects.visibles_para(request.user)
        contexto["coordina"] = True
        contexto["asientos"] = asientos_ciudadanos(sesiones, mesa, fecha=elegido["fecha"], desde=seguido.desde)
    return render(request, "comites/coordinacion/seguimiento.html", contexto, status=200 if filtro.is_valid() else 400)


def _balance(filtro, seguido, suyo):
    return {
        "filtro": filtro,
        "seguido": seguido,
        "suyo": suyo,
        "desenlaces": tabla_de_desenlaces(suyo),
        "ademas": tabla_de_prorrogas(suyo),
        "asistencia": tabla_de_asistencia(suyo),
        "que_significan": list(Desenlace),
    }


def hechos_de(usuario, fecha, mesa=None):
    """What the user may read, and nothing else; of one mesa, if it is said."""
    sesiones, acuerdos = Sesion.objects.visibles_para(usuario), Acuerdo.objects.visibles_para(usuario)
    if mesa is not None:
        sesiones, acuerdos = sesiones.de_mesa(mesa), acuerdos.de_mesa(mesa)
    return leer_hechos(sesiones=sesiones, acuerdos=acuerdos, fecha=fecha)


def la_mesa_al(mesa, fecha):
    """A mesa that the door let see, with the state that it was declared to be in on a day."""
    return Mesa.objects.con_estado(fecha).filter(pk=mesa.pk)
