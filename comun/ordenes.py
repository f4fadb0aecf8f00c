"""Base of the commands of the portal: what fails is said in one line, with what to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

TABLA_DESCONOCIDA = "42P01"
NO_RESPONDE = "La base de datos no responde. Revisa DATABASE_URL y que PostgreSQL esté en marcha."


class Orden(BaseCommand):
    """A command that needs the database, and says so in Spanish when it is away or not prepared."""

    def execute(self, *args: Any, **opciones: Any) -> str | None:
        try:
            return super().execute(*args, **opciones)
        except OperationalError as error:
            raise CommandError(
                "La base de datos no responde. Revisa DATABASE_URL y que PostgreSQL esté en marcha."
            ) from error
        except ProgrammingError as error:
            if getattr(error.__cause__, "pgcode", "") != TABLA_DESCONOCIDA:
                raise
            raise CommandError("Falta preparar la base: ejecuta «python manage.py preparar».") from error
