"""Puts units, months and population together into the rows of a series. Pure, no database.

What is added is exactly what is divided: a unit without figures in part of a span leaves
both the count and the population of that span, and the coverage of the row says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from indicadores import calculos
from indicadores.bloques import Bloque, agrupar
from indicadores.calculos import MESES_DEL_ANIO, Tasa
from indicadores.lectura import Anual, Habitantes
from indicadores.periodos import Periodicidad, Periodo, parte_del_anio, periodos
from indicadores.territorios import LARGO_DE_MUNICIPIO, NACIONAL, Territorio


@dataclass(frozen=True, slots=True)
class Renglon:
    """One figure of a series, with all that is needed to defend it.

    `carpetas` is None when the span is not whole or too little of the territory is covered;
    `faltantes` are the codes of the units left out, of which `sin_poblacion` did report but have
    no published population; `partes` are those of all that count in the span. Of a month taken
    to a year, `carpetas` and `poblacion` are still those of the month: only the rate and its
    interval are.
    """

    territorio: str
    nombre: str
    delito: str
    periodo: str
    primero: int
    ultimo: int
    carpetas: int | None
    poblacion: Fraction | None
    tasa: Tasa | None
    cubiertas: int
    unidades: int
    instrumento: str
    cortes: tuple[dt.date, ...]
    ambitos: tuple[str, ...]
    cargas: frozenset[int]
    edicion_poblacion: str
    faltantes: tuple[str, ...] = ()
    sin_poblacion: tuple[str, ...] = ()
    partes: tuple[str, ...] = ()
    periodicidad: Periodicidad = Periodicidad.ANUAL

    @property
    def exposicion(self) -> Fraction | None:
        """What the count is divided by: inhabitants, or the part of the year that they lived in that month."""
        if self.poblacion is None or self.periodicidad is not Periodicidad.ANUALIZADA:
            return self.poblacion
        return self.poblacion * parte_del_anio(self.primero)

    @property
    def cobertura(self) -> str:
        """How many of its units the figure covers: «3 de 3»."""
        return f"{self.cubiertas} de {self.unidades}"

    @property
    def completa(self) -> bool:
        """True if it covers the whole territory."""
        return self.cubiertas == self.unidades

    @property
    def parte_cubierta(self) -> str:
        """«2 de 3 municipios» where it passes for the whole of a place and is not; the nation says it by name."""
        de_que = "municipios" if all(len(clave) == LARGO_DE_MUNICIPIO for clave in self.partes) else "entidades"
        return "" if self.completa or self.territorio == NACIONAL else f"{self.cobertura} {de_que}"

    @property
    def corte(self) -> str:
        """Cut of the source, `AAAA-MM`; several joined by «;» when loads of different cuts are added."""
        return ";".join(f"{corte:%Y-%m}" for corte in self.cortes)


def decimales(renglones: Iterable[Renglon]) -> int:
    """Decimals with which rates are read together: one, or two where all are below one."""
    return 2 if max((r.tasa.valor for r in renglones if r.tasa), default=1) < 1 else 1


def sin_cifra(territorio: Territorio, como: Renglon) -> Renglon:
    """The row of a place of which no file says anything, beside that of another."""
    return replace(
        como,
        territorio=territorio.clave,
        nombre=territorio.nombre,
        carpetas=None,
        poblacion=None,
        tasa=None,
        cubiertas=0,
        unidades=len(territorio.unidades),
        cortes=(),
        ambitos=(),
        cargas=frozenset(),
        faltantes=tuple(unidad.clave for unidad in territorio.unidades),
        sin_poblacion=(),
        partes=tuple(unidad.clave for unidad in territorio.unidades),
    )


@dataclass(frozen=True, slots=True)
class Fondo:
    """What one series is made of: its counts and its population."""

    delito: str
    instrumento: str
    conteos: Anual
    habitantes: Habitantes


def componer(
    territorio: Territorio,
    fondo: Fondo,
    periodicidad: Periodicidad,
    desde: int | None = None,
    hasta: int | None = None,
) -> Iterator[Renglon]:
    """Rows of one territory, crime and instrument, in order of time.

    They go from the first to the last month with figures; a span in between without them
    gives a row without figures, so that a gap is seen as a gap.
    """
    bloques = agrupar(territorio, fondo.conteos, fondo.habitantes)
    con_dato = [m for bloque in bloques for m in bloque.extremos]
    if not con_dato:
        return
    origenes: dict[_Origen, _Procedencia] = {}
    for periodo in periodos(periodicidad, min(con_dato), max(con_dato), desde, hasta):
        suyos = [bloque for bloque in bloques if bloque.cuenta(periodo.primero, periodo.ultimo)]
        if suyos:
            origen = tuple([(bloque, *bloque.anios(periodo.primero, periodo.ultimo)) for bloque in suyos])
            if origen not in origenes:
                origenes[origen] = _procedencia(origen)
            yield _renglon(territorio, fondo, suyos, periodicidad, periodo, origenes[origen])


_Origen = tuple[tuple[Bloque | int, ...], ...]
"""Each block and the years of it from which a figure comes."""


@dataclass(frozen=True, slots=True)
class _Procedencia:
    """Whose figures are added, and what the source says of them, whole or not: its cut explains what is missing."""

    partes: tuple[str, ...]
    cortes: tuple[dt.date, ...]
    ambitos: tuple[str, ...]
    cargas: frozenset[int]


def _procedencia(origen: _Origen) -> _Procedencia:
    datos = [dato for bloque, *anios in origen for anio in anios for dato in bloque.datos[anio]]
    return _Procedencia(
        partes=tuple(sorted(clave for bloque, *_ in origen for clave in bloque.claves)),
        cortes=tuple(sorted({corte for dato in datos for corte in dato.cortes})),
        ambitos=tuple(sorted({dato.ambito for dato in datos})),
        cargas=frozenset(carga for dato in datos for carga in dato.cargas),
    )


def _renglon(
    territorio: Territorio,
    fondo: Fondo,
    bloques: Sequence[Bloque],
    periodicidad: Periodicidad,
    periodo: Periodo,
    procedencia: _Procedencia,
) -> Renglon:
    carpetas = expuestos = expuestos_cubiertos = 0
    faltantes: list[str] = []
    sin_gente: list[str] = []
    solo_cuenta = False
    for bloque in bloques:
        suma = bloque.suma(periodo.primero, periodo.ultimo)
        expuesta = bloque.expuesta(periodo.primero, periodo.ultimo)
        expuestos += expuesta or 0
        # Alone, a place without population has a count and no rate; in a sum it would bring one without the other.
        if suma is None or (expuesta is None and len(territorio.unidades) > 1):
            faltantes += bloque.claves
            sin_gente += bloque.claves if suma is not None else ()
            continue
        solo_cuenta = solo_cuenta or expuesta is None
        carpetas += suma
        expuestos_cubiertos += expuesta or 0
    unidades = len(procedencia.partes)
    cubiertas = unidades - len(faltantes)
    vale = cubiertas > 0 and (not faltantes or expuestos_cubiertos >= territorio.minimo * expuestos)
    poblacion = None
    if vale and not solo_cuenta:
        # A month is over the inhabitants of its year, whole.
        poblacion = Fraction(expuestos_cubiertos, 1 if periodicidad.es_de_un_mes else MESES_DEL_ANIO)
    expuesta = poblacion
    if poblacion is not None and periodicidad is Periodicidad.ANUALIZADA:
        expuesta = poblacion * parte_del_anio(periodo.primero)
    return Renglon(
        territorio=territorio.clave,
        nombre=territorio.nombre,
        delito=fondo.delito,
        periodo=periodo.nombre,
        primero=periodo.primero,
        ultimo=periodo.ultimo,
        carpetas=carpetas if vale else None,
        poblacion=poblacion,
        tasa=calculos.calcular_tasa(carpetas, expuesta),
        cubiertas=cubiertas,
        unidades=unidades,
        instrumento=fondo.instrumento,
        cortes=procedencia.cortes,
        ambitos=procedencia.ambitos,
        cargas=procedencia.cargas,
        edicion_poblacion=fondo.habitantes.edicion,
        faltantes=tuple(sorted(faltantes)),
        sin_poblacion=tuple(sorted(sin_gente)),
        partes=procedencia.partes,
        periodicidad=periodicidad,
    )
