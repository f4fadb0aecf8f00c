"""What a mesa keeps reserved, so that nothing stays so by inertia. No writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comites.models import Acuerdo, PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comun.modelos import entre
from mesas.models import Mesa

A_LA_VISTA = 100


@dataclass(frozen=True)
class Reserva:
    """Something reserved, why, and the day on which it is looked at again."""

    que: str
    pk: int
    titulo: str
    donde: str
    motivo: str
    revisar_el: dt.date


@dataclass(frozen=True)
class Reservas:
    """Those whose day has come, and the rest."""

    por_revisar: Sequence[Reserva]
    demas: Sequence[Reserva]


def reservas_de(usuario: Any, mesa: Mesa, hoy: dt.date) -> Reservas:
    """What the user may read of what the mesa keeps reserved, the oldest review first. Three queries."""
    sesiones = Sesion.objects.visibles_para(usuario).filter(mesa=mesa)
    de_la_mesa = entre("sesion", Sesion.objects.filter(mesa=mesa).values("pk"))
    acuerdos = Acuerdo.objects.visibles_para(usuario).filter(de_la_mesa)
    puntos = PuntoDelOrden.objects.filter(entre("sesion", sesiones.values("pk")))
    todas = [
        *[_reserva("sesion", fila, str(fila), "") for fila in _reservadas(sesiones.select_related("mesa", "comite"))],
        *[_reserva("punto", fila, str(fila), str(fila.sesion)) for fila in _reservadas(_con_sesion(puntos))],
        *[_reserva("acuerdo", fila, fila.accion, str(fila.sesion)) for fila in _reservadas(_con_sesion(acuerdos))],
    ]
    todas.sort(key=lambda reserva: reserva.revisar_el)
    return Reservas(
        [reserva for reserva in todas if reserva.revisar_el <= hoy],
        [reserva for reserva in todas if reserva.revisar_el > hoy],
    )


def _con_sesion(filas: Any) -> Any:
    return filas.select_related("sesion__mesa", "sesion__comite")


def _reservadas(filas: Any) -> Any:
    return filas.filter(nivel=Nivel.RESERVADA).order_by("revisar_reserva_el", "pk")[:A_LA_VISTA]


def _reserva(que: str, fila: Any, titulo: str, donde: str) -> Reserva:
    return Reserva(que, fila.pk, titulo, donde, fila.motivo_de_reserva, fila.revisar_reserva_el)


def asambleas_que_pueden_consentir(usuario: Any, mesa: Mesa) -> Any:
    """The latest assemblies of a mesa that did meet: in any of them its consent can be recorded."""
    return (
        Sesion.objects.visibles_para(usuario)
        .que_empezaron()
        .filter(mesa=mesa, tipo__in=Sesion.ASAMBLEAS)
        .select_related("mesa", "comite")
        .order_by("-inicio")[:4]
    )
