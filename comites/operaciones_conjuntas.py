"""Everything that writes on joint sessions: invite another mesa, take it back, answer.

PostgreSQL brings a mesa into the session when its invitation is accepted, and out when it no
longer is; here it is decided when that may happen, and the other side is told.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comites.direcciones import quienes_coordinan
from comites.models import Envio, InvitacionConjunta, Sesion
from comites.operaciones import sesion_abierta
from comites.operaciones_convocatoria import avisar_a_quien_salio
from comites.operaciones_envios import enviar
from mesas.models import Mesa

Estado = InvitacionConjunta.Estado


@transaction.atomic
def invitar_mesa(*, sesion: Sesion, mesa: Mesa, autor: Any, recado: str = "") -> InvitacionConjunta:
    """Propose to another mesa to meet together. It enters only when its coordination accepts.

    Args:
        recado: why, in a line; it travels with the invitation.

    Raises:
        ValidationError: it is the same mesa, a demonstration one with a real one, an encuentro, or was
            invited already.
        SesionCerrada: its minute no longer changes.
    """
    sesion = sesion_abierta(sesion)
    _puede_invitarse(sesion, mesa)
    invitacion = sesion.invitaciones.select_for_update(of=["self"]).filter(mesa=mesa).first()
    if invitacion and invitacion.esta_viva:
        raise ValidationError(f"{mesa} ya está invitada a esta sesión.")
    invitacion = invitacion or InvitacionConjunta(sesion=sesion, mesa=mesa)
    invitacion.estado, invitacion.recado, invitacion.respuesta = Estado.PROPUESTA, recado, ""
    invitacion.propuesta_por, invitacion.propuesta_el = autor, timezone.now()
    invitacion.respondida_por, invitacion.respondida_el = None, None
    invitacion.full_clean()
    invitacion.save()
    _avisar(invitacion, de=sesion.mesa, a=mesa, plantilla="invitacion_conjunta", asunto=f"{sesion.mesa} te invita")
    return invitacion


def _puede_invitarse(sesion: Sesion, mesa: Mesa) -> None:
    """The same rules as the trigger `comites_invitacion_posible`, said where the page can show them."""
    if sesion.tipo == Sesion.Tipo.ENCUENTRO:
        raise ValidationError("A un encuentro las mesas se invitan en el encuentro, no en su sesión.")
    if mesa.pk == sesion.mesa_id:
        raise ValidationError("La mesa que convoca no se invita a sí misma.")
    if mesa.es_demo != sesion.mesa.es_demo:
        raise ValidationError("Una mesa de demostración solo sesiona con otra de demostración.")


@transaction.atomic
def retirar_invitacion(*, invitacion: InvitacionConjunta) -> InvitacionConjunta:
    """Take an invitation back. A mesa that accepted leaves the session, so only before it begins.

    Its coordination is told, and whoever of it was called: the session stands in their calendars.
    """
    sesion = sesion_abierta(invitacion.sesion)
    invitacion = _bloqueada(invitacion)
    if not invitacion.esta_viva:
        raise ValidationError("Esa invitación ya no estaba en pie.")
    if invitacion.estado == Estado.ACEPTADA:
        _antes_de_empezar(sesion)
    invitacion.estado = Estado.RETIRADA
    invitacion.save(update_fields=["estado"])
    avisar_a_quien_salio(sesion=sesion)
    _avisar(
        invitacion,
        de=sesion.mesa,
        a=invitacion.mesa,
        plantilla="retiro_conjunta",
        asunto=f"{sesion.mesa} retiró su invitación",
    )
    return invitacion


@transaction.atomic
def responder_invitacion(
    *, invitacion: InvitacionConjunta, acepta: bool, autor: Any, motivo: str = ""
) -> InvitacionConjunta:
    """Say yes or no in the name of the invited mesa. The answer may change until the session begins.

    Raises:
        ValidationError: it was taken back, or the session began and the mesa is already in it.
        SesionCerrada: there is nothing to answer any more.
    """
    sesion = sesion_abierta(invitacion.sesion)
    invitacion = _bloqueada(invitacion)
    respuesta = Estado.ACEPTADA if acepta else Estado.RECHAZADA
    if invitacion.estado == Estado.RETIRADA:
        raise ValidationError(f"{sesion.mesa} retiró la invitación.")
    if invitacion.estado == respuesta:
        return invitacion
    if invitacion.estado == Estado.ACEPTADA:
        _antes_de_empezar(sesion)
    invitacion.estado, invitacion.respuesta = respuesta, motivo
    invitacion.respondida_por, invitacion.respondida_el = autor, timezone.now()
    invitacion.full_clean()
    invitacion.save()
    avisar_a_quien_salio(sesion=sesion)
    verbo = "acepta" if acepta else "no puede"
    _avisar(
        invitacion,
        de=invitacion.mesa,
        a=sesion.mesa,
        plantilla="respuesta_conjunta",
        asunto=f"{invitacion.mesa} {verbo} sesionar con ustedes",
    )
    return invitacion


def _bloqueada(invitacion: InvitacionConjunta) -> InvitacionConjunta:
    filas = InvitacionConjunta.objects.select_for_update(of=["self"]).select_related("sesion__mesa", "mesa")
    return filas.get(pk=invitacion.pk)


def _antes_de_empezar(sesion: Sesion) -> None:
    if sesion.estado == Sesion.Estado.EN_CURSO:
        raise ValidationError("La sesión ya empezó con las dos mesas: termina con las dos.")


def _avisar(invitacion: InvitacionConjunta, *, de: Mesa, a: Mesa, plantilla: str, asunto: str) -> None:
    """Tell those who coordinate the other mesa. The message says neither place nor agenda: the desk does."""
    for persona, para in quienes_coordinan(a):
        cuando = invitacion.respondida_el or invitacion.propuesta_el
        enviar(
            mesa=de,
            motivo=Envio.Motivo.OTRO,
            clave=f"conjunta:{invitacion.pk}:{invitacion.estado}:{cuando:%Y%m%d%H%M%S%f}:{persona.pk}",
            para=para,
            asunto=asunto,
            plantilla=plantilla,
            contexto={"invitacion": invitacion, "sesion": invitacion.sesion, "para_mesa": a},
            sesion=invitacion.sesion,
            persona=persona,
        )
