"""Who reads a minute and what of it they may read; and what is known of the minute besides its text. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COMPLETA, DE_LA_MESA, PUBLICA = "completa", "mesa", "publica"
ROTULOS = {
    COMPLETA: "Versión completa",
    DE_LA_MESA: "Versión para la mesa",
    PUBLICA: "Versión pública",
}


@dataclass(frozen=True)
class Mirada:
    """Who looks, and what of this minute they may read.

    Attributes:
        niveles: level that each item (by key) has today.
        puntos: items whose text they may read.
        acuerdos: agreements that they may read, those reviewed included.
        mesa: only the seats of that mesa are listed by name; None: all.
        con_nombre: people whose name the public may read.
    """

    version: str
    niveles: Mapping[int, str]
    puntos: frozenset[int]
    acuerdos: frozenset[int]
    mesa: int | None = None
    con_nombre: frozenset[int] = frozenset()

    @property
    def es_publica(self) -> bool:
        """Anybody looks."""
        return self.version == PUBLICA


@dataclass(frozen=True)
class DatosDelActa:
    """What is known of a minute besides its content: its links, and what became of it."""

    folio: str
    codigo: str
    huella: str
    anterior: str
    secuencia: int
    direccion: str
    aprobacion: str = ""
    adendas: Sequence[AdendaDicha] = ()
    marcas: Sequence[str] = ()


@dataclass(frozen=True)
class AdendaDicha:
    """An addendum as it is shown."""

    numero: int
    fecha: dt.date
    texto: str
    punto: int | None
    orden: int | None
    huella: str
