"""«¿Cuándo acordamos…?»: found with or without accents, in any form of the word, and never what one may not read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comites.models import PuntoDelOrden, Sesion, TextoBuscable
from comites.operaciones_actas import agregar_adenda
from comites.querysets_actas import ConsultaEnMesa
from tests.fabricas import (
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_cuenta,
    hacer_integrante,
    hacer_sesion,
    reservada,
    unir,
)

pytestmark = pytest.mark.django_db


def buscar(como, usuario, mesa="norte", **consulta):
    return como(usuario).get(reverse("coordinacion:buscar", args=[mesa]), consulta).content.decode()


@pytest.fixture
def sesion(norte):
    fila = hacer_sesion(norte, puntos=("Iluminación del callejón",))
    hacer_acuerdo(fila, "Instalar luminarias en el callejón Peña")
    return cerrar(fila)


@pytest.mark.parametrize(
    "texto",
    [
        "luminaria",
        "LUMINARIAS",
        "callejon",
        "callejones",
        "pena",
        "instalaron luminarias",
        '"callejón Peña"',
        "luces OR luminarias",
    ],
)
def test_se_halla_con_acentos_o_sin_ellos_y_en_cualquier_forma(como, beto, sesion, texto):
    pagina = buscar(como, beto, q=texto)
    assert f"Acuerdo {sesion.acuerdos.get().folio}" in pagina and "<mark>" in pagina


@pytest.mark.parametrize("texto", ["luminarias -callejón", "patrullas", "de la", "<b>", "'&|!():*", "%", "\\", "#m1"])
def test_lo_que_no_esta_no_se_halla_ni_rompe_nada(como, beto, sesion, texto):
    assert "No encontramos nada" in buscar(como, beto, q=texto)


def test_evaluacion_halla_evaluaciones(como, beto, norte):
    cerrar(hacer_sesion(norte, puntos=("Evaluaciones del programa de policía",)))
    for texto in ("evaluacion", "evaluación", "evaluaciones"):
        assert "Punto 1" in buscar(como, beto, q=texto)


def test_sin_nada_escrito_explica_como_se_busca(como, beto, sesion):
    assert "Entre comillas" in buscar(como, beto)
    assert "Entre comillas" in buscar(como, beto, q="\x02\x03")


def test_lo_escrito_no_se_vuelve_html(como, beto, norte):
    cerrar(hacer_sesion(norte, puntos=("Reja <script>alert(1)</script> nueva",)))
    pagina = buscar(como, beto, q="reja")
    assert "<script>alert" not in pagina and "nueva" in pagina


def test_lo_abierto_todavia_no_se_busca_y_lo_de_otra_mesa_nunca(como, beto, carla, norte, sur, sesion):
    hacer_sesion(norte, puntos=("Luminarias por definir",), dias=-1)
    assert "por definir" not in buscar(como, beto, q="luminarias")
    assert "No encontramos nada" in buscar(como, carla, "sur", q="luminarias")


def test_lo_de_una_conjunta_se_halla_desde_las_dos_mesas(como, carla, norte, sur):
    fila = hacer_sesion(norte, puntos=("Corredor compartido",))
    unir(fila, sur)
    cerrar(fila)
    assert "Punto 1" in buscar(como, carla, "sur", q="corredores")


def test_lo_reservado_lo_halla_solo_quien_puede_leerlo(como, ana, beto, norte):
    otra, persona = hacer_cuenta("Gema Prueba")
    fila = hacer_sesion(norte, puntos=("Retén secreto",))
    fila.asistencias.create(integrante=hacer_integrante(norte, persona), estado="presente")
    acuerdo = hacer_acuerdo(fila, "Mover el retén", punto=fila.puntos.get())
    cerrar(fila, ana)
    agregar_adenda(acta=fila.acta, punto=fila.puntos.get(), texto="El retén va al norte", autor=ana)
    assert "Punto 1" in buscar(como, beto, q="retén")
    PuntoDelOrden.objects.update(**reservada())
    for quien in (ana, otra):
        pagina = buscar(como, quien, q="retenes")
        assert "Punto 1" in pagina and acuerdo.folio in pagina and "va al norte" in pagina
    assert "No encontramos nada" in buscar(como, beto, q="retén")
    PuntoDelOrden.objects.update(nivel="mesa")
    Sesion.objects.update(**reservada())
    assert "No encontramos nada" in buscar(como, beto, q="retén")


def test_se_acota_a_un_organo(como, beto, norte, sesion):
    comite = hacer_comite(norte)
    cerrar(hacer_sesion(norte, comite=comite, puntos=("Luminarias del comité",), dias=-2))
    del_comite = buscar(como, beto, q="luminarias", organo=f"comite:{comite.pk}")
    assert "Comité de prevención, sesión 1" in del_comite and sesion.acuerdos.get().folio not in del_comite
    de_plenaria = buscar(como, beto, q="luminarias", organo="plenaria")
    assert sesion.acuerdos.get().folio in de_plenaria and "prevención, sesión 1" not in de_plenaria


def test_lo_cerrado_antes_de_las_actas_tambien_se_halla(como, beto, norte):
    fila = asistir(hacer_sesion(norte, puntos=("Cámaras del mercado",)))
    Sesion.objects.filter(pk=fila.pk).update(estado="cerrada")
    TextoBuscable.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT comites_indexar(%s)", [fila.pk])  # what the migration does with each
    assert "Punto 1" in buscar(como, beto, q="camara")


def test_las_consultas_son_las_mismas_con_3_y_con_30_hallazgos_y_usan_el_indice(como, ana, norte):
    cuentas = []
    for cuantas in (3, 30):
        cerrar(hacer_sesion(norte, puntos=[f"Barda {n}" for n in range(cuantas)], dias=-cuantas))
        cliente = como(ana)
        with CaptureQueriesContext(connection) as capturadas:
            cliente.get(reverse("coordinacion:buscar", args=["norte"]), {"q": "barda"})
        cuentas.append(len(capturadas))
    assert cuentas[0] == cuentas[1] <= 12
    with connection.cursor() as cursor:
        # On so small a table any plan is cheap: only that of the index of words is left to choose.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        plan = TextoBuscable.objects.filter(palabras=ConsultaEnMesa("barda", norte.pk)).explain()
    assert "comites_texto_palabras" in plan
