"""Tables that leave the portal, streamed, with no cell that a spreadsheet would run.

A spreadsheet takes a cell that begins with =, +, - or @ for a formula, so what a person typed
leaves with an apostrophe in front; `desproteger` takes it off when the file comes back.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse

PELIGROSOS = ("=", "+", "-", "@", "\t", "\r", "\n")


def _es_peligroso(valor: Any) -> bool:
    return isinstance(valor, str) and valor.lstrip("'").startswith(PELIGROSOS)


def proteger(valor: Any) -> Any:
    """The value of a cell, harmless: text that a spreadsheet would run gets an apostrophe."""
    return f"'{valor}" if _es_peligroso(valor) else valor


def desproteger(valor: Any) -> Any:
    """What `proteger` received, whatever apostrophes it had."""
    return valor[1:] if _es_peligroso(valor) and valor.startswith("'") else valor


class _Eco:
    """A file that hands back what is written on it."""

    def write(self, texto: str) -> str:
        return texto


def respuesta_csv(nombre: str, columnas: Sequence[str], filas: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """CSV in UTF-8, sent as it is made.

    Args:
        nombre: name of the file without extension.
        columnas: header.
        filas: values in the order of the columns; None is an empty cell.
    """
    escritor = csv.writer(_Eco(), lineterminator="\n")

    def lineas() -> Iterator[str]:
        yield escritor.writerow(columnas)
        for fila in filas:
            yield escritor.writerow([proteger(valor) for valor in fila])

    return _adjunto(lineas(), "text/csv; charset=utf-8", f"{nombre}.csv")


def respuesta_json(nombre: str, columnas: Sequence[str], filas: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """The same table as a JSON array of objects, sent as it is made."""

    def trozos() -> Iterator[str]:
        separador = "["
        for fila in filas:
            objeto = dict(zip(columnas, fila, strict=True))
            yield f"{separador}\n{json.dumps(objeto, ensure_ascii=False, cls=DjangoJSONEncoder)}"
            separador = ","
        yield "[]\n" if separador == "[" else "\n]\n"

    return _adjunto(trozos(), "application/json; charset=utf-8", f"{nombre}.json")


RESPUESTAS = {"csv": respuesta_csv, "json": respuesta_json}
"""By the extension of the address: `RESPUESTAS[formato](nombre, columnas, filas)`."""


def _adjunto(trozos: Iterator[str], tipo: str, archivo: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        trozos, content_type=tipo, headers={"Content-Disposition": f'attachment; filename="{archivo}"'}
    )
