"""Privacy page, robots, map of the site, and the preparation of a database."""

import xml.etree.ElementTree as ET

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from mesas.models import Municipio
from rnmsj.personal import GRUPOS, crear_grupos
from tests.fabricas import acuerdo_publico, hacer_mesa

pytestmark = pytest.mark.django_db


def test_privacidad_dice_a_quien_escribir_o_que_falta(client, settings):
    assert "todavía no está configurado" in client.get(reverse("privacidad")).content.decode()
    settings.CONTACTO_PRIVACIDAD = "datos@ejemplo.mx"
    assert "mailto:datos@ejemplo.mx" in client.get(reverse("privacidad")).content.decode()


@pytest.mark.parametrize("nombre", ["inicio", "mesas", "privacidad"])
def test_las_paginas_publicas_no_ponen_cookies(client, norte, nombre):
    assert not client.get(reverse(nombre)).cookies


def test_el_icono_se_encuentra_donde_lo_buscan(client):
    respuesta = client.get("/favicon.ico")
    assert respuesta.status_code == 302 and respuesta["Location"].endswith("img/favicon.svg")


def test_robots_cierra_lo_que_no_es_publico(client):
    texto = client.get("/robots.txt").content.decode()
    for ruta in ("/admin/", "/coordinacion/", "/cuenta/"):
        assert f"Disallow: {ruta}" in texto
    assert "Sitemap: http://testserver/sitemap.xml" in texto


def test_el_mapa_del_sitio_solo_lleva_lo_publico(client, norte):
    hacer_mesa("Secreta", "31050", publica=False)
    acuerdo_publico(hacer_mesa("Inventada", "31051", es_demo=True))
    publico = acuerdo_publico(norte)
    arbol = ET.fromstring(client.get("/sitemap.xml").content)
    rutas = {lugar.text.removeprefix("http://testserver") for lugar in arbol.iter() if lugar.tag.endswith("}loc")}
    assert {"/", "/mesas/", "/mesas/norte/", publico.get_absolute_url(), "/privacidad/"} <= rutas
    assert "/mesas/secreta/" not in rutas and "/mesas/inventada/" not in rutas
    assert sum(ruta.startswith("/acuerdos/") for ruta in rutas) == 2  # the list and one agreement


def test_cada_ruta_del_mapa_abre(client, norte):
    arbol = ET.fromstring(client.get("/sitemap.xml").content)
    rutas = [lugar.text.removeprefix("http://testserver") for lugar in arbol.iter() if lugar.tag.endswith("}loc")]
    assert len(rutas) >= 8
    assert {client.get(ruta).status_code for ruta in rutas} == {200}


def test_preparar_se_puede_repetir(capsys):
    call_command("preparar")
    assert Municipio.objects.count() == 2478
    assert set(GRUPOS) <= set(Group.objects.values_list("name", flat=True))
    capsys.readouterr()
    call_command("preparar")
    assert capsys.readouterr().out == "La base de datos ya estaba lista.\n"


def test_los_grupos_quedan_como_estan_escritos():
    assert crear_grupos() == len(GRUPOS) and crear_grupos() == 0
    comunicacion = Group.objects.get(name="Comunicación")
    comunicacion.permissions.clear()
    assert crear_grupos() == 1
    permisos = set(comunicacion.permissions.values_list("codename", flat=True))
    assert "view_mesa" in permisos and "change_mesa" not in permisos and "view_persona" not in permisos


def test_ningun_grupo_toca_las_cuentas():
    crear_grupos()
    apps = set(Group.objects.values_list("permissions__content_type__app_label", flat=True))
    assert apps <= {"mesas", "comites", "encuentros", "indicadores"}


def test_una_peticion_que_no_se_entiende_lo_dice_en_espanol(client):
    respuesta = client.get("/", headers={"host": "otro.sitio"})
    assert respuesta.status_code == 400
    assert "No entendimos la petición" in respuesta.content.decode()
