"""Which counts answer to the public name of a crime, in each instrument."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from indicadores.models import Delito

SEPARADOR = ":"
"""Between the address of a subtipo and that of its modalidad: `homicidio-doloso:con-arma-de-fuego`."""

Pedido = tuple[int, int, int | None, bool, int]
"""Whose alcance, whose counts, level of the sum that would make it needless, if it needs modalidades, parts it is."""


class DelitoDesconocido(Exception):
    """No entry of the catalogues has that address."""


@dataclass(frozen=True, slots=True)
class Nodo:
    """What is read from the tables to count a crime in one instrument.

    `propio` is the id of a tipo or a bien that adds several subtipos, or of a modalidad of a
    subtipo that has several: those have counts of their own. A crime that is all of its only
    subtipo is read from it.
    """

    subtipos: tuple[int, ...]
    propio: int | None = None
    nivel: int = Delito.Nivel.SUBTIPO

    @property
    def partes(self) -> int:
        """How many subtipos must be covered."""
        return len(self.subtipos)

    def pedidos(self) -> Iterator[Pedido]:
        """What to look for: the sum ready made and, where there is none, its parts."""
        if self.nivel == Delito.Nivel.MODALIDAD:
            yield self.subtipos[0], self.propio or self.subtipos[0], None, True, 1
            return
        if self.propio is not None:
            yield self.propio, self.propio, None, False, self.partes
        for subtipo in self.subtipos:
            yield subtipo, subtipo, self.nivel if self.propio is not None else None, False, 1


@dataclass(slots=True)
class DelitoElegido:
    """A crime by its slug, and what adds up to it in each instrument."""

    slug: str
    nombre: str
    nivel: int
    bien: str
    subtipos: dict[str, tuple[int, ...]] = field(default_factory=dict)
    nombres: dict[str, list[str]] = field(default_factory=dict)
    nodos: dict[str, Nodo] = field(default_factory=dict)
    modalidades: dict[str, DelitoElegido] = field(default_factory=dict)

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
    is a subtipo of CNSP/38/15 and only a tipo of the RNID. The modalidades hang from their subtipo.
    """
    filas = (
        Delito.objects.filter(nivel=4)
        .order_by("instrumento", "padre__orden", "orden")
        .values_list(
            "instrumento",
            "pk",
            "slug",
            "nombre",
            *(f"{'padre__' * nivel}{campo}" for nivel in (1, 2, 3) for campo in ("pk", "slug", "nombre")),
        )
    )
    candidatos: dict[tuple[str, str], dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    propios: dict[tuple[str, str, int], int] = {}
    modalidades: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    elegidos: dict[str, DelitoElegido] = {}
    for instrumento, pk, slug, nombre, *arriba in filas:
        subtipo, nombre_del_subtipo, bien = arriba[0], arriba[2], arriba[8]
        modalidades[subtipo].append((pk, slug, nombre))
        for nivel, su_pk, su_slug, su_nombre in ((3, *arriba[:3]), (2, *arriba[3:6]), (1, *arriba[6:])):
            candidatos[su_slug, instrumento][nivel][subtipo] = nombre_del_subtipo
            propios[su_slug, instrumento, nivel] = su_pk
            elegido = elegidos.setdefault(su_slug, DelitoElegido(su_slug, su_nombre, nivel, bien))
            elegido.nivel = max(elegido.nivel, nivel)
    for (slug, instrumento), niveles in candidatos.items():
        nivel = max(niveles)
        subtipos = tuple(niveles[nivel])
        elegido = elegidos[slug]
        elegido.subtipos[instrumento] = subtipos
        elegido.nombres[instrumento] = list(niveles[nivel].values())
        propio = propios[slug, instrumento, nivel] if len(subtipos) > 1 else None
        elegido.nodos[instrumento] = Nodo(subtipos, propio, nivel)
        if nivel == Delito.Nivel.SUBTIPO:
            _agregar_modalidades(elegido, instrumento, subtipos[0], modalidades[subtipos[0]])
    return elegidos


def _agregar_modalidades(
    elegido: DelitoElegido, instrumento: str, subtipo: int, modalidades: list[tuple[int, str, str]]
) -> None:
    for pk, slug, nombre in modalidades:
        direccion = f"{elegido.slug}{SEPARADOR}{slug}"
        propia = elegido.modalidades.setdefault(
            slug, DelitoElegido(direccion, f"{elegido.nombre}: {nombre}", Delito.Nivel.MODALIDAD, elegido.bien)
        )
        propia.subtipos[instrumento] = (subtipo,)
        propia.nombres[instrumento] = [nombre]
        # The only modalidad of a subtipo is the subtipo: it has no counts apart.
        propia.nodos[instrumento] = Nodo((subtipo,), pk if len(modalidades) > 1 else None, Delito.Nivel.MODALIDAD)


def buscar(todos: dict[str, DelitoElegido], slug: str) -> DelitoElegido:
    """The crime of that address; a modalidad is named after its subtipo (`homicidio-doloso:con-arma-de-fuego`).

    Raises:
        DelitoDesconocido: if there is none.
    """
    nombre, _, modalidad = slug.partition(SEPARADOR)
    elegido = todos.get(nombre)
    if elegido is not None and modalidad:
        elegido = elegido.modalidades.get(modalidad)
    if elegido is None or slug.endswith(SEPARADOR):
        raise DelitoDesconocido(slug)
    return elegido
