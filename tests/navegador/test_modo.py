"""A session on a phone whose connection goes and comes: nothing is lost, nothing is done twice."""

import json

import pytest
from playwright.sync_api import expect

from comites.models import Acuerdo, Asistencia, Captura, Invitado, Sesion
from comites.operaciones import anotar_punto
from cuentas.models import Usuario
from tests.navegador.test_recorrido import crear_sesion


@pytest.fixture
def en_modo(page, context, live_server, demostracion, entrar):
    """Ana's plenaria, under way, in the phone; gives its row. At the end nobody is left asking for news."""
    entrar("ana@norte.example")
    crear_sesion(page, "Plenaria", "Cifras del mes\nAsuntos generales")
    yield Sesion.objects.get(estado="en_curso", tipo="plenaria", mesa__slug="demostracion-norte")
    for telefono in context.pages:
        telefono.close()


def conexion(page):
    return page.locator("#conexion")


def tocar(page, persona, estado):
    page.get_by_role("group", name=f"Asistencia de {persona}").get_by_role("button", name=estado).click()


def test_con_la_red_cortada_nada_se_pierde_ni_se_duplica(page, context, en_modo):
    page.get_by_role("button", name="Todos presentes").click()
    expect(page.get_by_text("8 de 8 en la sala")).to_be_visible()

    context.set_offline(True)
    tocar(page, "Beto Ejemplo", "Ausente")
    tocar(page, "Beto Ejemplo", "Justificada")  # over its own change, which nobody has answered yet
    nuevo = page.locator("#nuevo-acuerdo")
    nuevo.get_by_label("¿Qué se acordó?").fill("Instalar diez buzones secretos")
    nuevo.get_by_label("¿Quién responde?").select_option(label="Fiscalía de ejemplo")
    nuevo.get_by_role("button", name="Guardar el acuerdo").click()
    page.get_by_label("Nombre").fill("Visita Ejemplo")
    page.get_by_role("button", name="Agregar", exact=True).click()
    expect(conexion(page)).to_contain_text("Sin conexión: 4 anotaciones por enviar")
    expect(page.get_by_role("list").filter(has_text="Instalar diez buzones secretos")).to_be_visible()
    guardado = page.evaluate("JSON.stringify(localStorage)")
    assert len(json.loads(guardado)) == 4 and "buzones" not in guardado and "Visita" not in guardado
    assert not Acuerdo.objects.filter(accion__contains="secretos").exists()

    # The connection comes back and an answer is lost: the server did it, the phone does not know.
    def perder_la_respuesta(ruta):
        ruta.fetch()
        ruta.abort()

    page.route("**/modo/anotar/**", perder_la_respuesta)
    context.set_offline(False)
    with page.expect_event("requestfailed", lambda pedido: "/anotar/" in pedido.url):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    page.unroute("**/modo/anotar/**")
    assert Captura.objects.filter(sesion=en_modo).count() == 2 and page.evaluate("localStorage.length") == 4
    page.on("dialog", lambda dialogo: dialogo.accept())  # it warns before leaving with something to send
    page.reload()
    expect(conexion(page)).not_to_contain_text("por enviar")
    expect(page.locator("#acuerdos").get_by_text("Instalar diez buzones secretos")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0

    assert Acuerdo.objects.filter(sesion=en_modo).count() == Invitado.objects.filter(sesion=en_modo).count() == 1
    beto = Asistencia.objects.get(sesion=en_modo, integrante__persona__nombre="Beto Ejemplo")
    assert (beto.estado, beto.version) == ("justificada", 3)
    assert Captura.objects.filter(sesion=en_modo).count() == 5


def test_dos_telefonos_ven_lo_del_otro_y_eligen(page, context, en_modo):
    otro = context.new_page()
    otro.goto(page.url)
    punto = en_modo.puntos.get(titulo="Cifras del mes")
    for telefono, texto in ((page, "Se aprobó el calendario"), (otro, "No se aprobó nada")):
        telefono.locator("summary").filter(has_text="Cifras del mes").click()
        telefono.locator(f"#resumen-{punto.pk}").fill(texto)
    page.locator(f"#punto-{punto.pk}").get_by_role("button", name="Decisión").click()
    expect(conexion(page)).to_contain_text("Guardamos el punto.")
    otro.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(otro.locator(f"#punto-{punto.pk} [role=status]")).to_contain_text("Alguien más cambió esto")
    otro.locator(f"#punto-{punto.pk}").get_by_role("button", name="Informativo").click()
    expect(otro.get_by_text("Alguien más cambió esto mientras lo escribías")).to_be_visible()
    expect(otro.locator("#cola")).to_contain_text("Se aprobó el calendario")
    punto.refresh_from_db()
    assert punto.resumen == "Se aprobó el calendario"
    otro.get_by_role("button", name="Guardar lo que escribí").click()
    expect(conexion(otro)).to_contain_text("Guardamos el punto.")
    expect(otro.locator("#pendientes")).to_be_hidden()
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(f"#resumen-{punto.pk}")).to_have_value("No se aprobó nada")


