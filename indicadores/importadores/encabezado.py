"""What kind of official file it is, by its header, in all the ways in which the header circulates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comun.formatos import MESES, enumerar
from indicadores.importadores.errores import ArchivoInvalido
from indicadores.texto import normalizar

ANIO, CLAVE, ENTIDAD, MUNICIPIO, NOMBRE = "anio", "cent", "ent", "cmun", "mun"
DELITO = ("bien", "tipo", "sub", "mod")
CELDAS = tuple(f"m{numero}" for numero in range(1, 13))
ESTATAL = (ANIO, CLAVE, ENTIDAD, *DELITO, *CELDAS)
MUNICIPAL = (ANIO, CLAVE, ENTIDAD, MUNICIPIO, NOMBRE, *DELITO, *CELDAS)
TOTAL = "total"

OFICIAL = {
    ANIO: "Año",
    CLAVE: "Clave_Ent",
    ENTIDAD: "Entidad",
    MUNICIPIO: "Cve. Municipio",
    NOMBRE: "Municipio",
    "bien": "Bien jurídico afectado",
    "tipo": "Tipo de delito",
    "sub": "Subtipo de delito",
    "mod": "Modalidad",
    **{celda: mes.capitalize() for celda, mes in zip(CELDAS, MESES, strict=True)},
}
"""Name of each column in the file of the source."""

_FORMAS = {
    ANIO: ("ano", "anio"),
    CLAVE: ("claveent", "cveent", "claveentidad", "cveentidad", "clavedeentidad"),
    ENTIDAD: ("entidad", "entidadfederativa"),
    MUNICIPIO: ("cvemunicipio", "clavemunicipio", "cvemun", "clavemun", "clavedemunicipio"),
    NOMBRE: ("municipio",),
    "bien": ("bienjuridicoafectado", "bienjuridico"),
    "tipo": ("tipodedelito", "tipodelito"),
    "sub": ("subtipodedelito", "subtipodelito"),
    "mod": ("modalidad",),
    **{celda: (mes,) for celda, mes in zip(CELDAS, MESES, strict=True)},
    TOTAL: ("total",),
}
_POR_FORMA = {forma: columna for columna, formas in _FORMAS.items() for forma in formas} | {"setiembre": "m9"}
_INUTILES = {"", "totalestado", "index", "indice"}
_NO_LETRA = re.compile(r"[^a-z0-9]")

VICTIMAS = (
    "cuenta víctimas, no carpetas de investigación: una carpeta puede tener varias víctimas, y el portal todavía "
    "no tiene un lugar propio para ellas. Carga el archivo de delitos."
)
ANTERIOR = (
    "es de la metodología anterior (hasta 2017), con otra clasificación de los delitos: no se compara ni se mezcla "
    "con la de 2015 en adelante."
)
POBLACION = "es de población, no de delitos: súbelo como archivo de población (o usa la orden `cargar_poblacion`)."


@dataclass(frozen=True)
class Encabezado:
    """Where each column stands in the rows of a file."""

    municipal: bool
    posiciones: dict[str, int]
    ancho: int
    ajenas: tuple[str, ...] = ()

    @property
    def columnas(self) -> tuple[str, ...]:
        """Those that a file of its kind must bring."""
        return MUNICIPAL if self.municipal else ESTATAL

    @property
    def canonico(self) -> bool:
        """Whether the columns are exactly the official ones, in their order."""
        return self.ancho == len(self.columnas) and all(
            self.posiciones[columna] == lugar for lugar, columna in enumerate(self.columnas)
        )


def forma(celda: str) -> str:
    """A column's name by its letters alone: «Cve. Municipio» and «CVE_MUNICIPIO» are the same."""
    return _NO_LETRA.sub("", normalizar(celda.removeprefix("\ufeff").removeprefix("ï»¿")))


def parece_encabezado(celdas: Sequence[str]) -> bool:
    """Whether a row may be the header: at least three of its cells are names of columns."""
    return sum(forma(celda) in _POR_FORMA for celda in celdas) >= 3


def reconocer(celdas: Sequence[str]) -> Encabezado:
    """The columns of a crime file, by its header.

    Raises:
        ArchivoInvalido: if it is another kind of file; the message says which and what to do.
    """
    formas = [forma(celda) for celda in celdas]
    _rechazar_conocidos(set(formas))
    posiciones: dict[str, int] = {}
    ajenas = []
    for lugar, (celda, nombre) in enumerate(zip(celdas, formas, strict=True)):
        columna = _POR_FORMA.get(nombre)
        if columna is None:
            if nombre not in _INUTILES:
                ajenas.append(celda.strip())
        elif columna in posiciones:
            raise ArchivoInvalido(f"la columna «{celda.strip()}» viene dos veces.")
        else:
            posiciones[columna] = lugar
    municipal = MUNICIPIO in posiciones
    faltan = [OFICIAL[columna] for columna in (MUNICIPAL if municipal else ESTATAL) if columna not in posiciones]
    if faltan:
        visto = ", ".join(f"«{celda.strip()}»" for celda in list(celdas)[:8]) or "nada"
        raise ArchivoInvalido(
            "no se reconoce su encabezado. Se espera el de incidencia delictiva del SESNSP: Año, Clave_Ent, Entidad, "
            "(Cve. Municipio, Municipio,) Bien jurídico afectado, Tipo de delito, Subtipo de delito, Modalidad y los "
            f"doce meses. Falta {enumerar(faltan[:6])}{' y más' if len(faltan) > 6 else ''}; empieza con {visto}."
        )
    return Encabezado(municipal, posiciones, len(celdas), tuple(ajenas))


def _rechazar_conocidos(formas: set[str]) -> None:
    if formas & {"cvegeo", "cve"} or ({"pob", "poblacion"} & formas):
        raise ArchivoInvalido(POBLACION)
    if formas & {"sexo", "rangodeedad"}:
        raise ArchivoInvalido(VICTIMAS)
    if "inegi" in formas or {"tipo", "subtipo", "modalidad"} <= formas:
        raise ArchivoInvalido(ANTERIOR)
