"""Places whose rate can be asked for: the nation, an entidad, a municipality, a mesa.

Every place is a set of units that have figures of their own. Its rate is sum over sum of
those units, each in the months in which it belongs to the place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from indicadores.periodos import mes
from mesas.models import Cobertura, Entidad, Mesa, Municipio

NACIONAL = "nacional"
PREFIJO_MESA = "mesa:"
ENTIDADES = tuple(f"{numero:02d}" for numero in range(1, 33))
MINIMO_NACIONAL = Fraction(9, 10)
"""Share of the population that must be covered for a sum to be called national."""

_ENTIDAD = re.compile(r"^(0[1-9]|[12]\d|3[0-2])$", re.ASCII)
_MUNICIPIO = re.compile(r"^(0[1-9]|[12]\d|3[0-2])\d{3}$", re.ASCII)

FORMAS = "«nacional», la clave de una entidad («28»), la de un municipio («28038») o una mesa («mesa:ciudad-juarez»)"


class TerritorioDesconocido(Exception):
    """No such place, or not one that the public may ask for."""


Tramo = tuple[int | None, int | None]
"""Months from the first until before the second; None is unbounded."""

SIEMPRE: tuple[Tramo, ...] = ((None, None),)


@dataclass(frozen=True, slots=True)
class Unidad:
    """An entidad or a municipality and the months in which it counts."""

    clave: str
    tramos: tuple[Tramo, ...] = SIEMPRE

    def cuenta_en(self, m: int) -> bool:
        """True if it belongs to the place in that month."""
        return any((desde is None or desde <= m) and (hasta is None or m < hasta) for desde, hasta in self.tramos)


@dataclass(frozen=True, slots=True)
class Territorio:
    """A place, as it is asked for and as people call it."""

    clave: str
    nombre: str
    unidades: tuple[Unidad, ...]
    minimo: Fraction = Fraction(0)

    @property
    def es_mesa(self) -> bool:
        """True for the territory of a mesa."""
        return self.clave.startswith(PREFIJO_MESA)


def nacional() -> Territorio:
    """The country: the sum of its 32 entidades."""
    return Territorio(NACIONAL, "México", tuple(Unidad(clave) for clave in ENTIDADES), MINIMO_NACIONAL)


def de_entidad(entidad: Entidad) -> Territorio:
    """One entidad."""
    return Territorio(entidad.clave, entidad.nombre_corto, (Unidad(entidad.clave),))


def de_municipio(municipio: Municipio) -> Territorio:
    """One municipality."""
    nombre = f"{municipio.nombre}, {municipio.entidad.nombre_corto}"
    return Territorio(municipio.clave, nombre, (Unidad(municipio.clave),))


def de_mesa(mesa: Mesa, coberturas: Iterable[Cobertura]) -> Territorio:
    """The municipalities of a mesa, each in the months that begin with its coverage in force."""
    tramos: dict[str, list[Tramo]] = defaultdict(list)
    for cobertura in coberturas:
        tramos[cobertura.municipio_id].append((_primer_mes(cobertura.desde), _primer_mes(cobertura.hasta)))
    unidades = tuple(Unidad(clave, tuple(suyos)) for clave, suyos in sorted(tramos.items()))
    return Territorio(f"{PREFIJO_MESA}{mesa.slug}", f"Mesa {mesa.nombre}", unidades)


def _primer_mes(fecha: dt.date | None) -> int | None:
    """First month whose first day is not before that date."""
    if fecha is None:
        return None
    return mes(fecha.year, fecha.month) + (fecha.day > 1)


def resolver(claves: Sequence[str]) -> list[Territorio]:
    """The places named, in that order, in at most four queries whatever their number.

    Raises:
        TerritorioDesconocido: naming the first that does not exist or is not public.
    """
    slugs = [clave.removeprefix(PREFIJO_MESA) for clave in claves if clave.startswith(PREFIJO_MESA)]
    hallados: dict[str, Territorio] = {NACIONAL: nacional()}
    if any(_ENTIDAD.match(clave) for clave in claves):
        hallados |= {e.clave: de_entidad(e) for e in Entidad.objects.filter(clave__in=claves)}
    if any(_MUNICIPIO.match(clave) for clave in claves):
        municipios = Municipio.objects.reales().filter(clave__in=claves).select_related("entidad")
        hallados |= {m.clave: de_municipio(m) for m in municipios}
    if slugs:
        for mesa in Mesa.objects.publicas().filter(slug__in=slugs).prefetch_related("coberturas"):
            territorio = de_mesa(mesa, mesa.coberturas.all())
            hallados[territorio.clave] = territorio
    for clave in claves:
        if clave not in hallados:
            raise TerritorioDesconocido(clave)
    return [hallados[clave] for clave in claves]
