"""The shapes in which CONAPO has published population, told apart by their header, and its editions.

CONAPO has changed columns with every edition: years as rows or as columns, both sexes or each,
ages one by one or by groups of five. What is wanted is always the same: inhabitants of a
territory at the middle of a year, as whole numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from indicadores.importadores import fuentes
from indicadores.importadores.errores import ArchivoInvalido
from indicadores.texto import normalizar

ANIO_MINIMO, ANIO_MAXIMO = 1900, 2100


class Formato(Enum):
    """The files that are read, the preferred first: it matters in a ZIP that brings several."""

    QUINQUENIOS = "municipios por sexo y grupos de edad, con los años en renglones"
    PARTES = "municipios por sexo y edad, en dos partes"
    ANCHO = "municipios con los años en columnas"
    INDICADORES = "indicadores demográficos de los municipios"
    ENTIDADES = "entidades por sexo y edad"

    @property
    def ambito(self) -> str:
        """What it breaks the population down by."""
        return "estatal" if self is Formato.ENTIDADES else "municipal"


@dataclass(frozen=True, slots=True)
class Encabezado:
    """A recognised header: where each thing is, by the position of its column."""

    formato: Formato
    celdas: tuple[str, ...]
    territorio: int
    entidad: int | None = None
    nombre: int | None = None
    sexo: int | None = None
    edad: int | None = None
    anio: int | None = None
    habitantes: int | None = None
    edades: tuple[int, ...] = ()
    """Columns that the total adds up."""
    anios: Mapping[int, int] = field(default_factory=dict)
    """Year → column, where years are columns."""


@dataclass(frozen=True, slots=True)
class Edicion:
    """What is known of a published edition, to cite it and to notice that a file is short."""

    fuente: str
    municipios: int = 0
    nacionales: Mapping[int, int] = field(default_factory=dict)
    """Control totals of the country by year."""


EDICIONES = {
    fuentes.POBLACION_NOMBRE: Edicion(
        fuente=fuentes.POBLACION_FUENTE,
        municipios=2475,
        nacionales={
            2018: 125_995_825,
            2020: 128_209_170,
            2024: 132_274_416,
            2025: 133_367_428,
            2026: 134_407_258,
        },
    ),
    "CONAPO 2015-2030": Edicion(
        fuente="CONAPO, proyecciones de la población de los municipios de México a mitad de año, 2015-2030 "
        "(edición de 2019, que CONAPO retiró)",
        municipios=2457,
    ),
    "CONAPO 1950-2070 (entidades)": Edicion(
        fuente="CONAPO, conciliación demográfica de México y proyecciones de la población de México y de las "
        "entidades federativas a mitad de año, 1950-2070",
    ),
}

FORMATOS_EN_PALABRAS = (
    "El portal lee de CONAPO: «pobproy_quinq1» o «1_Grupo_Quinq» (municipios 1990-2040), «3_Indicadores_Dem» de los "
    "municipios, «00_Pob_Mitad_1950_2070» (entidades), las dos partes de «base_municipios_final_datos» (2015-2030) "
    "y la tabla con una columna por año (CVE, Entidad, Municipio, 1990, 1991…)."
)

_ANIO = ("ano", "anio", "year", "fecha")
_EDAD = re.compile(r"^pob_\d\d_(\d\d|mm|mas|y_mas)$")
_SOLO_ANIO = re.compile(r"^(19|20)\d\d(\.0)?$", re.ASCII)


def reconocer(celdas: Sequence[str]) -> Encabezado | None:
    """What a row says it is a header of, or None if it is not a header of population.

    Raises:
        ArchivoInvalido: if it is the header of a known file that is not loaded; the message says why.
    """
    lugar: dict[str, int] = {}
    for posicion, celda in enumerate(celdas):
        lugar.setdefault(normalizar(celda.lstrip("\ufeff")), posicion)
    limpias = tuple(celda.strip() for celda in celdas)
    _rechazar_conocidos(lugar)
    anio = next((lugar[nombre] for nombre in _ANIO if nombre in lugar), None)
    comunes = {
        "celdas": limpias,
        "entidad": lugar.get("clave_ent"),
        "nombre": next((lugar[nombre] for nombre in ("nom_mun", "mun", "municipio") if nombre in lugar), None),
        "sexo": lugar.get("sexo"),
        "anio": anio,
    }
    if anio is not None and {"clave", "sexo", "pob_total"} <= lugar.keys():
        edades = tuple(posicion for nombre, posicion in lugar.items() if _EDAD.match(nombre))
        habitantes = lugar["pob_total"]
        return Encabezado(
            Formato.QUINQUENIOS, territorio=lugar["clave"], habitantes=habitantes, edades=edades, **comunes
        )
    if anio is not None and {"clave", "sexo", "edad_quin", "pob"} <= lugar.keys():
        return Encabezado(
            Formato.PARTES, territorio=lugar["clave"], habitantes=lugar["pob"], edad=lugar["edad_quin"], **comunes
        )
    if anio is not None and {"cve_geo", "edad", "sexo", "poblacion"} <= lugar.keys():
        comunes |= {"entidad": None, "nombre": None}
        return Encabezado(
            Formato.ENTIDADES,
            territorio=lugar["cve_geo"],
            habitantes=lugar["poblacion"],
            edad=lugar["edad"],
            **comunes,
        )
    if anio is not None and {"clave", "pob_mit_mun"} <= lugar.keys():
        comunes |= {"sexo": None}
        return Encabezado(Formato.INDICADORES, territorio=lugar["clave"], habitantes=lugar["pob_mit_mun"], **comunes)
    return _reconocer_ancho(lugar, limpias, comunes)


def _reconocer_ancho(
    lugar: Mapping[str, int], limpias: tuple[str, ...], comunes: Mapping[str, object]
) -> Encabezado | None:
    clave = next((lugar[nombre] for nombre in ("cve", "clave", "cvegeo", "cve_mun") if nombre in lugar), None)
    anios = {int(nombre[:4]): posicion for nombre, posicion in lugar.items() if _SOLO_ANIO.match(nombre)}
    if clave is None or not anios:
        return None
    if "sexo" in lugar or "edad" in lugar:
        raise ArchivoInvalido(
            "trae los años en columnas y además sexo o edad: no es ninguna de las ediciones que el portal lee. "
            + FORMATOS_EN_PALABRAS
        )
    return Encabezado(
        Formato.ANCHO,
        celdas=limpias,
        territorio=clave,
        entidad=comunes["entidad"],
        nombre=comunes["nombre"],
        anios=dict(sorted(anios.items())),
    )


def _rechazar_conocidos(lugar: Mapping[str, int]) -> None:
    """Refuse, with the reason, the files that people take for these."""
    if {"clave municipio", "sexo", "grupos de edad"} <= lugar.keys():
        raise ArchivoInvalido(
            "es la edición 2010-2030 por estado («{Estado}_mun.xlsx»), que trae decimales: redondearlos daría "
            "poblaciones que CONAPO no publicó. Usa la edición 1990-2040, que la reemplazó."
        )
    if "subtipo de delito" in lugar:
        raise ArchivoInvalido(
            "es de delitos, no de población: súbelo como archivo de delitos (o usa la orden `cargar_incidencia`)."
        )
    if "defunciones" in lugar and "poblacion" not in lugar:
        raise ArchivoInvalido("es el de defunciones de CONAPO, no el de población.")


def nombre_de_la_edicion(formato: Formato, primero: int, ultimo: int) -> str:
    """How an edition is cited: «CONAPO 1990-2040», «CONAPO 1950-2070 (entidades)»."""
    if formato.ambito == "municipal":
        return f"CONAPO {primero}-{ultimo}"
    if (primero, ultimo) == (1970, 2070):
        primero = 1950  # a copy without the country, which is all that the edition has before 1970
    return f"CONAPO {primero}-{ultimo} (entidades)"
