"""Calling to a session: tell everybody, tell them again when something changes, tell them that it is off.

All atomic and keyword-only. The session is locked while its call is written, so two presses of the
same button, or two people at once, tell each one once: a message is named after the call, its turn
and its recipient. What is written here leaves by the queue, in the background.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comites.calendario import CANCELA, PIDE, Quien, invitacion
from comites.convocatoria import Llamado, cambios
from comites.destinatarios import Destinatario, destinatarios
from comites.llamados import como_se_dijo, convocatoria_vigente, enlace_a, evento_de, llamado_de
from comites.models import Contacto, Convocatoria, Envio, Sesion
from comites.operaciones import sesion_abierta
from comites.operaciones_envios import enviar
from comites.registro_de_llamados import IDA, Registro
from comun.formatos import enumerar
from cuentas.models import Correo
from cuentas.operaciones_correo import Archivo

MOTIVOS = (Envio.Motivo.CONVOCATORIA, Envio.Motivo.CAMBIO, Envio.Motivo.CANCELACION)
"""What this module sends."""

ENCABEZADO = {
    Envio.Motivo.CONVOCATORIA: "Convocatoria",
    Envio.Motivo.CAMBIO: "Cambio en la convocatoria",
    Envio.Motivo.CANCELACION: "Se cancela",
}
YA_NO = "Ya no se te espera"


@transaction.atomic
def convocar_sesion(*, sesion: Sesion, autor: Any) -> int:
    """Call everybody to a session. Repeated, it tells only those who have not been told of this call.

    Args:
        autor: account of who calls.

    Returns:
        How many messages were written. Who has no address counts for nothing: the page says who.

    Raises:
        ValidationError: it has begun or is over, it has no agenda, or what was told is not true any more.
    """
    sesion = _por_empezar(sesion)
    llamado = llamado_de(sesion)
    if not llamado.puntos:
        raise ValidationError("Falta el orden del día: agrega al menos un punto antes de convocar.")
    convocatoria = Convocatoria.objects.filter(sesion=sesion).first()
    if convocatoria is not None and convocatoria.esta_vigente:
        if que := cambios(convocatoria.dicho, llamado):
            cambiaron = f"Cambió {que[0].que}" if len(que) == 1 else f"Cambiaron {enumerar([c.que for c in que])}"
            raise ValidationError(f"{cambiaron} desde que convocaste: usa «Avisar del cambio» para que todos lo sepan.")
    else:
        convocatoria = _nueva(convocatoria or Convocatoria(sesion=sesion), llamado, autor)
    if sesion.estado == Sesion.Estado.BORRADOR:
        sesion.estado = Sesion.Estado.CONVOCADA
        sesion.save(update_fields=["estado", "actualizado"])
    return _avisar(convocatoria, sesion, llamado)


@transaction.atomic
def avisar_cambios(*, sesion: Sesion, autor: Any) -> int:
    """Tell everybody what is different since the last time, and correct the event in their calendars.

    Returns:
        How many messages were written; 0 if nothing changed, as when the button is pressed twice.
    """
    sesion = _por_empezar(sesion)
    convocatoria = _la_vigente(sesion)
    llamado = llamado_de(sesion)
    que = cambios(convocatoria.dicho, llamado)
    if not que:
        return 0
    convocatoria.secuencia += 1
    convocatoria.dicho, convocatoria.dicho_el, convocatoria.autor = llamado.como_dato(), timezone.now(), autor
    convocatoria.save(update_fields=["secuencia", "dicho", "dicho_el", "autor"])
    return _avisar(convocatoria, sesion, llamado, que=[cambio.que for cambio in que])


@transaction.atomic
def cancelar_convocatoria(*, sesion: Sesion, motivo: str, autor: Any) -> int:
    """The session is off: tell those who had been told, take it from their calendars, and leave it as a draft.

    Each where he was told, also who has left the mesa since: it stands in his calendar.

    Args:
        motivo: why, in the words that everybody will read.

    Returns:
        How many messages were written.
    """
    sesion = _por_empezar(sesion, aunque_paso=True)
    convocatoria = _la_vigente(sesion)
    registro = Registro(convocatoria)
    convocatoria.secuencia += 1
    convocatoria.cancelada_el = convocatoria.dicho_el = timezone.now()
    convocatoria.motivo_de_cancelacion, convocatoria.autor = " ".join(motivo.split()), autor
    convocatoria.full_clean()
    convocatoria.save()
    sesion.estado = Sesion.Estado.BORRADOR
    sesion.save(update_fields=["estado", "actualizado"])
    dicho = como_se_dijo(convocatoria, sesion)
    return sum(
        _enviar(convocatoria, sesion, dicho, destinatario, Envio.Motivo.CANCELACION, idas=registro.idas[clave])
        for clave, destinatario in registro.a_quienes_se_dijo(sesion, destinatarios(sesion)).items()
    )


@transaction.atomic
def avisar_a_quien_salio(*, sesion: Sesion) -> int:
    """Take the session from the calendars of those who were called and are not of it any more.

    Returns:
        How many messages were written: none if it is not called, or met already.
    """
    sesion = sesion_abierta(sesion)
    convocatoria = convocatoria_vigente(sesion)
    if convocatoria is None or not se_puede_convocar(sesion):
        return 0
    return _despedir(convocatoria, sesion, Registro(convocatoria), destinatarios(sesion))


@transaction.atomic
def reenviar(*, sesion: Sesion, destinatario: Destinatario, tras: int) -> bool:
    """Send to one person again what was told last: the address was wrong, or the message got lost.

    Args:
        tras: number of the message after which it is asked for. The same request twice sends once.

    Returns:
        False if that request had been attended already.

    Raises:
        ValidationError: nothing was sent yet, it is still on its way, or there is no address.
    """
    sesion = _por_empezar(sesion)
    convocatoria = Convocatoria.objects.select_for_update().filter(sesion=sesion).first()
    if convocatoria is None:
        raise ValidationError("Esta sesión no se ha convocado.")
    if not destinatario.correo:
        raise ValidationError(f"Primero anota un correo para {destinatario.nombre}.")
    previo = Envio.objects.filter(sesion=sesion, pk=tras, motivo__in=MOTIVOS, **_a_quien(destinatario))
    envio = previo.select_related("correo").first()
    if envio is None:
        raise ValidationError(f"A {destinatario.nombre} todavía no se le ha enviado nada.")
    if envio.correo.estado == Correo.Estado.EN_ESPERA:
        raise ValidationError("Ese correo va en camino: espera a que salga o a que falle.")
    llamado = llamado_de(sesion) if convocatoria.esta_vigente else como_se_dijo(convocatoria, sesion)
    if convocatoria.esta_vigente and cambios(convocatoria.dicho, llamado):
        raise ValidationError("Algo cambió desde que convocaste: avisa a todos del cambio y también le llegará.")
    motivo = Envio.Motivo.CONVOCATORIA if convocatoria.esta_vigente else Envio.Motivo.CANCELACION
    idas = Registro(convocatoria).idas[destinatario.clave]
    return _enviar(convocatoria, sesion, llamado, destinatario, motivo, idas=idas, sufijo=f":tras{tras}")


@transaction.atomic
def anotar_contacto(*, sesion: Sesion, destinatario: Destinatario, correo: str) -> None:
    """Write, correct or take away the address at which the mesa reaches somebody.

    Raises:
        ValidationError: that person has an account, whose address only he changes.
    """
    if destinatario.con_cuenta:
        raise ValidationError(f"{destinatario.nombre} tiene cuenta: su correo lo cambia solo esa persona.")
    quien = {"persona": destinatario.persona, "institucion": destinatario.institucion}
    contacto = Contacto.objects.select_for_update().filter(mesa=sesion.mesa, **quien).first()
    if not correo:
        if contacto is not None:
            contacto.delete()
        return
    contacto = contacto or Contacto(mesa=sesion.mesa, **quien)
    contacto.correo = correo
    contacto.full_clean()
    contacto.save()


def _por_empezar(sesion: Sesion, *, aunque_paso: bool = False) -> Sesion:
    """The session, locked, while there is still something to call to.

    Args:
        aunque_paso: also after its hour, if it never began: what was not held is called off late, or never.
    """
    sesion = sesion_abierta(sesion)
    if reproche := _por_que_no(sesion, aunque_paso=aunque_paso):
        raise ValidationError(reproche)
    return sesion


def _por_que_no(sesion: Sesion, *, aunque_paso: bool = False) -> str:
    """Why nobody can be called to it any more; empty while they can."""
    if sesion.tipo == Sesion.Tipo.ENCUENTRO:
        return "A un encuentro se convoca a las mesas, no a una lista de personas."
    if sesion.ya_empezo:
        return "La sesión ya empezó: no queda nada que avisar."
    if sesion.inicio <= timezone.now() and not aunque_paso:
        return "La hora de la sesión ya pasó. Corrige su fecha y vuelve a intentarlo."
    return ""


def se_puede_convocar(sesion: Sesion) -> bool:
    """True while people can be called to it, told of a change or told that it is off."""
    return not _por_que_no(sesion)


def _la_vigente(sesion: Sesion) -> Convocatoria:
    convocatoria = convocatoria_vigente(sesion)
    if convocatoria is None:
        raise ValidationError("Esta sesión no está convocada.")
    return convocatoria


def _nueva(convocatoria: Convocatoria, llamado: Llamado, autor: Any) -> Convocatoria:
    """A first call, or one after a cancellation: another event, from the beginning."""
    ahora = timezone.now()
    convocatoria.uid, convocatoria.secuencia = uuid.uuid4(), 0
    convocatoria.dicho, convocatoria.dicho_el, convocatoria.convocada_el = llamado.como_dato(), ahora, ahora
    convocatoria.cancelada_el, convocatoria.motivo_de_cancelacion = None, ""
    convocatoria.autor = autor
    convocatoria.full_clean()
    convocatoria.save()
    return convocatoria


def _avisar(convocatoria: Convocatoria, sesion: Sesion, llamado: Llamado, que: list[str] | None = None) -> int:
    """Write what each one lacks. A change is news only for whoever knew: to the others it is the call."""
    registro, actuales = Registro(convocatoria), destinatarios(sesion)
    cuantos = 0
    for destinatario in actuales:
        if destinatario.correo:
            sabia = destinatario.clave in registro.avisados
            motivo = Envio.Motivo.CAMBIO if que and sabia else Envio.Motivo.CONVOCATORIA
            vuelve = not sabia and destinatario.clave in registro.ultimos
            idas = registro.idas[destinatario.clave]
            cuantos += _enviar(
                convocatoria,
                sesion,
                llamado,
                destinatario,
                motivo,
                que=que if que and sabia else None,
                idas=idas + vuelve,
                sufijo=f":{IDA}{idas + 1}" if vuelve else "",
            )
    return cuantos + _despedir(convocatoria, sesion, registro, actuales)


def _despedir(convocatoria: Convocatoria, sesion: Sesion, registro: Registro, actuales: list[Destinatario]) -> int:
    """Tell whoever expects the session and is not of it any more."""
    dicho = como_se_dijo(convocatoria, sesion)
    return sum(
        _enviar(
            convocatoria,
            sesion,
            dicho,
            uno,
            Envio.Motivo.CANCELACION,
            idas=registro.idas[clave] + 1,
            sufijo=f":{IDA}{registro.idas[clave] + 1}",
        )
        for clave, uno in registro.a_quienes_se_dijo(sesion, actuales).items()
        if uno.ya_no
    )


def _a_quien(destinatario: Destinatario) -> dict[str, Any]:
    return {"persona": destinatario.persona, "institucion": destinatario.institucion}


def _enviar(
    convocatoria: Convocatoria,
    sesion: Sesion,
    llamado: Llamado,
    destinatario: Destinatario,
    motivo: str,
    *,
    que: list[str] | None = None,
    idas: int = 0,
    sufijo: str = "",
) -> bool:
    """Write one message with its event. False if that one was written already.

    Args:
        idas: messages of his own turn that he has had, this one included: his event must grow with them.
    """
    enlace = enlace_a(sesion, destinatario.mesa.slug) if destinatario.con_cuenta else ""
    cancela = motivo == Envio.Motivo.CANCELACION
    # The subject is read on a locked screen by whoever is near: neither place nor hour.
    de_que = YA_NO if cancela and convocatoria.esta_vigente else ENCABEZADO[motivo]
    evento = evento_de(convocatoria, sesion, llamado, enlace)
    archivo = invitacion(
        replace(evento, secuencia=evento.secuencia + idas, cancelado=cancela),
        organiza=Quien(str(sesion.mesa), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        para=Quien(destinatario.nombre, destinatario.correo),
    )
    metodo = CANCELA if cancela else PIDE
    envio = enviar(
        mesa=sesion.mesa,
        motivo=motivo,
        clave=convocatoria.clave_para(destinatario.clave) + sufijo,
        para=destinatario.correo,
        asunto=f"{de_que}: {sesion.organo}, sesión {sesion.numero}",
        plantilla="cancelacion" if cancela else "convocatoria",
        contexto={
            "sesion": sesion,
            "convocatoria": convocatoria,
            "destinatario": destinatario,
            "llamado": llamado,
            "que": que,
            "enlace": enlace,
        },
        sesion=sesion,
        persona=destinatario.persona,
        institucion=destinatario.institucion,
        adjuntos=[Archivo("sesion.ics", f"text/calendar; method={metodo}", archivo)],
    )
    return envio is not None
