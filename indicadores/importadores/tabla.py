"""The rows of a file as a table of DuckDB, in one reading: strict, so that nothing is rounded in silence.

DuckDB turns «1.5» into 2, «1e3» into 1000 and « 7 » into 7. Each row is therefore compared
with its exact shape before its figures are believed; one row out of shape, and the whole file
goes through the patient reader (`limpieza`), which repairs or reports, and comes back here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from indicadores.importadores.catalogo import Catalogo, Combinacion
from indicadores.importadores.encabezado import CELDAS, DELITO, ESTATAL, MUNICIPAL

MEMORIA = "300MB"
HILOS = 2
_FORMA = r"\d{4}\|\d{1,2}(\|\d{1,5})?(\|-?\d{1,9})*"
"""Year, entidad, municipality and figures, as `2024|11|11020|3|0|…`."""
SEPARA_NOMBRES = "\x1f"


@dataclass(frozen=True)
class Texto:
    """A CSV in the disk, with the official columns in their order."""

    ruta: Path
    municipal: bool
    codificacion: str = "utf-8"
    separador: str = ","

    @property
    def columnas(self) -> Sequence[str]:
        """Its columns, with the short names used here."""
        return MUNICIPAL if self.municipal else ESTATAL

    def sql(self) -> str:
        """How DuckDB reads it: text and nothing else, an empty cell as NULL."""
        tipos = ", ".join(f"'{columna}': 'VARCHAR'" for columna in self.columnas)
        ruta = str(self.ruta).replace("'", "''")
        return (
            f"read_csv('{ruta}', columns={{{tipos}}}, auto_detect=false, delim='{self.separador}', quote='\"', "
            f"escape='\"', header=true, nullstr='', encoding='{self.codificacion}')"
        )


def conectar(carpeta: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own, in memory, that spills to a folder of the caller."""
    con = duckdb.connect(config={"threads": HILOS, "memory_limit": MEMORIA, "temp_directory": str(carpeta / "duckdb")})
    con.execute("SET preserve_insertion_order = false")
    con.execute("SET enable_progress_bar = false")
    return con


def volcar(con: duckdb.DuckDBPyConnection, texto: Texto, grafias: dict[Combinacion, int], testigo: int) -> int:
    """Fill the table `bruto` with every row of the file; how many there are.

    `bruto(anio, entidad, ter, id, vacios, limpia, nombres, m1…m12)`: `ter` is the code of the
    municipality or of the entidad, `id` the combination by its spelling (NULL if unknown),
    `vacios` the mask of blank months, `limpia` whether the row has the exact shape, and
    `nombres` those of its territory, kept only in the rows of the combination `testigo`.

    Raises:
        duckdb.Error: if the rows do not even have the same number of cells.
    """
    con.execute("CREATE OR REPLACE TABLE grafia (id UTINYINT, bien VARCHAR, tipo VARCHAR, sub VARCHAR, mod VARCHAR)")
    con.executemany(
        "INSERT INTO grafia VALUES (?, ?, ?, ?, ?)", [(numero, *grafia) for grafia, numero in grafias.items()]
    )
    territorio, nombre = ("cmun", "mun") if texto.municipal else ("cent", "ent")
    claves = ("anio", "cent", "cmun") if texto.municipal else ("anio", "cent")
    obligadas = [columna for columna in texto.columnas if columna not in CELDAS]
    # Two rows in three are zeros from January to December: they are told apart first, and little more is asked of them.
    ceros = " AND ".join(f"{m} = '0'" for m in CELDAS)
    vacios = " + ".join(f"CASE WHEN f.{m} IS NULL THEN {1 << n} ELSE 0 END" for n, m in enumerate(CELDAS))
    en_claves, en_celdas = (", ".join(f"f.{columna}" for columna in columnas) for columnas in (claves, CELDAS))
    con.execute(
        f"""
        CREATE OR REPLACE TABLE bruto AS
        SELECT try_cast(f.anio AS SMALLINT) AS anio,
               try_cast(f.cent AS UTINYINT) AS entidad,
               try_cast(f.{territorio} AS INTEGER) AS ter,
               id,
               CASE WHEN f.ceros THEN 0 ELSE ({vacios})::SMALLINT END AS vacios,
               regexp_full_match(
                   CASE WHEN f.ceros THEN concat_ws('|', {en_claves}) ELSE concat_ws('|', {en_claves}, {en_celdas}) END,
                   '{_FORMA}'
               ) AND {" AND ".join(f"f.{columna} IS NOT NULL" for columna in obligadas)} AS limpia,
               CASE WHEN id = {testigo} THEN concat_ws('{SEPARA_NOMBRES}', f.ent, f.{nombre}) END AS nombres,
               {", ".join(f"CASE WHEN f.ceros THEN 0 ELSE try_cast(f.{m} AS INTEGER) END AS {m}" for m in CELDAS)}
        FROM (SELECT *, coalesce({ceros}, false) AS ceros FROM {texto.sql()}) f
        LEFT JOIN grafia USING (bien, tipo, sub, mod)
        """
    )
    return con.execute("SELECT count(*) FROM bruto").fetchone()[0]


