"""Writing the terms of office of institutions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from mesas.models import Institucion, PeriodoDeGobierno


@transaction.atomic
def registrar_periodo(
    *,
    instituciones: Iterable[Institucion],
    nombre: str,
    hasta: dt.date,
    desde: dt.date | None = None,
    fuente: str = "",
    autor: Any = None,
) -> list[PeriodoDeGobierno]:
    """Record the term of an administration in all the institutions that end with it: all or none.

    Args:
        hasta: first day of the next administration.
        desde: first day of this one; None if no source says it.

    Raises:
        ValidationError: one of them has another term on some of those days.
    """
    periodos = [
        PeriodoDeGobierno(
            institucion=institucion, nombre=nombre, desde=desde, hasta=hasta, fuente=fuente, registrado_por=autor
        )
        for institucion in instituciones
    ]
    for periodo in periodos:
        periodo.full_clean()
        periodo.save()
    return periodos


@transaction.atomic
def corregir_periodo(*, periodo: PeriodoDeGobierno, autor: Any, **datos: Any) -> PeriodoDeGobierno:
    """Correct a term that was written wrong, or whose end moved.

    Args:
        datos: values of `nombre`, `desde`, `hasta`, `fuente`.
    """
    periodo = PeriodoDeGobierno.objects.select_for_update(of=["self"]).get(pk=periodo.pk)
    for campo, valor in datos.items():
        setattr(periodo, campo, valor)
    periodo.registrado_por = autor
    periodo.full_clean()
    periodo.save()
    return periodo
