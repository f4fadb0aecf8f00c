"""The official catalogue of crimes of each instrument, as a file is matched against it.

The catalogue is `indicadores/datos/taxonomia.csv`, in the spelling and order of the source.
Two spellings are the same when they only differ in accents, capitals or spaces: the source
itself is irregular («la Integridad corporal», «la integridad corporal»).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from indicadores.texto import normalizar

DATOS = Path(__file__).resolve().parent.parent / "datos"
DATOS_DE_MESAS = Path(__file__).resolve().parents[2] / "mesas" / "datos"
CNSP = "CNSP/38/15"
RNID = "RNID"
PRIMER_ANIO_CNSP = 2015
PRIMER_ANIO_RNID = 2026
SIN_MODALIDAD = "No especificado"
MAXIMO_DE_COMBINACIONES = 128
"""Room for the combinations of a file: they are followed as bits of two 64-bit masks."""

Llave = tuple[str, str, str]
"""A subtipo by its normalised names: bien, tipo and subtipo."""


class Combinacion(NamedTuple):
    """What a row counts: the four official names, in the spelling of the source."""

    bien: str
    tipo: str
    subtipo: str
    modalidad: str

    @property
    def llave(self) -> Llave:
        """Its subtipo."""
        return normalizar(self.bien), normalizar(self.tipo), normalizar(self.subtipo)

    @property
    def texto(self) -> tuple[str, str, str, str]:
        """By what it is recognised in any spelling."""
        return *self.llave, normalizar(self.modalidad)

    def __str__(self) -> str:
        return " ▸ ".join(self)


@dataclass(frozen=True)
class Catalogo:
    """Combinations by their number in a reading: the official ones first, then what the file adds."""

    instrumento: str
    combinaciones: tuple[Combinacion, ...]
    oficiales: int

    def numeros(self) -> dict[tuple[str, str, str, str], int]:
        """Number of each combination by its normalised text."""
        return {combinacion.texto: numero for numero, combinacion in enumerate(self.combinaciones)}

    def subtipos(self) -> dict[Llave, int]:
        """Mask of the combinations of each subtipo."""
        mascaras: dict[Llave, int] = defaultdict(int)
        for numero, combinacion in enumerate(self.combinaciones):
            mascaras[combinacion.llave] |= 1 << numero
        return dict(mascaras)

    @property
    def completo(self) -> int:
        """Mask of all the official combinations."""
        return (1 << self.oficiales) - 1

    def con(self, nuevas: list[Combinacion]) -> Catalogo:
        """The catalogue and what a file brings besides."""
        return Catalogo(self.instrumento, (*self.combinaciones, *nuevas), self.oficiales)


def instrumento_de(anio: int) -> str:
    """Rulebook under which a year was counted: nothing crosses January 2026."""
    return RNID if anio >= PRIMER_ANIO_RNID else CNSP


@cache
def oficial(instrumento: str) -> Catalogo:
    """The official catalogue of an instrument."""
    with (DATOS / "taxonomia.csv").open(encoding="utf-8", newline="") as archivo:
        filas = [fila for fila in csv.reader(archivo) if fila[0] == instrumento]
    combinaciones = tuple(Combinacion(*fila[1:]) for fila in filas)
    return Catalogo(instrumento, combinaciones, len(combinaciones))


@cache
def entidades() -> dict[str, tuple[str, str]]:
    """Official and short name of each entidad by its two digits."""
    with (DATOS_DE_MESAS / "entidades.csv").open(encoding="utf-8", newline="") as archivo:
        return {fila["clave"]: (fila["nombre"], fila["nombre_corto"]) for fila in csv.DictReader(archivo)}


@cache
def municipios() -> dict[str, str]:
    """Name of each municipality of the country by its five digits."""
    with (DATOS_DE_MESAS / "municipios.csv").open(encoding="utf-8", newline="") as archivo:
        return {fila["clave"]: fila["nombre"] for fila in csv.DictReader(archivo)}
