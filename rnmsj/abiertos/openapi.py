"""`/datos/openapi.json`: the addresses of the open data as OpenAPI 3.1, from the same objects that answer them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from comun.recursos import Campo, Parametro, Recurso
from rnmsj.abiertos.recursos import GRUPOS, LICENCIA, RECURSOS, TITULO

VERSION = "1.0.0"
"""Of the interface: the first number changes when whoever reads it must change something."""

TIPOS: dict[str, dict[str, str]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "year": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
}
"""Frictionless type of a column → JSON Schema of its values."""

_COMUNES = {
    "ETag": {"$ref": "#/components/headers/ETag"},
    "Cache-Control": {"$ref": "#/components/headers/Cache-Control"},
}
_IF_NONE_MATCH = {"$ref": "#/components/parameters/If-None-Match"}


def describir(raiz: str) -> dict[str, Any]:
    """The whole description.

    Args:
        raiz: absolute address of the portal, ending in a slash.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITULO,
            "version": VERSION,
            "description": (
                "Todo lo público del portal, por tabla, en CSV y en JSON. No hace falta clave ni registro. Un "
                "parámetro o un valor que no existe se responde con 400 y la lista de los que sí."
            ),
            "license": {"name": LICENCIA},
        },
        "servers": [{"url": raiz.rstrip("/")}],
        "externalDocs": {"description": "Los mismos datos en palabras", "url": f"{raiz.rstrip('/')}{reverse('datos')}"},
        "tags": [{"name": grupo} for grupo, _ in GRUPOS],
        "paths": {
            recurso.direccion(formato): {"get": _operacion(recurso, formato, grupo)}
            for grupo, recursos in GRUPOS
            for recurso in recursos
            for formato in _RESPUESTAS
        },
        "components": {
            "schemas": {"Error": _ERROR, **{recurso.nombre: _renglon(recurso) for recurso in RECURSOS}},
            "headers": _ENCABEZADOS,
            "parameters": {"If-None-Match": _CONDICION},
            "responses": {
                "SinCambio": {"description": "No ha cambiado desde la respuesta que ya tienes.", "headers": _COMUNES},
                "ErrorEnTexto": {
                    "description": "Un parámetro o un valor no existe; el texto dice cuáles sí.",
                    "content": {"text/plain": {"schema": {"type": "string"}}},
                },
                "ErrorEnJSON": {
                    "description": "Un parámetro o un valor no existe; `error` dice cuáles sí.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
                },
            },
        },
    }


def _operacion(recurso: Recurso, formato: str, grupo: str) -> dict[str, Any]:
    contenido, error = _RESPUESTAS[formato]
    return {
        "operationId": f"{recurso.nombre}_{formato}",
        "summary": f"{recurso.titulo} ({formato.upper()})",
        "description": recurso.descripcion,
        "tags": [grupo],
        "parameters": [*(_parametro(parametro) for parametro in recurso.parametros), _IF_NONE_MATCH],
        "responses": {
            "200": {
                "description": "La tabla.",
                "headers": _COMUNES | {"Content-Disposition": {"$ref": "#/components/headers/Content-Disposition"}},
                "content": contenido(recurso),
            },
            "304": {"$ref": "#/components/responses/SinCambio"},
            "400": {"$ref": f"#/components/responses/{error}"},
        },
    }


def _parametro(parametro: Parametro) -> dict[str, Any]:
    esquema: dict[str, Any] = {"type": "string"}
    if parametro.valores:
        esquema["enum"] = list(parametro.valores)
    if parametro.forma:
        esquema["pattern"] = parametro.forma
    descrito = {"name": parametro.nombre, "in": "query", "description": parametro.que, "required": False}
    if parametro.repetible:
        return descrito | {
            "style": "form",
            "explode": True,
            "schema": {"type": "array", "items": esquema, "uniqueItems": True},
            "example": [parametro.ejemplo],
        }
    return descrito | {"schema": esquema, "example": parametro.ejemplo}


# ── Rows ────────────────────────────────────────────────────────────────────────────────


def _renglon(recurso: Recurso) -> dict[str, Any]:
    """A row as an object; any value may be missing, and then it is null."""
    return {
        "title": recurso.titulo,
        "type": "object",
        "properties": {campo.nombre: _propiedad(campo) for campo in recurso.campos},
        "required": list(recurso.columnas),
        "additionalProperties": False,
    }


def _propiedad(campo: Campo) -> dict[str, Any]:
    esquema = TIPOS[campo.tipo]
    return {**esquema, "type": [esquema["type"], "null"], "description": campo.que}


def _en_csv(recurso: Recurso) -> dict[str, Any]:
    encabezado = ",".join(recurso.columnas)
    que = f"UTF-8, con coma. La primera línea es «{encabezado}». Vacío es que no hay dato; un booleano es «sí» o «no»."
    return {"text/csv": {"schema": {"type": "string", "description": que}}}


def _en_json(recurso: Recurso) -> dict[str, Any]:
    renglones = {"type": "array", "items": {"$ref": f"#/components/schemas/{recurso.nombre}"}}
    return {"application/json": {"schema": renglones}}


_RESPUESTAS = {"csv": (_en_csv, "ErrorEnTexto"), "json": (_en_json, "ErrorEnJSON")}
"""By format: the content of the answer, and how it is refused."""

_ERROR = {
    "title": "Por qué no se pudo responder",
    "type": "object",
    "properties": {"error": {"type": "string", "description": "Qué no existe y qué sí vale, en español."}},
    "required": ["error"],
    "additionalProperties": False,
}
_ENCABEZADOS = {
    "ETag": {"description": "Huella de la respuesta.", "schema": {"type": "string"}},
    "Cache-Control": {
        "description": "Por cuántos segundos se puede mostrar una copia sin volver a preguntar.",
        "schema": {"type": "string"},
    },
    "Content-Disposition": {"description": "Nombre del archivo.", "schema": {"type": "string"}},
}
_CONDICION = {
    "name": "If-None-Match",
    "in": "header",
    "description": "El `ETag` de la respuesta que ya tienes.",
    "required": False,
    "schema": {"type": "string"},
}
