"""The whole journey in a real browser, at the width of a phone, as Ana and Diana would do it."""

import datetime as dt

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.utils import timezone
from playwright.sync_api import expect

from comites.models import Acuerdo, Sesion
from mesas.models import Mesa
from tests.fabricas import CLAVE
from tests.navegador.quejas import anotar_queja


def en_dias(dias):
    return (timezone.localdate() + dt.timedelta(days=dias)).isoformat()


def convocable(page, organo, puntos, hora="00:01"):
    """A session of today that has not begun."""
    page.get_by_role("link", name="Nueva sesión").click()
    page.get_by_label(organo).check()
    page.get_by_label("Día", exact=True).fill(en_dias(0))
    page.get_by_label("Hora", exact=True).fill(hora)
    page.get_by_label("Orden del día").fill(puntos)
    page.get_by_role("button", name="Crear la sesión").click()


def empezar(page):
    page.get_by_role("button", name="Empezar la sesión").click()
    page.wait_for_url("**/modo/")  # whole, with its script: a tap before it is a form that posts


def crear_sesion(page, organo, puntos, hora="00:01"):
    convocable(page, organo, puntos, hora)
    empezar(page)


def a_la_pagina_de_la_sesion(page):
    page.get_by_role("link", name="Salir del modo sesión").click()


def anotar(page, accion, producto, quien, dias, verificacion):
    page.get_by_role("link", name="Anotar un acuerdo").click()
    page.get_by_label("¿Qué se acordó?").fill(accion)
    page.get_by_label("¿Qué existirá cuando se cumpla?").fill(producto)
    if quien:
        page.get_by_label("¿Quién responde?").select_option(label=quien)
    page.get_by_label("¿Para cuándo?").fill(en_dias(dias))
    page.get_by_label("¿Cómo se comprobará?").fill(verificacion)
    page.get_by_role("button", name="Guardar el acuerdo").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["con JavaScript", "sin JavaScript"])
