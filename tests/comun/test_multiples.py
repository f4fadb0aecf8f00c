"""Small charts: one scale for all, the same honesty as the large one."""

import re
from xml.etree import ElementTree

from django.template.loader import render_to_string

from comun.graficas import Punto, Quiebre, Serie
from comun.multiples import Panel, multiples


def serie(valores, nombre="Mesa", **extra):
    return Serie(nombre, [Punto(x, y, **extra) for x, y in valores.items()])


ALTA = Panel("Alta", serie({"2022": 40, "2023": 30}), "/mesas/alta/", "En 2023: 30.0")
BAJA = Panel("Baja", serie({"2021": 10, "2022": 20, "2023": None}))


def pintar(dibujo, **extra):
    return render_to_string("_piezas/multiples.html", {"multiples": dibujo, "id": "m", **extra})


def test_la_misma_cifra_esta_a_la_misma_altura_en_todas():
    dibujo = multiples([ALTA, Panel("Igual", serie({"2023": 40}))])
    (primera, _), (unica,) = (panel.serie.puntos for panel in dibujo.paneles)
    assert primera.y == unica.y
    assert dibujo.eje_y[0].texto == "0" and float(dibujo.eje_y[-1].texto) >= 40


def test_el_mismo_anio_esta_en_el_mismo_lugar_aunque_una_no_lo_tenga():
    dibujo = multiples([ALTA, BAJA])
    (de_alta, _), (_, de_baja) = (panel.serie.puntos for panel in dibujo.paneles)
    assert de_alta.x == de_baja.x
    assert [r.texto for r in dibujo.eje_x] == ["2021", "2023"]


def test_la_escala_es_de_las_cifras_y_la_banda_se_corta_en_ella():
    ancha = Panel("Pequeña", serie({"2022": 10, "2023": 20}, inf=0, sup=900))
    dibujo = multiples([ancha])
    assert float(dibujo.eje_y[-1].texto) == 20
    alturas = [float(y) for y in re.findall(r" (-?[\d.]+)", dibujo.paneles[0].serie.banda)]
    assert min(alturas) == dibujo.arriba


def test_ni_los_huecos_ni_el_cambio_de_metodo_se_cruzan():
    panel = Panel("Mesa", serie({"2022": 1, "2023": None, "2024": 2, "2025": 3, "2026": 4}))
    dibujo = multiples([panel], referencia=serie({"2025": 1, "2026": 2}), quiebres=[Quiebre("2026-01", "RNID")])
    assert dibujo.paneles[0].serie.linea.count("L") == 1
    assert dibujo.referencia.linea == ""
    (x,) = dibujo.quiebres
    puntos = dibujo.paneles[0].serie.puntos
    assert puntos[-2].x < x < puntos[-1].x


def test_cada_una_se_dice_en_palabras_y_abre_su_lugar():
    html = pintar(multiples([ALTA, BAJA, Panel("<b>Nada</b>", serie({}))], unidad="carpetas"))
    assert '<a href="/mesas/alta/">Alta</a>' in html
    assert "Alta: 40.0 en 2022 y 30.0 en 2023." in html
    assert "&lt;b&gt;Nada&lt;/b&gt;: sin dato." in html
    svgs = [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html, re.S)]
    assert [svg.get("role") for svg in svgs] == ["img"] * 3
    assert "misma escala" in html and "La línea gris" not in html


def test_dice_solo_lo_que_se_ve():
    inestable = Panel("Mesa", serie({"2022": 1, "2023": 2}, inestable=True))
    html = pintar(multiples([inestable], referencia=serie({"2022": 2, "2023": 2})), referencia_nombre="México")
    assert "puntos huecos" in html and "La línea gris es México." in html
    assert "cambio de clasificación" not in html


def test_sin_ninguna_o_todas_en_cero_tambien_dibuja():
    assert multiples([]).paneles == []
    dibujo = multiples([Panel("Mesa", serie({"2022": 0, "2023": 0}))])
    assert {p.y for p in dibujo.paneles[0].serie.puntos} == {dibujo.abajo}


def test_una_cifra_sola_se_dice_una_vez():
    sola = Panel("Sola", serie({"2023": None, "2024": 15.4}))
    assert multiples([sola]).paneles[0].descripcion == "Sola: 15.4 en 2024."


def test_un_anio_aislado_de_la_referencia_tambien_se_ve():
    dibujo = multiples([ALTA], referencia=serie({"2020": 5, "2021": None, "2022": 6, "2023": 7}))
    assert len(dibujo.referencia.puntos) == 1  # the others are reached by the line
    assert f'class="g-referencia g-referencia--punto" d="{dibujo.referencia.marcas}"' in pintar(dibujo)
    assert multiples([ALTA], referencia=serie({"2022": 6, "2023": 7})).referencia.puntos == []
