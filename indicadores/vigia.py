"""Telling how a load goes while its transaction is still open, and who is being attended.

What a transaction writes nobody sees until it ends, so progress goes through a connection of
its own. That connection also holds an advisory lock while the process lives: PostgreSQL lets
go of it the moment the process dies, however it dies.
"""

from __future__ import annotations

from collections.abc import Collection
from time import monotonic
from types import TracebackType

from django.db import connection

_CLASE = 0x52_4E
"""Class of the advisory locks of PostgreSQL: one for each upload that is being attended."""

_SEGUNDOS = 1.0
"""The same step is written again only after this long."""


class Vigia:
    """Watches over one upload. `with Vigia(pk) as vigia: if vigia.tomar(): …`."""

    def __init__(self, recepcion: int) -> None:
        self.recepcion = recepcion
        self._ultimo: tuple[str, int] = ("", -1)
        self._cuando = 0.0

    def __enter__(self) -> Vigia:
        self._conexion = connection.copy()
        return self

    def __exit__(
        self, tipo: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None
    ) -> None:
        self._conexion.close()

    def tomar(self) -> bool:
        """Take the upload for this process; False if another one has it."""
        with self._conexion.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_CLASE, self.recepcion])
            return cursor.fetchone()[0]

    def avisar(self, paso: str, avance: float) -> None:
        """Write the step and how far it has gone, from 0 to 1: whoever looks at the page sees it at once."""
        dicho = paso, max(0, min(100, int(avance * 100)))
        if dicho == self._ultimo and monotonic() - self._cuando < _SEGUNDOS:
            return
        self._ultimo, self._cuando = dicho, monotonic()
        with self._conexion.cursor() as cursor:
            cursor.execute(
                "UPDATE indicadores_recepcion SET paso = %s, avance = %s, latido = now() "
                "WHERE id = %s AND estado = 'en_curso'",
                [paso[:200], dicho[1], self.recepcion],
            )


def atendidas(recepciones: Collection[int]) -> set[int]:
    """Which of those uploads have a living process at work on them."""
    if not recepciones:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND classid = %s AND objid = ANY(%s::bigint[]::oid[])",
            [_CLASE, list(recepciones)],
        )
        return {fila[0] for fila in cursor.fetchall()}
