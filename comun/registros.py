"""What the logs say of a fault: where and which rule, never what people wrote.

PostgreSQL repeats in its errors the values of the row, and psycopg2 the whole statement with
its parameters: e-mails and names of people at risk, in a file that many may read.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from types import TracebackType

from django.db import Error

# Whatever says it: also a message written by hand, or a line that a library logs. The lines that follow
# a detail may be of the same value, so they go too, until PostgreSQL's next field or the end of the error.
DETALLE = re.compile(
    r"^(\s*)(DETAIL|DETALLE|LINE \d+|LÍNEA \d+):.*?"
    r"(?=^\s*(?:HINT|CONTEXT|SUGERENCIA|CONTEXTO|Traceback|The above|During handling|File \")|\Z)",
    re.MULTILINE | re.DOTALL,
)
LLAVE = re.compile(
    r"(Key|La llave|Llave) \((.*?)\)=\(.*?\)(?= (?:already|is|conflicts|ya|no|entra)|\.|$)", re.MULTILINE
)
OMITIDO = "[omitido]"

# Addresses that open something to whoever has them: Django logs the path of what failed.
LLAVE_EN_DIRECCION = re.compile(r"(/(?:calendario|reportar|cuenta/password/reset/key)/)[\w-]{8,}")

# Of a broken rule PostgreSQL names the rule; of any other error its first line may quote a value.
SIN_VALORES = ("23", "P0")


class SinDatos(logging.Formatter):
    """A line of the log and its traceback, without the values that a database error quotes."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left its own version of the traceback in the record.
        previo, record.exc_text = record.exc_text, None
        try:
            return limpiar(super().format(record))
        finally:
            record.exc_text = previo

    def formatException(self, ei: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
        texto = super().formatException(ei)
        for error in _cadena(ei[1]):
            if dicho := str(error).strip("\n"):
                texto = texto.replace(dicho, _sin_valores(error))
        return texto


def limpiar(texto: str) -> str:
    """The text without the details of PostgreSQL, nor the secret part of an address."""
    texto = LLAVE_EN_DIRECCION.sub(rf"\1{OMITIDO}", texto)
    return LLAVE.sub(rf"\1 (\2)=({OMITIDO})", DETALLE.sub(rf"\1\2: {OMITIDO}\n", texto)).rstrip("\n")


def _cadena(error: BaseException | None) -> Iterator[Error]:
    """The database errors among an exception and those that caused it, each text once."""
    vistos: set[int] = set()
    pendientes = [error]
    while pendientes:
        actual = pendientes.pop()
        if actual is None or id(actual) in vistos:
            continue
        vistos.add(id(actual))
        pendientes += [actual.__cause__, actual.__context__]
        if _diagnostico(actual) is not None:
            yield actual


def _diagnostico(error: BaseException) -> object | None:
    """What PostgreSQL said in fields; None if it was not PostgreSQL."""
    propio = error.__cause__ if isinstance(error, Error) else error
    diagnostico = getattr(propio, "diag", None)
    return diagnostico if getattr(diagnostico, "sqlstate", None) else None


def _sin_valores(error: BaseException) -> str:
    diagnostico = _diagnostico(error)
    if diagnostico.sqlstate.startswith(SIN_VALORES):
        return f"{diagnostico.message_primary} [{diagnostico.sqlstate}]"
    return f"PostgreSQL {diagnostico.sqlstate} {OMITIDO}"
