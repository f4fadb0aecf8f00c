"""What is said of an official file that cannot be loaded: where, what it says and why not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

MOSTRADAS = 50
"""Faults told one by one; the rest only count in their kind."""


class ArchivoInvalido(Exception):
    """The file is not what it says; the message tells the line and the reason, in Spanish."""


@dataclass(frozen=True, slots=True)
class Falla:
    """One fault of a file. Line 1 is the header; 0 means that it belongs to no single line."""

    linea: int
    columna: str
    valor: str
    motivo: str
    clase: str

    def __str__(self) -> str:
        donde = ", ".join(
            parte
            for parte in (
                f"línea {self.linea}" if self.linea else "",
                f"columna «{self.columna}»" if self.columna else "",
                f"valor «{self.valor}»" if self.valor else "",
            )
            if parte
        )
        return f"{donde}: {self.motivo}" if donde else self.motivo


@dataclass
class Informe:
    """Every fault found in one reading: how many of each kind, and the first ones in detail."""

    por_clase: Counter[str] = field(default_factory=Counter)
    primeras: list[Falla] = field(default_factory=list)
    se_puede_forzar: bool = False
    """Whether the file only seems incomplete, and may be taken as it is."""

    def __bool__(self) -> bool:
        return bool(self.por_clase)

    @property
    def total(self) -> int:
        """Faults of every kind."""
        return self.por_clase.total()

    def agregar(self, falla: Falla, veces: int = 1) -> None:
        """Count a fault, or `veces` like it, and keep it if it is among the first."""
        self.por_clase[falla.clase] += veces
        if len(self.primeras) < MOSTRADAS:
            self.primeras.append(falla)

    def texto(self) -> str:
        """The report as the terminal shows it."""
        renglones = [f"{self.total:,} {'falla' if self.total == 1 else 'fallas'} en el archivo. No se cargó nada."]
        renglones += [f"  {cuantas:,} · {clase}" for clase, cuantas in self.por_clase.most_common()]
        if len(self.primeras) < self.total:
            renglones.append(f"Las primeras {len(self.primeras)}:")
        renglones += [f"  {falla}" for falla in self.primeras]
        if self.se_puede_forzar:
            renglones.append("Si sabes que así debe ser, puedes forzar la carga: no entrará ninguna suma incompleta.")
        return "\n".join(renglones)


class ArchivoConErrores(ArchivoInvalido):
    """The file was read to its end and has faults; `informe` lists them."""

    def __init__(self, nombre: str, informe: Informe) -> None:
        super().__init__(f"{nombre}: {informe.texto()}")
        self.nombre = nombre
        self.informe = informe
