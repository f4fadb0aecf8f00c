"""The time axis: what is missing keeps its room, a change of method is never crossed, marks stand at their date."""

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from comun.escalas import eje_completo
from comun.grafica_tiempo import ENTRE_SELLOS
from comun.graficas import MAXIMO_DE_SERIES, Marca, Punto, Quiebre, Serie, grafica, linea

RNID = "Cambia la clasificación (RNID)"
HOSTIL = '<script>alert("x")</script> & "Norte" ' + "ñ" * 90


def serie(valores, nombre="México", clase=1):
    return Serie(nombre, [Punto(x, y) for x, y in valores.items()], clase)


def meses(desde, hasta, valor=2.0):
    return dict.fromkeys(eje_completo([desde, hasta]), valor)


def tramos(dibujo, cual=0):
    """Stretches of a line, each as its abscissas."""
    trazos = re.findall(r"M([^M]+)", dibujo.series[cual].linea)
    return [[float(punto.split()[0]) for punto in trazo.split("L")] for trazo in trazos]


@pytest.mark.parametrize(
    ("dados", "esperado"),
    [
        ([], []),
        ([2018, 2016], [2016, 2017, 2018]),
        (["2018", "2016"], ["2016", "2017", "2018"]),
        (["2025-11", "2026-02"], ["2025-11", "2025-12", "2026-01", "2026-02"]),
        (["b", "a"], ["a", "b"]),
        (["2024", "2024-05"], ["2024", "2024-05"]),
    ],
)
def test_el_eje_no_se_salta_ningun_periodo(dados, esperado):
    assert eje_completo(dados) == esperado


def test_un_anio_que_nadie_da_ocupa_su_lugar_y_corta_la_linea():
    dibujo = linea([serie({"2015": 1, "2016": 2, "2019": 3, "2020": 4})])
    assert len(dibujo.zonas) == 6
    assert [len(tramo) for tramo in tramos(dibujo)] == [2, 2]
    (_, antes), (despues, _) = tramos(dibujo)
    anio = tramos(dibujo)[0][1] - tramos(dibujo)[0][0]
    assert despues - antes == pytest.approx(3 * anio, abs=0.3)


@pytest.mark.parametrize(
    ("valores", "corte"),
    [
        ({"2024": 1, "2025": 2, "2026": 3}, "2026"),
        ({"2024": 1, "2025": 2, "2026": 3}, "2026-01"),
        (meses("2025-06", "2026-03"), "2026-01"),
        (meses("2025-06", "2026-03"), "2026"),
        (meses("2025-06", "2025-12") | meses("2026-03", "2026-08"), "2026-01"),
    ],
)
def test_el_cambio_de_metodo_se_dibuja_y_nada_lo_cruza(valores, corte):
    dibujo = linea([serie(valores)], quiebres=[Quiebre(corte, RNID)])
    (quiebre,) = dibujo.quiebres
    assert not [1 for tramo in tramos(dibujo) if tramo[0] < quiebre.x < tramo[-1]]
    lados = {x: punto.x < quiebre.x for x, punto in zip(valores, dibujo.series[0].puntos, strict=True)}
    assert lados == {x: x < "2026" for x in valores}


def test_con_cifras_de_un_solo_lado_no_hay_cambio_que_dibujar():
    assert linea([serie(meses("2026-01", "2026-05"))], quiebres=[Quiebre("2026-01", RNID)]).quiebres == []
    assert linea([serie(meses("2024-01", "2025-12"))], quiebres=[Quiebre("2026-01", RNID)]).quiebres == []


@pytest.mark.parametrize("ultimo", ["2026-02", "2028-12", "2036-06"])
@pytest.mark.parametrize("ancho", [400, 800])
def test_las_palabras_del_cambio_caben_en_el_dibujo(ancho, ultimo):
    dibujo = linea([serie(meses("2022-01", ultimo))], quiebres=[Quiebre("2026-01", RNID)], ancho=ancho)
    (quiebre,) = dibujo.quiebres
    largo = len(RNID) * 7.4
    izquierda = quiebre.texto_x - (largo if quiebre.ancla == "end" else 0)
    assert izquierda >= 0 and izquierda + largo <= ancho


MARCAS = [
    Marca("2025-03", "Segundo", "/acuerdos/B/"),
    Marca("2024-11-30", "Primero", "/acuerdos/A/"),
    Marca("2001", "De otro siglo", "/acuerdos/Z/"),
]


def test_las_marcas_van_por_fecha_y_solo_las_que_caben():
    dibujo = linea([serie(meses("2024-01", "2025-12"))], marcas=MARCAS)
    assert [(m.numero, m.texto, m.periodo) for m in dibujo.marcas] == [
        (1, "Primero", "nov 2024"),
        (2, "Segundo", "mar 2025"),
    ]
    centros = {zona.texto[:8]: zona.centro for zona in dibujo.zonas}
    assert [m.x for m in dibujo.marcas] == [centros["nov 2024"], centros["mar 2025"]]
    assert dibujo.arriba > dibujo.techo


def test_en_un_eje_por_anio_la_marca_cae_dentro_de_su_anio():
    dibujo = linea([serie({"2023": 1, "2024": 2, "2025": 3})], marcas=MARCAS)
    primero, segundo = dibujo.marcas
    x23, x24, x25 = (zona.centro for zona in dibujo.zonas)
    assert x24 < primero.x < (x24 + x25) / 2 < segundo.x < x25
    assert x23 < primero.x


