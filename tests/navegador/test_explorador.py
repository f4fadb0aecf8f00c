"""The explorer in a real browser: a neighbour finds a place, adds it, reads the chart and takes it away."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect


@pytest.fixture
def primera_ejecucion(transactional_db):
    call_command("preparar", verbosity=0)
    call_command("sembrar", sin_demo=True, verbosity=0)


@pytest.fixture
def abrir(live_server, browser, browser_context_args):
    """`abrir(ruta, javascript=…)`: a page of a new reader, and what the browser complained about."""

    def con(ruta, *, javascript=True):
        page = browser.new_context(**browser_context_args, java_script_enabled=javascript).new_page()
        quejas = []
        page.on("console", lambda mensaje: quejas.append(mensaje.text))
        page.on("pageerror", lambda error: quejas.append(str(error)))
        page.goto(live_server.url + ruta)
        return page, quejas

    return con


def agregar(page, texto, nombre, javascript):
    """Look for a place and add it."""
    page.get_by_text("Cambiar delito, territorios o periodo").click()
    page.get_by_label("Búscalo por su nombre").fill(texto)
    if not javascript:
        page.get_by_role("button", name="Buscar").click()
    page.get_by_role("link", name=nombre).click()


@pytest.mark.parametrize("javascript", [True, False], ids=["con JavaScript", "sin JavaScript"])
def test_una_vecina_compara_dos_lugares(abrir, primera_ejecucion, javascript):
    page, quejas = abrir("/indicadores/feminicidio/?territorio=28", javascript=javascript)
    agregar(page, "torreon", "Mesa Torreón", javascript)
    assert "/indicadores/?delito=feminicidio&territorio=28&territorio=mesa:torreon" in page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text("en Tamaulipas y en el territorio de la mesa Torreón")
    expect(page.get_by_role("list", name="Territorios elegidos").get_by_role("listitem")).to_have_count(2)

    # The kind of rate and the span travel in the address, and the places stay.
    page.get_by_text("Cambiar delito, territorios o periodo").click()
    page.get_by_label("Cada cifra es").select_option("movil12")
    page.get_by_label("Desde").fill("2020-01")
    page.get_by_role("button", name="Ver", exact=True).click()
    assert "periodicidad=movil12" in page.url and "desde=2020-01" in page.url and "mesa:torreon" in page.url
    assert "busca" not in page.url

    # What was typed wrong is said, and is still there to be mended.
    page.get_by_text("Cambiar delito, territorios o periodo").click()
    page.get_by_label("Desde").fill("hace poco")
    page.get_by_role("button", name="Ver", exact=True).click()
    expect(page.get_by_text("Hay algo que corregir")).to_be_visible()
    expect(page.get_by_label("Desde")).to_have_value("hace poco")
    page.go_back()

    page.get_by_role("link", name="Quitar Tamaulipas").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("en el territorio de la mesa Torreón")
    assert "territorio=28" not in page.url
    assert [queja for queja in quejas if "400" not in queja] == []


def test_la_grafica_se_lee_con_el_teclado_y_con_el_dedo(abrir, primera_ejecucion):
    page, quejas = abrir("/indicadores/feminicidio/?territorio=28")
    marco = page.locator(".grafica__angosta")
    marco.focus()
    page.keyboard.press("End")
    globo = marco.get_by_role("status")
    expect(globo).to_contain_text("Tamaulipas")
    ultimo = globo.inner_text()
    page.keyboard.press("ArrowLeft")
    assert globo.inner_text() != ultimo
    page.keyboard.press("Escape")
    expect(globo).to_be_hidden()
    marco.locator(".g-zona").first.dispatch_event("pointerdown")
    expect(globo).to_contain_text("2015")
    assert quejas == []


def test_la_tabla_se_ordena_y_el_mapa_se_abre(abrir, primera_ejecucion):
    page, quejas = abrir("/indicadores/homicidio-doloso/mapa/")
    page.get_by_role("table").get_by_role("link", name="Carpetas").click()
    expect(page.get_by_role("columnheader", name="Carpetas")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("table").get_by_role("link", name="Guanajuato").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Guanajuato, por municipio")
    page.get_by_role("table").get_by_role("link", name="León").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Homicidio doloso")
    expect(page.get_by_text("en León, Guanajuato").first).to_be_visible()
    assert quejas == []


def test_la_grafica_incrustada_vive_en_la_pagina_de_otro_y_ninguna_otra(abrir, live_server, primera_ejecucion):
    page, _ = abrir("/indicadores/homicidio-doloso/")
    codigo = page.locator("#codigo").input_value()
    assert codigo.startswith("<iframe") and "/indicadores/incrustar/" in codigo
    ajena = page.context.new_page()
    paginas = {
        "con-la-grafica": codigo,
        "con-otra": f'<iframe src="{live_server.url}/indicadores/homicidio-doloso/"></iframe>',
    }

    def servir(ruta):
        ruta.fulfill(body=paginas[ruta.request.url.rpartition("/")[2]], content_type="text/html")

    ajena.route("http://vecinos.example/con-*", servir)
    ajena.goto("http://vecinos.example/con-la-grafica")
    dentro = ajena.frame_locator("iframe")
    expect(dentro.get_by_role("heading", level=1)).to_contain_text("Homicidio doloso en México")
    expect(dentro.get_by_role("link", name="Verla completa")).to_be_visible()
    ajena.goto("http://vecinos.example/con-otra")
    expect(ajena.frame_locator("iframe").get_by_role("heading", level=1)).to_have_count(0)
