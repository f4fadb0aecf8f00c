"""Rates and their uncertainty: pure arithmetic, no database.

The method is the one public health uses for small areas (Public Health England, «Technical
Guide: Confidence Intervals»; APHO technical briefing 3): a count of events is taken as
Poisson; its 95 % interval is exact below 10 events and Byar's from 10 on, and is divided by
the same population as the rate. Counts of carpetas are over-dispersed, so this is the least
random variation that a figure carries, never all of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from statistics import NormalDist

POR_HABITANTES = 100_000
"""Rates are per this many inhabitants."""

CONFIANZA = 0.95
"""Level of every interval of the portal."""

DESDE_BYAR = 10
"""From this many events Byar's approximation is within 0.2 % of the exact interval."""

MINIMO_ESTABLE = 20
"""With fewer events the relative standard error passes 22 % (CDC, WISQARS): marked, not hidden."""

MESES_DEL_ANIO = 12


@dataclass(frozen=True, slots=True)
class Tasa:
    """A rate per 100 000 with its 95 % interval."""

    valor: float
    inferior: float
    superior: float
    inestable: bool


def calcular_tasa(carpetas: int, poblacion: Fraction | int | None) -> Tasa | None:
    """Rate of `carpetas` over `poblacion`, or None where a rate would mean nothing.

    There is none without population (three new municipalities have no projection yet) and
    none for a negative sum: the source publishes a few cells of −1, which are kept as counts.
    """
    if not poblacion or poblacion < 0 or carpetas < 0:
        return None
    inferior, superior = intervalo_del_conteo(carpetas)
    # Whole numbers divided once: as exact as a fraction, at a tenth of its cost.
    por, entre = POR_HABITANTES * poblacion.denominator, poblacion.numerator
    return Tasa(
        valor=carpetas * por / entre,
        inferior=inferior * (por / entre),
        superior=superior * (por / entre),
        inestable=es_inestable(carpetas),
    )


def es_inestable(carpetas: int) -> bool:
    """True when the count is too small for its rate to be steady."""
    return carpetas < MINIMO_ESTABLE


def poblacion_expuesta(tramos: Iterable[tuple[int, int]]) -> Fraction:
    """Population for a span of months: Σ population of the year × months of that year ÷ 12.

    Args:
        tramos: pairs (mid-year population, months counted of that year).
    """
    return Fraction(sum(habitantes * meses for habitantes, meses in tramos), MESES_DEL_ANIO)


def intervalo_del_conteo(eventos: int, confianza: float = CONFIANZA) -> tuple[float, float]:
    """Limits for a Poisson count: exact below 10 events, Byar's from 10 on."""
    if eventos < 0:
        raise ValueError("Un conteo de eventos no puede ser negativo.")
    intervalo = intervalo_exacto if eventos < DESDE_BYAR else intervalo_byar
    return intervalo(eventos, confianza)


def intervalo_byar(eventos: int, confianza: float = CONFIANZA) -> tuple[float, float]:
    """Byar's approximation. For 0 events its lower limit is 0."""
    z = _cuantil_normal(confianza)
    inferior = 0.0
    if eventos:
        inferior = eventos * (1 - 1 / (9 * eventos) - z / (3 * math.sqrt(eventos))) ** 3
    mas_uno = eventos + 1
    superior = mas_uno * (1 - 1 / (9 * mas_uno) + z / (3 * math.sqrt(mas_uno))) ** 3
    return inferior, superior


@lru_cache(maxsize=64)
def intervalo_exacto(eventos: int, confianza: float = CONFIANZA) -> tuple[float, float]:
    """Exact (Garwood) limits: the means that leave half of the risk on each side."""
    cola = (1 - confianza) / 2
    inferior = 0.0
    if eventos:
        inferior = _media_con_acumulada(eventos - 1, 1 - cola)
    return inferior, _media_con_acumulada(eventos, cola)


@lru_cache(maxsize=8)
def _cuantil_normal(confianza: float) -> float:
    return NormalDist().inv_cdf((1 + confianza) / 2)


def _media_con_acumulada(hasta: int, probabilidad: float) -> float:
    """Mean of the Poisson law for which P(X ≤ `hasta`) = `probabilidad`, by bisection.

    P falls as the mean grows, so the root is single; 200 halvings exhaust a double.
    """
    bajo, alto = 0.0, hasta + 10 * math.sqrt(hasta + 1) + 20
    for _ in range(200):
        medio = (bajo + alto) / 2
        if poisson_acumulada(hasta, medio) > probabilidad:
            bajo = medio
        else:
            alto = medio
    return (bajo + alto) / 2


def poisson_acumulada(hasta: int, media: float) -> float:
    """P(X ≤ hasta) of a Poisson law, as a finite sum."""
    termino = suma = math.exp(-media)
    for k in range(1, hasta + 1):
        termino *= media / k
        suma += termino
    return suma
