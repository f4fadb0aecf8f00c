"""The pulse of a mesa and what it is made of: sessions expected, presence of institutions, silence."""

import datetime as dt

import pytest

from comites.presencia_institucional import armar_presencia
from comites.pulso import Pulso, tomar_pulso
from comites.ritmos import Ritmo, esperadas, meses_completos
from comites.seguimiento import HechoDeAcuerdo, HechoDeSesion, Hechos, balance

HOY = dt.date(2026, 6, 30)


# ── How many sessions were to be expected ───────────────────────────────────────────────


@pytest.mark.parametrize(
    ("desde", "hasta", "meses"),
    [
        ("2026-01-01", "2026-02-01", 1),
        ("2026-01-31", "2026-02-28", 0),
        ("2026-01-31", "2026-03-31", 2),
        ("2025-07-01", "2026-07-01", 12),
        ("2026-02-01", "2026-01-01", 0),
    ],
)
def test_los_meses_completos(desde, hasta, meses):
    assert meses_completos(dt.date.fromisoformat(desde), dt.date.fromisoformat(hasta)) == meses


def test_se_esperan_las_sesiones_de_los_periodos_completos_segun_lo_que_se_dijo_entonces():
    mensual = Ritmo(dt.date(2026, 1, 1), dt.date(2026, 4, 1), 1)
    trimestral = Ritmo(dt.date(2026, 4, 1), None, 3)
    assert esperadas([mensual, trimestral], None, HOY) == 3 + 1
    assert esperadas([mensual, trimestral], None, HOY - dt.timedelta(days=1)) == 3 + 0
    assert esperadas([mensual], dt.date(2026, 5, 1), HOY) is None
    assert esperadas([], None, HOY) is None
    assert esperadas([Ritmo(HOY + dt.timedelta(days=1), None, 1)], None, HOY) is None
    assert esperadas([Ritmo(dt.date(2020, 1, 1), None, 1)], dt.date(2025, 7, 1), HOY) == 12


# ── The pulse ───────────────────────────────────────────────────────────────────────────


def sesion(dias, pk=1, organo="plenaria"):
    return HechoDeSesion(pk, HOY - dt.timedelta(days=dias), frozenset({1}), organo=organo)


def acuerdo(compromiso_hace, noticia_hace=None, estado="pendiente"):
    return HechoDeAcuerdo(
        sesion=(1,),
        dia=HOY - dt.timedelta(days=200),
        mesas=frozenset({1}),
        de_la_red=False,
        compromiso=HOY - dt.timedelta(days=compromiso_hace),
        historico=False,
        estado=estado,
        ultima_noticia=None if noticia_hace is None else HOY - dt.timedelta(days=noticia_hace),
    )


def pulso(sesiones=(), acuerdos=(), **datos):
    return tomar_pulso(Hechos(sesiones, acuerdos), fecha=HOY, **datos).pulso


CUATRO = [sesion(dias, dias) for dias in (20, 110, 200, 290)]


@pytest.mark.parametrize(
    ("esperado", "datos"),
    [
        (Pulso.OPERANDO, {"sesiones": CUATRO}),
        (Pulso.OPERANDO, {"sesiones": CUATRO[:2]}),
        (Pulso.IRREGULAR, {"sesiones": CUATRO[:1]}),
        (Pulso.IRREGULAR, {"sesiones": CUATRO[2:], "acuerdos": [acuerdo(100, 30)]}),
        (Pulso.EN_SILENCIO, {"sesiones": CUATRO[2:]}),
        (Pulso.EN_SILENCIO, {"sesiones": CUATRO[3:]}),
        (Pulso.EN_SILENCIO, {}),
        (Pulso.IRREGULAR, {"sesiones": CUATRO, "acuerdos": [acuerdo(10), acuerdo(12), acuerdo(9, 20)]}),
        (Pulso.OPERANDO, {"sesiones": CUATRO, "acuerdos": [acuerdo(10), acuerdo(9, 20)]}),
        (Pulso.OPERANDO, {"sesiones": CUATRO, "acuerdos": [acuerdo(400)]}),
        (Pulso.IRREGULAR, {"acuerdos": [acuerdo(100, 30)]}),
        (Pulso.EN_SILENCIO, {"acuerdos": [acuerdo(190, 185)]}),
        (Pulso.IRREGULAR, {"sesiones": CUATRO, "ritmos": [Ritmo(dt.date(2020, 1, 1), None, 1)]}),
        (Pulso.OPERANDO, {"sesiones": CUATRO[:1], "ritmos": [Ritmo(dt.date(2020, 1, 1), None, 6)]}),
        (Pulso.IRREGULAR, {"sesiones": CUATRO[:1], "ritmos": [Ritmo(HOY, None, 12)]}),
        (Pulso.NUEVA, {"instalada": dt.date(2026, 5, 1)}),
        (Pulso.OPERANDO, {"sesiones": CUATRO[:1], "instalada": dt.date(2026, 5, 1)}),
        (Pulso.EN_SILENCIO, {"instalada": dt.date(2025, 5, 1)}),
        (Pulso.NO_APLICA, {"sesiones": CUATRO, "estado": "suspendida"}),
        (Pulso.IRREGULAR, {"sesiones": [sesion(20, organo="comite:1")]}),
    ],
)
def test_la_regla_del_pulso(esperado, datos):
    assert pulso(**datos) == esperado


def test_el_pulso_dice_en_que_se_apoya():
    latido = tomar_pulso(Hechos([sesion(20)], [acuerdo(10)]), fecha=HOY)
    assert [condicion.se_cumple for condicion in latido.condiciones] == [True, False, False]
    assert "celebró 1 plenaria; se esperaban 4" in latido.condiciones[1].que
    assert "0 de 1 tiene respuesta" in latido.condiciones[2].que


# ── Institutions ────────────────────────────────────────────────────────────────────────


def test_de_una_institucion_cuentan_las_sesiones_y_el_nivel_mas_alto_que_mando():
    fiscalia = armar_presencia(
        [
            (7, 1, "titular", "presente", ""),
            (7, 1, "titular", "suplente", "operativo"),
            (7, 2, "titular", "suplente", "operativo"),
            (7, 2, "titular", "suplente", "directivo"),
            (7, 3, "titular", "suplente", ""),
            (7, 4, "titular", "ausente", ""),
            (7, 4, "suplente", "presente", ""),
            (7, 5, "titular", "justificada", ""),
        ]
    )[7]
    assert (fiscalia.en_numeros, fiscalia.con_titular, fiscalia.con_suplente) == ("4 de 5", 1, 3)
    assert fiscalia.niveles == "1 directivo, 2 sin decir su nivel"


def test_la_mediana_y_la_falta_de_respuesta():
    cumplidos = [
        HechoDeAcuerdo((1,), HOY, frozenset({1}), False, HOY, False, "cumplido", HOY + dt.timedelta(days=dias))
        for dias in (2, 10, 40)
    ]
    cuenta = balance(Hechos(acuerdos=[*cumplidos, acuerdo(3), acuerdo(3, 5)]), HOY)
    assert (cuenta.mediana_de_dias, cuenta.sin_respuesta, cuenta.verificados) == (10, 1, 3)
    assert balance(Hechos(acuerdos=[acuerdo(3)]), HOY).mediana_de_dias is None
