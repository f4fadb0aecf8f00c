"""Taking people's names out of a text that goes out to the public, leaving a mark where they were. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from comites.formas_de_nombres import donde, formas_amplias

MARCA = "[nombre omitido]"


def tachar(texto: str, nombres: Iterable[str]) -> str:
    """The text with each of those names, and their usual short forms, turned into a visible mark.

    Accents and capitals do not matter. It finds whom the minute knows by name; somebody whom only
    the text mentions is for whoever writes it to leave out, and the preview says so.
    """
    salida, fin = [], 0
    for empieza, termina in donde(texto, {forma for nombre in nombres for forma in formas_amplias(nombre)}):
        salida += [texto[fin:empieza], MARCA]
        fin = termina
    return "".join([*salida, texto[fin:]])
