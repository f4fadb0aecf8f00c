"""How fast `/datos/incidencia.csv` goes out, against PostgreSQL writing the same rows, and in how much memory."""

from __future__ import annotations

import io
import time
from statistics import median

from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from rnmsj.mediciones.hija import SERVIDOR, en_otro_proceso
from rnmsj.mediciones.tabla import AL_MENOS, Medida

PARTE_DE_LA_COPIA = 50.0
MEMORIA_PLANA = 1.2
VECES = 3
NOMBRE = "Descargar un año de incidencia"


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
    _guardar_renglones(cuerpo)
    razones, velocidades = [], []
    for _ in range(VECES):
        copia = _velocidad_de_la_copia()
        inicio = time.perf_counter()
        bytes_ = sum(len(parte) for parte in Client(SERVER_NAME=SERVIDOR).get(de_un_anio))
        velocidades.append(bytes_ / (time.perf_counter() - inicio) / 1e6)
        razones.append(100 * velocidades[-1] / ((copia + _velocidad_de_la_copia()) / 2))
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


def _velocidad_de_la_copia() -> float:
    pozo = _Pozo()
    inicio = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY medicion_renglones TO STDOUT WITH (FORMAT csv)", pozo, 1 << 16)
    return pozo.bytes / (time.perf_counter() - inicio) / 1e6
