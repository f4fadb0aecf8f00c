"""Queries counted and timed as they are made."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Cuenta:
    """Queries made, and the time that they took as seen from here."""

    pedidas: list[tuple[str, Any]] = field(default_factory=list)
    segundos: float = 0.0

    def __call__(self, ejecutar: Callable[..., Any], sql: str, parametros: Any, varias: bool, contexto: Any) -> Any:
        inicio = time.perf_counter()
        try:
            return ejecutar(sql, parametros, varias, contexto)
        finally:
            self.segundos += time.perf_counter() - inicio
            self.pedidas.append((sql, parametros))

    @property
    def consultas(self) -> int:
        """How many."""
        return len(self.pedidas)

    def en_la_base(self) -> float:
        """Milliseconds that the server takes to plan and answer them again."""
        total = 0.0
        for sql, parametros in self.pedidas:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", parametros)
                [plan] = cursor.fetchone()[0]
            total += plan["Planning Time"] + plan["Execution Time"]
        return total


@contextmanager
def contar() -> Iterator[Cuenta]:
    """Count what is asked of the database inside the block."""
    cuenta = Cuenta()
    with connection.execute_wrapper(cuenta):
        yield cuenta
