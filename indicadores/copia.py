"""Rows into PostgreSQL at the speed of COPY."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection


def copiar(tabla: str, columnas: Sequence[str], filas: Iterable[Sequence[Any]]) -> int:
    """Write rows with COPY inside the current transaction and return how many.

    Values are codes, numbers, booleans or lists of numbers: nothing that needs escaping, and
    a text that would need it is refused by PostgreSQL for its columns, not stored crooked.
    """
    salida = io.StringIO()
    cuantas = 0
    for fila in filas:
        salida.write("\t".join([_texto(valor) for valor in fila]))
        salida.write("\n")
        cuantas += 1
    salida.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {tabla} ({', '.join(columnas)}) FROM STDIN", salida)
    return cuantas


def analizar(*tablas: str) -> None:
    """Tell the planner what just came in: what it knew of a smaller table would mislead it.

    A constraint trigger of many rows, planned for a table of none, takes minutes instead of seconds.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL default_statistics_target = 20")  # keys and codes need no fine picture
        cursor.execute(f"ANALYZE {', '.join(tablas)}")
        cursor.execute("SET LOCAL default_statistics_target TO DEFAULT")


def _texto(valor: Any) -> str:
    if valor is None:
        return "\\N"
    if isinstance(valor, list | tuple):
        return "{" + ",".join(["NULL" if parte is None else str(parte) for parte in valor]) + "}"
    return str(valor)