def test_ana_de_la_convocatoria_a_lo_publico(live_server, browser, browser_context_args, demostracion, javascript):
    contexto = browser.new_context(**browser_context_args, java_script_enabled=javascript)
    page = contexto.new_page()
    quejas = []
    page.on("console", lambda mensaje: anotar_queja(quejas, mensaje.text))

    page.goto(f"{live_server.url}/coordinacion/")
    page.get_by_label("Correo").fill("ana@norte.example")
    page.get_by_label("Contraseña", exact=True).fill(CLAVE)
    page.get_by_role("main").get_by_role("button", name="Entrar").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mesa Norte (demostración)")
    expect(page.get_by_text("Un acuerdo pasó de su fecha")).to_be_visible()

    # A session of a comité: roll with one tap per person, two agreements, one without responsible.
    crear_sesion(page, "Comité de extorsión", "Cifras del mes\nCampaña de denuncia")
    lista = page.get_by_role("group", name="Asistencia de Beto Ejemplo")
    lista.get_by_role("button", name="Presente").click()
    expect(lista.get_by_role("button", name="Presente")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("1 de 8 en la sala")).to_be_visible()
    page.get_by_role("button", name="Los demás no vinieron").click()
    expect(page.get_by_text("Anotamos 7 ausencias.")).to_be_visible()
    a_la_pagina_de_la_sesion(page)
    anotar(page, "Instalar diez buzones", "Diez buzones instalados", "Fiscalía de ejemplo", 30, "Visita con fotos")
    anotar(page, "Entregar el padrón de comercios", "Un padrón", None, 20, "El padrón se presenta en sesión")
    page.get_by_role("link", name="Revisar y cerrar").click()
    falta = page.get_by_role("link", name="Al acuerdo «Entregar el padrón de comercios» le falta quién responde.")
    expect(falta).to_be_visible()
    falta.click()
    page.get_by_label("¿Quién responde?").select_option(label="Gloria Ejemplo")
    page.get_by_role("button", name="Guardar el acuerdo").click()
    page.get_by_role("link", name="Revisar y cerrar").click()
    page.get_by_role("button", name="Cerrar la sesión").click()
    expect(page.get_by_text("Su acta ya no cambia.").first).to_be_visible()
    expect(page.get_by_role("link", name="Revisar y cerrar")).to_have_count(0)

    # A plenaria consents to publish one of them.
    page.get_by_role("link", name="Mi mesa").click()
    crear_sesion(page, "Plenaria", "Qué acuerdos se publican")
    lista = page.get_by_role("group", name="Asistencia de Gloria Ejemplo")
    lista.get_by_role("button", name="Presente").click()
    expect(page.get_by_text("1 de 8 en la sala")).to_be_visible()
    a_la_pagina_de_la_sesion(page)
    page.get_by_role("link", name="Registrar lo que consintió publicar").click()
    page.get_by_label("Instalar diez buzones").check()
    punto = page.get_by_label("¿En qué punto de esta sesión se consintió?")
    punto.select_option(punto.locator("option", has_text="Qué acuerdos se publican").get_attribute("value"))
    page.get_by_label("¿Cómo consintió la asamblea?").fill("Por consenso de los 8 presentes")
    page.get_by_role("button", name="Ver lo que verá el público").click()
    expect(page.get_by_role("heading", name="Esto es lo que verá el público")).to_be_in_viewport()
    page.get_by_role("button", name="Publicar lo que consintió la asamblea").click()
    expect(page.get_by_text("Registramos el consentimiento")).to_be_visible()

    publico = browser.new_context(**browser_context_args).new_page()
    publico.goto(f"{live_server.url}/acuerdos/")
    expect(publico.get_by_text("Instalar diez buzones")).to_be_visible()
    expect(publico.get_by_text("Entregar el padrón de comercios")).to_have_count(0)
    publico.goto(f"{live_server.url}/mesas/demostracion-norte/")
    expect(publico.get_by_text("Instalar diez buzones")).to_be_visible()
    expect(publico.get_by_text("padrón de comercios")).to_have_count(0)
    assert Sesion.objects.filter(estado="cerrada", comite__nombre="Comité de extorsión").exists()
    assert Acuerdo.objects.get(accion="Instalar diez buzones").nivel == "publica"
    assert quejas == []


def test_con_el_teclado_se_pasa_lista(page, live_server, demostracion, entrar, consola):
    entrar("ana@norte.example")
    crear_sesion(page, "Plenaria", "Lista")
    boton = page.get_by_role("group", name="Asistencia de Beto Ejemplo").get_by_role("button", name="Ausente")
    boton.focus()
    page.keyboard.press("Enter")
    expect(boton).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_contain_text("Guardamos la asistencia.")
    expect(boton).to_be_focused()
    assert consola == []


def test_diana_activa_su_segundo_factor_e_importa_mesas_con_vista_previa(
    page, live_server, demostracion, entrar, consola, tmp_path
):
    entrar("diana@mexicosos.example")
    expect(page.get_by_text("Activa la verificación en dos pasos")).to_be_visible()
    page.goto(f"{live_server.url}/cuenta/2fa/totp/activate/")
    page.get_by_label("Contraseña").fill(CLAVE)  # it asks again before touching the locks
    page.get_by_role("main").get_by_role("button").first.click()
    secreto = page.locator("code.clave").inner_text()
    contador = next(iter(yield_hotp_counters_from_time()))
    page.locator("[name=code]").fill(format_hotp_value(hotp_value(secreto, contador)))
    page.get_by_role("button", name="Activar").click()
    page.wait_for_load_state()

    archivo = tmp_path / "mesas.csv"
    archivo.write_text("slug,nombre,entidad\nmesa-nueva,Mesa nueva,31\notra,Otra,99\n", encoding="utf-8")
    page.goto(f"{live_server.url}/admin/mesas/mesa/import/")
    page.locator("input[type=file]").set_input_files(archivo)
    page.locator("form input[type=submit], form button[type=submit]").last.click()
    expect(page.get_by_text("99").first).to_be_visible()
    assert not Mesa.objects.filter(slug="mesa-nueva").exists()
    assert consola == []
