"""The figures of a mesa by organ and by institution, and its pulse: reads what the pure modules count."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from comites.models import Asistencia, Comite, FrecuenciaDeSesiones
from comites.presencia_institucional import Presencia, armar_presencia
from comites.pulso import Pulso, tomar_pulso
from comites.querysets import SesionQuerySet
from comites.ritmos import Ritmo, esperadas
from comites.seguimiento import OTRAS, PLENARIA, Balance, HechoDeSesion, Hechos, balance
from mesas.models import Institucion, Mesa


@dataclass(frozen=True, slots=True)
class FilaDeOrgano:
    """The plenaria, a comité, or the sessions of none, with what was to be expected of it."""

    nombre: str
    balance: Balance
    comparables: int
    esperadas: int | None
    ritmo: str

    @property
    def celebradas(self) -> str:
        """«3 de 4 esperadas»; the count alone if nobody said how often, and both if some were held before."""
        cuantas = self.balance.sesiones
        if self.esperadas is None:
            return str(cuantas)
        comparacion = f"{self.comparables} de {self.esperadas} esperadas"
        return comparacion if self.comparables == cuantas else f"{cuantas}; {comparacion}"


@dataclass(frozen=True, slots=True)
class FilaDeInstitucion:
    """An institution: how it was represented, and how what it answers for goes."""

    institucion: Institucion
    presencia: Presencia
    balance: Balance


class Ritmos:
    """How often each organ of some mesas said that it would meet. One query."""

    def __init__(self, mesas: Iterable[Mesa]) -> None:
        self._de: dict[tuple[int, str], list[Ritmo]] = defaultdict(list)
        suyas = [mesa.pk for mesa in mesas]
        frecuencias = FrecuenciaDeSesiones.objects.filter(Q(mesa__in=suyas) | Q(comite__mesa__in=suyas))
        campos = ("mesa", "comite__mesa", "comite", "desde", "hasta", "meses")
        for plenaria, mesa, comite, *ritmo in frecuencias.order_by("desde").values_list(*campos):
            organo = f"comite:{comite}" if comite else PLENARIA
            self._de[plenaria or mesa, organo].append(Ritmo(*ritmo))

    def de(self, mesa: Mesa, organo: str) -> list[Ritmo]:
        """Those of an organ, in order."""
        return self._de.get((mesa.pk, organo), [])


def con_pulso(mesas: Iterable[Mesa], hechos: Mapping[int, Hechos], ritmos: Ritmos, fecha: dt.date) -> list[Mesa]:
    """The same mesas, each with its `latido`, as an annotation would leave it.

    Args:
        mesas: from `con_estado(fecha)`.
        hechos: by mesa, since the first record: the pulse looks at its own months, whatever period is counted.
    """
    filas = list(mesas)
    for mesa in filas:
        mesa.latido = tomar_pulso(
            hechos.get(mesa.pk, Hechos()),
            fecha=fecha,
            ritmos=ritmos.de(mesa, PLENARIA),
            estado=mesa.estado,
            instalada=mesa.estado_desde if mesa.estado == Mesa.Estado.OPERANDO else None,
        )
    return filas


def cuantas_por_pulso(mesas: Iterable[Mesa]) -> list[tuple[Pulso, int]]:
    """How many real mesas there are of each pulse, in the order of the rule; from `con_pulso`."""
    cuenta = Counter(mesa.latido.pulso for mesa in mesas if not mesa.es_demo)
    return [(pulso, cuenta[pulso]) for pulso in Pulso if cuenta[pulso]]


def por_organo(
    mesa: Mesa, hechos: Hechos, ritmos: Ritmos, *, fecha: dt.date, desde: dt.date | None
) -> list[FilaDeOrgano]:
    """The figures of each organ of a mesa: the plenaria, its living comités and those that met. One query.

    Args:
        hechos: of that mesa, in the period.
    """
    partes = hechos.por_organo()
    que_sesionaron = {int(organo.partition(":")[2]) for organo in partes if organo.startswith("comite:")}
    comites = Comite.objects.filter(Q(pk__in=que_sesionaron) | Q(mesa=mesa)).select_related("mesa").order_by("nombre")
    nombres = {PLENARIA: "Plenaria"}
    for comite in comites:
        vive = comite.mesa_id == mesa.pk and (comite.hasta is None or comite.hasta > fecha)
        if vive or comite.pk in que_sesionaron:
            nombres[f"comite:{comite.pk}"] = _nombre(comite, mesa)
    if OTRAS in partes:
        nombres[OTRAS] = "Talleres y otras"
    filas = []
    for organo, nombre in nombres.items():
        suyos = ritmos.de(mesa, organo)
        vigente = [ritmo for ritmo in suyos if ritmo.desde <= fecha and (ritmo.hasta is None or ritmo.hasta > fecha)]
        ritmo = FrecuenciaDeSesiones.Meses(vigente[-1].meses).label if vigente else ""
        parte = partes.get(organo, Hechos())
        comparables = desde_que_se_dijo(parte.sesiones, suyos)
        filas.append(FilaDeOrgano(nombre, balance(parte, fecha), comparables, esperadas(suyos, desde, fecha), ritmo))
    return filas


def desde_que_se_dijo(sesiones: Iterable[HechoDeSesion], ritmos: Iterable[Ritmo]) -> int:
    """How many were held since the organ first said how often: only these compare with what it said."""
    inicio = min((ritmo.desde for ritmo in ritmos), default=None)
    return sum(inicio is not None and sesion.dia >= inicio for sesion in sesiones)


Celebradas = tuple[int, int, int | None]
"""Plenarias held, those of them since it was said how often, and those to be expected (None: nobody said)."""


def plenarias(
    mesas: Sequence[Mesa], hechos: Mapping[int, Hechos], ritmos: Ritmos, *, fecha: dt.date, desde: dt.date | None
) -> dict[int, Celebradas]:
    """Of each mesa.

    Args:
        hechos: by mesa, in the period.
    """
    suyas = {
        mesa.pk: [sesion for sesion in hechos.get(mesa.pk, Hechos()).sesiones if sesion.organo == PLENARIA]
        for mesa in mesas
    }
    de = {mesa.pk: ritmos.de(mesa, PLENARIA) for mesa in mesas}
    return {
        pk: (len(sesiones), desde_que_se_dijo(sesiones, de[pk]), esperadas(de[pk], desde, fecha))
        for pk, sesiones in suyas.items()
    }


def _nombre(comite: Comite, mesa: Mesa) -> str:
    return comite.nombre if comite.mesa_id == mesa.pk else f"{comite.nombre} (de {comite.mesa.nombre})"


def por_institucion(
    sesiones: SesionQuerySet, hechos: Hechos, mesa: Mesa, *, fecha: dt.date, desde: dt.date | None
) -> list[FilaDeInstitucion]:
    """The figures of each institution in a mesa: authorities that had a seat called, and whoever answers for
    an agreement. Two queries; nobody is named.

    Args:
        sesiones: those of the mesa that the reader may see.
        hechos: of that mesa, in the period.
    """
    celebradas = sesiones.celebradas_hasta(fecha)
    if desde:
        celebradas = celebradas.filter(su_dia__gte=desde)
    listas = Asistencia.objects.de_sesiones(celebradas).filter(integrante__mesa=mesa).por_institucion()
    presencias, acuerdos = armar_presencia(listas), hechos.por_institucion()
    instituciones = Institucion.objects.filter(pk__in=presencias.keys() | acuerdos.keys()).order_by("nombre")
    return [
        FilaDeInstitucion(
            institucion,
            presencias.get(institucion.pk, Presencia()),
            balance(acuerdos.get(institucion.pk, Hechos()), fecha),
        )
        for institucion in instituciones
    ]
