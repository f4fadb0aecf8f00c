"""The patient reading: row by row, it repairs what is known to circulate and reports what is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from indicadores.importadores.apertura import Avisar, Origen
from indicadores.importadores.catalogo import PRIMER_ANIO_CNSP, Combinacion
from indicadores.importadores.encabezado import ANIO, DELITO
from indicadores.importadores.errores import ArchivoInvalido, Informe
from indicadores.importadores.muestra import Muestra


@dataclass
class Limpio:
    ruta: Path
    filas: int = 0
    avisos: list[str] = field(default_factory=list)


def hojear_libro(origen: Origen) -> Muestra:
    raise ArchivoInvalido("xlsx")


def limpiar(origen: Origen, muestra: Muestra, destino: Path, informe: Informe, avisar: Avisar) -> Limpio:
    raise ArchivoInvalido("lento")


def anio_de(muestra: Muestra) -> int:
    """Year of the first row of data; that of the first instrument if it cannot be told."""
    celda = _celda(muestra, ANIO).partition(".")[0]
    return int(celda) if re.fullmatch(r"\d{4}", celda, re.ASCII) else PRIMER_ANIO_CNSP


def combinacion_de(muestra: Muestra) -> Combinacion:
    """What the first row of data counts."""
    return Combinacion(*(_celda(muestra, columna) for columna in DELITO))


def _celda(muestra: Muestra, columna: str) -> str:
    lugar = muestra.encabezado.posiciones[columna]
    if lugar >= len(muestra.primera):
        return ""
    return muestra.primera[lugar].strip()
