"""Every public table with something in it: the figures and mesas of the first run, and the 3er Encuentro."""

import csv
import io
import json

import pytest

from encuentros.operaciones import cargar_tercer_encuentro
from mesas.models import Mesa
from tests.fabricas import asistir, cerrar, hacer_sesion, publicar_sesion


@pytest.fixture
def publicado(cifras):
    """What the first run leaves public, and one session that its assembly consented to publish."""
    cargar_tercer_encuentro()
    sesion = cerrar(asistir(hacer_sesion(Mesa.objects.get(slug="tampico-madero-altamira"))))
    publicar_sesion(sesion, puntos=sesion.puntos.all()[:1])


@pytest.fixture
def leer(client):
    """`leer(recurso, formato, **parametros)`: the rows of a table, as a program reads them."""

    def pedir(recurso, formato, **parametros):
        respuesta = client.get(recurso.direccion(formato), parametros)
        assert respuesta.status_code == 200, (recurso.nombre, formato, parametros, respuesta.content)
        texto = b"".join(respuesta.streaming_content).decode()
        if formato == "json":
            return json.loads(texto)
        lector = csv.DictReader(io.StringIO(texto))
        assert tuple(lector.fieldnames) == recurso.columnas
        return list(lector)

    return pedir
