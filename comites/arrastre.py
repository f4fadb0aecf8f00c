"""What an organ left pending, and comes into its next session by itself. No writing.

Open agreements open the agenda, so that nothing agreed is forgotten; then the minute that
waits for approval; then what was postponed or left without an outcome.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q

from comites.models import Acuerdo, Comite, PuntoDelOrden, Sesion
from comites.querysets_acuerdos import AcuerdoQuerySet
from comun.formatos import enumerar
from comun.modelos import entre
from mesas.models import Mesa

DE_LA_MESA = (Sesion.Tipo.PLENARIA, Sesion.Tipo.INSTALACION, Sesion.Tipo.TALLER)
"""Sessions whose agreements the plenaria of the mesa reviews."""

CON_ACTA = (Sesion.Tipo.PLENARIA, Sesion.Tipo.INSTALACION, Sesion.Tipo.COMITE)
"""Sessions whose minute their organ approves at the next one."""

QUE_REVISAN = (Sesion.Tipo.PLENARIA, Sesion.Tipo.COMITE)
"""Sessions that take up what their organ left pending; a workshop or an installation begins from nothing."""


@dataclass
class Pendiente:
    """What one organ left pending.

    Attributes:
        acuerdos: how many agreements are open.
        actas: closed sessions whose minute is not approved, the oldest first.
        puntos: items of its last closed session that were postponed or have no outcome, in their order.
    """

    acuerdos: int = 0
    actas: list[Sesion] = field(default_factory=list)
    puntos: list[PuntoDelOrden] = field(default_factory=list)

    @property
    def frase(self) -> str:
        """«5 acuerdos abiertos, el acta de la sesión 11 y 2 puntos pendientes»; empty when there is nothing."""
        partes = []
        if self.acuerdos:
            partes.append("1 acuerdo abierto" if self.acuerdos == 1 else f"{self.acuerdos} acuerdos abiertos")
        if self.actas:
            solo = len(self.actas) == 1
            partes.append(f"el acta de {_nombre(self.actas[0])}" if solo else f"{len(self.actas)} actas por aprobar")
        if self.puntos:
            partes.append("1 punto pendiente" if len(self.puntos) == 1 else f"{len(self.puntos)} puntos pendientes")
        return enumerar(partes) if partes else ""

    @property
    def titulo_del_acta(self) -> str:
        """«Aprobación del acta de la sesión 11»; of several, all of them, or how many if they are a heap."""
        if len(self.actas) == 1:
            return f"Aprobación del acta de {_nombre(self.actas[0])}"
        if len(self.actas) <= 3:
            return f"Aprobación de las actas de {enumerar([_nombre(acta) for acta in self.actas])}"
        return f"Aprobación de {len(self.actas)} actas pendientes, hasta la de {_nombre(self.actas[-1])}"


def _nombre(sesion: Sesion) -> str:
    if sesion.tipo == Sesion.Tipo.INSTALACION:
        return "la instalación" if sesion.numero == 1 else f"la instalación {sesion.numero}"
    return f"la sesión {sesion.numero}"


def acuerdos_por_revisar(mesa: Mesa, *, antes_de: dt.datetime) -> AcuerdoQuerySet:
    """Open agreements of the organs of a mesa, also of the joint sessions to which it came.

    Each belongs to the comité that made it; the rest, to the plenaria.
    """
    suyas = Sesion.objects.de_mesa(mesa).filter(
        Q(mesa=mesa, tipo=Sesion.Tipo.COMITE) | Q(tipo__in=DE_LA_MESA), estado__in=Sesion.CERRADAS, inicio__lt=antes_de
    )
    return Acuerdo.objects.abiertos().filter(entre("sesion", suyas.values("pk")))


def lo_pendiente(mesa: Mesa, *, antes_de: dt.datetime) -> defaultdict[int | None, Pendiente]:
    """What each organ of a mesa left pending in its sessions before an hour: by comité, None for the plenaria.

    Four queries, however many comités there are.
    """
    pendientes: defaultdict[int | None, Pendiente] = defaultdict(Pendiente)
    abiertos = acuerdos_por_revisar(mesa, antes_de=antes_de).order_by().values_list("sesion__comite")
    for comite, cuantos in abiertos.annotate(n=Count("pk")):
        pendientes[comite].acuerdos = cuantos
    cerradas = Sesion.objects.filter(mesa=mesa, tipo__in=CON_ACTA, estado__in=Sesion.CERRADAS, inicio__lt=antes_de)
    for acta in cerradas.filter(estado=Sesion.Estado.CERRADA).order_by("inicio").only("comite", "tipo", "numero"):
        pendientes[acta.comite_id].actas.append(acta)
    ultimas = cerradas.order_by("comite_id", "-inicio").distinct("comite_id").values("pk")
    for punto in _sin_decidir().filter(sesion__in=ultimas).select_related("sesion").order_by("orden"):
        pendientes[punto.sesion.comite_id].puntos.append(punto)
    return pendientes


def pendiente_de(mesa: Mesa, comite: Comite | None, tipo: str, *, antes_de: dt.datetime) -> Pendiente:
    """What comes by itself into a session of that organ. Empty for a workshop or an installation."""
    if tipo not in QUE_REVISAN:
        return Pendiente()
    return lo_pendiente(mesa, antes_de=antes_de)[comite.pk if comite else None]


def _sin_decidir() -> object:
    """Items postponed, or that nobody touched: no outcome, no notes, no agreement. Those that the portal
    itself puts come back by themselves, and what another session took up already is not taken twice."""
    intactos = Q(desenlace="", resumen="") & ~Exists(Acuerdo.objects.filter(punto=OuterRef("pk")))
    return PuntoDelOrden.objects.filter(
        Q(desenlace=PuntoDelOrden.Desenlace.SE_POSPONE) | intactos,
        origen__in=("", PuntoDelOrden.Origen.POSPUESTO),
        sigue_en__isnull=True,
    )
