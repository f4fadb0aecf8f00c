"""Series of figures for pages, charts and open data: the door of this app for everybody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indicadores.clasificacion import MINIMO_POBLACION, Clasificacion, clasificar, del_ultimo_lapso
from indicadores.composicion import Fondo, Renglon, componer, sin_cifra
from indicadores.delitos import DelitoElegido, buscar, catalogo
from indicadores.lectura import leer_conteos, leer_habitantes
from indicadores.periodos import Periodicidad, anio_de, mes
from indicadores.territorios import Territorio, de_entidad, de_mesa, nacional, resolver
from mesas.models import Mesa

DELITOS_DE_UNA_MESA = (
    "homicidio-doloso",
    "feminicidio",
    "secuestro",
    "extorsion",
    "violencia-familiar",
    "violacion-simple",
    "robo-de-vehiculo-automotor",
    "robo-a-negocio",
)
"""Crimes that the page of a mesa shows, when they are published by municipality."""


def serie(
    territorio: str,
    delito: str,
    periodicidad: str = Periodicidad.ANUAL,
    desde: int | None = None,
    hasta: int | None = None,
) -> list[Renglon]:
    """The figures of one place and one crime.

    Args:
        territorio: `nacional`, `28`, `28038`, `mesa:<slug>` or `grupo:28003-28009-28038`.
        delito: slug of the official name of a subtipo, tipo or bien, or `subtipo:modalidad`.
        periodicidad: `anual`, `mensual`, `anualizada` or `movil12`.
        desde: first month, as `periodos.mes(anio, numero)`.
        hasta: last month.

    Raises:
        indicadores.territorios.TerritorioDesconocido: if the place is not known.
        indicadores.delitos.DelitoDesconocido: if the crime is not known.
    """
    lugares = resolver([territorio])
    elegido = buscar(catalogo(), delito)
    return list(componer_todas(lugares, [elegido], Periodicidad(periodicidad), desde, hasta))


def componer_todas(
    lugares: Sequence[Territorio],
    elegidos: Sequence[DelitoElegido],
    periodicidad: Periodicidad,
    desde: int | None = None,
    hasta: int | None = None,
) -> Iterator[Renglon]:
    """Rows of every crime and place, in that order, with two queries in all.

    Each instrument is a series of its own: what comes after its last month is another one.
    """
    yield from componer_de(leer_fondos(lugares, elegidos, desde, hasta), lugares, periodicidad, desde, hasta)


def leer_fondos(
    lugares: Sequence[Territorio],
    elegidos: Sequence[DelitoElegido],
    desde: int | None = None,
    hasta: int | None = None,
) -> list[Fondo]:
    """What the series of those crimes and places are made of, an instrument at a time. Two queries.

    From it any series, ranking or comparison of those places is composed without asking again.
    """
    partes = [(elegido, *par) for elegido in elegidos for par in sorted(elegido.nodos.items())]
    unidades = {unidad.clave for lugar in lugares for unidad in lugar.unidades}
    # A rolling window reaches eleven months before its name.
    primero = anio_de(desde) - 1 if desde is not None else 0
    ultimo = anio_de(hasta) if hasta is not None else 9999
    conteos = leer_conteos([nodo for _, _, nodo in partes], unidades, primero, ultimo)
    anios = {anio for anual in conteos for por_anio in anual.values() for anio in por_anio}
    habitantes = leer_habitantes(unidades, anios)
    return [
        Fondo(elegido.slug, instrumento, anual, habitantes)
        for (elegido, instrumento, _), anual in zip(partes, conteos, strict=True)
    ]


def componer_de(
    fondos: Iterable[Fondo],
    lugares: Sequence[Territorio],
    periodicidad: Periodicidad,
    desde: int | None = None,
    hasta: int | None = None,
) -> Iterator[Renglon]:
    """Rows of every crime and place of what was read, in that order."""
    for fondo in fondos:
        for lugar in lugares:
            yield from componer(lugar, fondo, periodicidad, desde, hasta)


def leer_clasificacion(
    lugares: Sequence[Territorio],
    elegido: DelitoElegido,
    periodicidad: Periodicidad = Periodicidad.ANUAL,
    ultimo: int | None = None,
    minimo_poblacion: int = MINIMO_POBLACION,
) -> Clasificacion | None:
    """Places in order of their rate of a crime in one span, or None if none has figures. Two queries.

    Args:
        lugares: any of one kind.
        elegido: which crime.
        periodicidad: how long the span is.
        ultimo: its last month; without it, that of the newest span that nearly all of them have.
        minimo_poblacion: inhabitants from which a place is ordered.
    """
    desde = _primer_mes(periodicidad, ultimo)
    return clasificar_de(
        leer_fondos(lugares, [elegido], desde, ultimo), lugares, periodicidad, ultimo, minimo_poblacion
    )


def clasificar_de(
    fondos: Iterable[Fondo],
    lugares: Sequence[Territorio],
    periodicidad: Periodicidad = Periodicidad.ANUAL,
    ultimo: int | None = None,
    minimo_poblacion: int = MINIMO_POBLACION,
) -> Clasificacion | None:
    """The same from what was read of one crime, without asking again."""
    renglones = list(componer_de(fondos, lugares, periodicidad, _primer_mes(periodicidad, ultimo), ultimo))
    if ultimo is None:
        renglones = del_ultimo_lapso(renglones)
    if not renglones:
        return None
    con_renglon = {renglon.territorio for renglon in renglones}
    mudos = [sin_cifra(lugar, renglones[0]) for lugar in lugares if lugar.clave not in con_renglon]
    return clasificar([*renglones, *mudos], minimo_poblacion)


def _primer_mes(periodicidad: Periodicidad, ultimo: int | None) -> int | None:
    """First month that bounds a single span: a rolling window is bounded by its last one."""
    return ultimo - 11 if ultimo is not None and periodicidad is Periodicidad.ANUAL else ultimo


@dataclass(frozen=True, slots=True)
class ResumenDeDelito:
    """The latest whole year of a crime in the territory of a mesa, beside its entidad and the nation."""

    delito: str
    nombre: str
    mesa: Renglon
    entidades: tuple[Renglon, ...]
    nacion: Renglon | None

    @property
    def comparables(self) -> tuple[Renglon, ...]:
        """Rows to set beside that of the mesa."""
        return (*self.entidades, self.nacion) if self.nacion else self.entidades

    @property
    def cortes(self) -> list[str]:
        """Months at which the files behind the row were cut, as `AAAA-MM`."""
        return sorted({f"{corte:%Y-%m}" for r in (self.mesa, *self.comparables) for corte in r.cortes})


def resumen_mesa(mesa: Mesa, fecha: dt.date, delitos: Sequence[str] = DELITOS_DE_UNA_MESA) -> list[ResumenDeDelito]:
    """Latest annual rates of a mesa's own territory, for the crimes published by municipality.

    Sum over sum of the municipalities it covers in each month; a crime of which its
    municipalities have no whole year does not appear. Five queries whatever the mesa.

    Args:
        mesa: whose territory.
        fecha: figures are of years that ended before this day.
        delitos: slugs, in the order to show them.
    """
    coberturas = list(mesa.coberturas.select_related("municipio__entidad"))
    lugar = de_mesa(mesa, coberturas)
    todos = catalogo()
    elegidos = [todos[slug] for slug in delitos if slug in todos]
    if not lugar.unidades or not elegidos:
        return []
    hasta = mes(fecha.year - 1, 12)
    propios: dict[str, Renglon] = {}
    for renglon in componer_todas([lugar], elegidos, Periodicidad.ANUAL, hasta=hasta):
        if renglon.carpetas is not None:
            propios[renglon.delito] = renglon
    if not propios:
        return []
    entidades = {cobertura.municipio.entidad_id: cobertura.municipio.entidad for cobertura in coberturas}
    vecinos = [*(de_entidad(entidad) for _, entidad in sorted(entidades.items())), nacional()]
    ajenos = {
        (renglon.delito, renglon.territorio, renglon.instrumento, renglon.periodo): renglon
        for renglon in componer_todas(
            vecinos,
            [elegido for elegido in elegidos if elegido.slug in propios],
            Periodicidad.ANUAL,
            min(renglon.primero for renglon in propios.values()),
            hasta,
        )
        if renglon.carpetas is not None
    }
    resumen = []
    for elegido in elegidos:
        propio = propios.get(elegido.slug)
        if propio is None:
            continue
        suyos = [ajenos.get((elegido.slug, vecino.clave, propio.instrumento, propio.periodo)) for vecino in vecinos]
        resumen.append(
            ResumenDeDelito(
                delito=elegido.slug,
                nombre=elegido.nombre,
                mesa=propio,
                entidades=tuple(renglon for renglon in suyos[:-1] if renglon is not None),
                nacion=suyos[-1],
            )
        )
    return resumen
