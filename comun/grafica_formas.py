"""What a line chart is made of: what the caller gives (`Serie`, `Punto`, `Quiebre`, `Marca`) and what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Punto:
    """A figure in a period. `y` None = there is none. `etiqueta` is what the tooltip says instead of the usual."""

    x: str | int
    y: float | None
    inf: float | None = None
    sup: float | None = None
    inestable: bool = False
    etiqueta: str = ""


@dataclass(frozen=True)
class Serie:
    """A line. `clase` 1 to 6 chooses its colour, its dash and its shape."""

    nombre: str
    puntos: Sequence[Punto]
    clase: int = 1


@dataclass(frozen=True)
class Quiebre:
    """A change of method that takes effect in the period `x`: nothing is compared across it."""

    x: str | int
    texto: str


@dataclass(frozen=True)
class Marca:
    """Something that happened at a time and has a page: an agreement. `periodo` is AAAA, AAAA-MM or a date."""

    periodo: str
    texto: str
    url: str


@dataclass(frozen=True)
class Rotulo:
    """A tick of an axis."""

    lugar: float
    texto: str


@dataclass(frozen=True)
class PuntoDibujado:
    """A mark on the line."""

    x: float
    y: float
    inestable: bool


@dataclass(frozen=True)
class SerieDibujada:
    """A line with its band, its marks and its name at the end."""

    nombre: str
    clase: int
    simbolo: str
    linea: str
    banda: str
    puntos: Sequence[PuntoDibujado]
    renglones: Sequence[str] = ()
    rotulo_x: float = 0.0
    rotulo_y: float = 0.0
    guia: str = ""

    @property
    def marcas(self) -> str:
        """One path with the shape of the series at every steady figure."""
        return self._sembrar(inestable=False)

    @property
    def marcas_inestables(self) -> str:
        """The same at every unstable figure: it is drawn hollow."""
        return self._sembrar(inestable=True)

    def _sembrar(self, *, inestable: bool) -> str:
        forma = f"m{self.simbolo[1:]}"
        return "".join(f"M{p.x} {p.y}{forma}" for p in self.puntos if p.inestable is inestable)


@dataclass(frozen=True)
class QuiebreDibujado:
    """The dashed vertical and its words."""

    x: float
    texto: str
    texto_x: float
    ancla: str


@dataclass(frozen=True)
class MarcaDibujada:
    """A numbered mark: `x` is its time, `sello_x` where its number fits without touching another."""

    numero: int
    x: float
    sello_x: float
    periodo: str
    texto: str
    url: str


@dataclass(frozen=True)
class Zona:
    """The strip of a period: what the tooltip says when it is pointed at, touched or reached by keyboard."""

    x: float
    ancho: float
    centro: float
    texto: str


@dataclass(frozen=True)
class GraficaLinea:
    """All that `_piezas/grafica_linea.html` draws. `techo` is where verticals begin, `arriba` where figures do."""

    ancho: int
    alto: int
    izquierda: float
    derecha: float
    techo: float
    arriba: float
    abajo: float
    unidad: str
    eje_x: Sequence[Rotulo]
    eje_y: Sequence[Rotulo]
    series: Sequence[SerieDibujada]
    quiebres: Sequence[QuiebreDibujado]
    marcas: Sequence[MarcaDibujada]
    zonas: Sequence[Zona]
    descripcion: str
    con_banda: bool
    con_inestables: bool
    con_nombres: bool


@dataclass(frozen=True)
class Grafica:
    """A chart for wide screens and its twin for phones, with the table behind both."""

    titulo: str
    ancha: GraficaLinea
    angosta: GraficaLinea
    columnas: Sequence[dict[str, object]] = field(default_factory=list)
    filas: Sequence[Sequence[str]] = field(default_factory=list)
