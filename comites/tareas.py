"""What the mesas ask for in the background: the queue lives in PostgreSQL and any process may attend it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django_tasks import task

from comites.red_entera import apartar, contar_y_guardar
from cuentas.models import Usuario


@task()
def contar_la_red(usuario: int, fecha: str, periodo: str) -> int:
    """Count the total of the mesas that somebody reads. Returns how many agreements it found."""
    quien = Usuario.objects.get(pk=usuario)
    return contar_y_guardar(quien, fecha=dt.date.fromisoformat(fecha), periodo=periodo).red.acuerdos


@transaction.atomic
def pedir_la_cuenta(usuario: Any, *, fecha: dt.date, periodo: str) -> bool:
    """Ask for the total, once however often the button is pressed. False if it was being counted."""
    if not apartar(usuario, fecha=fecha, periodo=periodo):
        return False
    contar_la_red.enqueue(usuario.pk, fecha.isoformat(), periodo)
    return True
