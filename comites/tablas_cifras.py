"""The figures of the workspace as rows to take away: CSV. Pure, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from comites.cifras import Celebradas, FilaDeInstitucion, FilaDeOrgano
from comites.hechos import Seguimiento
from comites.presencia_institucional import NIVELES_DE_SUPLENTE, Presencia
from comites.seguimiento import Balance, Desenlace

_DE_ACUERDOS = (
    "acuerdos",
    *(desenlace.value for desenlace in Desenlace),
    "verificados",
    "por_verificar",
    "sin_respuesta",
    "con_prorroga",
    "exigibles",
    "exigibles_a_tiempo",
    "a_tiempo_con_prorroga",
    "mediana_dias",
)
_DE_SESIONES = ("sesiones", "sesiones_comparables", "sesiones_esperadas")
_DE_ASISTENCIA = ("asientos_ciudadanos", "asientos_ocupados", "invitados")
_DE_PRESENCIA = ("listas", "presente", "titular", *(f"suplente_{nivel}" for nivel in NIVELES_DE_SUPLENTE))

_QUE_Y_CUANDO = ("nombre", "fecha", "desde", "pulso")

COLUMNAS_DE_LA_RED = (
    "mesa",
    *_QUE_Y_CUANDO,
    "sesiones",
    "plenarias",
    "plenarias_comparables",
    "plenarias_esperadas",
    *_DE_ASISTENCIA,
    *_DE_ACUERDOS,
    "demostracion",
)
COLUMNAS_DE_LA_MESA = (
    "ambito",
    *_QUE_Y_CUANDO,
    *_DE_SESIONES,
    *_DE_ASISTENCIA,
    *_DE_ACUERDOS,
    *_DE_PRESENCIA,
)
"""`ambito`: mesa, organo or institucion. A cell that does not apply is empty; zero is zero."""


def filas_de_la_red(seguido: Seguimiento, plenarias: Mapping[int, Celebradas]) -> Iterator[tuple[Any, ...]]:
    """A row for each mesa, whose pulse was taken.

    Args:
        plenarias: by mesa, those of the period.
    """
    for mesa, suyo in seguido.mesas:
        yield (
            mesa.slug,
            *(mesa.nombre, seguido.fecha, seguido.desde, mesa.latido.pulso.etiqueta),
            *(suyo.sesiones, *plenarias[mesa.pk]),
            *_asistencia(suyo),
            *_acuerdos(suyo),
            mesa.es_demo,
        )


def filas_de_la_mesa(
    seguido: Seguimiento, organos: Iterable[FilaDeOrgano], instituciones: Iterable[FilaDeInstitucion]
) -> Iterator[tuple[Any, ...]]:
    """A row for the mesa, one for each organ and one for each institution. No row is a person."""
    [(mesa, suyo)] = seguido.mesas
    cuando = (seguido.fecha, seguido.desde)
    sin_presencia = (None,) * len(_DE_PRESENCIA)
    de_la_mesa = (suyo.sesiones, None, None, *_asistencia(suyo), *_acuerdos(suyo), *sin_presencia)
    yield ("mesa", mesa.nombre, *cuando, mesa.latido.pulso.etiqueta, *de_la_mesa)
    for organo in organos:
        suyo = organo.balance
        cuentas = (*_sesiones(organo), *_asistencia(suyo), *_acuerdos(suyo), *sin_presencia)
        yield ("organo", organo.nombre, *cuando, None, *cuentas)
    sin_sesiones = (None,) * len(_DE_SESIONES + _DE_ASISTENCIA)
    for fila in instituciones:
        cuentas = (*sin_sesiones, *_acuerdos(fila.balance), *_presencia(fila.presencia))
        yield ("institucion", fila.institucion.nombre, *cuando, None, *cuentas)


def _sesiones(organo: FilaDeOrgano) -> tuple[int | None, ...]:
    """Held, those since it was said how often, and those to be expected: both empty if it was never said."""
    comparables = None if organo.esperadas is None else organo.comparables
    return (organo.balance.sesiones, comparables, organo.esperadas)


def _asistencia(suyo: Balance) -> tuple[int, ...]:
    return (suyo.asistencia.de, suyo.asistencia.cuantos, suyo.invitados)


def _acuerdos(suyo: Balance) -> tuple[Any, ...]:
    return (
        suyo.acuerdos,
        *(suyo.por_desenlace[desenlace] for desenlace in Desenlace),
        suyo.verificados,
        suyo.por_verificar,
        suyo.sin_respuesta,
        suyo.prorrogados,
        suyo.a_tiempo.de,
        suyo.a_tiempo.cuantos,
        suyo.a_tiempo_con_prorroga,
        suyo.mediana_de_dias,
    )


def _presencia(presencia: Presencia) -> tuple[Any, ...]:
    suplentes = (presencia.por_quien.get(nivel, 0) for nivel in NIVELES_DE_SUPLENTE)
    return (presencia.sesiones, presencia.vino, presencia.con_titular, *suplentes)
