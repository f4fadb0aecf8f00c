"""Hints about how an agreement is worded. Pure text, no database."""

import re

from comun.texto import sin_acentos

VERBOS_VAGOS = (
    "impulsar",
    "fortalecer",
    "dar seguimiento",
    "promover",
    "coadyuvar",
    "fomentar",
    "propiciar",
    "procurar",
    "analizar",
    "revisar",
    "gestionar",
    "explorar",
    "considerar",
    "buscar",
    "apoyar",
)
"""Verbs of which nobody can say one day whether they were done."""

_VAGO = re.compile(r"^\W*(" + "|".join(VERBOS_VAGOS) + r")(?![a-z])")


def verbo_vago(accion: str) -> str | None:
    """The vague verb with which the text begins («fortalecer»), or None.

    A hint, never a refusal: whoever records knows better than a list of words.
    """
    hallado = _VAGO.match(sin_acentos(accion))
    return hallado.group(1) if hallado else None
