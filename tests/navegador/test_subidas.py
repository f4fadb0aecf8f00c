"""Diana uploads an official file in a real browser, with and without JavaScript, on a phone and on a desk."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from indicadores.models import Carga, Recepcion
from indicadores.tareas import atender_recepcion
from tests.fabricas import CLAVE
from tests.indicadores.archivos import MUNICIPAL, texto
from tests.indicadores.subidas.conftest import crudo, territorio
from tests.indicadores.test_cargas import filas

__all__ = ["territorio"]

VARIANTES = (("light", 390), ("light", 1280), ("dark", 390), ("dark", 1280))
CORREO = "diana@mexicosos.example"
SUBIR = "/admin/indicadores/recepcion/add/"


def atender():
    """What waits in the queue, done in this process."""
    for tarea in DBTaskResult.objects.ready():
        tarea.claim("prueba")
        tarea.set_successful(atender_recepcion.call(*tarea.args_kwargs["args"]))


@pytest.fixture
def escritorio(demostracion, territorio, settings):
    """The staff's desk in a first run, where the second factor is not asked for yet."""
    settings.SEGUNDO_FACTOR_OBLIGATORIO = False


@pytest.fixture
def archivos(tmp_path):
    """A good file and one with a figure that is not."""
    bueno, roto = tmp_path / "bueno.csv", tmp_path / "roto.csv"
    bueno.write_bytes(crudo(hasta=6))
    renglones = filas()
    renglones[3][10] = "doce"
    roto.write_bytes(texto(MUNICIPAL, renglones).encode("cp1252"))
    return bueno, roto


def reprobar(page, quejas):
    """What is wrong with the page that is open."""
    mal = list(quejas)
    quejas.clear()
    # Without preload: axe would ask again, by another address, for what the stylesheets of the admin import.
    mal += [falta["id"] for falta in Axe().run(page, options={"preload": False}).response["violations"]]
    if page.locator("h1").count() != 1:
        mal.append("debe tener un h1")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        mal.append("se sale de la pantalla")
    quejas.clear()
    return mal


def test_diana_sube_se_equivoca_corrige_y_lo_ve_entrar(page, live_server, escritorio, entrar, consola, archivos):
    bueno, _ = archivos
    entrar(CORREO)
    page.goto(live_server.url + SUBIR)
    expect(page.get_by_label("Nombre de la edición")).to_be_hidden()
    page.get_by_label("Población", exact=True).check()
    expect(page.get_by_label("Nombre de la edición")).to_be_visible()
    expect(page.get_by_label("Corte")).to_be_hidden()
    page.get_by_label("Incidencia delictiva").check()
    page.get_by_label("Corte").fill("ayer")
    page.get_by_label("Archivo", exact=True).set_input_files(bueno)
    page.get_by_role("button", name="Subir").click()

    resumen = page.get_by_role("alert").filter(has_text="Hay algo que corregir")
    expect(resumen).to_be_focused()
    expect(page.get_by_label("Corte")).to_have_value("ayer")
    expect(page.get_by_text("bueno.csv")).to_be_visible()
    page.get_by_label("Corte").fill("2024-06")
    page.get_by_role("button", name="Continuar").click()

    page.wait_for_url(re.compile(r"/change/$"))
    expect(page.get_by_role("heading", name="En espera de su turno")).to_be_visible()
    anuncio = page.get_by_role("status").first
    expect(anuncio).to_have_text("En espera de su turno")
    atender()
    expect(page.get_by_role("heading", name="Lista", exact=True)).to_be_visible()
    expect(anuncio).to_contain_text("filas, corte 2024-06")
    expect(page).to_have_title(re.compile("^Lista: «bueno.csv»"))
    page.get_by_role("link", name="Ver la carga").click()
    page.get_by_role("link", name="Deshacer esta carga").click()
    expect(page.get_by_text("Nada: esta carga no reemplazó a ninguna.")).to_be_visible()
    page.get_by_role("button", name="Sí, deshacer esta carga").click()
    expect(page.get_by_text("La carga se deshizo: el portal muestra otra vez lo que había antes.")).to_be_visible()
    assert Carga.objects.get().deshecha
    assert consola == []


def test_sin_javascript_tambien(live_server, browser, browser_context_args, escritorio, archivos):
    bueno, _ = archivos
    page = browser.new_context(**browser_context_args, java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/cuenta/login/?next={SUBIR}")
    page.get_by_label("Correo").fill(CORREO)
    page.get_by_label("Contraseña", exact=True).fill(CLAVE)
    page.get_by_role("main").get_by_role("button", name="Entrar").first.click()
    page.get_by_label("Sólo simular").check()
    page.get_by_label("Archivo", exact=True).set_input_files(bueno)
    page.get_by_role("button", name="Subir").click()
    expect(page.get_by_role("heading", name="En espera de su turno (simulación)")).to_be_visible()
    expect(page.get_by_role("link", name="Actualizar")).to_be_visible()
    atender()
    expect(page.get_by_role("heading", name="Lista (simulación)")).to_be_visible()  # it looks again by itself
    page.get_by_role("button", name="Cargar de verdad").click()
    atender()
    expect(page.get_by_role("heading", name="Lista", exact=True)).to_be_visible()
    assert Carga.objects.count() == 1


def test_el_escritorio_es_accesible_y_cabe(live_server, browser, browser_context_args, escritorio, archivos):
    mal = {}
    for esquema, ancho in VARIANTES:
        Recepcion.objects.all().delete()
        opciones = browser_context_args | {"viewport": {"width": ancho, "height": 844}, "color_scheme": esquema}
        page, quejas = browser.new_context(**opciones).new_page(), []
        page.on("console", lambda mensaje, quejas=quejas: quejas.append(mensaje.text))
        page.on("pageerror", lambda error, quejas=quejas: quejas.append(str(error)))
        page.goto(f"{live_server.url}/cuenta/login/?next={SUBIR}")
        page.get_by_label("Correo").fill(CORREO)
        page.get_by_label("Contraseña", exact=True).fill(CLAVE)
        page.get_by_role("main").get_by_role("button", name="Entrar").first.click()
        expect(page.get_by_role("heading", name="Subir archivo")).to_be_visible()
        vistas = {"formulario": reprobar(page, quejas)}
        page.get_by_role("button", name="Subir").click()
        expect(page.get_by_text("Elige un archivo.").first).to_be_visible()
        vistas["con error"] = reprobar(page, quejas)
        for archivo in archivos:
            page.goto(live_server.url + SUBIR)
            page.get_by_label("Archivo", exact=True).set_input_files(archivo)
            page.get_by_role("button", name="Subir").click()
            expect(page.get_by_role("heading", name="En espera de su turno")).to_be_visible()
            vistas[f"{archivo.stem} en espera"] = reprobar(page, quejas)
            atender()
            expect(page.get_by_text("Terminó el")).to_be_visible()
            vistas[archivo.stem] = reprobar(page, quejas)
        carga = Carga.objects.get()
        de_la_carga = f"/admin/indicadores/carga/{carga.pk}"
        for ruta in (
            "/admin/indicadores/recepcion/",
            "/admin/indicadores/carga/municipios-sin-poblacion/",
            f"{de_la_carga}/change/",
            f"{de_la_carga}/deshacer/",
        ):
            page.goto(live_server.url + ruta)
            vistas[ruta] = reprobar(page, quejas)
        mal |= {f"{vista} {esquema} {ancho}": hallado for vista, hallado in vistas.items() if hallado}
        page.context.close()
    assert mal == {}
