"""Who is in the room at this moment, and whether the organ may decide. Reads; never writes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import FilteredRelation, Q
from django.utils import timezone

from comites.asientos import asientos
from comites.models import Asistencia, Movimiento, ReglaDeQuorum, Sesion
from comites.quorum import Lugar, Quorum, contar
from comun.modelos import en_vigor
from mesas.models import Integrante, Mesa

VINO = (Asistencia.Estado.PRESENTE, Asistencia.Estado.SUPLENTE)
CON_QUORUM = (Sesion.Tipo.PLENARIA, Sesion.Tipo.COMITE)
"""Sessions of an organ that decides; a workshop needs no quorum and an encuentro has its own."""

ADELANTO_DEL_RELOJ = dt.timedelta(minutes=5)
"""A phone's clock may run ahead of ours by this much and still be believed."""


@dataclass(frozen=True)
class Silla:
    """A seat in the room: what the roll says of it, and the comings and goings since."""

    integrante: Integrante
    asistencia: Asistencia | None = None
    movimientos: list[Movimiento] = field(default_factory=list)

    @property
    def estado(self) -> str:
        """State noted on the roll, or empty while nobody has said."""
        return self.asistencia.estado if self.asistencia else ""

    @property
    def version(self) -> int:
        """How many times it was written; 0 while nobody has said."""
        return self.asistencia.version if self.asistencia else 0

    @property
    def en_sala(self) -> bool:
        """Somebody fills it now: came, and has not left since."""
        se_fue = bool(self.movimientos) and self.movimientos[-1].tipo == Movimiento.Tipo.SALIDA
        return self.estado in VINO and not se_fue

    @property
    def lugar(self) -> Lugar:
        """The same seat for the arithmetic of the quorum."""
        return Lugar(
            ciudadano=self.integrante.tipo == Integrante.Tipo.SIN_CARGO_PUBLICO,
            ocupado=self.en_sala,
            por_suplente=self.estado == Asistencia.Estado.SUPLENTE,
        )


@dataclass(frozen=True)
class Cuenta:
    """The quorum of one of the mesas in the session, with the rule that it wrote, if any."""

    mesa: Mesa
    regla: ReglaDeQuorum | None
    quorum: Quorum


def leer_sala(sesion: Sesion) -> list[Silla]:
    """The seats of a session with its roll and its comings and goings. Two queries.

    An encuentro has no roll by person: a list of everybody in the network must not exist.
    """
    if sesion.tipo == Sesion.Tipo.ENCUENTRO:
        return []
    pasos = defaultdict(list)
    for movimiento in sesion.movimientos.order_by("pk"):
        pasos[movimiento.integrante_id].append(movimiento)
    suya = FilteredRelation("asistencias", condition=Q(asistencias__sesion=sesion.pk))
    filas = asientos(sesion).annotate(notada=suya).select_related("mesa", "notada")
    # Django leaves no attribute where the join finds nothing.
    return [Silla(asiento, getattr(asiento, "notada", None), pasos[asiento.pk]) for asiento in filas]


def reglas_de(sesion: Sesion, mesas: Any) -> dict[int, ReglaDeQuorum]:
    """The rule of each mesa in force on the day of the session: of its plenaria, or of the comité that meets."""
    if sesion.tipo not in CON_QUORUM:
        return {}
    del_organo = Q(comite=sesion.comite_id) if sesion.comite_id else Q(comite__isnull=True)
    filas = ReglaDeQuorum.objects.vigentes_en(sesion.dia).filter(del_organo, mesa__in=mesas)
    return {fila.mesa_id: fila for fila in filas}


def contar_sala(sesion: Sesion, sillas: list[Silla]) -> list[Cuenta]:
    """The quorum of this moment, mesa by mesa, that of the session first. One query.

    Members registered as substitutes add nothing by themselves: they fill the seat of their
    holder, which is the one marked «suplente».
    """
    if sesion.tipo not in CON_QUORUM or not sillas:
        return []
    mesas = {sesion.mesa_id: sesion.mesa} | {silla.integrante.mesa_id: silla.integrante.mesa for silla in sillas}
    reglas = reglas_de(sesion, mesas)
    cuentas = []
    for pk, mesa in mesas.items():
        titulares = [
            silla.lugar
            for silla in sillas
            if silla.integrante.mesa_id == pk and silla.integrante.calidad == Integrante.Calidad.TITULAR
        ]
        regla = reglas.get(pk)
        cuentas.append(Cuenta(mesa, regla, contar(titulares, regla.regla if regla else None)))
    return cuentas


def quorum_dicho(sesion: Sesion) -> dict[str, Any] | None:
    """What the minute says of the quorum: the rule, each roll-call as it was found, and the count at the closing.

    None where nobody wrote a rule: without one the numbers decide nothing, and the roll stands in the minute anyway.
    """
    cuentas = [cuenta for cuenta in contar_sala(sesion, leer_sala(sesion)) if cuenta.regla]
    if not cuentas:
        return None
    frases = [f"{pase.nombre}: {pase.quorum.en_palabras()}" for pase in sesion.pases.all()]
    for cuenta in cuentas:
        de_quien = f" ({cuenta.mesa})" if len(cuentas) > 1 else ""
        frases.append(f"Al cerrar{de_quien}: {cuenta.quorum.en_palabras()} {cuenta.regla.regla.en_palabras()}")
    return {"texto": " ".join(frases)}


def reglas_vigentes(mesa: Mesa, fecha: dt.date) -> Any:
    """The rules of a mesa and its comités in force on that day or later, the plenaria first."""
    filas = ReglaDeQuorum.objects.filter(en_vigor(fecha) | Q(desde__gt=fecha), mesa=mesa)
    return filas.select_related("comite").order_by("comite__nombre", "desde")


def momento(sesion: Sesion, *, hora: dt.time | None = None, dicho_el: dt.datetime | None = None) -> dt.datetime:
    """When something happened in a session.

    Args:
        hora: the hour that somebody typed, by the clock of the mesa; it wins.
        dicho_el: when the phone noted it, perhaps hours before it could send it. Believed only
            between the eve of the session and now.

    An hour long before the beginning is of the small hours of the following day.
    """
    ahora = timezone.now()
    if hora is not None:
        zona = ZoneInfo(sesion.mesa.zona_horaria)
        instante = dt.datetime.combine(sesion.dia, hora, tzinfo=zona)
        return instante if instante >= sesion.inicio - dt.timedelta(hours=6) else instante + dt.timedelta(days=1)
    if dicho_el and sesion.inicio - dt.timedelta(hours=12) <= dicho_el <= ahora + ADELANTO_DEL_RELOJ:
        return dicho_el
    return ahora
