"""How an agreement stood on a day that passed, from what is written today of its history. Pure, no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

PENDIENTE, REPORTADO, CUMPLIDO = "pendiente", "reportado", "cumplido"


@dataclass(frozen=True, slots=True)
class AlDia:
    """An agreement on a day.

    Attributes:
        estado: the state it had.
        entregado: day of the last report; without one, of the last time it was said to be kept.
        vence: date in force on the day it was delivered (or on that day, if it was not).
        prorrogas: how many extensions it had by then.
        ultima_noticia: day of the last step or extension.
    """

    estado: str
    entregado: dt.date | None
    vence: dt.date | None
    prorrogas: int
    ultima_noticia: dt.date | None


def al_dia(
    fecha: dt.date, *, estado: str, compromiso: dt.date | None, pasos: Iterable[str], cambios: Iterable[str]
) -> AlDia:
    """How it stood.

    The state of a day is what the last step recorded until it left. Without later steps it is the
    present one, which also holds what came recorded from before the portal. An extension counts
    from the day it was recorded, by the clock of the mesa: it cannot be granted backwards.

    Args:
        estado, compromiso: its state today and the first date that it had.
        pasos, cambios: as `AcuerdoQuerySet.con_su_historia` brings them, in the order in which they were written.
    """
    todos = [(dt.date.fromisoformat(dia), que) for dia, que in map(str.split, pasos)]
    hasta_entonces = [(dia, que) for dia, que in todos if dia <= fecha]
    if len(hasta_entonces) < len(todos):
        estado = hasta_entonces[-1][1] if hasta_entonces else PENDIENTE
    entregas = {que: dia for dia, que in hasta_entonces}
    entregado = entregas.get(REPORTADO) or entregas.get(CUMPLIDO)
    corte = entregado if estado == CUMPLIDO and entregado else fecha
    dichas = [tuple(map(dt.date.fromisoformat, cambio.split())) for cambio in cambios]
    vigentes = [al for dia, al in dichas if dia <= corte]
    ultimas = [dia for dia, _ in dichas if dia <= fecha][-1:]
    return AlDia(
        estado=estado,
        entregado=entregado,
        vence=vigentes[-1] if vigentes else compromiso,
        prorrogas=len(vigentes),
        ultima_noticia=max([*(dia for dia, _ in hasta_entonces), *ultimas], default=None),
    )
