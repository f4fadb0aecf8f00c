"""Places where somebody new to the desk stopped to think, or lost what they had written."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.fabricas import (
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_sesion,
    publicar,
    publicar_sesion,
    reportar,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"


def en(nombre, *args):
    return reverse(f"coordinacion:{nombre}", args=["norte", *args])


# ── The account's session ended while somebody was writing ──────────────────────────────


def test_lo_escrito_despues_de_que_termina_la_cuenta_se_devuelve(como, ana, norte):
    sesion = hacer_sesion(norte)
    url = en("punto", sesion.pk, 1)
    nota = {"titulo": "Seguimiento", "resumen": "La colonia pide <b>dos</b> rondines más", "desenlace": "informativo"}
    respuesta = como(None).post(url, nota)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 401 and "La colonia pide &lt;b&gt;dos&lt;/b&gt; rondines más" in pagina
    assert "no-store" in respuesta["Cache-Control"] and reverse("account_login") in pagina
    assert sesion.puntos.get(orden=1).resumen == ""


def test_tambien_si_llevaba_un_archivo_y_dice_cual_elegir_otra_vez(como, norte):
    acuerdo = hacer_acuerdo(sesion := hacer_sesion(norte))
    cerrar(sesion)
    datos = {"texto": "Quedaron las doce", "archivo": SimpleUploadedFile("acta-de-entrega.pdf", PDF)}
    pagina = como(None).post(en("acuerdo_avance", acuerdo.folio), datos).content.decode()
    assert "Quedaron las doce" in pagina and "acta-de-entrega.pdf" in pagina


def test_de_quien_no_tiene_cuenta_no_se_lee_un_cuerpo_enorme(client, norte):
    acuerdo = hacer_acuerdo(hacer_sesion(norte))
    url = en("acuerdo_avance", acuerdo.folio)
    respuesta = client.generic("POST", url, b"texto=hola+a+todos", CONTENT_LENGTH=str(2**40))
    assert respuesta.status_code == 302 and respuesta.url.startswith(reverse("account_login"))


def test_lo_que_fue_un_toque_solo_pide_repetirlo(como, norte):
    sesion = hacer_sesion(norte, dias=0, empezar=False)
    respuesta = como(None).post(en("sesion_nivel", sesion.pk), {"nivel": "si"})
    assert respuesta.status_code == 401 and "repite lo que ibas a hacer" in respuesta.content.decode()


# ── Addresses that show nothing ─────────────────────────────────────────────────────────


def test_un_boton_abierto_como_pagina_lo_dice_en_espanol(como, ana, norte):
    sesion = hacer_sesion(norte)
    respuesta = como(ana).get(en("punto_nuevo", sesion.pk))
    assert respuesta.status_code == 405 and respuesta["Allow"] == "POST"
    assert "Aquí no hay nada que leer" in respuesta.content.decode()
    assert reverse("tablero") in respuesta.content.decode()


def test_quien_tiene_cuenta_vuelve_de_un_404_a_su_tablero(como, ana, norte):
    enlace = f'<li><a href="{reverse("tablero")}">Tu tablero</a>'
    assert enlace in como(ana).get("/no-existe/").content.decode()
    assert enlace not in como(None).get("/no-existe/").content.decode()


# ── What goes first ─────────────────────────────────────────────────────────────────────


def test_antes_de_su_dia_lo_primero_es_convocar_y_ese_dia_empezar(como, ana, norte):
    def principal(sesion):
        pagina = como(ana).get(en("sesion", sesion.pk)).content.decode()
        convocar = re.search(rf'<a class="([^"]+)" href="{en("convocatoria", sesion.pk)}"', pagina)
        empezar = re.search(r'<button class="([^"]+)" type="submit">Empezar la sesión', pagina)
        return [boton[1] == "boton" for boton in (convocar, empezar)]

    assert principal(hacer_sesion(norte, dias=5, empezar=False)) == [True, False]
    assert principal(hacer_sesion(norte, dias=0, empezar=False)) == [False, True]


def test_se_mira_lo_que_vera_el_publico_antes_del_boton_que_lo_publica(como, ana, norte):
    acuerdo = hacer_acuerdo(sesion := hacer_sesion(norte, comite=hacer_comite(norte)))
    cerrar(sesion)
    asistir(hacer_sesion(norte, dias=-1))
    pagina = como(ana).get(en("acuerdo_publicar", acuerdo.folio)).content.decode()
    assert pagina.index("Esto es lo que verá el público") < pagina.index("Publicar el acuerdo</button>")


def test_quien_verifica_tiene_la_prueba_a_la_vista(como, ana, beto, norte):
    acuerdo = hacer_acuerdo(sesion := hacer_sesion(norte))
    cerrar(sesion)
    url = en("acuerdo_verificar", acuerdo.folio)
    for nombre, nivel in (("recibo.pdf", "mesa"), ("testigo.pdf", "reservada")):
        datos = {"archivo": SimpleUploadedFile(nombre, PDF + nombre.encode()), "nivel": nivel}
        if nivel == "reservada":
            datos |= {"motivo_de_reserva": "Nombra a un testigo", "revisar_reserva_el": timezone.localdate()}
        como(ana).post(en("evidencia_nueva", acuerdo.folio), datos)
    reportar(acuerdo, autor=ana)
    pagina = como(beto).get(url).content.decode()
    assert "recibo.pdf" in pagina and "testigo.pdf" not in pagina


def test_la_sesion_publica_dice_las_dos_fechas_de_lo_que_se_prorrogo(client, ana, norte):
    sesion = asistir(hacer_sesion(norte, dias=-60))
    primera = timezone.localdate() - dt.timedelta(days=20)
    acuerdo = hacer_acuerdo(sesion, fecha_compromiso=primera)
    cerrar(sesion)
    acuerdo.prorrogas.create(de=primera, al=primera + dt.timedelta(days=90), motivo="Llovió", autor=ana)
    publicar(acuerdo)
    publicar_sesion(sesion)
    pagina = client.get(sesion.url_publica).content.decode()
    assert pagina.count("Antes, para el") == 1
