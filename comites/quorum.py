"""How many must be in the room for an organ to decide, and whether they are. Pure arithmetic, no database.

No law fixes the quorum of a mesa: each one writes its own rule, which is kept with its dates and
shown beside the count. Without a rule there is a count and no verdict, for nobody agreed which.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAYORIA, FRACCION, NUMERO = "mayoria", "fraccion", "numero"
"""The three ways in which organs write it: half plus one, a fraction, a fixed number."""


@dataclass(frozen=True)
class Lugar:
    """A seat as the quorum sees it.

    Args:
        ciudadano: True if it is held without public office.
        ocupado: somebody who fills it is in the room at this moment.
        por_suplente: whoever fills it came instead of its holder.
    """

    ciudadano: bool
    ocupado: bool = False
    por_suplente: bool = False


@dataclass(frozen=True)
class Regla:
    """The rule of an organ.

    Args:
        tipo: `MAYORIA`, `FRACCION` or `NUMERO`.
        numerador, denominador: the fraction («dos tercios»); only for `FRACCION`.
        numero: how many; only for `NUMERO`.
        solo_ciudadanos: seats with public office neither add to the base nor to the count.
        valen_suplentes: a seat filled by a substitute counts.
    """

    tipo: str
    numerador: int = 1
    denominador: int = 2
    numero: int = 1
    solo_ciudadanos: bool = False
    valen_suplentes: bool = True

    def requeridos(self, base: int) -> int:
        """How many are needed out of `base` seats. Half plus one of 9 is 5, of 10 is 6; two thirds of 10 are 7."""
        if self.tipo == NUMERO:
            return self.numero
        if self.tipo == FRACCION:
            return -(-base * self.numerador // self.denominador)
        return base // 2 + 1

    def en_palabras(self) -> str:
        """The rule as the page states it, so that nobody has to trust a number."""
        quienes = "integrantes sin cargo público" if self.solo_ciudadanos else "integrantes"
        if self.tipo == NUMERO:
            cuantos = f"{self.numero} {quienes}"
        elif self.tipo == FRACCION:
            cuantos = f"{self.numerador}/{self.denominador} de sus {quienes}"
        else:
            cuantos = f"la mitad más uno de sus {quienes}"
        suplentes = (
            "quien llega como suplente cuenta" if self.valen_suplentes else "quien llega como suplente no cuenta"
        )
        return f"Hace falta {cuantos}; {suplentes}."


@dataclass(frozen=True)
class Quorum:
    """What the count of this moment says. `requeridos` is None while the organ has written no rule."""

    en_sala: int
    base: int
    requeridos: int | None

    @property
    def hay(self) -> bool | None:
        """Whether the organ may decide now; None when no rule says."""
        return None if self.requeridos is None else self.en_sala >= self.requeridos

    @property
    def faltan(self) -> int:
        """How many more are needed; 0 when there is quorum or no rule."""
        return max((self.requeridos or 0) - self.en_sala, 0)

    def en_palabras(self) -> str:
        """«Hay quórum: 7 de 12, bastan 7.»"""
        cuenta = f"{self.en_sala} de {self.base}"
        if self.requeridos is None:
            return f"En la sala: {cuenta}. Sin regla de quórum."
        if self.hay:
            bastan = "basta" if self.requeridos == 1 else "bastan"
            return f"Hay quórum: {cuenta}, {bastan} {self.requeridos}."
        faltan = "falta" if self.faltan == 1 else "faltan"
        return f"No hay quórum: {cuenta}, {faltan} {self.faltan}."


def contar(lugares: Iterable[Lugar], regla: Regla | None) -> Quorum:
    """The quorum of this moment over the seats of an organ; without rule, everybody counts and nothing is decided."""
    cuentan = [lugar for lugar in lugares if regla is None or lugar.ciudadano or not regla.solo_ciudadanos]
    valen = regla is None or regla.valen_suplentes
    en_sala = sum(lugar.ocupado and (valen or not lugar.por_suplente) for lugar in cuentan)
    return Quorum(en_sala, len(cuentan), None if regla is None else regla.requeridos(len(cuentan)))
