"""Is one rate really above another, or may chance alone tell them apart? Pure, no database.

Two counts taken as Poisson, given their sum, follow a binomial law whose odds are the ratio
of their rates times that of their populations. From it come the exact conditional limits of
that ratio (Clopper–Pearson) and the exact test: the two agree always. Whether two intervals
overlap proves nothing and is not used. Counts of carpetas are over-dispersed, so what is said
to differ from chance does so from the least chance that there is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from comun.formatos import mes_largo, numero
from indicadores.beta import beta_incompleta, factor
from indicadores.calculos import CONFIANZA, MINIMO_ESTABLE
from indicadores.composicion import Renglon
from indicadores.periodos import Periodicidad
from indicadores.territorios import PREFIJO_MESA

COLA = (1 - CONFIANZA) / 2
"""Risk left on each side."""

DISTINGUIBLE = "distinguible del azar"

Expuesta = Fraction | int
"""Population, or population by time, that a count comes from."""


@dataclass(frozen=True, slots=True)
class Razon:
    """How many times one rate is another, with its 95 % interval; None is without limit."""

    valor: float | None
    inferior: float
    superior: float | None
    distinguible: bool

    @property
    def texto(self) -> str:
        """«1.7 veces (1.6 a 1.9)», «al menos 3.2 veces» or «no distinguible del azar»."""
        if not self.distinguible:
            return f"no {DISTINGUIBLE}"
        decimales = self._decimales()
        inferior, superior = numero(self.inferior, decimales), numero(self.superior, decimales)
        if self.valor is None:
            return f"al menos {inferior} veces"
        if self.valor == 0:
            return f"a lo más {superior} veces"
        return f"{numero(self.valor, decimales)} veces ({inferior} a {superior})"

    def _decimales(self) -> int:
        """One; more where with one the limits would seem to reach the ratio itself, 1 or nothing."""
        cifras = [cifra for cifra in (self.inferior, self.valor, self.superior) if cifra]
        for decimales in range(1, 6):
            escritas = {round(cifra, decimales) for cifra in cifras}
            if len(escritas) == len(cifras) and not escritas & {0, 1}:
                return decimales
        return 6


def razon_de_tasas(c1: int, p1: Expuesta, c2: int, p2: Expuesta) -> Razon | None:
    """Rate of `c1` in `p1` over that of `c2` in `p2`; None if neither has any event.

    Raises:
        ValueError: for a negative count or a population that is not positive.
    """
    _revisar(c1, p1, c2, p2)
    if c1 == c2 == 0:
        return None
    momio = float(Fraction(p2) / Fraction(p1))
    return Razon(
        valor=c1 / c2 * momio if c2 else None,
        inferior=_momio_inferior(c1, c2 + 1) * momio if c1 else 0.0,
        superior=momio / _momio_inferior(c2, c1 + 1) if c2 else None,
        distinguible=son_distinguibles(c1, p1, c2, p2),
    )


def son_distinguibles(c1: int, p1: Expuesta, c2: int, p2: Expuesta) -> bool:
    """True if chance alone would part the two rates so much less than one time in twenty."""
    _revisar(c1, p1, c2, p2)
    todos = Fraction(p1) + Fraction(p2)
    parte, resto = float(p1 / todos), float(p2 / todos)
    de_mas = beta_incompleta(c1, c2 + 1, parte, resto) if c1 else 1.0
    de_menos = beta_incompleta(c2, c1 + 1, resto, parte) if c2 else 1.0
    return de_mas < COLA or de_menos < COLA


def _revisar(c1: int, p1: Expuesta, c2: int, p2: Expuesta) -> None:
    if c1 < 0 or c2 < 0:
        raise ValueError("Un conteo de carpetas no puede ser negativo.")
    if p1 <= 0 or p2 <= 0:
        raise ValueError("Sin población no hay tasas que comparar.")


def _momio_inferior(a: int, b: int) -> float:
    """Odds x ÷ (1 − x) at which I_x(a, b) is the tail, by Newton's method on its logarithm.

    Seen from the logarithm of the odds that logarithm is concave, so every step falls short of
    the root from its left: it arrives from anywhere and never overshoots twice.
    """
    t = math.log(a / b) - 2 * math.sqrt(1 / a + 1 / b)
    for _ in range(100):
        x, y = 1 / (1 + math.exp(-t)), 1 / (1 + math.exp(t))
        cola = beta_incompleta(a, b, x, y)
        paso = math.log(COLA / cola) * cola / factor(a, b, x, y)
        t += paso
        if abs(paso) < 1e-12 * max(1, abs(t)):
            break
    return math.exp(t)


# ── What would be a change ──────────────────────────────────────────────────────────────


class CambioMinimo(NamedTuple):
    """The nearest counts of the next span that chance would not explain; None if no fall would do."""

    menor: int | None
    mayor: int

    @property
    def texto(self) -> str:
        """«tendría que bajar a 12 o subir a 41»."""
        if self.menor is None:
            return f"tendría que subir a {numero(self.mayor)}; ninguna baja se distinguiría del azar"
        return f"tendría que bajar a {numero(self.menor)} o subir a {numero(self.mayor)}"

    def porcentajes(self, carpetas: int) -> tuple[float | None, float | None]:
        """The same as a percentage of what there is now; None where a percentage would mislead."""
        menor = None if self.menor is None else cambio_porcentual(carpetas, self.menor)
        return menor, cambio_porcentual(carpetas, self.mayor)


def diferencia_minima(carpetas: int, poblacion: Expuesta, otra_poblacion: Expuesta | None = None) -> CambioMinimo:
    """The smallest fall and the smallest rise that would differ from chance in a span to come.

    Args:
        carpetas: what was counted.
        poblacion: where it was counted.
        otra_poblacion: that of the span to come; the same if it is not given.
    """
    otra = poblacion if otra_poblacion is None else otra_poblacion
    _revisar(carpetas, poblacion, 0, otra)
    igual = int(carpetas * Fraction(otra) / Fraction(poblacion))

    def difiere(cuantas: int) -> bool:
        return son_distinguibles(carpetas, poblacion, cuantas, otra)

    menor = None
    if difiere(0) and igual:
        menor, no = 0, igual  # the same rate never differs
        while no - menor > 1:
            medio = (menor + no) // 2
            menor, no = (medio, no) if difiere(medio) else (menor, medio)
    no, salto = igual, 1
    while not difiere(igual + salto):
        no, salto = igual + salto, salto * 2
    mayor = igual + salto
    while mayor - no > 1:
        medio = (no + mayor) // 2
        no, mayor = (no, medio) if difiere(medio) else (medio, mayor)
    return CambioMinimo(menor, mayor)


def cambio_porcentual(antes: int, despues: int) -> float | None:
    """Change in per cent, or None with fewer than 20 events before: from 2 to 3 is not «50 % more»."""
    if antes < MINIMO_ESTABLE:
        return None
    return (despues - antes) * 100 / antes


# ── Two figures of the portal ───────────────────────────────────────────────────────────


class NoComparables(Exception):
    """Two figures that may not stand side by side; the text is the reason, for the reader."""


@dataclass(frozen=True, slots=True)
class Comparacion:
    """Two figures side by side. `razon` is that of the first over the second, None if both are zero."""

    uno: Renglon
    otro: Renglon
    razon: Razon | None
    avisos: tuple[str, ...]

    @property
    def es_en_el_tiempo(self) -> bool:
        """True for two spans of one place; false for two places in one span."""
        return self.uno.territorio == self.otro.territorio

    @property
    def frase(self) -> str:
        """The whole comparison in a sentence."""
        uno, otro = self.uno, self.otro
        if self.es_en_el_tiempo:
            primera, segunda, donde = _lapso(uno), _lapso(otro), f"{uno.nombre}:"
        else:
            primera, segunda, donde = _nombre(uno), _nombre(otro), f"En {_lapso(uno)},"
        if self.razon is None:
            return f"{donde} no hubo carpetas ni en {primera} ni en {segunda}."
        tasa = "tasa llevada a un año" if uno.periodicidad is Periodicidad.ANUALIZADA else "tasa"
        if not self.razon.distinguible:
            return f"{donde} la diferencia entre la {tasa} de {primera} y la de {segunda} no es {DISTINGUIBLE}."
        return f"{donde} la {tasa} de {primera} fue {self.razon.texto} la de {segunda}."


def comparar(uno: Renglon, otro: Renglon) -> Comparacion:
    """Two places in one span, or two spans of one place, of the same crime and instrument.

    Raises:
        NoComparables: with the reason, when nothing true could be said of the two.
    """
    motivo = next(_estorbos(uno, otro), None)
    if motivo is not None:
        raise NoComparables(motivo)
    razon = razon_de_tasas(uno.carpetas, uno.exposicion, otro.carpetas, otro.exposicion)
    return Comparacion(uno, otro, razon, tuple(_avisos(uno, otro)))


def _estorbos(uno: Renglon, otro: Renglon) -> Iterator[str]:
    """What keeps two figures apart, the gravest first."""
    if uno.delito != otro.delito:
        yield "Son delitos distintos."
    if uno.instrumento != otro.instrumento:
        yield (
            f"Una cifra es de {uno.instrumento} y la otra de {otro.instrumento}: en enero de 2026 cambió la "
            "clasificación de los delitos, y lo de antes no se compara con lo de después."
        )
    if uno.periodicidad != otro.periodicidad or uno.ultimo - uno.primero != otro.ultimo - otro.primero:
        yield "Los lapsos no duran lo mismo."
    mismo_lugar, mismo_lapso = uno.territorio == otro.territorio, uno.primero == otro.primero
    if mismo_lugar and mismo_lapso:
        yield "Es la misma cifra."
    if not mismo_lugar and not mismo_lapso:
        yield "Se comparan dos lugares en el mismo lapso o dos lapsos del mismo lugar."
    if not mismo_lugar and set(uno.partes) == set(otro.partes):
        yield f"{_mayuscula(_nombre(uno))} y {_nombre(otro)} son el mismo territorio: no hay qué comparar."
    if mismo_lugar and uno.primero <= otro.ultimo and otro.primero <= uno.ultimo:
        yield "Los dos lapsos comparten meses."
    for r in (uno, otro):
        if r.tasa is None:
            yield f"No hay tasa de {_nombre(r)} en {_lapso(r)}."
    if uno.edicion_poblacion != otro.edicion_poblacion:
        yield "Cada tasa usa una edición distinta de la población."


def _avisos(uno: Renglon, otro: Renglon) -> Iterator[str]:
    """What must be said beside a comparison that can be made."""
    for r in (uno, otro):
        if not r.completa:
            yield f"La cifra de {_nombre(r)} en {_lapso(r)} cubre {r.cobertura}: falta parte del territorio."
    if uno.territorio == otro.territorio:
        if _con_cifra(uno) != _con_cifra(otro):
            yield f"La cifra de {_nombre(uno)} no suma los mismos lugares en los dos lapsos."
        return
    en_comun = 0
    for parte, todo in ((uno, otro), (otro, uno)):
        dentro = sum(clave in todo.partes or clave[:2] in todo.partes for clave in parte.partes)
        if dentro == len(parte.partes):
            yield f"{_mayuscula(_nombre(parte))} es parte de {_nombre(todo)}: con el resto, la diferencia es mayor."
            return
        en_comun += dentro
    if en_comun:
        yield f"{_mayuscula(_nombre(uno))} y {_nombre(otro)} tienen lugares en común: cuentan en las dos tasas."


def _con_cifra(r: Renglon) -> set[str]:
    return set(r.partes) - set(r.faltantes)


def _nombre(r: Renglon) -> str:
    """«Tampico, Tamaulipas», «la mesa Torreón»."""
    return f"la m{r.nombre[1:]}" if r.territorio.startswith(PREFIJO_MESA) else r.nombre


def _mayuscula(texto: str) -> str:
    return texto[:1].upper() + texto[1:]


def _lapso(r: Renglon) -> str:
    """«2024», «enero de 2025», «los 12 meses que terminaron en junio de 2025»."""
    cuando = mes_largo(r.periodo)
    return f"los 12 meses que terminaron en {cuando}" if r.periodicidad is Periodicidad.MOVIL12 else cuando
