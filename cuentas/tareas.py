"""Mail in the background: the queue lives in PostgreSQL and `manage.py atender_cola` attends it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cuentas.models import Correo
from cuentas.operaciones_correo import cuando_reintentar, entregar

OLVIDADO = dt.timedelta(minutes=45)
"""A message that still waits so long after its turn lost it: its process died, or its task did."""


@task()
def enviar_correo(pk: int) -> str:
    """Send one message; if the server refuses for now, another turn later."""
    correo = entregar(pk=pk)
    if correo is None:
        return "ajeno"
    if correo.estado == Correo.Estado.EN_ESPERA:
        poner_en_la_cola(correo, turno_el=cuando_reintentar(correo))
    return correo.estado


@transaction.atomic
def poner_en_la_cola(correo: Correo, *, turno_el: dt.datetime | None = None) -> None:
    """Give it its turn, now or at an hour. The task is a row of the transaction that wrote the message:
    both enter or neither does."""
    Correo.objects.filter(pk=correo.pk).update(turno_el=turno_el or timezone.now())
    enviar_correo.using(run_after=turno_el).enqueue(correo.pk)


@transaction.atomic
def retomar_correos() -> int:
    """Give another turn to what lost its own, once. Returns how many."""
    en_espera = Correo.objects.select_for_update(skip_locked=True).filter(estado=Correo.Estado.EN_ESPERA)
    perdidos = list(en_espera.filter(turno_el__lt=timezone.now() - OLVIDADO)[:500])
    for correo in perdidos:
        poner_en_la_cola(correo)
    return len(perdidos)
