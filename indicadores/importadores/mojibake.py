"""Accents read with the wrong table («AÒo», «jurÃ­dico»), put right when that can be done without a doubt.

Whoever opened the official file with the wrong encoding and saved it again left every accented
letter changed for another, always the same. The way back is only taken when it works for all
the text of the file; with one letter that does not fit, the file is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_LETRAS = frozenset(map(chr, range(32, 127))) | frozenset("áéíóúüñÁÉÍÓÚÜÑ")
"""What official names are written with."""


class Reparacion(NamedTuple):
    """The table with which the text was read by mistake, and the one it had."""

    leido_como: str
    era: str

    def __call__(self, texto: str) -> str:
        """The text as it was.

        Raises:
            UnicodeError: if some letter has no way back to one that official names have.
        """
        if texto.isascii():
            return texto
        reparado = texto.encode(self.leido_como).decode(self.era)
        if not _LETRAS.issuperset(reparado):
            raise UnicodeError(f"«{texto}» no se puede reparar.")
        return reparado

    def sirve(self, textos: Iterable[str]) -> bool:
        """Whether all those texts have a way back."""
        try:
            for texto in textos:
                self(texto)
        except UnicodeError:
            return False
        return True


REPARACIONES = (
    Reparacion("mac_roman", "cp1252"),  # «AÒo»: opened in a Mac
    Reparacion("cp1252", "utf-8"),  # «AÃ±o»: UTF-8 opened as Windows
    Reparacion("cp1252", "mac_roman"),  # «A–o»: saved by a Mac
    Reparacion("cp1252", "cp850"),  # «A¤o»: saved as CSV (MS-DOS)
    Reparacion("mac_roman", "utf-8"),  # «A√±o»: UTF-8 opened in a Mac
)
"""In order: the ones that have been seen come first."""
