"""Every main page in a real browser with the data of the first run: accessible, quiet and light."""

import gzip
from functools import cache
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from comites.models import Acuerdo, Sesion
from cuentas.models import Usuario
from indicadores.models import Carga
from mesas.models import Mesa
from tests.fabricas import CLAVE, hacer_sesion
from tests.navegador.quejas import anotar_queja

PUBLICAS = (
    "/",
    "/mesas/",
    "/mesas/?q=leon",
    "/mesas/?q=zzz",
    "/mesas/tampico-madero-altamira/",
    "/mesas/demostracion-norte/",
    "/acuerdos/",
    "/acuerdos/RNMSJ-E3-2A/",
    "/acuerdos/DEMOSTRACION-NORTE-2023-0001/",
    "/sesiones/",
    "{sesion}",
    "/buscar/?q=parque",
    "/indicadores/robo-de-maquinaria/?territorio=mesa:demostracion-norte",
    "/indicadores/red/",
    "/indicadores/red/?fecha=2018-12-31&periodo=12-meses",
    "/encuentros/",
    "/encuentros/3/",
    "/indicadores/",
    "/indicadores/homicidio-doloso/",
    "/indicadores/homicidio-doloso/?territorio=mesa:tampico-madero-altamira",
    "/indicadores/?delito=feminicidio&territorio=nacional&territorio=28&territorio=mesa:torreon&periodicidad=mensual",
    "/indicadores/?delito=robo&territorio=09&busca=juarez",
    "/indicadores/homicidio-doloso/mapa/",
    "/indicadores/feminicidio/mapa/?entidad=20",
    "/indicadores/homicidio-doloso/clasificacion/?ambito=municipios",
    "/indicadores/feminicidio/mesas/",
    "/indicadores/metodologia/",
    "/indicadores/incrustar/?delito=homicidio-doloso&territorio=28",
    "/datos/",
    "/datos/cargas/",
    "/datos/cargas/{carga}/",
    "/privacidad/",
    "/cuenta/login/",
    "/cuenta/password/reset/",
)
VARIANTES = (("light", 390), ("dark", 1280))
"""Each scheme and each width once: colours do not depend on the width, nor what overflows on the colours."""
KIB = 1024


@pytest.fixture
def primera_ejecucion(transactional_db, settings, tmp_path, monkeypatch):
    """What `make run` leaves, with Ana's password known."""
    monkeypatch.setattr("rnmsj.management.commands.sembrar.CLAVES", tmp_path / "claves.json")
    call_command("preparar", verbosity=0)
    call_command("sembrar", verbosity=0)
    ana = Usuario.objects.get(email="ana@norte.example")
    ana.set_password(CLAVE)
    ana.save()


def faltas(page):
    return [
        (falta["id"], [nodo["target"] for nodo in falta["nodes"]]) for falta in Axe().run(page).response["violations"]
    ]


@cache
def comprimido(url):
    """Bytes of what an address answers, as a server in production would send them."""
    with urlopen(url) as respuesta:
        return len(gzip.compress(respuesta.read()))


def visitar(page, url, quejas, pedidas):
    """Open a page and tell everything that is wrong with it."""
    pedidas.clear()
    respuesta = page.goto(url, wait_until="load")
    mal = [respuesta.status] if respuesta.status != 200 else []
    mal += faltas(page) + quejas
    if page.locator("h1").count() != 1:
        mal.append("debe tener un h1")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        mal.append("se sale de la pantalla")
    quejas.clear()
    return mal


def test_cada_mesa_cabe_en_un_telefono(live_server, page, primera_ejecucion):
    """Every real page: their sources bring addresses as long as the press likes to write them."""
    anchos = {}
    for mesa in Mesa.objects.publicas().reales():
        page.goto(live_server.url + mesa.get_absolute_url())
        anchos[mesa.slug] = page.evaluate("document.documentElement.scrollWidth")
    assert len(anchos) == 31
    assert {slug: ancho for slug, ancho in anchos.items() if ancho > 390} == {}


