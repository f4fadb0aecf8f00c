"""A plenaria of twelve people and five agreements on one phone, from the call to the public page,
with the connection cut in the middle."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comites.models import Acta, Acuerdo, Asistencia, Captura, Sesion
from mesas.models import Mesa
from tests.comites.convocatoria.conftest import atender
from tests.fabricas import hacer_integrante
from tests.navegador.test_recorrido import convocable, crear_sesion, empezar, en_dias

__all__ = ["atender"]

ACORDADOS = (
    ("Instalar doce luminarias en la calle 8", "Doce luminarias encendidas"),
    ("Abrir un buzón de denuncia en el mercado", "Un buzón instalado"),
    ("Entregar el padrón de comercios", "Un padrón impreso"),
    ("Capacitar a veinte locatarios", "Veinte constancias"),
    ("Reparar la barda de la primaria", "La barda en pie"),
)


@pytest.fixture
def de_doce(demostracion):
    """The mesa Norte with twelve seats."""
    norte = Mesa.objects.get(slug="demostracion-norte")
    for _ in range(12 - norte.integrantes.count()):
        hacer_integrante(norte)
    return norte


def la_hora_llega(mesa):
    """What was called for the end of the day is now of its first minute: nobody waits in a test."""
    sesion = Sesion.objects.get(mesa=mesa, estado="convocada")
    sesion.inicio = timezone.localtime(sesion.inicio).replace(hour=0, minute=1)
    sesion.save()


def acordar(page, accion):
    """The three fields of the phone."""
    nuevo = page.locator("#nuevo-acuerdo")
    nuevo.get_by_label("¿Qué se acordó?").fill(accion)
    nuevo.get_by_label("¿Quién responde?").select_option(label="Fiscalía de ejemplo")
    nuevo.get_by_label("¿Para cuándo?").fill(en_dias(30))
    nuevo.get_by_role("button", name="Guardar el acuerdo").click()


def completar(page, accion, producto):
    """What the gate asks for and the three fields leave for after."""
    fila = page.locator("#acuerdos .revision").filter(has_text=accion)
    fila.locator("summary").click()
    fila.get_by_label("¿Qué existirá cuando se cumpla?").fill(producto)
    fila.get_by_label("¿Cómo se comprobará?").fill("Visita de la mesa con fotografías")
    fila.get_by_role("button", name="Guardar el acuerdo").click()
    expect(fila.get_by_text("Corregirlo")).to_be_visible()


def cerrar(page):
    page.get_by_role("link", name="Revisar y cerrar").click()
    page.get_by_role("button", name="Cerrar la sesión").click()
    expect(page.get_by_text("Su acta ya no cambia.").first).to_be_visible()


def test_una_plenaria_de_la_convocatoria_a_lo_publico(
    page, context, browser, browser_context_args, live_server, de_doce, entrar, consola, atender
):
    # Before: the call.
    entrar("ana@norte.example")
    convocable(page, "Plenaria", "Alumbrado\nComercio seguro", "23:58")
    page.get_by_role("link", name="Convocar").click()
    page.get_by_role("button", name="Convocar").click()
    expect(page.get_by_text("Convocaste el")).to_be_visible()
    atender()
    page.reload()
    expect(page.get_by_text("De 12: 5 guardados en el portal, sin enviar.")).to_be_visible()
    page.locator(".antetitulo a").first.click()
    la_hora_llega(de_doce)

    # During: twelve people, and a connection that goes away after the first agreement.
    empezar(page)
    page.get_by_role("button", name="Todos presentes").click()
    expect(page.get_by_text("12 de 12 en la sala")).to_be_visible()
    acordar(page, ACORDADOS[0][0])
    expect(page.locator("#acuerdos .revision")).to_have_count(1)
    context.set_offline(True)
    for accion, _ in ACORDADOS[1:4]:
        acordar(page, accion)
    hugo = page.get_by_role("group", name="Asistencia de Hugo Ejemplo")
    hugo.get_by_role("button", name="Ausente").click()
    expect(page.locator("#conexion")).to_contain_text("Sin conexión: 4 anotaciones por enviar")
    assert Acuerdo.objects.filter(sesion__estado="en_curso").count() == 1
    context.set_offline(False)
    expect(page.locator("#acuerdos .revision")).to_have_count(4)
    acordar(page, ACORDADOS[4][0])
    expect(page.locator("#acuerdos .revision")).to_have_count(5)
    for acuerdo in ACORDADOS:
        completar(page, *acuerdo)
    sesion = Sesion.objects.get(estado="en_curso", mesa=de_doce)
    assert sorted(sesion.acuerdos.values_list("accion", flat=True)) == sorted(uno for uno, _ in ACORDADOS)
    assert sesion.asistencias.filter(estado="presente").count() == 11
    assert Asistencia.objects.get(sesion=sesion, estado="ausente").integrante.persona.nombre == "Hugo Ejemplo"
    assert Captura.objects.filter(sesion=sesion).count() == 1 + 5 + 1 + 5
    cerrar(page)

    # After: the draft goes to those who were there; the next session approves it and turns both keys.
    page.goto(f"{live_server.url}/coordinacion/demostracion-norte/sesiones/{sesion.pk}/acta/")
    page.get_by_role("button", name="Enviar el borrador").click()
    expect(page.get_by_text("pueden objetar hasta el")).to_be_visible()
    page.get_by_role("link", name="Mi mesa").click()
    crear_sesion(page, "Plenaria", "Qué se publica", "00:02")
    page.get_by_role("button", name="Todos presentes").click()
    expect(page.get_by_text("12 de 12 en la sala")).to_be_visible()
    cumplido = Acuerdo.objects.get(sesion=sesion, accion=ACORDADOS[0][0])
    fila = page.locator(f"#revision-{cumplido.folio}")
    page.locator("#abiertos").evaluate("parte => { parte.open = true }")
    fila.get_by_role("button", name="Reportado").click()
    expect(fila.get_by_role("button", name="Cumplido", exact=True)).to_be_enabled()
    fila.get_by_role("button", name="Cumplido", exact=True).click()
    expect(page.locator("#conexion")).to_contain_text("Quedó: cumplido.")
    page.locator("summary").filter(has_text="acta").first.click()
    page.get_by_role("link", name=f"Aprobar el acta de Plenaria, sesión {sesion.numero}").click()
    page.get_by_role("button", name="El acta se aprobó").click()
    expect(page.get_by_text("El acta quedó aprobada.")).to_be_visible()
    assert Acta.objects.get(sesion=sesion).esta_aprobada
    cumplido.refresh_from_db()
    assert cumplido.estado == "cumplido"

    # The assembly consents, and a neighbour reads it: that one and no other.
    segunda = Sesion.objects.get(estado="en_curso", mesa=de_doce)
    page.goto(f"{live_server.url}/coordinacion/demostracion-norte/sesiones/{segunda.pk}/")
    page.get_by_role("link", name="Registrar lo que consintió publicar").click()
    page.get_by_label(ACORDADOS[0][0]).check()
    punto = page.get_by_label("¿En qué punto de esta sesión se consintió?")
    punto.select_option(punto.locator("option", has_text="Qué se publica").get_attribute("value"))
    page.get_by_label("¿Cómo consintió la asamblea?").fill("Por consenso de los 12 presentes")
    page.get_by_role("button", name="Ver lo que verá el público").click()
    page.get_by_role("button", name="Publicar lo que consintió la asamblea").click()
    expect(page.get_by_text("Registramos el consentimiento")).to_be_visible()
    vecina = browser.new_context(**browser_context_args).new_page()
    vecina.goto(f"{live_server.url}/acuerdos/")
    expect(vecina.get_by_text(ACORDADOS[0][0])).to_be_visible()
    for accion, _ in ACORDADOS[1:]:
        expect(vecina.get_by_text(accion)).to_have_count(0)
    assert "ERR_INTERNET_DISCONNECTED" in "".join(consola)
    assert [queja for queja in consola if "ERR_INTERNET_DISCONNECTED" not in queja] == []
