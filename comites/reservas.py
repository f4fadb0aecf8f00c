"""What a mesa keeps reserved, so that nothing stays so by inertia. No writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from comites.models import Acuerdo, Evidencia, PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comun.modelos import entre
from mesas.models import Mesa

A_LA_VISTA = 100


@dataclass(frozen=True)
class Reserva:
    """Something reserved, why, and the day on which it is looked at again."""

    url: str
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
    """What the user may read of what the mesa keeps reserved, the oldest review first. Four queries."""
    sesiones = Sesion.objects.visibles_para(usuario).filter(mesa=mesa)
    suyas = Sesion.objects.filter(mesa=mesa).values("pk")
    acuerdos = _con_sesion(Acuerdo.objects.visibles_para(usuario).filter(entre("sesion", suyas)))
    puntos = _con_sesion(PuntoDelOrden.objects.filter(entre("sesion", sesiones.values("pk"))))
    archivos = Evidencia.objects.visibles_para(usuario).que_quedan().filter(entre("acuerdo__sesion", suyas))
    todas = [
        *[_reserva(mesa, "sesion", fila, str(fila)) for fila in _reservadas(sesiones.select_related("mesa", "comite"))],
        *[_reserva(mesa, "punto", fila, str(fila), str(fila.sesion)) for fila in _reservadas(puntos)],
        *[_reserva(mesa, "acuerdo", fila, fila.accion, str(fila.sesion)) for fila in _reservadas(acuerdos)],
        *[_de_archivo(mesa, fila) for fila in _reservadas(archivos.select_related("acuerdo"))],
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


def _reserva(mesa: Mesa, que: str, fila: Any, titulo: str, donde: str = "") -> Reserva:
    url = reverse("coordinacion:reserva", args=[mesa.slug, que, fila.pk])
    return Reserva(url, titulo, donde, fila.motivo_de_reserva, fila.revisar_reserva_el)


def _de_archivo(mesa: Mesa, fila: Evidencia) -> Reserva:
    url = reverse("coordinacion:evidencia_nivel", args=[mesa.slug, fila.acuerdo.folio, fila.pk])
    donde = f"Prueba del acuerdo {fila.acuerdo.folio}"
    return Reserva(url, fila.nombre, donde, fila.motivo_de_reserva, fila.revisar_reserva_el)


def asambleas_que_pueden_consentir(usuario: Any, mesa: Mesa) -> Any:
    """The latest assemblies of a mesa that did meet: in any of them its consent can be recorded."""
    return (
        Sesion.objects.visibles_para(usuario)
        .que_empezaron()
        .filter(mesa=mesa, tipo__in=Sesion.ASAMBLEAS)
        .select_related("mesa", "comite")
        .order_by("-inicio")[:4]
    )
