"""Which months of a file are figures: a zero, a silence and a month not yet published look alike in the source.

- The cut of a crime is its last month with something written, and never later than the last
  month of the whole file with a figure other than zero: the files of the RNID fill the months
  to come with zeros.
- A month before the cut that an entidad leaves blank was not reported by it. Blank in some of
  its rows and written in others is an error; forced, the month is taken as not reported.
- In a file that brings the whole catalogue, an entidad and month with no figure at all did not
  report: Oaxaca in several months of 2015. A file of few crimes cannot tell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from comun.formatos import MESES, enumerar
from indicadores.importadores.catalogo import Catalogo, Llave, entidades
from indicadores.importadores.encabezado import CELDAS
from indicadores.importadores.estructura import Estructura, Hallazgo
from indicadores.periodos import anio_de, mes, posicion
from indicadores.texto import normalizar

_TODOS = 0b1111_1111_1111
_NOMBRES = "|".join(sorted((*MESES, *(nombre[:3] for nombre in MESES), "sept", "setiembre"), key=len, reverse=True))
_EN_EL_NOMBRE = re.compile(rf"(?<![a-z])({_NOMBRES})[ _.-]*(?:de[l]?[ _.-]+)?(20\d\d|\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class AlcanceLeido:
    """Months that the file reports of a crime, in a year and an entidad; bit 0 of `mascara` is January."""

    delito: Llave
    anio: int
    entidad: str
    mascara: int
    corte: dt.date


@dataclass
class Cortes:
    """Until when the file goes, crime by crime, and what each entidad reported."""

    corte: dt.date | None = None
    por_delito: dict[Llave, dt.date] = field(default_factory=dict)
    alcances: list[AlcanceLeido] = field(default_factory=list)
    silencios: set[tuple[int, int]] = field(default_factory=set)
    """(entidad, month) in which an entidad did not report at all."""
    hallazgos: list[Hallazgo] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)


def del_nombre(nombre: str) -> dt.date | None:
    """The month in which an edition says to be cut, by the name of its file: `IDM_NM_ago23.csv`."""
    hallados = _EN_EL_NOMBRE.findall(normalizar(nombre))
    if not hallados:
        return None
    letras, cifras = hallados[-1]
    anio = int(cifras) if len(cifras) == 4 else 2000 + int(cifras)
    numero = next(n for n, suyo in enumerate(MESES, 1) if suyo[:3] == letras[:3].replace("set", "sep"))
    return dt.date(anio, numero, 1) if anio >= 2015 else None


def medir(
    con: duckdb.DuckDBPyConnection,
    catalogo: Catalogo,
    estructura: Estructura,
    municipal: bool,
    declarado: dt.date | None,
    quien: str,
) -> Cortes:
    """Find the cut and the months reported. `quien` says who declared a cut, for the message."""
    cortes = Cortes()
    con_cifra = _con_cifra(con, municipal)
    tope = max((mes(anio, mascara.bit_length()) for (anio, _), mascara in con_cifra.items()), default=None)
    if tope is None:
        cortes.hallazgos.append(Hallazgo("sin cifras", "ninguna de sus cifras es distinta de cero"))
        return cortes
    cortes.corte = _dia(tope)
    if declarado and tope > mes(declarado.year, declarado.month):
        motivo = f"{quien} {_texto(declarado)} y el archivo trae cifras hasta {_texto(cortes.corte)}"
        cortes.hallazgos.append(Hallazgo("corte", motivo, salvable=quien.startswith("el nombre")))
    elif declarado and quien.startswith("se declaró") and declarado != cortes.corte:
        cortes.avisos.append(
            f"Se declaró el corte de {_texto(declarado)}, pero sus cifras llegan a {_texto(cortes.corte)}."
        )
    huecos = _huecos(con, catalogo)
    ultimos = _ultimos(huecos, tope)
    cortes.por_delito = {llave: _dia(ultimo) for llave, ultimo in ultimos.items()}
    cortes.silencios = set(_silencios(estructura, catalogo, con_cifra, municipal, tope))
    a_medias: dict[tuple[int, int], int] = defaultdict(int)
    vacios = 0
    for (llave, anio, entidad), (alguno, todos) in sorted(huecos.items()):
        if llave not in ultimos or (llave, anio, entidad) in estructura.cortos:
            continue
        publicados = _hasta(ultimos[llave], anio)
        a_medias[anio, entidad] |= alguno & ~todos & publicados
        mascara = publicados & ~alguno
        vacios += mascara != publicados
        for numero in range(12):
            if (entidad, mes(anio, numero + 1)) in cortes.silencios:
                mascara &= ~(1 << numero)
        if mascara:
            cortes.alcances.append(AlcanceLeido(llave, anio, f"{entidad:02d}", mascara, cortes.por_delito[llave]))
    for (anio, entidad), mascara in sorted(a_medias.items()):
        if mascara:
            motivo = (
                f"en {anio} {_entidad(entidad)} trae {_meses(mascara)} a medias: celdas vacías junto a otras con cifra"
            )
            cortes.hallazgos.append(Hallazgo("mes a medias", motivo, salvable=True, veces=mascara.bit_count()))
    if vacios:
        cortes.avisos.append(
            f"{vacios:,} veces un delito, en un año y una entidad, trae meses vacíos antes del corte: no reportados."
        )
    cortes.avisos += _decir_silencios(cortes.silencios)
    return cortes


def _con_cifra(con: duckdb.DuckDBPyConnection, municipal: bool) -> dict[tuple[int, int], int]:
    """Mask of the months in which an entidad has some figure other than zero."""
    mascara = " + ".join(f"CASE WHEN {m} <> 0 THEN {1 << n} ELSE 0 END" for n, m in enumerate(CELDAS))
    entidad = "territorio // 1000" if municipal else "territorio"
    filas = con.execute(f"SELECT anio, {entidad}, bit_or({mascara}) FROM celdas GROUP BY ALL").fetchall()
    return {(anio, clave): suya for anio, clave, suya in filas}


def _huecos(con: duckdb.DuckDBPyConnection, catalogo: Catalogo) -> dict[tuple[Llave, int, int], tuple[int, int]]:
    """Months blank in some row, and in all, of each subtipo, year and entidad."""
    llaves = [combinacion.llave for combinacion in catalogo.combinaciones]
    huecos: dict[tuple[Llave, int, int], tuple[int, int]] = {}
    for anio, entidad, numero, alguno, todos in con.execute("SELECT * FROM huecos").fetchall():
        bloque = (llaves[numero], anio, entidad)
        antes_alguno, antes_todos = huecos.get(bloque, (0, _TODOS))
        huecos[bloque] = (antes_alguno | alguno, antes_todos & todos)
    return huecos


def _ultimos(huecos: dict[tuple[Llave, int, int], tuple[int, int]], tope: int) -> dict[Llave, int]:
    """Last month of each crime with something written, up to the last with a figure."""
    ultimos: dict[Llave, int] = {}
    for (llave, anio, _), (_, todos) in huecos.items():
        if escritos := _TODOS & ~todos & _hasta(tope, anio):
            ultimos[llave] = max(ultimos.get(llave, 0), mes(anio, escritos.bit_length()))
    return ultimos


def _hasta(ultimo: int, anio: int) -> int:
    """Mask of the months of a year up to one."""
    return _TODOS & (1 << max(0, min(12, ultimo - mes(anio, 1) + 1))) - 1


def _silencios(
    estructura: Estructura, catalogo: Catalogo, con_cifra: dict[tuple[int, int], int], municipal: bool, tope: int
) -> Iterator[tuple[int, int]]:
    for anio, presentes in estructura.por_anio.items():
        if presentes & catalogo.completo != catalogo.completo:
            continue
        for entidad in estructura.entidades_de(anio, municipal):
            callados = _hasta(tope, anio) & ~con_cifra.get((anio, entidad), 0)
            yield from ((entidad, mes(anio, n + 1)) for n in range(12) if callados >> n & 1)


def _decir_silencios(silencios: set[tuple[int, int]]) -> Iterator[str]:
    por_anio: dict[tuple[int, int], int] = defaultdict(int)
    for entidad, m in silencios:
        por_anio[entidad, anio_de(m)] |= 1 << posicion(m)
    for (entidad, anio), mascara in sorted(por_anio.items()):
        yield f"{_entidad(entidad)} no reportó {_meses(mascara)} de {anio}: todo viene en cero."


def _meses(mascara: int) -> str:
    return enumerar([nombre for numero, nombre in enumerate(MESES) if mascara >> numero & 1])


def _entidad(clave: int) -> str:
    return entidades()[f"{clave:02d}"][1]


def _dia(m: int) -> dt.date:
    return dt.date(anio_de(m), posicion(m) + 1, 1)


def _texto(dia: dt.date) -> str:
    return f"{MESES[dia.month - 1]} de {dia.year}"
