"""Sending mail in the name of a mesa. Everything that a mesa sends goes through here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from comites.models import Acuerdo, Envio, Sesion
from cuentas.operaciones_correo import Archivo, escribir_correo
from cuentas.tareas import poner_en_la_cola
from mesas.models import Institucion, Mesa, Persona


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
    datos = {**contexto, "mesa": mesa, "portal_url": settings.PORTAL_URL, "red_nombre": settings.RED_NOMBRE}
    texto = render_to_string(f"correos/{plantilla}.txt", datos)
    correo = escribir_correo(clave=clave, para=para, asunto=asunto, texto=texto, adjuntos=adjuntos)
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
