"""Public pages of agreements and of how they are kept. That of one agreement is in the roof, for it shows rates."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comites.forms import FiltroDeAcuerdos, FiltroDeSeguimiento
from comites.hechos import leer_hechos, seguir
from comites.models import Acuerdo, Sesion
from comites.permisos import publica_o_retirada
from comites.publico import ficha_de_sesion
from comites.seguimiento import Desenlace
from comites.tablas import tabla_de_desenlaces, tabla_de_prorrogas
from mesas.models import Mesa


@require_safe
def acuerdos(request):
    """The agreements that assemblies consented to publish; `?q=`, `?mesa=` and `?estado=` filter."""
    filtro = FiltroDeAcuerdos(request.GET)
    elegido = filtro.elegido()
    filas = Acuerdo.objects.publicas().con_contexto().filtrar(**elegido).recientes()
    contexto = {
        "page_obj": Paginator(filas, 25).get_page(request.GET.get("page")),
        "filtro": filtro,
        "hay_filtro": any(elegido.values()),
        "consulta": f"{urlencode(elegido)}&",
    }
    return render(request, "comites/acuerdos.html", contexto)


@require_safe
def sesiones(request):
    """The sessions that assemblies consented to publish, the latest first."""
    filas = Sesion.objects.publicas().select_related("mesa", "comite").order_by("-inicio", "-pk")
    pagina = Paginator(filas, 25).get_page(request.GET.get("page"))
    return render(request, "comites/sesiones.html", {"page_obj": pagina})


@require_safe
def sesion(request, mesa, organo, anio, numero):
    """One public session: who met and when, its agenda with what is reserved in view, what came of it."""
    filas = Sesion.objects.con_direccion(mesa, organo, anio, numero).select_related("mesa__entidad", "comite")
    sesion = publica_o_retirada(filas)
    if sesion is None:
        return retirado(request)
    return render(request, "comites/sesion.html", {"sesion": sesion, "ficha": ficha_de_sesion(sesion)})


def retirado(request):
    """410: it was public and it is not. Neither what it was nor whose is said, and no copy is kept."""
    respuesta = render(request, "410.html", status=410)
    respuesta.headers["Cache-Control"] = "no-store"
    return respuesta


@require_safe
def seguimiento(request):
    """`/indicadores/red/`: how the network keeps what it agreed, of what its assemblies consented to publish."""
    filtro = FiltroDeSeguimiento(request.GET)
    elegido = filtro.elegido()
    hechos = leer_hechos(
        sesiones=Sesion.objects.publicas(), acuerdos=Acuerdo.objects.publicas(), fecha=elegido["fecha"]
    ).para_el_publico()
    seguido = seguir(hechos, Mesa.objects.publicas().por_entidad(), **elegido)
    contexto = {
        "filtro": filtro,
        "seguido": seguido,
        "desenlaces": tabla_de_desenlaces(seguido.red),
        "ademas": tabla_de_prorrogas(seguido.red),
        "que_significan": list(Desenlace),
        "consulta": urlencode(elegido),
    }
    return render(request, "comites/seguimiento.html", contexto, status=200 if filtro.is_valid() else 400)
