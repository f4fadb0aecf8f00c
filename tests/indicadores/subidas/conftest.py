"""Small files of official shape, and the staff's desk where they are uploaded. Every figure is invented."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from indicadores.models import EdicionDePoblacion, Poblacion, Recepcion
from mesas.models import Entidad
from tests.fabricas import hacer_municipio
from tests.indicadores.archivos import MUNICIPAL, texto
from tests.indicadores.test_cargas import ENTIDADES, MUNICIPIOS, filas

SUBIR = "admin:indicadores_recepcion_add"


@pytest.fixture
def territorio(db):
    """Where the figures of these files fall, with inhabitants."""
    for clave in MUNICIPIOS:
        hacer_municipio(clave)
    for clave in ENTIDADES:
        Entidad.objects.get_or_create(clave=clave, defaults={"nombre": clave, "nombre_corto": clave})
    edicion = EdicionDePoblacion.objects.create(nombre="Prueba", fuente="x", archivo="x", sha256="a" * 64, vigente=True)
    Poblacion.objects.bulk_create(
        Poblacion(edicion=edicion, territorio=clave, anio=anio, habitantes=100_000)
        for anio in (2023, 2024, 2025)
        for clave in (*MUNICIPIOS, "28")
    )
    return edicion


def crudo(**opciones):
    """Bytes of a municipal file."""
    return texto(MUNICIPAL, filas(**opciones)).encode("cp1252")


def adjunto(contenido=None, nombre="IDM_prueba.csv", **opciones):
    """A file as the browser sends it."""
    return SimpleUploadedFile(nombre, crudo(**opciones) if contenido is None else contenido)


@pytest.fixture
def mesa_de_diana(como, diana, territorio):
    """Diana's session in the admin."""
    return como(diana)


@pytest.fixture
def subir(mesa_de_diana):
    """`subir(archivo, simular="on")` presses the button; returns what the browser gets."""

    def oprimir(*archivos, **campos):
        datos = {"tipo": "incidencia", **campos}
        if archivos:
            datos["archivos"] = list(archivos)
        return mesa_de_diana.post(reverse(SUBIR), datos)

    return oprimir


@pytest.fixture
def atender():
    """The worker of the queue, inside the transaction of the test; as a process it has its own tests."""
    obrero = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="prueba",
        excluded_queue_names=[],
    )

    def hasta_vaciarla():
        while tarea := DBTaskResult.objects.ready().first():
            tarea.claim("prueba")
            obrero.run_task(tarea)
            assert not tarea.traceback, tarea.traceback

    return hasta_vaciarla


def la_unica():
    return Recepcion.objects.get()


def pagina(recepcion):
    return reverse("admin:indicadores_recepcion_change", args=[recepcion.pk])


def hacer(cliente, recepcion, accion):
    return cliente.post(reverse("admin:indicadores_recepcion_hacer", args=[recepcion.pk, accion]))


def cuerpo(respuesta):
    """The text of the page, without what surrounds it."""
    html = respuesta.content.decode()
    return html.split('id="content-main"', 1)[-1].split('id="footer"', 1)[0]
