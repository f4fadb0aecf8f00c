"""The dossier on paper. No database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from comun.impresos import imprimir

PLANTILLA = Path(__file__).parent / "expediente.typ"


def pdf_de_expediente(datos: Mapping[str, Any]) -> bytes:
    """The dossier, from what `contenido.contenido` says."""
    return imprimir(PLANTILLA, {**datos, "red": settings.RED_NOMBRE})
