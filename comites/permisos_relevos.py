"""The doors of the changes of government: only who records the whole mesa."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from comites.permisos import registra_toda_la_mesa
from mesas.models import Institucion, Integrante, Mesa, PeriodoDeGobierno


def exigir_que_coordine(usuario: Any, mesa: Mesa) -> None:
    """403 unless the user coordinates the mesa: what follows names officials."""
    if not registra_toda_la_mesa(usuario, mesa):
        raise PermissionDenied("Solo la coordinación de la mesa prepara los cambios de gobierno.")


def autoridades_de(mesa: Mesa, fecha: dt.date) -> QuerySet[Institucion]:
    """The authorities that sit at the mesa on a day."""
    asientos = Integrante.objects.vigentes_en(fecha).con_cargo_publico().filter(mesa=mesa)
    return Institucion.objects.filter(Exists(asientos.filter(institucion=OuterRef("pk")))).order_by("nombre")


def autoridad_de(mesa: Mesa, pk: int, fecha: dt.date) -> Institucion:
    """One of them, or 404."""
    return get_object_or_404(autoridades_de(mesa, fecha), pk=pk)


def periodo_de(mesa: Mesa, pk: int, fecha: dt.date) -> PeriodoDeGobierno:
    """The term of one of them, or 404."""
    periodos = PeriodoDeGobierno.objects.de_la_mesa(mesa, fecha).select_related("institucion")
    return get_object_or_404(periodos, pk=pk)
