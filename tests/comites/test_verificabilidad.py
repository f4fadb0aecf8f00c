"""How verifiable the agreements of a mesa are, by a rule written on the page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comites.models import Acuerdo
from comites.verificabilidad import Calificacion, calificar, revisar
from tests.fabricas import hacer_acuerdo, hacer_institucion, hacer_sesion


def acuerdo(**datos):
    completo = {
        "accion": "Instalar doce luminarias",
        "producto": "Doce luminarias",
        "correo_responsable": "obras@norte.example",
        "fecha_compromiso": "2026-12-01",
        "verificacion": "Visita",
    }
    return Acuerdo(**(completo | datos))


@pytest.mark.parametrize(
    ("datos", "faltas"),
    [
        ({}, []),
        ({"accion": "Dar seguimiento al alumbrado"}, ["«dar seguimiento» no se puede comprobar"]),
        ({"producto": "  "}, ["no dice qué existirá"]),
        ({"correo_responsable": ""}, ["no dice quién responde"]),
        ({"fecha_compromiso": None, "verificacion": ""}, ["no dice para cuándo", "no dice cómo se comprobará"]),
    ],
)
def test_cada_falta_se_dice_con_sus_palabras(datos, faltas):
    revisado = revisar(acuerdo(**datos))
    assert (revisado.faltas, revisado.puntos) == (faltas, 5 - len(faltas))


def test_cero_de_cero_no_es_calificacion():
    assert calificar([]) == Calificacion(0, 0) and calificar([]).porcentaje is None
    assert calificar([revisar(acuerdo()), revisar(acuerdo(producto=""))]).porcentaje == 50


@pytest.mark.django_db
def test_la_pagina_dice_la_cuenta_la_regla_y_que_falta(como, ana, norte):
    direccion = reverse("coordinacion:verificabilidad", args=["norte"])
    assert "Sin acuerdos que contar" in como(ana).get(direccion).content.decode()
    sesion = hacer_sesion(norte)
    hacer_acuerdo(sesion, "Publicar el calendario")
    hacer_acuerdo(sesion, "Fortalecer la seguridad", producto="")
    pagina = como(ana).get(direccion).content.decode()
    assert "50 %" in pagina and "1 de 2 acuerdos" in pagina and "Empieza con un verbo" in pagina
    assert "«fortalecer» no se puede comprobar y no dice qué existirá" in pagina
    assert "Publicar el calendario" not in pagina


@pytest.mark.django_db
def test_no_cuenta_lo_que_no_se_puede_leer_ni_crecen_las_consultas(como, beto, norte):
    direccion = reverse("coordinacion:verificabilidad", args=["norte"])
    sesion = hacer_sesion(norte)
    hacer_acuerdo(sesion, "Fortalecer el retén", nivel="reservada")
    assert "Sin acuerdos que contar" in como(beto).get(direccion).content.decode()
    cuentas = []
    for cuantos in (3, 30):
        for _ in range(cuantos):
            hacer_acuerdo(sesion, "Fortalecer algo", institucion_responsable=hacer_institucion())
        cliente = como(beto)
        with CaptureQueriesContext(connection) as capturadas:
            cliente.get(direccion)
        cuentas.append(len(capturadas))
    assert cuentas[0] == cuentas[1]
