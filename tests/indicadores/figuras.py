"""Figures made up for the tests of what compares and orders them."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from indicadores.calculos import calcular_tasa
from indicadores.composicion import Renglon
from indicadores.periodos import mes

NOMBRES = {"08037": "Juárez, Chihuahua", "11020": "León, Guanajuato"}


def figura(territorio="08037", carpetas=919, poblacion=1_637_477, anio=2024, **cambios):
    """A whole year of homicidio doloso in one municipality, with what a test changes."""
    poblacion = None if poblacion is None else Fraction(poblacion)
    base = Renglon(
        territorio=territorio,
        nombre=NOMBRES.get(territorio, territorio),
        delito="homicidio-doloso",
        periodo=str(anio),
        primero=mes(anio, 1),
        ultimo=mes(anio, 12),
        carpetas=carpetas,
        poblacion=poblacion,
        tasa=None if carpetas is None else calcular_tasa(carpetas, poblacion),
        cubiertas=1,
        unidades=1,
        instrumento="CNSP/38/15",
        cortes=(dt.date(2025, 6, 1),),
        ambitos=("municipal",),
        cargas=frozenset([1]),
        edicion_poblacion="CONAPO",
        partes=(territorio,),
    )
    return replace(base, **cambios)
