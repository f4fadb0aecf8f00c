"""Changes of government seen from a mesa: who leaves, and what is left without anybody. Three queries.

The 3er Encuentro asked for continuity «ante los cambios de Gobierno»: terms are known, so the mesa need not
find out when nobody answers any more.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from comites.models import Acuerdo
from comites.querysets_acuerdos import AcuerdoQuerySet
from mesas.models import Integrante, Mesa, PeriodoDeGobierno

ANTICIPACION = dt.timedelta(days=90)
"""How long before the end of a term the mesa is told."""

DESPUES = dt.timedelta(days=60)
"""For how long a term that ended stays in view: until the new officials have taken their seats."""


@dataclass(frozen=True, slots=True)
class Relevo:
    """The end of the term of an institution that sits at the mesa."""

    periodo: PeriodoDeGobierno
    dias: int
    salen: list[Integrante]
    sin_responsable: list[Acuerdo]
    cambian_de_manos: list[Acuerdo]


def relevos_de(mesa: Mesa, acuerdos: AcuerdoQuerySet, fecha: dt.date) -> list[Relevo]:
    """The changes of government near a day, the nearest first.

    Args:
        acuerdos: those that the reader may see.
    """
    periodos = list(
        PeriodoDeGobierno.objects.de_la_mesa(mesa, fecha)
        .que_terminan(fecha - DESPUES, fecha + ANTICIPACION)
        .select_related("institucion")
    )
    instituciones = {periodo.institucion_id for periodo in periodos}
    quienes: dict[int, list[Integrante]] = defaultdict(list)
    asientos = Integrante.objects.vigentes_en(fecha).con_cargo_publico().filter(mesa=mesa)
    for asiento in asientos.filter(institucion__in=instituciones).select_related("persona"):
        quienes[asiento.institucion_id].append(asiento)
    suyos = list(abiertos_de(acuerdos.de_mesa(mesa), instituciones))
    return [_relevo(periodo, quienes[periodo.institucion_id], suyos, fecha) for periodo in periodos]


def _relevo(periodo: PeriodoDeGobierno, salen: list[Integrante], acuerdos: list[Acuerdo], fecha: dt.date) -> Relevo:
    # Who took a seat after the new administration began is of the new one.
    salen = [asiento for asiento in salen if asiento.desde is None or asiento.desde < periodo.hasta]
    personas = {asiento.pk for asiento in salen}
    return Relevo(
        periodo=periodo,
        dias=(periodo.hasta - fecha).days,
        salen=salen,
        sin_responsable=[acuerdo for acuerdo in acuerdos if acuerdo.responsable_id in personas],
        cambian_de_manos=[a for a in acuerdos if a.institucion_responsable_id == periodo.institucion_id],
    )


def abiertos_de(acuerdos: AcuerdoQuerySet, instituciones: set[int]) -> AcuerdoQuerySet:
    """Open agreements for which those institutions, or who speaks for them, answer."""
    suyos = acuerdos.con_seguimiento().filter(
        Q(institucion_responsable__in=instituciones) | Q(responsable__institucion__in=instituciones)
    )
    return suyos.select_related("sesion__mesa", "sesion__comite", "punto").por_fecha()
