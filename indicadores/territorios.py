"""Places whose rate can be asked for: the nation, an entidad, a municipality, a mesa, some municipalities together.

Every place is a set of units that have figures of their own. Its rate is sum over sum of
those units, each in the months in which it belongs to the place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from django.db.models import CharField, DateField, QuerySet, Value
from django.db.models.functions import Cast

from comun.formatos import enumerar
from indicadores.periodos import mes
from mesas.models import Cobertura, Entidad, Mesa, Municipio

NACIONAL = "nacional"
PREFIJO_MESA = "mesa:"
PREFIJO_GRUPO = "grupo:"
ENTIDADES = tuple(f"{numero:02d}" for numero in range(1, 33))
MINIMO_NACIONAL = Fraction(9, 10)
"""Share of the population that must be covered for a sum to be called national."""

LARGO_DE_MUNICIPIO = 5
"""Digits of the code of a municipality; that of an entidad has two."""

MAXIMO_DE_UN_GRUPO = 60
"""Municipalities that a reader may put together."""

NOMBRES_DE_UN_GRUPO = 4
"""A longer group is called by its first three and how many more."""

_ENTIDAD = re.compile(r"^(0[1-9]|[12]\d|3[0-2])$", re.ASCII)
_MUNICIPIO = re.compile(r"^(0[1-9]|[12]\d|3[0-2])\d{3}$", re.ASCII)
_SLUG = re.compile(r"^[-\w]+$", re.ASCII)

FORMAS = (
    "«nacional», la clave de una entidad («28»), la de un municipio («28038»), una mesa («mesa:ciudad-juarez») "
    "o varios municipios juntos («grupo:28003-28009-28038»)"
)


MUNICIPIOS = "municipios"
LISTAS = ("entidades", MUNICIPIOS, "mesas")
QUE_LISTAS_HAY = "También valen todos los de una clase: «entidades», «mesas», «municipios» o «municipios:28»."


def nombre_de_mesa(nombre: str) -> str:
    """How a mesa is called among other places: «Mesa Torreón»."""
    return nombre if nombre.startswith("Mesa ") else f"Mesa {nombre}"


class TerritorioDesconocido(Exception):
    """No such place, or not one that the public may ask for. Its text is what was asked."""

    def __init__(self, clave: str, motivo: str = f"Valen: {FORMAS}.") -> None:
        super().__init__(clave)
        self.motivo = motivo

    @property
    def mensaje(self) -> str:
        """What to tell the reader."""
        return f"No existe el territorio «{self}». {self.motivo}"


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

    @property
    def es_municipio(self) -> bool:
        """True for a single municipality."""
        return len(self.clave) == LARGO_DE_MUNICIPIO and self.clave.isdigit()

    @property
    def es_grupo(self) -> bool:
        """True for municipalities that a reader put together."""
        return self.clave.startswith(PREFIJO_GRUPO)


def nacional() -> Territorio:
    """The country: the sum of its 32 entidades."""
    return Territorio(NACIONAL, "México", tuple(Unidad(clave) for clave in ENTIDADES), MINIMO_NACIONAL)


def de_entidad(entidad: Entidad) -> Territorio:
    """One entidad."""
    return Territorio(entidad.clave, entidad.nombre_corto, (Unidad(entidad.clave),))


def de_mesa(mesa: Mesa, coberturas: Iterable[Cobertura]) -> Territorio:
    """The municipalities of a mesa, each in the months that begin with its coverage in force."""
    return _mesa(mesa.slug, mesa.nombre, [(c.municipio_id, c.desde, c.hasta) for c in coberturas])


def resolver(claves: Sequence[str]) -> list[Territorio]:
    """The places named, in that order, in one query whatever their number and kind.

    Raises:
        TerritorioDesconocido: naming the first that does not exist or is not public.
    """
    lugares, errores = resolver_posibles(claves)
    if errores:
        raise errores[0]
    return lugares


def resolver_posibles(claves: Sequence[str]) -> tuple[list[Territorio], list[TerritorioDesconocido]]:
    """The places named that exist, in that order, and what is wrong with the others. One query."""
    errores: dict[str, TerritorioDesconocido] = {}
    grupos: dict[str, list[str]] = {}
    for clave in claves:
        if clave.startswith(PREFIJO_GRUPO):
            try:
                grupos[clave] = _partir_grupo(clave)
            except TerritorioDesconocido as error:
                errores[clave] = error
    slugs = [clave.removeprefix(PREFIJO_MESA) for clave in claves if clave.startswith(PREFIJO_MESA)]
    municipios = {clave for clave in claves if _MUNICIPIO.match(clave)}.union(*grupos.values())
    filas = _leer(
        _entidades(Entidad.objects.filter(clave__in=_que_casan(_ENTIDAD, claves))),
        _municipios(Municipio.objects.reales().filter(clave__in=municipios)),
        _mesas(Mesa.objects.publicas().filter(slug__in=_que_casan(_SLUG, slugs))),
    )
    hallados = {NACIONAL: nacional()} | {lugar.clave: lugar for lugar in _territorios(filas)}
    nombres = {clave: (nombre, entidad) for clase, clave, nombre, entidad, *_ in filas if clase == "municipio"}
    for clave, partes in grupos.items():
        if faltan := [parte for parte in partes if parte not in nombres]:
            errores[clave] = TerritorioDesconocido(clave, f"No hay municipio con la clave «{faltan[0]}».")
        else:
            hallados[clave] = _grupo({parte: nombres[parte] for parte in partes})
    return (
        [hallados[clave] for clave in claves if clave in hallados],
        [errores.get(clave) or TerritorioDesconocido(clave) for clave in claves if clave not in hallados],
    )


def de_entidades() -> list[Territorio]:
    """The 32 entidades, by code. One query."""
    return list(_territorios(_leer(_entidades(Entidad.objects.filter(clave__in=ENTIDADES)))))


def de_municipios(entidad: str | None = None) -> list[Territorio]:
    """Real municipalities, by code, of an entidad or, without it, of the country. One query."""
    municipios = Municipio.objects.reales()
    if entidad is not None:
        municipios = municipios.filter(entidad=entidad)
    return list(_territorios(_leer(_municipios(municipios))))


def de_mesas() -> list[Territorio]:
    """The territories of the real public mesas, by their address. One query."""
    return [lugar for lugar in _territorios(_leer(_mesas(Mesa.objects.publicas().reales()))) if lugar.unidades]


def es_lista(clave: str) -> bool:
    """True for all the places of a kind at once, as the open data name them: `entidades`, `municipios:28`."""
    return clave.partition(":")[0] in LISTAS


def de_lista(clave: str) -> list[Territorio]:
    """The places of a list. One query.

    Raises:
        TerritorioDesconocido: if it is not written as such.
    """
    cual, separador, entidad = clave.partition(":")
    if separador and not (cual == MUNICIPIOS and _ENTIDAD.match(entidad)):
        raise TerritorioDesconocido(clave, QUE_LISTAS_HAY)
    if cual == MUNICIPIOS:
        return de_municipios(entidad or None)
    return de_entidades() if cual == "entidades" else de_mesas()


# ── One query for every kind ────────────────────────────────────────────────────────────

Fila = tuple[str, str, str, str, str | None, dt.date | None, dt.date | None]
"""Kind, code, name, name of the entidad; of a mesa, a municipality and since and until when."""

_SIN_NADA = Value(None, output_field=CharField())
_SIN_FECHA = Cast(Value(None), DateField())


def _entidades(filas: QuerySet) -> QuerySet:
    return filas.values_list(Value("entidad"), "clave", "nombre_corto", Value(""), _SIN_NADA, _SIN_FECHA, _SIN_FECHA)


def _municipios(filas: QuerySet) -> QuerySet:
    return filas.values_list(
        Value("municipio"), "clave", "nombre", "entidad__nombre_corto", _SIN_NADA, _SIN_FECHA, _SIN_FECHA
    )


def _mesas(filas: QuerySet) -> QuerySet:
    return filas.values_list(
        Value("mesa"), "slug", "nombre", Value(""), *(f"coberturas__{c}" for c in ("municipio", "desde", "hasta"))
    )


def _leer(*partes: QuerySet) -> list[Fila]:
    """Rows of every part, in one query; the empty parts cost nothing."""
    primera, *otras = [parte.order_by() for parte in partes]
    return sorted(primera.union(*otras, all=True) if otras else primera, key=lambda fila: fila[:2])


def _territorios(filas: Iterable[Fila]) -> Iterator[Territorio]:
    """The places that some rows describe, one row for each or, for a mesa, one per coverage."""
    for (clase, clave), suyas in groupby(filas, key=lambda fila: fila[:2]):
        _, _, nombre, entidad, *cobertura = next(suyas)
        if clase == "mesa":
            coberturas = [cobertura, *(otra[4:] for otra in suyas)]
            yield _mesa(clave, nombre, [una for una in coberturas if una[0] is not None])
        else:
            yield Territorio(clave, f"{nombre}, {entidad}" if entidad else nombre, (Unidad(clave),))


def _mesa(slug: str, nombre: str, coberturas: Iterable[tuple[str, dt.date | None, dt.date | None]]) -> Territorio:
    tramos: dict[str, list[Tramo]] = defaultdict(list)
    for municipio, desde, hasta in coberturas:
        tramos[municipio].append((_primer_mes(desde), _primer_mes(hasta)))
    unidades = tuple(
        Unidad(clave, tuple(sorted(suyos, key=lambda tramo: tramo[0] or 0))) for clave, suyos in sorted(tramos.items())
    )
    return Territorio(f"{PREFIJO_MESA}{slug}", nombre_de_mesa(nombre), unidades)


def _primer_mes(fecha: dt.date | None) -> int | None:
    """First month whose first day is not before that date."""
    if fecha is None:
        return None
    return mes(fecha.year, fecha.month) + (fecha.day > 1)


def _que_casan(forma: re.Pattern[str], claves: Iterable[str]) -> list[str]:
    return [clave for clave in claves if forma.match(clave)]


# ── Groups ──────────────────────────────────────────────────────────────────────────────


def _partir_grupo(clave: str) -> list[str]:
    """Codes of a group, once each and in order.

    Raises:
        TerritorioDesconocido: if it is not written as such, or they are too few or too many.
    """
    partes = clave.removeprefix(PREFIJO_GRUPO).split("-")
    malas = [parte for parte in partes if not _MUNICIPIO.match(parte)]
    if malas:
        raise TerritorioDesconocido(
            clave, f"Un grupo son claves de municipio (cinco dígitos) unidas por guiones y «{malas[0]}» no lo es."
        )
    distintas = sorted(set(partes))
    if not 2 <= len(distintas) <= MAXIMO_DE_UN_GRUPO:
        raise TerritorioDesconocido(
            clave, f"Un grupo lleva de 2 a {MAXIMO_DE_UN_GRUPO} municipios distintos y ese lleva {len(distintas)}."
        )
    return distintas


def _grupo(municipios: Mapping[str, tuple[str, str]]) -> Territorio:
    """Some municipalities as one place; their code does not depend on the order in which they were named."""
    varias = len({entidad for _, entidad in municipios.values()}) > 1
    nombres = [f"{nombre} ({entidad})" if varias else nombre for nombre, entidad in municipios.values()]
    if len(nombres) > NOMBRES_DE_UN_GRUPO:
        nombres = [*nombres[: NOMBRES_DE_UN_GRUPO - 1], f"{len(nombres) - NOMBRES_DE_UN_GRUPO + 1} más"]
    return Territorio(
        f"{PREFIJO_GRUPO}{'-'.join(municipios)}",
        f"{len(municipios)} municipios: {enumerar(nombres)}",
        tuple(Unidad(clave) for clave in municipios),
    )
