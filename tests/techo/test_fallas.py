"""What the visitor gets when something fails: never a stack trace, never English."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

RAIZ = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
@pytest.mark.parametrize("ruta", ["/no-existe/", "/mesas/no-existe/", "/acuerdos/NO-EXISTE/", "/encuentros/99/"])
def test_una_direccion_desconocida_lo_dice_en_espanol(client, ruta):
    respuesta = client.get(ruta)
    assert respuesta.status_code == 404
    assert "No encontramos" in respuesta.content.decode()


@pytest.mark.django_db
def test_tambien_en_la_primera_ejecucion_con_la_depuracion_encendida(client, settings):
    settings.DEBUG = True
    assert "No encontramos" in client.get("/no-existe/").content.decode()
    assert client.get("/mesas").url == "/mesas/"


@pytest.mark.django_db
def test_el_403_dice_por_que(como, beto):
    pagina = como(beto).get(reverse("coordinacion:sesion_nueva", args=["norte"])).content.decode()
    assert "Puedes consultar esta mesa, pero no crear sesiones en ella." in pagina


@pytest.mark.django_db
def test_un_formulario_sin_sello_se_rechaza_en_espanol(ana):
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(ana)
    respuesta = cliente.post(reverse("coordinacion:sesion_nueva", args=["norte"]), {})
    assert respuesta.status_code == 403
    assert "Forbidden" not in respuesta.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ruta",
    [
        "/datos/tasas.csv?territorio=mesa:%00&delito=homicidio-doloso",
        "/mesas/?q=%00",
        "/mesas/?q=a%00b&estado=operando",
        "/mesas/norte%00/",
        "/no-existe%00",
        "/acuerdos/?%00=1",
        "/static/css/%00.css",
        "/cuenta/login/?next=%00",
        "/admin/autocomplete/?app_label=mesas&model_name=cobertura&field_name=municipio&term=%00",
    ],
)
def test_un_caracter_nulo_en_la_direccion_es_una_peticion_que_no_se_entiende(como, diana, ruta):
    for quien in (None, diana):
        respuesta = como(quien).get(ruta)
        assert respuesta.status_code == 400
        assert "No entendimos la petición" in respuesta.content.decode()
        assert "default-src 'none'" in respuesta["Content-Security-Policy"]


@pytest.mark.django_db
def test_un_porcentaje_escrito_por_alguien_no_es_un_caracter_nulo(client):
    assert client.get("/mesas/", {"q": "%00"}).status_code == 200


@pytest.mark.django_db
def test_quien_insiste_demasiado_lo_lee_en_espanol(client, ana):
    url = reverse("account_reset_password")
    respuestas = [client.post(url, {"email": ana.email}) for _ in range(6)]
    assert [r.status_code for r in respuestas] == [302] * 5 + [429]
    pagina = respuestas[-1].content.decode()
    assert "Demasiados intentos seguidos" in pagina and "Too Many" not in pagina


@pytest.mark.django_db
def test_salud_dice_que_todo_esta_bien(client, django_db_blocker):
    respuesta = client.get("/salud/", headers={"host": "10.0.0.7"})
    assert respuesta.status_code == 200
    assert respuesta.json() == {"estado": "bien", "base_de_datos": "bien", "esquema": "bien", "cache": "bien"}


@pytest.fixture
def base_caida(monkeypatch):
    """PostgreSQL away: the portal's own connection refuses to open."""

    def no_abre(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "connect", no_abre)
    monkeypatch.setattr(connection, "cursor", no_abre)


def test_sin_base_de_datos_hay_una_pagina_503_y_salud_dice_que_parte(base_caida):
    cliente = Client(raise_request_exception=False)
    respuesta = cliente.get("/acuerdos/")
    assert respuesta.status_code == 503 and respuesta["Retry-After"]
    assert "<h1" in respuesta.content.decode()
    salud = cliente.get("/salud/")
    assert salud.status_code == 503
    assert salud.json() == {"estado": "con fallas", "base_de_datos": "no responde"}


