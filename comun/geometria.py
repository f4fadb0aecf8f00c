"""Reading and lightening of TopoJSON: what `preparar_geometria` needs to make the map that travels to phones.

Borders are simplified arc by arc, before they are joined into shapes, so that two neighbours keep the same
line and no gap opens between them.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Par = tuple[float, float]
Anillo = list[Par]


def arcos(topologia: dict[str, Any]) -> list[Anillo]:
    """The arcs in longitude and latitude."""
    (escala_x, escala_y), (origen_x, origen_y) = (topologia["transform"][c] for c in ("scale", "translate"))
    salida = []
    for arco in topologia["arcs"]:
        x = y = 0
        puntos = []
        for dx, dy in arco:
            x, y = x + dx, y + dy
            puntos.append((x * escala_x + origen_x, y * escala_y + origen_y))
        salida.append(puntos)
    return salida


Trazos = Sequence[Anillo] | Mapping[int, Anillo]
"""The arcs by their number: all of them, or those that some shapes use."""


def _partes(geometria: dict[str, Any]) -> list[list[list[int]]]:
    """Numbers of the arcs of each polygon, ring by ring; one run backwards comes as its complement."""
    return geometria["arcs"] if geometria["type"] == "MultiPolygon" else [geometria["arcs"]]


def indices(geometria: dict[str, Any]) -> set[int]:
    """Which arcs a shape uses."""
    return {indice if indice >= 0 else ~indice for parte in _partes(geometria) for anillo in parte for indice in anillo}


def _unir(numeros: Sequence[int], trazos: Trazos) -> Anillo:
    anillo: Anillo = []
    for indice in numeros:
        trazo = trazos[indice] if indice >= 0 else trazos[~indice][::-1]
        anillo.extend(trazo[1:] if anillo else trazo)
    return anillo


def poligonos(geometria: dict[str, Any], trazos: Trazos) -> Iterator[list[Anillo]]:
    """Each polygon as its outer ring followed by its holes."""
    for parte in _partes(geometria):
        yield [_unir(numeros, trazos) for numeros in parte]


def area(anillo: Sequence[Par]) -> float:
    """Signed area of a closed ring."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(anillo)) / 2


def _triangulo(a: Par, b: Par, c: Par) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def simplificar(trazo: Anillo, tolerancia: float) -> Anillo:
    """Visvalingam: removes, smallest first, the points whose triangle is below `tolerancia`. Ends stay."""
    if len(trazo) <= 4:
        return trazo
    previo = list(range(-1, len(trazo) - 1))
    siguiente = list(range(1, len(trazo) + 1))
    vigente = [_triangulo(*trazo[i - 1 : i + 2]) if 0 < i < len(trazo) - 1 else 0.0 for i in range(len(trazo))]
    cola = [(vigente[i], i) for i in range(1, len(trazo) - 1)]
    heapq.heapify(cola)
    vivos = set(range(len(trazo)))
    while cola and len(vivos) > 4:
        superficie, i = heapq.heappop(cola)
        if i not in vivos or superficie != vigente[i]:
            continue
        if superficie >= tolerancia:
            break
        vivos.discard(i)
        antes, despues = previo[i], siguiente[i]
        siguiente[antes], previo[despues] = despues, antes
        for j in (antes, despues):
            if 0 < j < len(trazo) - 1:
                # Never below what was just removed: a point must not outlive its elders by accident.
                vigente[j] = max(superficie, _triangulo(trazo[previo[j]], trazo[j], trazo[siguiente[j]]))
                heapq.heappush(cola, (vigente[j], j))
    return [trazo[i] for i in sorted(vivos)]


def camino(anillos: Iterable[Sequence[Par]]) -> str:
    """SVG path in whole units, relative to the rounded point before it so that errors do not add up."""
    partes = []
    for anillo in anillos:
        enteros = [(round(x), round(y)) for x, y in anillo]
        limpio = [p for i, p in enumerate(enteros) if i == 0 or p != enteros[i - 1]]
        if limpio[-1] == limpio[0]:
            limpio.pop()
        if len(limpio) < 3:
            continue
        (x, y), pasos = limpio[0], []
        for nx, ny in limpio[1:]:
            pasos.append(f"{nx - x},{ny - y}")
            x, y = nx, ny
        partes.append(f"M{limpio[0][0]},{limpio[0][1]}l{' '.join(pasos)}z")
    return "".join(partes).replace(",-", "-").replace(" -", "-")


def _cruces(anillos: Iterable[Sequence[Par]], y: float) -> list[float]:
    return sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for anillo in anillos
        for (x1, y1), (x2, y2) in pairwise(anillo)
        if (y1 > y) != (y2 > y)
    )


def punto_interior(partes: Iterable[list[Anillo]]) -> Par:
    """A point surely inside: the middle of the widest stretch across the largest part.

    A centroid may fall outside a curved municipality; this one cannot.
    """
    mayor = max(partes, key=lambda anillos: abs(area(anillos[0])))
    alturas = [y for _, y in mayor[0]]
    bajo, alto = min(alturas), max(alturas)
    mejor = (0.0, mayor[0][0])
    for fraccion in (0.5, 0.4, 0.6, 0.3, 0.7):
        y = bajo + (alto - bajo) * fraccion + 1e-9
        cruces = _cruces(mayor, y)
        for izquierda, derecha in zip(cruces[::2], cruces[1::2], strict=False):
            mejor = max(mejor, (derecha - izquierda, ((izquierda + derecha) / 2, y)))
    return mejor[1]


def proyectados(trazos: Iterable[Anillo], proyeccion: Callable[[float, float], Par]) -> list[Anillo]:
    """The arcs on the plane."""
    return [[proyeccion(*punto) for punto in trazo] for trazo in trazos]
