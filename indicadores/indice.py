"""The index of crimes: which there are, in the official order, and since when each is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from indicadores.delitos import DelitoElegido
from indicadores.models import Alcance, Instrumento


@dataclass(frozen=True, slots=True)
class Entrada:
    """A crime with figures and the years in which it has them."""

    delito: DelitoElegido
    es_suma: bool
    anios: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grupo:
    """A bien jurídico and its crimes."""

    bien: DelitoElegido
    entradas: Sequence[Entrada]


def indice(delitos: dict[str, DelitoElegido]) -> list[Grupo]:
    """Crimes with figures, by bien jurídico. One query besides the catalogue.

    A tipo has an entry of its own only where it adds several subtipos («Robo»).
    """
    alcances: dict[int, list[dict]] = defaultdict(list)
    for fila in Alcance.objects.vigentes().anios_por_delito():
        alcances[fila["delito"]].append(fila)
    grupos: dict[str, list[Entrada]] = defaultdict(list)
    for delito in delitos.values():
        anios = _anios(delito, alcances)
        if delito.nivel > 1 and anios:
            grupos[delito.bien].append(Entrada(delito, delito.nivel == 2, anios))
    bienes = {delito.nombre: delito for delito in delitos.values() if delito.nivel == 1}
    return [
        Grupo(bienes[bien], sorted(entradas, key=lambda entrada: not entrada.es_suma))
        for bien, entradas in grupos.items()
    ]


def _anios(delito: DelitoElegido, alcances: dict[int, list[dict]]) -> list[str]:
    """«2015–2023 por entidad», «2015–2024 por municipio», «2026 por entidad (RNID)»."""
    tramos: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for instrumento, subtipos in sorted(delito.subtipos.items()):
        for subtipo in subtipos:
            for fila in alcances.get(subtipo, ()):
                tramos[instrumento, fila["ambito"]].append((fila["primero"], fila["ultimo"]))
    textos = []
    for (instrumento, ambito), pares in sorted(tramos.items()):
        if len(pares) < len(delito.subtipos[instrumento]):
            continue  # some subtipo of the sum is not published by municipality
        primero, ultimo = max(par[0] for par in pares), min(par[1] for par in pares)
        anios = f"{primero}" if primero == ultimo else f"{primero}–{ultimo}"
        por = "por entidad" if ambito == "estatal" else "por municipio"
        nuevo = " (RNID)" if instrumento == Instrumento.RNID else ""
        textos.append(f"{anios} {por}{nuevo}")
    return textos
