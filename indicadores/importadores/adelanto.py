"""Reads ahead a file that begins as one in exact shape, while the rest of its bytes is still being examined.

What was read ahead only counts if the examination ends up where the beginning pointed: the
same text, read in the same way. Otherwise it is as if it had never been read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from indicadores.importadores import catalogo as catalogos
from indicadores.importadores import limpieza, tabla
from indicadores.importadores.apertura import TROZO
from indicadores.importadores.muestra import Muestra, hojear_bytes
from indicadores.importadores.tabla import Texto


@dataclass(frozen=True, slots=True)
class Adelanto:
    """What is in the table `bruto` already, and how many rows."""

    texto: Texto
    filas: int


def texto_exacto(muestra: Muestra, ruta: Path, codificacion: str, latina: bool) -> Texto | None:
    """The file as the fast reading takes it; None if its columns or its letters are not in exact shape."""
    encabezado = muestra.encabezado
    if encabezado is None or not encabezado.canonico or muestra.linea != 1 or muestra.reparacion is not None:
        return None
    if codificacion == "cp1252" and not latina:
        return None
    return Texto(ruta, encabezado.municipal, "latin-1" if codificacion == "cp1252" else "utf-8", muestra.separador)


def adelantar(con: duckdb.DuckDBPyConnection, ruta: Path) -> Adelanto | None:
    """Fill `bruto` from a file that begins as a text in exact shape; None if it does not, or does not go on so."""
    try:
        with ruta.open("rb") as flujo:
            inicio = flujo.read(TROZO)
    except OSError:
        return None
    if inicio.startswith(b"PK") or b"\0" in inicio[:4096]:
        return None
    codificacion = _codificacion(inicio)
    muestra = hojear_bytes(inicio[: 1 << 16], codificacion)
    texto = texto_exacto(muestra, ruta, codificacion, latina=True)
    if texto is None:
        return None
    try:
        catalogo = catalogos.oficial(catalogos.instrumento_de(limpieza.anio_de(muestra)))
        return Adelanto(texto, tabla.volcar_oficial(con, texto, catalogo, limpieza.combinacion_de(muestra)))
    except duckdb.Error:
        return None


def _codificacion(inicio: bytes) -> str:
    try:
        inicio[: inicio.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
