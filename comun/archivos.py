"""The files of the staff: CSV and Excel, read without losing the line of each row.

Formats of django-import-export. Blank lines are skipped, but every row carries in the column
`NUMERO` the line that it has in the file, so that an error can be found there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from import_export.formats.base_formats import CSV, XLSX
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from tablib import Dataset

from comun.exportar import proteger

NUMERO = "#fila"


class ArchivoIlegible(ValueError):
    """The file cannot be read as a table; the message says why and what to do."""


class _Tabla:
    """What both formats share: one table with a header, and formulas that leave harmless."""

    def export_data(self, dataset: Dataset, **opciones: Any) -> Any:
        # import-export guards only «=», and by deleting it.
        segura = Dataset(headers=dataset.headers)
        for fila in dataset:
            segura.append([proteger(celda) for celda in fila])
        return super().export_data(segura, **opciones)

    def _escape_formulae(self, dataset: Dataset) -> None:
        """Already done by `export_data`."""


class ArchivoCSV(_Tabla, CSV):
    """CSV in UTF-8, also with the semicolons or tabs that some spreadsheets write."""

    def create_dataset(self, in_stream: str | bytes, **opciones: Any) -> Dataset:
        try:
            texto = in_stream.decode("utf-8-sig") if isinstance(in_stream, bytes) else in_stream
        except UnicodeDecodeError as error:
            raise ArchivoIlegible(
                "El archivo no está en UTF-8, así que los acentos se perderían. "
                "En Excel guárdalo como «CSV UTF-8 (delimitado por comas)» o súbelo como .xlsx."
            ) from error
        if "\0" in texto:
            raise ArchivoIlegible("El archivo no es de texto: no es un CSV o está dañado. Vuelve a guardarlo y súbelo.")
        cabecera = texto.partition("\n")[0]
        separador = max(",;\t", key=cabecera.count)
        try:
            return _tabla(csv.reader(StringIO(texto, newline=""), delimiter=separador, strict=True))
        except csv.Error as error:
            raise ArchivoIlegible(
                "El archivo no es un CSV bien formado: suele faltar una comilla de cierre."
            ) from error


class ArchivoXLSX(_Tabla, XLSX):
    """Excel workbook; its first sheet is the one that counts."""

    def create_dataset(self, in_stream: bytes) -> Dataset:
        try:
            libro = load_workbook(BytesIO(in_stream), read_only=True, data_only=True)
            return _tabla(libro.worksheets[0].iter_rows(values_only=True))
        except (BadZipFile, InvalidFileException, KeyError, IndexError, OSError) as error:
            raise ArchivoIlegible("El archivo no es un libro de Excel (.xlsx) o está dañado.") from error

    def export_data(self, dataset: Dataset, **opciones: Any) -> Any:
        return super().export_data(dataset, column_width=24, **opciones)


FORMATOS = [ArchivoCSV, ArchivoXLSX]


def _esta_vacia(celda: Any) -> bool:
    return celda is None or str(celda).strip() == ""


def _tabla(filas: Iterable[Sequence[Any]]) -> Dataset:
    """Header and rows, each row with its line. Raises `ArchivoIlegible`."""
    numeradas = ((numero, fila) for numero, fila in enumerate(filas, 1) if not all(map(_esta_vacia, fila)))
    _, cabecera = next(numeradas, (0, ()))
    columnas = [str(celda or "").strip().lower() for celda in cabecera]
    while columnas and not columnas[-1]:
        columnas.pop()
    if not columnas:
        raise ArchivoIlegible("El archivo está vacío: no tiene ni cabecera.")
    if repetidas := sorted({columna for columna in columnas if columnas.count(columna) > 1}):
        raise ArchivoIlegible(f"La cabecera repite columnas: {', '.join(repetidas) or 'sin nombre'}.")
    tabla = Dataset(headers=[*columnas, NUMERO])
    for numero, fila in numeradas:
        if not all(map(_esta_vacia, fila[len(columnas) :])):
            raise ArchivoIlegible(f"La fila {numero} tiene más celdas que la cabecera. ¿Falta una comilla?")
        celdas = list(fila[: len(columnas)])
        tabla.append([*celdas, *[""] * (len(columnas) - len(celdas)), numero])
    if not len(tabla):
        raise ArchivoIlegible("El archivo tiene cabecera, pero ninguna fila.")
    return tabla
