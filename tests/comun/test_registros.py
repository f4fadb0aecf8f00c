"""The logs tell which rule was broken and where, and nothing of what somebody had written."""

import io
import logging

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import path

from comun.registros import SinDatos, limpiar
from cuentas.models import Usuario
from mesas.models import Persona

CORREO = "persona-en-riesgo@portal.example"


@pytest.fixture
def registro():
    """`registro(funcion)`: what the log of the portal says of the fault of a function."""
    flujo = io.StringIO()
    manejador = logging.StreamHandler(flujo)
    manejador.setFormatter(SinDatos("{levelname} {message}", style="{"))
    bitacora = logging.getLogger("prueba.de.registros")
    bitacora.propagate = False
    bitacora.addHandler(manejador)

    def de(funcion):
        try:
            with transaction.atomic():
                funcion()
        except DatabaseError:
            bitacora.exception("Algo falló")
        return flujo.getvalue()

    yield de
    bitacora.removeHandler(manejador)


def sql(orden, *valores):
    with connection.cursor() as cursor:
        cursor.execute(orden, valores)


def repetir_correo():
    Usuario.objects.create_user(CORREO)
    Usuario.objects.create_user(CORREO)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("falla", "queda"),
    [
        (repetir_correo, "unique constraint"),
        (lambda: Persona.objects.create(nombre=None, correo=CORREO), 'column "nombre"'),
        (
            lambda: sql("INSERT INTO mesas_persona (nombre, correo) VALUES (%s, NULL)", f"x\n\n{CORREO}\nHINT: x"),
            "23502",
        ),
        (lambda: sql("SELECT %s::integer", CORREO), "22P02"),
        (lambda: sql("SELECT no_hay_tal_columna, %s", CORREO), "42703"),
    ],
    ids=["repetido", "vacío", "de varias líneas", "mal tipo", "mal escrita"],
)
def test_una_falla_de_la_base_se_registra_sin_los_datos(registro, falla, queda):
    texto = registro(falla)
    assert "Traceback" in texto and "test_registros.py" in texto
    assert queda in texto
    assert CORREO not in texto


@pytest.mark.parametrize(
    "linea",
    [
        f"DETAIL:  Key (email)=({CORREO}) already exists.",
        f"DETALLE:  Ya existe la llave (email)=({CORREO}).",
        f"No se guardó: Key (nombre, correo)=(Ana (la de Norte), {CORREO}) already exists.",
        f"DETAIL:  Failing row contains (1, primera línea\nsegunda línea {CORREO}).",
    ],
)
def test_tampoco_cuando_alguien_escribe_el_error_en_el_mensaje(linea):
    assert CORREO not in limpiar(f"ERROR: algo\n{linea}")
    assert limpiar("INFO Se cargaron 3 filas") == "INFO Se cargaron 3 filas"


def falla(request):
    repetir_correo()


urlpatterns = [path("falla/", falla)]


@pytest.mark.django_db
@pytest.mark.urls("tests.comun.test_registros")
def test_la_falla_de_una_pagina_tampoco_los_dice(monkeypatch):
    flujo = io.StringIO()
    (manejador,) = [m for m in logging.getLogger("django").handlers if isinstance(m.formatter, SinDatos)]
    monkeypatch.setattr(manejador, "stream", flujo)
    assert Client(raise_request_exception=False).get("/falla/").status_code == 500
    assert "/falla/" in flujo.getvalue() and "IntegrityError" in flujo.getvalue()
    assert CORREO not in flujo.getvalue()


def test_todo_lo_que_se_registra_pasa_por_ahi():
    formatos = {manejador["formatter"] for manejador in settings.LOGGING["handlers"].values()}
    assert {settings.LOGGING["formatters"][formato]["()"] for formato in formatos} == {"comun.registros.SinDatos"}


def test_de_una_direccion_que_abre_algo_no_queda_la_llave():
    for ruta in ("/calendario/WQhL96GYi_Ar4h-clDpoQw.ics", "/cuenta/password/reset/key/1-d2x8k1-9f/"):
        linea = limpiar(f"Not Found: {ruta}")
        assert linea.startswith("Not Found: /c") and linea.rstrip("/").removesuffix(".ics").endswith("/[omitido]")
    assert limpiar("Not Found: /coordinacion/calendario/") == "Not Found: /coordinacion/calendario/"
    assert limpiar("Not Found: /coordinacion/calendario/renovar/") == "Not Found: /coordinacion/calendario/renovar/"
