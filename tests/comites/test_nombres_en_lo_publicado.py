"""A text that names somebody is public only while that person lets the name be public."""

import unicodedata
from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from comites.actas.testado import MARCA, tachar
from comites.models import ActoDePublicacion, Acuerdo, NombreEnActo
from comites.nombres import nombres_en
from mesas.models import Persona
from tests.fabricas import (
    acuerdo_publico,
    asistir,
    cerrar,
    consentir_nombre,
    hacer_acuerdo,
    hacer_integrante,
    hacer_persona,
    hacer_sesion,
    publicar,
    publicar_sesion,
    unir,
)

pytestmark = pytest.mark.django_db

GEMA = "Gema Ejemplo Prueba"


@pytest.fixture
def gema(norte):
    """She sits in Norte and lets her name be public."""
    persona = hacer_integrante(norte, hacer_persona(GEMA)).persona
    persona.consentimiento = consentir_nombre(persona)
    return persona


def que_la_nombra(mesa, texto="Entregar a Gema Ejemplo las llaves del parque"):
    sesion = asistir(hacer_sesion(mesa))
    acuerdo = hacer_acuerdo(sesion, texto)
    cerrar(sesion)
    publicar(acuerdo)
    return acuerdo


def se_lee(client, acuerdo):
    return client.get(acuerdo.get_absolute_url()).status_code


def test_retirar_el_consentimiento_detiene_lo_que_la_nombra_y_darlo_otra_vez_lo_devuelve(client, norte, gema):
    acuerdo, otro = que_la_nombra(norte), acuerdo_publico(norte, "Pintar la barda de la escuela")
    assert se_lee(client, acuerdo) == 200
    gema.consentimiento.revocado = timezone.now()
    gema.consentimiento.save()
    assert (se_lee(client, acuerdo), se_lee(client, otro)) == (410, 200)
    consentir_nombre(gema)
    assert se_lee(client, acuerdo) == 200


def test_ocultar_a_una_persona_detiene_tambien_lo_que_dice_otra_mesa(client, norte, sur, gema):
    de_norte, de_sur = que_la_nombra(norte), que_la_nombra(sur, "Reconocer a GEMA EJÉMPLO en la plaza")
    de_otra = que_la_nombra(sur, "Reconocer a Gema Distinta en la plaza")
    assert [se_lee(client, fila) for fila in (de_norte, de_sur, de_otra)] == [200, 200, 200]
    Persona.objects.filter(pk=gema.pk).update(oculta=True)
    assert [se_lee(client, fila) for fila in (de_norte, de_sur, de_otra)] == [410, 410, 200]


def test_un_punto_de_una_sesion_y_un_resultado_tambien_nombran(client, norte, gema):
    sesion = asistir(hacer_sesion(norte, puntos=("Informe de Gema Ejemplo", "Asuntos generales")))
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion)
    paso = acuerdo.avances.create(estado="en_proceso", texto="Gema Prueba abrió el parque", fecha=timezone.localdate())
    publicar_sesion(sesion, puntos=sesion.puntos.filter(orden=2))
    publicar(acuerdo, avances=[paso.pk])
    Persona.objects.filter(pk=gema.pk).update(oculta=True)
    assert client.get(sesion.url_publica).status_code == 200
    assert se_lee(client, acuerdo) == 410


def test_quien_llega_despues_a_la_mesa_con_ese_nombre_no_ha_consentido(client, norte):
    acuerdo = que_la_nombra(norte)
    assert se_lee(client, acuerdo) == 200
    hacer_integrante(norte, hacer_persona(GEMA))
    assert se_lee(client, acuerdo) == 410


def test_quien_cambia_de_nombre_tampoco(client, norte):
    acuerdo = que_la_nombra(norte)
    persona = hacer_integrante(norte, hacer_persona("Otra Persona")).persona
    assert se_lee(client, acuerdo) == 200
    Persona.objects.filter(pk=persona.pk).update(nombre=GEMA)
    assert se_lee(client, acuerdo) == 410


def test_en_una_conjunta_cuentan_los_asientos_de_las_dos_mesas(client, norte, sur):
    sesion = asistir(hacer_sesion(norte))
    unir(sesion, sur)
    acuerdo = hacer_acuerdo(sesion, "Entregar a Gema Ejemplo las llaves del parque")
    cerrar(sesion)
    publicar(acuerdo)
    hacer_integrante(sur, hacer_persona(GEMA))
    assert se_lee(client, acuerdo) == 410


def test_de_quien_se_borra_el_texto_sigue_sin_leerse(client, norte):
    acuerdo = que_la_nombra(norte)
    asiento = hacer_integrante(norte, hacer_persona(GEMA))
    asiento.delete()
    asiento.persona.delete()
    assert NombreEnActo.objects.get().persona is None
    assert se_lee(client, acuerdo) == 410


def test_lo_que_no_pasa_por_el_portal_tampoco_se_lee(norte):
    """An act written by hand, around the check of the operation."""
    hacer_integrante(norte, hacer_persona(GEMA))
    sesion = asistir(hacer_sesion(norte))
    acuerdo = hacer_acuerdo(sesion, "Entregar a Gema Ejemplo las llaves del parque")
    cerrar(sesion)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO comites_actodepublicacion (punto_id, acuerdo_id, fundamento, desde, motivo_de_retiro, creado)"
            " VALUES (%s, %s, 'Por consenso', CURRENT_DATE, '', now())",
            [sesion.puntos.first().pk, acuerdo.pk],
        )
        cursor.execute("UPDATE comites_acuerdo SET nivel = 'publica' WHERE id = %s", [acuerdo.pk])
    assert not Acuerdo.objects.publicas().exists()


