"""The figures as they leave the portal: which columns, and how each value is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from indicadores.composicion import Renglon
from indicadores.consultas import Consulta
from indicadores.models import Poblacion
from indicadores.periodos import anio_de
from indicadores.series import componer_todas
from indicadores.territorios import Territorio

DECIMALES = 4
DELITOS_POR_LECTURA = 10
UNIDADES_POR_LECTURA = 1000
"""Crimes times entidades and municipalities that are read together: of many places, fewer crimes."""


def filas_de_tasas(consulta: Consulta) -> Iterator[Renglon]:
    """Rows of the choice, a few crimes at a time, so that memory does not grow with what is asked."""
    unidades = len({unidad.clave for lugar in consulta.lugares for unidad in lugar.unidades})
    juntos = max(1, min(DELITOS_POR_LECTURA, UNIDADES_POR_LECTURA // max(1, unidades)))
    for primero in range(0, len(consulta.delitos), juntos):
        yield from componer_todas(
            consulta.lugares,
            consulta.delitos[primero : primero + juntos],
            consulta.periodicidad,
            consulta.desde,
            consulta.hasta,
        )


def como_csv(renglones: Iterable[Renglon]) -> Iterator[tuple[Any, ...]]:
    """Values of the CSV: rates with four decimals, a decimal dot, nothing where there is no figure."""
    for r in renglones:
        cifras = (r.tasa.valor, r.tasa.inferior, r.tasa.superior) if r.tasa else ()
        tasas = [f"{cifra:.{DECIMALES}f}" for cifra in cifras] or [None] * 3
        inestable = ("sí" if r.tasa.inestable else "no") if r.tasa else None
        yield (*_antes(r), *tasas, inestable, *_despues(r))


def como_json(renglones: Iterable[Renglon]) -> Iterator[tuple[Any, ...]]:
    """The same values as numbers and booleans."""
    for r in renglones:
        cifras = (r.tasa.valor, r.tasa.inferior, r.tasa.superior) if r.tasa else ()
        tasas = [round(cifra, DECIMALES) for cifra in cifras] or [None] * 3
        yield (*_antes(r), *tasas, r.tasa.inestable if r.tasa else None, *_despues(r))


VALORES = {"csv": como_csv, "json": como_json}


def _antes(r: Renglon) -> tuple[Any, ...]:
    return r.territorio, r.nombre, r.delito, r.periodo, r.carpetas, escribir_poblacion(r.poblacion)


def _despues(r: Renglon) -> tuple[Any, ...]:
    return r.cobertura, r.instrumento, r.corte, r.edicion_poblacion


def escribir_poblacion(poblacion: Fraction | None) -> int | float | None:
    """Inhabitants: whole in a calendar year, with a fraction when two years meet in a window."""
    if poblacion is None:
        return None
    return int(poblacion) if poblacion.denominator == 1 else round(float(poblacion), DECIMALES)


def filas_de_poblacion(lugares: list[Territorio], desde: int | None, hasta: int | None) -> Iterator[tuple[Any, ...]]:
    """Inhabitants of those places, or of every municipality and entidad, read as they are sent."""
    filas = Poblacion.objects.vigente().order_by("territorio", "anio")
    if lugares:
        filas = filas.filter(territorio__in=[u.clave for lugar in lugares for u in lugar.unidades])
    if desde is not None:
        filas = filas.filter(anio__gte=anio_de(desde))
    if hasta is not None:
        filas = filas.filter(anio__lte=anio_de(hasta))
    columnas = ("territorio", "anio", "habitantes", "edicion__nombre")
    return filas.values_list(*columnas).iterator(chunk_size=5000)
