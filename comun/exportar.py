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

TROZO = 1 << 15
"""Bytes that are sent at a time, at least, while there are more."""

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


def trozos_csv(columnas: Sequence[str], filas: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Text of a CSV, as it is made.

    Args:
        columnas: header.
        filas: values in the order of the columns; None is an empty cell, and a boolean «sí» or «no».
    """
    escritor = csv.writer(_Eco(), lineterminator="\n")
    yield escritor.writerow(columnas)
    for fila in filas:
        yield escritor.writerow([_celda(valor) for valor in fila])


def _celda(valor: Any) -> Any:
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    return proteger(valor)


def trozos_json(columnas: Sequence[str], filas: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The same table as a JSON array of objects."""
    separador = "["
    for fila in filas:
        objeto = dict(zip(columnas, fila, strict=True))
        yield f"{separador}\n{json.dumps(objeto, ensure_ascii=False, cls=DjangoJSONEncoder)}"
        separador = ","
    yield "[]\n" if separador == "[" else "\n]\n"


TROZOS = {"csv": trozos_csv, "json": trozos_json}
"""By the extension of the address: `TROZOS[formato](columnas, filas)`."""

TIPOS = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


def adjunto(trozos: Iterable[str | bytes], archivo: str) -> StreamingHttpResponse:
    """A file to keep, sent as it is made, of the type that its extension says."""
    return StreamingHttpResponse(
        _juntar(trozos),
        content_type=TIPOS[archivo.rpartition(".")[2]],
        headers={"Content-Disposition": f'attachment; filename="{archivo}"'},
    )


def _juntar(trozos: Iterable[str | bytes]) -> Iterator[bytes]:
    """Rows come by the hundred bytes and a connection likes them by the thousand."""
    espera: list[bytes] = []
    largo = 0
    for trozo in trozos:
        espera.append(trozo.encode() if isinstance(trozo, str) else trozo)
        largo += len(espera[-1])
        if largo >= TROZO:
            yield b"".join(espera)
            espera, largo = [], 0
    if espera:
        yield b"".join(espera)