def test_lo_publicado_antes_de_la_regla_tambien_se_revisa(norte, gema):
    acuerdo, guarda = que_la_nombra(norte), "comites_acto_no_se_reescribe"
    NombreEnActo.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE comites_actodepublicacion DISABLE TRIGGER {guarda}")
        cursor.execute("UPDATE comites_actodepublicacion SET dice = ''")
        cursor.execute(f"ALTER TABLE comites_actodepublicacion ENABLE TRIGGER {guarda}")
        cursor.execute(import_module("comites.migrations.0016_nombres_en_lo_publicado").LO_PUBLICADO)
    assert NombreEnActo.objects.get().persona == gema
    assert " gema ejemplo " in ActoDePublicacion.objects.get(acuerdo=acuerdo).dice


SE_DICEN = [
    ("Juan Gil Torres", "Lo hará Juan Gil hoy"),
    ("Juan de la Cruz Pérez", "Juan de la Cruz entregará"),
    ("Juan de la Cruz Pérez", "Juan Cruz entregará"),
    ("María de los Ángeles y Ruiz", "Avisar a Ángeles Ruiz"),
    ("José Luis Pérez Díaz", "Lo hará Luis Pérez hoy"),
    ("José Luis Pérez Díaz", "El señor Pérez Díaz"),
    ("Juan Antonio Pérez", "Firma Juan A. Pérez"),
    ("Juan O'Farrill", "Firma Juan O'Farrill"),
    ("Ana Paz", "Con ANA PAZ"),
    ("Juan Pérez Soto", unicodedata.normalize("NFD", "Con Juan Pérez hoy")),
    (unicodedata.normalize("NFD", "Juan Pérez Soto"), "Con Juan Pérez hoy"),
    ("Juan Pérez Soto", "Con Juan Pé\u00adrez hoy"),
    ("Juan Pérez Soto", "Con Juan\u200b Pérez hoy"),
]
"""As people say a name, and as some files write it."""


@pytest.mark.parametrize(("nombre", "texto"), SE_DICEN)
def test_los_nombres_se_hallan_como_la_gente_los_dice(nombre, texto):
    assert nombres_en(texto, [nombre]) == [nombre]
    tachado = tachar(texto, [nombre])
    assert MARCA in tachado and not nombres_en(tachado, [nombre])


def test_lo_tachado_no_deja_restos():
    sucio = unicodedata.normalize("NFD", "Ayer José Luis Pérez de la Díaz y Núñez firmó")
    assert tachar(sucio, ["José Luis Pérez Díaz Núñez"]) == unicodedata.normalize("NFD", f"Ayer {MARCA} firmó")


@pytest.mark.parametrize(
    ("nombre", "texto"),
    [
        ("Gema Ejemplo", "Que Gema Ejemplo abra."),
        ("Gema Ejemplo", "Que GEMA,\nEJEMPLO abra"),
        ("Gema Ejemplo Prueba", "A gema prueba se le dio"),
        ("Gema Ejemplo Prueba", "A Ejemplo Prueba se le dio"),
        ("Gema Ejemplo", "Gemas ejemplares"),
        ("Gema Ejemplo", "Gema y Ejemplo"),
        ("Íñigo Ñuño", "Lo vio Inigo Nuno"),
        ("Inigo Nuno", "Lo vio Íñigo Ñuño"),
        ("Ana de la O", "Ana de la O lo vio"),
        ("Ana de la O", "Ana de noche"),
        ("Luz", "Falta luz"),
        ("", "Nada"),
        ("Juan Pérez", "«Juan Pérez»"),
        ("Juan Pérez", "Juan-Pérez"),
        ("Juan Pérez", "San Juan Pérezoso"),
        ("Juan 100% Pérez", "juan pérez"),
        *SE_DICEN,
    ],
)
def test_postgresql_y_python_leen_los_nombres_igual(nombre, texto):
    with connection.cursor() as cursor:
        cursor.execute("SELECT comites_dice_el_nombre(comites_palabras_llanas(%s), %s)", [texto, nombre])
        assert bool(cursor.fetchone()[0]) == bool(nombres_en(texto, [nombre]))


def test_la_coordinacion_sabe_que_nadie_lo_lee_por_quien_y_que_hacer(como, ana, beto, norte, gema):
    que_la_nombra(norte)
    pagina = reverse("coordinacion:publicacion", args=["norte"])
    assert "Nadie lo lee por ahora" not in como(ana).get(pagina).content.decode()
    Persona.objects.filter(pk=gema.pk).update(oculta=True)
    html = como(ana).get(pagina).content.decode()
    assert "Nadie lo lee por ahora" in html and f"nombra a {GEMA}" in html
    de_beto = como(beto).get(pagina).content.decode()  # who was hidden is not for every member to know
    assert "Nadie lo lee por ahora" in de_beto and "nombra a" not in de_beto and GEMA not in de_beto
