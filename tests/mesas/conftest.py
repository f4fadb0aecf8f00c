"""Files that the staff brings, and the steps of an import."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from tests.fabricas import hacer_municipio

COLUMNAS = ["slug", "nombre", "entidad", "orden", "publica", "zona_horaria", "nota", "fuente", "correo_publico"]


def archivo_csv(filas, *, codificacion="utf-8", separador=",", nombre="mesas.csv"):
    flujo = io.StringIO()
    csv.writer(flujo, delimiter=separador).writerows(filas)
    return SimpleUploadedFile(nombre, flujo.getvalue().encode(codificacion), "text/csv")


def archivo_xlsx(filas, nombre="mesas.xlsx"):
    libro = Workbook()
    for fila in filas:
        libro.active.append(fila)
    flujo = io.BytesIO()
    libro.save(flujo)
    return SimpleUploadedFile(nombre, flujo.getvalue())


def fila(slug="valle", nombre="Valle", entidad="28", **otras):
    return [slug, nombre, entidad, *[otras.get(columna, "") for columna in COLUMNAS[3:]]]


@pytest.fixture
def escritorio(como, diana):
    """Diana at the desk of the staff."""
    hacer_municipio()
    return Escritorio(como(diana))


class Escritorio:
    """The pages of files of the admin, as a person goes through them."""

    def __init__(self, cliente):
        self.cliente = cliente

    def previa(self, archivo, tabla="mesa"):
        return self.cliente.post(reverse(f"admin:mesas_{tabla}_import"), {"import_file": archivo, "resource": "0"})

    def confirmar(self, respuesta, tabla="mesa"):
        datos = respuesta.context["confirm_form"].initial
        return self.cliente.post(reverse(f"admin:mesas_{tabla}_process_import"), datos, follow=True)

    def exportar(self, formato, tabla="mesa", consulta=""):
        respuesta = self.cliente.post(reverse(f"admin:mesas_{tabla}_export") + consulta, {"format": formato})
        nombre = respuesta["Content-Disposition"].split('"')[1]
        return SimpleUploadedFile(nombre, respuesta.content)


def texto(respuesta):
    return respuesta.content.decode()
