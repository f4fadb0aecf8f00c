"""Whether a file is whole: no row twice, no place out of its entidad, nothing missing at the end.

The source writes every combination of its catalogue for every municipality, zeros included, so
what is missing was lost on the way: a download cut short, a spreadsheet of 1 048 576 rows, a
filter somebody left on. A year may lack the municipalities that did not exist yet (535 of
Oaxaca in 2015 and 2016, those created since); once a municipality appears it stays.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

import duckdb

from comun.formatos import enumerar
from indicadores.importadores.catalogo import (
    CNSP,
    PRIMER_ANIO_CNSP,
    PRIMER_ANIO_RNID,
    SIN_MODALIDAD,
    Catalogo,
    Llave,
    entidades,
    municipios,
)
from indicadores.texto import normalizar

FILAS_DE_EXCEL = 1_048_576
PSEUDO = (998, 999)

Bloque = tuple[Llave, int, int]
"""A subtipo in a year and an entidad."""


@dataclass
class Hallazgo:
    """Something wrong that was seen in the table. `buscar` are the keys whose lines are worth telling."""

    clase: str
    motivo: str
    columna: str = ""
    valor: str = ""
    veces: int = 1
    salvable: bool = False
    buscar: frozenset[Hashable] = frozenset()


@dataclass
class Estructura:
    """What a file brings, and what is wrong with it."""

    anios: list[int] = field(default_factory=list)
    mascaras: dict[tuple[int, int], int] = field(default_factory=dict)
    """Combinations of each (year, territory)."""
    por_anio: dict[int, int] = field(default_factory=dict)
    """Combinations that some territory brings in each year."""
    hallazgos: list[Hallazgo] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    sin_modalidad: set[Llave] = field(default_factory=set)
    cortos: set[Bloque] = field(default_factory=set)
    """Blocks whose sum would be short: they are left out when the load is forced."""

    @property
    def presentes(self) -> int:
        """Combinations that the file brings."""
        presentes = 0
        for mascara in self.por_anio.values():
            presentes |= mascara
        return presentes

    def entidades_de(self, anio: int, municipal: bool) -> set[int]:
        """Entidades that a year brings."""
        return {ter // 1000 if municipal else ter for suyo, ter in self.mascaras if suyo == anio}


def revisar_claves(con: duckdb.DuckDBPyConnection, municipal: bool) -> list[Hallazgo]:
    """Years and codes that cannot be."""
    hallazgos = []
    anios = dict(con.execute("SELECT anio, count(*) FROM bruto GROUP BY 1 ORDER BY 1").fetchall())
    tope = max(dt.date.today().year, PRIMER_ANIO_RNID)
    for anio, filas in anios.items():
        if not PRIMER_ANIO_CNSP <= anio <= tope:
            hallazgos.append(
                Hallazgo(
                    "año fuera de la serie",
                    f"la serie va de {PRIMER_ANIO_CNSP} a {tope}",
                    "Año",
                    str(anio),
                    filas,
                    buscar=frozenset({("anio", anio)}),
                )
            )
    if any(anio < PRIMER_ANIO_RNID for anio in anios) and any(anio >= PRIMER_ANIO_RNID for anio in anios):
        hallazgos.append(
            Hallazgo(
                "dos instrumentos",
                "trae años de antes y de después de enero de 2026, que se cuentan con catálogos distintos y no se "
                "mezclan: carga cada archivo oficial por separado",
                "Año",
            )
        )
    ajeno = "ter // 1000 <> entidad OR ter % 1000 = 0" if municipal else "FALSE"
    filas = con.execute(
        "SELECT entidad, ter, count(*) FROM bruto "
        f"WHERE entidad NOT BETWEEN 1 AND 32 OR {ajeno} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    for entidad, ter, veces in filas:
        if not 1 <= entidad <= 32:
            motivo, columna, valor = "las entidades van de 1 a 32", "Clave_Ent", str(entidad)
        else:
            motivo, columna, valor = f"no es de la entidad {entidad:02d}", "Cve. Municipio", f"{ter:05d}"
        buscar = frozenset({("territorio", entidad, ter)})
        hallazgos.append(Hallazgo("clave de otro lugar", motivo, columna, valor, veces, buscar=buscar))
    return hallazgos


def revisar(con: duckdb.DuckDBPyConnection, catalogo: Catalogo, municipal: bool, filas: int) -> Estructura:
    """Compare what the file brings with what a whole file brings."""
    estructura = Estructura()
    repetidas = 0
    for anio, ter, suyas, bajos, altos in con.execute("SELECT * FROM resumen").fetchall():
        mascara = bajos | altos << 64
        estructura.mascaras[anio, ter] = mascara
        estructura.por_anio[anio] = estructura.por_anio.get(anio, 0) | mascara
        repetidas += suyas - mascara.bit_count()
    estructura.anios = sorted(estructura.por_anio)
    if repetidas:
        estructura.hallazgos.append(_repetidas(con, repetidas))
    if filas == FILAS_DE_EXCEL - 1:
        motivo = "tiene justo los renglones que caben en una hoja de Excel: alguien lo abrió ahí y se perdió lo demás"
        estructura.hallazgos.append(Hallazgo("truncado", motivo, salvable=True))
    estructura.hallazgos += _revisar_anios(estructura, municipal)
    estructura.hallazgos += _revisar_territorios(estructura, municipal)
    estructura.hallazgos += _revisar_combinaciones(estructura, catalogo, municipal)
    _avisar_de_lo_que_falta(estructura, catalogo, municipal)
    return estructura


def _repetidas(con: duckdb.DuckDBPyConnection, veces: int) -> Hallazgo:
    claves = con.execute(
        "SELECT anio, ter, id FROM bruto GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 50"
    ).fetchall()
    motivo = "el mismo año, lugar y delito ya venía antes"
    return Hallazgo("fila repetida", motivo, veces=veces, buscar=frozenset(("celda", *clave) for clave in claves))


def _nombres(claves: set[int]) -> str:
    oficiales = entidades()
    return enumerar([oficiales[f"{clave:02d}"][1] for clave in sorted(claves) if f"{clave:02d}" in oficiales] or ["?"])


def _revisar_anios(estructura: Estructura, municipal: bool) -> Iterator[Hallazgo]:
    anios = estructura.anios
    faltan = sorted(set(range(anios[0], anios[-1] + 1)) - set(anios)) if anios else []
    if faltan:
        yield Hallazgo("faltan años", f"no trae {enumerar([str(a) for a in faltan])}", salvable=True, veces=len(faltan))
    de_cada_anio = {anio: estructura.entidades_de(anio, municipal) for anio in anios}
    todas = set().union(*de_cada_anio.values())
    for anio, suyas in de_cada_anio.items():
        if suyas != todas:
            motivo = f"en {anio} no trae {_nombres(todas - suyas)}"
            yield Hallazgo("faltan entidades", motivo, salvable=True, veces=len(todas - suyas))
    if len(todas) == 1:
        estructura.avisos.append(f"Solo trae {_nombres(todas)}: no es el archivo nacional.")
    elif len(todas) != 32:
        faltan_del_pais = set(range(1, 33)) - todas
        motivo = f"trae {len(todas)} de las 32 entidades: no vienen {_nombres(faltan_del_pais)}"
        yield Hallazgo("faltan entidades", motivo, salvable=True, veces=len(faltan_del_pais))


def _revisar_territorios(estructura: Estructura, municipal: bool) -> Iterator[Hallazgo]:
    """A municipality that was there and is not any more: rows were lost."""
    if not municipal:
        return
    de_cada_anio: dict[int, set[int]] = defaultdict(set)
    for anio, ter in estructura.mascaras:
        de_cada_anio[anio].add(ter)
    vistos: set[int] = set()
    for anio in estructura.anios:
        perdidos = sorted(ter for ter in vistos - de_cada_anio[anio] if ter % 1000 not in PSEUDO)
        if perdidos:
            ejemplos = ", ".join(f"{ter:05d}" for ter in perdidos[:5])
            cuantos = "falta un municipio que venía" if len(perdidos) == 1 else f"faltan {len(perdidos)} que venían"
            motivo = f"en {anio} {cuantos} en años anteriores ({ejemplos}{'…' if len(perdidos) > 5 else ''})"
            yield Hallazgo("faltan municipios", motivo, salvable=True, veces=len(perdidos))
        vistos |= de_cada_anio[anio]


def _revisar_combinaciones(estructura: Estructura, catalogo: Catalogo, municipal: bool) -> Iterator[Hallazgo]:
    """Within a year every territory brings the same, and each subtipo all its official modalidades."""
    subtipos = catalogo.subtipos()
    presentes = estructura.presentes
    sin_modalidad = normalizar(SIN_MODALIDAD)
    for llave, mascara in subtipos.items():
        suyas = [n for n in range(len(catalogo.combinaciones)) if (presentes & mascara) >> n & 1]
        oficiales = mascara & catalogo.completo
        una_sola = len(suyas) == 1 and normalizar(catalogo.combinaciones[suyas[0]].modalidad) == sin_modalidad
        if una_sola and presentes & oficiales != oficiales:
            estructura.sin_modalidad.add(llave)
    incompletos: dict[tuple[int, int], int] = {}
    esperadas = _esperadas(estructura, catalogo)
    for (anio, ter), mascara in estructura.mascaras.items():
        if faltan := esperadas[anio] & ~mascara:
            incompletos[anio, ter] = faltan
    if incompletos:
        yield from _territorios_incompletos(estructura, catalogo, incompletos, municipal)
    for anio, presentes in estructura.por_anio.items():
        todas = estructura.entidades_de(anio, municipal)
        for llave, mascara in subtipos.items():
            oficiales = mascara & catalogo.completo
            if not presentes & mascara or llave in estructura.sin_modalidad or presentes & oficiales == oficiales:
                continue
            nombre = _subtipo(catalogo, mascara)
            faltan = (oficiales & ~presentes).bit_count()
            motivo = f"en {anio} a «{nombre}» le faltan {faltan} de sus {oficiales.bit_count()} modalidades"
            yield Hallazgo("faltan modalidades", motivo, "Modalidad", nombre, faltan, salvable=True)
            estructura.cortos |= {(llave, anio, entidad) for entidad in todas}


def _esperadas(estructura: Estructura, catalogo: Catalogo) -> dict[int, int]:
    """What each territory should bring in each year: what the file brings that is official, or that most bring.

    A combination that only a few territories bring, and no catalogue knows, is a name mistyped there: to ask
    it of all the others would bury the line of the mistake under thousands of its consequences.
    """
    ajenas = [1 << n for n in range(catalogo.oficiales, len(catalogo.combinaciones))]
    esperadas = dict(estructura.por_anio)
    for anio in esperadas if ajenas else ():
        suyas = [mascara for (otro, _), mascara in estructura.mascaras.items() if otro == anio]
        for ajena in ajenas:
            if 2 * sum(bool(mascara & ajena) for mascara in suyas) <= len(suyas):
                esperadas[anio] &= ~ajena
    return esperadas


def _territorios_incompletos(
    estructura: Estructura, catalogo: Catalogo, incompletos: dict[tuple[int, int], int], municipal: bool
) -> Iterator[Hallazgo]:
    for (anio, ter), faltan in sorted(incompletos.items())[:50]:
        trae, debe = estructura.mascaras[anio, ter].bit_count(), estructura.por_anio[anio].bit_count()
        lugar = f"el municipio {ter:05d}" if municipal else f"la entidad {ter:02d}"
        motivo = f"en {anio} {lugar} trae {trae} de {debe} combinaciones de delito y modalidad"
        buscar = frozenset({("fila", anio, ter)})
        yield Hallazgo("incompleto", motivo, veces=faltan.bit_count(), salvable=True, buscar=buscar)
    resto = sum(faltan.bit_count() for _, faltan in sorted(incompletos.items())[50:])
    if resto:
        motivo = f"y {len(incompletos) - 50} lugares más a los que les faltan delitos"
        yield Hallazgo("incompleto", motivo, veces=resto, salvable=True)
    for llave, mascara in catalogo.subtipos().items():
        for (anio, ter), faltan in incompletos.items():
            if faltan & mascara:
                estructura.cortos.add((llave, anio, ter // 1000 if municipal else ter))


def _subtipo(catalogo: Catalogo, mascara: int) -> str:
    return catalogo.combinaciones[(mascara & -mascara).bit_length() - 1].subtipo


def _avisar_de_lo_que_falta(estructura: Estructura, catalogo: Catalogo, municipal: bool) -> None:
    subtipos = catalogo.subtipos()
    presentes = estructura.presentes
    traidos = sum(1 for mascara in subtipos.values() if presentes & mascara)
    oficiales = sum(1 for mascara in subtipos.values() if mascara & catalogo.completo)
    if traidos < oficiales:
        estructura.avisos.append(f"Trae {traidos} de los {oficiales} delitos del catálogo {catalogo.instrumento}.")
    for mascara in (subtipos[llave] for llave in sorted(estructura.sin_modalidad)):
        nombre = _subtipo(catalogo, mascara)
        estructura.avisos.append(f"De «{nombre}» no trae las modalidades: solo se conoce su suma.")
    parciales = Counter(
        llave for mascara in estructura.por_anio.values() for llave, suya in subtipos.items() if mascara & suya
    )
    for llave, anios in parciales.items():
        if anios < len(estructura.anios):
            cuales = [a for a in estructura.anios if estructura.por_anio[a] & subtipos[llave]]
            nombre = _subtipo(catalogo, subtipos[llave])
            estructura.avisos.append(f"«{nombre}» solo viene en {enumerar([str(a) for a in cuales])}.")
    if municipal and estructura.anios:
        estructura.avisos += _municipios_que_faltan(estructura)
    if catalogo.instrumento == CNSP and municipal and estructura.anios and estructura.anios[0] < 2017:
        estructura.avisos += _oaxaca(estructura)


def _municipios_que_faltan(estructura: Estructura) -> Iterator[str]:
    """Those of the country that the last year lacks, in the entidades that it brings: their sums fall short."""
    anio = estructura.anios[-1]
    presentes = {f"{ter:05d}" for suyo, ter in estructura.mascaras if suyo == anio}
    entidades_suyas = {clave[:2] for clave in presentes}
    faltan = sorted(clave for clave in municipios() if clave[:2] in entidades_suyas and clave not in presentes)
    if faltan:
        ejemplos = f"{', '.join(faltan[:5])}{'…' if len(faltan) > 5 else ''}"
        lugares = f"{len(faltan)} municipios del catálogo ({ejemplos})"
        yield f"En {anio} no vienen {lugares}: si ya existían, la suma de su entidad no está completa."


def _oaxaca(estructura: Estructura) -> Iterator[str]:
    for anio in (2015, 2016):
        suyos = sum(1 for suyo, ter in estructura.mascaras if suyo == anio and ter // 1000 == 20 and ter % 1000 < 900)
        if 0 < suyos < 570:
            yield f"En {anio} Oaxaca trae {suyos} de sus 570 municipios, como en la publicación oficial."
