"""Reads what `seguimiento` counts: four queries, whatever the size of the network. No writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from comites.como_iba import CUMPLIDO, AlDia, al_dia
from comites.models import Asistencia, Sesion
from comites.proporciones import Proporcion
from comites.querysets import SesionQuerySet
from comites.querysets_acuerdos import AcuerdoQuerySet
from comites.seguimiento import (
    DOCE_MESES,
    OTRAS,
    PLENARIA,
    Balance,
    HechoDeAcuerdo,
    HechoDeSesion,
    Hechos,
    armar_listas,
    balance,
    doce_meses_antes,
)
from comun.modelos import entre
from mesas.models import Integrante, Mesa


@dataclass(frozen=True, slots=True)
class Asiento:
    """A citizen seat and in how many of the sessions within its membership it was filled."""

    integrante: Integrante
    veces: Proporcion


@dataclass(frozen=True, slots=True)
class Seguimiento:
    """How the network and each of its mesas keep up, at a date and over a period."""

    fecha: dt.date
    periodo: str
    desde: dt.date | None
    red: Balance
    encuentros: Balance
    mesas: list[tuple[Mesa, Balance]]

    @property
    def con_algo(self) -> list[tuple[Mesa, Balance]]:
        """The mesas of which there is something to count."""
        return [(mesa, suyo) for mesa, suyo in self.mesas if suyo.hay_algo]

    @property
    def sin_nada(self) -> int:
        """How many real mesas have nothing to count."""
        return sum(not suyo.hay_algo and not mesa.es_demo for mesa, suyo in self.mesas)


def seguir(hechos: Hechos, mesas: Iterable[Mesa], *, fecha: dt.date, periodo: str) -> Seguimiento:
    """The counts of the network and of each of its mesas.

    The whole is of the real mesas alone, each session and each agreement once; the invented
    ones have their row and count in nothing else.

    Args:
        mesas: those that the reader may see, in the order to show them.
        periodo: a key of `PERIODOS`; it chooses sessions, and with them what they agreed.
    """
    desde = doce_meses_antes(fecha) if periodo == DOCE_MESES else None
    hechos = hechos.del_periodo(desde)
    filas = list(mesas)
    reales = hechos.de_mesas({mesa.pk for mesa in filas if not mesa.es_demo})
    por_mesa = hechos.por_mesa()
    return Seguimiento(
        fecha=fecha,
        periodo=periodo,
        desde=desde,
        red=balance(reales, fecha),
        encuentros=balance(reales.de_la_red(), fecha),
        mesas=[(mesa, balance(por_mesa.get(mesa.pk, Hechos()), fecha)) for mesa in filas],
    )


def leer_hechos(*, sesiones: SesionQuerySet, acuerdos: AcuerdoQuerySet, fecha: dt.date) -> Hechos:
    """What had happened by a date, in the sessions and agreements that the reader may see. Three queries.

    Args:
        sesiones: from `publicas()` or `visibles_para(usuario)`, and so the agreements.
    """
    celebradas = sesiones.celebradas_hasta(fecha)
    filas = celebradas.con_conjuntas().con_invitados().order_by()
    return Hechos(
        sesiones=[
            HechoDeSesion(
                pk,
                dia,
                frozenset([mesa, *conjuntas]),
                tipo == Sesion.Tipo.ENCUENTRO,
                invitados,
                organo_de(tipo, comite),
            )
            for pk, dia, mesa, conjuntas, tipo, comite, invitados in filas.values_list(
                "pk", "su_dia", "mesa", "conjuntas", "tipo", "comite", "cuantos_invitados"
            )
        ],
        acuerdos=_acuerdos(acuerdos, fecha),
        listas=armar_listas(Asistencia.objects.de_sesiones(celebradas).conteos()),
    )


def _acuerdos(acuerdos: AcuerdoQuerySet, fecha: dt.date) -> list[HechoDeAcuerdo]:
    de_la_sesion = ("sesion__mesa", "su_dia", "sesion__comite", "sesion__tipo", "conjuntas")
    propios = ("pk", "historico", "institucion_responsable", "estado", "fecha_compromiso", "pasos", "cambios")
    filas = acuerdos.con_su_historia(fecha).order_by().values_list(*de_la_sesion, *propios)
    hechos = []
    for *que_es, estado, compromiso, pasos, cambios in filas:
        iba = al_dia(fecha, estado=estado, compromiso=compromiso, pasos=pasos, cambios=cambios)
        hechos.append(_hecho(*que_es, iba))
    return hechos


def _hecho(
    mesa: int,
    dia: dt.date,
    comite: int | None,
    tipo: str,
    conjuntas: list[int],
    pk: int,
    historico: bool,
    institucion: int | None,
    iba: AlDia,
) -> HechoDeAcuerdo:
    return HechoDeAcuerdo(
        # Who met and on what day is what a public agreement shows of its session, so no more is told apart.
        sesion=(mesa, dia, comite, tipo),
        dia=dia,
        mesas=frozenset([mesa, *conjuntas]),
        de_la_red=tipo == Sesion.Tipo.ENCUENTRO,
        compromiso=iba.vence,
        historico=historico,
        estado=iba.estado,
        entregado=iba.entregado if iba.estado == CUMPLIDO else None,
        organo=organo_de(tipo, comite),
        institucion=institucion,
        prorrogas=iba.prorrogas,
        ultima_noticia=iba.ultima_noticia,
        pk=pk,
    )


def organo_de(tipo: str, comite: int | None) -> str:
    """Which organ of the mesa met, as `seguimiento` names it."""
    if comite is not None:
        return f"comite:{comite}"
    return PLENARIA if tipo in (Sesion.Tipo.PLENARIA, Sesion.Tipo.INSTALACION) else OTRAS


def asientos_ciudadanos(
    sesiones: SesionQuerySet, mesa: Mesa, *, fecha: dt.date, desde: dt.date | None
) -> list[Asiento]:
    """How often each citizen seat of a mesa that is in force on a date was filled, by name. Two queries.

    Seats with public office have no row: of an authority there is institutional presence, never a rate.
    """
    celebradas = sesiones.celebradas_hasta(fecha)
    if desde:
        celebradas = celebradas.filter(su_dia__gte=desde)
    vigentes = Integrante.objects.filter(mesa=mesa, tipo=Integrante.Tipo.SIN_CARGO_PUBLICO).vigentes_en(fecha)
    suyas = Asistencia.objects.filter(entre("integrante", vigentes.values("pk"))).de_sesiones(celebradas)
    veces = {asiento: Proporcion(*par) for asiento, *par in suyas.por_asiento()}
    filas = vigentes.select_related("persona").order_by("persona__nombre")
    return [Asiento(fila, veces.get(fila.pk, Proporcion(0, 0))) for fila in filas]
