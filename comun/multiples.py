"""Many small charts on one scale: the way to look at thirty places without thirty lines on top of each other.

They share both axes, so heights compare from one to another. The top of the scale is that of the figures, not
of their intervals: those of the smallest places would flatten all the rest; a band that passes it is cut there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comun.escalas import decimales_de, eje_completo, marcas_redondas, rotulo_de_periodo
from comun.formatos import numero
from comun.grafica_formas import Quiebre, Rotulo, Serie, SerieDibujada
from comun.grafica_tiempo import ANCHO_DE_LETRA, de_punta_a_punta, indice_del_quiebre
from comun.grafica_trazo import Plano, trazar

ANCHO, ALTO = 280, 150


@dataclass(frozen=True)
class Panel:
    """A place: its name, where it opens and its figures. `detalle` is said under the name."""

    nombre: str
    serie: Serie
    url: str = ""
    detalle: str = ""


@dataclass(frozen=True)
class PanelDibujado:
    """A small chart. `descripcion` is for who does not see it."""

    nombre: str
    url: str
    detalle: str
    serie: SerieDibujada
    descripcion: str


@dataclass(frozen=True)
class Multiples:
    """All that `_piezas/multiples.html` draws: the axes once, a line for each panel, the reference behind all."""

    ancho: int
    alto: int
    izquierda: float
    derecha: float
    arriba: float
    abajo: float
    unidad: str
    eje_x: Sequence[Rotulo]
    eje_y: Sequence[Rotulo]
    quiebres: Sequence[float]
    referencia: SerieDibujada | None
    paneles: Sequence[PanelDibujado]
    con_inestables: bool


def multiples(
    paneles: Sequence[Panel],
    *,
    referencia: Serie | None = None,
    quiebres: Sequence[Quiebre] = (),
    unidad: str = "",
    decimales: int = 1,
) -> Multiples:
    """Geometry of a set of small charts.

    Args:
        paneles: in the order to show them.
        referencia: a thin line behind each, such as that of the nation.
        quiebres: changes of method.
        unidad: what the vertical axis counts.
        decimales: of the figures in words.
    """
    series = [panel.serie for panel in paneles] + ([referencia] if referencia else [])
    xs = eje_completo(punto.x for serie in series for punto in serie.puntos)
    divisiones = marcas_redondas(max((p.y for s in series for p in s.puntos if p.y is not None), default=1.0), 2)
    textos = [numero(division, decimales_de(divisiones)) for division in divisiones]
    izquierda = 10 + max(len(texto) for texto in textos) * ANCHO_DE_LETRA
    plano = Plano(xs, divisiones[-1], (izquierda, 10, ANCHO - 12, ALTO - 26))
    indices = [i for quiebre in quiebres if (i := indice_del_quiebre(quiebre, xs)) is not None]
    cortes = {xs[i] for i in indices}
    return Multiples(
        ancho=ANCHO,
        alto=ALTO,
        izquierda=round(plano.izquierda, 1),
        derecha=plano.derecha,
        arriba=plano.arriba,
        abajo=plano.abajo,
        unidad=unidad,
        eje_x=_extremos(xs, plano),
        eje_y=[Rotulo(plano.y(m), texto) for m, texto in zip(divisiones, textos, strict=True)],
        quiebres=[round(plano.en(i - 0.5), 1) for i in indices],
        referencia=trazar(referencia, plano, cortes, sola=True, de_fondo=True) if referencia else None,
        paneles=[_panel(panel, plano, cortes, decimales) for panel in paneles],
        con_inestables=any(p.inestable for panel in paneles for p in panel.serie.puntos if p.y is not None),
    )


def _panel(panel: Panel, plano: Plano, cortes: set[str | int], decimales: int) -> PanelDibujado:
    descripcion = de_punta_a_punta(panel.nombre, panel.serie, decimales)
    dibujada = trazar(panel.serie, plano, cortes, sola=True)
    return PanelDibujado(panel.nombre, panel.url, panel.detalle, dibujada, descripcion)


def _extremos(xs: Sequence[str | int], plano: Plano) -> list[Rotulo]:
    """First and last period: enough for a small axis."""
    return [Rotulo(plano.x(x), rotulo_de_periodo(x, corto=True)) for x in dict.fromkeys([*xs[:1], *xs[-1:]])]
