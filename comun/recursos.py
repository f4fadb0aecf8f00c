"""What a table of open data is, said once: pages, data package, OpenAPI and the door itself read it from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

TIPOS_DE_MEDIO = {"csv": "text/csv", "json": "application/json"}
"""By the extension of the address."""


class Campo(NamedTuple):
    """A column: its name, its Frictionless type and what it holds, in plain Spanish."""

    nombre: str
    tipo: str
    que: str


@dataclass(frozen=True, slots=True)
class Parametro:
    """What may follow the «?» of an address.

    `valores` is the whole list when it is closed; `forma`, the regular expression of a value
    when it is not but has a shape. `ejemplo` is a value that always works.
    """

    nombre: str
    que: str
    ejemplo: str
    valores: tuple[str, ...] = ()
    forma: str = ""
    repetible: bool = False


@dataclass(frozen=True, slots=True)
class Recurso:
    """A table with an address of its own in CSV and in JSON.

    `segundos` is for how long whoever keeps a copy may show it without asking again. Zero for
    what an assembly or a person may withdraw: it must vanish at once, everywhere.
    """

    nombre: str
    titulo: str
    descripcion: str
    campos: tuple[Campo, ...]
    parametros: tuple[Parametro, ...] = ()
    ejemplo: str = ""
    segundos: int = 0

    @property
    def columnas(self) -> tuple[str, ...]:
        """Header of the CSV and keys of the JSON."""
        return tuple(campo.nombre for campo in self.campos)

    @property
    def nombres_de_parametros(self) -> tuple[str, ...]:
        """What the address accepts."""
        return tuple(parametro.nombre for parametro in self.parametros)

    @property
    def repetibles(self) -> tuple[str, ...]:
        """Parameters that may be given several times."""
        return tuple(parametro.nombre for parametro in self.parametros if parametro.repetible)

    def direccion(self, formato: str) -> str:
        """Its address in a format."""
        return reverse(f"datos_{self.nombre}", args=[formato])

    @property
    def csv(self) -> str:
        """Address of the CSV."""
        return self.direccion("csv")

    @property
    def json(self) -> str:
        """Address of the JSON."""
        return self.direccion("json")
