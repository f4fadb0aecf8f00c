"""What is handed over of an official file that was read and found whole."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import NamedTuple, Self

import duckdb

from indicadores.importadores.catalogo import Combinacion, Llave
from indicadores.importadores.cortes import AlcanceLeido


class MunicipioLeido(NamedTuple):
    """A code of municipality as the file names it. A pseudo-municipality («No Especificado») is no place."""

    nombre: str
    es_pseudo: bool


class Tramo(NamedTuple):
    """Years in which the file brings a municipality: from `desde` until before `hasta`."""

    clave: str
    desde: int
    hasta: int


@dataclass
class Lectura:
    """An official file read and checked. It holds temporary files: use it in a `with`.

    `con` is a DuckDB connection with the figures, which lives as long as the `with`:

    - `celdas(combinacion SMALLINT, territorio INTEGER, anio SMALLINT, m1…m12 INTEGER)`: only
      the rows with some figure other than zero; a blank cell is a 0 here, and only the masks of
      `alcances` tell it from a zero. `territorio` is the code of the municipality (11020) or,
      in a state file, of the entidad (11). In no order.
    - `combinacion(id SMALLINT, bien, tipo, subtipo, modalidad VARCHAR)`: what the file brings.
    """

    con: duckdb.DuckDBPyConnection
    archivo: str
    sha256: str
    bytes: int
    filas: int
    instrumento: str
    ambito: str
    primer_anio: int
    ultimo_anio: int
    corte: dt.date
    forzada: bool
    combinaciones: list[Combinacion]
    municipios: dict[str, MunicipioLeido]
    tramos: list[Tramo]
    alcances: list[AlcanceLeido]
    controles: dict[tuple[str, int], int]
    """Sum of every figure of the file by (entidad, year)."""
    avisos: list[str] = field(default_factory=list)
    modalidad_desconocida: set[Llave] = field(default_factory=set)
    """Subtipos that come whole but without their modalidades: only their sum is known."""
    rapida: bool = True
    """Whether the file was in exact shape."""
    _pila: ExitStack = field(default_factory=ExitStack, repr=False)

    @property
    def total(self) -> int:
        """Sum of every figure of the file."""
        return sum(self.controles.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, clase: type[BaseException] | None, error: BaseException | None, rastro: TracebackType | None
    ) -> None:
        self.cerrar()

    def cerrar(self) -> None:
        """Close the connection and remove the temporary files."""
        self._pila.close()
