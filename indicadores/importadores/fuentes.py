"""Which official files the first-run extract is made from, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass

CNSP = "CNSP/38/15"
RNID = "RNID"


@dataclass(frozen=True, slots=True)
class Fuente:
    """A file of figures and its card."""

    clave: str
    archivo: str
    instrumento: str
    ambito: str
    titulo: str
    nota: str = ""
    modalidad_desconocida: bool = False


_ESTATAL = "SESNSP / CNI, incidencia delictiva del fuero común por entidad"
_MUNICIPAL = "SESNSP / CNI, incidencia delictiva del fuero común por municipio"
_REUNIDO = (
    "Reunido de publicaciones del SESNSP en su formato municipal de 21 columnas; "
    "trae solo algunos delitos y no es el archivo nacional completo."
)

FUENTES = (
    Fuente("estatal", "IDEFC_NM_ago23.csv", CNSP, "estatal", _ESTATAL),
    Fuente(
        "rnid-estatal",
        "RNID-Delitos_Estatal-2026_edicion-feb2026.csv",
        RNID,
        "estatal",
        _ESTATAL,
        "Primeros meses del instrumento nuevo: no se comparan ni se suman con los de antes.",
    ),
    Fuente(
        "municipal-guanajuato",
        "IDM_Guanajuato_homicidio_2020-2025_nov2025.csv",
        CNSP,
        "municipal",
        _MUNICIPAL,
        "Solo Guanajuato: homicidio doloso y culposo.",
    ),
    Fuente(
        "municipal-homicidio",
        "IDM_NM_adaptado_homicidio_2024-2025.zip",
        CNSP,
        "municipal",
        _MUNICIPAL,
        f"{_REUNIDO} La cifra por subtipo es la oficial; la modalidad no se conoce.",
        modalidad_desconocida=True,
    ),
    Fuente("municipal-varios", "IDM_NM_reconstruido_29combos_2015-2024.zip", CNSP, "municipal", _MUNICIPAL, _REUNIDO),
    Fuente(
        "municipal-familiar", "IDM_NM_reconstruido_7subtipos_2015-2022.zip", CNSP, "municipal", _MUNICIPAL, _REUNIDO
    ),
)
"""In order of preference when two cuts tie."""

OMITIDOS = {
    "IDEFC_NM_oct2020.csv": "Edición anterior de la serie estatal: la de agosto de 2023 la reemplaza entera.",
    "RNID-Delitos_Estatal-2026_edicion-ene2026.csv": "Edición anterior: la de febrero de 2026 la reemplaza.",
}

POBLACION_ARCHIVO = "conapo_municipal_1990-2040_total.csv"
POBLACION_NOMBRE = "CONAPO 1990-2040"
POBLACION_FUENTE = "CONAPO, proyecciones de la población de los municipios de México a mitad de año, 1990-2040"
POBLACION_NOTA = "Proyección de población residente a mitad de año; la de cada entidad es la suma de sus municipios."
POBLACION_ANIOS = range(2014, 2031)
