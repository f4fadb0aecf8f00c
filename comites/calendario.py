"""Calls as calendar events (iCalendar, RFC 5545 and 5546). Pure: it knows no table.

What an event carries ends up in calendars that others copy, share and read aloud: so it says who
meets, when and where, and never the agenda, nor who else was called.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

PRODUCTO = "-//RNMSJ//Portal//ES"
"""Who writes these calendars, as the standard asks."""

PARTE_POR = "PUBLISH"
PIDE = "REQUEST"
CANCELA = "CANCEL"

ANTES_DE_PREGUNTAR = dt.timedelta(hours=4)
"""How often the private calendar asks to be read again."""


@dataclass(frozen=True, slots=True)
class Evento:
    """A session as a calendar knows it.

    `uid` stays the same for life; a calendar takes a change if `secuencia` grew. `zona` is the time
    zone of the mesa («America/Tijuana»), so that the hour is right wherever the phone is.
    """

    uid: str
    secuencia: int
    titulo: str
    inicio: dt.datetime
    fin: dt.datetime
    zona: str
    lugar: str
    texto: str
    dicho_el: dt.datetime
    cancelado: bool = False


@dataclass(frozen=True, slots=True)
class Quien:
    """Somebody in a calendar message: a name and an address."""

    nombre: str
    correo: str

    def como_direccion(self) -> vCalAddress:
        direccion = vCalAddress(f"mailto:{self.correo}")
        direccion.params["CN"] = vText(self.nombre)
        return direccion


def invitacion(evento: Evento, *, organiza: Quien, para: Quien) -> bytes:
    """The file that goes with the mail: a request, its change (the same, with a higher sequence) or its cancellation.

    Only its own recipient is named: the list of who is called must not travel. Nobody reads answers at
    the portal's address, so none are asked for.
    """
    calendario = _calendario(CANCELA if evento.cancelado else PIDE)
    fila = _fila(evento)
    fila.add("organizer", organiza.como_direccion())
    convocado = para.como_direccion()
    convocado.params["ROLE"] = vText("REQ-PARTICIPANT")
    convocado.params["PARTSTAT"] = vText("NEEDS-ACTION")
    convocado.params["RSVP"] = vText("FALSE")
    fila.add("attendee", convocado)
    return _texto(calendario, [fila])


def suscripcion(eventos: Iterable[Evento], *, nombre: str) -> bytes:
    """A whole calendar, read again and again from its address. Empty is right too: then nothing stays on the phone."""
    calendario = _calendario(PARTE_POR)
    calendario.add("x-wr-calname", nombre)
    calendario.add("refresh-interval", ANTES_DE_PREGUNTAR, parameters={"VALUE": "DURATION"})
    calendario.add("x-published-ttl", "PT4H")  # the same, for those that read the older name
    return _texto(calendario, [_fila(evento) for evento in eventos])


def _calendario(metodo: str) -> Calendar:
    calendario = Calendar()
    calendario.add("prodid", PRODUCTO)
    calendario.add("version", "2.0")
    calendario.add("calscale", "GREGORIAN")
    calendario.add("method", metodo)
    return calendario


def _fila(evento: Evento) -> Event:
    zona = ZoneInfo(evento.zona)
    fila = Event()
    fila.add("uid", evento.uid)
    fila.add("sequence", evento.secuencia)
    fila.add("dtstamp", evento.dicho_el.astimezone(dt.UTC))
    fila.add("dtstart", evento.inicio.astimezone(zona))
    fila.add("dtend", evento.fin.astimezone(zona))
    fila.add("summary", f"Cancelada: {evento.titulo}" if evento.cancelado else evento.titulo)
    if evento.lugar and not evento.cancelado:
        fila.add("location", evento.lugar)
    fila.add("description", evento.texto)
    fila.add("status", "CANCELLED" if evento.cancelado else "CONFIRMED")
    fila.add("class", "PRIVATE")  # a calendar shared with others shows them «busy» and no more
    return fila


def _texto(calendario: Calendar, filas: list[Event]) -> bytes:
    anios = [momento.year for fila in filas for momento in (fila.start, fila.end)]
    for zona in sorted({str(fila["DTSTART"].params["TZID"]) for fila in filas}):
        calendario.add_component(_zona(zona, min(anios), max(anios)))
    for fila in filas:
        calendario.add_component(fila)
    return calendario.to_ical()


@lru_cache(maxsize=64)
def _zona(nombre: str, primero: int, ultimo: int) -> Timezone:
    """The rules of a time zone, for phones that do not know it or know it as it was before the summer hour ended.

    Worked out once: it takes longer than all the rest of a message, and everybody in a mesa shares it.
    """
    return Timezone.from_tzid(nombre, first_date=dt.date(primero - 1, 1, 1), last_date=dt.date(ultimo + 1, 12, 31))
