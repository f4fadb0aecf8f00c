"""`/mesas/` and its open data: found with or without accents, honest about what is not known, never private."""

import csv
import datetime as dt
import json

import pytest
from django.urls import reverse

from mesas.models import Cobertura, Mesa
from mesas.operaciones import cargar_catalogos, cargar_mesas_del_informe
from tests.fabricas import hacer_mesa, hacer_municipio
from tests.mesas.conftest import texto

pytestmark = pytest.mark.django_db


def nombres(respuesta):
    return [mesa.nombre for mesa in respuesta.context["page_obj"].object_list]


@pytest.fixture
def red():
    cargar_catalogos()
    cargar_mesas_del_informe()


def buscar(client, **consulta):
    respuesta = client.get(reverse("mesas"), consulta)
    assert respuesta.status_code == 200
    return respuesta


def test_la_lista_y_el_mapa_dicen_lo_mismo(client, red):
    respuesta = buscar(client)
    pagina = texto(respuesta)
    assert len(nombres(respuesta)) == len(respuesta.context["mapa"].marcas) == 31
    assert {marca.etiqueta for marca in respuesta.context["mapa"].marcas} == set(nombres(respuesta))
    assert "31 mesas en 14 entidades" in pagina and "28 operan y 3 están suspendidas" in pagina
    assert "está por confirmarse" in pagina


def test_las_cuentas_suman_y_lo_sin_estado_se_puede_buscar(client, norte):
    sin_opcion = texto(buscar(client))
    assert "1 opera, según" in sin_opcion and "En todas las que operan" in sin_opcion
    assert "Sin estado registrado" not in sin_opcion
    Mesa.objects.create(slug="muda", nombre="Muda", entidad_id="28", publica=True)
    pagina = texto(buscar(client))
    assert "1 opera y 1 no tiene estado registrado" in pagina and "Sin estado registrado" in pagina
    assert nombres(buscar(client, estado="sin")) == ["Muda"]


@pytest.mark.parametrize(
    ("q", "esperadas"),
    [
        ("leon", {"León"}),
        ("LEÓN", {"León"}),
        ("altamira", {"Tampico-Madero-Altamira"}),
        ("cienega", {"Ciénaga de Chapala"}),  # by its other name
        ("valle de toluca", {"Toluca-Metepec"}),
        ("juarez", {"Ciudad Juárez", "Cancún – Isla Mujeres"}),
        ("Juárez, Chihuahua", {"Ciudad Juárez"}),
        ("100%", set()),
        ("'; DROP TABLE", set()),
    ],
)
def test_busca_por_nombre_otro_nombre_o_municipio(client, red, q, esperadas):
    assert set(nombres(buscar(client, q=q))) == esperadas


def test_un_municipio_sin_mesa_lo_dice_y_lleva_a_su_entidad(client, red):
    pagina = texto(buscar(client, q="monclova"))
    assert "No encontramos una mesa para «monclova»" in pagina
    assert f'<a href="{reverse("mesas")}?entidad=05">Coahuila</a>' in pagina


def test_avisa_de_los_municipios_que_se_llaman_igual(client, red):
    respuesta = buscar(client, q="Juárez")
    assert {municipio.entidad.nombre_corto for municipio in respuesta.context["sin_mesa"]} == {
        "Coahuila",
        "Chiapas",
        "Michoacán",
        "Nuevo León",
    }


def test_filtra_por_entidad_y_estado(client, red):
    assert set(nombres(buscar(client, entidad="16", estado="suspendida"))) == {"Zamora", "Uruapan", "Huetamo"}
    assert "Torreón" in nombres(buscar(client, entidad="05"))


def test_una_mesa_que_cruza_entidades_se_encuentra_en_las_dos(client):
    mesa = hacer_mesa("Laguna", "05035")
    hacer_municipio("10012", "Lerdo")
    Cobertura.objects.create(mesa=mesa, municipio_id="10012")
    hacer_mesa("Durango", "10005")
    assert set(nombres(buscar(client, entidad="10"))) == {"Laguna", "Durango"}


