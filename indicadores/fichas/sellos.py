"""Where the figures of a page come from, and which of its rows carry one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comun.formatos import enumerar, mes_largo
from indicadores.composicion import Renglon
from indicadores.models import Carga

FUENTE = "SESNSP / CNI, incidencia delictiva del fuero común"


@dataclass(frozen=True, slots=True)
class Sello:
    """Source, cuts, unit and population of some figures, and the files they come from."""

    fuente: str
    corte: str
    unidad: str
    edicion: str
    cargas: Sequence[Carga]

    @property
    def partes(self) -> list[tuple[str, str]]:
        """The same as pairs (name, text), for what is printed on a picture."""
        pares = (
            ("Fuente", self.fuente),
            ("Corte", self.corte),
            ("Unidad", self.unidad),
            ("Población", self.edicion),
        )
        return [(nombre, texto) for nombre, texto in pares if texto]


def sello(renglones: Iterable[Renglon], cargas: Iterable[Carga]) -> Sello:
    """The seal of some rows, of which only those with a figure count."""
    propios = con_cifra(renglones)
    usadas = {pk for renglon in propios for pk in renglon.cargas}
    cargas = [carga for carga in cargas if carga.pk in usadas]
    ambitos = enlistar(sorted({carga.get_ambito_display().lower() for carga in cargas}))
    instrumentos = enlistar(sorted({carga.instrumento for carga in cargas}))
    # Of the rows, not of the files: one file may bring crimes cut at different months.
    cortes = sorted({f"{corte:%Y-%m}" for renglon in propios for corte in renglon.cortes})
    return Sello(
        fuente=f"{FUENTE} {ambitos} ({instrumentos})" if cargas else "",
        corte=enlistar([mes_largo(corte) for corte in cortes]),
        unidad="; ".join(dict.fromkeys(carga.unidad for carga in cargas)),
        edicion=enlistar(sorted({r.edicion_poblacion for r in propios if r.edicion_poblacion})),
        cargas=cargas,
    )


def con_cifra(renglones: Iterable[Renglon]) -> list[Renglon]:
    """Rows that carry a figure."""
    return [renglon for renglon in renglones if renglon.carpetas is not None]


def ultimo_con_cifra(renglones: Iterable[Renglon]) -> Renglon | None:
    """The newest row that carries a figure."""
    return max(con_cifra(renglones), key=lambda renglon: renglon.ultimo, default=None)


def mismo_lapso(uno: Renglon, otro: Renglon) -> bool:
    """True if two rows may stand side by side: same months, same instrument."""
    return (uno.primero, uno.ultimo, uno.instrumento) == (otro.primero, otro.ultimo, otro.instrumento)


def lapso_en_comun(renglones: Iterable[Renglon], otros: Sequence[Renglon]) -> list[Renglon]:
    """Rows that fall between the first and the last month of others."""
    if not otros:
        return []
    primero, ultimo = min(r.primero for r in otros), max(r.ultimo for r in otros)
    return [renglon for renglon in renglones if primero <= renglon.primero and renglon.ultimo <= ultimo]


def enlistar(partes: Sequence[str]) -> str:
    """«2015, 2016 y 2017»; a long list keeps its ends."""
    if not partes:
        return ""
    if len(partes) > 6:
        return f"{partes[0]} a {partes[-1]} ({len(partes)} periodos)"
    return enumerar(partes)
