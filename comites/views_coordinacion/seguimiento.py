"""How the mesas of the user keep up with what they agree."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from comites.cifras import Ritmos, con_pulso, cuantas_por_pulso, por_organo
from comites.forms import FiltroDeSeguimiento
from comites.hechos import asientos_ciudadanos, leer_hechos, seguir
from comites.models import Acuerdo, Sesion
from comites.permisos import puede_convocar, registra_toda_la_mesa
from comites.pulso import REGLA
from comites.red_entera import HOJA, SOBRANTES, CuentaDeLaRed, cuenta_guardada, leer_lote, mesas_de
from comites.seguimiento import Desenlace, Hechos
from comites.tablas import tabla_de_asistencia, tabla_de_desenlaces, tabla_de_prorrogas
from comites.tareas import pedir_la_cuenta
from comites.views_coordinacion.puerta import de_mesa
from mesas.models import Mesa


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def red(request):
    """The mesas that the user may read, side by side; with only one, straight to it. The button counts their total."""
    filtro = FiltroDeSeguimiento(request.GET)
    elegido = filtro.elegido()
    if request.method == "POST":
        pedir_la_cuenta(request.user, **elegido)
        return redirect(f"{request.path}?{urlencode(elegido)}")
    pagina = Paginator(mesas_de(request.user, elegido["fecha"]), HOJA, orphans=SOBRANTES).get_page(
        request.GET.get("page")
    )
    if pagina.paginator.count == 1:
        return redirect("coordinacion:seguimiento", pagina[0].slug)
    mesas, hechos = leer_lote(request.user, list(pagina), elegido["fecha"])
    seguido = seguir(hechos, mesas, **elegido)
    if pagina.has_other_pages():
        total = cuenta_guardada(request.user, **elegido)
    else:
        total = CuentaDeLaRed(seguido.red, cuantas_por_pulso(mesas))
    contexto = {
        "filtro": filtro,
        "seguido": seguido,
        "page_obj": pagina,
        "consulta": urlencode(elegido),
        "regla_del_pulso": REGLA,
        "que_significan": list(Desenlace),
        **_total(total),
    }
    return render(
        request, "comites/coordinacion/seguimiento_red.html", contexto, status=200 if filtro.is_valid() else 400
    )


def _total(total):
    if not isinstance(total, CuentaDeLaRed):
        return {"en_curso": total}
    return {
        "total": total,
        "pulsos": total.pulsos,
        "desenlaces": tabla_de_desenlaces(total.red),
        "ademas": tabla_de_prorrogas(total.red),
    }


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