def test_en_papel_no_queda_nada_doblado(live_server, page, primera_ejecucion):
    for ruta in ("/encuentros/3/", "/mesas/tampico-madero-altamira/"):
        page.goto(live_server.url + ruta)
        page.emulate_media(media="print")
        doblados = page.evaluate(
            "[...document.querySelectorAll('.desplegable:not([open]) > :not(summary)')]"
            ".map(e => e.getBoundingClientRect().height)"
        )
        assert doblados and min(doblados) > 0


def test_las_paginas_son_accesibles_ligeras_y_no_se_quejan(
    live_server, browser, browser_context_args, primera_ejecucion
):
    norte = Sesion.objects.filter(mesa__slug="demostracion-norte")
    folio = Acuerdo.objects.filter(sesion__in=norte, nivel="mesa").first().folio
    base = "/coordinacion/demostracion-norte/"
    reunida = hacer_sesion(Mesa.objects.get(slug="demostracion-norte"), dias=0)
    de_ana = (
        base,
        f"{base}sesiones/",
        f"{base}sesiones/nueva/",
        f"{base}sesiones/{norte.get(estado='borrador').pk}/",
        f"{base}sesiones/{norte.get(estado='borrador').pk}/agenda/",
        f"{base}sesiones/{norte.get(estado='borrador').pk}/conjunta/?q=sur",
        f"{base}plantillas/",
        f"{base}sesiones/{norte.filter(estado='cerrada').first().pk}/",
        f"{base}sesiones/{reunida.pk}/modo/",
        f"{base}sesiones/{reunida.pk}/modo/lista/",
        f"{base}quorum/",
        f"{base}seguimiento/",
        f"{base}publicacion/",
        f"{base}sesiones/{norte.filter(tipo='plenaria', estado='cerrada').first().pk}/consentir/",
        f"{base}acuerdos/",
        f"{base}acuerdos/{folio}/",
        f"{base}acuerdos/{folio}/publicar/",
        f"{base}acuerdos/DEMOSTRACION-NORTE-2023-0001/objetivos/",
    )
    datos = {"carga": Carga.objects.registro().first().pk, "sesion": Sesion.objects.publicas().first().url_publica}
    publicas = [ruta.format(**datos) for ruta in PUBLICAS]
    mal = {}
    for esquema, ancho in VARIANTES:
        opciones = browser_context_args | {"viewport": {"width": ancho, "height": 844}, "color_scheme": esquema}
        contexto = browser.new_context(**opciones)
        page, quejas, pedidas = contexto.new_page(), [], set()
        page.on("console", lambda mensaje, quejas=quejas: anotar_queja(quejas, mensaje.text))
        page.on("pageerror", lambda error, quejas=quejas: quejas.append(str(error)))
        page.on("response", lambda respuesta, pedidas=pedidas: pedidas.add(respuesta.url))
        for ruta in publicas:
            if hallado := visitar(page, live_server.url + ruta, quejas, pedidas):
                mal[f"{ruta} {esquema} {ancho}"] = hallado
            servidores = {urlsplit(url).netloc for url in pedidas if not url.startswith("data:")}
            assert servidores == {urlsplit(live_server.url).netloc}
            peso = sum(comprimido(url) for url in pedidas if not url.startswith("data:"))
            assert 0 < peso <= 100 * KIB, f"{ruta} pesa {peso / KIB:.0f} KiB"
        page.goto(f"{live_server.url}/cuenta/login/")
        page.get_by_label("Correo").fill("ana@norte.example")
        page.get_by_label("Contraseña", exact=True).fill(CLAVE)
        page.get_by_role("main").get_by_role("button", name="Entrar").first.click()
        page.wait_for_load_state()
        for ruta in de_ana:
            if hallado := visitar(page, live_server.url + ruta, quejas, pedidas):
                mal[f"{ruta} {esquema} {ancho}"] = hallado
        contexto.close()
    assert mal == {}
