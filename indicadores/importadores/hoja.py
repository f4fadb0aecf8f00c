"""Books of Excel: the sheet that holds the figures, row by row, with its cells as text."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from indicadores.importadores.errores import ArchivoInvalido
from indicadores.importadores.muestra import RENGLONES, Muestra, hojear_filas

_DANADO = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError)


def hojear_libro(ruta: Path, titulo: str) -> Muestra:
    """Look at the beginning of each sheet until one has the header; `hoja` of the sample is its name.

    Raises:
        ArchivoInvalido: if the book cannot be opened.
    """
    primera = None
    try:
        libro = load_workbook(ruta, read_only=True, data_only=True)
        nombres = [hoja.title for hoja in libro.worksheets]
        libro.close()
    except _DANADO as error:
        raise ArchivoInvalido(f"{titulo}: el libro de Excel está dañado.") from error
    for nombre in nombres:
        muestra = hojear_filas(list(islice(filas_de_libro(ruta, nombre, titulo), RENGLONES)))
        muestra.hoja = nombre
        if muestra.encabezado:
            return muestra
        if primera is None or (muestra.celdas and not primera.celdas):
            primera = muestra
    return primera or Muestra(motivo="el libro de Excel no tiene hojas con datos.")


def filas_de_libro(ruta: Path, nombre: str, titulo: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of a sheet with their number in it.

    Raises:
        ArchivoInvalido: if the sheet cannot be read to its end.
    """
    try:
        libro = load_workbook(ruta, read_only=True, data_only=True)
        try:
            hoja = libro[nombre]
            hoja.reset_dimensions()
            for linea, celdas in enumerate(hoja.iter_rows(values_only=True), start=1):
                yield linea, [_texto(celda) for celda in celdas]
        finally:
            libro.close()
    except _DANADO as error:
        raise ArchivoInvalido(f"{titulo}: la hoja «{nombre}» está dañada.") from error


def _texto(valor: object) -> str:
    """What a cell says. A whole number that Excel keeps as a float is that number."""
    if valor is None:
        return ""
    if isinstance(valor, float) and valor.is_integer():
        return str(int(valor))
    if isinstance(valor, dt.date):
        return valor.isoformat()
    return str(valor)
