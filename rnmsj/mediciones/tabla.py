"""What a measurement says, as a table for the terminal, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

A_LO_MAS, AL_MENOS = "≤", "≥"


@dataclass(frozen=True, slots=True)
class Medida:
    """One figure. `meta` is what it must be at most or at least, in its own unit; without it, it is only told."""

    parte: str
    nombre: str
    valor: float | None
    unidad: str
    detalle: str = ""
    sentido: str = A_LO_MAS
    meta: float | None = None

    @property
    def cumple(self) -> bool | None:
        """Whether it meets its aim; None if it has none or could not be measured."""
        if self.meta is None or self.valor is None:
            return None
        return self.valor <= self.meta if self.sentido == A_LO_MAS else self.valor >= self.meta

    def celdas(self) -> tuple[str, ...]:
        """As it is shown: name, value, aim, whether it meets it, and what it was measured against."""
        cumple = {True: "sí", False: "no", None: "—"}[self.cumple]
        meta = "—" if self.meta is None else f"{self.sentido} {_cifra(self.meta)} {self.unidad}"
        valor = "no se midió" if self.valor is None else f"{_cifra(self.valor)} {self.unidad}"
        return self.nombre, valor.strip(), meta.strip(), cumple, self.detalle


@dataclass
class Informe:
    """What was measured, and on what."""

    medidas: list[Medida] = field(default_factory=list)
    maquina: str = ""


ENCABEZADO = ("Qué se mide", "Valor", "Meta", "¿Cumple?", "Cómo")


def como_texto(medidas: Sequence[Medida]) -> str:
    """Columns side by side, for the terminal."""
    filas = [ENCABEZADO, *(medida.celdas() for medida in medidas)]
    anchos = [max(len(fila[n]) for fila in filas) for n in range(len(ENCABEZADO) - 1)]
    return "\n".join(
        "  ".join([*(celda.ljust(ancho) for celda, ancho in zip(fila, anchos, strict=False)), fila[-1]]).rstrip()
        for fila in filas
    )


def como_markdown(medidas: Sequence[Medida]) -> str:
    """A table for `docs/`."""
    filas = [ENCABEZADO, ("---",) * len(ENCABEZADO), *(medida.celdas() for medida in medidas)]
    return "\n".join(f"| {' | '.join(celda.replace('|', '/') for celda in fila)} |" for fila in filas)


def como_datos(medidas: Sequence[Medida]) -> list[dict[str, object]]:
    """For JSON."""
    return [asdict(medida) | {"cumple": medida.cumple} for medida in medidas]


def _cifra(valor: float) -> str:
    if valor >= 100 or valor == int(valor):
        return f"{valor:,.0f}"
    return f"{valor:,.2f}"
