"""What is read on the paper of a minute: all that makes it one, and nothing of what it must not say."""

import datetime as dt
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from comites import operaciones
from comites.actas.miradas import acta_para
from comites.models import Acta, Invitado, PuntoDelOrden, ReglaDeQuorum, Sesion
from tests.fabricas import asistir, cerrar, hacer_acuerdo, hacer_comite, hacer_integrante, hacer_persona, hacer_sesion

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no hay pdftotext: lo trae poppler-utils"),
]

DESENLACES = PuntoDelOrden.Desenlace


@pytest.fixture
def leer(como, ana, tmp_path):
    """The words of a PDF of the desk, one space between them."""

    def texto(nombre, *args, **consulta):
        archivo = tmp_path / "a.pdf"
        respuesta = como(ana).get(reverse(f"coordinacion:{nombre}", args=["norte", *args]), consulta)
        archivo.write_bytes(respuesta.content)
        salida = subprocess.run(["pdftotext", archivo, "-"], capture_output=True, text=True, check=True).stdout
        return " ".join(salida.split())

    return texto


@pytest.fixture
def sesion(norte, ana):
    """A plenaria with everything that a minute tells."""
    ReglaDeQuorum.objects.create(
        mesa=norte, tipo="numero", numero=2, desde=dt.date(2020, 1, 1), fundamento="Reglamento de prueba"
    )
    fila = asistir(hacer_sesion(norte, puntos=("Cifras", "Patrullas", "Luces", "Parque"), dias=-5))
    suplida = hacer_integrante(norte, hacer_persona("Hugo Suplido"))
    operaciones.pasar_lista(
        sesion=fila, integrante=suplida, estado="suplente", suplente="Rita Suplente", nivel_suplente="mando_medio"
    )
    falta = hacer_integrante(norte, hacer_persona("Gloria Falta"))
    operaciones.pasar_lista(sesion=fila, integrante=falta, estado="justificada", motivo="Enfermedad")
    Invitado.objects.create(sesion=fila, nombre="Yolotl Invitada", institucion="Cruz Roja de prueba")
    for punto, desenlace in zip(fila.puntos.order_by("orden"), DESENLACES, strict=True):
        punto.desenlace, punto.resumen = desenlace, f"Se dijo algo de {punto.titulo.lower()}"
        punto.save()
    hacer_acuerdo(fila, "Instalar doce luminarias", punto=fila.puntos.get(orden=3))
    return cerrar(fila, ana)


def test_el_papel_dice_todo_lo_que_hace_a_un_acta(leer, ana, sesion):
    papel, acta, acuerdo = leer("acta_pdf", sesion.pk), sesion.acta, sesion.acuerdos.get()
    for marca in ("Norte", settings.RED_NOMBRE, "México SOS"):
        assert marca in papel
    for dicho in (acta.folio, acta.codigo_legible, "Hay quórum: 2", "bastan 2"):
        assert dicho in papel
    assert acta.eslabon.huella in papel.replace(" ", "")
    for desenlace in DESENLACES:
        assert desenlace.label in papel
    for punto in sesion.puntos.all():
        assert punto.titulo in papel and punto.resumen in papel
    for dicho in (
        "Rita Suplente (mando medio)",
        "Gloria Falta",
        "Justificada",
        "Yolotl Invitada",
        "Cruz Roja de prueba",
    ):
        assert dicho in papel
    for dicho in (acuerdo.folio, acuerdo.producto, acuerdo.verificacion, str(acuerdo.institucion_responsable)):
        assert dicho in papel
    firmas = papel.split("Firmas", 1)[1]
    presente = sesion.asistencias.get(estado="presente").integrante.persona.nombre
    assert all(nombre in firmas for nombre in (ana.persona.nombre, "Coordinación", presente, "Rita Suplente"))
    assert "Gloria Falta" not in firmas and "Hugo Suplido" not in firmas


def test_lo_publico_del_papel_no_dice_quien_ni_que_se_hablo(leer, ana, sesion):
    papel, acta = leer("acta_pdf_publico", sesion.pk), sesion.acta
    assert acta.folio in papel and acta.eslabon.huella in papel.replace(" ", "")
    assert "4 puntos que no se publican" in papel and "Punto que no se publica" in papel
    nombres = [fila.integrante.persona.nombre for fila in sesion.asistencias.all()]
    for callado in (*nombres, ana.persona.nombre, "Rita Suplente", "Yolotl", "Se dijo algo", "Patrullas", "luminarias"):
        assert callado not in papel
    assert "Firmas" not in papel and "quórum" not in papel


EN_OTRO_PROCESO = """
import hashlib, json, sys
from comites.actas.documento import pdf_de_acta
print(hashlib.sha256(pdf_de_acta(json.load(sys.stdin))).hexdigest())
"""


@pytest.mark.parametrize("reloj", ["Pacific/Auckland", "America/Tijuana"])
def test_otro_servidor_con_otro_reloj_imprime_los_mismos_bytes(como, ana, norte, sesion, reloj):
    acta = Acta.objects.con_contexto().get()
    with timezone.override(norte.zona_horaria):
        dicho = acta_para(ana, acta, norte)
    aqui = como(ana).get(reverse("coordinacion:acta_pdf", args=["norte", sesion.pk])).content
    otro = subprocess.run(
        [sys.executable, "-c", EN_OTRO_PROCESO],
        input=json.dumps(dicho),
        env={"PATH": os.environ["PATH"], "TZ": reloj, "PYTHONHASHSEED": "7", "LC_ALL": "C"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert otro.stdout.strip() == hashlib.sha256(aqui).hexdigest()


def test_la_compilacion_lleva_las_del_periodo_y_del_organo_y_ninguna_mas(leer, norte, ana, sesion):
    comite = hacer_comite(norte)
    del_comite = cerrar(asistir(hacer_sesion(norte, comite=comite, dias=-3)), ana)
    vieja = cerrar(asistir(hacer_sesion(norte, dias=-90)), ana)
    abierta = hacer_sesion(norte, dias=-1)
    sin_acta = hacer_sesion(norte, dias=-4)
    Sesion.objects.filter(pk=sin_acta.pk).update(estado="cerrada")  # from before minutes were kept
    hoy = timezone.localdate()
    periodo = {"desde": (hoy - dt.timedelta(days=30)).isoformat(), "hasta": hoy.isoformat()}
    papel = leer("actas_compiladas", **periodo)
    assert sesion.acta.folio in papel and del_comite.acta.folio in papel and vieja.acta.folio not in papel
    faltan = re.search(r"Sesiones sin acta(.*?)" + re.escape(sesion.acta.folio), papel)
    assert f"sesión {sin_acta.numero}" in faltan[1] and f"sesión {abierta.numero}" not in faltan[1]
    solo_comite = leer("actas_compiladas", organo=f"comite:{comite.pk}", **periodo)
    assert del_comite.acta.folio in solo_comite and sesion.acta.folio not in solo_comite
