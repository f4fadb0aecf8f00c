"""Which places have the higher rates, without pretending to tell apart those that chance may have ordered. Pure.

How places are ordered:

1. Only places of a stated population (100 000 inhabitants unless it is asked otherwise), whole,
   and with 20 events or more take part. The others are listed apart, with the reason.
2. They go from the highest to the lowest lower limit of their 95 % interval: what can be held of
   a rate, and not the rate itself, which a small place throws high or low by chance.
3. The first opens a tie. Each that follows shares its rank for as long as the exact test cannot
   tell its rate from that of the first of the tie (`comparacion.son_distinguibles`); the one
   that it can opens the next tie, with as rank its own place in the list (1, 1, 1, 4, 5, 5, 7).

So two places with the same rank are not told apart from the first of their tie, and nothing is
said of how they stand to each other. A place with a wide interval may be low in the list and
still not be told apart from the top: its rank says what is known of it, no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from indicadores.comparacion import son_distinguibles
from indicadores.composicion import Renglon

MINIMO_POBLACION = 100_000
"""Inhabitants from which a place is ranked, unless the reader asks for another floor."""

CASI_TODOS = Fraction(9, 10)
"""Share of the places that must have a rate for a span to be the newest that orders them."""


class LapsosDistintos(ValueError):
    """Only figures of one crime, instrument and span can be ordered."""


@dataclass(frozen=True, slots=True)
class Posicion:
    """A place in the ranking. `empatada` if it shares its rank."""

    lugar: int
    renglon: Renglon
    empatada: bool


@dataclass(frozen=True, slots=True)
class Clasificacion:
    """Places in order, and those left out by the reason, each list from the highest rate on.

    `inestables` had fewer than 20 events, `fuera` are below the population asked for, of
    `parciales` the figure covers only a part, and `sin_dato` have no rate in that span.
    """

    minimo_poblacion: int
    posiciones: tuple[Posicion, ...]
    inestables: tuple[Renglon, ...]
    fuera: tuple[Renglon, ...]
    parciales: tuple[Renglon, ...]
    sin_dato: tuple[Renglon, ...]

    @property
    def con_tasa(self) -> list[Renglon]:
        """All that have one, in order or apart."""
        return [*(p.renglon for p in self.posiciones), *self.inestables, *self.fuera, *self.parciales]


def clasificar(renglones: Iterable[Renglon], minimo_poblacion: int = MINIMO_POBLACION) -> Clasificacion:
    """Put in order the figures of several places in one span.

    Raises:
        LapsosDistintos: if they are not all of the same crime, instrument and span.
    """
    filas = list(renglones)
    if len({(r.delito, r.instrumento, r.periodicidad, r.primero, r.ultimo) for r in filas}) > 1:
        raise LapsosDistintos("Solo se ordenan cifras de un mismo delito, instrumento y lapso.")
    sin_dato = [r for r in filas if r.tasa is None]
    con_tasa = [r for r in filas if r.tasa is not None]
    fuera = [r for r in con_tasa if r.poblacion < minimo_poblacion]
    grandes = [r for r in con_tasa if r.poblacion >= minimo_poblacion]
    enteras = [r for r in grandes if r.completa]
    return Clasificacion(
        minimo_poblacion=minimo_poblacion,
        posiciones=tuple(_ordenar([r for r in enteras if not r.tasa.inestable])),
        inestables=_por_tasa(r for r in enteras if r.tasa.inestable),
        fuera=_por_tasa(fuera),
        parciales=_por_tasa(r for r in grandes if not r.completa),
        sin_dato=tuple(sorted(sin_dato, key=lambda r: r.territorio)),
    )


def _ordenar(filas: Sequence[Renglon]) -> Iterator[Posicion]:
    empates: list[list[Renglon]] = []
    for fila in sorted(filas, key=lambda r: (-r.tasa.inferior, -r.tasa.valor, r.territorio)):
        if empates and not _difieren(empates[-1][0], fila):
            empates[-1].append(fila)
        else:
            empates.append([fila])
    lugar = 1
    for empate in empates:
        for fila in empate:
            yield Posicion(lugar, fila, empatada=len(empate) > 1)
        lugar += len(empate)


def _difieren(uno: Renglon, otro: Renglon) -> bool:
    return son_distinguibles(uno.carpetas, uno.exposicion, otro.carpetas, otro.exposicion)


def _por_tasa(filas: Iterable[Renglon]) -> tuple[Renglon, ...]:
    return tuple(sorted(filas, key=lambda r: (-r.tasa.valor, r.territorio)))


def del_ultimo_lapso(renglones: Iterable[Renglon]) -> list[Renglon]:
    """Those of the newest span in which nearly all the places that ever have a rate have it.

    A month that only one entidad has published orders nothing.
    """
    por_lapso: dict[tuple[int, int, str], list[Renglon]] = defaultdict(list)
    for r in renglones:
        por_lapso[r.ultimo, r.primero, r.instrumento].append(r)
    con_tasa = {lapso: {r.territorio for r in filas if r.tasa is not None} for lapso, filas in por_lapso.items()}
    alguna_vez = set().union(*con_tasa.values())
    enteros = [lapso for lapso, cuales in con_tasa.items() if cuales and len(cuales) >= CASI_TODOS * len(alguna_vez)]
    return por_lapso[max(enteros)] if enteros else []
