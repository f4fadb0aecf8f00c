"""The printed minute: accessible, the same bytes for the same minute, and whatever a phone types."""

import datetime as dt
import re
import shutil
import subprocess
import zlib

import pytest
from django.urls import reverse
from django.utils import timezone

from comites.actas.documento import pdf_de_acta
from comites.actas.miradas import acta_para
from comites.models import Acta, Invitado
from comites.operaciones_actas import agregar_adenda, aprobar_acta, expedir_extracto
from comun.impresos import SIMBOLO
from tests.fabricas import asistir, cerrar, hacer_acuerdo, hacer_sesion

pytestmark = pytest.mark.django_db


def url(nombre, sesion):
    return reverse(f"coordinacion:{nombre}", args=[sesion.mesa.slug, sesion.pk])


def lo_que_dice(pdf):
    """The metadata and the structure of the document, uncompressed."""
    trozos = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    abiertos = []
    for trozo in trozos:
        try:
            abiertos.append(zlib.decompress(trozo))
        except zlib.error:
            abiertos.append(trozo)
    return pdf + b"\n".join(abiertos)


@pytest.fixture
def sesion(norte, ana):
    fila = asistir(hacer_sesion(norte, puntos=("Alumbrado", "Patrullaje")), cuantos=12)
    for n in range(5):
        hacer_acuerdo(fila, f"Instalar {n + 1} luminarias", punto=fila.puntos.first())
    return cerrar(fila, ana)


def test_es_pdf_ua_etiquetado_con_titulo_e_idioma(como, ana, sesion):
    respuesta = como(ana).get(url("acta_pdf", sesion))
    assert respuesta["Content-Type"] == "application/pdf" and respuesta["X-Content-Type-Options"] == "nosniff"
    assert sesion.acta.folio in respuesta["Content-Disposition"]
    dicho = lo_que_dice(respuesta.content)
    assert b"pdfuaid:part" in dicho and b"/StructTreeRoot" in dicho and b"/Lang" in dicho
    assert b"/TH" in dicho and b"/Alt" in dicho  # header of the roll, and words for the code


def test_la_misma_acta_da_los_mismos_bytes_y_un_cambio_otros(como, ana, sesion, norte):
    primero = como(ana).get(url("acta_pdf", sesion)).content
    assert como(ana).get(url("acta_pdf", sesion)).content == primero
    agregar_adenda(acta=sesion.acta, punto=None, texto="Se corrige", autor=ana)
    assert como(ana).get(url("acta_pdf", sesion)).content != primero


def test_cambiar_despues_a_las_personas_no_cambia_el_acta(como, ana, sesion):
    primero = como(ana).get(url("acta_pdf", sesion)).content
    persona = sesion.asistencias.filter(estado="presente").first().integrante.persona
    persona.nombre = "Otro Nombre"
    persona.save()
    ana.persona.cargos.update(hasta=timezone.localdate() + dt.timedelta(days=1))
    assert como(ana).get(url("acta_pdf", sesion)).content == primero


@pytest.mark.parametrize(
    "texto",
    [
        "🚨 Urgente 👮🏽‍♀️",
        "Línea\r\nde dos\x0b\x00 y \u202eal revés",
        '#import "x" *negritas* $x$ <a> @b [c] \\ ` ~',
        "漢字 ʼ Ꞌ ñ Ñ ü ¿¡ «»",
        "e\u0301 compuesto a\u0303",
        "palabra" * 60,
    ],
)
def test_se_imprime_escriban_lo_que_escriban(norte, ana, texto):
    texto = texto.replace("\x00", "")  # PostgreSQL refuses it before
    fila = hacer_sesion(norte, puntos=(texto[:200],), dias=-1)
    Invitado.objects.create(sesion=fila, nombre=texto[:120], institucion=texto[:160])
    punto = fila.puntos.get()
    punto.resumen = texto
    punto.save()
    hacer_acuerdo(fila, texto[:300], detalle=texto, punto=punto)
    cerrar(fila, ana)
    pdf = pdf_de_acta(acta_para(ana, Acta.objects.con_contexto().get(), norte))
    assert pdf.startswith(b"%PDF")


