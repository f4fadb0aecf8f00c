"""What stands between a session and its minute, and what closing it would leave unsaid. Reads; never writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from comites.asientos import asientos, sin_pasar
from comites.models import Acuerdo, PuntoDelOrden, Sesion


@dataclass(frozen=True)
class Cierre:
    """How far a session is from being closed.

    Attributes:
        sin_asientos: nobody has a seat on its day, so its minute would say that nobody met.
        sin_pasar: seats of whom the roll says nothing.
        acuerdos: how many it made.
        faltas: each agreement with what the quality gate misses in it.
    """

    sin_asientos: bool
    sin_pasar: int
    acuerdos: int
    faltas: Sequence[tuple[Acuerdo, list[str]]]

    @property
    def puede(self) -> bool:
        """Nothing is missing: it may be closed."""
        return not (self.sin_asientos or self.sin_pasar or self.faltas)


def leer_cierre(sesion: Sesion) -> Cierre:
    """What a session lacks. Three queries at most; an encuentro has no roll by person."""
    con_lista = sesion.tipo != Sesion.Tipo.ENCUENTRO
    acuerdos = list(sesion.acuerdos.order_by("folio"))
    return Cierre(
        sin_asientos=con_lista and not asientos(sesion).exists(),
        sin_pasar=len(sin_pasar(sesion)),
        acuerdos=len(acuerdos),
        faltas=[(uno, falta) for uno in acuerdos if not uno.historico and (falta := uno.lo_que_falta())],
    )


def puntos_sin_desenlace(sesion: Sesion) -> Sequence[PuntoDelOrden]:
    """Items of which the minute would say nothing: no outcome, no notes, no agreement.

    What the review of the open agreements left, the minute says of each one.
    """
    con_acuerdo = Exists(Acuerdo.objects.filter(punto=OuterRef("pk")))
    intactos = sesion.puntos.filter(~con_acuerdo, desenlace="", resumen="")
    return intactos.exclude(origen=PuntoDelOrden.Origen.ACUERDOS_ABIERTOS).order_by("orden")
