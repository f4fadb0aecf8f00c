"""A chart as a file: it says alone where it comes from, and no name can break it."""

import datetime as dt
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from comun import lamina
from comun.graficas import Marca, Punto, Quiebre, Serie, linea

SVG = "{http://www.w3.org/2000/svg}"
HOSTIL = '<script>alert(1)</script>\x00\x0b & "comillas"\n' + "ñ" * 300
CSS = (Path(__file__).resolve().parents[2] / "static" / "css" / "portal.css").read_text()


def rotulos(**otros):
    dados = {
        "titulo": "Homicidio doloso en México, por año",
        "subtitulo": "Carpetas por cada 100 mil habitantes",
        "notas": ["Son carpetas, no víctimas."],
        "pie": [("Fuente", "SESNSP"), ("Corte", "junio de 2025"), ("Población", "CONAPO 1990-2040")],
        "red": "Red Nacional",
        "direccion": "https://portal.example.org/indicadores/?delito=homicidio-doloso",
        "fecha": dt.date(2026, 11, 24),
    }
    return lamina.Rotulos(**(dados | otros))


def serie(*valores, nombre="México", clase=1):
    puntos = [Punto(str(2020 + i), v, v and v * 0.9, v and v * 1.1) for i, v in enumerate(valores)]
    return Serie(nombre, puntos, clase)


def textos(svg):
    return [" ".join("".join(t.itertext()).split()) for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def ancho_y_alto(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def test_la_imagen_dice_de_donde_sale_sin_pagina_alrededor():
    dicho = textos(lamina.svg(rotulos(), [serie(1, 2)], unidad="carpetas por 100 mil habitantes"))
    for texto in (
        "Homicidio doloso en México, por año",
        "Carpetas por cada 100 mil habitantes",
        "Son carpetas, no víctimas.",
        "Fuente: SESNSP",
        "Corte: junio de 2025",
        "Población: CONAPO 1990-2040",
        "https://portal.example.org/indicadores/?delito=homicidio-doloso",
        "Red Nacional · Imagen hecha el 24 de noviembre de 2026",
        "carpetas por 100 mil habitantes",
    ):
        assert texto in dicho


def test_todo_cabe_a_lo_alto_y_en_orden():
    svg = lamina.svg(rotulos(notas=["Nota larga. " * 60]), [serie(1, 2)])
    raiz = ElementTree.fromstring(svg)
    alto = float(raiz.get("height"))
    grupos = [*raiz.findall(f"{SVG}g"), raiz]
    lugares = [float(t.get("y")) for g in grupos if not g.get("transform") for t in g.findall(f"{SVG}text")]
    assert len(lugares) >= 12 and lugares == sorted(lugares)
    assert lugares[-1] < alto
    assert alto > float(ElementTree.fromstring(lamina.svg(rotulos(), [serie(1, 2)])).get("height"))


def test_solo_lleva_atributos_y_nada_de_fuera():
    svg = lamina.svg(rotulos(), [serie(1, 2)])
    assert "style" not in svg and "class=" not in svg and "<script" not in svg
    assert not re.search(r"href|url\(|@import", svg.replace("https://portal.example.org", ""))


def test_lo_hostil_se_escapa_y_no_estorba_al_png():
    datos = rotulos(titulo=HOSTIL, subtitulo=HOSTIL, notas=[HOSTIL], pie=[("Fuente", HOSTIL)], direccion=HOSTIL)
    series = [serie(1, 2, nombre=HOSTIL, clase=n) for n in range(1, 7)]
    svg = lamina.svg(datos, series, marcas=[Marca("2020", HOSTIL, "/x/")])
    assert "<script" not in svg and "\x00" not in svg
    assert any("alert(1)" in texto for texto in textos(svg))
    assert ancho_y_alto(lamina.png(svg))[0] == 1200


@pytest.mark.parametrize("valores", [[], [None], [5], [0, 0, 0], [12_000_000, 3]])
def test_con_poco_nada_o_demasiado_tambien_hay_imagen(valores):
    svg = lamina.svg(rotulos(), [serie(*valores)])
    ancho, alto = ancho_y_alto(lamina.png(svg))
    assert ancho == 1200 and alto == float(ElementTree.fromstring(svg).get("height"))


def test_la_misma_imagen_son_los_mismos_bytes():
    series = [serie(1, 2), serie(2, 3, nombre="León", clase=2)]
    svg = lamina.svg(rotulos(), series)
    assert svg == lamina.svg(rotulos(), series)
    assert lamina.png(svg) == lamina.png(svg)


def test_el_png_tiene_letras():
    """With no font at hand the words would be missing without an error."""
    con, sin = lamina.svg(rotulos(), [serie(1, 2)]), lamina.svg(rotulos(titulo=" "), [serie(1, 2)])
    assert len(lamina.png(con)) > len(lamina.png(sin)) + 2000


def test_el_dibujo_es_el_de_la_pagina():
    series, quiebres = [serie(1, None, 3, 4)], [Quiebre("2023", "RNID")]
    dibujo = linea(series, ancho=747, alto=390, quiebres=quiebres)
    svg = lamina.svg(rotulos(), series, quiebres=quiebres)
    assert dibujo.series[0].marcas in svg and dibujo.series[0].banda in svg
    assert "RNID" in svg


def test_los_colores_son_los_de_la_hoja_de_estilo():
    claro = CSS[CSS.index(":root {") : CSS.index("@media (min-width: 60rem) {\n  :root")]
    token = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", claro))
    assert {n: token[n.replace("_", "-")] for n in lamina.COLORES} == lamina.COLORES
    assert tuple(token[f"serie-{n}"] for n in range(1, 7)) == lamina.SERIES
    guiones = dict(re.findall(r"\.s(\d) \.g-linea \{ stroke-dasharray: ([\d. ]+);", CSS))
    assert tuple(guiones.get(str(n), "") for n in range(1, 7)) == lamina.GUIONES
