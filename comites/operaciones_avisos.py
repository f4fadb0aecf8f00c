"""Writing what each one wants to be reminded of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q

from comites.models import PreferenciaDeAvisos
from comites.recordatorios import Destinatario
from mesas.models import Persona


def preferencia_de(persona: Persona) -> PreferenciaDeAvisos:
    """What a person chose, or a row not yet written that says everything."""
    return PreferenciaDeAvisos.objects.filter(persona=persona).first() or PreferenciaDeAvisos(persona=persona)


@transaction.atomic
def elegir_avisos(*, preferencia: PreferenciaDeAvisos, **elegido: Any) -> PreferenciaDeAvisos:
    """Keep a choice.

    Args:
        elegido: values of `PreferenciaDeAvisos.OPCIONES`; what is not said stays.
    """
    if preferencia.pk is None:
        preferencia, _ = PreferenciaDeAvisos.objects.get_or_create(persona=preferencia.persona)
    preferencia = PreferenciaDeAvisos.objects.select_for_update().get(pk=preferencia.pk)
    for opcion, valor in elegido.items():
        setattr(preferencia, opcion, valor)
    preferencia.full_clean()
    preferencia.save(update_fields=list(elegido))
    return preferencia


def ningun_aviso(*, preferencia: PreferenciaDeAvisos) -> PreferenciaDeAvisos:
    """No reminder at all."""
    return elegir_avisos(preferencia=preferencia, **dict.fromkeys(PreferenciaDeAvisos.OPCIONES, False))


def preferencias_para(destinatarios: Collection[Destinatario]) -> dict[str, PreferenciaDeAvisos]:
    """The row of each, by its key, written where there was none, since the mail carries a link to it. Three queries."""
    suyas = _de(destinatarios)
    faltan = {uno.clave: uno for uno in destinatarios if uno.clave not in suyas}
    if not faltan:
        return suyas
    PreferenciaDeAvisos.objects.bulk_create(
        [
            PreferenciaDeAvisos(persona_id=uno.persona_id, correo="" if uno.persona_id else uno.correo)
            for uno in faltan.values()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    return suyas | _de(faltan.values())


def _de(destinatarios: Collection[Destinatario]) -> dict[str, PreferenciaDeAvisos]:
    personas = [uno.persona_id for uno in destinatarios if uno.persona_id]
    correos = [uno.correo for uno in destinatarios if not uno.persona_id]
    filas = PreferenciaDeAvisos.objects.filter(Q(persona__in=personas) | Q(correo__in=correos))
    return {Destinatario(fila.correo, fila.persona_id).clave: fila for fila in filas}
