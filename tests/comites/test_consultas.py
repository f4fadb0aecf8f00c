"""The cost of a page does not grow with its rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabricas import acuerdo_publico, hacer_acuerdo, hacer_integrante, hacer_sesion

pytestmark = pytest.mark.django_db

TOPE = 12
DE_SESION = ("sesion", "agenda", "conjunta")


def consultas(cliente, url):
    cliente.get(url)  # whatever is learned once
    with CaptureQueriesContext(
        connection,
    ) as contadas:
        respuesta = cliente.get(url)
        assert respuesta.status_code == 200 and respuesta.getvalue()
    return len(contadas)


def poblar(mesa, sesion, cuantos):
    for numero in range(cuantos):
        hacer_integrante(mesa, con_cargo=numero % 2 == 0)
        hacer_acuerdo(sesion, f"Instalar la cámara {numero}")


@pytest.mark.parametrize("nombre", ["mesa", "sesiones", "acuerdos", "sesion", "sesion_nueva", "agenda", "conjunta"])
def test_el_escritorio_cuesta_lo_mismo_con_tres_y_con_treinta(como, ana, norte, nombre):
    sesion = hacer_sesion(norte)
    url = reverse(f"coordinacion:{nombre}", args=["norte", sesion.pk] if nombre in DE_SESION else ["norte"])
    poblar(norte, sesion, 3)
    con_tres = consultas(como(ana), url)
    poblar(norte, sesion, 27)
    hacer_sesion(norte, dias=5, empezar=False)
    assert consultas(como(ana), url) == con_tres
    assert con_tres <= TOPE + 3  # session and user included


def test_las_paginas_publicas_de_acuerdos_cuestan_lo_mismo(client, norte):
    for numero in range(3):
        acuerdo = acuerdo_publico(norte, f"Instalar la cámara {numero}")
    urls = [
        reverse("acuerdos"),
        reverse("acuerdo", args=[acuerdo.folio]),
        reverse("datos_acuerdos", args=["csv"]),
    ]
    con_tres = [consultas(client, url) for url in urls]
    for numero in range(27):
        acuerdo_publico(norte, f"Pintar la barda {numero}")
    assert [consultas(client, url) for url in urls] == con_tres
    assert max(con_tres) <= TOPE
