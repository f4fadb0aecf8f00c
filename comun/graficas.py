"""The line with band: pure geometry for `_piezas/grafica.html`. Knows nothing of crimes or tables.

Where there is no figure the line stops; where the method changed it is cut and a dashed vertical says so;
a figure from few events is drawn hollow. The axis begins at zero, because the reader compares heights.
Series are told apart by colour, by dash and by the shape of their marks: any two of the three may fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from textwrap import wrap

from comun.escalas import decimales_de, eje_completo, marcas_redondas, rotulo_de_periodo, salteados, separados
from comun.formatos import SIN_DATO, numero
from comun.grafica_formas import (
    Grafica,
    GraficaLinea,
    Marca,
    Punto,
    Quiebre,
    Rotulo,
    Serie,
    SerieDibujada,
    Zona,
)
from comun.grafica_tiempo import ANCHO_DE_LETRA, de_punta_a_punta, dibujar_marcas, dibujar_quiebre, indice_del_quiebre
from comun.grafica_trazo import Plano, trazar

__all__ = ["MAXIMO_DE_SERIES", "Grafica", "GraficaLinea", "Marca", "Punto", "Quiebre", "Serie", "grafica", "linea"]

MAXIMO_DE_SERIES = 6

_RENGLON = 16
_LETRAS_DEL_NOMBRE = 18
_ANCHO_DE_NEGRITA = 9.2
"""Of a letter of the names at the end, in the widest of the fonts that a reader may have."""


def linea(
    series: Sequence[Serie],
    *,
    ancho: int = 720,
    alto: int = 400,
    quiebres: Sequence[Quiebre] = (),
    marcas: Sequence[Marca] = (),
    unidad: str = "",
    decimales: int = 1,
    nombres_al_final: bool = True,
    callada: bool = False,
) -> GraficaLinea:
    """Geometry of a line chart.

    Args:
        series: at most six; they may cover different periods.
        ancho, alto: units of the drawing.
        quiebres: changes of method.
        marcas: what happened along the time of the axis; those outside it are left out.
        unidad: what the vertical axis counts, written above it.
        decimales: of the values in labels and tooltips.
        nombres_al_final: names beside the lines if they fit there; otherwise only the last value (a legend
            names them).
    """
    if len(series) > MAXIMO_DE_SERIES:
        raise ValueError(f"Caben {MAXIMO_DE_SERIES} series en una gráfica y son {len(series)}.")
    xs = eje_completo(punto.x for serie in series for punto in serie.puntos)
    valores = [v for s in series for p in s.puntos for v in (p.y, p.sup) if v is not None]
    divisiones = marcas_redondas(max(valores, default=1.0))
    textos_y = [numero(division, decimales_de(divisiones)) for division in divisiones]
    izquierda = 10 + max(len(texto) for texto in textos_y) * ANCHO_DE_LETRA
    con_cortes = [(quiebre, i) for quiebre in quiebres if (i := indice_del_quiebre(quiebre, xs)) is not None]
    techo = 30 + (22 if con_cortes else 0)
    # Whether a mark falls on the axis does not depend on the width, which is not known yet.
    con_marcas = dibujar_marcas(marcas, Plano(xs, 1, (izquierda, 0, ancho, alto)))
    arriba, abajo = techo + (30 if con_marcas else 0), alto - 34
    con_nombres = nombres_al_final and _caben(series, decimales, abajo - arriba)
    finales = [_final(serie, decimales, con_nombre=con_nombres) for serie in series]
    largo = max((len(renglon) for renglones in finales for renglon in renglones), default=0)
    derecha = ancho - (16 + max(largo, 5) * _ANCHO_DE_NEGRITA)
    plano = Plano(xs, divisiones[-1], (izquierda, arriba, derecha, abajo))
    cortes = {xs[indice] for _, indice in con_cortes}
    dibujadas = [trazar(serie, plano, cortes, sola=len(series) == 1) for serie in series]
    return GraficaLinea(
        ancho=ancho,
        alto=alto,
        izquierda=round(izquierda, 1),
        derecha=round(derecha, 1),
        techo=techo,
        arriba=arriba,
        abajo=abajo,
        unidad=unidad,
        eje_x=_eje_x(xs, plano),
        eje_y=[Rotulo(plano.y(m), texto) for m, texto in zip(divisiones, textos_y, strict=True)],
        series=_con_nombres(dibujadas, finales, plano),
        quiebres=[dibujar_quiebre(quiebre, indice, plano, ancho) for quiebre, indice in con_cortes],
        marcas=dibujar_marcas(marcas, plano),
        zonas=_zonas(() if callada else series, plano, decimales),
        descripcion=_descripcion(series, decimales),
        con_banda=any(dibujada.banda for dibujada in dibujadas),
        con_inestables=any(p.inestable for s in series for p in s.puntos if p.y is not None),
        con_nombres=con_nombres,
    )


def grafica(
    titulo: str,
    series: Sequence[Serie],
    *,
    quiebres: Sequence[Quiebre] = (),
    marcas: Sequence[Marca] = (),
    unidad: str = "",
    decimales: int = 1,
    con_tabla: bool = True,
) -> Grafica:
    """The chart as pages use it: `{% include "_piezas/grafica.html" with grafica=… id=… %}`.

    Without its own table another one must stand behind it, with the same figures.
    """
    comun = {"quiebres": quiebres, "marcas": marcas, "unidad": unidad, "decimales": decimales}
    return Grafica(
        titulo=titulo,
        ancha=linea(series, ancho=800, alto=420, **comun),
        angosta=linea(series, ancho=400, alto=340, nombres_al_final=False, callada=True, **comun),
        columnas=[{"titulo": "Periodo", "num": False}] + [{"titulo": s.nombre, "num": True} for s in series],
        filas=_filas(series, decimales) if con_tabla else [],
    )


def _eje_x(xs: Sequence[str | int], plano: Plano) -> list[Rotulo]:
    eneros = [x for x in xs if str(x).endswith("-01")]
    if len(eneros) > 1:
        # Months over years: the year at its January says it all.
        elegidos = salteados(len(eneros), plano.derecha - plano.izquierda, 5 * ANCHO_DE_LETRA)
        return [Rotulo(plano.x(eneros[i]), str(eneros[i])[:4]) for i in elegidos]
    textos = [rotulo_de_periodo(x) for x in xs]
    ancho_rotulo = max((len(texto) for texto in textos), default=4) * ANCHO_DE_LETRA + 14
    elegidos = salteados(len(xs), plano.derecha - plano.izquierda, ancho_rotulo)
    return [Rotulo(plano.x(xs[i]), textos[i]) for i in elegidos]


def _caben(series: Sequence[Serie], decimales: int, alto: float) -> bool:
    """True if the names of all, in their lines, fit one under another."""
    renglones = max((len(_final(serie, decimales, con_nombre=True)) for serie in series), default=0)
    return len(series) * (renglones * _RENGLON + 4) <= alto


def _final(serie: Serie, decimales: int, *, con_nombre: bool) -> list[str]:
    """Lines of the label at the end: the name in at most three lines and the last value."""
    valores = [p.y for p in serie.puntos if p.y is not None]
    ultimo = numero(valores[-1], decimales) if valores else SIN_DATO
    if not con_nombre:
        return [ultimo]
    renglones = wrap(serie.nombre, _LETRAS_DEL_NOMBRE, max_lines=3, placeholder="…") or [""]
    return [*renglones, ultimo]


def _con_nombres(dibujadas: Sequence[SerieDibujada], finales: Sequence[list[str]], plano: Plano) -> list[SerieDibujada]:
    """Puts each name at the height of its last figure, moved only as far as its neighbours force."""
    deseos = [d.puntos[-1].y if d.puntos else plano.abajo for d in dibujadas]
    renglones = max((len(final) for final in finales), default=1)
    lugares = separados(deseos, _RENGLON * renglones + (4 if renglones > 1 else 0), plano.arriba, plano.abajo - 4)
    salida = []
    for dibujada, final, deseo, lugar in zip(dibujadas, finales, deseos, lugares, strict=True):
        ultimo_x = dibujada.puntos[-1].x if dibujada.puntos else plano.derecha
        movido = bool(dibujada.puntos) and (abs(lugar - deseo) > 6 or ultimo_x < plano.derecha - 1)
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


def _lectura(punto: Punto, decimales: int) -> str:
    """«23.1 (22.8 a 23.4)», with a word when it is unstable."""
    if punto.y is None:
        return SIN_DATO
    texto = numero(punto.y, decimales)
    if punto.inf is not None and punto.sup is not None:
        texto += f" ({numero(punto.inf, decimales)} a {numero(punto.sup, decimales)})"
    return f"{texto}, inestable" if punto.inestable else texto


def _zonas(series: Sequence[Serie], plano: Plano, decimales: int) -> list[Zona]:
    zonas = []
    porx = [(serie.nombre, {punto.x: punto for punto in serie.puntos}) for serie in series]
    for x in plano.xs:
        renglones = [rotulo_de_periodo(x)]
        for nombre, puntos in porx:
            if x in puntos:
                renglones.append(f"{nombre}: {puntos[x].etiqueta or _lectura(puntos[x], decimales)}")
        centro = plano.x(x)
        desde = max(plano.izquierda, centro - plano.paso / 2)
        hasta = min(plano.derecha, centro + plano.paso / 2)
        texto = "\n".join(renglones) if porx else ""
        zonas.append(Zona(round(desde, 1), round(max(1.0, hasta - desde), 1), centro, texto))
    return zonas


def _descripcion(series: Sequence[Serie], decimales: int) -> str:
    frases = [de_punta_a_punta(serie.nombre, serie, decimales) for serie in series]
    return " ".join([*frases, "Los valores están en la tabla."])


def _filas(series: Sequence[Serie], decimales: int) -> list[list[str]]:
    porx = [{punto.x: punto for punto in serie.puntos} for serie in series]
    return [
        [
            rotulo_de_periodo(x),
            *(_lectura(puntos[x], decimales) if x in puntos else SIN_DATO for puntos in porx),
        ]
        for x in eje_completo(x for puntos in porx for x in puntos)
    ]
