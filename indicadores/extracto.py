"""The portal's own compact format for the figures of the first run, and how it is read.

A folder with a manifest that fingerprints every other file:

- `manifiesto.json`: where each figure comes from, its cut, what was left out and why.
- `taxonomia.csv`: the official catalogues, in their spelling and order.
- `alcance.csv`: months reported of each crime and year, by entidad (`01-32 33`), as twelve 0/1.
- `presencia.csv.xz`: years in which each municipality has rows in each carga.
- `conteos.csv.xz`: counts by subtipo, territory and year; rows of pure zeros are not written.
- `poblacion.csv.xz`: inhabitants by municipality, a column per year.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CARPETA = Path(__file__).resolve().parent / "datos"
MANIFIESTO = "manifiesto.json"
TAXONOMIA = "taxonomia.csv"
ALCANCE = "alcance.csv"
PRESENCIA = "presencia.csv.xz"
CONTEOS = "conteos.csv.xz"
POBLACION = "poblacion.csv.xz"
FORMATO = 1

COLUMNAS = {
    TAXONOMIA: ("instrumento", "bien", "tipo", "subtipo", "modalidad"),
    ALCANCE: ("carga", "delito", "anio", "meses", "corte", "completa", "entidades"),
    PRESENCIA: ("carga", "desde", "hasta", "municipios"),
    CONTEOS: ("carga", "delito", "territorio", "anio", *(f"m{mes:02d}" for mes in range(1, 13))),
}


class ExtractoDanado(Exception):
    """A file of the extract is missing or is not the one the manifest describes."""


@dataclass(frozen=True, slots=True)
class Extracto:
    """The extract opened: its manifest, its fingerprint and its files."""

    carpeta: Path
    manifiesto: dict[str, Any]
    huella: str

    def filas(self, nombre: str) -> Iterator[list[str]]:
        """Rows of one of its files, without the header."""
        lector = csv.reader(io.StringIO(leer_texto(self.carpeta / nombre), newline=""))
        next(lector)
        return lector

    def columnas(self, nombre: str) -> list[str]:
        """Header of one of its files."""
        return next(csv.reader(io.StringIO(leer_texto(self.carpeta / nombre), newline="")))


def abrir(carpeta: Path = CARPETA) -> Extracto:
    """Open an extract after checking that every file is the one its manifest describes.

    Raises:
        ExtractoDanado: if one is missing or differs.
    """
    try:
        crudo = (carpeta / MANIFIESTO).read_bytes()
    except FileNotFoundError as error:
        raise ExtractoDanado(f"Falta {MANIFIESTO} en {carpeta.name}.") from error
    manifiesto = json.loads(crudo)
    for nombre, ficha in manifiesto["archivos"].items():
        ruta = carpeta / nombre
        if not ruta.is_file() or hashlib.sha256(ruta.read_bytes()).hexdigest() != ficha["sha256"]:
            raise ExtractoDanado(f"{nombre} falta o no es el que describe {MANIFIESTO}.")
    return Extracto(carpeta, manifiesto, hashlib.sha256(crudo).hexdigest())


def leer_texto(ruta: Path) -> str:
    """Text of a file, decompressed when its name says so."""
    crudo = ruta.read_bytes()
    return (lzma.decompress(crudo) if ruta.suffix == ".xz" else crudo).decode()


def escribir(ruta: Path, columnas: Iterable[str], filas: Iterable[Iterable[Any]]) -> dict[str, Any]:
    """Write a file of the extract and return its entry in the manifest."""
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, lineterminator="\n")
    escritor.writerow(columnas)
    cuantas = 0
    for fila in filas:
        escritor.writerow(fila)
        cuantas += 1
    crudo = salida.getvalue().encode()
    if ruta.suffix == ".xz":
        crudo = lzma.compress(crudo, preset=9 | lzma.PRESET_EXTREME)
    ruta.write_bytes(crudo)
    return {"sha256": hashlib.sha256(crudo).hexdigest(), "bytes": len(crudo), "filas": cuantas}


def juntar_claves(claves: Iterable[str]) -> str:
    """Codes of the same width as text, with runs joined: `01-03 05`."""
    tramos: list[list[str]] = []
    for clave in sorted(claves):
        if tramos and int(clave) == int(tramos[-1][1]) + 1:
            tramos[-1][1] = clave
        else:
            tramos.append([clave, clave])
    return " ".join(primera if primera == ultima else f"{primera}-{ultima}" for primera, ultima in tramos)


def separar_claves(texto: str) -> Iterator[str]:
    """The inverse of `juntar_claves`."""
    for tramo in texto.split():
        primera, _, ultima = tramo.partition("-")
        for numero in range(int(primera), int(ultima or primera) + 1):
            yield str(numero).zfill(len(primera))
