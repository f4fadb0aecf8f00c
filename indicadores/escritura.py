"""From the cells of an official file to the series that PostgreSQL keeps.

DuckDB adds the cells into every crime that the portal names and into every entidad, and
writes them as text; PostgreSQL takes the text with COPY. Both work at once: while one takes a
few crimes, the other prepares the next. Python only opens the doors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from django.db import connection
from duckdb import DuckDBPyConnection

MESES = tuple(f"m{mes}" for mes in range(1, 13))
CEROS = ",".join("0" * len(MESES))
TANDAS = 8
"""Into how many lots of crimes the writing is parted."""

# Counts of a month are far from overflowing: the plain sum would carry 128 bits for nothing.
_SUMAS = ", ".join(f"sum_no_overflow({mes})::int AS {mes}" for mes in MESES)


def escribir_conteos(
    con: DuckDBPyConnection, carpeta: Path, carga: int, nodos: Sequence[tuple[int, int]], anios: range, municipal: bool
) -> int:
    """Write the series of a carga and return how many. Rows of pure zeros are not written.

    Args:
        con: with the table `celdas(combinacion, territorio, anio, m1…m12)` of the file, which is spent.
        carpeta: for the text between both programs.
        carga: its id.
        nodos: pairs (combination of the file, id of a crime in which it counts).
        anios: all the years of the carga.
        municipal: true if the entidades are to be added from their municipalities.
    """
    _sumar(con, nodos, municipal)
    delitos = sorted({nodo for _, nodo in nodos})
    tandas = [delitos[tanda::TANDAS] for tanda in range(TANDAS) if delitos[tanda::TANDAS]]
    textos = (_Texto(con, carpeta / f"lote_{numero}.tsv", carga, tanda, anios) for numero, tanda in enumerate(tandas))
    return sum(_copiar(ruta) for ruta in _adelantar(textos))


def _sumar(con: DuckDBPyConnection, nodos: Sequence[tuple[int, int]], municipal: bool) -> None:
    """Leave in `serie` the twelve months of each crime, territory and year, as text.

    A crime made of a single combination is that combination; only the rest is added up.
    `clave` is the code of the territory as text.
    """
    veces: dict[int, int] = {}
    for _, nodo in nodos:
        veces[nodo] = veces.get(nodo, 0) + 1
    con.execute("CREATE OR REPLACE TABLE nodo_de (combinacion SMALLINT, nodo INTEGER, solo BOOLEAN)")
    valores = ", ".join(f"({combinacion}, {nodo}, {veces[nodo] == 1})" for combinacion, nodo in nodos)
    con.execute(f"INSERT INTO nodo_de VALUES {valores}")
    columnas = f"nodo, territorio, anio, {', '.join(MESES)}"
    con.execute(f"CREATE TABLE suma AS SELECT {columnas} FROM celdas JOIN nodo_de USING (combinacion) WHERE solo")
    con.execute(
        f"INSERT INTO suma SELECT nodo, territorio, anio, {_SUMAS} "
        "FROM celdas JOIN nodo_de USING (combinacion) WHERE NOT solo GROUP BY ALL"
    )
    texto = f"concat_ws(',', {', '.join(MESES)})"
    digitos = 5 if municipal else 2
    con.execute(
        f"CREATE TABLE serie AS SELECT nodo, lpad(territorio::varchar, {digitos}, '0') AS clave, anio, "
        f"{texto} AS meses FROM suma"
    )
    if municipal:
        con.execute(
            f"INSERT INTO serie SELECT nodo, lpad(entidad::varchar, 2, '0'), anio, {texto} FROM ("
            f"SELECT nodo, territorio // 1000 AS entidad, anio, {_SUMAS} FROM suma GROUP BY ALL)"
        )
    con.execute("DROP TABLE suma")
    con.execute("DROP TABLE celdas")  # its memory is needed for the text


class _Texto:
    """A lot of crimes on its way from one program to the other."""

    def __init__(
        self, con: DuckDBPyConnection, ruta: Path, carga: int, delitos: Sequence[int], anios: Iterable[int]
    ) -> None:
        self.con, self.ruta, self.carga, self.delitos, self.anios = con.cursor(), ruta, carga, delitos, tuple(anios)

    def escribir(self) -> Path:
        """Write its series, one a line, in the order in which the table keeps them."""
        lote = self.ruta.stem
        self.con.execute(
            f"CREATE TABLE {lote} AS SELECT * FROM serie WHERE nodo IN ({', '.join(map(str, self.delitos))})"
        )
        anios = " ".join(
            f"LEFT JOIN (SELECT nodo, clave, meses AS a{anio} FROM {lote} WHERE anio = {anio}) USING (nodo, clave)"
            for anio in self.anios
        )
        columnas = ", ".join(f"coalesce(a{anio}, '{CEROS}')" for anio in self.anios)
        self.con.execute(
            f"COPY (SELECT {self.carga}, nodo, clave, '{{' || concat_ws(',', {columnas}) || '}}' "
            f"FROM (SELECT DISTINCT nodo, clave FROM {lote}) {anios} ORDER BY nodo, clave) "
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
