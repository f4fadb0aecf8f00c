"""The roll of a session: who has a seat, what was noted, and the counts. No writing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from comites.models import Asistencia, Sesion
from comites.operaciones import asientos
from mesas.models import Integrante


@dataclass(frozen=True)
class FilaDePase:
    """One seat on the roll. Without `asistencia`, nobody has said yet."""

    integrante: Integrante
    asistencia: Asistencia | None

    @property
    def estado(self) -> str:
        """State noted, or empty."""
        return self.asistencia.estado if self.asistencia else ""


def pase_de_lista(sesion: Sesion) -> list[FilaDePase]:
    """The seats in force on the day of the session, each with what was noted. Two or three queries."""
    anotadas = {fila.integrante_id: fila for fila in sesion.asistencias.all()}
    return [FilaDePase(integrante, anotadas.get(integrante.pk)) for integrante in asientos(sesion)]


def resumen_de_asistencia(pase: list[FilaDePase]) -> dict[str, int]:
    """How many of each, for the line above the roll. A substitute fills the seat but is counted apart."""
    cuenta = Counter(fila.estado for fila in pase)
    return {
        "asientos": len(pase),
        "sin_pasar": cuenta[""],
        **{estado.value: cuenta[estado.value] for estado in Asistencia.Estado},
    }
