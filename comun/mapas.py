"""The map of the network: pure geometry for `_piezas/mapa.html`. Knows nothing of mesas or tables.

`mapa(entidades, marcas)` paints the country; with `foco` it comes closer to some entidades. Marks are links
of equal size: a mesa is not larger because its crime or its population is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from math import hypot
from pathlib import Path

from comun.mapa_clases import Clase, DatoDeMapa, Forma, cortes_por_cuantiles, formar, leyenda
from comun.proyeccion import proyectar

__all__ = ["DatoDeMapa", "Mapa", "Marca", "mapa", "proyectar"]

_ARCHIVO = Path(__file__).parent / "datos" / "entidades.json"
ATRIBUCION = "INEGI, Marco Geoestadístico"
# In units of the map at national scale.
_SEPARACION = 50.0
_MARGEN = 40.0
_TAMANO_DE_LETRA = 40.0


@dataclass(frozen=True)
class Marca:
    """A place to open: a mesa at its seat. `tipo` "" or "ocre" (asks for attention)."""

    longitud: float
    latitud: float
    etiqueta: str
    url: str
    detalle: str = ""
    tipo: str = ""


@dataclass(frozen=True)
class MarcaDibujada:
    """A mark in its place; `ancla` says to which side its label grows so that it stays on the map."""

    x: float
    y: float
    escala: float
    etiqueta: str
    detalle: str
    url: str
    tipo: str
    ancla: str
    rotulo_x: float
    rotulo_y: float
    rotulo_ancho: float
    rotulo_alto: float


@dataclass(frozen=True)
class Mapa:
    """All that the template draws. `trama` is the step of the patterns, in units of the drawing."""

    vista: str
    entidades: Sequence[Forma]
    marcas: Sequence[MarcaDibujada]
    leyenda: Sequence[Clase]
    tasas: bool
    cerca: bool
    trama: int = 12
    atribucion: str = ATRIBUCION
    nota: str = ""

    @property
    def raya(self) -> float:
        """Width of the lines of the patterns."""
        return round(self.trama * 0.28, 2)

    @property
    def muestra(self) -> float:
        """Scale at which the patterns are seen in a square of the legend, which is 18 units wide."""
        return round(6 / self.trama, 4)

    @property
    def con_inestables(self) -> bool:
        """True if some shape needs the stripes."""
        return any(forma.clase == "m-inestable" for forma in self.entidades)


@cache
def _geometria() -> dict[str, dict]:
    contenido = json.loads(_ARCHIVO.read_text(encoding="utf-8"))
    return {entidad["clave"]: entidad for entidad in contenido["entidades"]}


def _separar(puntos: list[list[float]], distancia: float) -> list[list[float]]:
    """Moves apart the marks that would cover each other: neighbours in one metropolis stay neighbours."""
    for _ in range(60):
        movido = False
        for a, b in _parejas(puntos, distancia):
            dx, dy = b[0] - a[0], b[1] - a[1]
            separacion = hypot(dx, dy)
            if separacion >= distancia - 0.01:
                continue
            empuje = (distancia - separacion) / 2
            if separacion == 0:
                dx, dy, separacion = 1.0, 0.0, 1.0
            a[0], a[1] = a[0] - dx / separacion * empuje, a[1] - dy / separacion * empuje
            b[0], b[1] = b[0] + dx / separacion * empuje, b[1] + dy / separacion * empuje
            movido = True
        if not movido:
            break
    return puntos


def _parejas(puntos: Sequence[list[float]], distancia: float) -> Iterator[tuple[list[float], list[float]]]:
    """The marks that may be nearer than that: those of one square of a grid and of the squares beside it.

    With a mesa in each municipality, to compare each with all the rest would take a minute.
    """
    cuadros: dict[tuple[int, int], list[list[float]]] = defaultdict(list)
    for punto in puntos:
        cuadros[int(punto[0] // distancia), int(punto[1] // distancia)].append(punto)
    for (columna, fila), suyos in list(cuadros.items()):
        yield from combinations(suyos, 2)
        for dc, df in ((1, 0), (-1, 1), (0, 1), (1, 1)):
            yield from product(suyos, cuadros.get((columna + dc, fila + df), ()))


def _caja(foco: Sequence[str], puntos: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    """x, y, width and height of what is seen, not narrower than the screen of a phone can use."""
    claves = foco or list(_geometria())
    cajas = [_geometria()[clave]["caja"] for clave in claves]
    x1, y1 = min(c[0] for c in cajas), min(c[1] for c in cajas)
    x2, y2 = max(c[2] for c in cajas), max(c[3] for c in cajas)
    if puntos:
        x1, x2 = min(x1, *(p[0] for p in puntos)), max(x2, *(p[0] for p in puntos))
        y1, y2 = min(y1, *(p[1] for p in puntos)), max(y2, *(p[1] for p in puntos))
    margen = _MARGEN if not foco else 0.08 * max(x2 - x1, y2 - y1)
    ancho, alto = x2 - x1 + 2 * margen, y2 - y1 + 2 * margen
    if foco and ancho < alto * 1.2:
        x1, ancho = x1 - (alto * 1.2 - ancho) / 2, alto * 1.2
    return x1 - margen, y1 - margen, ancho, alto


def mapa(
    entidades: Sequence[DatoDeMapa],
    marcas: Sequence[Marca] = (),
    *,
    cortes: Sequence[float] | None = None,
    tasas: bool = False,
    decimales: int = 0,
    foco: Sequence[str] = (),
) -> Mapa:
    """Places the entidades and the marks.

    Args:
        entidades: those absent are drawn without colour, as context.
        marcas: links, in any order.
        cortes: lower limits of the second class and up, at most four; by quantiles if none are given.
        tasas: strong ramp, for a rate that is the subject; otherwise the pale one, a ground for the marks.
        decimales: of the limits in the legend.
        foco: codes of the entidades to come closer to; empty = the whole country.
    """
    datos = {dato.clave: dato for dato in entidades}
    vistos = decimales if tasas else None
    if cortes is None:
        conocidos = [dato.valor for dato in entidades if dato.valor is not None]
        cortes = cortes_por_cuantiles(conocidos, 5 if tasas else 4, vistos)
    # From north to south: a label, above its mark, is then painted over all that it may cover.
    orden = sorted(marcas, key=lambda marca: -marca.latitud)
    lugares = [list(proyectar(marca.longitud, marca.latitud)) for marca in orden]
    x, y, ancho, alto = _caja(foco, lugares)
    escala = max(ancho / 2000, alto / 1400)
    _separar(lugares, _SEPARACION * escala)
    fondo = {
        clave: Forma(clave, forma["d"], "m-foco" if clave in foco else "m-fondo")
        for clave, forma in _geometria().items()
    }
    dibujadas = [
        formar(datos[clave], forma.d, cortes, vistos) if clave in datos else forma for clave, forma in fondo.items()
    ]
    return Mapa(
        vista=f"{x:.0f} {y:.0f} {ancho:.0f} {alto:.0f}",
        entidades=dibujadas,
        marcas=[
            _marca(marca, lugar, ((lugar[0] - x) / ancho, (lugar[1] - y) / alto), escala, cerca=bool(foco))
            for marca, lugar in sorted(zip(orden, lugares, strict=True), key=lambda par: par[1][1])
        ],
        leyenda=leyenda(entidades, cortes, decimales),
        tasas=tasas,
        cerca=bool(foco),
        trama=round(ancho / 130),
    )


def _marca(
    marca: Marca, lugar: Sequence[float], fraccion: tuple[float, float], escala: float, *, cerca: bool
) -> MarcaDibujada:
    """A mark and the box of its label: to the side where there is room, and above unless it would be cut."""
    largo = max(len(marca.etiqueta), len(marca.detalle) * 0.85)
    ancho = round(largo * _TAMANO_DE_LETRA * 0.56 + 36)
    alto = 108 if marca.detalle else 68
    ancla = "start" if fraccion[0] < 0.36 else "end" if fraccion[0] > 0.64 else "middle"
    return MarcaDibujada(
        x=round(lugar[0], 1),
        y=round(lugar[1], 1),
        escala=round(escala, 3),
        etiqueta=marca.etiqueta,
        detalle=marca.detalle,
        url=marca.url,
        tipo=marca.tipo,
        ancla=ancla,
        rotulo_x=round({"start": -30, "middle": -ancho / 2, "end": 30 - ancho}[ancla], 1),
        rotulo_y=30 if cerca and fraccion[1] < 0.3 else -26 - alto,
        rotulo_ancho=ancho,
        rotulo_alto=alto,
    )
