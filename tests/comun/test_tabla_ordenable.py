"""Tables sorted by links, and the bars of their intervals."""

import re
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from comun.intervalos import ANCHO, Intervalo, escala
from comun.tabla_ordenable import Columna, Fila, Orden, encabezados, leer_orden, ordenar
from comun.texto import orden_es

COLUMNAS = [Columna("Entidad", "nombre"), Columna("Tasa", "tasa", num=True), Columna("Fuente")]
DE_ENTRADA = Orden("tasa", desciende=True)


def fila(nombre, tasa, **extra):
    return Fila([nombre, "" if tasa is None else str(tasa), "SESNSP"], {"nombre": nombre, "tasa": tasa}, **extra)


FILAS = [fila("Ñu", 1), fila("Nube", None), fila("Oaxaca", 3), fila("álamo", 0), fila("Zacatecas", 3)]


def nombres(orden):
    return [f.celdas[0] for f in ordenar(FILAS, orden)]


@pytest.mark.parametrize(
    ("pedido", "esperado"),
    [
        ("", DE_ENTRADA),
        ("orden=tasa", Orden("tasa", desciende=False)),
        ("orden=-nombre", Orden("nombre", desciende=True)),
        ("orden=no-hay", DE_ENTRADA),
        ("orden=--tasa", DE_ENTRADA),
        ("orden=", DE_ENTRADA),
    ],
)
def test_el_orden_se_lee_de_la_direccion(pedido, esperado):
    assert leer_orden(QueryDict(pedido), COLUMNAS, DE_ENTRADA) == esperado


def test_lo_que_no_tiene_cifra_va_al_final_en_los_dos_sentidos():
    assert nombres(Orden("tasa", desciende=False)) == ["álamo", "Ñu", "Oaxaca", "Zacatecas", "Nube"]
    assert nombres(Orden("tasa", desciende=True)) == ["Oaxaca", "Zacatecas", "Ñu", "álamo", "Nube"]


def test_los_nombres_van_en_orden_espanol():
    assert nombres(Orden("nombre", desciende=False)) == ["álamo", "Nube", "Ñu", "Oaxaca", "Zacatecas"]
    assert sorted(["ñame", "nube", "Óp", "nzz"], key=orden_es) == ["nube", "nzz", "ñame", "Óp"]


def test_los_enlaces_conservan_la_eleccion_y_dan_la_vuelta():
    parametros = QueryDict("delito=robo&territorio=28&territorio=mesa:torreon&orden=-tasa&page=3")
    nombre, tasa, fuente = encabezados(COLUMNAS, DE_ENTRADA, parametros, "tabla")
    assert tasa.url == "?delito=robo&territorio=28&territorio=mesa:torreon&orden=tasa#tabla"
    assert (tasa.aria, nombre.aria) == ("descending", "")
    assert nombre.url.endswith("&orden=nombre#tabla") and fuente.url == ""
    assert "de menor a mayor" in tasa.ayuda and "de la A a la Z" in nombre.ayuda


def pintar(**extra):
    contexto = {
        "id": "t",
        "titulo": "Tasas",
        "encabezados": encabezados(COLUMNAS, DE_ENTRADA, QueryDict("delito=<b>"), "t"),
        "filas": [fila("<i>Colima</i>", 83, url="/x/?a=1&b=2")],
    }
    return render_to_string("_piezas/tabla_ordenable.html", contexto | extra)


def test_la_tabla_dice_como_esta_ordenada_y_escapa():
    html = pintar()
    assert html.count('aria-sort="descending"') == 1
    assert 'href="?delito=%3Cb%3E&amp;orden=tasa#t"' in html
    assert "&lt;i&gt;Colima&lt;/i&gt;</a></th>" in html and 'href="/x/?a=1&amp;b=2"' in html
    assert "<svg" not in html


def test_el_punto_y_la_barra_caen_en_su_cifra():
    primera, segunda, ninguna = escala([Intervalo(100, 80, 120), Intervalo(25, 10, 50, inestable=True), None]).barras
    assert (primera.punto, primera.x, primera.cortada) == (ANCHO, 160, True)
    assert (segunda.x, segunda.ancho, segunda.punto) == (20, 80, 50)
    assert segunda.inestable and not segunda.cortada
    assert ninguna is None


@pytest.mark.parametrize("filas", [[], [None], [Intervalo(0, 0, 3.7)], [Intervalo(1e7, 9e6, 2e7)]])
def test_con_poco_o_demasiado_hay_escala(filas):
    hecha = escala(filas)
    assert hecha.divisiones[0][0] == 0 and hecha.divisiones[-1][0] == ANCHO
    assert all(b.x >= 0 and b.x + b.ancho <= ANCHO + 1 for b in hecha.barras if b)


def test_las_barras_son_svg_valido():
    hecha = escala([Intervalo(83.5, 77.3, 190.25, inestable=True)])
    html = pintar(filas=[fila("Colima", 83.5, dibujo=hecha.barras[0])], escala=hecha)
    cabeza, cuerpo = (ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html, re.S))
    assert cabeza.find("text").text == "0"
    (barra,) = cuerpo.findall("rect")
    assert float(barra.get("x")) == hecha.barras[0].x
    assert "i-punto--inestable" in html and "i-sigue" in html
