"""The one thing to do first in a mesa. A board that asks for everything gets nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from comites.models import Sesion
from mesas.models import Mesa


@dataclass(frozen=True)
class Pendiente:
    """What to do, why, and the button that begins it."""

    titulo: str
    texto: str
    url: str
    boton: str


def lo_primero(
    mesa: Mesa, *, proximas: Iterable[Sesion], cuentas: dict[str, int], puede_crear: bool, ahora: dt.datetime
) -> Pendiente | None:
    """The most urgent: a session under way or never closed, overdue agreements, something to verify, the next call."""
    proximas = list(proximas)
    acuerdos = reverse("coordinacion:acuerdos", args=[mesa.slug])
    for sesion in proximas:
        if puede_crear and (sesion.estado == Sesion.Estado.EN_CURSO or sesion.inicio < ahora):
            return Pendiente(
                f"{sesion.organo}: sesión {sesion.numero}",
                "Ya empezó y sigue abierta. Pasa lista, anota sus acuerdos y ciérrala.",
                sesion.get_absolute_url(),
                "Ir a la sesión",
            )
    if cuentas["vencidos"]:
        cuantos = "Un acuerdo pasó" if cuentas["vencidos"] == 1 else f"{cuentas['vencidos']} acuerdos pasaron"
        que_hacer = "Pregunta cómo van y anota el avance." if puede_crear else "Mira cuáles son y quién responde."
        return Pendiente(f"{cuantos} de su fecha", que_hacer, acuerdos, "Ver los acuerdos")
    if cuentas["por_verificar"]:
        return Pendiente(
            "Hay avances por verificar",
            "Alguien reportó que ya cumplió. Toca revisar la prueba y confirmarlo o devolverlo.",
            f"{acuerdos}?estado=reportado",
            "Ver lo reportado",
        )
    if proximas:
        return Pendiente(
            f"{proximas[0].organo}: sesión {proximas[0].numero}",
            f"Es el {timezone.localtime(proximas[0].inicio):%d/%m/%Y a las %H:%M}.",
            proximas[0].get_absolute_url(),
            "Ver la sesión",
        )
    if puede_crear:
        nueva = reverse("coordinacion:sesion_nueva", args=[mesa.slug])
        return Pendiente(
            "No hay sesión en puerta", "Crea la siguiente con su orden del día.", nueva, "Crear una sesión"
        )
    return None
