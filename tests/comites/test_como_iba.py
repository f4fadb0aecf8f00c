"""How an agreement stood on a day that passed."""

import datetime as dt

import pytest

from comites.como_iba import AlDia, al_dia

D = dt.date


@pytest.mark.parametrize(
    ("fecha", "esperado"),
    [
        (D(2026, 1, 10), AlDia("pendiente", None, D(2026, 3, 1), 0, None)),
        (D(2026, 2, 10), AlDia("en_proceso", None, D(2026, 3, 1), 0, D(2026, 2, 1))),
        (D(2026, 2, 20), AlDia("en_proceso", None, D(2026, 5, 1), 1, D(2026, 2, 15))),
        (D(2026, 4, 10), AlDia("reportado", D(2026, 4, 1), D(2026, 5, 1), 1, D(2026, 4, 1))),
        # Delivered in April and verified in June: the extension of May is not of what it owed.
        (D(2026, 6, 10), AlDia("cumplido", D(2026, 4, 1), D(2026, 5, 1), 1, D(2026, 6, 1))),
    ],
)
def test_cada_dia_dice_lo_que_sabia(fecha, esperado):
    pasos = ["2026-02-01 en_proceso", "2026-04-01 reportado", "2026-06-01 cumplido"]
    cambios = ["2026-02-15 2026-05-01", "2026-05-20 2026-09-01"]
    assert al_dia(fecha, estado="cumplido", compromiso=D(2026, 3, 1), pasos=pasos, cambios=cambios) == esperado


def test_sin_historia_es_lo_que_dice_hoy():
    assert al_dia(D(2026, 1, 1), estado="cumplido", compromiso=None, pasos=[], cambios=[]) == AlDia(
        "cumplido", None, None, 0, None
    )
