"""A chart as a picture that travels alone: title, source, cut, unit, address and date are printed on it.

Whoever receives it in a message has no page around it to ask where the figure comes from. The drawing is that
of `comun.graficas`, larger; colours are those of the light theme, written as attributes because a file has no
stylesheet. The PNG is made from the same SVG, with a font of the project, so that it is equal everywhere.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import wrap

import typst
from django.template.loader import render_to_string

from comun.formatos import fecha_larga
from comun.grafica_formas import GraficaLinea, Marca, Quiebre, Serie, SerieDibujada
from comun.graficas import linea

ANCHO = 1200
MARGEN = 40
_ESCALA = 1.5
_FUENTES = Path(__file__).parent / "datos" / "fuentes"

COLORES = {
    "papel": "#fbfaf6",
    "tinta": "#1b1e1d",
    "tinta_2": "#494d4b",
    "tinta_3": "#646862",
    "linea": "#dcd7c9",
    "linea_2": "#817d70",
    "teal": "#0b5a5e",
    "ocre": "#7d4e00",
    "ocre_marca": "#b87a14",
}
SERIES = ("#0b5a5e", "#b0602a", "#5470b8", "#7d5a94", "#76802c", "#2b3350")
GUIONES = ("", "9 5", "1.5 5", "14 4 2 4", "4 4", "18 4 2 4 2 4")

# Letters that fit across, somewhat fewer than the font allows.
_LETRAS_DEL_TITULO = 66
_LETRAS_DEL_PIE = 144
_ANCHO_DE_LEYENDA = 9.4


@dataclass(frozen=True)
class Rotulos:
    """The words of a picture.

    `notas` are sentences about how to read it; `pie` is what it is made of, as pairs (name, text).
    """

    titulo: str
    subtitulo: str
    notas: Sequence[str]
    pie: Sequence[tuple[str, str]]
    red: str
    direccion: str
    fecha: dt.date


@dataclass(frozen=True)
class Renglon:
    """A line of text in its place. `rotulo` comes before it, in bold."""

    y: float
    texto: str
    rotulo: str = ""


@dataclass(frozen=True)
class Entrada:
    """An entry of the legend in its place."""

    x: float
    y: float
    nombre: str
    simbolo: str
    color: str
    guion: str


def svg(
    rotulos: Rotulos,
    series: Sequence[Serie],
    *,
    quiebres: Sequence[Quiebre] = (),
    marcas: Sequence[Marca] = (),
    unidad: str = "",
    decimales: int = 1,
) -> str:
    """The picture as one SVG file, 1200 units wide and as tall as its words need.

    Args:
        rotulos: what is printed around the drawing.
        series, quiebres, marcas, unidad, decimales: as in `comun.graficas.linea`.
    """
    series = [replace(serie, nombre=_limpio(serie.nombre)) for serie in series]
    ancho = round((ANCHO - 2 * MARGEN) / _ESCALA)
    dibujo = linea(series, ancho=ancho, alto=390, quiebres=quiebres, marcas=marcas, unidad=unidad, decimales=decimales)
    y = 0.0
    titulo, y = _renglones(wrap(_limpio(rotulos.titulo), _LETRAS_DEL_TITULO) or [""], y + 68, 42)
    subtitulo, y = _renglones(wrap(_limpio(rotulos.subtitulo), _LETRAS_DEL_PIE - 20), y - 6, 28)
    leyenda, y = _leyenda(dibujo, y + 10)
    arriba = y + 6
    y = arriba + dibujo.alto * _ESCALA + 34
    hechos = [f"{m.numero}. {_limpio(m.texto)} ({m.periodo})" for m in dibujo.marcas]
    notas, y = _renglones(_partidos([*hechos, *map(_limpio, rotulos.notas)]), y, 24)
    raya = y - 6
    pie, y = _pie(rotulos.pie, raya + 32)
    ultimo, y = _renglones(_partidos([_limpio(rotulos.direccion)]), y, 24)
    contexto = {
        "ancho": ANCHO,
        "alto": round(y + 34),
        "margen": MARGEN,
        "derecha": ANCHO - MARGEN,
        "escala": _ESCALA,
        "arriba": round(arriba, 1),
        "raya": raya,
        "titulo": titulo,
        "subtitulo": subtitulo,
        "leyenda": leyenda,
        "notas": notas,
        "pie": pie,
        "direccion": ultimo,
        "firma_y": y + 2,
        "firma": f"{_limpio(rotulos.red)} · Imagen hecha el {fecha_larga(rotulos.fecha)}",
        "g": dibujo,
        "c": COLORES,
        "trazos": [(serie, *_trazo(serie)) for serie in dibujo.series],
    }
    return render_to_string("graficas/lamina.svg", contexto)


def png(dibujo: str) -> bytes:
    """The picture as PNG, 1200 pixels wide. The same SVG gives the same bytes on any server."""
    with tempfile.TemporaryDirectory() as carpeta:
        (Path(carpeta) / "lamina.svg").write_text(dibujo, encoding="utf-8")
        hoja = Path(carpeta) / "lamina.typ"
        hoja.write_text(
            f'#set page(width: {ANCHO}pt, height: auto, margin: 0pt)\n#image("lamina.svg", width: 100%)',
            encoding="utf-8",
        )
        return typst.compile(
            hoja, root=carpeta, format="png", ppi=72, font_paths=[str(_FUENTES)], ignore_system_fonts=True
        )


def _trazo(serie: SerieDibujada) -> tuple[str, str]:
    """Colour and dash of a line."""
    return SERIES[serie.clase - 1], GUIONES[serie.clase - 1]


def _limpio(texto: str) -> str:
    """Without the control characters that XML refuses, in one line."""
    return " ".join("".join(letra if letra.isprintable() else " " for letra in texto).split())


def _partidos(textos: Sequence[str]) -> list[str]:
    return [renglon for texto in textos for renglon in wrap(texto, _LETRAS_DEL_PIE)]


def _renglones(textos: Sequence[str], y: float, alto: float) -> tuple[list[Renglon], float]:
    """Lines one under another, and where the next thing begins."""
    return [Renglon(y + i * alto, texto) for i, texto in enumerate(textos)], y + len(textos) * alto


def _pie(partes: Sequence[tuple[str, str]], y: float) -> tuple[list[Renglon], float]:
    """Each name with its text; what does not fit goes on below, without the name."""
    salida = []
    for rotulo, texto in partes:
        for i, renglon in enumerate(wrap(_limpio(texto), _LETRAS_DEL_PIE - len(rotulo) - 2)):
            salida.append(Renglon(y, renglon, "" if i else f"{rotulo}:"))
            y += 25
    return salida, y


def _leyenda(dibujo: GraficaLinea, y: float) -> tuple[list[Entrada], float]:
    """Names of the lines, when they do not stand beside them."""
    if dibujo.con_nombres:
        return [], y
    entradas, x = [], float(MARGEN)
    for serie in dibujo.series:
        nombre = _limpio(serie.nombre)
        nombre = nombre if len(nombre) <= 60 else f"{nombre[:59]}…"
        largo = 64 + len(nombre) * _ANCHO_DE_LEYENDA
        if x > MARGEN and x + largo > ANCHO - MARGEN:
            x, y = float(MARGEN), y + 30
        entradas.append(Entrada(x, y, nombre, serie.simbolo, *_trazo(serie)))
        x += largo
    return entradas, y + 30
