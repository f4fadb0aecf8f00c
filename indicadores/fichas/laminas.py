"""The chart of a choice as a picture that travels alone."""

from __future__ import annotations

import datetime as dt

from comun import lamina
from indicadores.calculos import MINIMO_ESTABLE
from indicadores.fichas.explorador import Ficha
from indicadores.fichas.lineas import QUIEBRE, series

BANDA = "La banda es el intervalo de 95 %: la variación que cabe esperar por puro azar."
HUECOS = f"Los puntos huecos vienen de menos de {MINIMO_ESTABLE} carpetas: la tasa es inestable."


def svg(ficha: Ficha, *, red: str, direccion: str, fecha: dt.date) -> str:
    """The picture; empty if there is nothing to draw.

    Args:
        red: name of the network, which signs it.
        direccion: where the same choice is seen alive.
        fecha: the day it is made.
    """
    periodicidad = ficha.eleccion.periodicidad
    lineas = series(ficha.grupos, periodicidad, sin_eje=ficha.referencia)
    if not lineas:
        return ""
    inestables = any(punto.inestable for serie in lineas for punto in serie.puntos)
    rotulos = lamina.Rotulos(
        titulo=ficha.titulo,
        subtitulo=periodicidad.unidad.capitalize(),
        notas=[f"{BANDA} {HUECOS}" if inestables else BANDA, *ficha.salvedades[:1], *ficha.faltas[:3]],
        pie=ficha.sello.partes,
        red=red,
        direccion=direccion,
        fecha=fecha,
    )
    return lamina.svg(
        rotulos,
        lineas,
        quiebres=[QUIEBRE],
        marcas=ficha.marcas,
        decimales=ficha.decimales,
    )