def arrancar(*orden, **entorno):
    limpio = {
        clave: valor
        for clave, valor in os.environ.items()
        if clave not in {"DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"}
    }
    return subprocess.run(
        [sys.executable, "manage.py", *(orden or ["check"])],
        cwd=RAIZ,
        env=limpio | {"DJANGO_SETTINGS_MODULE": "rnmsj.settings"} | entorno,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("entorno", "nombra"),
    [
        ({"DEBUG": "False"}, "SECRET_KEY"),
        ({"DEBUG": "False", "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "a.mx"}, "DATABASE_URL"),
        ({"DEBUG": "False", "SECRET_KEY": "x" * 60, "DATABASE_URL": "postgres://u@h/b"}, "ALLOWED_HOSTS"),
        ({"DEBUG": "False", "SECRET_KEY": "corta"}, "SECRET_KEY"),
        ({"DEBUG": "quizás"}, "DEBUG"),
        ({"DATABASE_URL": "basura"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgres://u@h/b", "EMAIL_URL": "basura"}, "EMAIL_URL"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "DATABASE_URL"),
    ],
)
def test_un_ajuste_que_falta_es_una_linea_que_lo_nombra(entorno, nombra):
    hecho = arrancar(**entorno)
    assert hecho.returncode != 0
    assert nombra in hecho.stderr
    assert len(hecho.stderr.strip().splitlines()) == 1


MANDAR = (
    "from django.conf import settings; from django.core.mail import send_mail; assert not settings.CORREO_SE_GUARDA; "
    "send_mail('Asunto', 'Cuerpo', None, ['gema@portal.example'])"
)


def test_con_email_url_el_correo_sale_por_ese_servidor():
    """The address of the server is all that a deployment writes; without it, in a first run, mail is kept."""
    sobres = []

    class Buzon:
        async def handle_DATA(self, server, session, envelope):
            sobres.append(envelope)
            return "250 OK"

    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]
    control = Controller(Buzon(), hostname="127.0.0.1", port=puerto)
    control.start()
    try:
        hecho = arrancar(
            *("shell", "--no-imports", "-c", MANDAR),
            DEBUG="True",
            DATABASE_URL="postgres://nadie@127.0.0.1:9/nada",
            EMAIL_URL=f"smtp://127.0.0.1:{puerto}",
        )
    finally:
        control.stop()
    assert hecho.returncode == 0, hecho.stderr
    assert [sobre.rcpt_tos for sobre in sobres] == [["gema@portal.example"]]


@pytest.mark.parametrize("orden", ["preparar", "sembrar"])
def test_sin_servidor_las_ordenes_dicen_que_hacer_en_una_linea(orden):
    hecho = arrancar(orden, DATABASE_URL="postgres://nadie@127.0.0.1:9/nada")
    assert hecho.returncode != 0
    assert hecho.stderr.strip().splitlines()[-1].endswith("Revisa DATABASE_URL y que PostgreSQL esté en marcha.")
    assert "Traceback" not in hecho.stderr


@pytest.mark.django_db(transaction=True)
def test_sembrar_una_base_sin_preparar_dice_como_prepararla():
    call_command("migrate", "encuentros", "zero", verbosity=0)
    call_command("migrate", "comites", "zero", verbosity=0)
    call_command("migrate", "indicadores", "zero", verbosity=0)
    call_command("migrate", "mesas", "zero", verbosity=0)
    try:
        with pytest.raises(CommandError, match="Falta preparar la base"):
            call_command("sembrar")
    finally:
        call_command("migrate", verbosity=0)


@pytest.mark.django_db
def test_las_paginas_viajan_comprimidas(client):
    respuesta = client.get("/privacidad/", headers={"accept-encoding": "gzip"})
    assert respuesta["Content-Encoding"] == "gzip"
