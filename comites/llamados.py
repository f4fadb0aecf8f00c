"""From the rows of a session to what its call says and to its event in the calendars. No writing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from comites.calendario import Evento
from comites.convocatoria import Cambio, Llamado, Punto, cambios
from comites.models import Convocatoria, Sesion
from comites.niveles import Nivel


def llamado_de(sesion: Sesion) -> Llamado:
    """What the call of a session says now. Of what is reserved, only that it exists: mail is read by others."""
    todo = sesion.nivel == Nivel.RESERVADA
    return Llamado.de(
        inicio=sesion.inicio,
        zona=sesion.mesa.zona_horaria,
        lugar=sesion.lugar,
        puntos=[
            Punto(punto.orden, punto.titulo, punto.minutos, reservado=todo or punto.nivel == Nivel.RESERVADA)
            for punto in sesion.puntos.order_by("orden")
        ],
    )


def como_se_dijo(convocatoria: Convocatoria, sesion: Sesion) -> Llamado:
    """What people were told, whatever the session says now."""
    dicho = convocatoria.dicho
    inicio = dt.datetime.fromisoformat(dicho["inicio"])
    return Llamado(inicio, sesion.mesa.zona_horaria, dicho["lugar"], tuple(dicho["puntos"]), minutos=dicho["minutos"])


def convocatoria_vigente(sesion: Sesion) -> Convocatoria | None:
    """The call of a session, if people are expected."""
    return Convocatoria.objects.filter(sesion=sesion, cancelada_el__isnull=True).first()


def cambios_sin_avisar(
    convocatoria: Convocatoria | None, sesion: Sesion, llamado: Llamado | None = None
) -> list[Cambio]:
    """What is not any more as people were told, while it is still time to tell them.

    Args:
        llamado: what the call would say now, if it was read already.
    """
    if convocatoria is None or not convocatoria.esta_vigente or sesion.estado != Sesion.Estado.CONVOCADA:
        return []
    if sesion.inicio <= timezone.now():
        return []
    return cambios(convocatoria.dicho, llamado or llamado_de(sesion))


def en_la_sesion(sesion: Sesion, *, registra: bool) -> dict[str, Any] | None:
    """What the page of a session offers about its call; None when there is nothing to call to any more.

    Args:
        registra: the reader records it in the mesa that calls.
    """
    if not registra or sesion.ya_empezo or sesion.tipo == Sesion.Tipo.ENCUENTRO:
        return None
    convocatoria = convocatoria_vigente(sesion)
    return {
        "vigente": convocatoria is not None,
        "cambios": [cambio.que for cambio in cambios_sin_avisar(convocatoria, sesion)],
    }


def evento_de(convocatoria: Convocatoria, sesion: Sesion, llamado: Llamado, enlace: str) -> Evento:
    """The session as a calendar shows it.

    Args:
        enlace: where whoever reads it may open the session; empty for who has no account.
    """
    return Evento(
        uid=str(convocatoria.uid),
        secuencia=convocatoria.secuencia,
        titulo=f"{sesion.organo}, sesión {sesion.numero} · {sesion.mesa}",
        inicio=llamado.inicio,
        fin=llamado.fin,
        zona=llamado.zona,
        lugar=llamado.lugar,
        texto=f"Orden del día: {enlace}" if enlace else "El orden del día va en el correo.",
        dicho_el=convocatoria.dicho_el,
        cancelado=not convocatoria.esta_vigente,
    )


def enlace_a(sesion: Sesion, mesa: str) -> str:
    """Address of a session in the desk of one of its mesas (slug), for whoever reads it outside the portal."""
    return f"{settings.PORTAL_URL}{reverse('coordinacion:sesion', args=[mesa, sesion.pk])}"
