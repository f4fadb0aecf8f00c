"""The pages before anybody loads a figure."""

import datetime as dt

import pytest

from indicadores.series import resumen_mesa

pytestmark = pytest.mark.django_db


def test_el_indice_dice_que_todavia_no_hay(client):
    respuesta = client.get("/indicadores/")
    assert respuesta.status_code == 200
    assert "Todavía no hay cifras cargadas" in respuesta.content.decode()


def test_el_catalogo_llega_con_la_primera_carga(client):
    assert client.get("/indicadores/homicidio-doloso/").status_code == 404


def test_los_datos_abiertos_siguen_respondiendo(client):
    assert client.get("/datos/").status_code == 200
    assert client.get("/datos/datapackage.json").json()["sources"] == []
    assert b"".join(client.get("/datos/tasas.json").streaming_content) == b"[]\n"


def test_la_mesa_no_tiene_resumen(norte):
    assert resumen_mesa(norte, dt.date(2026, 11, 22)) == []
