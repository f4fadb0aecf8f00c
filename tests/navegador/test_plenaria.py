"""A plenaria of twelve people and five agreements, on a phone whose connection is cut in the middle: from the
call to the approved minute, the verified agreement and what the assembly consented to publish."""

import datetime as dt

from django.utils import timezone
from playwright.sync_api import expect

from comites.models import Acta, Acuerdo, Asistencia, Captura, Sesion
from cuentas.models import Correo
from mesas.models import Mesa
from tests.fabricas import CLAVE, hacer_integrante, hacer_persona

ACUERDOS = (
    ("Instalar doce luminarias en el parque", "Beto Ejemplo", "Doce luminarias encendidas"),
    ("Entregar las cifras de extorsión del mes", "Fiscalía de ejemplo", "Un informe por colonia"),
    ("Reparar seis cámaras del mercado", "Seguridad Pública Municipal de ejemplo", "Seis cámaras con imagen"),
    ("Publicar el calendario de rondas", "Guardia Nacional de ejemplo", "Un calendario entregado a diez escuelas"),
    ("Capacitar a veinte comerciantes", "Gloria Ejemplo", "Veinte constancias"),
)
"""What is agreed, who answers and what will exist; the last two, without connection."""


def en_dias(dias):
    return (timezone.localdate() + dt.timedelta(days=dias)).isoformat()


def crear_plenaria(page, puntos):
    page.get_by_role("link", name="Mi mesa").click()
    page.get_by_role("link", name="Nueva sesión").click()
    page.get_by_label("Plenaria").check()
    page.get_by_label("Día", exact=True).fill(en_dias(0))
    page.get_by_label("Hora", exact=True).fill("00:01")
    page.get_by_label("Lugar").fill("Salón de usos múltiples")
    page.get_by_label("Orden del día").fill(puntos)
    page.get_by_role("button", name="Crear la sesión").click()
    return Sesion.objects.latest("pk")


def acordar(page, que, quien):
    nuevo = page.locator("#nuevo-acuerdo")
    nuevo.get_by_label("¿Qué se acordó?").fill(que)
    nuevo.get_by_label("¿Quién responde?").select_option(label=quien)
    nuevo.get_by_label("¿Para cuándo?").fill(en_dias(30))
    nuevo.get_by_role("button", name="Guardar el acuerdo").click()
    expect(page.get_by_role("list").filter(has_text=que).first).to_be_visible()


def completar(page, acuerdo, producto):
    fila = page.locator(f"#acuerdo-{acuerdo.folio}")
    fila.locator("summary").click()
    fila.get_by_label("¿Qué existirá cuando se cumpla?").fill(producto)
    fila.get_by_label("¿Cómo se comprobará?").fill("Se revisa en la siguiente plenaria")
    fila.get_by_role("button", name="Guardar el acuerdo").click()
    expect(fila).not_to_contain_text("Falta cómo se comprobará")


