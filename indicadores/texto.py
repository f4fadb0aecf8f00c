"""How official names are matched and addressed: by their letters, never by accents or capitals."""

from __future__ import annotations

from django.utils.text import slugify

from comun.texto import sin_acentos


def normalizar(nombre: str) -> str:
    """Text by which two spellings of one official name are the same."""
    return " ".join(sin_acentos(nombre).split())


def direccion(nombre: str) -> str:
    """Slug of an official name: «Homicidio doloso» → `homicidio-doloso`."""
    return slugify(nombre)
