"""Open data of the encuentros."""

import csv
import io
import json

import pytest

from encuentros.models import Encuentro, Propuesta
from mesas.models import Mesa


def filas(client, direccion):
    texto = client.get(direccion).getvalue().decode()
    return list(csv.DictReader(io.StringIO(texto)))


def test_encuentros_en_csv_y_json(client, tercer_encuentro):
    [fila] = filas(client, "/datos/encuentros.csv")
    assert (fila["numero"], fila["inicio"], fila["mesa_anfitriona"]) == ("3", "2018-11-21", "tampico-madero-altamira")
    assert (fila["mesas_asistentes"], fila["entidades_asistentes"], fila["propuestas"]) == ("31", "14", "23")
    [objeto] = json.loads(client.get("/datos/encuentros.json").getvalue())
    assert {clave: "" if valor is None else str(valor) for clave, valor in objeto.items()} == fila


def test_propuestas_con_su_rubro_y_sus_autoras(client, tercer_encuentro):
    una, otra = tercer_encuentro.propuestas.filter(rubro__clave="identidad")[:2]
    una.mesas.set(Mesa.objects.filter(orden__in=[1, 12]))
    Propuesta.objects.filter(pk=una.pk).update(fusionada_en=otra)
    todas = filas(client, "/datos/propuestas.csv?encuentro=3")
    assert len(todas) == 23
    assert (todas[0]["mesas"], todas[0]["unida_a_rubro"], todas[0]["unida_a_orden"]) == (
        "ciudad-juarez;morelia",
        "identidad",
        "2",
    )
    assert len(filas(client, "/datos/propuestas.csv?rubro=organizacional")) == 12


@pytest.mark.parametrize(
    ("direccion", "texto"),
    [
        ("/datos/encuentros.csv?anio=2018", "No existe el parámetro «anio»"),
        ("/datos/propuestas.json?mesa=leon", "Valen: encuentro, rubro."),
        ("/datos/propuestas.csv?encuentro=9", "Valores válidos: 3"),
        ("/datos/propuestas.csv?rubro=salud", "comunicacion-y-difusion, financiamiento, identidad, organizacional"),
    ],
)
def test_lo_que_no_se_entiende_se_explica(client, tercer_encuentro, direccion, texto):
    respuesta = client.get(direccion)
    assert respuesta.status_code == 400
    assert texto in respuesta.content.decode()


def test_un_formato_desconocido_no_existe(client, db):
    assert client.get("/datos/encuentros.xml").status_code == 404


def test_ninguna_celda_es_una_formula(client, tercer_encuentro):
    Encuentro.objects.update(nombre="=HYPERLINK(1)")
    assert filas(client, "/datos/encuentros.csv")[0]["nombre"] == "'=HYPERLINK(1)"


def test_lo_privado_no_sale(client, tercer_encuentro):
    Encuentro.objects.update(publico=False)
    assert filas(client, "/datos/propuestas.csv") == []
    assert json.loads(client.get("/datos/propuestas.json").getvalue()) == []
