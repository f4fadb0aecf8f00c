"""Whom the roll of a session is called for."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from comites.models import Sesion
from comun.modelos import entre
from mesas.models import Integrante


def asientos(sesion: Sesion) -> Any:
    """Seats of the mesas of a session in force on its day."""
    conjuntas = Sesion.mesas.through.objects.filter(sesion=sesion.pk).values("mesa")
    return (
        Integrante.objects.filter(Q(mesa=sesion.mesa_id) | entre("mesa", conjuntas))
        .vigentes_en(sesion.dia)
        .select_related("persona", "institucion")
        .order_by("tipo", "persona__nombre")
    )


def sin_pasar(sesion: Sesion) -> list[Integrante]:
    """Seats of whom the roll says nothing yet. An encuentro has no roll by person."""
    if sesion.tipo == Sesion.Tipo.ENCUENTRO:
        return []
    return list(asientos(sesion).exclude(pk__in=sesion.asistencias.values("integrante")))
