"""Makes a national file of any size, in the exact shape of the official one, to measure and to test with.

Every figure in it is invented. It exists only so that the speed and the memory of a load can
be measured without the official file, which is not part of the portal: the names and codes
of places and crimes are the official ones, and nothing made here may be published.
"""

from __future__ import annotations

import csv
import lzma
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import duckdb

from comun.formatos import MESES
from indicadores.importadores.catalogo import DATOS, entidades, instrumento_de, municipios, oficial
from indicadores.importadores.encabezado import MUNICIPAL, OFICIAL
from indicadores.importadores.tabla import conectar

PSEUDOMUNICIPIOS = {
    **dict.fromkeys(("09998", "14998", "22998", "26998", "30998"), "No Especificado"),
    **dict.fromkeys(("20999", "26999", "30999"), "Otros Municipios"),
}
"""Those of the official files of 2015 to 2025."""
INTENSIDAD = 20
"""Such that about one cell in nine is above zero, as in the official file."""
_SIN_POBLACION = 30_000
_TROZO = 1 << 22


def escribir_nacional(
    ruta: Path,
    *,
    anios: Sequence[int] = range(2015, 2026),
    claves: Sequence[str] | None = None,
    mes_de_corte: int = 12,
    semilla: int = 1,
    codificacion: str = "cp1252",
    fin: str = "\r\n",
) -> int:
    """Write a municipal file with every combination of the catalogue; how many rows it has.

    Args:
        anios: years, all of the same instrument.
        claves: municipalities; all those of the country and the eight pseudo-municipalities if missing.
        mes_de_corte: last month published of the last year; the rest stays blank.
        semilla: the same one makes the same file.
    """
    claves = list(claves) if claves is not None else [*municipios(), *PSEUDOMUNICIPIOS]
    combinaciones = oficial(instrumento_de(anios[0])).combinaciones
    encabezado = ",".join(OFICIAL[columna] for columna in MUNICIPAL)
    with tempfile.TemporaryDirectory(prefix="sintetico-") as carpeta, ruta.open("wb") as salida:
        parte = Path(carpeta) / "parte.csv"
        salida.write(f"{encabezado}{fin}".encode(codificacion))
        with conectar(Path(carpeta)) as con:
            _llenar_catalogos(con, sorted(claves), combinaciones)
            for anio in anios:
                con.execute(_sql(parte, anio, mes_de_corte if anio == anios[-1] else 12, semilla))
                _agregar(salida, parte, codificacion, fin)
    return len(claves) * len(combinaciones) * len(anios)


def _llenar_catalogos(con: duckdb.DuckDBPyConnection, claves: Sequence[str], combinaciones: Sequence[tuple]) -> None:
    nombres, poblacion, oficiales = municipios() | PSEUDOMUNICIPIOS, _poblacion(), entidades()
    con.execute("CREATE TABLE lugar (i INTEGER, clave VARCHAR, entidad VARCHAR, nombre VARCHAR, habitantes INTEGER)")
    con.executemany(
        "INSERT INTO lugar VALUES (?, ?, ?, ?, ?)",
        [
            (
                i,
                clave,
                oficiales[clave[:2]][0],
                nombres.get(clave) or _pseudo(clave),
                poblacion.get(clave, _SIN_POBLACION),
            )
            for i, clave in enumerate(claves)
        ],
    )
    con.execute("CREATE TABLE delito (j INTEGER, bien VARCHAR, tipo VARCHAR, sub VARCHAR, mod VARCHAR, peso DOUBLE)")
    con.executemany(
        "INSERT INTO delito VALUES (?, ?, ?, ?, ?, ?)",
        [(j, *nombres, 1 / (j * 37 % len(combinaciones) + 1) ** 1.3) for j, nombres in enumerate(combinaciones)],
    )


def _pseudo(clave: str) -> str:
    return "Otros Municipios" if clave.endswith("999") else "No Especificado"


def _poblacion() -> dict[str, int]:
    with lzma.open(DATOS / "poblacion.csv.xz", "rt", encoding="utf-8", newline="") as archivo:
        return {fila["municipio"]: int(fila["2020"]) for fila in csv.DictReader(archivo)}


def _sql(destino: Path, anio: int, corte: int, semilla: int) -> str:
    """A year of the file: crimes grow with the inhabitants, few crimes are frequent, and chance does the rest."""
    meses = ", ".join(
        f'floor(media + hash(i, j, {anio * 12 + numero}, {semilla}) % 100000 / 100000.0)::INTEGER AS "{nombre}"'
        if numero <= corte
        else f'NULL AS "{nombre}"'
        for numero, nombre in enumerate(MESES, start=1)
    )
    return f"""
        COPY (
            SELECT {anio}, clave[:2]::INTEGER, entidad, clave::INTEGER, nombre, bien, tipo, sub, mod, {meses}
            FROM (
                SELECT *, habitantes / 1e5 * peso * {INTENSIDAD} * (0.5 + hash(i, j, {anio}, {semilla}) % 1000 / 1000.0)
                    AS media
                FROM lugar, delito
            ) ORDER BY i, j
        ) TO '{destino}' (HEADER false, DELIMITER ',')
    """


def _agregar(salida: BinaryIO, parte: Path, codificacion: str, fin: str) -> None:
    with parte.open(encoding="utf-8", newline="") as entrada:
        while trozo := entrada.read(_TROZO):
            salida.write((trozo if fin == "\n" else trozo.replace("\n", fin)).encode(codificacion))
