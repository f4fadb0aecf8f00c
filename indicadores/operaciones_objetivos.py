"""Declaring what an agreement aims to move, and withdrawing it. Atomic and keyword-only.

They assume that a door let the user in: whoever may edit the agreement. The minute being
closed does not matter, because this is not part of it.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comites.models import Acuerdo
from indicadores.models import Objetivo
from mesas.models import Entidad, Mesa, Municipio


@transaction.atomic
def declarar_objetivo(
    *,
    acuerdo: Acuerdo,
    delito: str,
    direccion: str,
    autor: Any,
    rezago_meses: int = 0,
    nacional: bool = False,
    mesa: Mesa | None = None,
    entidad: Entidad | None = None,
    municipio: Municipio | None = None,
) -> Objetivo:
    """Declare that an agreement aims to move a crime.

    Args:
        delito: address of its official name.
        nacional, mesa, entidad, municipio: where; none of them, in the territory of its own mesa.

    Raises:
        ValidationError: the crime is not in the catalogues, there are three already, or it is repeated.
    """
    acuerdo = Acuerdo.objects.select_for_update(of=["self"]).select_related("sesion__mesa").get(pk=acuerdo.pk)
    objetivo = Objetivo(
        acuerdo=acuerdo,
        delito=delito,
        direccion=direccion,
        rezago_meses=rezago_meses,
        nacional=nacional,
        mesa=mesa,
        entidad=entidad,
        municipio=municipio,
        declarado_por=autor,
    )
    objetivo.full_clean()
    objetivo.save()
    return objetivo


@transaction.atomic
def retirar_objetivo(*, objetivo: Objetivo, motivo: str, autor: Any) -> Objetivo:
    """Withdraw a declaration: it stops being looked at everywhere, and its trace stays.

    Raises:
        ValidationError: it was withdrawn already.
    """
    objetivo = Objetivo.objects.select_for_update(of=["self"]).get(pk=objetivo.pk)
    if objetivo.retirado is not None:
        raise ValidationError("Ese objetivo ya estaba retirado.")
    objetivo.retirado, objetivo.retirado_por, objetivo.motivo_de_retiro = timezone.now(), autor, motivo
    objetivo.save(update_fields=["retirado", "retirado_por", "motivo_de_retiro"])
    return objetivo
