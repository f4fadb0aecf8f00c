"""The line with band: pure geometry for `_piezas/grafica.html`. Knows nothing of crimes or tables.

Where there is no figure the line stops; where the method changed it is cut and a dashed vertical says so;
a figure from few events is drawn hollow. The axis begins at zero, because the reader compares heights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from comun.escalas import decimales_de, marcas_redondas, rotulo_de_periodo, salteados, separados
from comun.formatos import SIN_DATO, numero
from comun.grafica_formas import (
    Grafica,
    GraficaLinea,
    Marca,
    Punto,
    PuntoDibujado,
    Quiebre,
    QuiebreDibujado,
    Serie,
    SerieDibujada,
    Zona,
)

__all__ = ["Grafica", "GraficaLinea", "Punto", "Quiebre", "Serie", "grafica", "linea"]

# One shape per class, so that series stay apart in grey print. Each fits in a box of about 8 units.
_SIMBOLOS = {
    1: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    2: "M-3.6-3.6h7.2v7.2h-7.2z",
    3: "M0-5l5 5-5 5-5-5z",
    4: "M0-5l4.8 8.6h-9.6z",
    5: "M0 5l4.8-8.6h-9.6z",
    6: "M-1.6-5h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4v-3.2h3.4z",
}
_ANCHO_DE_LETRA = 7.4
_MUCHOS_PUNTOS = 30


class _Plano:
    """From periods and values to the units of the drawing."""

    def __init__(self, xs: Sequence[str | int], tope: float, caja: tuple[float, float, float, float]) -> None:
        self.xs, self.tope = list(xs), tope
        self.izquierda, self.arriba, self.derecha, self.abajo = caja
        self.lugar = {x: i for i, x in enumerate(self.xs)}
        self.paso = (self.derecha - self.izquierda) / max(1, len(self.xs) - 1)

    def x(self, valor: str | int) -> float:
        if len(self.xs) == 1:
            return round((self.izquierda + self.derecha) / 2, 1)
        return round(self.izquierda + self.lugar[valor] * self.paso, 1)

    def y(self, valor: float) -> float:
        return round(self.abajo - (self.abajo - self.arriba) * valor / self.tope, 1)


def linea(
    series: Sequence[Serie],
    *,
    ancho: int = 720,
    alto: int = 400,
    quiebres: Sequence[Quiebre] = (),
    unidad: str = "",
    decimales: int = 1,
    nombres_al_final: bool = True,
) -> GraficaLinea:
    """Geometry of a line chart.

    Args:
        series: at most six; they may cover different periods.
        ancho, alto: units of the drawing.
        quiebres: changes of method.
        unidad: what the vertical axis counts, written above it.
        decimales: of the values in labels and tooltips.
        nombres_al_final: names beside the lines; without them only the last value (a legend names them).
    """
    xs = sorted({punto.x for serie in series for punto in serie.puntos}, key=str)
    valores = [v for s in series for p in s.puntos for v in (p.y, p.sup) if v is not None]
    marcas = marcas_redondas(max(valores, default=1.0))
    textos_y = [numero(marca, decimales_de(marcas)) for marca in marcas]
    finales = [_final(serie, decimales, con_nombre=nombres_al_final) for serie in series]
    largo = max((len(renglon) for renglones in finales for renglon in renglones), default=0)
    izquierda = 10 + max(len(texto) for texto in textos_y) * _ANCHO_DE_LETRA
    derecha = ancho - (14 + largo * _ANCHO_DE_LETRA)
    arriba = 30 + (22 if quiebres else 0)
    plano = _Plano(xs, marcas[-1], (izquierda, arriba, derecha, alto - 34))
    cortes = {quiebre.x for quiebre in quiebres}
    dibujadas = [_serie(serie, plano, cortes) for serie in series]
    return GraficaLinea(
        ancho=ancho,
        alto=alto,
        izquierda=round(izquierda, 1),
        derecha=round(derecha, 1),
        arriba=arriba,
        abajo=alto - 34,
        unidad=unidad,
        eje_x=_eje_x(xs, plano),
        eje_y=[Marca(plano.y(m), texto, "end") for m, texto in zip(marcas, textos_y, strict=True)],
        series=_con_nombres(dibujadas, finales, series, plano),
        quiebres=[_quiebre(quiebre, plano) for quiebre in quiebres if quiebre.x in plano.lugar],
        zonas=_zonas(series, plano, decimales),
        descripcion=_descripcion(series, decimales),
        con_banda=any(dibujada.banda for dibujada in dibujadas),
        con_inestables=any(p.inestable for s in series for p in s.puntos),
    )


def grafica(
    titulo: str,
    series: Sequence[Serie],
    *,
    quiebres: Sequence[Quiebre] = (),
    unidad: str = "",
    decimales: int = 1,
) -> Grafica:
    """The chart as pages use it: `{% include "_piezas/grafica.html" with grafica=… id=… %}`."""
    comun = {"quiebres": quiebres, "unidad": unidad, "decimales": decimales}
    return Grafica(
        titulo=titulo,
        ancha=linea(series, ancho=800, alto=420, **comun),
        angosta=linea(series, ancho=400, alto=340, nombres_al_final=False, **comun),
        columnas=[{"titulo": "Periodo", "num": False}] + [{"titulo": s.nombre, "num": True} for s in series],
        filas=_filas(series, decimales),
    )


def _tramos(serie: Serie, plano: _Plano, cortes: set[str | int]) -> Iterator[list[Punto]]:
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


def _serie(serie: Serie, plano: _Plano, cortes: set[str | int]) -> SerieDibujada:
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
    return SerieDibujada(
        nombre=serie.nombre,
        clase=serie.clase,
        simbolo=_SIMBOLOS[serie.clase],
        linea="".join(lineas),
        banda="".join(bandas),
        puntos=[
            PuntoDibujado(plano.x(p.x), plano.y(p.y or 0), p.inestable)
            for p in conocidos
            if pocos or p.inestable or p.x in sueltos or p.x == ultimo
        ],
    )


def _banda(tramo: Sequence[Punto], plano: _Plano) -> Iterator[str]:
    """The interval of a stretch; a lone figure gets a narrow one instead of none."""
    parte: list[Punto] = []
    for punto in [*tramo, None]:
        if punto is not None and punto.inf is not None and punto.sup is not None:
            parte.append(punto)
            continue
        if len(parte) == 1:
            x, alto, bajo = plano.x(parte[0].x), plano.y(parte[0].sup or 0), plano.y(parte[0].inf or 0)
            yield f"M{x - 3} {alto}h6V{bajo}h-6z"
        elif parte:
            ida = "L".join(f"{plano.x(p.x)} {plano.y(p.sup or 0)}" for p in parte)
            vuelta = "L".join(f"{plano.x(p.x)} {plano.y(p.inf or 0)}" for p in reversed(parte))
            yield f"M{ida}L{vuelta}z"
        parte = []


def _eje_x(xs: Sequence[str | int], plano: _Plano) -> list[Marca]:
    eneros = [x for x in xs if str(x).endswith("-01")]
    if len(eneros) > 1:
        # Months over years: the year at its January says it all.
        elegidos = salteados(len(eneros), plano.derecha - plano.izquierda, 5 * _ANCHO_DE_LETRA)
        return [Marca(plano.x(eneros[i]), str(eneros[i])[:4]) for i in elegidos]
    textos = [rotulo_de_periodo(x) for x in xs]
    ancho_rotulo = max((len(texto) for texto in textos), default=4) * _ANCHO_DE_LETRA + 14
    elegidos = salteados(len(xs), plano.derecha - plano.izquierda, ancho_rotulo)
    return [Marca(plano.x(xs[i]), textos[i]) for i in elegidos]


def _final(serie: Serie, decimales: int, *, con_nombre: bool) -> list[str]:
    """Lines of the label at the end: the name in at most two lines and the last value."""
    valores = [p.y for p in serie.puntos if p.y is not None]
    ultimo = numero(valores[-1], decimales) if valores else SIN_DATO
    if not con_nombre:
        return [ultimo]
    renglones = [""]
    for palabra in serie.nombre.replace("-", "- ").split():
        junto = f"{renglones[-1]} {palabra}".strip().replace("- ", "-")
        if renglones[-1] and len(junto) > 19 and len(renglones) < 3:
            renglones.append(palabra)
        else:
            renglones[-1] = junto
    return [*renglones, ultimo]


def _con_nombres(
    dibujadas: Sequence[SerieDibujada], finales: Sequence[list[str]], series: Sequence[Serie], plano: _Plano
) -> list[SerieDibujada]:
    """Puts each name at the height of its last figure, moved only as far as its neighbours force."""
    deseos = [d.puntos[-1].y if d.puntos else plano.abajo for d in dibujadas]
    renglones = max((len(final) for final in finales), default=1)
    lugares = separados(deseos, 16 * renglones + (4 if renglones > 1 else 0), plano.arriba, plano.abajo - 4)
    salida = []
    for dibujada, final, deseo, lugar in zip(dibujadas, finales, deseos, lugares, strict=True):
        ultimo_x = dibujada.puntos[-1].x if dibujada.puntos else plano.derecha
        movido = abs(lugar - deseo) > 6 or ultimo_x < plano.derecha - 1
        salida.append(
            replace(
                dibujada,
                renglones=final,
                rotulo_x=round(plano.derecha + 12, 1),
                rotulo_y=round(lugar + 5 - 8 * (len(final) - 1), 1),
                guia=f"M{ultimo_x + 5} {deseo}L{plano.derecha + 9:.1f} {lugar:.1f}" if movido else "",
            )
        )
    return salida


def _quiebre(quiebre: Quiebre, plano: _Plano) -> QuiebreDibujado:
    x = plano.x(quiebre.x) - (plano.paso / 2 if plano.lugar[quiebre.x] else 0)
    a_la_izquierda = x > (plano.izquierda + plano.derecha) / 2
    return QuiebreDibujado(
        round(x, 1), quiebre.texto, round(x - 6 if a_la_izquierda else x + 6, 1), "end" if a_la_izquierda else "start"
    )


def _lectura(punto: Punto, decimales: int) -> str:
    """«23.1 (22.8 a 23.4)», with a word when it is unstable."""
    if punto.y is None:
        return SIN_DATO
    texto = numero(punto.y, decimales)
    if punto.inf is not None and punto.sup is not None:
        texto += f" ({numero(punto.inf, decimales)} a {numero(punto.sup, decimales)})"
    return f"{texto}, inestable" if punto.inestable else texto


def _zonas(series: Sequence[Serie], plano: _Plano, decimales: int) -> list[Zona]:
    zonas = []
    for x in plano.xs:
        renglones = [rotulo_de_periodo(x)]
        for serie in series:
            for punto in serie.puntos:
                if punto.x == x:
                    renglones.append(f"{serie.nombre}: {punto.etiqueta or _lectura(punto, decimales)}")
        centro = plano.x(x)
        desde = max(plano.izquierda, centro - plano.paso / 2)
        hasta = min(plano.derecha, centro + plano.paso / 2)
        zonas.append(Zona(round(desde, 1), round(max(1.0, hasta - desde), 1), centro, "\n".join(renglones)))
    return zonas


def _descripcion(series: Sequence[Serie], decimales: int) -> str:
    frases = []
    for serie in series:
        conocidos = [p for p in serie.puntos if p.y is not None]
        if not conocidos:
            frases.append(f"{serie.nombre}: {SIN_DATO}.")
            continue
        primero, ultimo = conocidos[0], conocidos[-1]
        frases.append(
            f"{serie.nombre}: {numero(primero.y, decimales)} en {rotulo_de_periodo(primero.x)}"
            f" y {numero(ultimo.y, decimales)} en {rotulo_de_periodo(ultimo.x)}."
        )
    return " ".join(frases) + " Los valores están en la tabla."


def _filas(series: Sequence[Serie], decimales: int) -> list[list[str]]:
    porx = [{punto.x: punto for punto in serie.puntos} for serie in series]
    xs = sorted({x for puntos in porx for x in puntos}, key=str)
    return [
        [
            rotulo_de_periodo(x),
            *(_lectura(puntos[x], decimales) if x in puntos else SIN_DATO for puntos in porx),
        ]
        for x in xs
    ]