def test_si_la_sesion_de_la_cuenta_termina_el_texto_espera(page, context, en_modo):
    galletas = context.cookies()
    context.clear_cookies(name="sessionid")
    page.get_by_label("Nombre").fill("Visita Ejemplo")
    page.get_by_role("button", name="Agregar", exact=True).click()
    expect(page.get_by_role("link", name="Entrar otra vez")).to_be_visible()
    assert not Invitado.objects.exists()
    context.add_cookies(galletas)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#invitados").get_by_text("Visita Ejemplo", exact=True)).to_be_visible()
    assert Invitado.objects.count() == 1 and Usuario.objects.filter(email="ana@norte.example").exists()


def test_al_salir_el_telefono_no_se_queda_con_nada(page, live_server, en_modo):
    page.route("**/modo/anotar/**", lambda ruta: ruta.abort())
    page.get_by_label("Nombre").fill("Visita Ejemplo")
    page.get_by_role("button", name="Agregar", exact=True).click()
    expect(conexion(page)).to_contain_text("1 anotación por enviar")
    page.on("dialog", lambda dialogo: dialogo.accept())
    page.goto(f"{live_server.url}/cuenta/logout/")
    expect(page.get_by_text("Te falta enviar 1 anotación de una sesión")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Salir").click()
    page.wait_for_url(f"{live_server.url}/")
    assert page.evaluate("localStorage.length") == 0 and not Invitado.objects.exists()


def test_lo_que_ya_no_se_puede_leer_se_dice_y_lo_largo_se_ve_entero(page, context, en_modo):
    largo = "Bajaron los robos a negocio en la zona centro. " * 12
    context.set_offline(True)
    page.locator("summary").filter(has_text="Cifras del mes").click()
    punto = en_modo.puntos.get(titulo="Cifras del mes")
    page.locator(f"#resumen-{punto.pk}").fill(largo)
    page.locator(f"#punto-{punto.pk}").get_by_role("button", name="Informativo").click()
    expect(page.locator("#cola")).to_contain_text(largo.strip())
    page.evaluate("for (const nombre of Object.keys(localStorage)) localStorage[nombre] = 'AAAA.BBBB'")
    page.route("**/modo/anotar/**", lambda ruta: ruta.abort())
    page.on("dialog", lambda dialogo: dialogo.accept())
    context.set_offline(False)
    page.reload()
    aviso = page.locator("#ilegibles")
    expect(aviso).to_contain_text("En este teléfono quedó una anotación por enviar que ya no se puede leer")
    page.reload()  # said until somebody answers for it
    expect(aviso).to_be_visible()
    aviso.get_by_role("button", name="Ya lo revisé").click()
    expect(aviso).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def esperar_guardadas(page, cuantas):
    """Until the phone keeps so many things."""
    page.evaluate(
        """cuantas => new Promise((ya) => {
             const ver = () => (localStorage.length === cuantas ? ya() : requestAnimationFrame(ver));
             ver();
           })""",
        cuantas,
    )


def test_lo_que_esta_a_medio_escribir_vuelve_al_recargar_y_no_se_lee_en_el_telefono(page, en_modo):
    nuevo = page.locator("#nuevo-acuerdo")
    nuevo.get_by_label("¿Qué se acordó?").fill("Impulsar los buzones secretos")
    nuevo.get_by_label("¿Quién responde?").select_option(label="Fiscalía de ejemplo")
    esperar_guardadas(page, 1)
    assert "secretos" not in page.evaluate("JSON.stringify(localStorage)")
    page.reload()
    expect(conexion(page)).to_contain_text("Recuperamos lo que estabas escribiendo")
    expect(nuevo.get_by_label("¿Qué se acordó?")).to_have_value("Impulsar los buzones secretos")
    nuevo.get_by_role("button", name="Guardar el acuerdo").click()
    expect(page.locator("#acuerdos")).to_contain_text("«Impulsar» es difícil de comprobar")
    esperar_guardadas(page, 0)
    acuerdo = Acuerdo.objects.get(sesion=en_modo)
    assert acuerdo.institucion_responsable.nombre == "Fiscalía de ejemplo"


def test_lo_que_vuelve_no_pasa_por_encima_de_lo_que_otro_escribio_mientras(page, en_modo):
    punto = en_modo.puntos.get(titulo="Cifras del mes")
    page.locator("summary").filter(has_text="Cifras del mes").click()
    page.locator(f"#resumen-{punto.pk}").fill("Bajaron los robos")
    esperar_guardadas(page, 1)
    direccion = page.url
    page.goto("about:blank")  # the phone put the page aside; meanwhile somebody else writes
    dicho = {"titulo": punto.titulo, "desenlace": "decision", "resumen": "Subieron los robos", "nivel": "mesa"}
    anotar_punto(punto=punto, **dicho)
    page.goto(direccion)
    expect(page.locator(f"#resumen-{punto.pk}")).to_have_value("Bajaron los robos")
    page.locator(f"#punto-{punto.pk}").get_by_role("button", name="Informativo").click()
    expect(page.locator("#cola")).to_contain_text("Subieron los robos")
    punto.refresh_from_db()
    assert (punto.resumen, punto.desenlace) == ("Subieron los robos", "decision")


def test_el_telefono_guarda_la_pagina_de_cuando_no_hay_conexion_y_nada_mas(page, context, browser, en_modo):
    telefono = browser.new_context(storage_state=context.storage_state())
    pagina = telefono.new_page()
    pagina.goto(page.url)
    guardado = pagina.evaluate(
        """async () => {
             await navigator.serviceWorker.ready;
             const cajas = await caches.keys();
             const caja = await caches.open(cajas[0]);
             const rutas = (await caja.keys()).map((pedido) => new URL(pedido.url).pathname);
             return [cajas.length, rutas, await (await caja.match(rutas[0])).text()];
           }"""
    )
    assert guardado[0] == 1 and guardado[1][0] == "/coordinacion/sin-conexion/" and len(guardado[1]) == 3
    assert "no se perdió" in guardado[2] and "Ana" not in guardado[2] and "Norte" not in guardado[2]
    assert pagina.evaluate("async () => (await navigator.serviceWorker.ready).scope").endswith("/coordinacion/")
    telefono.close()


def test_lo_que_no_se_acepto_se_corrige_en_su_propio_renglon(page, en_modo):
    page.get_by_role("button", name="Todos presentes").click()
    expect(page.get_by_text("8 de 8 en la sala")).to_be_visible()
    asiento = page.locator(".asiento").filter(has_text="Beto Ejemplo")
    asiento.locator("summary").click()
    asiento.get_by_label("¿A qué hora?").fill("23:59")
    asiento.get_by_role("button", name="Anotar salida").click()
    pendiente = page.locator("#pendientes")
    expect(pendiente).to_contain_text("Esa hora todavía no llega")
    conexion(page).get_by_role("link", name="Verlo").click()
    expect(pendiente).to_be_in_viewport()
    asiento.get_by_label("¿A qué hora?").fill("")
    asiento.get_by_role("button", name="Anotar salida").click()
    expect(page.get_by_text("7 de 8 en la sala")).to_be_visible()
    expect(pendiente).to_be_hidden()