@pytest.mark.parametrize("consulta", [{"entidad": "99"}, {"estado": "otro"}, {"page": "mil"}])
def test_lo_que_no_se_entiende_no_es_un_error(client, norte, consulta):
    assert nombres(buscar(client, **consulta)) == ["Norte"]


def test_lo_escrito_no_se_vuelve_html(client, norte):
    assert "<script>x" not in texto(buscar(client, q="<script>x"))


def test_las_de_demostracion_van_aparte_y_no_cuentan(client, norte):
    hacer_mesa("Inventada", "31050", es_demo=True)
    respuesta = buscar(client)
    pagina = texto(respuesta)
    assert [mesa.nombre for mesa in respuesta.context["de_demostracion"]] == ["Inventada"]
    assert "Datos de demostración" in pagina and respuesta.context["cuentas"]["total"] == 1
    assert [marca.etiqueta for marca in respuesta.context["mapa"].marcas] == []  # Norte has no point here


def test_lo_privado_no_sale_por_ningun_lado(client, norte):
    hacer_mesa("Escondida", "31050", publica=False)
    for ruta in (reverse("mesas"), reverse("mesas") + "?q=escondida", reverse("datos_mesas", args=["csv"])):
        respuesta = client.get(ruta)
        cuerpo = b"".join(respuesta.streaming_content).decode() if respuesta.streaming else texto(respuesta)
        assert "Escondida" not in cuerpo


def test_vacio_dice_que_estaria_aqui(client):
    pagina = texto(buscar(client))
    assert "Todavía no hay mesas en el portal" in pagina


def test_mas_de_cien_se_paginan(client, norte):
    for i in range(105):
        Mesa.objects.create(slug=f"m{i}", nombre=f"Mesa {i}", entidad_id="28", publica=True)
    primera, segunda = buscar(client), buscar(client, page="2")
    assert (len(nombres(primera)), len(nombres(segunda))) == (100, 6)
    assert 'rel="next" href="?q=&amp;entidad=&amp;estado=&amp;page=2"' in texto(primera).replace("&page", "&amp;page")


@pytest.mark.parametrize("cuantas", [3, 30])
def test_las_consultas_no_crecen(client, cuantas, django_assert_num_queries):
    for i in range(cuantas):
        hacer_mesa(f"Mesa {i}", f"28{i + 1:03}")
    with django_assert_num_queries(5):
        client.get(reverse("mesas"))


def test_datos_abiertos(client, norte):
    hacer_municipio("28009", "Ciudad Madero")
    Cobertura.objects.create(mesa=norte, municipio_id="28009", inferida=True)
    norte.eventos.create(tipo="suspension", fecha=dt.date(2024, 5, 1), precision="mes", fuente="x")
    respuesta = client.get(reverse("datos_mesas", args=["csv"]))
    assert respuesta["Content-Type"] == "text/csv; charset=utf-8"
    [fila] = csv.DictReader(b"".join(respuesta.streaming_content).decode().splitlines())
    assert fila["slug"] == "norte" and fila["clave_entidad"] == "28" and fila["claves"] == "28038;28009"
    assert (fila["estado"], fila["estado_desde"], fila["estado_precision"]) == ("suspendida", "2024-05-01", "mes")
    assert fila["cobertura_inferida"] == "sí" and fila["demostracion"] == "no"
    [objeto] = json.loads(b"".join(client.get(reverse("datos_mesas", args=["json"])).streaming_content))
    assert objeto["nombre"] == "Norte" and objeto["cobertura_inferida"] is True
    assert client.get("/datos/mesas.xml").status_code == 404


def test_datos_abiertos_sin_mesas(client):
    assert json.loads(b"".join(client.get(reverse("datos_mesas", args=["json"])).streaming_content)) == []
