"""How a person's name may be said inside a text, and where a text says it. Pure.

Two readers ask: who publishes, to refuse a text that says somebody's name, and the public version of a minute,
to strike it. The second is wider, because to strike a word too many costs little; it never misses what
the first would refuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Forma = tuple[str, ...]
"""The words of a name, one after another, without accents or capitals."""

_PALABRA = re.compile(r"\w+")


def llano(texto: str) -> str:
    """Letter by letter without accents or capitals: as long as the original, so that places agree."""
    return "".join(unicodedata.normalize("NFD", letra)[0].lower()[:1] or letra for letra in texto)


def formas(nombre: str) -> set[Forma]:
    """Whole, or the first name beside one of the others («Juan Pérez»). A lone word («Luz») says too little."""
    palabras = _palabras(nombre)
    if len(palabras) < 2:
        return set()
    return {palabras} | {(palabras[0], otra) for otra in palabras[1:] if len(otra) > 3}


def formas_amplias(nombre: str) -> set[Forma]:
    """Also by the surnames alone («Díaz Peña»), and a name or an address of one word."""
    palabras = _palabras(nombre)
    if len("".join(palabras)) < 3:
        return set()
    apellidos = {palabras[-2:], palabras[1:]} if len(palabras) > 2 else set()
    return {palabras} | formas(nombre) | apellidos


def donde(texto: str, buscadas: Iterable[Forma]) -> list[tuple[int, int]]:
    """Where a text says any of those, whatever stands between their words: (beginning, end), in order."""
    juntas = sorted({r"\W+".join(map(re.escape, forma)) for forma in buscadas}, key=len, reverse=True)
    if not juntas:
        return []
    patron = re.compile(rf"(?<!\w)(?:{'|'.join(juntas)})(?!\w)")
    return [hallado.span() for hallado in patron.finditer(llano(texto))]


def _palabras(nombre: str) -> Forma:
    return tuple(_PALABRA.findall(llano(nombre)))
