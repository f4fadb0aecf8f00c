"""Dates and numbers as a reader in Mexico writes them."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from comun import formatos


def test_fecha_larga_sin_mayuscula_en_el_mes():
    assert formatos.fecha_larga(dt.date(2018, 11, 22)) == "22 de noviembre de 2018"
    assert formatos.fecha_corta(dt.date(2018, 11, 2)) == "2 nov 2018"


def test_una_sesion_nocturna_es_de_ese_dia_y_no_del_siguiente(settings):
    noche = dt.datetime(2026, 3, 4, 23, 30, tzinfo=ZoneInfo("America/Mexico_City")).astimezone(dt.UTC)
    assert noche.day == 5
    assert formatos.fecha_larga(noche) == "4 de marzo de 2026"


@pytest.mark.parametrize(
    ("precision", "texto"),
    [
        ("dia", "2 de septiembre de 2015"),
        ("mes", "septiembre de 2015"),
        ("anio", "2015"),
        ("a_mas_tardar", "a más tardar el 2 de septiembre de 2015"),
    ],
)
def test_una_fecha_no_dice_mas_que_su_fuente(precision, texto):
    assert formatos.fecha_con_precision(dt.date(2015, 9, 2), precision) == texto


@pytest.mark.parametrize(
    ("valor", "decimales", "texto"),
    [
        (1637477, 0, "1,637,477"),
        (56.1229, 1, "56.1"),
        (1.2448, 4, "1.2448"),
        (0.25, 1, "0.3"),
        (Decimal("2.5"), 0, "3"),
        (0, 0, "0"),
        (-3.2, 1, "\N{MINUS SIGN}3.2"),
        (None, 1, "sin dato"),
    ],
)
def test_numero(valor, decimales, texto):
    assert formatos.numero(valor, decimales) == texto


def test_mes_largo_deja_pasar_lo_que_no_es_un_mes():
    assert formatos.mes_largo("2023-08") == "agosto de 2023"
    assert formatos.mes_largo("2023") == "2023"
    assert formatos.mes_largo("2023-14") == "2023-14"


@pytest.mark.parametrize(
    ("segundos", "esperado"),
    [(0.4, "menos de 1 s"), (48, "48 s"), (185, "3 min 5 s"), (4800, "1 h 20 min"), (-3, "menos de 1 s")],
)
def test_la_duracion_se_dice_en_lo_que_importa(segundos, esperado):
    assert formatos.duracion(dt.timedelta(seconds=segundos)) == esperado


@pytest.mark.parametrize(
    ("cuantos", "esperado"),
    [(0, "0 bytes"), (900, "900 bytes"), (87 * 1024, "87 KB"), (13_002_342, "12.4 MB"), (380 * 1024**2, "380 MB")],
)
def test_el_peso_de_un_archivo(cuantos, esperado):
    assert formatos.peso(cuantos) == esperado
