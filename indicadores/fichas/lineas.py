"""Rows as lines of a chart."""

from __future__ import annotations

from collections.abc import Sequence

from comun.grafica_formas import Grafica, Marca, Punto, Quiebre, Serie
from comun.graficas import grafica
from indicadores.composicion import Renglon, decimales
from indicadores.fichas.sellos import con_cifra
from indicadores.models import PRIMER_ANIO_RNID
from indicadores.periodos import Periodicidad, periodos
from indicadores.territorios import NACIONAL

QUIEBRE = Quiebre(f"{PRIMER_ANIO_RNID}-01", "Cambia la clasificación (RNID)")


def lapso(renglones: Sequence[Renglon]) -> tuple[int, int]:
    """First and last month of the axis on which some rows are drawn."""
    return min(r.primero for r in renglones), max(r.ultimo for r in renglones)


def series(
    grupos: Sequence[Sequence[Renglon]], periodicidad: Periodicidad, *, sin_eje: Sequence[Renglon] = ()
) -> list[Serie]:
    """A line for each place over one axis; none if there is nothing to draw.

    Args:
        grupos: rows of each place, in the order of their colours.
        periodicidad: how long each figure is.
        sin_eje: rows of a last place drawn as reference, which does not stretch the axis.
    """
    propios = [renglon for grupo in grupos for renglon in con_cifra(grupo)]
    if not any(renglon.tasa for renglon in propios):
        return []
    eje = eje_de(propios, periodicidad)
    todos = [*grupos, sin_eje] if sin_eje else grupos
    return [serie(grupo, eje, clase) for clase, grupo in enumerate(todos, start=1) if grupo]


def eje_de(renglones: Sequence[Renglon], periodicidad: Periodicidad) -> list[str]:
    """Every period from the first to the last row."""
    return [periodo.nombre for periodo in periodos(periodicidad, *lapso(renglones))]


def serie(renglones: Sequence[Renglon], eje: Sequence[str], clase: int = 1) -> Serie:
    """A line over every period of the axis: a hole of several months is as wide as it was."""
    por_periodo = {renglon.periodo: renglon for renglon in renglones}
    return Serie(renglones[0].nombre, [_punto(por_periodo.get(periodo), periodo) for periodo in eje], clase)


def _punto(r: Renglon | None, periodo: str) -> Punto:
    # A part of a mesa is in the table with its coverage; on a line it would pass for the whole.
    if r is None or r.tasa is None or not (r.completa or r.territorio == NACIONAL):
        return Punto(periodo, None)
    return Punto(periodo, r.tasa.valor, r.tasa.inferior, r.tasa.superior, inestable=r.tasa.inestable)


def dibujar(
    titulo: str,
    grupos: Sequence[Sequence[Renglon]],
    periodicidad: Periodicidad,
    *,
    referencia: Sequence[Renglon] = (),
    marcas: Sequence[Marca] = (),
    con_tabla: bool = True,
) -> Grafica | None:
    """The lines with band of some places; None when there is nothing to draw."""
    lineas = series(grupos, periodicidad, sin_eje=referencia)
    if not lineas:
        return None
    return grafica(
        titulo,
        lineas,
        quiebres=[QUIEBRE],
        marcas=marcas,
        unidad=periodicidad.unidad,
        decimales=decimales(r for grupo in [*grupos, referencia] for r in grupo),
        con_tabla=con_tabla,
    )
