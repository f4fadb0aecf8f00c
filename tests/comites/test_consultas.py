"""The cost of a page does not grow with its rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites import operaciones, operaciones_acuerdos, operaciones_agenda
from tests.fabricas import acuerdo_publico, asistir, cerrar, hacer_acuerdo, hacer_integrante, hacer_sesion
from tests.test_permisos import COORDINACION, PERSONAS

pytestmark = pytest.mark.django_db

TOPE = 12
"""Queries of a page, those of the session and of the account included."""

PAGINAS = [
    nombre
    for nombre, (metodo, _, quien) in COORDINACION.items()
    if metodo == "get" and quien[PERSONAS.index("ana")] == 200 and nombre != "modo_pulso"
]
"""Every page of a mesa. The pulse is none: one query, and only when it moved, all that the page reads."""

YA_CERRADA = ("sesion", "acta", "acta_adenda", "consentir", "reserva")
DEL_ACUERDO = ("acuerdo", "acuerdo_prorrogar", "acuerdo_publicar", "evidencia_nueva", "enlaces", "extracto")
SIN_MESA = ("mis_acuerdos", "mi_calendario", "correos", "avisos", "seguimiento_red")
DE_SESION = ("sesion", "agenda", "conjunta")


def consultas(cliente, url):
    cliente.get(url)  # whatever is learned once
    with CaptureQueriesContext(connection) as contadas:
        respuesta = cliente.get(url)
        assert respuesta.status_code == 200 and respuesta.getvalue()
    return len(contadas)


def poblar(mesa, sesion, cuantos):
    for numero in range(cuantos):
        hacer_integrante(mesa, con_cargo=numero % 2 == 0)
        hacer_acuerdo(sesion, f"Instalar la cámara {numero}")


def avanzar(acuerdo, texto):
    operaciones_acuerdos.registrar_avance(
        acuerdo=acuerdo, estado="en_proceso", texto=texto, fecha=timezone.localdate(), autor=None, responde=False
    )


@pytest.mark.parametrize("nombre", ["mesa", "sesiones", "acuerdos", "sesion", "sesion_nueva", "agenda", "conjunta"])
def test_el_escritorio_cuesta_lo_mismo_con_tres_y_con_treinta(como, ana, norte, nombre):
    sesion = hacer_sesion(norte)
    url = reverse(f"coordinacion:{nombre}", args=["norte", sesion.pk] if nombre in DE_SESION else ["norte"])
    poblar(norte, sesion, 3)
    con_tres = consultas(como(ana), url)
    poblar(norte, sesion, 27)
    hacer_sesion(norte, dias=5, empezar=False)
    assert consultas(como(ana), url) == con_tres
    assert con_tres <= TOPE


@pytest.mark.parametrize("nombre", PAGINAS)
def test_ninguna_pagina_del_escritorio_pasa_de_doce_consultas(como, ana, norte, nombre):
    previa = asistir(hacer_sesion(norte, dias=-30))
    poblar(norte, previa, 6)
    cerrar(previa)
    sesion = hacer_sesion(norte, empezar=False)
    operaciones_agenda.traer_pendientes(sesion=sesion)  # what is open, and the minute to approve
    operaciones.empezar_sesion(sesion=sesion)
    poblar(norte, sesion, 6)
    folio = sesion.acuerdos.first().folio
    args = COORDINACION[nombre][1].format(mesa="norte", sesion=sesion.pk, folio=folio).split()
    assert consultas(como(ana), reverse(f"coordinacion:{nombre}", args=args)) <= TOPE


@pytest.mark.parametrize("nombre", YA_CERRADA + DEL_ACUERDO)
def test_ni_las_de_una_sesion_cerrada_con_lo_que_siguio(como, ana, norte, nombre):
    sesion = asistir(hacer_sesion(norte), 6)
    poblar(norte, sesion, 6)
    acuerdo = sesion.acuerdos.first()
    cerrar(sesion)
    for numero in range(6):
        avanzar(acuerdo, f"Paso {numero}")
    args = COORDINACION[nombre][1].format(mesa="norte", sesion=sesion.pk, folio=acuerdo.folio).split()
    assert consultas(como(ana), reverse(f"coordinacion:{nombre}", args=args)) <= TOPE


@pytest.mark.parametrize("nombre", SIN_MESA)
def test_tampoco_las_que_no_son_de_una_mesa(como, ana, diana, norte, sur, nombre):
    poblar(norte, hacer_sesion(norte), 6)
    quien = diana if nombre == "seguimiento_red" else ana
    assert consultas(como(quien), reverse(f"coordinacion:{nombre}")) <= TOPE


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
