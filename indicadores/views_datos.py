"""Open data of the figures: CSV and JSON, streamed."""

from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_safe

from comun.exportar import RESPUESTAS
from indicadores import paquete, tablas
from indicadores.consultas import (
    DE_POBLACION,
    ParametroInvalido,
    leer_consulta,
    leer_limites,
    leer_territorios,
    revisar_nombres,
)


@require_safe
def tasas(request, formato):
    """`/datos/tasas.csv` and `.json`: rates with their interval, for any place, crime and period."""
    if formato not in RESPUESTAS:
        raise Http404
    try:
        consulta = leer_consulta(request.GET)
    except ParametroInvalido as error:
        return _rechazo(error, formato)
    filas = tablas.VALORES[formato](tablas.filas_de_tasas(consulta))
    return RESPUESTAS[formato]("tasas", tablas.COLUMNAS_DE_TASAS, filas)


@require_safe
def poblacion(request, formato):
    """`/datos/poblacion.csv` and `.json`: the denominators, of the current edition."""
    if formato not in RESPUESTAS:
        raise Http404
    try:
        revisar_nombres(request.GET, DE_POBLACION)
        lugares, limites = leer_territorios(request.GET), leer_limites(request.GET)
    except ParametroInvalido as error:
        return _rechazo(error, formato)
    return RESPUESTAS[formato]("poblacion", tablas.COLUMNAS_DE_POBLACION, tablas.filas_de_poblacion(lugares, *limites))


@require_safe
def datapackage(request):
    """`/datos/datapackage.json`: what there is, described as a Frictionless data package."""
    descripcion = paquete.datapackage(request.build_absolute_uri("/"))
    return JsonResponse(descripcion, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _rechazo(error, formato):
    """400 with the reason in Spanish, in the format that was asked for."""
    if formato == "json":
        return JsonResponse({"error": str(error)}, status=400, json_dumps_params={"ensure_ascii": False})
    return HttpResponseBadRequest(f"{error}\n", content_type="text/plain; charset=utf-8")
