"""The open data before anybody loads anything: every table answers, empty and well formed."""

import pytest
from django.urls import reverse
from jsonschema import Draft202012Validator

from comun.recursos import TIPOS_DE_MEDIO
from rnmsj.abiertos.recursos import RECURSOS
from tests.techo.abiertos.formas import OPENAPI, PAQUETE

pytestmark = pytest.mark.django_db

CON_LA_RED = {"seguimiento"}
"""Those that always have a row: that of the whole network."""


@pytest.mark.parametrize("formato", TIPOS_DE_MEDIO)
@pytest.mark.parametrize("recurso", [r for r in RECURSOS if r.nombre not in CON_LA_RED], ids=lambda r: r.nombre)
def test_una_tabla_vacia_tambien_es_un_archivo(leer, recurso, formato):
    assert leer(recurso, formato) == []


def test_lo_que_se_dice_de_ellas_esta_bien_dicho(client):
    paquete = client.get(reverse("datapackage")).json()
    Draft202012Validator(PAQUETE).validate(paquete)
    assert paquete["sources"] == []
    Draft202012Validator(OPENAPI).validate(client.get(reverse("openapi")).json())


def test_la_pagina_abre(client):
    respuesta = client.get(reverse("datos"))
    assert respuesta.status_code == 200
    assert "Archivos de origen" not in respuesta.content.decode()
