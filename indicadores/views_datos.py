"""Open data of the figures: CSV and JSON, streamed."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from comun.datos_abiertos import datos_abiertos, revisar_parametros
from indicadores import paquete, tablas
from indicadores.consultas import DE_POBLACION, REPETIBLES, leer_consulta, leer_limites, leer_territorios


@datos_abiertos
def tasas(request, formato):
    """Rates with their interval, for any place, crime and period."""
    filas = tablas.filas_de_tasas(leer_consulta(request.GET))
    return "tasas", tablas.COLUMNAS_DE_TASAS, tablas.VALORES[formato](filas)


@datos_abiertos
def poblacion(request, formato):
    """The denominators, of the current edition."""
    revisar_parametros(request.GET, DE_POBLACION, REPETIBLES)
    filas = tablas.filas_de_poblacion(leer_territorios(request.GET), *leer_limites(request.GET))
    return "poblacion", tablas.COLUMNAS_DE_POBLACION, filas


@require_safe
def datapackage(request):
    """`/datos/datapackage.json`: what there is, described as a Frictionless data package."""
    descripcion = paquete.datapackage(request.build_absolute_uri("/"))
    return JsonResponse(descripcion, json_dumps_params={"ensure_ascii": False, "indent": 1})
