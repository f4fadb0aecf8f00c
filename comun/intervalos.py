"""Figures with their interval on one scale: a dot in a bar for each row of a ranking.

The bar is the interval and the dot the figure, so that two rows whose bars overlap are seen as what they are:
hardly told apart. The scale begins at zero and ends at the largest figure; a bar that passes it is cut there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comun.escalas import decimales_de, marcas_redondas
from comun.formatos import numero

ANCHO = 200


@dataclass(frozen=True)
class Intervalo:
    """A figure and the limits of its interval."""

    valor: float
    inferior: float
    superior: float
    inestable: bool = False


@dataclass(frozen=True)
class Barra:
    """Where the bar begins, how wide it is and where the dot stands. `cortada`: it goes on beyond the scale."""

    x: float
    ancho: float
    punto: float
    inestable: bool
    cortada: bool


@dataclass(frozen=True)
class Escala:
    """The bars of a table, in the order of its rows (None where there is no figure), and its ticks."""

    ancho: int
    divisiones: Sequence[tuple[float, str]]
    barras: Sequence[Barra | None]


def escala(filas: Sequence[Intervalo | None]) -> Escala:
    """Places every row on the same scale."""
    marcas = marcas_redondas(max((fila.valor for fila in filas if fila), default=1.0), 4)
    tope = marcas[-1]

    def lugar(valor: float) -> float:
        return round(ANCHO * min(valor, tope) / tope, 1)

    return Escala(
        ancho=ANCHO,
        divisiones=[(lugar(marca), numero(marca, decimales_de(marcas))) for marca in marcas],
        barras=[
            Barra(
                x=lugar(fila.inferior),
                ancho=round(max(lugar(fila.superior) - lugar(fila.inferior), 1.0), 1),
                punto=lugar(fila.valor),
                inestable=fila.inestable,
                cortada=fila.superior > tope,
            )
            if fila
            else None
            for fila in filas
        ],
    )
