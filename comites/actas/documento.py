"""Minutes and extracts on paper, with the QR by which they are verified. No database."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import segno

from comun.impresos import imprimir

PLANTILLAS = Path(__file__).parent / "plantillas"


def pdf_de_acta(documento: Mapping[str, Any]) -> bytes:
    """One minute, as `versiones.version` says it."""
    return imprimir(PLANTILLAS / "actas.typ", {"actas": [_con_qr(documento)], "portada": None})


def pdf_de_compilacion(documentos: Sequence[Mapping[str, Any]], portada: Mapping[str, Any]) -> bytes:
    """Several minutes one after another, with a first page that says which and which are missing.

    Args:
        portada: `titulo`, `marcas`, `renglones` (what the first page says) and `faltan` (sessions without minute).
    """
    return imprimir(PLANTILLAS / "actas.typ", {"actas": [_con_qr(uno) for uno in documentos], "portada": portada})


def pdf_de_extracto(extracto: Mapping[str, Any]) -> bytes:
    """The certified extract of one agreement."""
    return imprimir(PLANTILLAS / "extracto.typ", _con_qr(extracto))


def _con_qr(documento: Mapping[str, Any]) -> dict[str, Any]:
    return {**documento, "qr": _qr(documento["direccion"])}


def _qr(direccion: str) -> str:
    salida = io.BytesIO()
    segno.make(direccion, error="m", micro=False).save(salida, kind="svg", border=2, xmldecl=False, svgns=True)
    return salida.getvalue().decode()
