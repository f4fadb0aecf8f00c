"""The first rows of a file of figures: where the header is, what separates the cells, whether its accents are sound."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indicadores.importadores.encabezado import Encabezado, parece_encabezado, reconocer
from indicadores.importadores.errores import ArchivoInvalido
from indicadores.importadores.mojibake import REPARACIONES, Reparacion

RENGLONES = 30
"""How far down the header is looked for: books of Excel bring titles above it."""
_SEPARADORES = (",", ";", "\t")


@dataclass
class Muestra:
    """What the first rows tell. `encabezado` is missing when none of them is one; `motivo` says why."""

    separador: str = ","
    linea: int = 1
    """Line of the header, from 1."""
    celdas: list[str] = field(default_factory=list)
    encabezado: Encabezado | None = None
    reparacion: Reparacion | None = None
    primera: list[str] = field(default_factory=list)
    """First row of data."""
    hoja: str = ""
    """Sheet of the book, when it is one."""
    motivo: str = "no trae encabezado."


def hojear(ruta: Path, codificacion: str) -> Muestra:
    """Look at the beginning of a text file."""
    with ruta.open("rb") as archivo:
        return hojear_bytes(archivo.read(1 << 16), codificacion)


def hojear_bytes(crudo: bytes, codificacion: str) -> Muestra:
    """Look at the first bytes of a text, of which the last line may be cut."""
    texto = crudo.decode(codificacion, "replace")
    mejor = None
    for separador in _SEPARADORES:
        muestra = hojear_filas(_filas(texto, separador), separador)
        if muestra.encabezado:
            return muestra
        if mejor is None or (muestra.celdas and not mejor.celdas):
            mejor = muestra
    return mejor


def _filas(texto: str, separador: str) -> list[tuple[int, list[str]]]:
    lector = csv.reader(io.StringIO(texto, newline=""), delimiter=separador)
    filas = []
    try:
        for celdas in lector:
            filas.append((lector.line_num, celdas))
            if len(filas) > RENGLONES:
                break
    except csv.Error:
        pass
    return filas


def hojear_filas(filas: Sequence[tuple[int, list[str]]], separador: str = ",") -> Muestra:
    """Find the header among numbered rows."""
    muestra = Muestra(separador)
    for indice, (linea, celdas) in enumerate(filas):
        for reparacion in (None, *REPARACIONES):
            reparadas = _reparar(celdas, reparacion)
            if reparadas is None or not parece_encabezado(reparadas):
                continue
            try:
                muestra.encabezado = reconocer(reparadas)
            except ArchivoInvalido as error:
                if not muestra.celdas:
                    muestra.motivo, muestra.celdas = str(error), celdas
                continue
            muestra.linea, muestra.celdas, muestra.reparacion = linea, celdas, reparacion
            muestra.primera = next((resto for _, resto in filas[indice + 1 :] if any(resto)), [])
            return muestra
    if filas and not muestra.celdas:
        muestra.motivo = _motivo(filas[0][1])
    return muestra


def _reparar(celdas: list[str], reparacion: Callable[[str], str] | None) -> list[str] | None:
    try:
        return celdas if reparacion is None else [reparacion(celda) for celda in celdas]
    except UnicodeError:
        return None


def _motivo(celdas: list[str]) -> str:
    try:
        reconocer(celdas)
    except ArchivoInvalido as error:
        return str(error)
    return "no trae encabezado."


def es_de_delitos(crudo: bytes) -> bool:
    """Whether a text begins as a file of crimes, whatever its encoding."""
    try:
        crudo[: crudo.rfind(b"\n") + 1].decode("utf-8-sig")
        codificacion = "utf-8-sig"
    except UnicodeDecodeError:
        codificacion = "cp1252"
    return hojear_bytes(crudo, codificacion).encabezado is not None
