"""Mail in the background: the queue lives in PostgreSQL and `manage.py atender_cola` attends it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task

from cuentas.models import Correo
from cuentas.operaciones_correo import cuando_reintentar, entregar

OLVIDADO = dt.timedelta(minutes=45)
"""A message that still waits after this lost its turn: its process died, or its task did."""


@task()
def enviar_correo(pk: int) -> str:
    """Send one message; if the server refuses for now, another turn later."""
    correo = entregar(pk=pk)
    if correo is None:
        return "ajeno"
    if correo.estado == Correo.Estado.EN_ESPERA:
        enviar_correo.using(run_after=cuando_reintentar(correo)).enqueue(pk)
    return correo.estado


def poner_en_la_cola(correo: Correo) -> None:
    """Give it its turn. The task is a row of the transaction that wrote the message: both enter or neither does."""
    enviar_correo.enqueue(correo.pk)


def retomar_correos() -> int:
    """Give another turn to what lost its own. Returns how many."""
    perdidos = Correo.objects.filter(estado=Correo.Estado.EN_ESPERA, creado__lt=timezone.now() - OLVIDADO)
    pks = list(perdidos.values_list("pk", flat=True)[:500])
    for pk in pks:
        enviar_correo.enqueue(pk)
    return len(pks)
