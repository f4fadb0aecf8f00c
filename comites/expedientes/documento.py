"""The dossier as PDF/UA. The data travels as JSON: nothing that somebody typed is read as Typst."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

AQUI = Path(__file__).resolve().parent


def pdf(datos: Mapping[str, Any]) -> bytes:
    """The same bytes for the same data.

    Args:
        datos: from `contenido.contenido`.
    """
    con_red = {**datos, "red": settings.RED_NOMBRE}
    return typst.compile(
        str(AQUI / "expediente.typ"),
        root=str(AQUI),
        format="pdf",
        sys_inputs={"datos": json.dumps(con_red, ensure_ascii=False, sort_keys=True)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
