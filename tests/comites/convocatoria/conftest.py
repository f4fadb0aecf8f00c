"""A session to call to, a real server of mail and the worker that sends."""

import email
import email.policy
import socket

import pytest
from aiosmtpd.controller import Controller
from django.urls import reverse
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from icalendar import Calendar

from tests.fabricas import hacer_sesion


class Buzon:
    """A server that keeps what it receives; it refuses the addresses of `rechaza` with their answer."""

    def __init__(self):
        self.sobres, self.rechaza = [], {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.rechaza:
            return self.rechaza[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.sobres.append(envelope)
        return "250 OK"

    def para(self, direccion):
        """The messages that arrived at an address, each as (text, event, method)."""
        suyos = [sobre for sobre in self.sobres if sobre.rcpt_tos == [direccion]]
        return [leer(email.message_from_bytes(sobre.content, policy=email.policy.default)) for sobre in suyos]


def leer(mensaje):
    texto = mensaje.get_body(("plain",)).get_content().replace("\r\n", "\n")
    [invitacion] = [parte for parte in mensaje.walk() if parte.get_filename() == "sesion.ics"]
    alternativas = [p for p in mensaje.walk() if p.get_content_type() == "text/calendar" and not p.get_filename()]
    assert [p.get_content() for p in alternativas] == [invitacion.get_content()]
    calendario = Calendar.from_ical(invitacion.get_content())
    assert invitacion.get_param("method") == str(calendario["METHOD"])
    return texto, calendario.walk("VEVENT")[0], str(calendario["METHOD"])


@pytest.fixture
def servidor(settings):
    """A real SMTP server on a free port of this machine."""
    buzon = Buzon()
    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]
    control = Controller(buzon, hostname="127.0.0.1", port=puerto)
    control.start()
    settings.CORREO_SE_GUARDA = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", puerto
    yield buzon
    control.stop()


@pytest.fixture
def atender():
    """The worker of the queue, inside the transaction of the test."""
    obrero = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="prueba",
        excluded_queue_names=[],
    )

    def hasta_vaciarla():
        while tarea := DBTaskResult.objects.ready().first():
            tarea.claim("prueba")
            obrero.run_task(tarea)
            assert not tarea.traceback, tarea.traceback

    return hasta_vaciarla


@pytest.fixture
def sesion(norte):
    """A plenaria of Norte nine days from now, at six in the evening of Mexico City."""
    sesion = hacer_sesion(norte, dias=9, empezar=False, puntos=("Lista", "Patrullaje en la colonia"))
    sesion.lugar = "Salón de la biblioteca"
    sesion.save()
    return sesion


@pytest.fixture
def oprimir(como, sesion):
    """`oprimir(ana, "convocar", motivo="…")`: presses a button of the call; returns the page where it ends."""

    def enviar(quien, nombre, *args, **datos):
        url = reverse(f"coordinacion:{nombre}", args=[sesion.mesa.slug, sesion.pk, *args])
        respuesta = como(quien).post(url, datos, follow=True)
        return respuesta.content.decode().split("<main", 1)[-1].split("<footer", 1)[0]

    return enviar
