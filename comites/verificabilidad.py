"""Whether somebody else could tell one day that an agreement was fulfilled. Pure, no database.

Reviews of the national council's agreements could not establish compliance because they were vague or
undated. The portal asks five questions of each agreement when it is made, not years later: does it begin with
a verb that can be checked, does it say what will exist, who answers, by when, and how it will be proved? An
agreement is verifiable if the five have an answer; the score of a mesa is what share of its agreements are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from comites.redaccion import verbo_vago

PREGUNTAS = (
    "empieza con un verbo que se pueda comprobar",
    "dice qué existirá",
    "dice quién responde",
    "dice para cuándo",
    "dice cómo se comprobará",
)
"""The rule, as the page says it."""

_FALTAS = {
    "qué existirá": "no dice qué existirá",
    "quién responde": "no dice quién responde",
    "para cuándo": "no dice para cuándo",
    "cómo se comprobará": "no dice cómo se comprobará",
}


class Verificable(Protocol):
    """What of an agreement matters here."""

    accion: str

    def lo_que_falta(self) -> list[str]:
        """What the quality gate misses."""


@dataclass(frozen=True)
class Revisado:
    """An agreement and what keeps it from being verifiable; nothing, if it is."""

    acuerdo: Verificable
    faltas: Sequence[str]

    @property
    def puntos(self) -> int:
        """How many of the five questions it answers."""
        return len(PREGUNTAS) - len(self.faltas)


@dataclass(frozen=True)
class Calificacion:
    """The score of a mesa: of how many agreements how many are verifiable. 0 of 0 is no score."""

    verificables: int
    total: int

    @property
    def porcentaje(self) -> int | None:
        """Share of them, 0 to 100; None without agreements."""
        return round(100 * self.verificables / self.total) if self.total else None


def revisar(acuerdo: Verificable) -> Revisado:
    """What keeps an agreement from being verifiable, in words."""
    faltas = []
    if vago := verbo_vago(acuerdo.accion):
        faltas.append(f"«{vago}» no se puede comprobar")
    faltas += [_FALTAS[falta] for falta in acuerdo.lo_que_falta()]
    return Revisado(acuerdo, faltas)


def calificar(revisados: Iterable[Revisado]) -> Calificacion:
    """The score of those agreements."""
    revisados = list(revisados)
    return Calificacion(sum(not uno.faltas for uno in revisados), len(revisados))
