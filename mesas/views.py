"""The public directory of mesas."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from comun.formatos import enumerar, numero
from mesas.forms import FiltroDeMesas
from mesas.mapa import mapa_de_mesas
from mesas.models import Mesa, Municipio

POR_PAGINA = 100


@require_safe
def mesas(request):
    """Every public mesa on a map and in a list; `?q=`, `?entidad=` and `?estado=` filter."""
    hoy = timezone.localdate()
    cuentas = Mesa.objects.publicas().reales().cuentas(hoy)
    filtro = FiltroDeMesas(request.GET, con_sin_estado=bool(cuentas["sin_estado"]))
    elegido = filtro.elegido()
    filas = Mesa.objects.publicas().con_estado(hoy).con_territorio(hoy).filtrar(**elegido).por_entidad()
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("page"))
    en_pagina = list(pagina.object_list)
    contexto = {
        "filtro": filtro,
        "hay_filtro": any(elegido.values()),
        "q": elegido["q"],
        "page_obj": pagina,
        "consulta": f"{urlencode(elegido)}&",
        "reales": [mesa for mesa in en_pagina if not mesa.es_demo],
        "de_demostracion": [mesa for mesa in en_pagina if mesa.es_demo],
        "sin_mesa": _sin_mesa(elegido["q"], hoy, hay_mesas=bool(en_pagina)),
        "mapa": mapa_de_mesas([mesa for mesa in en_pagina if not mesa.es_demo]),
        "cuentas": cuentas,
        "estados": _estados(cuentas) if cuentas["total"] else "",
        "hoy": hoy,
    }
    return render(request, "mesas/mesas.html", contexto)


def _estados(cuentas):
    """«28 operan y 3 están suspendidas»: every mesa in one of the parts, so that they add up."""
    frases = {
        "operando": ("opera", "operan"),
        "suspendida": ("está suspendida", "están suspendidas"),
        "por_instalar": ("está por instalarse", "están por instalarse"),
        "disuelta": ("se disolvió", "se disolvieron"),
        "sin_estado": ("no tiene estado registrado", "no tienen estado registrado"),
    }
    return enumerar([f"{numero(cuentas[c])} {frases[c][cuentas[c] != 1]}" for c in frases if cuentas[c]])


def _sin_mesa(texto, fecha, *, hay_mesas):
    """Names of municipalities repeat: finding one mesa does not mean that the visitor's has one."""
    if len(texto) < 3:
        return []
    return Municipio.objects.sin_mesa_para(texto, fecha, exacto=hay_mesas)[:6]
