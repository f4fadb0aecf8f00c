"""What the board of a mesa shows: what is near, what waits for somebody, what is owed. No writing.

Everything is what the reader may read; invitations, only of who may answer them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from comites.models import Acuerdo, AcuerdoEnMesa, InvitacionConjunta, Sesion
from mesas.models import Mesa

PRONTO = dt.timedelta(days=30)
"""What is due within it is near enough to be asked for now."""

CUANTOS = 30
"""Agreements on the board; the rest are a tap away."""


@dataclass
class MiMesa:
    """The board of a mesa for one reader, at one hour.

    Attributes:
        proximas: sessions to come, the nearest first.
        sin_cerrar: sessions that the reader records, under way or past their hour: they have no minute yet.
        vencidos, por_vencer, despues: open agreements past their date, due within thirty days, and the rest;
            those reported are apart, in `por_verificar`.
        cuentas: how many of each in all, whatever the page has room for.
        actas: closed sessions whose minute its organ has not approved, the latest first, with how many
            `objeciones` to each nobody has answered.
        invitaciones: joint sessions that the reader has not answered in the name of the mesa.
        de_la_red: open agreements of the encuentros that oblige the mesa.
        encargos: what the network entrusted to the mesa and it has not answered: its silence is counted.
    """

    proximas: list[Sesion] = field(default_factory=list)
    sin_cerrar: list[Sesion] = field(default_factory=list)
    vencidos: list[Acuerdo] = field(default_factory=list)
    por_vencer: list[Acuerdo] = field(default_factory=list)
    despues: list[Acuerdo] = field(default_factory=list)
    por_verificar: list[Acuerdo] = field(default_factory=list)
    cuentas: dict[str, int] = field(default_factory=dict)
    actas: list[Sesion] = field(default_factory=list)
    invitaciones: list[InvitacionConjunta] = field(default_factory=list)
    de_la_red: list[Acuerdo] = field(default_factory=list)
    encargos: list[AcuerdoEnMesa] = field(default_factory=list)

    @property
    def por_responder(self) -> list[Sesion]:
        """Those of `actas` that the reader records and to which somebody objects."""
        return [sesion for sesion in self.actas if sesion.registra and sesion.objeciones]

    @property
    def debe_a_la_red(self) -> bool:
        """The network waits for something of this mesa: minutes that were never closed, or what it agreed with all."""
        return bool(self.de_la_red or self.encargos or self.sin_cerrar)


def leer_mi_mesa(usuario: Any, mesa: Mesa, *, ahora: dt.datetime) -> MiMesa:
    """The board, in eight queries whatever the size of the mesa.

    Args:
        ahora: the present, in the time zone of the mesa.
    """
    hoy = ahora.date()
    sesiones = Sesion.objects.visibles_para(usuario).de_mesa(mesa).select_related("mesa", "comite")
    registra = Exists(Sesion.objects.editables_por(usuario).filter(pk=OuterRef("pk")))
    suyos = Acuerdo.objects.visibles_para(usuario).de_mesa(mesa).abiertos()
    propios = suyos.exclude(sesion__tipo=Sesion.Tipo.ENCUENTRO)
    por_hacer = propios.exclude(estado=Acuerdo.Estado.REPORTADO).con_contexto().por_fecha()
    abiertas = list(sesiones.annotate(registra=registra).por_venir()[:8])
    tablero = MiMesa(
        proximas=[sesion for sesion in abiertas if not _por_cerrar(sesion, ahora)],
        sin_cerrar=[sesion for sesion in abiertas if _por_cerrar(sesion, ahora)],
        por_verificar=list(propios.filter(estado=Acuerdo.Estado.REPORTADO).con_contexto().por_fecha()[:CUANTOS]),
        cuentas=propios.cuentas(hoy, pronto=hoy + PRONTO),
        actas=list(sesiones.annotate(registra=registra).por_aprobar().con_objeciones_por_responder()[:5]),
        invitaciones=list(
            InvitacionConjunta.objects.para_responder(usuario, mesa)
            .sin_responder()
            .select_related("sesion__mesa", "sesion__comite")[:5]
        ),
        encargos=list(
            AcuerdoEnMesa.objects.visibles_para(usuario)
            .filter(mesa=mesa)
            .con_respuesta()
            .filter(dice="")
            .select_related("acuerdo__sesion__mesa")[:8]
        ),
        de_la_red=list(suyos.filter(sesion__tipo=Sesion.Tipo.ENCUENTRO).con_contexto().por_fecha()[:8]),
    )
    for acuerdo in por_hacer[:CUANTOS]:
        _monton(tablero, acuerdo, hoy).append(acuerdo)
    return tablero


def _por_cerrar(sesion: Sesion, ahora: dt.datetime) -> bool:
    return sesion.registra and (sesion.estado == Sesion.Estado.EN_CURSO or sesion.inicio < ahora)


def _monton(tablero: MiMesa, acuerdo: Acuerdo, hoy: dt.date) -> list[Acuerdo]:
    if acuerdo.vence and acuerdo.vence < hoy:
        return tablero.vencidos
    return tablero.por_vencer if acuerdo.vence and acuerdo.vence <= hoy + PRONTO else tablero.despues
