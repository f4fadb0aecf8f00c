"""The mail of the portal: written once, sent by the queue, forgotten when it has left."""

import socket

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult

from cuentas.models import Adjunto, Correo
from cuentas.operaciones_correo import INTENTOS, Archivo, entregar, escribir_correo
from cuentas.tareas import enviar_correo, retomar_correos

pytestmark = pytest.mark.django_db


class Buzon:
    """A server that keeps what it receives, or refuses it with a code."""

    def __init__(self, respuesta="250 OK"):
        self.respuesta, self.recibidos = respuesta, []

    async def handle_DATA(self, server, session, envelope):
        if self.respuesta.startswith("250"):
            self.recibidos.append(envelope)
        return self.respuesta


@pytest.fixture
def servidor(settings):
    """A real SMTP server on a free port; `servidor(…)` starts it with an answer."""
    abiertos = []

    def abrir(respuesta="250 OK"):
        buzon = Buzon(respuesta)
        with socket.create_server(("127.0.0.1", 0)) as libre:
            puerto = libre.getsockname()[1]
        control = Controller(buzon, hostname="127.0.0.1", port=puerto)
        control.start()
        abiertos.append(control)
        settings.CORREO_SE_GUARDA = False
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", puerto
        return buzon

    yield abrir
    for control in abiertos:
        control.stop()


def escribir(clave="prueba:1", **datos):
    datos.setdefault("adjuntos", [Archivo("sesion.ics", "text/calendar", b"BEGIN:VCALENDAR")])
    return escribir_correo(clave=clave, para="beto@portal.example", asunto="Sesión\n11", texto="Nos vemos.", **datos)


def test_sin_servidor_se_guarda_y_no_sale(settings):
    settings.CORREO_SE_GUARDA = True
    correo = entregar(pk=escribir().pk)
    assert (correo.estado, correo.texto, correo.asunto) == ("guardado", "Nos vemos.", "Sesión 11")
    assert mail.outbox == []


def test_por_un_servidor_de_verdad_sale_una_vez_y_no_deja_texto(servidor):
    buzon = servidor()
    correo = escribir()
    assert [enviar_correo.call(correo.pk), enviar_correo.call(correo.pk)] == ["enviado", "ajeno"]
    correo.refresh_from_db()
    assert (correo.estado, correo.texto, Adjunto.objects.count()) == ("enviado", "", 0)
    [sobre] = buzon.recibidos
    assert sobre.rcpt_tos == ["beto@portal.example"]
    assert b"sesion.ics" in sobre.content


def test_lo_mismo_no_se_escribe_dos_veces():
    assert escribir() is not None
    assert escribir() is None
    assert Correo.objects.count() == 1


def test_una_falla_pasajera_se_intenta_despues_y_dice_por_que_sin_repetir_direcciones(servidor):
    servidor("451 no puedo con beto@portal.example")
    correo = escribir()
    enviar_correo.call(correo.pk)
    correo.refresh_from_db()
    assert (correo.estado, correo.intentos, correo.texto) == ("en_espera", 1, "Nos vemos.")
    assert "451" in correo.falla
    assert "beto" not in correo.falla
    assert DBTaskResult.objects.ready().count() == 0  # it waits its hour
    assert DBTaskResult.objects.filter(status="READY", run_after__gt=correo.creado).count() == 1


def test_tras_varias_fallas_se_rinde(servidor):
    servidor("451 ahora no")
    correo = escribir()
    for _ in range(INTENTOS):
        entregar(pk=correo.pk)
    correo.refresh_from_db()
    assert (correo.estado, correo.intentos) == ("fallido", INTENTOS)
    assert entregar(pk=correo.pk) is None


def test_lo_que_perdio_su_turno_lo_recupera():
    correo = escribir()
    assert retomar_correos() == 0
    Correo.objects.update(turno_el="2026-01-01T00:00:00Z")
    assert [retomar_correos(), retomar_correos()] == [1, 0]
    assert DBTaskResult.objects.get().args_kwargs["args"] == [correo.pk]
    enviar_correo.call(correo.pk)
    correo.refresh_from_db()
    assert correo.estado == "guardado"


def test_la_base_no_guarda_el_texto_de_lo_que_salio():
    escribir()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cuentas_correo SET estado = 'enviado'")
