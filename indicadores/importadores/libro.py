"""Reads a book of Excel as rows of text, as fast as its XML goes by.

CONAPO publishes tables of six million cells as .xlsx. Only text and numbers matter here, and
numbers are taken as the file writes them, so that a decimal is seen and not rounded.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

_TROZO = 1 << 20
_HOJAS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELACION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CIFRAS = "0123456789"
_PARTES = frozenset({"row", "c", "v", "is", "t"})

DANADO = (zipfile.BadZipFile, ElementTree.ParseError, expat.ExpatError, EOFError, KeyError, ValueError)
"""What a damaged book raises while it is read."""


def hojas(ruta: Path) -> dict[str, str]:
    """Name of each sheet and where it is inside the book, in their order."""
    with zipfile.ZipFile(ruta) as libro:
        destinos = {
            relacion.get("Id"): posixpath.normpath(posixpath.join("/xl", relacion.get("Target", ""))).lstrip("/")
            for relacion in ElementTree.fromstring(libro.read("xl/_rels/workbook.xml.rels"))
        }
        raiz = ElementTree.fromstring(libro.read("xl/workbook.xml"))
        return {
            hoja.get("name", ""): destinos[hoja.get(_RELACION)]
            for hoja in raiz.iter(f"{_HOJAS}sheet")
            if "worksheets/" in destinos.get(hoja.get(_RELACION), "")
        }


def filas(ruta: Path, hoja: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of a sheet with their number, each cell as text. Empty rows that the book leaves out are left out."""
    with zipfile.ZipFile(ruta) as libro:
        lector = _Lector(_textos(libro))
        with libro.open(hoja) as entrada:
            while trozo := entrada.read(_TROZO):
                lector.analizador.Parse(trozo, False)
                yield from lector.sacar()
            lector.analizador.Parse(b"", True)
            yield from lector.sacar()


def _textos(libro: zipfile.ZipFile) -> list[str]:
    """Texts that the cells share, by their number."""
    if "xl/sharedStrings.xml" not in libro.namelist():
        return []
    textos = []
    with libro.open("xl/sharedStrings.xml") as entrada:
        for _, elemento in ElementTree.iterparse(entrada):
            if elemento.tag == f"{_HOJAS}si":
                partes = [*elemento.findall(f"{_HOJAS}t"), *elemento.findall(f"{_HOJAS}r/{_HOJAS}t")]
                textos.append("".join(parte.text or "" for parte in partes))
                elemento.clear()
    return textos


class _Lector:
    """Turns the events of the XML of a sheet into rows."""

    def __init__(self, textos: list[str]) -> None:
        self.analizador = expat.ParserCreate()
        self.analizador.buffer_text = True
        self.analizador.StartElementHandler = self._abre
        self.analizador.EndElementHandler = self._cierra
        self._textos = textos
        self._listas: list[tuple[int, list[str]]] = []
        self._linea = 0
        self._fila: list[str] = []
        self._tipo = ""
        self._columnas: dict[str, int] = {}
        self._valor: list[str] = []

    def sacar(self) -> list[tuple[int, list[str]]]:
        """Rows complete since the last time."""
        listas, self._listas = self._listas, []
        return listas

    def _abre(self, nombre: str, atributos: dict[str, Any]) -> None:
        if nombre not in _PARTES:
            nombre = nombre.rpartition(":")[2]
        if nombre == "c":
            letras = atributos.get("r", "").rstrip(_CIFRAS)
            faltan = self._columna(letras) - len(self._fila) if letras else 0
            if faltan > 0:
                self._fila += [""] * faltan
            self._tipo = atributos.get("t", "n")
            self._valor = []
        elif nombre in ("v", "t"):
            self.analizador.CharacterDataHandler = self._valor.append
        elif nombre == "row":
            self._linea = int(atributos.get("r", self._linea + 1))
            self._fila = []

    def _cierra(self, nombre: str) -> None:
        if nombre not in _PARTES:
            nombre = nombre.rpartition(":")[2]
        if nombre in ("v", "t"):
            self.analizador.CharacterDataHandler = None
        elif nombre == "c":
            self._fila.append(self._celda("".join(self._valor)))
        elif nombre == "row":
            self._listas.append((self._linea, self._fila))

    def _celda(self, valor: str) -> str:
        if self._tipo == "s":
            return self._textos[int(valor)] if valor else ""
        if self._tipo != "n" or valor.isdecimal() or not valor:
            return valor
        try:
            numero = float(valor)
        except ValueError:
            return valor
        return str(int(numero)) if numero.is_integer() and abs(numero) < 1e15 else valor

    def _columna(self, letras: str) -> int:
        if letras not in self._columnas:
            lugar = 0
            for letra in letras:
                lugar = lugar * 26 + ord(letra) - 64
            self._columnas[letras] = lugar - 1
        return self._columnas[letras]
