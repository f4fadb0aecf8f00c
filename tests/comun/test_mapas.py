"""The map: every entidad, equal marks that do not hide each other, no data is not zero."""

import json
import re
from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

from comun import geometria
from comun.mapas import DatoDeMapa, Marca, mapa
from comun.proyeccion import ALTO, ANCHO, proyectar

CLAVES = [f"{n:02d}" for n in range(1, 33)]


def datos(valor=1):
    return [DatoDeMapa(clave, f"Entidad {clave}", valor) for clave in CLAVES]


def test_dibuja_las_32_entidades_en_orden():
    assert [e.clave for e in mapa([]).entidades] == CLAVES


@pytest.mark.parametrize(
    ("longitud", "latitud"), [(-117.12, 32.5), (-86.8, 21.2), (-92.2, 14.6), (-106.49, 31.74), (-99.13, 19.43)]
)
def test_los_extremos_del_pais_caen_dentro_del_marco(longitud, latitud):
    x, y = proyectar(longitud, latitud)
    assert 0 <= x <= ANCHO and 0 <= y <= ALTO


def test_el_norte_queda_arriba_y_el_este_a_la_derecha():
    juarez, merida, tapachula = proyectar(-106.5, 31.7), proyectar(-89.6, 21.0), proyectar(-92.3, 14.9)
    assert juarez[1] < merida[1] < tapachula[1]
    assert juarez[0] < tapachula[0] < merida[0]


def test_los_centros_caen_en_la_caja_de_su_entidad():
    cajas = {e.clave: e.d for e in mapa([]).entidades}
    assert set(cajas) == set(CLAVES)
    dibujo = mapa(datos(), [Marca(-97.86, 22.23, "Tampico", "/mesas/tampico/")], foco=["28"])
    x, y, ancho, alto = (float(v) for v in dibujo.vista.split())
    (marca,) = dibujo.marcas
    assert x <= marca.x <= x + ancho and y <= marca.y <= y + alto
    assert ancho < ANCHO / 2


def test_de_cerca_se_distingue_la_entidad_y_el_rotulo_no_se_sale():
    dibujo = mapa([], [Marca(-99.5, 27.4, "Nuevo Laredo", "/nl/"), Marca(-97.9, 22.2, "Tampico", "/t/")], foco=["28"])
    assert {e.clave: e.clase for e in dibujo.entidades if e.clase != "m-fondo"} == {"28": "m-foco"}
    norte, sur = dibujo.marcas
    assert dibujo.cerca and norte.rotulo_y > 0 > sur.rotulo_y


def test_sin_datos_no_es_cero():
    dibujo = mapa([DatoDeMapa("01", "Aguascalientes", None), *datos(3)[1:]], cortes=[2])
    assert dibujo.entidades[0].clase == "m-sin"
    assert dibujo.entidades[0].titulo == "Aguascalientes: sin datos"
    assert dibujo.entidades[1].clase == "m-2"
    assert dibujo.leyenda[-1].texto == "sin datos"


def test_la_leyenda_de_conteos_habla_en_enteros():
    valores = [0, 1, 3, 5]
    dibujo = mapa([DatoDeMapa(c, c, v) for c, v in zip(CLAVES, valores, strict=False)], cortes=[1, 2, 4])
    assert [c.texto for c in dibujo.leyenda] == ["0", "1", "2 a 3", "4 o más"]


def test_vecinas_en_una_metropoli_no_se_enciman_ni_se_alejan():
    marcas = [Marca(-103.44 + i / 50, 25.54, f"Mesa {i}", f"/{i}/") for i in range(4)]
    dibujadas = mapa(datos(), marcas).marcas
    for a, b in combinations(dibujadas, 2):
        assert hypot(a.x - b.x, a.y - b.y) > 40
    x, y = proyectar(-103.44, 25.54)
    assert all(hypot(m.x - x, m.y - y) < 120 for m in dibujadas)


