"""How a person's name may be said inside a text, and where a text says it. Pure.

Two readers ask: who publishes, to refuse a text that says somebody's name, and the public version of a minute,
to strike it. The second is wider, because to strike a word too many costs little; it never misses what
the first would refuse. PostgreSQL asks the same as the first (`comites_dice_el_nombre`, migration 0020).

What joins the words of a name in Spanish says nothing of whose it is, and people leave it out: «Juan de la
Cruz» is «Juan Cruz», and «Juan A. Pérez» is «Juan Pérez».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

Forma = tuple[str, ...]
"""The words of a name, one after another, without accents, capitals or what joins them."""

UNEN = ("de", "del", "la", "las", "los", "y")
"""Words that join those of a name; a letter alone is an initial and says as little."""

_PALABRA = re.compile(r"\w+")
_UNE = re.compile(rf"(?:{'|'.join(UNEN)}|\w)")
_ENTRE_DOS = rf"\W+(?:{_UNE.pattern}\W+)*"


def _llano(texto: str) -> tuple[str, list[int]]:
    """The letters without accents or capitals, and the place of each in the text.

    An accent may be a character of its own, as in what is copied from some files, and others are not seen at
    all: neither is a letter.
    """
    letras, lugares = [], []
    for lugar, letra in enumerate(texto):
        if unicodedata.combining(letra) or unicodedata.category(letra) == "Cf":
            continue
        letras.append(unicodedata.normalize("NFD", letra)[0].lower()[:1] or letra)
        lugares.append(lugar)
    return "".join(letras), [*lugares, len(texto)]


def formas(nombre: str) -> set[Forma]:
    """Its first word beside any other («Juan Pérez»), or two that go together («Luis Pérez», «Pérez Díaz»).

    A lone word («Luz») says too little.
    """
    palabras = _palabras(nombre)
    return {(palabras[0], otra) for otra in palabras[1:]} | set(pairwise(palabras))


def formas_amplias(nombre: str) -> set[Forma]:
    """Also as many of its words as go together, so that none is left, and a name or an address of one word."""
    palabras = _palabras(nombre)
    if len("".join(palabras)) < 3:
        return set()
    seguidas = {palabras[i:j] for i in range(len(palabras)) for j in range(i + 2, len(palabras) + 1)}
    return {palabras} | formas(nombre) | seguidas


def donde(texto: str, buscadas: Iterable[Forma]) -> list[tuple[int, int]]:
    """Where a text says any of those, whatever stands between their words: (beginning, end), in order."""
    juntas = sorted({_ENTRE_DOS.join(map(re.escape, forma)) for forma in buscadas}, key=len, reverse=True)
    if not juntas:
        return []
    llano, lugares = _llano(texto)
    patron = re.compile(rf"(?<!\w)(?:{'|'.join(juntas)})(?!\w)")
    return [(lugares[hallado.start()], lugares[hallado.end()]) for hallado in patron.finditer(llano)]


def _palabras(nombre: str) -> Forma:
    return tuple(palabra for palabra in _PALABRA.findall(_llano(nombre)[0]) if not _UNE.fullmatch(palabra))
