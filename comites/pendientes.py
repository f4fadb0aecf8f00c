"""The one thing to do first in a mesa. A board that asks for everything gets nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from comites.mi_mesa import MiMesa
from comites.models import Sesion
from comun.formatos import fecha_larga
from mesas.models import Mesa

INMINENTE = dt.timedelta(hours=48)
"""A session nearer than this goes before everything that can wait."""


@dataclass(frozen=True)
class Pendiente:
    """What to do, why, and the button that begins it."""

    titulo: str
    texto: str
    url: str
    boton: str


def lo_primero(mesa: Mesa, tablero: MiMesa, *, puede_crear: bool, ahora: dt.datetime) -> Pendiente | None:
    """The most urgent, in this order: a session under way or never closed, one within two days, an invitation
    that somebody waits to have answered, an objection to a minute, overdue agreements, what was reported and
    nobody verified, the next session, what the network waits for, and, when there is nothing else, the next call.

    Args:
        puede_crear: the reader records sessions here; otherwise only what can be read is proposed.
        ahora: the present.
    """
    pasos = (
        _sin_cerrar(mesa, tablero),
        _sesion(mesa, tablero, ahora, antes_de=ahora + INMINENTE),
        _invitacion(mesa, tablero),
        _objecion(mesa, tablero),
        _vencidos(mesa, tablero, puede_crear),
        _por_verificar(mesa, tablero),
        _sesion(mesa, tablero, ahora),
        _de_la_red(mesa, tablero) if puede_crear else None,
        _crear(mesa) if puede_crear else None,
    )
    return next((paso for paso in pasos if paso), None)


def _nombre(sesion: Sesion) -> str:
    return f"{sesion.organo}: sesión {sesion.numero}"


def _cuando(sesion: Sesion) -> str:
    inicio = timezone.localtime(sesion.inicio)
    dias = (inicio.date() - timezone.localdate()).days
    dia = {0: "hoy", 1: "mañana"}.get(dias, f"el {fecha_larga(inicio)}")
    return f"Es {dia} a las {inicio:%H:%M}."


def _sin_cerrar(mesa: Mesa, tablero: MiMesa) -> Pendiente | None:
    if not tablero.sin_cerrar:
        return None
    sesion = tablero.sin_cerrar[0]
    if sesion.estado == Sesion.Estado.EN_CURSO:
        texto = "Ya empezó y sigue abierta. Pasa lista, anota sus acuerdos y ciérrala."
    else:
        texto = "Ya pasó su hora y no se abrió. Ábrela para anotar lo que se acordó, o corrige su fecha."
    return Pendiente(_nombre(sesion), texto, _aqui(mesa, sesion), "Ir a la sesión")


def _aqui(mesa: Mesa, sesion: Sesion) -> str:
    """Its page in this mesa, which may be a guest of the one that keeps the minute."""
    return reverse("coordinacion:sesion", args=[mesa.slug, sesion.pk])


def _sesion(
    mesa: Mesa, tablero: MiMesa, ahora: dt.datetime, *, antes_de: dt.datetime | None = None
) -> Pendiente | None:
    sesion = next((sesion for sesion in tablero.proximas if sesion.inicio >= ahora), None)
    if sesion is None or (antes_de and sesion.inicio > antes_de):
        return None
    return Pendiente(_nombre(sesion), _cuando(sesion), _aqui(mesa, sesion), "Ver la sesión")


def _invitacion(mesa: Mesa, tablero: MiMesa) -> Pendiente | None:
    if not tablero.invitaciones:
        return None
    invitacion = tablero.invitaciones[0]
    return Pendiente(
        f"{invitacion.sesion.mesa} te invita a sesionar juntas",
        f"{_cuando(invitacion.sesion)} Espera tu respuesta.",
        reverse("coordinacion:invitacion", args=[mesa.slug, invitacion.pk]),
        "Ver la invitación",
    )


def _objecion(mesa: Mesa, tablero: MiMesa) -> Pendiente | None:
    if not tablero.por_responder:
        return None
    sesion = tablero.por_responder[0]
    una = sesion.objeciones == 1
    return Pendiente(
        f"Alguien objeta el acta de {sesion.organo}, sesión {sesion.numero}",
        f"{'Espera' if una else 'Esperan'} tu respuesta: sin ella el acta no se puede aprobar.",
        reverse("coordinacion:acta", args=[mesa.slug, sesion.pk]) + "#objeciones",
        "Leer y responder",
    )


def _vencidos(mesa: Mesa, tablero: MiMesa, puede_crear: bool) -> Pendiente | None:
    if not (cuantos := tablero.cuentas["vencidos"]):
        return None
    uno = cuantos == 1
    que_hacer = f"Pregunta cómo {'va' if uno else 'van'} y anota el avance."
    return Pendiente(
        f"{'Un acuerdo pasó' if uno else f'{cuantos} acuerdos pasaron'} de su fecha",
        que_hacer if puede_crear else f"Mira {'cuál es' if uno else 'cuáles son'} y quién responde.",
        reverse("coordinacion:acuerdos", args=[mesa.slug]),
        "Ver los acuerdos",
    )


def _por_verificar(mesa: Mesa, tablero: MiMesa) -> Pendiente | None:
    if not tablero.cuentas["por_verificar"]:
        return None
    return Pendiente(
        "Hay avances por verificar",
        "Alguien reportó que ya cumplió. Toca revisar la prueba y confirmarlo o devolverlo.",
        f"{reverse('coordinacion:acuerdos', args=[mesa.slug])}?estado=reportado",
        "Ver lo reportado",
    )


def _de_la_red(mesa: Mesa, tablero: MiMesa) -> Pendiente | None:
    if tablero.encargos:
        encargo = tablero.encargos[0]
        return Pendiente(
            "La Red espera la respuesta de tu mesa",
            f"Le encargó a tu mesa: {encargo.acuerdo.accion}",
            reverse("coordinacion:encargo", args=[mesa.slug, encargo.pk]),
            "Responder",
        )
    if not tablero.de_la_red:
        return None
    acuerdo = tablero.de_la_red[0]
    return Pendiente(
        "La Red espera noticias de tu mesa",
        f"En un encuentro se acordó: {acuerdo.accion}",
        reverse("coordinacion:acuerdo", args=[mesa.slug, acuerdo.folio]),
        "Decir cómo va",
    )


def _crear(mesa: Mesa) -> Pendiente:
    nueva = reverse("coordinacion:sesion_nueva", args=[mesa.slug])
    return Pendiente("No hay sesión en puerta", "Crea la siguiente con su orden del día.", nueva, "Crear una sesión")
