"""Balances of facts counted apart, added. Pure, no database."""

from __future__ import annotations

from collections import Counter

from comites.proporciones import Proporcion
from comites.seguimiento import NIVELES, Balance, Desenlace

_NADA = Proporcion(0, 0)
_CUENTAS = (
    *("sesiones", "sesiones_con_acuerdos", "invitados", "por_verificar", "con_lista", "sin_respuesta"),
    *("prorrogados", "a_tiempo_con_prorroga"),
)


def sumar(uno: Balance, otro: Balance) -> Balance:
    """The balance, at one date, of two sets of facts that share none: the same as counting them together."""
    niveles = [nivel for nivel in NIVELES if nivel in uno.presencia or nivel in otro.presencia]
    return Balance(
        **{campo: getattr(uno, campo) + getattr(otro, campo) for campo in _CUENTAS},
        **{campo: Counter(getattr(uno, campo)) + Counter(getattr(otro, campo)) for campo in ("detalle", "dias")},
        por_desenlace={cual: uno.por_desenlace[cual] + otro.por_desenlace[cual] for cual in Desenlace},
        a_tiempo=_juntas(uno.a_tiempo, otro.a_tiempo),
        asistencia=_juntas(uno.asistencia, otro.asistencia),
        presencia={n: _juntas(uno.presencia.get(n, _NADA), otro.presencia.get(n, _NADA)) for n in niveles},
    )


def _juntas(una: Proporcion, otra: Proporcion) -> Proporcion:
    return Proporcion(una.cuantos + otra.cuantos, una.de + otra.de)
