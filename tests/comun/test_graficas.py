"""The line with band: honest where there is no figure, where the method changed and where figures are few."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from comun.escalas import decimales_de, marcas_redondas, salteados, separados
from comun.graficas import Punto, Quiebre, Serie, grafica, linea


def serie(*valores, desde=2015, nombre="Nacional", clase=1, **extra):
    return Serie(nombre, [Punto(desde + i, valor, **extra) for i, valor in enumerate(valores)], clase)


def trazos(dibujo):
    return dibujo.series[0].linea.count("M")


def test_una_serie_completa_es_un_solo_trazo():
    assert trazos(linea([serie(1, 2, 3)])) == 1


def test_donde_no_hay_dato_la_linea_se_corta():
    dibujo = linea([serie(1, 2, None, 3, 4)])
    assert trazos(dibujo) == 2
    assert len(dibujo.series[0].puntos) == 4


def test_un_dato_entre_dos_huecos_se_ve_como_punto():
    dibujo = linea([serie(1, 2, None, 3, None)])
    assert trazos(dibujo) == 1
    assert len(dibujo.series[0].puntos) == 3


def test_un_periodo_que_falta_en_una_serie_tambien_es_hueco():
    otra = serie(1, 2, 3, 4)
    con_falta = Serie("Mesa", [p for p in serie(1, 2, 3, 4).puntos if p.x != 2016], 2)
    assert linea([con_falta, otra]).series[0].linea.count("M") == 1
    assert len(linea([con_falta, otra]).series[0].puntos) == 3


def test_nada_se_une_a_traves_de_un_cambio_de_metodo():
    dibujo = linea([serie(1, 2, 3, 4)], quiebres=[Quiebre(2017, "RNID")])
    assert trazos(dibujo) == 2
    (vertical,) = dibujo.quiebres
    assert dibujo.series[0].puntos[1].x < vertical.x < dibujo.series[0].puntos[2].x


def test_un_quiebre_fuera_del_periodo_no_se_dibuja():
    assert linea([serie(1, 2)], quiebres=[Quiebre(2026, "RNID")]).quiebres == []


def test_lo_inestable_se_marca_y_se_dice():
    dibujo = linea([Serie("Mesa", [Punto(2024, 1.2, 0.6, 2.3, inestable=True), Punto(2025, 3)])])
    assert [p.inestable for p in dibujo.series[0].puntos] == [True, False]
    assert "inestable" in dibujo.zonas[0].texto
    assert dibujo.con_inestables and dibujo.con_banda


def test_el_eje_empieza_en_cero_y_llega_al_intervalo():
    dibujo = linea([serie(20, 22, inf=18, sup=31)])
    assert dibujo.eje_y[0].texto == "0"
    assert float(dibujo.eje_y[-1].texto) >= 31
    assert dibujo.eje_y[0].lugar == dibujo.abajo


def test_una_serie_larga_no_se_llena_de_puntos():
    meses = [Punto(f"{anio}-{mes:02d}", 2.0) for anio in range(2018, 2024) for mes in range(1, 13)]
    dibujo = linea([Serie("Nacional", meses)])
    assert len(dibujo.series[0].puntos) == 1
    assert [m.texto for m in dibujo.eje_x] == ["2018", "2019", "2020", "2021", "2022", "2023"]


@pytest.mark.parametrize("valores", [[], [None, None], [0, 0, 0], [5]])
def test_con_poco_o_nada_tambien_dibuja(valores):
    dibujo = linea([serie(*valores)])
    assert len(dibujo.eje_y) >= 2
    assert dibujo.descripcion


def test_la_tabla_dice_lo_mismo_que_la_linea():
    hecha = grafica("Tasa", [serie(1.24, None, nombre="Mesa", inf=0.6, sup=2.3)])
    assert [c["titulo"] for c in hecha.columnas] == ["Periodo", "Mesa"]
    assert hecha.filas == [["2015", "1.2 (0.6 a 2.3)"], ["2016", "sin dato"]]


def test_el_svg_es_xml_valido_con_titulo_y_sin_estilos():
    hecha = grafica("Tasa <y> más", [serie(1, 2), serie(2, 3, nombre="León & Silao", clase=2)], unidad="por 100 mil")
    html = render_to_string("_piezas/grafica.html", {"grafica": hecha, "id": "g", "fuente": "SESNSP"})
    svgs = re.findall(r'<svg viewBox="0 0.*?</svg>', html, re.S)
    assert len(svgs) == 2
    for svg in svgs:
        raiz = ElementTree.fromstring(svg)
        assert raiz.get("role") == "img"
        assert raiz.find("title").text == "Tasa <y> más"
    assert "style=" not in html
    assert html.count('id="g-a-t"') == 1 and html.count('id="g-b-t"') == 1


@given(st.lists(st.floats(0, 300), min_size=1, max_size=6), st.integers(14, 40))
def test_los_nombres_nunca_se_enciman(posiciones, distancia):
    lugares = sorted(separados(posiciones, distancia, 0, 300))
    assert all(b - a >= distancia - 0.001 for a, b in pairwise(lugares))
    if distancia * len(posiciones) <= 300:
        assert lugares[0] >= -0.001 and lugares[-1] <= 300.001


@given(st.floats(0.001, 1_000_000))
def test_las_marcas_del_eje_alcanzan_y_no_son_demasiadas(tope):
    marcas = marcas_redondas(tope)
    assert marcas[0] == 0 and marcas[-1] >= tope * 0.999999
    assert 2 <= len(marcas) <= 7


def test_decimales_de_las_marcas():
    assert decimales_de([0, 0.5, 1]) == 1
    assert decimales_de([0, 2.5, 5]) == 1
    assert decimales_de([0, 10]) == 0


def test_el_ultimo_periodo_siempre_lleva_rotulo():
    for cuantos in range(1, 40):
        elegidos = salteados(cuantos, 300, 50)
        assert elegidos[-1] == cuantos - 1 and len(elegidos) <= 7


def test_una_cifra_sola_no_se_describe_dos_veces():
    sola = Serie("Torreón", [Punto("2023", None), Punto("2024", 15.4)])
    assert linea([sola]).descripcion == "Torreón: 15.4 en 2024. Los valores están en la tabla."
