"""What is done in the background: the queue lives in PostgreSQL and any process may attend it."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from indicadores import operaciones_recepciones as operaciones
from indicadores.models import Recepcion

DIAS_EN_LA_COLA = 14
"""How long what was done stays written in the queue."""


@task()
def atender_recepcion(pk: int) -> str:
    """Load an uploaded file; and first put back in the queue those whose process died."""
    retomar()
    recepcion = operaciones.atender(pk=pk)
    operaciones.olvidar_archivos()
    _olvidar_tareas()
    return recepcion.estado if recepcion else "ajena"


@transaction.atomic
def pedir(*, recepcion: Recepcion, quien: Any, intentos: int = 0, **opciones: Any) -> Recepcion:
    """Put an upload in the queue. The task is a row of this same transaction: both enter or neither does.

    Args:
        quien: who asks, which may not be who sent the file: the load will be recorded as theirs.

    Raises:
        ValidationError: if it is waiting or under way already, or its file is no longer kept.
    """
    recepcion = operaciones.poner_en_espera(recepcion=recepcion, pedida_por=quien, intentos=intentos, **opciones)
    recepcion.tarea = atender_recepcion.enqueue(recepcion.pk).id
    recepcion.save(update_fields=["tarea"])
    return recepcion


@transaction.atomic
def recibir(*, recepcion: Recepcion, **opciones: Any) -> Recepcion:
    """Put in the queue what has just arrived, once, however many times the button was pressed.

    Raises:
        ValidationError: if it is waiting or under way already, or its file is no longer kept.
    """
    la_de_antes = operaciones.la_misma(recepcion=recepcion, **opciones)
    return la_de_antes or pedir(recepcion=recepcion, quien=recepcion.usuario, **opciones)


@transaction.atomic
def retomar() -> list[Recepcion]:
    """Give another turn to the uploads whose process died, unless they have had several."""
    tomadas = DBTaskResult.objects.exclude(status=TaskResultStatus.READY).filter(
        task_path=atender_recepcion.module_path, started_at__lt=timezone.now() - operaciones.SIN_LATIDO
    )
    muertas = operaciones.marcar_interrumpidas(sin_dueno=tomadas.values_list("pk", flat=True))
    for recepcion in muertas:
        _cerrar_tarea(recepcion)
    retomadas = []
    for recepcion in muertas:
        # One whose file is gone stays interrupted, and does not keep the others waiting.
        with suppress(ValidationError):
            if recepcion.intentos < operaciones.INTENTOS:
                retomadas.append(pedir(recepcion=recepcion, quien=recepcion.pedida_por, intentos=recepcion.intentos))
    return retomadas


def _cerrar_tarea(recepcion: Recepcion) -> None:
    """The library leaves as running for ever what a dead process had: close it."""
    DBTaskResult.objects.running().filter(pk=recepcion.tarea).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now()
    )


def _olvidar_tareas() -> None:
    DBTaskResult.objects.finished().filter(
        task_path=atender_recepcion.module_path,
        finished_at__lt=timezone.now() - dt.timedelta(days=DIAS_EN_LA_COLA),
    ).delete()
