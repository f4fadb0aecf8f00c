"""The method in figures: every number that the methodology page says comes from the code that uses it."""

from __future__ import annotations

from typing import Any

from indicadores import calculos, clasificacion, territorios
from indicadores.comparacion import razon_de_tasas
from indicadores.consultas import MAXIMO_EN_UNA_GRAFICA
from indicadores.fichas.sellos import FUENTE
from indicadores.forms_lugares import MINIMOS
from indicadores.models import PRIMER_ANIO_RNID

EVENTOS_DE_EJEMPLO = (0, 1, 5, calculos.DESDE_BYAR, calculos.MINIMO_ESTABLE, 100, 1000)
"""Counts whose interval the page shows, so that its method can be checked by hand."""

POBLACION_DE_EJEMPLO = 800_000


def contexto() -> dict[str, Any]:
    """Constants and worked examples. The examples are arithmetic: they are of no place."""
    ejemplo = calculos.calcular_tasa(24, POBLACION_DE_EJEMPLO)
    comparada = razon_de_tasas(24, POBLACION_DE_EJEMPLO, 36, POBLACION_DE_EJEMPLO)
    return {
        "fuente": FUENTE,
        "por_habitantes": calculos.POR_HABITANTES,
        "confianza": round(calculos.CONFIANZA * 100),
        "desde_byar": calculos.DESDE_BYAR,
        "minimo_estable": calculos.MINIMO_ESTABLE,
        "meses_del_anio": calculos.MESES_DEL_ANIO,
        "minimo_nacional": round(territorios.MINIMO_NACIONAL * 100),
        "maximo_de_un_grupo": territorios.MAXIMO_DE_UN_GRUPO,
        "primer_anio_rnid": PRIMER_ANIO_RNID,
        "minimo_poblacion": clasificacion.MINIMO_POBLACION,
        "minimos": MINIMOS,
        "casi_todos": round(clasificacion.CASI_TODOS * 100),
        "maximo_en_una_grafica": MAXIMO_EN_UNA_GRAFICA,
        "ejemplo": ejemplo,
        "poblacion_de_ejemplo": POBLACION_DE_EJEMPLO,
        "comparada": comparada,
        "intervalos": [
            (
                eventos,
                *calculos.intervalo_del_conteo(eventos),
                "exacto" if eventos < calculos.DESDE_BYAR else "Byar",
                calculos.es_inestable(eventos),
            )
            for eventos in EVENTOS_DE_EJEMPLO
        ],
    }
