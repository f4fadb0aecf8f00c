"""The shape of the two descriptions, written apart from the code that makes them.

Of OpenAPI 3.1 and of Frictionless Data Package 1.0, only what the portal uses of each, and
nothing besides: a misspelt key is a fault, not an extension.
"""

_TEXTO = {"type": "string", "minLength": 1}
_REF = {
    "type": "object",
    "properties": {"$ref": {"pattern": "^#/"}},
    "required": ["$ref"],
    "additionalProperties": False,
}


def _objeto(obligatorias, opcionales=None):
    return {
        "type": "object",
        "properties": {**obligatorias, **(opcionales or {})},
        "required": list(obligatorias),
        "additionalProperties": False,
    }


def _mapa(valor, **mas):
    return {"type": "object", "additionalProperties": valor, **mas}


_ESQUEMA = {"$ref": "https://json-schema.org/draft/2020-12/schema"}
_CONTENIDO = _mapa(_objeto({"schema": _ESQUEMA}), minProperties=1, propertyNames={"pattern": "^[a-z]+/[a-z]+$"})
_ENCABEZADO = _objeto({"schema": _ESQUEMA}, {"description": _TEXTO})
_RESPUESTA = _objeto(
    {"description": _TEXTO},
    {"content": _CONTENIDO, "headers": _mapa({"oneOf": [_REF, _ENCABEZADO]})},
)
_PARAMETRO = _objeto(
    {"name": _TEXTO, "in": {"enum": ["query", "header", "path", "cookie"]}, "schema": _ESQUEMA},
    {
        "description": _TEXTO,
        "required": {"type": "boolean"},
        "style": {"const": "form"},
        "explode": {"type": "boolean"},
        "example": True,
    },
)
_OPERACION = _objeto(
    {
        "operationId": {"pattern": "^[a-z_]+$"},
        "summary": _TEXTO,
        "description": _TEXTO,
        "tags": {"type": "array", "items": _TEXTO, "minItems": 1},
        "parameters": {"type": "array", "items": {"oneOf": [_REF, _PARAMETRO]}},
        "responses": _mapa({"oneOf": [_REF, _RESPUESTA]}, required=["200", "304", "400"]),
    }
)

OPENAPI = _objeto(
    {
        "openapi": {"const": "3.1.0"},
        "info": _objeto(
            {"title": _TEXTO, "version": _TEXTO}, {"description": _TEXTO, "license": _objeto({"name": _TEXTO})}
        ),
        "paths": _mapa(_objeto({"get": _OPERACION}), propertyNames={"pattern": "^/"}, minProperties=10),
    },
    {
        "servers": {"type": "array", "items": _objeto({"url": {"pattern": "^https?://"}})},
        "externalDocs": _objeto({"url": {"pattern": "^https?://"}}, {"description": _TEXTO}),
        "tags": {"type": "array", "items": _objeto({"name": _TEXTO})},
        "components": _objeto(
            {
                "schemas": _mapa(_ESQUEMA),
                "headers": _mapa(_ENCABEZADO),
                "parameters": _mapa(_PARAMETRO),
                "responses": _mapa(_RESPUESTA),
            }
        ),
    },
)

_FUENTE = _objeto(
    {"title": {"pattern": "SHA-256 [0-9a-f]{64}"}, "archivo": _TEXTO, "sha256": {"pattern": "^[0-9a-f]{64}$"}},
    {
        "corte": {"pattern": r"^\d{4}-\d{2}$"},
        "edicion": _TEXTO,
        "path": {"pattern": "^https?://"},
    },
)
_LICENCIAS = {
    "type": "array",
    "minItems": 1,
    "items": _objeto({"name": {"pattern": "^[-a-z0-9._]+$"}, "title": _TEXTO}),
}
_CAMPO = _objeto(
    {
        "name": {"pattern": "^[a-z_0-9]+$"},
        "type": {"enum": ["string", "integer", "number", "boolean", "date", "year"]},
        "description": _TEXTO,
    },
    {
        "trueValues": {"type": "array", "items": _TEXTO},
        "falseValues": {"type": "array", "items": _TEXTO},
    },
)
_TABLA = _objeto(
    {
        "profile": {"const": "tabular-data-resource"},
        "name": {"pattern": "^[-a-z0-9._/]+$"},
        "title": _TEXTO,
        "description": _TEXTO,
        "path": {"pattern": "^https?://"},
        "format": {"enum": ["csv", "json"]},
        "mediatype": {"enum": ["text/csv", "application/json"]},
        "encoding": {"const": "utf-8"},
        "schema": _objeto(
            {
                "fields": {"type": "array", "minItems": 1, "uniqueItems": True, "items": _CAMPO},
                "missingValues": {"const": [""]},
            }
        ),
        "licenses": _LICENCIAS,
    },
    {"sources": {"type": "array", "minItems": 1, "items": _FUENTE}},
)

PAQUETE = _objeto(
    {
        "profile": {"const": "data-package"},
        "name": {"pattern": "^[-a-z0-9._/]+$"},
        "title": _TEXTO,
        "homepage": {"pattern": "^https?://"},
        "licenses": _LICENCIAS,
        "sources": {"type": "array", "items": _FUENTE},
        "resources": {"type": "array", "minItems": 10, "items": _TABLA},
    }
)
