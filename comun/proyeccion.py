"""From longitude and latitude to the plane of the portal's maps.

Lambert conformal conic with the parallels that INEGI uses for the whole country (17.5° and 29.5°), so the
outline is the one people know from school. The frame is fitted to the entidades: 2000 units wide.
"""

from __future__ import annotations

from math import cos, log, pi, radians, sin, tan

ANCHO, ALTO = 2000.0, 1362.0
_PARALELOS = (radians(17.5), radians(29.5))
_ORIGEN_LON = radians(-102.0)
_ESCALA, _DX, _DY = 4196.6, 949.0, 1564.0


def _t(latitud: float) -> float:
    return tan(pi / 4 + latitud / 2)


_N = log(cos(_PARALELOS[0]) / cos(_PARALELOS[1])) / log(_t(_PARALELOS[1]) / _t(_PARALELOS[0]))
_F = cos(_PARALELOS[0]) * _t(_PARALELOS[0]) ** _N / _N
_RO_0 = _F / _t(radians(12.0)) ** _N


def plano(longitud: float, latitud: float) -> tuple[float, float]:
    """Conic plane, in radii of the Earth, y upwards."""
    ro = _F / _t(radians(latitud)) ** _N
    angulo = _N * (radians(longitud) - _ORIGEN_LON)
    return ro * sin(angulo), _RO_0 - ro * cos(angulo)


def proyectar(longitud: float, latitud: float) -> tuple[float, float]:
    """Place on the map of the country, in its units, y downwards."""
    x, y = plano(longitud, latitud)
    return _DX + _ESCALA * x, _DY - _ESCALA * y
