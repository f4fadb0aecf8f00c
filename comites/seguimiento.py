"""How the network keeps up with what it agrees: sessions, attendance, agreements. Pure, no database.

The network promised «seguimiento puntual a los acuerdos» (general agreement of the 3er
Encuentro). Everything here is a count at a date, of what is recorded today about what had
happened by then; nothing is a mark, and nobody is one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from statistics import median

from comites.proporciones import Proporcion

BASE_DE_REDONDEO = 5
"""To the public each roll is rounded to multiples of this before adding: no sum tells who was missing."""

MINIMO_DE_ASIENTOS = 10
"""A roll of fewer citizen seats adds to no public attendance, whoever came or not."""

MINIMO_DE_SESIONES = 5
"""Over fewer sessions the public is not told which levels of government came."""

NIVELES = ("municipal", "estatal", "federal")

PLENARIA, OTRAS = "plenaria", "otras"
"""Organs of a mesa, beside «comite:<número>»: the plenaria, and sessions of none (workshops)."""

TODO, DOCE_MESES = "todo", "12-meses"
PERIODOS = {TODO: "Desde el primer registro", DOCE_MESES: "Últimos 12 meses"}
"""Spans over which sessions are counted, and with them what was agreed in them."""


class Desenlace(StrEnum):
    """Where an agreement stands at a date. Each agreement is in one and only one."""

    A_TIEMPO = "a_tiempo"
    TARDE = "tarde"
    CUMPLIDO_SIN_FECHA = "cumplido_sin_fecha"
    NO_CUMPLIDO = "no_cumplido"
    VENCIDO = "vencido"
    EN_PLAZO = "en_plazo"
    SIN_FECHA = "sin_fecha"
    SIN_SEGUIMIENTO = "sin_seguimiento"
    CANCELADO = "cancelado"

    @property
    def etiqueta(self) -> str:
        """Name for people, of many."""
        return _ETIQUETAS[self]

    @property
    def explicacion(self) -> str:
        """What counts as such, in one sentence."""
        return _EXPLICACIONES[self]


_ETIQUETAS = {
    Desenlace.A_TIEMPO: "Cumplidos a tiempo",
    Desenlace.TARDE: "Cumplidos tarde",
    Desenlace.CUMPLIDO_SIN_FECHA: "Cumplidos, sin fecha con qué compararlos",
    Desenlace.NO_CUMPLIDO: "No cumplidos",
    Desenlace.VENCIDO: "Vencidos",
    Desenlace.EN_PLAZO: "En plazo",
    Desenlace.SIN_FECHA: "Abiertos, sin fecha compromiso",
    Desenlace.SIN_SEGUIMIENTO: "Sin seguimiento registrado",
    Desenlace.CANCELADO: "Cancelados",
}
_EXPLICACIONES = {
    Desenlace.A_TIEMPO: "Se reportaron a más tardar en la fecha que tenían ese día, y alguien más lo verificó.",
    Desenlace.TARDE: "Se reportaron después de la fecha que tenían ese día, y alguien más lo verificó.",
    Desenlace.CUMPLIDO_SIN_FECHA: "Constan como cumplidos, pero falta su fecha compromiso o la de su cumplimiento.",
    Desenlace.NO_CUMPLIDO: "Se dieron por no cumplidos.",
    Desenlace.VENCIDO: "Su fecha pasó y siguen abiertos, o reportados sin que nadie lo haya verificado.",
    Desenlace.EN_PLAZO: "Siguen abiertos y su fecha no ha llegado.",
    Desenlace.SIN_FECHA: "Siguen abiertos y nadie dijo para cuándo.",
    Desenlace.SIN_SEGUIMIENTO: "Son anteriores al portal y nadie ha registrado qué pasó con ellos.",
    Desenlace.CANCELADO: "Se cancelaron: no cuentan ni a favor ni en contra.",
}


@dataclass(frozen=True, slots=True)
class HechoDeAcuerdo:
    """An agreement as it stood on the day of the count.

    `entregado`: day of the report that was verified; what the responsible owes is to
    deliver in time, and how long others take to verify is not theirs. `compromiso` is the date
    in force on that day: an extension that the mesa granted counts, and is counted apart.
    """

    sesion: tuple[object, ...]
    dia: dt.date
    mesas: frozenset[int]
    de_la_red: bool
    compromiso: dt.date | None
    historico: bool
    estado: str
    entregado: dt.date | None = None
    organo: str = PLENARIA
    institucion: int | None = None
    prorrogas: int = 0
    ultima_noticia: dt.date | None = None
    pk: int = 0

    @property
    def dias(self) -> int | None:
        """Days from the session that agreed it to the day it was delivered; None if it was not, or no source says."""
        return None if self.entregado is None else max(0, (self.entregado - self.dia).days)

    def sin_respuesta(self, fecha: dt.date) -> bool:
        """Its date passed, it is open, and nobody ever said anything of it: not a report, not an extension."""
        return self.ultima_noticia is None and self.desenlace(fecha) == Desenlace.VENCIDO

    def desenlace(self, fecha: dt.date) -> Desenlace:
        """Where it stands at that date."""
        if self.estado == "cancelado":
            return Desenlace.CANCELADO
        if self.estado == "no_cumplido":
            return Desenlace.NO_CUMPLIDO
        if self.estado == "cumplido":
            if self.compromiso is None or self.entregado is None:
                return Desenlace.CUMPLIDO_SIN_FECHA
            return Desenlace.A_TIEMPO if self.entregado <= self.compromiso else Desenlace.TARDE
        if self.historico and self.estado == "pendiente":
            return Desenlace.SIN_SEGUIMIENTO
        if self.compromiso is None:
            return Desenlace.SIN_FECHA
        return Desenlace.VENCIDO if self.compromiso < fecha else Desenlace.EN_PLAZO

    def es_exigible(self, fecha: dt.date) -> bool:
        """Its date passed, so whether it was kept can be asked.

        Those kept before a date that has not come wait for it like the rest: to count them
        at once would count early successes and no early failure.
        """
        ajenos = (Desenlace.CANCELADO, Desenlace.SIN_SEGUIMIENTO, Desenlace.CUMPLIDO_SIN_FECHA)
        return self.compromiso is not None and self.compromiso < fecha and self.desenlace(fecha) not in ajenos


@dataclass(frozen=True, slots=True)
class HechoDeSesion:
    """A session that was held and closed."""

    pk: int
    dia: dt.date
    mesas: frozenset[int]
    de_la_red: bool = False
    invitados: int = 0
    organo: str = PLENARIA


@dataclass(frozen=True, slots=True)
class Lista:
    """The roll of one session in one mesa: its citizen seats counted, its authorities by level alone."""

    dia: dt.date
    mesa: int
    asientos: int
    ocupados: int
    detalle: Mapping[str, int] = field(default_factory=dict)
    niveles: Mapping[str, bool] = field(default_factory=dict)
    sesion: int = 0

    def para_el_publico(self) -> Lista:
        """The same roll, from which nobody can tell who came: rounded, or without its seats if they are few.

        It is rounded by itself and not after adding, so that subtracting two sums (two
        dates, the network and its mesas) gives a rounded roll again and never a small number.
        """
        asientos, ocupados = _redondear(self.asientos), _redondear(self.ocupados)
        if self.asientos < MINIMO_DE_ASIENTOS:
            asientos = ocupados = 0
        return Lista(self.dia, self.mesa, asientos, ocupados, niveles=self.niveles)


def _redondear(cuantos: int) -> int:
    """To the nearest multiple of `BASE_DE_REDONDEO`."""
    return BASE_DE_REDONDEO * ((2 * cuantos + BASE_DE_REDONDEO) // (2 * BASE_DE_REDONDEO))


Conteo = tuple[int, dt.date, int, str, str | None, str, int]
"""Session, its day, mesa, type of seat, level of its institution, attendance, how many."""


def armar_listas(conteos: Iterable[Conteo]) -> list[Lista]:
    """Rolls from counts by kind of seat. Seats with public office count as institutional presence alone."""
    rollos: dict[tuple[int, int], tuple[dt.date, Counter[str], dict[str, bool]]] = {}
    for sesion, dia, mesa, tipo, nivel, estado, cuantos in conteos:
        _, ciudadanos, niveles = rollos.setdefault((sesion, mesa), (dia, Counter(), {}))
        vino = estado in ("presente", "suplente")
        if tipo == "sin_cargo":
            ciudadanos[estado] += cuantos
        elif nivel in NIVELES:
            niveles[nivel] = niveles.get(nivel, False) or vino
    return [
        Lista(dia, mesa, sum(c.values()), c["presente"] + c["suplente"], dict(c), niveles, sesion)
        for (sesion, mesa), (dia, c, niveles) in rollos.items()
    ]


@dataclass(frozen=True, slots=True)
class Hechos:
    """Everything that is counted, of the whole network or of a part of it."""

    sesiones: Sequence[HechoDeSesion] = ()
    acuerdos: Sequence[HechoDeAcuerdo] = ()
    listas: Sequence[Lista] = ()

    def desde(self, dia: dt.date) -> Hechos:
        """Sessions from that day on, with what was agreed in them, whenever it is due."""
        return Hechos(
            [sesion for sesion in self.sesiones if sesion.dia >= dia],
            [acuerdo for acuerdo in self.acuerdos if acuerdo.dia >= dia],
            [lista for lista in self.listas if lista.dia >= dia],
        )

    def del_periodo(self, desde: dt.date | None) -> Hechos:
        """The same, or all if the period has no beginning."""
        return self.desde(desde) if desde else self

    def de_mesas(self, mesas: Set[int]) -> Hechos:
        """What some of those mesas took part in, each thing once."""
        return Hechos(
            [sesion for sesion in self.sesiones if sesion.mesas & mesas],
            [acuerdo for acuerdo in self.acuerdos if acuerdo.mesas & mesas],
            [lista for lista in self.listas if lista.mesa in mesas],
        )

    def para_el_publico(self) -> Hechos:
        """The same without what could single out a person: rolls are rounded and guests are not counted."""
        sesiones = [replace(sesion, invitados=0) for sesion in self.sesiones]
        return Hechos(sesiones, self.acuerdos, [lista.para_el_publico() for lista in self.listas])

    def de_la_red(self) -> Hechos:
        """Only national meetings: what they agree binds the whole network and is of no mesa."""
        return Hechos(
            [sesion for sesion in self.sesiones if sesion.de_la_red],
            [acuerdo for acuerdo in self.acuerdos if acuerdo.de_la_red],
        )

    def por_mesa(self) -> dict[int, Hechos]:
        """The part of each mesa. A joint session is of each of the mesas that met, and once in the whole.

        A national meeting is of the network: to have been there is not a session of its own.
        """
        sesiones: dict[int, list[HechoDeSesion]] = defaultdict(list)
        acuerdos: dict[int, list[HechoDeAcuerdo]] = defaultdict(list)
        listas: dict[int, list[Lista]] = defaultdict(list)
        for sesion in self.sesiones:
            for mesa in () if sesion.de_la_red else sesion.mesas:
                sesiones[mesa].append(sesion)
        for acuerdo in self.acuerdos:
            for mesa in () if acuerdo.de_la_red else acuerdo.mesas:
                acuerdos[mesa].append(acuerdo)
        for lista in self.listas:
            listas[lista.mesa].append(lista)
        mesas = sesiones.keys() | acuerdos.keys() | listas.keys()
        return {mesa: Hechos(sesiones[mesa], acuerdos[mesa], listas[mesa]) for mesa in mesas}

    def por_organo(self) -> dict[str, Hechos]:
        """Of the facts of one mesa, the part of each of its organs."""
        de_cual = {sesion.pk: sesion.organo for sesion in self.sesiones}
        organos = {cosa.organo for cosa in (*self.sesiones, *self.acuerdos)}
        return {
            organo: Hechos(
                [sesion for sesion in self.sesiones if sesion.organo == organo],
                [acuerdo for acuerdo in self.acuerdos if acuerdo.organo == organo],
                [lista for lista in self.listas if de_cual.get(lista.sesion) == organo],
            )
            for organo in organos
        }

    def por_institucion(self) -> dict[int, Hechos]:
        """The agreements for which each institution answers. What a person answers for is of no institution."""
        acuerdos: dict[int, list[HechoDeAcuerdo]] = defaultdict(list)
        for acuerdo in self.acuerdos:
            if acuerdo.institucion is not None:
                acuerdos[acuerdo.institucion].append(acuerdo)
        return {institucion: Hechos(acuerdos=suyos) for institucion, suyos in acuerdos.items()}


@dataclass(frozen=True, slots=True)
class Balance:
    """The counts of some facts at a date."""

    sesiones: int
    sesiones_con_acuerdos: int
    invitados: int
    por_desenlace: Mapping[Desenlace, int]
    por_verificar: int
    a_tiempo: Proporcion
    asistencia: Proporcion
    detalle: Mapping[str, int]
    presencia: Mapping[str, Proporcion]
    con_lista: int
    sin_respuesta: int
    prorrogados: int
    a_tiempo_con_prorroga: int
    dias: Mapping[int, int]
    """How many were delivered after each number of days: balances that are added keep their median."""

    @property
    def mediana_de_dias(self) -> float | None:
        """Half of what was delivered took no longer; None when nothing was."""
        dias = sorted(Counter(self.dias).elements())
        return median(dias) if dias else None

    @property
    def verificados(self) -> int:
        """How many were kept and somebody else verified it, in time or not."""
        cumplidos = (Desenlace.A_TIEMPO, Desenlace.TARDE, Desenlace.CUMPLIDO_SIN_FECHA)
        return sum(self.por_desenlace[desenlace] for desenlace in cumplidos)

    @property
    def adelantados(self) -> int:
        """How many were kept before a date that has not come: they enter the proportion when it does."""
        return self.por_desenlace[Desenlace.A_TIEMPO] - self.a_tiempo.cuantos

    @property
    def acuerdos(self) -> int:
        """How many were made."""
        return sum(self.por_desenlace.values())

    @property
    def hay_algo(self) -> bool:
        """False when there is nothing to count."""
        return bool(self.acuerdos or self.sesiones)

    @property
    def presencia_publica(self) -> Mapping[str, Proporcion]:
        """By level of government, sessions in which somebody came; none over too few sessions."""
        return {n: p for n, p in self.presencia.items() if p.de >= MINIMO_DE_SESIONES}


def balance(hechos: Hechos, fecha: dt.date) -> Balance:
    """Counts at a date of facts that already belong to the period that is asked about."""
    desenlaces = Counter(acuerdo.desenlace(fecha) for acuerdo in hechos.acuerdos)
    exigibles = [acuerdo for acuerdo in hechos.acuerdos if acuerdo.es_exigible(fecha)]
    detalle: Counter[str] = Counter()
    for lista in hechos.listas:
        detalle.update(lista.detalle)
    return Balance(
        sesiones=len(hechos.sesiones),
        sesiones_con_acuerdos=len({acuerdo.sesion for acuerdo in hechos.acuerdos}),
        invitados=sum(sesion.invitados for sesion in hechos.sesiones),
        por_desenlace={desenlace: desenlaces[desenlace] for desenlace in Desenlace},
        por_verificar=sum(acuerdo.estado == "reportado" for acuerdo in hechos.acuerdos),
        a_tiempo=Proporcion(sum(a.desenlace(fecha) == Desenlace.A_TIEMPO for a in exigibles), len(exigibles)),
        asistencia=Proporcion(sum(li.ocupados for li in hechos.listas), sum(li.asientos for li in hechos.listas)),
        detalle=detalle,
        presencia={
            nivel: Proporcion(sum(li.niveles[nivel] for li in listas), len(listas))
            for nivel in NIVELES
            if (listas := [lista for lista in hechos.listas if nivel in lista.niveles])
        },
        con_lista=sum(lista.asientos > 0 for lista in hechos.listas),
        sin_respuesta=sum(acuerdo.sin_respuesta(fecha) for acuerdo in hechos.acuerdos),
        prorrogados=sum(acuerdo.prorrogas > 0 for acuerdo in hechos.acuerdos),
        a_tiempo_con_prorroga=sum(a.prorrogas > 0 and a.desenlace(fecha) == Desenlace.A_TIEMPO for a in exigibles),
        dias=Counter(acuerdo.dias for acuerdo in hechos.acuerdos if acuerdo.dias is not None),
    )


def doce_meses_antes(fecha: dt.date) -> dt.date:
    """First day of the twelve months that end on that date."""
    # A leap day has no namesake the year before: its year begins on the 1st of March.
    anterior = (
        dt.date(fecha.year - 1, 2, 28) if (fecha.month, fecha.day) == (2, 29) else fecha.replace(year=fecha.year - 1)
    )
    return anterior + dt.timedelta(days=1)
