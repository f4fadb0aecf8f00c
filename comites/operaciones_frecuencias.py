"""Writing how often an organ means to meet."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from comites.models import Comite, FrecuenciaDeSesiones
from comun.formatos import fecha_larga
from mesas.models import Mesa


@transaction.atomic
def decir_frecuencia(*, organo: Mesa | Comite, meses: int, desde: dt.date) -> FrecuenciaDeSesiones:
    """Say how often the plenaria of a mesa, or a comité, meets from a day on. What was said before ends that day.

    Said again for the same day it is corrected; what was expected before stays as it was said then.

    Raises:
        ValidationError: `desde` is before the frequency in force began, or `meses` is not one of the list.
    """
    organo = type(organo).objects.select_for_update(of=["self"]).get(pk=organo.pk)
    de_quien = {"mesa": organo} if isinstance(organo, Mesa) else {"comite": organo}
    vigente = FrecuenciaDeSesiones.objects.filter(**de_quien).order_by("desde").last()
    if vigente and desde < vigente.desde:
        raise ValidationError(
            {"desde": f"Ya hay una frecuencia desde el {fecha_larga(vigente.desde)}: pon ese día o uno posterior."}
        )
    if vigente and desde == vigente.desde:
        vigente.meses = meses
        vigente.full_clean()
        vigente.save(update_fields=["meses"])
        return vigente
    if vigente and (vigente.hasta is None or vigente.hasta > desde):
        vigente.hasta = desde
        vigente.full_clean()
        vigente.save(update_fields=["hasta"])
    nueva = FrecuenciaDeSesiones(meses=meses, desde=desde, **de_quien)
    nueva.full_clean()
    nueva.save()
    return nueva
