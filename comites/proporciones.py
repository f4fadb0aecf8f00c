"""«So many of so many», and how far chance alone could carry it. Pure, no database."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from comun.formatos import numero

MINIMO_PARA_PORCENTAJE = 20
"""Of fewer than these a percentage moves five points with a single case: the portal says the counts alone."""

_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Proporcion:
    """A part of a whole that was counted: agreements kept in time, seats that were filled."""

    cuantos: int
    de: int

    @property
    def porcentaje(self) -> float | None:
        """From 0 to 100; None where there are too few to call it that."""
        return 100 * self.cuantos / self.de if self.de >= MINIMO_PARA_PORCENTAJE else None

    @property
    def intervalo(self) -> tuple[float, float] | None:
        """95 % interval of the percentage, or None where there is no percentage."""
        if self.porcentaje is None:
            return None
        inferior, superior = wilson(self.cuantos, self.de)
        return 100 * inferior, 100 * superior

    @property
    def en_numeros(self) -> str:
        """«14 de 25»; empty of 0 of 0, which is no proportion: the page says why there is none."""
        return f"{numero(self.cuantos)} de {numero(self.de)}" if self.de else ""

    @property
    def en_porcentaje(self) -> str:
        """«56 %, intervalo de 95 %: 37 a 73 %»; empty where there are too few."""
        if self.intervalo is None:
            return ""
        inferior, superior = (numero(limite) for limite in self.intervalo)
        return f"{numero(self.porcentaje)} %, intervalo de 95 %: {inferior} a {superior} %"

    def __str__(self) -> str:
        """«14 de 25 (56 %, intervalo de 95 %: 37 a 73 %)»."""
        return f"{self.en_numeros} ({self.en_porcentaje})" if self.en_porcentaje else self.en_numeros


def wilson(cuantos: int, de: int) -> tuple[float, float]:
    """95 % limits of a proportion, from 0 to 1 (Wilson, 1927).

    It never leaves 0–1 and behaves with few cases, where the textbook formula gives a width
    of nothing to «5 de 5» (Brown, Cai and DasGupta, 2001).
    """
    if not 0 <= cuantos <= de or not de:
        raise ValueError("Una proporción es de algo, y de 0 hasta el total.")
    parte = cuantos / de
    centro = parte + _Z**2 / (2 * de)
    ancho = _Z * math.sqrt(parte * (1 - parte) / de + _Z**2 / (4 * de**2))
    divisor = 1 + _Z**2 / de
    # At the ends the formula gives 0 and 1 but for the last bit of the arithmetic.
    inferior = 0.0 if cuantos == 0 else (centro - ancho) / divisor
    superior = 1.0 if cuantos == de else (centro + ancho) / divisor
    return inferior, superior
