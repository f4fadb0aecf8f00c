"""Taking people's names out of a text that goes out to the public, leaving a mark where they were. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MARCA = "[nombre omitido]"


def tachar(texto: str, nombres: Iterable[str]) -> str:
    """The text with each of those names, and their usual short forms, turned into a visible mark.

    Accents and capitals do not matter. It finds whom the minute knows by name; somebody whom only
    the text mentions is for whoever writes it to leave out, and the preview says so.
    """
    formas = sorted({forma for nombre in nombres for forma in _formas(nombre)}, key=len, reverse=True)
    if not formas:
        return texto
    buscado = re.compile(r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, f.split())) for f in formas) + r")(?!\w)")
    salida, fin = [], 0
    for hallado in buscado.finditer(_llano(texto)):
        salida += [texto[fin : hallado.start()], MARCA]
        fin = hallado.end()
    return "".join([*salida, texto[fin:]])


def _llano(texto: str) -> str:
    """Letter by letter without accents or capitals: as long as the original, so that places agree."""
    return "".join(unicodedata.normalize("NFD", letra)[0].lower()[:1] or letra for letra in texto)


def _formas(nombre: str) -> set[str]:
    """«hugo diaz perez» is also «hugo diaz», «hugo perez» and «diaz perez»."""
    partes = _llano(nombre).split()
    if not partes or len("".join(partes)) < 3:
        return set()
    formas = {" ".join(partes)}
    if len(partes) > 2:
        formas |= {" ".join(par) for par in ((partes[0], partes[1]), (partes[0], partes[-2]), (partes[0], partes[-1]))}
        formas |= {" ".join(partes[-2:]), " ".join(partes[1:])}
    return {forma for forma in formas if len(forma) > 2}
