"""`/datos/revisiones`: every figure that the source changed."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicadores.operaciones_cargas import deshacer_carga
from indicadores.revisiones import REVISIONES
from tests.indicadores.registro.conftest import filas_municipales
from tests.indicadores.registro.test_paginas_de_cargas import OTRA_VEZ, _agrandar

pytestmark = pytest.mark.django_db


def pedir(client, formato="csv", **parametros):
    respuesta = client.get(REVISIONES.direccion(formato), parametros)
    assert respuesta.status_code == 200, respuesta.content
    return b"".join(respuesta.streaming_content).decode()


def filas(client, **parametros):
    return list(csv.DictReader(io.StringIO(pedir(client, **parametros))))


@pytest.fixture
def cargadas(cargar):
    return cargar(filas_municipales(hasta=11)), cargar(filas_municipales(cambios=OTRA_VEZ))


def test_un_renglon_por_cifra_con_lo_que_decia_y_lo_que_dice(cargadas, client):
    primera, segunda = cargadas
    tampico = next(fila for fila in filas(client) if fila["territorio"] == "28038")
    assert tampico == {
        "carga": str(segunda.pk),
        "corte": "2024-12",
        "corte_anterior": "2024-11",
        "instrumento": "CNSP/38/15",
        "territorio": "28038",
        "nombre": "Tampico, Entidad 28",
        "delito": "homicidio-doloso:con-arma-de-fuego",
        "nombre_delito": "Homicidio doloso: Con arma de fuego",
        "mes": "2023-01",
        "antes": "1",
        "despues": "4",
    }
    (objeto,) = [fila for fila in json.loads(pedir(client, "json")) if fila["territorio"] == "28038"]
    assert (objeto["antes"], objeto["despues"], objeto["carga"]) == (1, 4, segunda.pk)
    assert "2024-12" not in {fila["mes"] for fila in filas(client)}, "a month published for the first time"
    assert primera.pk < segunda.pk


@pytest.mark.parametrize(
    ("parametros", "territorios"),
    [
        ({"carga": "ultima"}, {"28038"}),
        ({"entidad": "28"}, {"28038"}),
        ({"entidad": "31"}, set()),
        ({"delito": "homicidio"}, {"28038"}),
        ({"delito": "homicidio-doloso:con-arma-blanca"}, set()),
        ({"delito": "homicidio-doloso:con-arma-de-fuego", "entidad": "28", "carga": ""}, {"28038"}),
    ],
)
def test_se_elige(cargar, client, parametros, territorios):
    cargar(filas_municipales())
    cargar(filas_municipales(cambios={("28038", "Con arma de fuego", 2023): [4] + [1] * 11}))
    assert {fila["territorio"] for fila in filas(client, **parametros)} == territorios


def test_una_carga_que_no_cambio_nada_tiene_su_archivo_vacio(cargadas, client):
    assert filas(client, carga=cargadas[0].pk) == []
    deshacer_carga(carga=cargadas[1])
    assert filas(client, carga=cargadas[1].pk) == [], "undone: its record stays, its revision does not count"
    assert filas(client, carga="ultima") == []


@pytest.mark.parametrize(
    ("consulta", "dice"),
    [
        ("carga=999999", "No hay carga «999999». Valen: ultima y los números de "),
        ("carga=x", "No hay carga «x»"),
        ("carga=٣", "No hay carga «٣»"),
        (f"carga={'9' * 40}", "No hay carga"),
        ("entidad=33", "No existe la entidad «33». Valen las claves de 01 a 32."),
        ("entidad=28038", "No existe la entidad «28038»"),
        ("delito=magia", "No existe el delito «magia». Valen: "),
        ("mes=2024-01", "No existe el parámetro «mes». Valen: carga, entidad, delito."),
    ],
)
def test_lo_que_no_existe_es_400_y_dice_que_vale(cargadas, client, consulta, dice):
    respuesta = client.get(f"{REVISIONES.csv}?{consulta}")
    assert respuesta.status_code == 400
    assert dice in respuesta.content.decode()


def test_el_error_no_enumera_cada_carga_que_ha_habido(cargar, client):
    cargas = [cargar(filas_municipales(hasta=mes)) for mes in (8, 9, 10)]
    respuesta = client.get(f"{REVISIONES.csv}?carga=0")
    rango = f"los números de {cargas[0].pk} a {cargas[-1].pk} que aparecen en /datos/cargas/."
    assert respuesta.content.decode() == f"No hay carga «0». Valen: ultima y {rango}\n"


def test_sin_cargas_el_error_lo_dice(db, client):
    assert "Valen: ultima; todavía no hay ninguna." in client.get(f"{REVISIONES.csv}?carga=1").content.decode()


def test_cuesta_lo_mismo_con_dos_que_con_miles(cargadas, client):
    def consultas():
        with CaptureQueriesContext(connection) as hechas:
            filas(client)
        return len(hechas)

    antes = consultas()
    _agrandar(cargadas[1], 200)
    assert consultas() == antes <= 8


def test_quien_ya_lo_tiene_no_lo_baja(cargadas, client):
    respuesta = client.get(REVISIONES.csv)
    condicion = {"if-none-match": respuesta["ETag"]}
    assert client.get(REVISIONES.csv, headers=condicion).status_code == 304
    deshacer_carga(carga=cargadas[1])
    assert client.get(REVISIONES.csv, headers=condicion).status_code == 200
