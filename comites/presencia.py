"""The roll of a session: who has a seat, what was noted, and the counts. No writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from comites.asientos import asientos
from comites.models import Asistencia, Sesion
from comites.sala import Silla
from mesas.models import Integrante, Mesa


@dataclass(frozen=True)
class FilaDePase:
    """One seat on the roll. Without `asistencia`, nobody has said yet."""

    integrante: Integrante
    asistencia: Asistencia | None

    @property
    def estado(self) -> str:
        """State noted, or empty."""
        return self.asistencia.estado if self.asistencia else ""


def pase_de_lista(sesion: Sesion, *, de: Mesa | None = None) -> list[FilaDePase]:
    """The roll of a session. Three queries at most.

    While it is open, the seats in force on its day; once closed, only what was noted, so that a
    seat that ends later does not empty an old roll. An encuentro has no roll by person: mesas
    come to it, and a list of everybody in the network must not exist.

    Args:
        de: show the seats of that mesa alone, to whoever does not record the session.
    """
    if sesion.tipo == Sesion.Tipo.ENCUENTRO:
        return []
    notadas = sesion.asistencias.select_related("integrante__persona", "integrante__institucion")
    anotadas = {fila.integrante_id: fila for fila in notadas}
    if sesion.esta_cerrada:
        por_nombre = sorted(anotadas.values(), key=lambda fila: (fila.integrante.tipo, fila.integrante.persona.nombre))
        filas = [FilaDePase(fila.integrante, fila) for fila in por_nombre]
    else:
        filas = [FilaDePase(integrante, anotadas.get(integrante.pk)) for integrante in asientos(sesion)]
    return [fila for fila in filas if de is None or fila.integrante.mesa_id == de.pk]


def resumen_de_asistencia(pase: Sequence[FilaDePase | Silla]) -> dict[str, int]:
    """How many of each, for the line above the roll. A substitute fills the seat but is counted apart."""
    cuenta = Counter(fila.estado for fila in pase)
    return {
        "asientos": len(pase),
        "sin_pasar": cuenta[""],
        **{estado.value: cuenta[estado.value] for estado in Asistencia.Estado},
    }
