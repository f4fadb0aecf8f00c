"""From the cells of an official file to the series that PostgreSQL keeps.

DuckDB adds the cells into every crime that the portal names and into every entidad, and
writes them as text; PostgreSQL takes the text with COPY. Python only opens the door.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db import connection
from duckdb import DuckDBPyConnection

MESES = tuple(f"m{mes}" for mes in range(1, 13))

_ENTIDADES = 100_000
"""Added to the code of an entidad, so that it stands beside those of municipalities as a number."""


def escribir_conteos(
    con: DuckDBPyConnection, carpeta: Path, carga: int, nodos: Sequence[tuple[int, int]], anios: range, municipal: bool
) -> int:
    """Write the series of a carga and return how many. Rows of pure zeros are not written.

    Args:
        con: with the table `celdas(combinacion, territorio, anio, m1…m12)` of the file.
        carpeta: for the text between both programs.
        carga: its id.
        nodos: pairs (combination of the file, id of a crime in which it counts).
        anios: all the years of the carga.
        municipal: true if the entidades are to be added from their municipalities.
    """
    sumas = ", ".join(f"sum({mes})::int AS {mes}" for mes in MESES)
    con.execute("CREATE OR REPLACE TABLE nodo_de (combinacion SMALLINT, nodo BIGINT)")
    valores = ", ".join(f"({combinacion}, {nodo})" for combinacion, nodo in nodos)
    con.execute(f"INSERT INTO nodo_de VALUES {valores}")
    con.execute(
        f"CREATE OR REPLACE TABLE series AS SELECT nodo, territorio, anio, {sumas} "
        "FROM celdas JOIN nodo_de USING (combinacion) GROUP BY ALL"
    )
    if municipal:
        con.execute(
            f"INSERT INTO series SELECT nodo, territorio // 1000 + {_ENTIDADES}, anio, {sumas} FROM series GROUP BY ALL"
        )
    else:
        con.execute(f"UPDATE series SET territorio = territorio + {_ENTIDADES}")
    ceros = ",".join("0" * len(MESES))
    columnas = ", ".join(f"coalesce(max(texto) FILTER (WHERE anio = {anio}), '{ceros}')" for anio in anios)
    ruta = carpeta / "conteos.tsv"
    con.execute(
        f"""
        COPY (
            SELECT {carga}, nodo, CASE WHEN territorio >= {_ENTIDADES}
                THEN lpad((territorio - {_ENTIDADES})::varchar, 2, '0') ELSE lpad(territorio::varchar, 5, '0') END,
                '{{' || concat_ws(',', {columnas}) || '}}'
            FROM (SELECT nodo, territorio, anio, concat_ws(',', {", ".join(MESES)}) AS texto FROM series)
            GROUP BY nodo, territorio ORDER BY nodo, territorio
        ) TO '{ruta}' (HEADER false, DELIMITER '\t', QUOTE '')
        """
    )
    con.execute("DROP TABLE series")
    return _copiar(ruta)


def _copiar(ruta: Path) -> int:
    with ruta.open("rb") as archivo, connection.cursor() as cursor:
        cursor.copy_expert(
            "COPY indicadores_conteo (carga_id, delito_id, territorio, meses) FROM STDIN", archivo, size=1 << 20
        )
        return cursor.rowcount
