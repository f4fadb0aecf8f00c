"""The search of the micrositio, the news and the table of sessions: Spanish, quick, and only what is public."""

import csv
import io
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comites.models import ActoDePublicacion, Acuerdo
from comites.querysets_publicacion import Casa, Pregunta
from encuentros.operaciones import cargar_tercer_encuentro
from mesas.operaciones import cargar_catalogos, cargar_mesas_del_informe
from tests.fabricas import (
    acuerdo_publico,
    asistir,
    cerrar,
    hacer_comite,
    hacer_mesa,
    hacer_sesion,
    publicar_sesion,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def hallado(client, q):
    respuesta = client.get(reverse("buscar"), {"q": q})
    assert respuesta.status_code == 200
    return respuesta.content.decode().split("</form>", 1)[1]


def sesion_publica(mesa, *puntos, comite=None, dias=-7):
    sesion = cerrar(hacer_sesion(mesa, comite=comite, dias=dias, puntos=puntos))
    plenaria = asistir(hacer_sesion(mesa, dias=-1))
    publicar_sesion(sesion, puntos=sesion.puntos.all(), plenaria=plenaria)
    return sesion


@pytest.mark.parametrize(
    "q", ["evaluación", "EVALUACION", "evaluaciones", "niña", "nina", "ninas seguridad", '"alumbrado público"']
)
def test_halla_con_acentos_o_sin_ellos_y_en_plural(client, norte, q):
    acuerdo_publico(norte, "Evaluaciones de alumbrado público para la seguridad de las niñas")
    assert "Evaluaciones de alumbrado" in hallado(client, q)


@pytest.mark.parametrize("q", ["Pavimentar la obsidiana", "xyzzy", "'; DROP TABLE", "((((", "-", "a" * 80, "%", "\\"])
def test_lo_que_no_esta_o_no_se_entiende_lo_dice(client, norte, q):
    acuerdo_publico(norte)
    assert "Nada público coincide" in hallado(client, q)


def test_sin_palabras_no_busca_y_con_demasiadas_lo_dice(client, norte):
    assert "Nada público" not in hallado(client, "")
    respuesta = client.get(reverse("buscar"), {"q": "x" * 81})
    assert respuesta.status_code == 400 and "Hay algo que corregir" in respuesta.content.decode()


def test_busca_en_las_cuatro_clases(client):
    cargar_catalogos()
    cargar_mesas_del_informe()
    cargar_tercer_encuentro()
    html = hallado(client, "tampico")
    assert 'id="grupo-mesas"' in html and "Tampico" in html
    assert 'id="grupo-encuentros"' in html and "3er Encuentro" in html


def test_halla_una_sesion_por_sus_puntos_su_comite_y_su_mesa_juntos(client, norte):
    comite = hacer_comite(norte, "Comité de movilidad")
    sesion = sesion_publica(norte, "Semáforos de la avenida", comite=comite)
    for q in ("semaforos", "movilidad", "norte semáforo", "Movilidad semáforos"):
        assert sesion.url_publica in hallado(client, q), q


def test_por_la_palabra_de_un_punto_que_no_se_publica_no_se_halla(client, norte):
    sesion = cerrar(asistir(hacer_sesion(norte, puntos=("Semáforos", "Operativo jacaranda"))))
    publicar_sesion(sesion, puntos=sesion.puntos.filter(orden=1))
    assert sesion.url_publica in hallado(client, "semáforos")
    assert "Nada público coincide" in hallado(client, "jacaranda")


def test_lo_que_se_busca_va_por_su_indice(norte):
    """Each condition, alone and with no better way at hand: with so few rows, any way is cheaper than an index."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP INDEX comites_acuerdo_publicos, comites_un_acto_por_sesion, comites_un_acto_por_acuerdo")
        cursor.execute("SET LOCAL enable_seqscan = off")
    acuerdos = Acuerdo.objects.filter(nivel="publica").buscar("luminarias").order_by()
    actos = ActoDePublicacion.objects.filter(Casa("palabras", Pregunta("semáforos")), revocado_el__isnull=True)
    assert "comites_acuerdo_busqueda" in acuerdos.explain()
    assert "comites_acto_busqueda" in actos.order_by().explain()


def test_cuesta_lo_mismo_con_tres_que_con_doce(client, norte):
    def consultas():
        cuenta = {}
        for url in ("/buscar/?q=luminarias", "/novedades.atom", "/sesiones/", "/datos/sesiones.csv"):
            client.get(url).getvalue()
            with CaptureQueriesContext(connection) as contadas:
                assert client.get(url).getvalue()
            cuenta[url] = len(contadas)
        return cuenta

    def poblar(cuantos, desde):
        for i in range(desde, desde + cuantos):
            mesa = hacer_mesa(f"Mesa {i}", f"31{i:03}")
            acuerdo_publico(mesa, "Instalar luminarias")
            sesion_publica(mesa, "Luminarias")

    poblar(3, 1)
    con_tres = consultas()
    poblar(9, 4)
    assert consultas() == con_tres
    assert max(con_tres.values()) <= 6


# ── News ────────────────────────────────────────────────────────────────────────────────


def test_las_novedades_son_atom_sin_lo_inventado_y_lo_ultimo_primero(client, norte):
    acuerdo_publico(hacer_mesa("Inventada", "31051", es_demo=True), "De mentiras")
    acuerdo = acuerdo_publico(norte, "Pintar la barda \x0b<b>& más</b>")
    sesion = sesion_publica(norte, "Semáforos")
    respuesta = client.get("/novedades.atom")
    assert respuesta["Content-Type"] == "application/atom+xml; charset=utf-8"
    arbol = ET.fromstring(respuesta.getvalue())
    enlaces = [entrada.find(f"{ATOM}link").get("href") for entrada in arbol.iter(f"{ATOM}entry")]
    assert enlaces == [f"http://testserver{url}" for url in (sesion.url_publica, acuerdo.get_absolute_url())]
    assert "Semáforos" in respuesta.getvalue().decode()


def test_las_novedades_no_se_mandan_dos_veces_y_cambian_al_retirar(client, norte):
    acuerdo = acuerdo_publico(norte)
    primera = client.get("/novedades.atom")
    primera.getvalue()
    assert client.get("/novedades.atom", headers={"if-none-match": primera["ETag"]}).status_code == 304
    acuerdo.actos.update(revocado_el="2026-01-01T00:00Z")
    segunda = client.get("/novedades.atom", headers={"if-none-match": primera["ETag"]})
    assert segunda.status_code == 200 and acuerdo.folio not in segunda.getvalue().decode()


# ── Open data ───────────────────────────────────────────────────────────────────────────


def test_la_tabla_de_sesiones_dice_lo_mismo_que_su_pagina(client, norte, sur):
    sesion = cerrar(asistir(hacer_sesion(norte, puntos=("Semáforos", "Operativo jacaranda")), 14))
    publicar_sesion(sesion, puntos=sesion.puntos.filter(orden=1))
    texto = client.get("/datos/sesiones.csv?mesa=norte").getvalue().decode()
    [fila] = csv.DictReader(io.StringIO(texto))
    assert (fila["orden_del_dia"], fila["puntos_reservados"]) == ("Semáforos", "1")
    assert (fila["asientos"], fila["asientos_ocupados"]) == ("15", "15")
    assert fila["fecha"] == sesion.dia.isoformat()
    assert client.get("/datos/sesiones.csv?mesa=sur").getvalue().decode().count("\n") == 1
    assert client.get("/datos/sesiones.json?mesa=nadie").json()["error"].startswith("No hay mesa «nadie»")
