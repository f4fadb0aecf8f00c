"""What stands on the time axis of a chart besides its figures: changes of method and dated marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from comun.escalas import rotulo_de_periodo, separados
from comun.formatos import SIN_DATO, numero
from comun.grafica_formas import Marca, MarcaDibujada, Quiebre, QuiebreDibujado, Serie

ANCHO_DE_LETRA = 7.4
ENTRE_SELLOS = 21.0
_MEDIO_SELLO = 10.0


def de_punta_a_punta(nombre: str, serie: Serie, decimales: int) -> str:
    """The first and the last figure of a line, for who does not see it; a single one is said once."""
    conocidos = [f"{numero(p.y, decimales)} en {rotulo_de_periodo(p.x)}" for p in serie.puntos if p.y is not None]
    if not conocidos:
        return f"{nombre}: {SIN_DATO}."
    return f"{nombre}: {' y '.join([conocidos[0], *conocidos[1:][-1:]])}."


class EjeDeTiempo(Protocol):
    """What these need to know of the plane."""

    xs: list[str | int]
    paso: float
    izquierda: float
    derecha: float

    def en(self, lugar: float) -> float:
        """Abscissa of a place of the axis, which may fall between two periods."""
        ...


def indice_del_quiebre(quiebre: Quiebre, xs: Sequence[str | int]) -> int | None:
    """Place of the first period under the new method, or None if the axis does not go from one to the other.

    A period that is missing does not hide the change: what counts is that there is something on both sides.
    """
    posterior = [i for i, x in enumerate(xs) if str(x) >= str(quiebre.x)[: len(str(x))]]
    return posterior[0] if posterior and posterior[0] > 0 else None


def dibujar_quiebre(quiebre: Quiebre, indice: int, eje: EjeDeTiempo, ancho: float) -> QuiebreDibujado:
    """The vertical, half a step before the first period of the new method, and words that stay on the drawing."""
    x = round(eje.en(indice - 0.5), 1)
    largo = len(quiebre.texto) * ANCHO_DE_LETRA
    if x + 6 + largo <= ancho:
        return QuiebreDibujado(x, quiebre.texto, round(x + 6, 1), "start")
    if x - 6 - largo >= 0:
        return QuiebreDibujado(x, quiebre.texto, round(x - 6, 1), "end")
    return QuiebreDibujado(x, quiebre.texto, round(ancho, 1), "end")


def dibujar_marcas(marcas: Sequence[Marca], eje: EjeDeTiempo) -> list[MarcaDibujada]:
    """The marks that fall on the axis, numbered in order of time."""
    caben = [(lugar, marca) for marca in marcas if (lugar := _lugar(marca.periodo, eje.xs)) is not None]
    caben.sort(key=lambda par: (par[0], par[1].texto))
    xs = [eje.en(lugar) for lugar, _ in caben]
    sellos = separados(xs, ENTRE_SELLOS, eje.izquierda + _MEDIO_SELLO, eje.derecha - _MEDIO_SELLO)
    return [
        MarcaDibujada(n, round(x, 1), round(sello, 1), rotulo_de_periodo(m.periodo[:7]), m.texto, m.url)
        for n, ((_, m), x, sello) in enumerate(zip(caben, xs, sellos, strict=True), start=1)
    ]


def _lugar(periodo: str, xs: Sequence[str | int]) -> float | None:
    """Place on the axis: a month of a yearly axis stands at its share of the year."""
    textos = [str(x) for x in xs]
    if periodo[:7] in textos:
        return textos.index(periodo[:7])
    if periodo[:4] not in textos:
        enero = f"{periodo[:4]}-01"
        return textos.index(enero) if len(periodo) == 4 and enero in textos else None
    mes = periodo[5:7]
    fraccion = (int(mes) - 0.5) / 12 - 0.5 if mes.isdigit() else 0.0
    return min(max(textos.index(periodo[:4]) + fraccion, 0.0), len(xs) - 1.0)
