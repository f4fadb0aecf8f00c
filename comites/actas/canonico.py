"""From a minute to bytes and from bytes to a hash, the same on any server and in any year. Pure."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

ALFABETO = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of the codes: without what is mistaken on paper (0 and O, 1, I and L, U and V)."""

LARGO_DEL_CODIGO = 16


def canonico(contenido: Mapping[str, Any]) -> str:
    """The only text of that content: keys in order, no spaces, letters as they are."""
    return json.dumps(contenido, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def huella(secuencia: int, anterior: str, contenido: str) -> str:
    """SHA-256 of a link, in hexadecimal: its place, the hash of the one before, and its text, one per line.

    PostgreSQL knows the same sum as `comites_huella`, and refuses any other.
    """
    return hashlib.sha256(f"{secuencia}\n{anterior}\n{contenido}".encode()).hexdigest()


def codigo_nuevo() -> str:
    """A code that nobody guesses (78 bits), to look up one document and no other."""
    return "".join(secrets.choice(ALFABETO) for _ in range(LARGO_DEL_CODIGO))


def codigo_leido(escrito: str) -> str:
    """What somebody copied from paper, as the code is stored: capitals, without hyphens or spaces."""
    return "".join(letra for letra in escrito.upper() if letra.isalnum())
