"""Documents to be printed: accessible PDF (PDF/UA-1), the same bytes for the same data. No database.

The letters come from the project, so that a document is equal on every server. What no letter of
ours can draw (an emoji typed on a phone) is printed as «[símbolo]»: PDF/UA refuses what cannot be read.
The data travels as JSON: nothing that somebody typed is read as Typst.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

_FUENTES = Path(__file__).parent / "datos" / "fuentes"
_SIN_LETRA = re.compile(r"[^\n\t\u0020-\u007e\u00a0-\u017f\u2007\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ac\u2212]+")
SIMBOLO = "[símbolo]"


def imprimir(plantilla: Path, datos: Mapping[str, Any]) -> bytes:
    """The PDF of a Typst template, which may use the others of its folder.

    Args:
        datos: what the template reads with `json(bytes(sys.inputs.datos))`.
    """
    return typst.compile(
        plantilla,
        root=plantilla.parent,
        format="pdf",
        sys_inputs={"datos": json.dumps(_legible(datos), ensure_ascii=False, sort_keys=True)},
        font_paths=[str(_FUENTES)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


def _legible(dato: Any) -> Any:
    """The same data with every text fit to be printed."""
    if isinstance(dato, str):
        compuesto = unicodedata.normalize("NFC", dato.replace("\r\n", "\n"))
        return _SIN_LETRA.sub(_reemplazo, compuesto)
    if isinstance(dato, Mapping):
        return {clave: _legible(valor) for clave, valor in dato.items()}
    if isinstance(dato, Sequence):
        return [_legible(valor) for valor in dato]
    return dato


def _reemplazo(hallado: re.Match[str]) -> str:
    """Invisible marks go away; what would have been seen leaves a word."""
    visible = [letra for letra in hallado.group() if unicodedata.category(letra) not in {"Cf", "Cc", "Mn", "Cs"}]
    return SIMBOLO if visible else ""