def test_sin_marcas_no_se_les_guarda_lugar():
    dibujo = linea([serie({"2023": 1, "2024": 2})], marcas=MARCAS[2:])
    assert dibujo.marcas == [] and dibujo.arriba == dibujo.techo


@given(st.lists(st.integers(0, 35), min_size=1, max_size=9), st.sampled_from([400, 800]))
def test_los_numeros_de_las_marcas_no_se_enciman(lugares, ancho):
    eje = eje_completo(["2023-01", "2025-12"])
    marcas = [Marca(eje[lugar], f"Acuerdo {n}", f"/{n}/") for n, lugar in enumerate(lugares)]
    dibujo = linea([serie(dict.fromkeys(eje, 1.0))], marcas=marcas, ancho=ancho)
    sellos = [m.sello_x for m in dibujo.marcas]
    assert len(sellos) == len(lugares)
    assert all(b - a >= ENTRE_SELLOS - 0.2 for a, b in pairwise(sellos))


def test_las_marcas_son_enlaces_en_una_lista_y_el_texto_se_escapa():
    hecha = grafica("Tasa", [serie({"2023": 1, "2024": 2})], marcas=[Marca("2024-02", HOSTIL, "/acuerdos/A/")])
    html = render_to_string("_piezas/grafica.html", {"grafica": hecha, "id": "g"})
    assert html.count('<a href="/acuerdos/A/">') == 1
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert html.count('<circle cy="12"') == 2


def test_seis_series_se_distinguen_sin_color_y_la_septima_no_cabe():
    seis = [serie({"2023": n, "2024": n + 1}, f"Lugar {n}", n) for n in range(1, MAXIMO_DE_SERIES + 1)]
    dibujadas = linea(seis).series
    assert len({d.simbolo for d in dibujadas}) == len({d.clase for d in dibujadas}) == 6
    assert all(d.marcas.count("M") == 2 and not d.marcas_inestables for d in dibujadas)
    with pytest.raises(ValueError, match="Caben 6"):
        linea([*seis, seis[0]])


def test_cuando_los_nombres_no_caben_al_final_los_dice_la_leyenda():
    largos = [serie({"2023": n, "2024": n}, f"Mesa {n} San Juan Mixtepec Distrito 08, Oaxaca", n) for n in range(1, 7)]
    hecha = grafica("Tasa", largos)
    assert not hecha.ancha.con_nombres
    assert {len(d.renglones) for d in hecha.ancha.series} == {1}
    html = render_to_string("_piezas/grafica.html", {"grafica": hecha, "id": "g"})
    assert "grafica--rotulada" in html and html.count("San Juan Mixtepec Distrito 08, Oaxaca</li>") == 6
    assert grafica("Tasa", largos[:2]).ancha.con_nombres


def test_un_nombre_hostil_o_larguisimo_no_rompe_el_dibujo():
    hecha = grafica("Tasa", [serie({"2023": 1, "2024": 2}, HOSTIL)])
    assert hecha.ancha.derecha > hecha.ancha.ancho / 2
    assert all(len(renglon) <= 20 for renglon in hecha.ancha.series[0].renglones)
    html = render_to_string("_piezas/grafica.html", {"grafica": hecha, "id": "g"})
    assert "<script>" not in html


def test_cifras_enormes_caben_y_se_leen():
    dibujo = linea([serie({"2023": 12_500_000, "2024": 19_999_999})])
    assert dibujo.eje_y[-1].texto == "20,000,000"
    assert dibujo.izquierda < dibujo.derecha
    assert all(dibujo.arriba <= p.y <= dibujo.abajo for p in dibujo.series[0].puntos)


def test_cada_punto_cae_en_su_cifra():
    dibujo = linea([serie({"2023": 0, "2024": 5, "2025": 10})])
    y0, y1, y2 = (p.y for p in dibujo.series[0].puntos)
    assert (y0, y2) == (dibujo.abajo, dibujo.arriba)
    assert y1 == pytest.approx((y0 + y2) / 2)
    assert [p.x for p in dibujo.series[0].puntos] == [zona.centro for zona in dibujo.zonas]


def test_lo_inestable_lleva_otra_marca():
    dibujo = linea([Serie("Mesa", [Punto("2023", 1, inestable=True), Punto("2024", 2)])])
    (primera,) = dibujo.series
    assert primera.marcas_inestables.count("M") == 1 and primera.marcas.count("M") == 1
    html = render_to_string("_piezas/grafica.html", {"grafica": grafica("T", [serie({"2023": 1})]), "id": "g"})
    assert "g-punto--inestable" not in html


def test_el_dibujo_del_telefono_no_repite_los_textos():
    html = render_to_string(
        "_piezas/grafica.html", {"grafica": grafica("T", [serie({"2023": 1, "2024": 2})]), "id": "g"}
    )
    assert html.count('class="g-zona"') == 4
    assert html.count("<title>2023\nMéxico: 1.0</title>") == 1


def test_en_una_linea_larga_lo_inestable_se_ve_sin_taparla():
    meses = [f"{anio}-{mes:02d}" for anio in range(2015, 2026) for mes in range(1, 13)]
    dibujo = linea([Serie("Mesa", [Punto(mes, 1 + lugar % 3, inestable=True) for lugar, mes in enumerate(meses)])])
    xs = [punto.x for punto in dibujo.series[0].puntos if punto.inestable]
    assert 20 < len(xs) < len(meses) and min(b - a for a, b in pairwise(xs[:-1])) >= 14