def test_de_la_convocatoria_a_lo_publico_con_la_red_cortada(
    page, context, browser, browser_context_args, live_server, demostracion, entrar
):
    norte = Mesa.objects.get(slug="demostracion-norte")
    for nombre in ("Nora Ejemplo", "Óscar Ejemplo", "Paula Ejemplo", "Quirino Ejemplo"):
        hacer_integrante(norte, hacer_persona(nombre))
    entrar("ana@norte.example")

    # Before: the session brings by itself what is open and the last minute; the call leaves.
    sesion = crear_plenaria(page, "Cifras del mes\nAsuntos generales")
    assert sesion.puntos.first().origen == "acuerdos_abiertos"
    page.get_by_role("link", name="Convocar", exact=True).click()
    page.get_by_role("button", name="Convocar").click()
    expect(page.get_by_role("heading", name="A quién le llegó")).to_be_visible()
    assert Correo.objects.filter(envio__sesion=sesion, envio__motivo="convocatoria").count() >= 2

    # During: twelve people, a substitute, and the network that goes away.
    page.get_by_role("link", name=f"Plenaria, sesión {sesion.numero}").click()
    page.get_by_role("button", name="Empezar la sesión").click()
    page.get_by_role("button", name="Todos presentes").click()
    expect(page.get_by_text("12 de 12 en la sala")).to_be_visible()
    page.get_by_role("group", name="Asistencia de Hugo Ejemplo").get_by_role("button", name="Suplente").click()
    page.get_by_label("¿Quién suplió y con qué cargo?").locator("visible=true").fill("Subdirector de ejemplo")
    page.locator(f"#asiento-{asiento_de(sesion, 'Hugo Ejemplo')}").get_by_role("button", name="Guardar").first.click()
    for que, quien, _ in ACUERDOS[:3]:
        acordar(page, que, quien)
    context.set_offline(True)
    for que, quien, _ in ACUERDOS[3:]:
        acordar(page, que, quien)
    expect(page.locator("#conexion")).to_contain_text("Sin conexión: 2 anotaciones por enviar")
    assert Acuerdo.objects.filter(sesion=sesion).count() == 3
    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#pendientes")).to_be_hidden()
    assert Acuerdo.objects.filter(sesion=sesion).count() == 5
    assert (
        Captura.objects.filter(sesion=sesion).values("clave").distinct().count()
        == Captura.objects.filter(sesion=sesion).count()
    )
    for que, _, producto in ACUERDOS:
        completar(page, Acuerdo.objects.get(sesion=sesion, accion=que), producto)
    page.get_by_role("button", name="Cerrar la sesión").click()
    expect(page.get_by_text("Su minuta ya no cambia.").first).to_be_visible()

    # After: the draft to those who were there, and its approval in the next plenaria.
    page.get_by_role("link", name="Acta, en borrador").click()
    expect(page.get_by_text("Hay quórum: 12 de 12").first).to_be_visible()
    page.get_by_role("button", name="Enviar el borrador").click()
    assert Correo.objects.filter(envio__sesion=sesion, envio__motivo="acta").exists()
    siguiente = crear_plenaria(page, "Qué se publica")
    page.get_by_role("button", name="Empezar la sesión").click()
    page.get_by_role("button", name="Todos presentes").click()
    expect(page.get_by_text("12 de 12 en la sala")).to_be_visible()
    page.locator("summary").filter(has_text="Aprobación").click()
    page.get_by_role("link", name=f"Aprobar el acta de Plenaria, sesión {sesion.numero}").click()
    page.get_by_role("button", name="El acta se aprobó").click()
    expect(page.get_by_text("El acta quedó aprobada.")).to_be_visible()
    page.wait_for_url("**/modo/")
    acta = Acta.objects.get(sesion=sesion)
    assert acta.aprobada_en == siguiente
    assert Sesion.objects.get(pk=sesion.pk).estado == "aprobada"

    # Two keys: who answers reports, somebody else verifies.
    acuerdo = Acuerdo.objects.get(sesion=sesion, accion=ACUERDOS[0][0])
    de_beto = browser.new_context(**browser_context_args).new_page()
    de_beto.goto(f"{live_server.url}/coordinacion/mis-acuerdos/")
    de_beto.get_by_label("Correo").fill("beto@norte.example")
    de_beto.get_by_label("Contraseña", exact=True).fill(CLAVE)
    de_beto.get_by_role("main").get_by_role("button", name="Entrar").first.click()
    de_beto.get_by_role("link", name=acuerdo.accion).click()
    de_beto.get_by_label("Reportado").check()
    de_beto.get_by_label("¿Qué pasó?").fill("Las doce encienden desde ayer")
    de_beto.get_by_role("button", name="Guardar el avance").click()
    expect(de_beto.get_by_text("Guardamos el avance.")).to_be_visible()
    page.goto(f"{live_server.url}/coordinacion/demostracion-norte/acuerdos/{acuerdo.folio}/")
    page.get_by_role("link", name="Verificarlo o devolverlo").click()
    page.get_by_label("Sí: se cumplió").check()
    page.get_by_label("¿Cómo lo comprobaste, o qué falta?").fill("Fui al parque y conté doce")
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text("Cumplido").first).to_be_visible()
    acuerdo.refresh_from_db()
    assert acuerdo.estado == "cumplido"

    # Publication: the assembly consents to one, and the public reads that one alone.
    page.goto(f"{live_server.url}/coordinacion/demostracion-norte/sesiones/{siguiente.pk}/")
    page.get_by_role("link", name="Registrar lo que consintió publicar").click()
    page.get_by_label(acuerdo.accion).check()
    page.get_by_label("¿En qué punto de esta sesión se consintió?").select_option(index=1)
    page.get_by_label("¿Cómo consintió la asamblea?").fill("Por consenso de los 12 presentes")
    page.get_by_role("button", name="Ver lo que verá el público").click()
    expect(page.get_by_role("heading", name="Esto es lo que verá el público")).to_be_visible()
    page.get_by_role("button", name="Publicar lo que consintió la asamblea").click()
    publico = browser.new_context(**browser_context_args).new_page()
    publico.goto(f"{live_server.url}/acuerdos/")
    expect(publico.get_by_text(acuerdo.accion)).to_be_visible()
    for que, _, _ in ACUERDOS[1:]:
        expect(publico.get_by_text(que)).to_have_count(0)
    for telefono in (*context.pages, de_beto, publico):
        telefono.close()


def asiento_de(sesion, nombre):
    return Asistencia.objects.get(sesion=sesion, integrante__persona__nombre=nombre).integrante_id
