"""What a reader waits for: the series in the database, and the pages that show them."""

from __future__ import annotations

import time
from statistics import median

from django.db import connection
from django.test import Client

from indicadores.delitos import buscar, catalogo
from indicadores.operaciones import cargar_extracto
from indicadores.periodos import Periodicidad
from indicadores.series import componer_todas
from indicadores.territorios import resolver
from mesas.models import Mesa
from mesas.operaciones import cargar_mesas_del_informe
from rnmsj.mediciones.cuenta import contar
from rnmsj.mediciones.hija import SERVIDOR
from rnmsj.mediciones.tabla import Medida

MILISEGUNDOS = 5.0
CONSULTAS = 6.0
VECES_LA_PORTADA = 2.0
VECES = 15
EXPLORADOR = "/indicadores/homicidio-doloso/?territorio=28038"
SERIES = (
    ("la nación", "nacional", "homicidio-doloso"),
    ("una entidad", "28", "homicidio-doloso"),
    ("un municipio", "28038", "homicidio-doloso"),
    ("un municipio, un tipo", "28038", "robo"),
    ("un municipio, un bien jurídico", "28038", "el-patrimonio"),
    ("la nación, un bien jurídico", "nacional", "el-patrimonio"),
    ("un municipio, una modalidad", "28038", "homicidio-doloso:con-arma-de-fuego"),
)


def preparar_lecturas() -> None:
    """Beside the figures loaded: the mesas and the population that the portal brings.

    The tables are left as the server's own housekeeping leaves them, minutes after a load.
    """
    cargar_mesas_del_informe()
    cargar_extracto()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def medir_series() -> list[Medida]:
    """Milliseconds in the database (planning and execution) of one series, whatever the place: the median."""
    todos = catalogo()
    mesa = Mesa.objects.publicas().order_by("slug").first()
    casos = [*SERIES, *([("una mesa", f"mesa:{mesa.slug}", "homicidio-doloso")] if mesa else [])]
    medidas = []
    for nombre, territorio, delito in casos:
        lugares, elegido = resolver([territorio]), buscar(todos, delito)
        en_la_base, desde_aqui, renglones = [], [], 0
        for _ in range(VECES):
            with contar() as cuenta:
                renglones = len(list(componer_todas(lugares, [elegido], Periodicidad.MENSUAL)))
            desde_aqui.append(cuenta.segundos * 1000)
            en_la_base.append(cuenta.en_la_base())
        detalle = (
            f"{cuenta.consultas} consultas, {renglones} meses; mediana de {VECES}, la peor {max(en_la_base):.1f} ms; "
            f"con el viaje de ida y vuelta, {median(desde_aqui):.1f} ms"
        )
        medidas.append(Medida("series", f"Serie de {nombre}", median(en_la_base), "ms", detalle, meta=MILISEGUNDOS))
    return medidas


def medir_paginas() -> list[Medida]:
    """The explorer against the home page, in this same process, turn about."""
    cliente = Client(SERVER_NAME=SERVIDOR)
    tiempos: dict[str, list[float]] = {"/": [], EXPLORADOR: []}
    consultas: dict[str, int] = {}
    for vez in range(VECES + 2):
        for direccion, suyos in tiempos.items():
            inicio = time.perf_counter()
            with contar() as cuenta:
                respuesta = cliente.get(direccion)
            if vez > 1:  # the first ones compile the templates
                suyos.append((time.perf_counter() - inicio) * 1000)
            consultas[direccion] = cuenta.consultas
            if respuesta.status_code != 200:
                motivo = f"{direccion} respondió {respuesta.status_code}"
                return [Medida("paginas", "Página del explorador", None, "× portada", motivo, meta=VECES_LA_PORTADA)]
    portada, explorador = median(tiempos["/"]), median(tiempos[EXPLORADOR])
    detalle = f"{explorador:.0f} ms contra {portada:.0f} ms de la portada; mediana de {VECES}"
    return [
        Medida("paginas", "Consultas del explorador", consultas[EXPLORADOR], "", EXPLORADOR, meta=CONSULTAS),
        Medida("paginas", "Página del explorador", explorador / portada, "× portada", detalle, meta=VECES_LA_PORTADA),
    ]
