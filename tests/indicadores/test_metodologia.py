"""The methodology page says the numbers that the code uses, and says others if the code does."""

import re

import pytest

from comun.formatos import numero
from indicadores import calculos, clasificacion, territorios
from indicadores.consultas import MAXIMO_EN_UNA_GRAFICA
from indicadores.fichas.metodologia import EVENTOS_DE_EJEMPLO, contexto
from indicadores.forms_lugares import MINIMOS
from indicadores.models import PRIMER_ANIO_RNID

pytestmark = pytest.mark.django_db


@pytest.fixture
def pagina(client):
    return " ".join(re.sub(r"<[^>]+>", "", client.get("/indicadores/metodologia/").content.decode()).split())


@pytest.mark.parametrize(
    "frase",
    [
        f"× {numero(calculos.POR_HABITANTES)}",
        f"El intervalo de {round(calculos.CONFIANZA * 100)} %",
        f"con menos de {calculos.DESDE_BYAR} carpetas el intervalo es el exacto",
        f"Con menos de {calculos.MINIMO_ESTABLE} carpetas la tasa es inestable",
        f"Últimos {calculos.MESES_DEL_ANIO} meses",
        f"al menos {round(territorios.MINIMO_NACIONAL * 100)} % de la población",
        f"hasta {territorios.MAXIMO_DE_UN_GRUPO} municipios",
        f"El cambio de {PRIMER_ANIO_RNID}",
        f"lugares de {numero(clasificacion.MINIMO_POBLACION)} habitantes o más",
        f"al menos {round(clasificacion.CASI_TODOS * 100)} % de las entidades",
        f"caben {MAXIMO_EN_UNA_GRAFICA} lugares",
        ", ".join(numero(minimo) for minimo in MINIMOS[:-1]) + f" o {numero(MINIMOS[-1])}",
        "no distinguible del azar",
        "Cero, silencio y futuro",
        "998 y 999",
    ],
)
def test_cada_constante_aparece(pagina, frase):
    assert frase in pagina


def test_los_ejemplos_se_calculan(pagina):
    for eventos in EVENTOS_DE_EJEMPLO:
        inferior, superior = calculos.intervalo_del_conteo(eventos)
        assert f"{numero(eventos)}{numero(inferior, 2)}{numero(superior, 2)}" in pagina.replace(" ", "")
    assert f"son {numero(calculos.calcular_tasa(24, 800_000).valor, 1)} por cada" in pagina


def test_si_el_codigo_cambia_la_pagina_tambien(monkeypatch):
    monkeypatch.setattr(calculos, "MINIMO_ESTABLE", 31)
    monkeypatch.setattr(clasificacion, "MINIMO_POBLACION", 77_000)
    assert (contexto()["minimo_estable"], contexto()["minimo_poblacion"]) == (31, 77_000)
