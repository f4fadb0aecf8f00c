"""Open data of the figures: CSV and JSON, streamed."""

from comun.datos_abiertos import Filas, Texto, datos_abiertos
from indicadores import incidencia as conteos
from indicadores import paquete, tablas
from indicadores.consultas import leer_consulta, leer_limites, leer_territorios
from indicadores.huellas import huella_de_cifras


@datos_abiertos(paquete.TASAS)
def tasas(request, formato):
    """Rates with their interval, for any place, crime and period."""
    consulta = leer_consulta(request.GET)
    filas = tablas.VALORES[formato](tablas.filas_de_tasas(consulta))
    return Filas(filas, f"{huella_de_cifras()} {consulta}", segundos=paquete.segundos(consulta.lugares))


@datos_abiertos(paquete.INCIDENCIA)
def incidencia(request, formato):
    """The counts in force, month by month."""
    consulta = conteos.leer_incidencia(request.GET)
    texto = conteos.leer_texto(consulta, formato)
    return Texto(texto, f"{huella_de_cifras()} {consulta}", segundos=paquete.segundos(consulta.lugares))


@datos_abiertos(paquete.POBLACION)
def poblacion(request, formato):
    """The denominators, of the current edition."""
    lugares, limites = leer_territorios(request.GET), leer_limites(request.GET)
    filas = tablas.filas_de_poblacion(lugares, *limites)
    return Filas(filas, f"{huella_de_cifras()} {lugares} {limites}", segundos=paquete.segundos(lugares))
