"""How each authority was represented at a mesa: the institution, never the person. Pure, no database.

Whether authorities come, and whom they send, is the first thing by which mesas measure commitment. The
seat belongs to the institution, so sessions are counted, in words («4 de 6»), and no rate of anybody is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

TITULAR, SIN_DECIR = "titular", "sin_decir"
NIVELES_DE_SUPLENTE = {
    "directivo": "directivo",
    "mando_medio": "mando medio",
    "operativo": "enlace u operativo",
    SIN_DECIR: "sin decir su nivel",
}
"""From the highest; whoever recorded it may not have said."""

_ALTURA = {nivel: lugar for lugar, nivel in enumerate((TITULAR, *NIVELES_DE_SUPLENTE))}

Renglon = tuple[int, int, str, str, str]
"""Institution, session, quality of the seat, attendance, level of the substitute."""


@dataclass(frozen=True, slots=True)
class Presencia:
    """In how many sessions an institution had a seat called, and who came in its name."""

    sesiones: int = 0
    por_quien: Mapping[str, int] = field(default_factory=dict)

    @property
    def vino(self) -> int:
        """Sessions in which somebody came."""
        return sum(self.por_quien.values())

    @property
    def con_titular(self) -> int:
        """Sessions in which the holder of the seat came."""
        return self.por_quien.get(TITULAR, 0)

    @property
    def con_suplente(self) -> int:
        """Sessions in which somebody else came instead."""
        return self.vino - self.con_titular

    @property
    def en_numeros(self) -> str:
        """«4 de 6», or «sin sesiones»."""
        return f"{self.vino} de {self.sesiones}" if self.sesiones else "sin sesiones"

    @property
    def niveles(self) -> str:
        """«2 directivo, 1 sin decir su nivel»; empty without substitutes."""
        partes = [f"{n} {nombre}" for nivel, nombre in NIVELES_DE_SUPLENTE.items() if (n := self.por_quien.get(nivel))]
        return ", ".join(partes)


def armar_presencia(renglones: Iterable[Renglon]) -> dict[int, Presencia]:
    """By institution. Of several seats in one session counts the highest that came."""
    sesiones: dict[int, dict[int, str | None]] = {}
    for institucion, sesion, calidad, estado, nivel in renglones:
        suyas = sesiones.setdefault(institucion, {})
        quien = _quien_vino(calidad, estado, nivel)
        antes = suyas.setdefault(sesion, quien)
        if quien is not None and (antes is None or _ALTURA[quien] < _ALTURA[antes]):
            suyas[sesion] = quien
    return {
        institucion: Presencia(len(suyas), Counter(quien for quien in suyas.values() if quien))
        for institucion, suyas in sesiones.items()
    }


def _quien_vino(calidad: str, estado: str, nivel: str) -> str | None:
    if estado == "presente":
        return TITULAR if calidad == "titular" else SIN_DECIR
    return (nivel or SIN_DECIR) if estado == "suplente" else None
