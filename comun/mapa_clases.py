"""How a map turns figures into colours: the classes, their limits, and what is neither of them.

Five classes at most, by quantiles: the limits put about as many places in each, so that the map shows order
and a few extreme places do not leave all the rest in one tone. Limits are rounded to what the legend prints,
so that a place never stands on the other side of the limit that the reader sees. Places at zero do not move
the limits: they belong to the lowest class whatever their number. No data is hatched, never painted as zero;
a figure from few events keeps its colour under stripes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from comun.formatos import numero


@dataclass(frozen=True)
class DatoDeMapa:
    """What an entidad or a municipality says on the map. `valor` None = no data."""

    clave: str
    nombre: str
    valor: float | None
    texto: str = ""
    inestable: bool = False
    url: str = ""

    @property
    def titulo(self) -> str:
        """What its tooltip says."""
        return f"{self.nombre}: {self.texto or ('sin datos' if self.valor is None else numero(self.valor))}"


@dataclass(frozen=True)
class Forma:
    """A painted shape with the text of its tooltip. `relleno` names the pattern that fills it, if one does."""

    clave: str
    d: str
    clase: str
    titulo: str = ""
    relleno: str = ""
    url: str = ""


@dataclass(frozen=True)
class Clase:
    """A row of the legend."""

    clase: str
    texto: str
    relleno: str = ""


SIN_DATOS = ("m-sin", "trama")


def cortes_por_cuantiles(valores: Sequence[float], clases: int = 5, decimales: int | None = None) -> list[float]:
    """Limits that put about the same number of places in each class, without repeated limits.

    Args:
        valores: those known.
        clases: how many classes at most.
        decimales: of the figures as they are printed; None leaves them as they are.
    """
    vistos = valores if decimales is None else [round(valor, decimales) for valor in valores]
    orden = sorted([valor for valor in vistos if valor > 0] or vistos)
    if not orden:
        return []
    cortes = {orden[min(len(orden) - 1, round(len(orden) * k / clases))] for k in range(1, clases)}
    return sorted(corte for corte in cortes if corte > min(vistos))


def formar(dato: DatoDeMapa, d: str, cortes: Sequence[float], decimales: int | None = None) -> Forma:
    """The shape of a place with the colour of its class: that of the figure as it is printed."""
    if dato.valor is None:
        clase, relleno = SIN_DATOS
    else:
        visto = dato.valor if decimales is None else round(dato.valor, decimales)
        numero_de_clase = 1 + sum(visto >= corte for corte in cortes)
        clase, relleno = f"m-{numero_de_clase}", ""
        if dato.inestable:
            clase, relleno = "m-inestable", f"rayas-{numero_de_clase}"
    return Forma(dato.clave, d, clase, dato.titulo, relleno, dato.url)


def leyenda(datos: Sequence[DatoDeMapa], cortes: Sequence[float], decimales: int) -> list[Clase]:
    """Each class with its range, and the patterns that the map uses."""
    conocidos = [dato.valor for dato in datos if dato.valor is not None]
    textos = [numero(corte, decimales) for corte in cortes]
    tramos: list[str] = []
    if textos and all(isinstance(n, int) for n in [*cortes, *conocidos]):
        menor = min(conocidos, default=0)
        limites = [min(menor, cortes[0] - 1), *cortes]
        tramos = [_enteros(int(a), int(b) - 1) for a, b in pairwise(limites)] + [f"{textos[-1]} o más"]
    elif textos:
        tramos = [f"menos de {textos[0]}", *(f"{a} a menos de {b}" for a, b in pairwise(textos))]
        tramos.append(f"{textos[-1]} o más")
    elif conocidos and decimales:
        tramos = [_rango(conocidos, decimales)]
    filas = [Clase(f"m-{i}", tramo) for i, tramo in enumerate(tramos, start=1)]
    if any(dato.inestable and dato.valor is not None for dato in datos):
        filas.append(Clase("m-inestable", "con rayas: inestable", "rayas-3"))
    if len(conocidos) < len(datos):
        filas.append(Clase(SIN_DATOS[0], "sin datos", SIN_DATOS[1]))
    return filas


def _rango(conocidos: Sequence[float], decimales: int) -> str:
    menor, mayor = numero(min(conocidos), decimales), numero(max(conocidos), decimales)
    return menor if menor == mayor else f"{menor} a {mayor}"


def _enteros(desde: int, hasta: int) -> str:
    return numero(desde) if desde >= hasta else f"{numero(desde)} a {numero(hasta)}"
