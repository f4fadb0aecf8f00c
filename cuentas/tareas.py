"""Mail in the background: the queue lives in PostgreSQL and `manage.py atender_cola` attends it."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks import task

from cuentas.models import Correo
from cuentas.operaciones_correo import ESPERA, cuando_reintentar, entregar

OLVIDADO = dt.timedelta(minutes=45)
"""A message that still waits after this lost its turn: its process died, or its task did."""


TANDA = 50
"""Messages that go through the same connection: greeting the server once for each is most of the time."""


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


@task()
def enviar_correos(pks: list[int]) -> int:
    """Send some messages through one connection. Returns how many left (or were kept).

    What the server refuses for now has another turn, one by one. If the server itself is away the
    rest waits without trying: each try would take as long as its silence.
    """
    conexion, resueltos = get_connection(), 0
    _abrir(conexion)
    try:
        for lugar, pk in enumerate(pks, 1):
            correo = entregar(pk=pk, conexion=conexion)
            if correo is None:
                continue
            if correo.estado != Correo.Estado.EN_ESPERA:
                resueltos += 1
                continue
            enviar_correo.using(run_after=cuando_reintentar(correo)).enqueue(pk)
            conexion.close()
            if not _abrir(conexion) and pks[lugar:]:
                enviar_correos.using(run_after=timezone.now() + ESPERA).enqueue(pks[lugar:])
                break
    finally:
        conexion.close()
    return resueltos


def _abrir(conexion: BaseEmailBackend) -> bool:
    """False if nobody answers. Without a server of mail, as in a first run, there is nothing to open."""
    if settings.CORREO_SE_GUARDA:
        return True
    try:
        conexion.open()
    except (smtplib.SMTPException, OSError):
        return False
    return True


def poner_varios_en_la_cola(correos: Sequence[Correo]) -> None:
    """Give many messages their turn, a few dozen to each task."""
    for desde in range(0, len(correos), TANDA):
        enviar_correos.enqueue([correo.pk for correo in correos[desde : desde + TANDA]])


def retomar_correos() -> int:
    """Give another turn to what lost its own. Returns how many."""
    perdidos = Correo.objects.filter(estado=Correo.Estado.EN_ESPERA, creado__lt=timezone.now() - OLVIDADO)
    pks = list(perdidos.values_list("pk", flat=True)[:500])
    for pk in pks:
        enviar_correo.enqueue(pk)
    return len(pks)
