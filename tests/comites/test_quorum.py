"""The arithmetic of the quorum, alone."""

import pytest

from comites.quorum import FRACCION, MAYORIA, NUMERO, Lugar, Quorum, Regla, contar

CIUDADANO, AUTORIDAD = Lugar(ciudadano=True, ocupado=True), Lugar(ciudadano=False, ocupado=True)
SUPLIDO = Lugar(ciudadano=False, ocupado=True, por_suplente=True)
VACIO, AUTORIDAD_AUSENTE = Lugar(ciudadano=True), Lugar(ciudadano=False)


@pytest.mark.parametrize(
    ("regla", "base", "esperado"),
    [
        (Regla(MAYORIA), 9, 5),
        (Regla(MAYORIA), 10, 6),
        (Regla(MAYORIA), 1, 1),
        (Regla(MAYORIA), 0, 1),
        (Regla(FRACCION, numerador=2, denominador=3), 10, 7),
        (Regla(FRACCION, numerador=2, denominador=3), 9, 6),
        (Regla(FRACCION, numerador=1, denominador=2), 9, 5),
        (Regla(FRACCION, numerador=1, denominador=1), 7, 7),
        (Regla(NUMERO, numero=4), 30, 4),
    ],
)
def test_cuantas_personas_hacen_falta(regla, base, esperado):
    assert regla.requeridos(base) == esperado


@pytest.mark.parametrize(
    ("opciones", "en_sala", "base"),
    [
        ({}, 3, 5),
        ({"valen_suplentes": False}, 2, 5),
        ({"solo_ciudadanos": True}, 1, 2),
        ({"solo_ciudadanos": True, "valen_suplentes": False}, 1, 2),
    ],
)
def test_quien_cuenta_lo_dice_la_regla(opciones, en_sala, base):
    lugares = [CIUDADANO, AUTORIDAD, SUPLIDO, VACIO, AUTORIDAD_AUSENTE]
    cuenta = contar(lugares, Regla(MAYORIA, **opciones))
    assert (cuenta.en_sala, cuenta.base) == (en_sala, base)


def test_el_quorum_aparece_justo_con_la_persona_que_falta():
    regla = Regla(MAYORIA)
    assert not contar([CIUDADANO, VACIO, VACIO], regla).hay
    assert contar([CIUDADANO, CIUDADANO, VACIO], regla).hay
    assert contar([CIUDADANO, VACIO, VACIO], regla).faltan == 1
    assert not contar([], regla).hay


def test_sin_regla_se_cuenta_y_no_se_decide():
    cuenta = contar([CIUDADANO, SUPLIDO, VACIO], None)
    assert (cuenta.en_sala, cuenta.base, cuenta.hay, cuenta.faltan) == (2, 3, None, 0)
    assert cuenta.en_palabras() == "En la sala: 2 de 3. Sin regla de quórum."


@pytest.mark.parametrize(
    ("cuenta", "dice"),
    [
        (Quorum(7, 12, 7), "Hay quórum: 7 de 12, bastan 7."),
        (Quorum(1, 1, 1), "Hay quórum: 1 de 1, basta 1."),
        (Quorum(6, 12, 7), "No hay quórum: 6 de 12, falta 1."),
        (Quorum(2, 12, 7), "No hay quórum: 2 de 12, faltan 5."),
    ],
)
def test_lo_que_lee_la_sala(cuenta, dice):
    assert cuenta.en_palabras() == dice


def test_la_regla_se_escribe_con_todas_sus_palabras():
    regla = Regla(FRACCION, numerador=2, denominador=3, solo_ciudadanos=True, valen_suplentes=False)
    assert regla.en_palabras() == (
        "Hace falta 2/3 de sus integrantes sin cargo público; quien llega como suplente no cuenta."
    )
