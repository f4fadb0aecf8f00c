"""Public pages of agreements and of how they are kept. That of one agreement is in the roof, for it shows rates."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comites.forms import FiltroDeAcuerdos, FiltroDeSeguimiento
from comites.hechos import leer_hechos, seguir
from comites.models import Acuerdo, Sesion
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
