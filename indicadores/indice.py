"""The index of crimes: which there are, in the official order, and since when each is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indicadores.delitos import DelitoElegido
from indicadores.models import Alcance, Instrumento
from indicadores.territorios import ENTIDADES

Alcances = dict[int, dict[str, dict[int, int]]]
"""Subtipo → ámbito → year → how many entidades report it."""


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
    alcances: Alcances = defaultdict(lambda: defaultdict(dict))
    for subtipo, ambito, anio, cuantas in Alcance.objects.vigentes().entidades_por_anio():
        alcances[subtipo][ambito][anio] = cuantas
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


def _anios(delito: DelitoElegido, alcances: Alcances) -> list[str]:
    """«2015–2023 por entidad», «2024–2025 por municipio», «2026 por entidad (RNID)».

    A sum is published in the years in which all its subtipos are; years that only some
    entidades report are said apart, because from them there is no national figure.
    """
    textos = []
    for instrumento, subtipos in sorted(delito.subtipos.items()):
        nuevo = " (RNID)" if instrumento == Instrumento.RNID else ""
        for ambito, por in (("estatal", "por entidad"), ("municipal", "por municipio")):
            anios = [alcances[subtipo][ambito] if subtipo in alcances else {} for subtipo in subtipos]
            comunes = sorted(set.intersection(*(set(por_anio) for por_anio in anios)))
            enteros = [anio for anio in comunes if all(por_anio[anio] == len(ENTIDADES) for por_anio in anios)]
            parciales = [anio for anio in comunes if anio not in enteros]
            textos += [f"{tramo} {por}{nuevo}" for tramo in _tramos(enteros)]
            textos += [f"{tramo} {por}, solo algunas entidades{nuevo}" for tramo in _tramos(parciales)]
    return textos


def _tramos(anios: Sequence[int]) -> Iterator[str]:
    """Runs of years: «2015–2018», «2020»."""
    for primero in (anio for anio in anios if anio - 1 not in anios):
        ultimo = primero
        while ultimo + 1 in anios:
            ultimo += 1
        yield f"{primero}" if primero == ultimo else f"{primero}–{ultimo}"