def volcar_oficial(con: duckdb.DuckDBPyConnection, texto: Texto, catalogo: Catalogo, testigo: Combinacion) -> int:
    """`volcar` with the spellings of a catalogue. `testigo` is what the first row of data counts."""
    grafias = {combinacion: numero for numero, combinacion in enumerate(catalogo.combinaciones)}
    return volcar(con, texto, grafias, catalogo.numeros().get(testigo.texto, 0))


def hay_sucias(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether some row is not exactly in shape."""
    return con.execute("SELECT count(*) FROM bruto WHERE limpia IS NOT TRUE").fetchone()[0] > 0


def grafias_ajenas(con: duckdb.DuckDBPyConnection, texto: Texto, grafias: dict[Combinacion, int]) -> list[Combinacion]:
    """Combinations of the file whose spelling is none of those known: a second reading, only when there are."""
    if not con.execute("SELECT count(*) FROM bruto WHERE id IS NULL").fetchone()[0]:
        return []
    filas = con.execute(f"SELECT DISTINCT {', '.join(DELITO)} FROM {texto.sql()} ORDER BY ALL").fetchall()
    return [combinacion for fila in filas if (combinacion := Combinacion(*fila)) not in grafias]


def nombres_de(con: duckdb.DuckDBPyConnection, texto: Texto) -> dict[int, list[tuple[str, str]]]:
    """Names that come with each code of territory: (entidad, territory), the newest first."""
    filas = con.execute(
        "SELECT ter, nombres, max(anio) FROM bruto WHERE nombres IS NOT NULL GROUP BY ALL ORDER BY 1, 3 DESC, 2"
    ).fetchall()
    territorios = con.execute("SELECT count(DISTINCT ter) FROM bruto").fetchone()[0]
    if len({fila[0] for fila in filas}) < territorios:
        territorio, nombre = ("cmun", "mun") if texto.municipal else ("cent", "ent")
        filas = con.execute(
            f"SELECT {territorio}::INTEGER, concat_ws('{SEPARA_NOMBRES}', ent, {nombre}), max(anio) "
            f"FROM {texto.sql()} GROUP BY ALL ORDER BY 1, 3 DESC, 2"
        ).fetchall()
    nombres: dict[int, list[tuple[str, str]]] = {}
    for territorio, juntos, _ in filas:
        entidad, _, suyo = juntos.partition(SEPARA_NOMBRES)
        nombres.setdefault(territorio, []).append((entidad.strip(), " ".join(suyo.split())))
    return nombres


def apartar_celdas(con: duckdb.DuckDBPyConnection) -> None:
    """Leave in `celdas` only the rows with some figure that is not zero, blanks as zeros, and the masks of all.

    `celdas(combinacion, territorio, anio, m1…m12)` is what the loader takes; `resumen(anio,
    ter, filas, bajos, altos)` counts the rows of each territory and year and holds the bits
    of its combinations; `huecos(anio, entidad, id, alguno, todos)` its blank months.
    """
    algo = " | ".join(f"coalesce({m}, 0)" for m in CELDAS)
    con.execute(
        f"""
        CREATE TABLE celdas AS
        SELECT id::SMALLINT AS combinacion, ter AS territorio, anio,
               {", ".join(f"coalesce({m}, 0) AS {m}" for m in CELDAS)}
        FROM bruto WHERE ({algo}) <> 0
        """
    )
    con.execute(
        """
        CREATE TABLE resumen AS
        SELECT anio, ter, count(*) AS filas,
               bit_or(CASE WHEN id < 64 THEN 1::UBIGINT << id::UBIGINT ELSE 0 END) AS bajos,
               bit_or(CASE WHEN id >= 64 THEN 1::UBIGINT << (id - 64)::UBIGINT ELSE 0 END) AS altos
        FROM bruto GROUP BY ALL
        """
    )
    con.execute(
        """
        CREATE TABLE huecos AS
        SELECT anio, entidad, id, bit_or(vacios) AS alguno, bit_and(vacios) AS todos FROM bruto GROUP BY ALL
        """
    )


def guardar_combinaciones(con: duckdb.DuckDBPyConnection, catalogo: Catalogo, presentes: int) -> None:
    """The table `combinacion(id, bien, tipo, subtipo, modalidad)` of those that the file brings."""
    con.execute(
        "CREATE TABLE combinacion (id SMALLINT, bien VARCHAR, tipo VARCHAR, subtipo VARCHAR, modalidad VARCHAR)"
    )
    filas = [(n, *nombres) for n, nombres in enumerate(catalogo.combinaciones) if presentes >> n & 1]
    con.executemany("INSERT INTO combinacion VALUES (?, ?, ?, ?, ?)", filas)
