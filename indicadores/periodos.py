"""Months and the spans in which figures are given. Pure, no database.

A month is one integer (`anio * 12 + mes - 1`), so spans are subtractions. Every span stays
inside one instrument: nothing is ever added across the change of method of January 2026.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache


class Periodicidad(StrEnum):
    """How long each figure of a series is."""

    ANUAL = "anual"
    MENSUAL = "mensual"
    ANUALIZADA = "anualizada"
    MOVIL12 = "movil12"

    @property
    def etiqueta(self) -> str:
        """Name for people."""
        return {
            "anual": "por año",
            "mensual": "por mes",
            "anualizada": "por mes, llevada a un año",
            "movil12": "últimos 12 meses",
        }[self.value]

    @property
    def unidad(self) -> str:
        """What its rates count: a month taken to a year never passes for a plain one."""
        if self is Periodicidad.ANUALIZADA:
            return "carpetas por 100 mil habitantes, al ritmo de un año"
        return "carpetas por 100 mil habitantes"

    @property
    def es_de_un_mes(self) -> bool:
        """True if each figure is of a single month."""
        return self in (Periodicidad.MENSUAL, Periodicidad.ANUALIZADA)


@dataclass(frozen=True, slots=True)
class Periodo:
    """A span of whole months and the text that names it (`2024`, `2024-07`).

    A rolling window is named after its last month.
    """

    nombre: str
    primero: int
    ultimo: int

    @property
    def meses(self) -> range:
        """The months of the span."""
        return range(self.primero, self.ultimo + 1)


def mes(anio: int, numero: int) -> int:
    """The month as one integer; `numero` from 1 to 12."""
    return anio * 12 + numero - 1


def anio_de(m: int) -> int:
    """Year of a month."""
    return m // 12


def posicion(m: int) -> int:
    """Place of a month in its year, from 0 to 11."""
    return m % 12


def texto_del_mes(m: int) -> str:
    """`AAAA-MM`."""
    return f"{anio_de(m):04d}-{posicion(m) + 1:02d}"


@lru_cache(maxsize=1024)
def parte_del_anio(m: int) -> Fraction:
    """Days of the month over days of its year: what one month weighs when it is taken to a year.

    February is 28/365, or 29/366 in a leap year, so a short month does not look calm.
    """
    anio = anio_de(m)
    return Fraction(calendar.monthrange(anio, posicion(m) + 1)[1], 366 if calendar.isleap(anio) else 365)


def periodo_que_termina(periodicidad: Periodicidad, ultimo: int) -> Periodo:
    """The figure of that length whose last month is that one."""
    meses = 1 if periodicidad.es_de_un_mes else 12
    nombre = f"{anio_de(ultimo):04d}" if periodicidad is Periodicidad.ANUAL else texto_del_mes(ultimo)
    return Periodo(nombre, ultimo - meses + 1, ultimo)


_LIMITE = re.compile(r"^(?P<anio>(?:19|20)\d{2})(?:-(?P<mes>0[1-9]|1[0-2]))?$", re.ASCII)


def leer_limite(texto: str, *, final: bool) -> int:
    """Month named by `AAAA` or `AAAA-MM`; a bare year is its January, or its December if `final`.

    Raises:
        ValueError: if it is neither.
    """
    hallado = _LIMITE.match(texto)
    if hallado is None:
        raise ValueError("Escribe el año (AAAA) o el año y el mes (AAAA-MM).")
    numero = int(hallado["mes"]) if hallado["mes"] else (12 if final else 1)
    return mes(int(hallado["anio"]), numero)


def periodos(
    periodicidad: Periodicidad, primero: int, ultimo: int, desde: int | None = None, hasta: int | None = None
) -> Iterator[Periodo]:
    """Spans between the first and the last month with data of one instrument.

    Years are whole calendar years. `desde` and `hasta` bound the span; of a rolling window
    they bound its last month, since it is the one that names it.
    """
    if periodicidad is Periodicidad.ANUAL:
        candidatos = (
            Periodo(f"{anio:04d}", mes(anio, 1), mes(anio, 12)) for anio in range(anio_de(primero), anio_de(ultimo) + 1)
        )
    elif periodicidad.es_de_un_mes:
        candidatos = (Periodo(texto_del_mes(m), m, m) for m in range(primero, ultimo + 1))
    else:
        candidatos = (Periodo(texto_del_mes(m), m - 11, m) for m in range(primero + 11, ultimo + 1))
    for periodo in candidatos:
        inicio = periodo.ultimo if periodicidad is Periodicidad.MOVIL12 else periodo.primero
        if (desde is None or inicio >= desde) and (hasta is None or periodo.ultimo <= hasta):
            yield periodo
