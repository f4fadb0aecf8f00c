"""Mail: written as a row in the transaction that causes it, sent afterwards by whoever attends the queue."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from cuentas.models import Adjunto, Correo

INTENTOS = 5
"""After so many a message is left as failed, and whoever caused it is told on its page."""

ESPERA = dt.timedelta(minutes=2)
"""Between the first try and the second; it doubles each time (2, 4, 8, 16 minutes)."""


_CERROJO = 0x52_4E_43_4F
"""Key of the advisory lock under which many messages are written at once."""


@dataclass(frozen=True, slots=True)
class Carta:
    """A message to write, without attachments."""

    clave: str
    para: str
    asunto: str
    texto: str


@dataclass(frozen=True, slots=True)
class Archivo:
    """What goes attached."""

    nombre: str
    tipo: str
    contenido: bytes


@transaction.atomic
def escribir_correo(
    *, clave: str, para: str, asunto: str, texto: str, adjuntos: Iterable[Archivo] = ()
) -> Correo | None:
    """Write a message in the outbox, once. Whoever calls it puts it in the queue (`tareas.poner_en_la_cola`).

    Args:
        clave: what it is and for whom; a second call with the same writes nothing.
        texto: plain text. It may hold personal data: it never reaches a log.

    Returns:
        The message, or None if that one was written already.
    """
    correo, nuevo = Correo.objects.get_or_create(
        clave=clave, defaults={"para": para, "asunto": _en_una_linea(asunto), "texto": texto}
    )
    if not nuevo:
        return None
    Adjunto.objects.bulk_create(
        Adjunto(correo=correo, nombre=archivo.nombre, tipo=archivo.tipo, contenido=archivo.contenido)
        for archivo in adjuntos
    )
    return correo


def claves_por_escribir(claves: Collection[str]) -> set[str]:
    """Those of which no message was written. Until the transaction ends nobody else writes many at once.

    Asked before composing, so that a command that runs again composes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CERROJO])
    return set(claves).difference(Correo.objects.filter(clave__in=claves).values_list("clave", flat=True))


@transaction.atomic
def escribir_correos(cartas: Iterable[Carta]) -> list[Correo]:
    """Write many messages in the outbox, each once; as many queries for three as for three hundred.

    Returns:
        Those that had not been written, in their order.
    """
    por_clave = {carta.clave: carta for carta in cartas}
    nuevas = claves_por_escribir(por_clave.keys())
    return Correo.objects.bulk_create(
        [
            Correo(clave=carta.clave, para=carta.para, asunto=_en_una_linea(carta.asunto), texto=carta.texto)
            for carta in por_clave.values()
            if carta.clave in nuevas
        ],
        batch_size=500,
    )


def _en_una_linea(asunto: str) -> str:
    return " ".join(asunto.split())[:200]


def entregar(*, pk: int, conexion: BaseEmailBackend | None = None) -> Correo | None:
    """Send a message that waits. None if it does not wait any more, or another process has it.

    Args:
        conexion: with the server, already open; without it, one for this message alone.

    The row is locked while it is sent: two workers never send the same one. A process killed between the
    server's «accepted» and the commit sends it again: a call that arrives twice is better than one that never does.
    """
    with transaction.atomic():
        en_espera = Correo.objects.select_for_update(skip_locked=True).filter(estado=Correo.Estado.EN_ESPERA)
        correo = en_espera.filter(pk=pk).first()
        if correo is None:
            return None
        if settings.CORREO_SE_GUARDA:
            return _resolver(correo, Correo.Estado.GUARDADO)
        try:
            _mensaje(correo, conexion).send()
        except (smtplib.SMTPException, OSError) as error:
            return _anotar_falla(correo, error)
        correo.texto = ""
        correo.adjuntos.all().delete()
        return _resolver(correo, Correo.Estado.ENVIADO)


def cuando_reintentar(correo: Correo) -> dt.datetime:
    """The hour of its next try."""
    return timezone.now() + ESPERA * 2 ** max(correo.intentos - 1, 0)


def _mensaje(correo: Correo, conexion: BaseEmailBackend | None) -> EmailMessage:
    """The message as it leaves. A calendar event goes also as another reading of the text, which is where
    some programs look for it; as a file, where the others do."""
    mensaje = EmailMultiAlternatives(correo.asunto, correo.texto, to=[correo.para], connection=conexion)
    for adjunto in correo.adjuntos.all():
        contenido = bytes(adjunto.contenido)
        if adjunto.tipo.startswith("text/calendar"):
            mensaje.attach_alternative(contenido.decode(), adjunto.tipo)
        mensaje.attach(adjunto.nombre, contenido, adjunto.tipo)
    return mensaje


def _anotar_falla(correo: Correo, error: Exception) -> Correo:
    correo.intentos += 1
    codigo = _codigo(error)
    # Only the kind and the code: what the server says repeats the address.
    correo.falla = f"{type(error).__name__} {codigo}".strip()[:120]
    if correo.intentos >= INTENTOS or _es_definitiva(error):
        return _resolver(correo, Correo.Estado.FALLIDO)
    correo.save(update_fields=["intentos", "falla"])
    return correo


def _codigo(error: Exception) -> int | str:
    """The server's code; empty if it did not get to say one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((codigo for codigo, _ in error.recipients.values()), default="")
    return getattr(error, "smtp_code", "")


def _es_definitiva(error: Exception) -> bool:
    """The address is wrong, and will be in an hour. A server that says «later» to a stranger (4xx) means just that."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and str(_codigo(error)).startswith("5")


def _resolver(correo: Correo, estado: str) -> Correo:
    correo.estado, correo.resuelto_el = estado, timezone.now()
    correo.save(update_fields=["estado", "resuelto_el", "texto", "intentos", "falla"])
    return correo
