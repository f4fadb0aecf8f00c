"""Which counts answer to the public name of a crime, in each instrument."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from indicadores.models import Delito


class DelitoDesconocido(Exception):
    """No entry of the catalogues has that address."""


@dataclass(slots=True)
class DelitoElegido:
    """A crime by its slug, and the subtipos that add up to it in each instrument."""

    slug: str
    nombre: str
    nivel: int
    bien: str
    subtipos: dict[str, tuple[int, ...]] = field(default_factory=dict)
    nombres: dict[str, list[str]] = field(default_factory=dict)

    @property
    def todos_los_subtipos(self) -> list[int]:
        """Ids of its subtipos in every instrument."""
        return [subtipo for subtipos in self.subtipos.values() for subtipo in subtipos]

    @property
    def en_frase(self) -> str:
        """The name inside a sentence: «robo a negocio», «delitos electorales»."""
        if self.nivel == 1:
            return f"delitos del bien jurídico «{self.nombre}»"
        nombre = self.nombre[:1].lower() + self.nombre[1:]
        return f"delitos {nombre}" if nombre.startswith(("contra ", "electorales")) else nombre


def catalogo() -> dict[str, DelitoElegido]:
    """Every crime with an address, by slug, in the official order. One query.

    The name of a subtipo is often also that of its tipo («Feminicidio»): the address is then
    of the subtipo, which is the narrower. Each instrument is settled by itself: «Extorsión»
    is a subtipo of CNSP/38/15 and only a tipo of the RNID.
    """
    filas = (
        Delito.objects.subtipos()
        .order_by("instrumento", "orden")
        .values_list(
            "instrumento",
            "pk",
            "slug",
            "nombre",
            "padre__slug",
            "padre__nombre",
            "padre__padre__slug",
            "padre__padre__nombre",
        )
    )
    candidatos: dict[tuple[str, str], dict[int, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    elegidos: dict[str, DelitoElegido] = {}
    for instrumento, pk, slug, nombre, tipo_slug, tipo, bien_slug, bien in filas:
        for nivel, su_slug, su_nombre in ((3, slug, nombre), (2, tipo_slug, tipo), (1, bien_slug, bien)):
            candidatos[su_slug, instrumento][nivel].append((pk, nombre))
            elegido = elegidos.setdefault(su_slug, DelitoElegido(su_slug, su_nombre, nivel, bien))
            elegido.nivel = max(elegido.nivel, nivel)
    for (slug, instrumento), niveles in candidatos.items():
        subtipos = niveles[max(niveles)]
        elegidos[slug].subtipos[instrumento] = tuple(pk for pk, _ in subtipos)
        elegidos[slug].nombres[instrumento] = [nombre for _, nombre in subtipos]
    return elegidos


def buscar(todos: dict[str, DelitoElegido], slug: str) -> DelitoElegido:
    """The crime of that address.

    Raises:
        DelitoDesconocido: if there is none.
    """
    if slug not in todos:
        raise DelitoDesconocido(slug)
    return todos[slug]
