"""The datasets of the portal, described for people (`/datos/`) and for machines (`datapackage.json`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from comites.tablas import SEGUIMIENTO
from indicadores.consultas import DE_POBLACION, DE_TASAS
from indicadores.models import Carga, EdicionDePoblacion

Campo = tuple[str, str, str]
"""Name, Frictionless type, what it holds."""

_TASAS: Sequence[Campo] = (
    ("territorio", "string", "nacional, clave de entidad (2 dígitos), de municipio (5 dígitos) o mesa:<dirección>"),
    ("nombre", "string", "Nombre del territorio"),
    ("delito", "string", "Dirección del nombre oficial del subtipo, tipo o bien jurídico"),
    ("periodo", "string", "AAAA, o AAAA-MM; de los últimos 12 meses, el mes en que terminan"),
    ("carpetas", "integer", "Presuntos delitos en carpetas de investigación; vacío si el periodo no está completo"),
    ("poblacion", "number", "Habitantes; entre dos años, suma de población por meses entre 12"),
    ("tasa", "number", "Carpetas por cada 100 000 habitantes; la mensual no se anualiza"),
    ("ic_inf", "number", "Límite inferior del intervalo de 95 % (exacto con menos de 10 carpetas, Byar desde 10)"),
    ("ic_sup", "number", "Límite superior del intervalo de 95 %"),
    ("inestable", "boolean", "Sí cuando hay menos de 20 carpetas"),
    ("cobertura", "string", "Cuántas de sus entidades o municipios reportan todo el periodo"),
    ("instrumento", "string", "CNSP/38/15 hasta 2025; RNID desde 2026. No se comparan entre sí"),
    ("corte", "string", "Último mes publicado por la fuente (AAAA-MM); varios, separados por punto y coma"),
    ("edicion_poblacion", "string", "Edición de la población"),
)

_POBLACION: Sequence[Campo] = (
    ("territorio", "string", "Clave INEGI: dos dígitos la entidad, cinco el municipio"),
    ("anio", "year", "Año; la cifra es de mitad de año"),
    ("habitantes", "integer", "Población residente"),
    ("edicion_poblacion", "string", "Edición de la población"),
)


@dataclass(frozen=True, slots=True)
class Recurso:
    """A dataset with an address of its own in CSV and JSON."""

    nombre: str
    titulo: str
    descripcion: str
    campos: Sequence[Campo] = ()
    parametros: Sequence[str] = ()
    ejemplo: str = ""

    def direccion(self, formato: str) -> str:
        """Its address, or an empty text while that part of the portal does not exist."""
        try:
            return reverse(f"datos_{self.nombre}", args=[formato])
        except NoReverseMatch:
            return ""

    @property
    def csv(self) -> str:
        """Address of the CSV."""
        return self.direccion("csv")

    @property
    def json(self) -> str:
        """Address of the JSON."""
        return self.direccion("json")


_RECURSOS = (
    Recurso(
        "tasas",
        "Tasas por 100 mil habitantes",
        "Carpetas, población, tasa e intervalo de 95 % de cualquier delito para el país, una entidad, un municipio "
        "o el territorio de una mesa.",
        _TASAS,
        DE_TASAS,
        "?territorio=nacional&delito=homicidio-doloso&periodicidad=anual",
    ),
    Recurso(
        "poblacion",
        "Población a mitad de año",
        "Habitantes de cada municipio y entidad: el denominador de las tasas.",
        _POBLACION,
        DE_POBLACION,
        "?territorio=28&desde=2020&hasta=2025",
    ),
    Recurso("mesas", "Mesas de la Red", "Cada mesa con su entidad, sus municipios y su estado."),
    Recurso("acuerdos", "Acuerdos públicos", "Los acuerdos que cada asamblea consintió publicar y cómo van."),
    Recurso(
        SEGUIMIENTO.nombre,
        SEGUIMIENTO.titulo,
        SEGUIMIENTO.descripcion,
        SEGUIMIENTO.campos,
        SEGUIMIENTO.nombres_de_parametros,
        SEGUIMIENTO.ejemplo,
    ),
    Recurso("encuentros", "Encuentros nacionales", "Fecha, sede y asistencia de cada encuentro."),
    Recurso("propuestas", "Propuestas de los encuentros", "Lo que las mesas propusieron, por rubro."),
)


def recursos() -> list[Recurso]:
    """Datasets that answer today."""
    return [recurso for recurso in _RECURSOS if recurso.csv]


def datapackage(raiz: str) -> dict[str, Any]:
    """Frictionless description of every dataset.

    Args:
        raiz: absolute address of the portal, ending in a slash.
    """
    fuentes = [
        {"title": f"{carga.fuente} (corte {carga.corte:%Y-%m}, SHA-256 {carga.sha256})", "path": carga.archivo}
        for carga in Carga.objects.publicas()
    ]
    fuentes += [
        {"title": f"{edicion.fuente} (SHA-256 {edicion.sha256})", "path": edicion.archivo}
        for edicion in EdicionDePoblacion.objects.filter(vigente=True)
    ]
    return {
        "profile": "data-package",
        "name": "red-nacional-de-mesas-de-seguridad-y-justicia",
        "title": "Datos abiertos de la Red Nacional de Mesas de Seguridad y Justicia",
        "homepage": raiz,
        "licenses": [
            {
                "name": "informacion-publica",
                "title": "Información pública: úsala citando la fuente de cada cifra y su corte.",
            }
        ],
        "sources": fuentes,
        "resources": [_recurso(recurso, formato, raiz) for recurso in recursos() for formato in ("csv", "json")],
    }


def _recurso(recurso: Recurso, formato: str, raiz: str) -> dict[str, Any]:
    descripcion: dict[str, Any] = {
        "name": f"{recurso.nombre}-{formato}",
        "title": recurso.titulo,
        "description": recurso.descripcion,
        "path": f"{raiz.rstrip('/')}{recurso.direccion(formato)}",
        "format": formato,
        "mediatype": {"csv": "text/csv", "json": "application/json"}[formato],
        "encoding": "utf-8",
    }
    if recurso.campos:
        descripcion["schema"] = {
            "fields": [_campo(*campo) for campo in recurso.campos],
            "missingValues": [""],
        }
    return descripcion


def _campo(nombre: str, tipo: str, que: str) -> dict[str, Any]:
    campo: dict[str, Any] = {"name": nombre, "type": tipo, "description": que}
    if tipo == "boolean":
        campo |= {"trueValues": ["sí", "true"], "falseValues": ["no", "false"]}
    return campo
