"""A real Chromium. Found in `CHROMIUM` or the usual places; where there is none the tests say that
they were skipped, unless `NAVEGADOR_OBLIGATORIO` forbids it."""

import os
import shutil

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from cuentas.models import Usuario
from rnmsj.demostracion import CUENTAS, sembrar_demostracion
from tests.fabricas import CLAVE
from tests.navegador.quejas import anotar_queja

CANDIDATOS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPCIONES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The page of somebody else that embeds ours is made up, and ours is on this machine.
    "--disable-features=LocalNetworkAccessChecks",
)

# A machine with other work answers late; what does not come in this time does not come.
expect.set_options(timeout=15_000)

# Playwright keeps an event loop in this thread, and Django would refuse its ORM there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium():
    """Path of a Chromium, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CANDIDATOS)), None)


def pytest_collection_modifyitems(items):
    aqui = os.path.dirname(__file__)
    for prueba in items:
        if str(prueba.path).startswith(aqui):
            prueba.add_marker(pytest.mark.django_db(transaction=True))
            if chromium() is None and not os.environ.get("NAVEGADOR_OBLIGATORIO"):
                prueba.add_marker(
                    pytest.mark.skip(reason="no hay Chromium: instálalo o di dónde está con la variable CHROMIUM")
                )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": chromium(), "args": list(OPCIONES)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "es-MX",
        "timezone_id": "America/Mexico_City",
        "viewport": {"width": 390, "height": 844},
        "service_workers": "block",  # what goes by one of them escapes the routes of a test
    }


@pytest.fixture
def demostracion(transactional_db):
    """Catalogues, groups and the invented mesas, with a known password for everybody."""
    call_command("preparar", verbosity=0)
    sembrar_demostracion()
    for cuenta in CUENTAS:
        usuario = Usuario.objects.get(email=cuenta.correo)
        usuario.set_password(CLAVE)
        usuario.save()


@pytest.fixture
def consola(page):
    """Everything that the browser complained about."""
    quejas = []
    page.on("console", lambda mensaje: anotar_queja(quejas, mensaje.text))
    page.on("pageerror", lambda error: quejas.append(str(error)))
    return quejas


@pytest.fixture
def entrar(page, live_server):
    """`entrar(correo)`: through the login page, as a person would."""

    def con(correo):
        page.goto(f"{live_server.url}/coordinacion/")
        page.get_by_label("Correo").fill(correo)
        page.get_by_label("Contraseña", exact=True).fill(CLAVE)
        page.get_by_role("main").get_by_role("button", name="Entrar").first.click()
        page.wait_for_load_state()

    return con
