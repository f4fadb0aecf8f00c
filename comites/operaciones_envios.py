"""Sending mail in the name of a mesa. Everything that a mesa sends goes through here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from comites.models import Acuerdo, Envio, Sesion
from cuentas.operaciones_correo import Archivo, Carta, claves_por_escribir, escribir_correo, escribir_correos
from cuentas.tareas import poner_en_la_cola, poner_varios_en_la_cola
from mesas.models import Institucion, Mesa, Persona


@dataclass(frozen=True, slots=True)
class Mensaje:
    """One of many messages that go together; its fields are the arguments of `enviar`."""

    mesa: Mesa
    motivo: str
    clave: str
    para: str
    asunto: str
    plantilla: str
    contexto: Mapping[str, Any] = field(default_factory=dict)
    acuerdo: Acuerdo | None = None
    persona_id: int | None = None
    institucion_id: int | None = None


@transaction.atomic
def enviar(
    *,
    mesa: Mesa,
    motivo: str,
    clave: str,
    para: str,
    asunto: str,
    plantilla: str,
    contexto: Mapping[str, Any],
    sesion: Sesion | None = None,
    acuerdo: Acuerdo | None = None,
    persona: Persona | None = None,
    institucion: Institucion | None = None,
    adjuntos: Iterable[Archivo] = (),
) -> Envio | None:
    """Write a message, with its record, and give it its turn in the queue.

    Args:
        motivo: one of `Envio.Motivo`.
        clave: what it is and for whom («recordatorio:12:2026-11-26»); the same is sent once.
        plantilla: name of the text in `templates/correos/` («convocatoria» → convocatoria.txt). It receives
            the context, the mesa and `portal_url`, to which its links begin.
        persona, institucion: to whom it goes, if it is somebody that the portal knows.

    Returns:
        The record, or None if that message had been written already.
    """
    correo = escribir_correo(
        clave=clave, para=para, asunto=asunto, texto=_texto(plantilla, mesa, contexto), adjuntos=adjuntos
    )
    if correo is None:
        return None
    poner_en_la_cola(correo)
    return Envio.objects.create(
        correo=correo,
        mesa=mesa,
        motivo=motivo,
        sesion=sesion,
        acuerdo=acuerdo,
        persona=persona,
        institucion=institucion,
    )


@transaction.atomic
def enviar_varios(mensajes: Iterable[Mensaje]) -> list[Envio]:
    """Write many messages with their records and give them their turn: all or none.

    What was sent already is neither composed nor written again. The number of queries grows with
    batches of hundreds, never with messages.

    Returns:
        The records of those that were new.
    """
    por_clave = {mensaje.clave: mensaje for mensaje in mensajes}
    nuevas = claves_por_escribir(por_clave.keys())
    correos = escribir_correos(
        Carta(clave, mensaje.para, mensaje.asunto, _texto(mensaje.plantilla, mensaje.mesa, mensaje.contexto))
        for clave, mensaje in por_clave.items()
        if clave in nuevas
    )
    poner_varios_en_la_cola(correos)
    return Envio.objects.bulk_create([_envio(correo, por_clave[correo.clave]) for correo in correos], batch_size=500)


def _envio(correo: Any, mensaje: Mensaje) -> Envio:
    return Envio(
        correo=correo,
        mesa=mensaje.mesa,
        motivo=mensaje.motivo,
        acuerdo=mensaje.acuerdo,
        persona_id=mensaje.persona_id,
        institucion_id=mensaje.institucion_id,
    )


def _texto(plantilla: str, mesa: Mesa, contexto: Mapping[str, Any]) -> str:
    datos = {**contexto, "mesa": mesa, "portal_url": settings.PORTAL_URL, "red_nombre": settings.RED_NOMBRE}
    return render_to_string(f"correos/{plantilla}.txt", datos)
