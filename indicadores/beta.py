"""The incomplete beta function, which is the tail of a binomial law. Pure arithmetic.

P(X ≥ k) of a binomial law of n draws is I_p(k, n − k + 1). Counts of carpetas go from zero to
tens of millions, so nothing here adds a term per event: a continued fraction (Lentz; Numerical
Recipes, §6.4) gives the tail, and Stirling's series the factor before it without the
cancellation that a difference of log-gammas of millions would suffer.
"""

from __future__ import annotations

import math

_PASOS = 200_000
_PRECISION = 1e-15
_MINIMO = 1e-300
_DESDE_STIRLING = 12.0


def beta_incompleta(a: float, b: float, x: float, y: float) -> float:
    """I_x(a, b) for a, b > 0. `y` is 1 − x, given apart so that neither loses its digits near 0."""
    if x <= 0:
        return 0.0
    if y <= 0:
        return 1.0
    if x * (a + b + 2) < a + 1:
        return factor(a, b, x, y) * _fraccion(a, b, x) / a
    return 1 - factor(b, a, y, x) * _fraccion(b, a, y) / b


def factor(a: float, b: float, x: float, y: float) -> float:
    """x^a · y^b ÷ B(a, b): besides, what I_x(a, b) grows when the logit of x does."""
    n = a + b
    # a·ln(x ÷ (a ÷ n)) + b·ln(y ÷ (b ÷ n)), each from how far x is from its mean.
    lejos = x * b - y * a
    exponente = a * math.log1p(lejos / a) if lejos > -a / 2 else a * math.log(x * n / a)
    exponente += b * math.log1p(-lejos / b) if lejos < b / 2 else b * math.log(y * n / b)
    exponente += _resto_de_stirling(n) - _resto_de_stirling(a) - _resto_de_stirling(b)
    return math.sqrt(a * b / (2 * math.pi * n)) * math.exp(exponente)


def _resto_de_stirling(z: float) -> float:
    """ln Γ(z) less Stirling's formula for it."""
    if z < _DESDE_STIRLING:
        return math.lgamma(z) - ((z - 0.5) * math.log(z) - z + 0.5 * math.log(2 * math.pi))
    cuadrado = z * z
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / cuadrado) / cuadrado) / cuadrado) / cuadrado) / z


def _fraccion(a: float, b: float, x: float) -> float:
    """Lentz's method for the continued fraction of I_x(a, b)."""
    c = 1.0
    d = 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > _MINIMO else _MINIMO)
    total = d
    for m in range(1, _PASOS):
        par = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        impar = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for termino in (par, impar):
            d = 1 + termino * d
            d = 1 / (d if abs(d) > _MINIMO else _MINIMO)
            c = 1 + termino / c
            c = c if abs(c) > _MINIMO else _MINIMO
            paso = c * d
            total *= paso
        if abs(paso - 1) < _PRECISION:
            return total
    raise ArithmeticError("La fracción continua no convergió.")
