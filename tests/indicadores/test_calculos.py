"""Rates and intervals against published tables, without a database."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicadores import calculos

REFERENCIA = Path(__file__).resolve().parents[2].parent / "shared" / "datos" / "ic_poisson_referencia.csv"

# Garwood's exact limits below 10 and Byar's from 10 on, to six decimals.
TABLA = {
    0: (0.0, 3.688879),
    1: (0.025318, 5.571643),
    3: (0.618672, 8.767273),
    9: (4.115373, 17.084803),
    10: (4.787450, 18.391459),
    20: (12.211429, 30.889880),
    28: (18.601687, 40.469310),
}


@pytest.mark.parametrize(("eventos", "limites"), TABLA.items())
def test_intervalo_del_conteo(eventos, limites):
    assert calculos.intervalo_del_conteo(eventos) == pytest.approx(limites, abs=1e-6)


@pytest.mark.skipif(not REFERENCIA.exists(), reason="falta la tabla de referencia, que no viaja con el portal")
def test_intervalos_contra_la_tabla_de_referencia():
    filas = list(csv.DictReader(REFERENCIA.open()))
    assert len(filas) > 50
    for fila in filas:
        clase = "exacto" if fila["metodo_PHE"] == "exacto" else "byar"
        esperado = float(fila[f"{clase}_inf"]), float(fila[f"{clase}_sup"])
        obtenido = calculos.intervalo_del_conteo(int(fila["O"]), float(fila["nivel"]))
        assert obtenido == pytest.approx(esperado, abs=1e-5), fila


@pytest.mark.parametrize(
    ("eventos", "byar", "exacto"),
    [
        (1, (0.013072, 5.563756), (0.025318, 5.571643)),
        (5, (1.611348, 11.668164), (1.623486, 11.668332)),
        (9, (4.106885, 17.085781), (4.115373, 17.084803)),
        (10, (4.787450, 18.391459), (4.795389, 18.390356)),
        (18, (10.662495, 28.449240), (10.667941, 28.447760)),
    ],
)
def test_los_dos_metodos_en_sus_valores_publicados(eventos, byar, exacto):
    assert calculos.intervalo_byar(eventos) == pytest.approx(byar, abs=1e-6)
    assert calculos.intervalo_exacto(eventos) == pytest.approx(exacto, abs=1e-6)


@given(st.integers(0, 10**7), st.fractions(1, 10**8, max_denominator=366))
def test_la_tasa_es_la_fraccion_exacta(carpetas, poblacion):
    assert calculos.calcular_tasa(carpetas, poblacion).valor == float(carpetas * 100_000 / poblacion)


def test_byar_y_exacto_casi_coinciden_donde_cambian():
    for eventos in range(10, 60):
        exacto, byar = calculos.intervalo_exacto(eventos), calculos.intervalo_byar(eventos)
        assert byar == pytest.approx(exacto, rel=0.002)


def test_un_conteo_negativo_no_tiene_intervalo():
    with pytest.raises(ValueError, match="negativo"):
        calculos.intervalo_del_conteo(-1)


@pytest.mark.parametrize(
    ("carpetas", "poblacion", "tasa"),
    [
        (919, 1_637_477, "56.1229"),
        (10, 803_373, "1.2448"),
        (617, 736_743, "83.7470"),
        (29_095, 125_995_825, "23.0920"),
        (847, Fraction(1_637_477 * 6 + 1_661_295 * 6, 12), "51.3524"),
        (0, 1000, "0.0000"),
    ],
)
def test_tasa(carpetas, poblacion, tasa):
    assert f"{calculos.calcular_tasa(carpetas, poblacion).valor:.4f}" == tasa


@pytest.mark.parametrize("poblacion", [None, 0, Fraction(0), -5])
def test_sin_poblacion_no_hay_tasa(poblacion):
    assert calculos.calcular_tasa(7, poblacion) is None


def test_un_menos_uno_oficial_no_tiene_tasa():
    assert calculos.calcular_tasa(-1, 390_000) is None


def test_menos_de_veinte_es_inestable_y_no_se_oculta():
    assert calculos.calcular_tasa(19, 100_000).inestable
    assert calculos.calcular_tasa(19, 100_000).valor == pytest.approx(19)
    assert not calculos.calcular_tasa(20, 100_000).inestable


def test_poblacion_entre_dos_anios():
    assert calculos.poblacion_expuesta([(1200, 6), (2400, 6)]) == 1800
    assert calculos.poblacion_expuesta([(1_637_477, 12)]) == 1_637_477


@given(st.integers(0, 50_000), st.integers(1, 140_000_000))
def test_la_tasa_queda_dentro_de_su_intervalo(carpetas, poblacion):
    tasa = calculos.calcular_tasa(carpetas, poblacion)
    assert 0 <= tasa.inferior <= tasa.valor <= tasa.superior
    assert tasa.superior > 0


@given(st.integers(0, 9))
def test_el_exacto_deja_la_cola_que_promete(eventos):
    inferior, superior = calculos.intervalo_exacto(eventos)
    assert calculos.poisson_acumulada(eventos, superior) == pytest.approx(0.025, abs=1e-9)
    if eventos:
        assert 1 - calculos.poisson_acumulada(eventos - 1, inferior) == pytest.approx(0.025, abs=1e-9)
