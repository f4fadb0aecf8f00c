"""The public page that proves a printed document: by its code, one at a time, without listing anything."""

import pytest
from django.urls import reverse

from comites.actas.canonico import ALFABETO, codigo_leido, codigo_nuevo
from comites.models import Sesion
from comites.operaciones_actas import agregar_adenda, aprobar_acta, expedir_extracto
from tests.fabricas import asistir, cerrar, hacer_acuerdo, hacer_sesion, publicar, reservada

pytestmark = pytest.mark.django_db


@pytest.fixture
def sesion(norte, ana):
    fila = asistir(hacer_sesion(norte, puntos=("Retén del puente",)))
    hacer_acuerdo(fila, "Mover el retén", producto="Un retén movido")
    return cerrar(fila, ana)


def verificar(como, codigo, usuario=None):
    return como(usuario).get(reverse("verificar", args=[codigo]))


def test_prueba_que_existe_sin_ensenar_lo_que_dice(como, sesion):
    acta = sesion.acta
    respuesta = verificar(como, acta.codigo)
    pagina = respuesta.content.decode()
    for dicho in (acta.folio, acta.eslabon.huella, "Plenaria, sesión 1", "Norte", "Lo que dice no es público"):
        assert dicho in pagina
    for callado in ("Retén", "retén", sesion.asistencias.filter(estado="presente").get().integrante.persona.nombre):
        assert callado not in pagina
    assert "no-store" in respuesta["Cache-Control"] and 'content="noindex"' in pagina


@pytest.mark.parametrize(
    "como_lo_copian", [lambda c: c.lower(), lambda c: "-".join((c[:4], c[4:])), lambda c: f" {c} "]
)
def test_se_copia_a_mano_de_muchas_maneras(como, sesion, como_lo_copian):
    respuesta = como(None).get(reverse("verificar_codigo"), {"codigo": como_lo_copian(sesion.acta.codigo)}, follow=True)
    assert respuesta.status_code == 200 and sesion.acta.folio in respuesta.content.decode()


@pytest.mark.parametrize("codigo", ["AAAABBBBCCCCDDDD", "1", "'--", "ñ" * 300, "..", "x" * 2000])
def test_un_codigo_inventado_no_existe_y_no_rompe(como, sesion, codigo):
    pagina = verificar(como, codigo).content.decode()
    assert "Ningún documento tiene ese código" in pagina and sesion.acta.folio not in pagina


def test_sin_codigo_lo_pide(como, db):
    pagina = como(None).get(reverse("verificar_codigo"), {"codigo": ""}).content.decode()
    assert "Escribe el código" in pagina


def test_de_lo_reservado_solo_dice_que_existe_y_su_huella(como, sesion):
    Sesion.objects.update(**reservada())
    pagina = verificar(como, sesion.acta.codigo).content.decode()
    assert sesion.acta.eslabon.huella in pagina
    assert "Plenaria" not in pagina and "<dt>Mesa</dt>" not in pagina and "<dt>Estado</dt>" not in pagina


def test_dice_si_se_aprobo_y_si_tiene_correcciones(como, ana, sesion, norte):
    assert "Borrador" in verificar(como, sesion.acta.codigo).content.decode()
    agregar_adenda(acta=sesion.acta, punto=None, texto="Fue el del puente nuevo", autor=ana)
    aprobar_acta(acta=sesion.acta, sesion=asistir(hacer_sesion(norte, dias=-1)), autor=ana)
    pagina = verificar(como, sesion.acta.codigo).content.decode()
    assert "Aprobada en Plenaria, sesión 2" in pagina and "1 adenda" in pagina and "puente nuevo" not in pagina


def test_un_extracto_se_comprueba_y_lleva_al_acuerdo_solo_si_es_publico(como, ana, sesion):
    acuerdo = sesion.acuerdos.get()
    extracto = expedir_extracto(acuerdo=acuerdo, autor=ana)
    pagina = verificar(como, extracto.codigo).content.decode()
    assert acuerdo.folio in pagina and sesion.acta.folio in pagina and "retén" not in pagina
    assert acuerdo.get_absolute_url() not in pagina
    publicar(acuerdo)
    assert acuerdo.get_absolute_url() in verificar(como, extracto.codigo).content.decode()


@pytest.mark.parametrize("que", ["acuerdo", "punto"])
def test_de_un_extracto_de_lo_que_hoy_es_reservado_solo_se_dice_que_existe(como, ana, norte, que):
    fila = asistir(hacer_sesion(norte))
    acuerdo = hacer_acuerdo(fila, "Mover el retén", punto=fila.puntos.first())
    cerrar(fila, ana)
    extracto = expedir_extracto(acuerdo=acuerdo, autor=ana)
    assert "Plenaria, sesión 1" in verificar(como, extracto.codigo).content.decode()
    filas = fila.acuerdos.all() if que == "acuerdo" else fila.puntos.all()
    filas.update(**reservada())
    pagina = verificar(como, extracto.codigo).content.decode()
    assert "Extracto certificado" in pagina and "Plenaria" not in pagina and "Norte" not in pagina


def test_un_acta_alterada_por_fuera_no_se_da_por_buena(como, sesion, sin_reglas):
    sin_reglas("UPDATE comites_eslabon SET contenido = replace(contenido, 'Mover', 'Quitar')")
    assert "ya no da su huella" in verificar(como, sesion.acta.codigo).content.decode()


def test_los_codigos_no_se_adivinan_ni_se_confunden():
    codigos = {codigo_nuevo() for _ in range(200)}
    assert len(codigos) == 200
    assert not set("".join(codigos)) - set(ALFABETO)
    assert not set("0O1ILU") & set(ALFABETO)
    assert codigo_leido(" abcd-efgh ") == "ABCDEFGH"
