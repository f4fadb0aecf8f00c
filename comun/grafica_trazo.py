"""From periods and values to the paths of a line, its band and its marks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import ceil

from comun.grafica_formas import Punto, PuntoDibujado, Serie, SerieDibujada

# One shape per class, so that series stay apart in grey print. Each fits in a box of about 8 units.
SIMBOLOS = {
    1: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    2: "M-3.6-3.6h7.2v7.2h-7.2z",
    3: "M0-5l5 5-5 5-5-5z",
    4: "M0-5l4.8 8.6h-9.6z",
    5: "M0 5l4.8-8.6h-9.6z",
    6: "M-1.6-5h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4v-3.2h3.4z",
}
_MUCHOS_PUNTOS = 30
_CADA_CUANTOS = 12
_ENTRE_HUECOS = 14
"""Units between two hollow marks of a long line: nearer they would hide it."""


class Plano:
    """From periods and values to the units of the drawing. What passes the top of the scale stays at the top."""

    def __init__(self, xs: Sequence[str | int], tope: float, caja: tuple[float, float, float, float]) -> None:
        self.xs, self.tope = list(xs), tope
        self.izquierda, self.arriba, self.derecha, self.abajo = caja
        self.lugar = {x: i for i, x in enumerate(self.xs)}
        self.paso = (self.derecha - self.izquierda) / max(1, len(self.xs) - 1)

    def en(self, lugar: float) -> float:
        """Abscissa of a place of the axis, which may fall between two periods."""
        if len(self.xs) == 1:
            return (self.izquierda + self.derecha) / 2
        return self.izquierda + lugar * self.paso

    def x(self, valor: str | int) -> float:
        """Abscissa of a period."""
        return round(self.en(self.lugar[valor]), 1)

    def y(self, valor: float) -> float:
        """Ordinate of a value."""
        return round(self.abajo - (self.abajo - self.arriba) * min(valor, self.tope) / self.tope, 1)


def trazar(
    serie: Serie, plano: Plano, cortes: Collection[str | int], *, sola: bool, de_fondo: bool = False
) -> SerieDibujada:
    """The paths of a series.

    Args:
        cortes: periods with which a new method begins: no line reaches them from before.
        sola: no other series shares the drawing.
        de_fondo: it stands behind others, so only the figures that no line reaches get a mark.
    """
    lineas, bandas, sueltos = [], [], set()
    for tramo in _tramos(serie, plano, cortes):
        vertices = [f"{plano.x(p.x)} {plano.y(p.y or 0)}" for p in tramo]
        if len(tramo) == 1:
            sueltos.add(tramo[0].x)
        else:
            lineas.append("M" + "L".join(vertices))
        bandas.extend(_banda(tramo, plano))
    conocidos = [p for p in serie.puntos if p.y is not None]
    pocos = len(conocidos) <= _MUCHOS_PUNTOS
    ultimo = conocidos[-1].x if conocidos else None
    # Long lines that share a drawing keep a shape now and then, staggered so that they do not coincide.
    sembrados = set() if pocos or sola else {p.x for p in conocidos[serie.clase :: _CADA_CUANTOS]}
    huecos = {p.x for p in [p for p in conocidos if p.inestable][:: max(1, ceil(_ENTRE_HUECOS / plano.paso))]}
    return SerieDibujada(
        nombre=serie.nombre,
        clase=serie.clase,
        simbolo=SIMBOLOS[serie.clase],
        linea="".join(lineas),
        banda="".join(bandas),
        puntos=[
            PuntoDibujado(plano.x(p.x), plano.y(p.y or 0), p.inestable)
            for p in conocidos
            if p.x in sueltos or (not de_fondo and (pocos or p.x in huecos or p.x in sembrados or p.x == ultimo))
        ],
    )


def _tramos(serie: Serie, plano: Plano, cortes: Collection[str | int]) -> Iterator[list[Punto]]:
    """Stretches that may be joined: neighbours in the axis, with a figure, on one side of every break."""
    porx = {punto.x: punto for punto in serie.puntos}
    tramo: list[Punto] = []
    for x in plano.xs:
        punto = porx.get(x)
        if tramo and (punto is None or punto.y is None or x in cortes):
            yield tramo
            tramo = []
        if punto is not None and punto.y is not None:
            tramo.append(punto)
    if tramo:
        yield tramo


def _banda(tramo: Sequence[Punto], plano: Plano) -> Iterator[str]:
    """The interval of a stretch; a lone figure gets a narrow one instead of none."""
    parte: list[Punto] = []
    for punto in [*tramo, None]:
        if punto is not None and punto.inf is not None and punto.sup is not None:
            parte.append(punto)
            continue
        if len(parte) == 1:
            x, alto, bajo = plano.x(parte[0].x), plano.y(parte[0].sup or 0), plano.y(parte[0].inf or 0)
            yield f"M{round(x - 3, 1)} {alto}h6V{bajo}h-6z"
        elif parte:
            ida = "L".join(f"{plano.x(p.x)} {plano.y(p.sup or 0)}" for p in parte)
            vuelta = "L".join(f"{plano.x(p.x)} {plano.y(p.inf or 0)}" for p in reversed(parte))
            yield f"M{ida}L{vuelta}z"
        parte = []
