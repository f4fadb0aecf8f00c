"""`/datos/`: the open data of the whole portal, in words and described for machines."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comun.condicional import condicionar
from indicadores.models import Carga
from rnmsj.abiertos import openapi as api
from rnmsj.abiertos import paquete
from rnmsj.abiertos.recursos import GRUPOS, LICENCIA

SEGUNDOS = 300
"""For how long a copy of the descriptions may be read without asking again."""


@require_safe
def datos(request):
    """`/datos/`: every table, what it holds and how it is asked for."""
    return render(request, "datos.html", {"grupos": GRUPOS, "licencia": LICENCIA, "cargas": Carga.objects.publicas()})


@require_safe
def datapackage(request):
    """`/datos/datapackage.json`: the tables as a Frictionless data package."""
    return _descripcion(request, paquete.describir(request.build_absolute_uri("/")))


@require_safe
def openapi(request):
    """`/datos/openapi.json`: the addresses of the tables, what each takes and what it answers."""
    return _descripcion(request, api.describir(request.build_absolute_uri("/")))


def _descripcion(request, contenido):
    texto = json.dumps(contenido, ensure_ascii=False, indent=1)
    return condicionar(
        request, [texto], lambda cuerpo: HttpResponse(cuerpo, content_type="application/json"), segundos=SEGUNDOS
    )
