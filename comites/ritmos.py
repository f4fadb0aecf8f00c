"""How many sessions were to be expected of an organ that said how often it would meet. Pure, no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ritmo:
    """«Every so many months», from a day until another (the first out; None: it goes on)."""

    desde: dt.date
    hasta: dt.date | None
    meses: int


def meses_completos(desde: dt.date, hasta: dt.date) -> int:
    """Whole months between two days: from 31 January to 28 February none has passed."""
    meses = (hasta.year - desde.year) * 12 + hasta.month - desde.month
    return max(0, meses - (hasta.day < desde.day))


def esperadas(ritmos: Iterable[Ritmo], desde: dt.date | None, fecha: dt.date) -> int | None:
    """Sessions to be expected from a day to another, both included. None if nothing was said about those days.

    Only whole periods count: who meets every three months owes nothing in the second.

    Args:
        desde: None: since each rhythm began.
    """
    fin = fecha + dt.timedelta(days=1)
    tramos = [
        (max(ritmo.desde, desde or ritmo.desde), min(ritmo.hasta or fin, fin), ritmo.meses)
        for ritmo in ritmos
        if ritmo.desde <= fecha and (ritmo.hasta is None or desde is None or ritmo.hasta > desde)
    ]
    return sum(meses_completos(inicio, termino) // meses for inicio, termino, meses in tramos) if tramos else None
