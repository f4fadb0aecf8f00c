"""From the cells of an official file to the series that PostgreSQL keeps.

DuckDB adds the cells into every crime that the portal names and into every entidad, and
writes them as text; PostgreSQL takes the text with COPY. Both work at once: the sums are made
while PostgreSQL takes what the file covers, and while it takes a few crimes the next are
written. Python only opens the doors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from django.db import connection
from duckdb import DuckDBPyConnection

MESES = tuple(f"m{mes}" for mes in range(1, 13))
CEROS = ",".join("0" * len(MESES))
TANDAS = 8
"""Into how many lots of crimes the writing is parted."""
LUGARES = 100_000
"""Room for the codes of territory below each crime: `llave` is crime × LUGARES + territory."""

# Counts of a month are far from overflowing: the plain sum would carry 128 bits for nothing.
_SUMAS = ", ".join(f"sum_no_overflow({mes})::int AS {mes}" for mes in MESES)
_TEXTO = ", ',', ".join(f"CASE {mes} WHEN 0 THEN '0' ELSE {mes}::varchar END" for mes in MESES)


def sumar(con: DuckDBPyConnection, nodos: Sequence[tuple[int, int]], municipal: bool) -> None:
    """Leave in `serie(llave, anio, meses)` the twelve months of each crime, territory and year, as text.

    A crime made of a single combination is that combination; only the rest is added up.

    Args:
        con: with the table `celdas(combinacion, territorio, anio, m1…m12)` of the file, which is spent.
        nodos: pairs (combination of the file, id of a crime in which it counts).
        municipal: true if the entidades are to be added from their municipalities.
    """
    veces: dict[int, int] = {}
    for _, nodo in nodos:
        veces[nodo] = veces.get(nodo, 0) + 1
    con.execute("CREATE OR REPLACE TABLE nodo_de (combinacion SMALLINT, base BIGINT, solo BOOLEAN)")
    valores = ", ".join(f"({combinacion}, {nodo * LUGARES}, {veces[nodo] == 1})" for combinacion, nodo in nodos)
    con.execute(f"INSERT INTO nodo_de VALUES {valores}")
    con.execute(
        f"CREATE TABLE suma AS SELECT base + territorio AS llave, anio, {', '.join(MESES)} "
        "FROM celdas JOIN nodo_de USING (combinacion) WHERE solo"
    )
    con.execute(
        f"INSERT INTO suma SELECT base + territorio AS llave, anio, {_SUMAS} "
        "FROM celdas JOIN nodo_de USING (combinacion) WHERE NOT solo GROUP BY ALL"
    )
    con.execute("DROP TABLE celdas")  # its memory is needed for the text
    if municipal:
        con.execute(
            f"INSERT INTO suma SELECT llave - llave % {LUGARES} + llave % {LUGARES} // 1000 AS llave, anio, {_SUMAS} "
            "FROM suma GROUP BY ALL"
        )
    con.execute(f"CREATE TABLE serie AS SELECT llave, anio, concat({_TEXTO}) AS meses FROM suma")
    con.execute("DROP TABLE suma")


def escribir_conteos(con: DuckDBPyConnection, carpeta: Path, carga: int, delitos: Collection[int], anios: range) -> int:
    """Write the series of a carga and return how many. Rows of pure zeros are not written.

    Args:
        con: after `sumar`.
        carpeta: for the text between both programs.
        carga: its id.
        delitos: ids of the crimes to write, of those added up.
        anios: all the years of the carga.
    """
    textos = (
        _Texto(con, carpeta / f"lote_{numero}.tsv", carga, tanda, anios)
        for numero, tanda in enumerate(_tandas(con, delitos))
    )
    with connection.cursor() as cursor:
        # What a statement brings is looked at again by its trigger: without room for it, it would go to the disk,
        # and compiling its questions costs more than answering them.
        cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL jit = off")
        cuantas = sum(_copiar(ruta) for ruta in _adelantar(textos))
        cursor.execute("SET LOCAL work_mem TO DEFAULT; SET LOCAL jit TO DEFAULT")
    return cuantas


def _tandas(con: DuckDBPyConnection, delitos: Collection[int]) -> Iterator[list[int]]:
    """The crimes in lots of much the same size, in their order: so the table grows in that of its key."""
    filas = con.execute(f"SELECT llave // {LUGARES} AS nodo, count(*) FROM serie GROUP BY 1 ORDER BY 1").fetchall()
    filas = [(nodo, cuantas) for nodo, cuantas in filas if nodo in delitos]
    cabe = sum(cuantas for _, cuantas in filas) / TANDAS
    tanda: list[int] = []
    llevan = 0
    for nodo, cuantas in filas:
        tanda.append(nodo)
        llevan += cuantas
        if llevan >= cabe:
            yield tanda
            tanda, llevan = [], 0
    if tanda:
        yield tanda


class _Texto:
    """A lot of crimes on its way from one program to the other."""

    def __init__(
        self, con: DuckDBPyConnection, ruta: Path, carga: int, delitos: Sequence[int], anios: Iterable[int]
    ) -> None:
        self.con, self.ruta, self.carga, self.delitos, self.anios = con.cursor(), ruta, carga, delitos, tuple(anios)

    def escribir(self) -> Path:
        """Write its series, one a line, in the order in which the table keeps them."""
        lote, suyos = self.ruta.stem, ", ".join(map(str, self.delitos))
        self.con.execute(f"CREATE TABLE {lote} AS SELECT * FROM serie WHERE llave // {LUGARES} IN ({suyos})")
        anios = " ".join(
            f"LEFT JOIN (SELECT llave, meses AS a{anio} FROM {lote} WHERE anio = {anio}) USING (llave)"
            for anio in self.anios
        )
        columnas = ", ',', ".join(f"coalesce(a{anio}, '{CEROS}')" for anio in self.anios)
        lugar = f"llave % {LUGARES}"
        # Codes have two digits if they are of an entidad and five if they are of a municipality.
        self.con.execute(
            f"COPY (SELECT {self.carga}, llave // {LUGARES}, lpad(({lugar})::varchar, CASE WHEN {lugar} < 100 THEN 2 "
            f"ELSE 5 END, '0'), concat('{{', {columnas}, '}}') "
            f"FROM (SELECT DISTINCT llave FROM {lote}) {anios} ORDER BY llave) "
            f"TO '{self.ruta}' (HEADER false, DELIMITER '\t', QUOTE '')"
        )
        self.con.execute(f"DROP TABLE {lote}")
        self.con.close()
        return self.ruta


def _adelantar(textos: Iterable[_Texto]) -> Iterator[Path]:
    """Each lot written, with the next one being written meanwhile."""
    with ThreadPoolExecutor(max_workers=1) as hilo:
        pendiente: Future[Path] | None = None
        for texto in textos:
            siguiente = hilo.submit(texto.escribir)
            if pendiente is not None:
                yield pendiente.result()
            pendiente = siguiente
        if pendiente is not None:
            yield pendiente.result()


def _copiar(ruta: Path) -> int:
    with ruta.open("rb") as archivo, connection.cursor() as cursor:
        cursor.copy_expert(
            "COPY indicadores_conteo (carga_id, delito_id, territorio, meses) FROM STDIN", archivo, 1 << 20
        )
        ruta.unlink()
        return cursor.rowcount
