"""`/datos/datapackage.json`: the open data as a Frictionless data package."""

from __future__ import annotations

from typing import Any

from comun.recursos import TIPOS_DE_MEDIO, Campo, Recurso
from indicadores.paquete import RECURSOS as DE_LAS_CIFRAS
from indicadores.paquete import fuentes
from rnmsj.abiertos.recursos import LICENCIA, RECURSOS, TITULO

NOMBRE = "red-nacional-de-mesas-de-seguridad-y-justicia"
LICENCIAS = [{"name": "informacion-publica", "title": LICENCIA}]


def describir(raiz: str) -> dict[str, Any]:
    """The package, with every table in its two formats.

    Args:
        raiz: absolute address of the portal, ending in a slash.
    """
    oficiales = fuentes(raiz)
    return {
        "profile": "data-package",
        "name": NOMBRE,
        "title": TITULO,
        "homepage": raiz,
        "licenses": LICENCIAS,
        "sources": oficiales,
        "resources": [
            _recurso(recurso, formato, raiz, oficiales if recurso in DE_LAS_CIFRAS else [])
            for recurso in RECURSOS
            for formato in TIPOS_DE_MEDIO
        ],
    }


def _recurso(recurso: Recurso, formato: str, raiz: str, oficiales: list[dict[str, Any]]) -> dict[str, Any]:
    descripcion: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": f"{recurso.nombre}-{formato}",
        "title": recurso.titulo,
        "description": recurso.descripcion,
        "path": f"{raiz.rstrip('/')}{recurso.direccion(formato)}",
        "format": formato,
        "mediatype": TIPOS_DE_MEDIO[formato],
        "encoding": "utf-8",
        "schema": {"fields": [_campo(campo) for campo in recurso.campos], "missingValues": [""]},
        "licenses": LICENCIAS,
    }
    if oficiales:
        descripcion["sources"] = oficiales
    return descripcion


def _campo(campo: Campo) -> dict[str, Any]:
    descrito: dict[str, Any] = {"name": campo.nombre, "type": campo.tipo, "description": campo.que}
    if campo.tipo == "boolean":
        descrito |= {"trueValues": ["sí", "true"], "falseValues": ["no", "false"]}
    return descrito
