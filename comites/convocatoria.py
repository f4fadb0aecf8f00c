"""What a call says, and what changed since it was said. Pure: it knows no table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from comun.formatos import fecha_larga
from mesas.models.territorio import ZONAS

DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")

DURACION = dt.timedelta(hours=2)
"""How long a meeting takes in the calendars when nobody planned its items."""

RESERVADO = "Punto reservado"
SIN_LUGAR = "Por confirmar"


@dataclass(frozen=True, slots=True)
class Punto:
    """An item of the agenda as it may be told: of a reserved one, only that it exists."""

    orden: int
    titulo: str
    minutos: int | None
    reservado: bool

    def __str__(self) -> str:
        titulo = RESERVADO if self.reservado else self.titulo
        return f"{self.orden}. {titulo} ({self.minutos} min)" if self.minutos else f"{self.orden}. {titulo}"


@dataclass(frozen=True, slots=True)
class Llamado:
    """Where, when and about what: all that a call tells, by the clock of the mesa that calls.

    `inicio` is an instant; `zona` the time zone of the mesa; `puntos` the agenda already as text.
    """

    inicio: dt.datetime
    zona: str
    lugar: str
    puntos: tuple[str, ...]
    minutos: int

    @classmethod
    def de(cls, *, inicio: dt.datetime, zona: str, lugar: str, puntos: Iterable[Punto]) -> Llamado:
        """From the rows of a session."""
        puntos = list(puntos)
        minutos = sum(punto.minutos or 0 for punto in puntos)
        return cls(inicio, zona, lugar.strip(), tuple(map(str, puntos)), minutos)

    @property
    def fin(self) -> dt.datetime:
        """When it should end: what its items add up to, or two hours."""
        return self.inicio + (dt.timedelta(minutes=self.minutos) if self.minutos else DURACION)

    @property
    def cuando(self) -> str:
        """«lunes 30 de noviembre de 2026, 18:00 h»."""
        hora = self.inicio.astimezone(ZoneInfo(self.zona))
        return f"{DIAS[hora.weekday()]} {fecha_larga(hora.date())}, {hora:%H:%M} h"

    @property
    def reloj(self) -> str:
        """Whose hour it is: the person called may be travelling. «zona horaria: Centro, Ciudad de México»."""
        nombre = ZONAS.get(self.zona, self.zona).replace(" (", ", ").replace(")", "")
        return f"zona horaria: {nombre}"

    @property
    def dia(self) -> dt.date:
        """The day, by the clock of the mesa."""
        return self.inicio.astimezone(ZoneInfo(self.zona)).date()

    @property
    def donde(self) -> str:
        """The place, or that it is not known yet."""
        return self.lugar or SIN_LUGAR

    def como_dato(self) -> dict[str, Any]:
        """To keep what was told beside the call."""
        return {
            "inicio": self.inicio.astimezone(dt.UTC).isoformat(),
            "lugar": self.lugar,
            "puntos": list(self.puntos),
            "minutos": self.minutos,
        }


@dataclass(frozen=True, slots=True)
class Cambio:
    """One thing that is not any more as it was told."""

    que: str
    antes: tuple[str, ...]
    ahora: tuple[str, ...]


def cambios(dicho: dict[str, Any], ahora: Llamado) -> list[Cambio]:
    """What changed since it was told, in the order in which it matters. Empty when everybody knows what there is.

    Args:
        dicho: what `Llamado.como_dato` gave when it was told.
    """
    antes = Llamado(
        dt.datetime.fromisoformat(dicho["inicio"]), ahora.zona, dicho["lugar"], tuple(dicho["puntos"]), minutos=0
    )
    posibles = [
        Cambio("la hora" if antes.dia == ahora.dia else "la fecha", (antes.cuando,), (ahora.cuando,)),
        Cambio("el lugar", (antes.donde,), (ahora.donde,)),
        Cambio("el orden del día", antes.puntos, ahora.puntos),
    ]
    return [cambio for cambio in posibles if cambio.antes != cambio.ahora]
