"""Minutes on paper: accessible PDF (PDF/UA-1), the same bytes for the same minute. No database.

The letters come from the project, so that a document is equal on every server. What no letter of
ours can draw (an emoji typed on a phone) is printed as «[símbolo]»: PDF/UA refuses what cannot be read.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings

PLANTILLAS = Path(__file__).parent / "plantillas"
_FUENTES = settings.BASE_DIR / "comun" / "datos" / "fuentes"
_SIN_LETRA = re.compile(r"[^\n\t\u0020-\u007e\u00a0-\u017f\u2007\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ac\u2212]+")
SIMBOLO = "[símbolo]"


def pdf_de_acta(documento: Mapping[str, Any]) -> bytes:
    """One minute, as `versiones.version` says it."""
    return _imprimir("actas.typ", {"actas": [_con_qr(documento)], "portada": None})


def pdf_de_compilacion(documentos: Sequence[Mapping[str, Any]], portada: Mapping[str, Any]) -> bytes:
    """Several minutes one after another, with a first page that says which and which are missing.

    Args:
        portada: `titulo`, `marcas`, `renglones` (what the first page says) and `faltan` (sessions without minute).
    """
    return _imprimir("actas.typ", {"actas": [_con_qr(uno) for uno in documentos], "portada": portada})


def pdf_de_extracto(extracto: Mapping[str, Any]) -> bytes:
    """The certified extract of one agreement."""
    return _imprimir("extracto.typ", _con_qr(extracto))


def _imprimir(plantilla: str, datos: Mapping[str, Any]) -> bytes:
    return typst.compile(
        PLANTILLAS / plantilla,
        root=PLANTILLAS,
        format="pdf",
        sys_inputs={"datos": json.dumps(_legible(datos), ensure_ascii=False)},
        font_paths=[str(_FUENTES)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


def _con_qr(documento: Mapping[str, Any]) -> dict[str, Any]:
    return {**documento, "qr": _qr(documento["direccion"])}


def _qr(direccion: str) -> str:
    salida = io.BytesIO()
    segno.make(direccion, error="m", micro=False).save(salida, kind="svg", border=2, xmldecl=False, svgns=True)
    return salida.getvalue().decode()


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
