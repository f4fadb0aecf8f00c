"""One load of official figures at a time, over every process that shares the database."""

from __future__ import annotations

from django.db import connection

_CLAVE = 0x52_4E_4D_53
"""Key of the advisory lock of PostgreSQL: two loads at once wait for each other."""


class CargaEnCurso(Exception):
    """Somebody else is loading figures at this moment."""

    def __init__(self) -> None:
        super().__init__(
            "Hay otra carga de cifras en curso. Espera a que termine y vuelve a intentarlo; no se cambió nada."
        )


def tomar(esperar: bool = True) -> None:
    """Hold the right to load until the current transaction ends, however it ends.

    Args:
        esperar: wait for the other load to end, or refuse at once.

    Raises:
        CargaEnCurso: if another load holds it and we do not wait.
    """
    with connection.cursor() as cursor:
        if esperar:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CLAVE])
            return
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_CLAVE])
        if not cursor.fetchone()[0]:
            raise CargaEnCurso
