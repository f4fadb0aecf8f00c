"""The agenda as people write it, one item to a line with its minutes, and the hours it makes. No database."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ValidationError

MAXIMO_DE_PUNTOS = 100
MAXIMO_DE_MINUTOS = 600
"""Ten hours: beyond that a figure was mistyped."""

LARGO_DEL_PUNTO = 200

_MINUTOS = re.compile(
    r"^(?P<titulo>.*\S)\s*[,;:(·|–—-]*\s*\b(?P<minutos>\d{1,4})\s*min(?:utos?|s)?\.?\s*\)?$", re.IGNORECASE
)
_COLA = " ,;:(·|–—-"


@dataclass(frozen=True, slots=True)
class PuntoPrevisto:
    """An item that somebody means to put on an agenda, and the minutes it should take, if they said."""

    titulo: str
    minutos: int | None = None

    def __str__(self) -> str:
        return f"{self.titulo}, {self.minutos} min" if self.minutos else self.titulo


def leer_renglones(texto: str) -> list[PuntoPrevisto]:
    """The items of a text, one to a line, blank ones apart: «Cifras del mes, 15 min».

    Raises:
        ValidationError: a line is too long, its minutes are not believable, or there are too many.
    """
    puntos = [_leer(renglon.strip()) for renglon in texto.splitlines() if renglon.strip()]
    if largos := [punto.titulo for punto in puntos if len(punto.titulo) > LARGO_DEL_PUNTO]:
        raise ValidationError(f"Cada punto admite {LARGO_DEL_PUNTO} letras; acorta «{largos[0][:40]}…».")
    if eternos := [punto for punto in puntos if punto.minutos and punto.minutos > MAXIMO_DE_MINUTOS]:
        raise ValidationError(f"«{eternos[0].titulo[:40]}» dura {eternos[0].minutos} minutos: revisa el número.")
    if len(puntos) > MAXIMO_DE_PUNTOS:
        raise ValidationError(f"Son {len(puntos):,} puntos; caben {MAXIMO_DE_PUNTOS} por sesión.")
    return puntos


def _leer(renglon: str) -> PuntoPrevisto:
    hallado = _MINUTOS.match(renglon)
    if not hallado or not (titulo := hallado["titulo"].rstrip(_COLA)):
        return PuntoPrevisto(renglon)
    return PuntoPrevisto(titulo, int(hallado["minutos"]) or None)


def escribir_renglones(puntos: Iterable[PuntoPrevisto]) -> str:
    """The text that `leer_renglones` reads back as those items."""
    return "\n".join(map(str, puntos))


class ConMinutos(Protocol):
    """Anything on an agenda."""

    minutos: int | None


@dataclass(frozen=True, slots=True)
class Horario:
    """The hours that an agenda makes.

    Attributes:
        horas: when each item begins; None from the first one that follows an item without minutes,
            because from there nobody knows.
        total: sum of the minutes that were said.
        sin_tiempo: how many items say no minutes.
        termina: when it should end; None while some item says no minutes.
    """

    horas: list[dt.datetime | None]
    total: int
    sin_tiempo: int
    termina: dt.datetime | None

    @property
    def suma(self) -> str:
        """«1 h 25 min», or «85 min» under the hour and a half that people count in minutes."""
        horas, minutos = divmod(self.total, 60)
        if not horas:
            return f"{minutos} min"
        return f"{horas} h {minutos} min" if minutos else f"{horas} h"


def horario(inicio: dt.datetime, puntos: Iterable[ConMinutos]) -> Horario:
    """When each item of an agenda begins, the sum, and when the session should end.

    Args:
        inicio: when the session begins; hours come in its own time zone.
        puntos: the items in their order.
    """
    ahora: dt.datetime | None = inicio
    horas, total, sin_tiempo = [], 0, 0
    for punto in puntos:
        horas.append(ahora)
        if not punto.minutos:
            ahora, sin_tiempo = None, sin_tiempo + 1
            continue
        total += punto.minutos
        # Through UTC: on the night that the clocks change, an hour of meeting is still an hour.
        ahora = ahora and (ahora.astimezone(dt.UTC) + dt.timedelta(minutes=punto.minutos)).astimezone(inicio.tzinfo)
    return Horario(horas, total, sin_tiempo, ahora if total else None)


def minutos_de_revision(acuerdos: int) -> int:
    """Two minutes for each open agreement, from five to thirty: a proposal that anybody may change."""
    return min(30, max(5, 2 * acuerdos))


def poner_horas(inicio: dt.datetime, puntos: Iterable[Any]) -> Horario:
    """The hours of an agenda, and in each item `empieza`: when it begins, for a page to write it beside it."""
    filas = list(puntos)
    tiempos = horario(inicio, filas)
    for punto, hora in zip(filas, tiempos.horas, strict=True):
        punto.empieza = hora if tiempos.total else None
    return tiempos
