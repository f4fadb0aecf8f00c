"""How an organ changes its quorum: from a day on, and without touching what was counted before."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comites.models import Comite, ReglaDeQuorum
from comun.formatos import fecha_larga
from mesas.models import Mesa


@transaction.atomic
def fijar_regla(*, mesa: Mesa, comite: Comite | None, desde: dt.date | None, autor: Any, **regla: Any) -> ReglaDeQuorum:
    """Write the rule of quorum of an organ; the one in force ends that morning.

    Args:
        comite: the organ; None: the plenaria of the mesa.
        desde: first day; None: today. One that begins the day that another begins, replaces it.
        regla: `tipo`, its numbers, `solo_ciudadanos`, `valen_suplentes` and `fundamento`.

    Raises:
        ValidationError: it begins before the one in force did, or its numbers are wrong.
    """
    Mesa.objects.select_for_update().get(pk=mesa.pk)  # two rules at once would end the same one
    desde = desde or timezone.localdate(timezone=ZoneInfo(mesa.zona_horaria))
    anteriores = ReglaDeQuorum.objects.filter(mesa=mesa, comite=comite)
    ultima = anteriores.order_by("desde").last()
    if ultima and ultima.desde and ultima.desde > desde:
        raise ValidationError(
            {"desde": f"La regla vigente empezó el {fecha_larga(ultima.desde)}: elige ese día o uno posterior."}
        )
    if ultima and ultima.desde == desde:
        ultima.delete()
    elif ultima and (ultima.hasta is None or ultima.hasta > desde):
        ultima.hasta = desde
        ultima.save(update_fields=["hasta"])
    nueva = ReglaDeQuorum(mesa=mesa, comite=comite, desde=desde, autor=autor, **regla)
    nueva.full_clean()
    nueva.save()
    return nueva