def test_las_marcas_van_de_norte_a_sur_para_que_ninguna_tape_un_rotulo():
    marcas = [Marca(-92, 15, "Sur", "/s/"), Marca(-106, 31, "Norte", "/n/")]
    assert [m.etiqueta for m in mapa([], marcas).marcas] == ["Norte", "Sur"]


def test_el_svg_es_xml_valido_con_enlaces_y_sin_estilos():
    dibujo = mapa(datos(None), [Marca(-97.86, 22.23, "Tampico & Madero", "/mesas/t/", "Tamaulipas")])
    html = render_to_string("_piezas/mapa.html", {"mapa": dibujo, "id": "red", "titulo": "Mesas"})
    raiz = ElementTree.fromstring(re.search(r"<svg.*?</svg>", html, re.S).group())
    (enlace,) = raiz.findall("a")
    assert enlace.get("href") == "/mesas/t/"
    assert enlace.get("aria-label") == "Tampico & Madero, Tamaulipas"
    assert "style=" not in html


CUADRO = {
    "transform": {"scale": [0.01, 0.01], "translate": [-100, 20]},
    "arcs": [[[0, 0], [100, 0], [0, 100]], [[100, 100], [-100, 0], [0, -100]]],
}


def test_un_arco_compartido_al_reves_cierra_el_anillo():
    trazos = geometria.arcos(CUADRO)
    ((anillo,),) = geometria.poligonos({"type": "Polygon", "arcs": [[0, 1]]}, trazos)
    ((reves,),) = geometria.poligonos({"type": "Polygon", "arcs": [[~1, ~0]]}, trazos)
    assert anillo[0] == anillo[-1] and reves[0] == reves[-1]
    assert geometria.area(anillo) == pytest.approx(1) and geometria.area(reves) == pytest.approx(-1)


def test_simplificar_quita_lo_que_no_se_ve_y_conserva_los_extremos():
    recta = [(float(x), 0.001 * (x % 2)) for x in range(20)]
    ligera = geometria.simplificar(recta, 0.01)
    assert len(ligera) == 4 and (ligera[0], ligera[-1]) == (recta[0], recta[-1])
    pico = [(0.0, 0.0), (1.0, 0.0), (2.0, 9.0), (3.0, 0.0), (4.0, 0.0), (5.0, 0.0)]
    assert (2.0, 9.0) in geometria.simplificar(pico, 1.0)


def test_el_punto_de_un_municipio_en_forma_de_ce_queda_dentro():
    ce = [(0, 0), (4, 0), (4, 1), (1, 1), (1, 3), (4, 3), (4, 4), (0, 4), (0, 0)]
    x, y = geometria.punto_interior([[[(float(a), float(b)) for a, b in ce]]])
    assert 0 < x < 1 or y < 1 or y > 3


def test_los_caminos_no_acumulan_errores_de_redondeo():
    anillo = [(i * 0.6, (i % 3) * 0.6) for i in range(30)] + [(0.0, 0.0)]
    pasos = re.findall(r"-?\d+", geometria.camino([anillo]))
    assert sum(int(p) for p in pasos[0::2]) == round(29 * 0.6)


def test_preparar_geometria_escribe_las_dos_piezas(tmp_path, capsys):
    entidades = {
        **CUADRO,
        "objects": {
            "entidades": {"geometries": [{"type": "Polygon", "arcs": [[0, 1]], "properties": {"CVE_ENT": "28"}}]}
        },
    }
    municipios = {
        **CUADRO,
        "objects": {
            "municipios": {"geometries": [{"type": "Polygon", "arcs": [[0, 1]], "properties": {"CVEGEO": "28038"}}]}
        },
    }
    for nombre, contenido in (("e", entidades), ("m", municipios)):
        (tmp_path / nombre).write_text(json.dumps(contenido))
    call_command("preparar_geometria", tmp_path / "e", tmp_path / "m", destino=tmp_path)
    assert '"clave":"28"' in (tmp_path / "entidades.json").read_text()
    assert (tmp_path / "municipios_centros.csv").read_text().splitlines()[1].startswith("28038,-99.5")
