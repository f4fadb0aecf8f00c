"""The pages before anybody loads a figure."""

import datetime as dt

import pytest

from indicadores.series import resumen_mesa

pytestmark = pytest.mark.django_db


def test_el_indice_dice_que_todavia_no_hay(client):
    respuesta = client.get("/indicadores/")
    assert respuesta.status_code == 200
    assert "Todavía no hay cifras cargadas" in respuesta.content.decode()


def test_la_pagina_de_un_delito_dice_que_todavia_no_hay_y_no_se_indexa(client):
    pagina = client.get("/indicadores/homicidio-doloso/").content.decode()
    assert "Todavía no hay cifras" in pagina and "noindex" in pagina


def test_los_datos_abiertos_siguen_respondiendo(client):
    assert client.get("/datos/").status_code == 200
    assert client.get("/datos/datapackage.json").json()["sources"] == []
    assert b"".join(client.get("/datos/tasas.json").streaming_content) == b"[]\n"


def test_la_mesa_no_tiene_resumen(norte):
    assert resumen_mesa(norte, dt.date(2026, 11, 22)) == []
