"""How fast `/datos/incidencia.csv` goes out, against PostgreSQL writing the same rows, and in how much memory.

The portal keeps one row for all the years of a series, so PostgreSQL has to make those of a year:
`COPY` of the query that makes them is what the download is held against. Against a table in
which they lie ready made, which nobody keeps, it is told too.
"""

from __future__ import annotations

import io
import time
from statistics import median

from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from indicadores.incidencia import ConsultaDeIncidencia, ordenar
from rnmsj.mediciones.hija import SERVIDOR, en_otro_proceso
from rnmsj.mediciones.tabla import AL_MENOS, Medida

PARTE_DE_LA_COPIA = 50.0
MEMORIA_PLANA = 1.2
VECES = 3
NOMBRE = "Descargar un año de incidencia"
PLANA = "los mismos renglones, ya hechos en una tabla de texto"


class _Pozo:
    """Takes bytes and only counts them."""

    def __init__(self) -> None:
        self.bytes = 0

    def write(self, trozo: bytes) -> None:
        self.bytes += len(trozo)


def medir_descargas(base: str, anio: int) -> list[Medida]:
    """The view, read to its end in this process, and the same rows with COPY … TO STDOUT."""
    try:
        direccion = reverse("datos_incidencia", args=["csv"])
    except NoReverseMatch:
        falta = "la dirección /datos/incidencia.csv todavía no existe en esta versión"
        return [Medida("descargas", NOMBRE, None, "% de COPY", falta, AL_MENOS, PARTE_DE_LA_COPIA)]
    de_un_anio = f"{direccion}?anio={anio}"
    respuesta = Client(SERVER_NAME=SERVIDOR).get(de_un_anio)
    if respuesta.status_code != 200:
        motivo = f"{de_un_anio} respondió {respuesta.status_code}"
        return [Medida("descargas", NOMBRE, None, "% de COPY", motivo, AL_MENOS, PARTE_DE_LA_COPIA)]
    cuerpo = b"".join(respuesta)
    orden = _orden_de_los_renglones(anio)
    _guardar_renglones(cuerpo)
    razones, planas, velocidades = [], [], []
    for _ in range(VECES):
        antes = _velocidad_de_la_copia(orden)
        inicio = time.perf_counter()
        bytes_ = sum(len(parte) for parte in Client(SERVER_NAME=SERVIDOR).get(de_un_anio))
        velocidades.append(bytes_ / (time.perf_counter() - inicio) / 1e6)
        razones.append(100 * velocidades[-1] / ((antes + _velocidad_de_la_copia(orden)) / 2))
        planas.append(100 * velocidades[-1] / _velocidad_de_la_copia("medicion_renglones"))
    uno = en_otro_proceso(base, "descargar", de_un_anio)
    todos = en_otro_proceso(base, "descargar", direccion)
    detalle = f"{len(cuerpo) / 1e6:,.1f} MB a {median(velocidades):.1f} MB/s; mediana de {VECES}"
    memoria = "; ".join(
        f"{cual}: {hecho.cuanto / 1e6:,.0f} MB descargados con {hecho.pico_mb:,.0f} MB de memoria"
        for cual, hecho in (("un año", uno), ("todos", todos))
    )
    veces = todos.pico_mb / uno.pico_mb
    return [
        Medida("descargas", NOMBRE, median(razones), "% de COPY", detalle, AL_MENOS, PARTE_DE_LA_COPIA),
        Medida("descargas", f"{NOMBRE}, contra una copia plana", median(planas), "% de COPY", PLANA),
        Medida(
            "descargas",
            "Memoria de todos los años",
            veces,
            "× un año",
            memoria,
            meta=MEMORIA_PLANA,
        ),
    ]


def _guardar_renglones(cuerpo: bytes) -> None:
    """The same rows in a table of text, which PostgreSQL writes as fast as it can."""
    columnas = cuerpo.partition(b"\n")[0].decode().strip().split(",")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS medicion_renglones")
        cursor.execute(f"CREATE UNLOGGED TABLE medicion_renglones ({', '.join(f'{c} text' for c in columnas)})")
        cursor.copy_expert("COPY medicion_renglones FROM STDIN WITH (FORMAT csv, HEADER true)", io.BytesIO(cuerpo))


def _orden_de_los_renglones(anio: int) -> str:
    """The query of the same rows, as plain columns."""
    orden, parametros = ordenar(ConsultaDeIncidencia(anios=(anio,)), None)
    with connection.cursor() as cursor:
        return f"({cursor.mogrify(orden, parametros).decode()})"


def _velocidad_de_la_copia(que: str) -> float:
    """Megabytes a second of a table or a query that PostgreSQL writes by itself."""
    pozo = _Pozo()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")
        inicio = time.perf_counter()
        cursor.copy_expert(f"COPY {que} TO STDOUT WITH (FORMAT csv)", pozo, 1 << 16)
        return pozo.bytes / (time.perf_counter() - inicio) / 1e6
