"""Puts units, months and population together into the rows of a series. Pure, no database.

What is added is exactly what is divided: a unit without figures in part of a span leaves
both the count and the population of that span, and the coverage of the row says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from indicadores import calculos
from indicadores.calculos import MESES_DEL_ANIO, Tasa
from indicadores.lectura import Anual, DatoAnual, Habitantes
from indicadores.periodos import Periodicidad, Periodo, anio_de, mes, periodos, posicion
from indicadores.territorios import Territorio, Unidad


@dataclass(frozen=True, slots=True)
class Renglon:
    """One figure of a series, with all that is needed to defend it.

    `carpetas` is None when the span is not whole or too little of the territory is covered;
    `faltantes` are the codes of the units left out.
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

    @property
    def cobertura(self) -> str:
        """How many of its units the figure covers: «3 de 3»."""
        return f"{self.cubiertas} de {self.unidades}"

    @property
    def completa(self) -> bool:
        """True if it covers the whole territory."""
        return self.cubiertas == self.unidades

    @property
    def corte(self) -> str:
        """Cut of the source, `AAAA-MM`; several joined by «;» when loads of different cuts are added."""
        return ";".join(f"{corte:%Y-%m}" for corte in self.cortes)


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
    elegidos = elegir_ambito(territorio, fondo.conteos)
    con_dato = [
        mes(anio, 1) + numero
        for unidad in territorio.unidades
        for anio, dato in elegidos.get(unidad.clave, {}).items()
        for numero in range(MESES_DEL_ANIO)
        if dato.reporta(numero) and unidad.cuenta_en(mes(anio, 1) + numero)
    ]
    if not con_dato:
        return
    for periodo in periodos(periodicidad, min(con_dato), max(con_dato), desde, hasta):
        renglon = _renglon(territorio, fondo, elegidos, periodo)
        if renglon is not None:
            yield renglon


Elegidos = dict[str, dict[int, DatoAnual]]


def elegir_ambito(territorio: Territorio, conteos: Anual) -> Elegidos:
    """For each year, the ámbito that reports the most months; municipal on a tie.

    All the units of a year use the same one, so that a sum never mixes two files of a
    different kind. A year half published by municipality does not hide a whole state year.
    """
    anios = sorted({anio for unidad in territorio.unidades for anio in conteos.get(unidad.clave, ())})
    elegidos: Elegidos = {unidad.clave: {} for unidad in territorio.unidades}
    for anio in anios:
        datos = {unidad.clave: conteos.get(unidad.clave, {}).get(anio, {}) for unidad in territorio.unidades}
        ambito = max(
            ("estatal", "municipal"),
            key=lambda cual: (
                sum(dato[cual].mascara.bit_count() for dato in datos.values() if cual in dato),
                cual == "municipal",
            ),
        )
        for clave, dato in datos.items():
            if ambito in dato:
                elegidos[clave][anio] = dato[ambito]
    return elegidos


def _renglon(territorio: Territorio, fondo: Fondo, elegidos: Elegidos, periodo: Periodo) -> Renglon | None:
    carpetas = expuestos = expuestos_cubiertos = cubiertas = unidades = 0
    cortes: set[dt.date] = set()
    cargas: set[int] = set()
    ambitos: set[str] = set()
    faltantes: list[str] = []
    sin_poblacion = False
    for unidad in territorio.unidades:
        meses = [m for m in periodo.meses if unidad.cuenta_en(m)]
        if not meses:
            continue
        unidades += 1
        suma = _sumar(elegidos[unidad.clave], meses)
        expuesta = _expuesta(unidad, meses, fondo.habitantes)
        expuestos += expuesta or 0
        for dato in _datos(elegidos[unidad.clave], meses):
            cortes |= dato.cortes
            cargas |= dato.cargas
            ambitos.add(dato.ambito)
        if suma is None or (expuesta is None and len(territorio.unidades) > 1):
            faltantes.append(unidad.clave)
            continue
        sin_poblacion = sin_poblacion or expuesta is None
        cubiertas += 1
        carpetas += suma
        expuestos_cubiertos += expuesta or 0
    if not unidades:
        return None
    vale = cubiertas > 0 and expuestos_cubiertos >= territorio.minimo * expuestos
    # A month is not annualised: its rate is over the inhabitants of its year.
    divisor = 1 if periodo.primero == periodo.ultimo else MESES_DEL_ANIO
    poblacion = Fraction(expuestos_cubiertos, divisor) if vale and not sin_poblacion else None
    return Renglon(
        territorio=territorio.clave,
        nombre=territorio.nombre,
        delito=fondo.delito,
        periodo=periodo.nombre,
        primero=periodo.primero,
        ultimo=periodo.ultimo,
        carpetas=carpetas if vale else None,
        poblacion=poblacion,
        tasa=calculos.calcular_tasa(carpetas, poblacion) if vale else None,
        cubiertas=cubiertas,
        unidades=unidades,
        instrumento=fondo.instrumento,
        cortes=tuple(sorted(cortes)),
        ambitos=tuple(sorted(ambitos)),
        cargas=frozenset(cargas),
        edicion_poblacion=fondo.habitantes.edicion,
        faltantes=tuple(faltantes),
    )


def _datos(dato_por_anio: dict[int, DatoAnual], meses: list[int]) -> Iterator[DatoAnual]:
    """What the source says of the years touched, whole or not: its cut explains what is missing."""
    for anio in sorted({anio_de(m) for m in meses}):
        if anio in dato_por_anio:
            yield dato_por_anio[anio]


def _sumar(dato_por_anio: dict[int, DatoAnual], meses: list[int]) -> int | None:
    """Count over the months, or None if any of them is missing."""
    suma = 0
    for m in meses:
        dato = dato_por_anio.get(anio_de(m))
        if dato is None or not dato.reporta(posicion(m)):
            return None
        suma += dato.meses[posicion(m)]
    return suma


def _expuesta(unidad: Unidad, meses: list[int], habitantes: Habitantes) -> int | None:
    """Σ population of the year over the months, or None if a year has no population."""
    suma = 0
    for m in meses:
        cifra = habitantes.de(unidad.clave, anio_de(m))
        if cifra is None:
            return None
        suma += cifra
    return suma