def test_una_sesion_sin_nada_tambien_se_imprime(como, ana, norte):
    fila = cerrar(hacer_sesion(norte, puntos=(), dias=-1), ana)
    assert como(ana).get(url("acta_pdf", fila)).content.startswith(b"%PDF")
    assert como(ana).get(url("acta_pdf_publico", fila)).content.startswith(b"%PDF")


def test_la_compilacion_reune_las_del_periodo_y_dice_las_que_faltan(como, ana, norte, sesion):
    hacer_sesion(norte, dias=-1)
    direccion = reverse("coordinacion:actas_compiladas", args=["norte"])
    hoy = timezone.localdate()
    periodo = {"desde": (hoy - dt.timedelta(days=30)).isoformat(), "hasta": hoy.isoformat()}
    respuesta = como(ana).get(direccion, periodo)
    assert respuesta.content.startswith(b"%PDF") and b"pdfuaid:part" in lo_que_dice(respuesta.content)
    al_reves = como(ana).get(direccion, {"desde": periodo["hasta"], "hasta": periodo["desde"]})
    assert al_reves.status_code == 400 and "termina después de empezar" in al_reves.content.decode()
    assert como(ana).get(direccion, {"desde": "x", "hasta": ""}).status_code == 400
    ajeno = como(ana).get(direccion, periodo | {"organo": "comite:999999"})
    assert ajeno.status_code == 400


def test_el_extracto_sale_del_acta_y_no_nombra_a_nadie(como, ana, norte, sesion):
    acuerdo = sesion.acuerdos.first()
    direccion = reverse("coordinacion:extracto", args=["norte", acuerdo.folio])
    pdf = reverse("coordinacion:extracto_pdf", args=["norte", acuerdo.folio])
    assert como(ana).get(pdf).status_code == 404  # reading issues nothing
    for _ in range(2):
        como(ana).post(direccion)
    assert acuerdo.extracto.acta == sesion.acta
    assert pdf in como(ana).get(direccion).content.decode()
    primero = como(ana).get(pdf).content
    assert primero.startswith(b"%PDF") and primero == como(ana).get(pdf).content
    acuerdo.nivel = "reservada"
    acuerdo.motivo_de_reserva, acuerdo.revisar_reserva_el = "x", timezone.localdate()
    acuerdo.save()
    assert como(ana).get(pdf).status_code == 404


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no hay pdftotext: lo trae poppler-utils")
def test_en_el_papel_se_lee_lo_mismo_que_en_la_pagina(como, ana, norte, tmp_path):
    fila = hacer_sesion(norte, puntos=("Alumbrado 🚨",), dias=-5)
    asiento = asistir(fila).asistencias.get().integrante
    hacer_acuerdo(fila, "Instalar luces", institucion_responsable=None, responsable=asiento)
    cerrar(fila, ana)
    aprobar_acta(acta=fila.acta, sesion=asistir(hacer_sesion(norte, dias=-1)), autor=ana)
    extracto = expedir_extracto(acuerdo=fila.acuerdos.get(), autor=ana)

    def texto(direccion):
        archivo = tmp_path / "a.pdf"
        archivo.write_bytes(como(ana).get(direccion).content)
        return subprocess.run(["pdftotext", "-layout", archivo, "-"], capture_output=True, text=True, check=True).stdout

    completo = texto(url("acta_pdf", fila))
    for dicho in ("Alumbrado", SIMBOLO, "Instalar luces", asiento.persona.nombre, "Aprobada en Plenaria, sesión 2"):
        assert dicho in completo
    publico = texto(url("acta_pdf_publico", fila))
    assert asiento.persona.nombre not in publico and "Instalar luces" not in publico
    assert "1 punto que no se publica" in publico
    del_extracto = texto(reverse("coordinacion:extracto_pdf", args=["norte", fila.acuerdos.get().folio]))
    assert "Una persona integrante de la mesa" in del_extracto and extracto.codigo_legible in del_extracto
