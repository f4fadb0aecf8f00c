"""Send what must be remembered today. Meant to run once a day, at dawn; running it again repeats nothing."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from comites.operaciones_recordatorios import enviar_recordatorios
from comun.ordenes import Orden


class Command(Orden):
    """Writes the reminders; `atender_cola` sends them."""

    help = (
        "Escribe los recordatorios de los acuerdos (15 y 3 días antes, y el día) y el resumen semanal de vencidos. "
        "Repetirla no repite ningún correo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fecha", metavar="AAAA-MM-DD", help="El día que es; hoy, si no se dice.")

    def handle(self, *, fecha: str | None, **opciones: Any) -> None:
        cuenta = enviar_recordatorios(fecha=_dia(fecha))
        self.stdout.write(
            f"Recordatorios nuevos: {cuenta.recordatorios}. Resúmenes nuevos: {cuenta.resumenes}. "
            f"Avisos de cambio de gobierno: {cuenta.relevos}."
        )
        if cuenta.sin_destinatario:
            self.stdout.write(
                f"Acuerdos próximos sin nadie a quién avisar: {cuenta.sin_destinatario}. "
                "Su responsable dejó la mesa o no tiene correo registrado."
            )


def _dia(texto: str | None) -> dt.date:
    if texto is None:
        return timezone.localdate()
    try:
        return dt.date.fromisoformat(texto)
    except ValueError:
        raise CommandError("Escribe la fecha como AAAA-MM-DD, por ejemplo 2026-11-30.") from None
