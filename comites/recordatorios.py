"""When an agreement is reminded, and what of it may travel by mail. No queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from comites.models import Acuerdo


class Hito(StrEnum):
    """A reminder before the date of an agreement. The value is the field of `PreferenciaDeAvisos`."""

    QUINCE_DIAS = "quince_dias"
    TRES_DIAS = "tres_dias"
    EL_DIA = "el_dia"


_FALTAN = {Hito.QUINCE_DIAS: range(13, 16), Hito.TRES_DIAS: range(1, 4), Hito.EL_DIA: range(1)}
"""Days that may be left. A morning in which the command did not run must not cost a reminder, so the first
two have a couple of days to go out late; each goes once, and the text says how many days are left."""

LO_MAS_LEJOS = max(_FALTAN[Hito.QUINCE_DIAS])


def hito_de(vence: dt.date, fecha: dt.date) -> Hito | None:
    """The reminder that is due on a day for an agreement that is due on another."""
    faltan = (vence - fecha).days
    return next((hito for hito, dias in _FALTAN.items() if faltan in dias), None)


def semana(fecha: dt.date) -> str:
    """The week of a digest, from Monday to Sunday («2026-S48»)."""
    anio, numero, _ = fecha.isocalendar()
    return f"{anio}-S{numero:02d}"


@dataclass(frozen=True, slots=True)
class Destinatario:
    """Somebody to whom the mesa writes about an agreement.

    Attributes:
        mesa: slug of the mesa in which he sits, where he opens what was agreed with another; empty for whoever
            has no seat.
    """

    correo: str
    persona_id: int | None = None
    con_cuenta: bool = False
    institucion_id: int | None = None
    mesa: str = ""

    @property
    def clave(self) -> str:
        """Who it is, in the key of a message: never the address itself."""
        return f"p{self.persona_id}" if self.persona_id else f"c{sha256(self.correo.encode()).hexdigest()[:16]}"


def que_es(acuerdo: Acuerdo) -> str:
    """What a mail says that was agreed. Mail is read over shoulders and by servers: what is reserved stays here."""
    return "Es un acuerdo reservado: su texto no viaja por correo." if acuerdo.es_reservado else acuerdo.accion
