"""Mail in the background: the queue lives in PostgreSQL and `manage.py atender_cola` attends it."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cuentas.models import Correo
from cuentas.operaciones_correo import ESPERA, cuando_reintentar, entregar

OLVIDADO = dt.timedelta(minutes=45)
"""A message that still waits so long after its turn lost it: its process died, or its task did."""

TANDA = 50
"""Messages that go through the same connection: greeting the server once for each is most of the time."""


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
            poner_en_la_cola(correo, turno_el=cuando_reintentar(correo))
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


@transaction.atomic
def poner_varios_en_la_cola(correos: Sequence[Correo]) -> None:
    """Give many messages their turn, a few dozen to each task."""
    Correo.objects.filter(pk__in=[correo.pk for correo in correos]).update(turno_el=timezone.now())
    for desde in range(0, len(correos), TANDA):
        enviar_correos.enqueue([correo.pk for correo in correos[desde : desde + TANDA]])


@transaction.atomic
def retomar_correos() -> int:
    """Give another turn to what lost its own, once. Returns how many."""
    en_espera = Correo.objects.select_for_update(skip_locked=True).filter(estado=Correo.Estado.EN_ESPERA)
    perdidos = list(en_espera.filter(turno_el__lt=timezone.now() - OLVIDADO)[:500])
    for correo in perdidos:
        poner_en_la_cola(correo)
    return len(perdidos)
