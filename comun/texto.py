"""Text as people type it: with or without accents, in any case."""

import unicodedata

from django.db.models import Func, TextField


class SinAcentos(Func):
    """SQL `sin_acentos(text)`: lower case without accents, for search («leon» finds «León»)."""

    function = "sin_acentos"
    output_field = TextField()


class OrdenEspanol(Func):
    """SQL `orden_es(text)`: sort key of the Spanish alphabet (ñ after n) on any server."""

    function = "orden_es"
    output_field = TextField()


def sin_acentos(texto: str) -> str:
    """The same as the SQL function, for what the visitor typed."""
    descompuesto = unicodedata.normalize("NFD", texto.lower())
    return "".join(letra for letra in descompuesto if not unicodedata.combining(letra)).strip()


def orden_es(texto: str) -> str:
    """The same as the SQL function `orden_es`, for lists that are sorted in Python."""
    return sin_acentos(texto.lower().replace("ñ", "nzzz"))
