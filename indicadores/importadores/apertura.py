"""Opens what was given as an official file and says what is inside, by its bytes and never by its extension.

The source has published CSV in cp1252 and in UTF-8, bare or in a ZIP beside a PDF and copies
by year, and books of Excel. A file saved again by Excel may be in UTF-16 or have semicolons.
The original is read once, by pieces: its fingerprint, its encoding and its lines come together.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from indicadores.importadores.errores import ArchivoInvalido
from indicadores.importadores.muestra import Muestra, es_de_delitos, hojear

TROZO = 1 << 22
MAXIMO_DESCOMPRIMIDO = 2 << 30
"""Bytes that a ZIP may hold in one file: five times the largest of the source."""
MAXIMA_EXPANSION = 250
"""Times that a file may grow out of its ZIP: the most repetitive of the source grows about thirty."""
_ALTOS = bytes(range(0x80, 0xA0))
_FIRMAS = {
    b"\xd0\xcf\x11\xe0": "es un libro de Excel antiguo (.xls): guárdalo como .xlsx o como CSV.",
    b"%PDF": "es un PDF. Los datos vienen en el CSV o el ZIP que publica el SESNSP.",
    b"\x1f\x8b": "viene comprimido con gzip: descomprímelo, o usa el ZIP que publica el SESNSP.",
    b"7z\xbc\xaf": "viene comprimido con 7-Zip: descomprímelo, o usa el ZIP que publica el SESNSP.",
    b"Rar!": "viene comprimido con RAR: descomprímelo, o usa el ZIP que publica el SESNSP.",
}
_SEPARADORES = (b",", b";", b"\t")
_TEXTO = (".csv", ".txt", ".tsv")

Avisar = Callable[[str, float], None]
"""Receives what is being done and how far the whole reading has gone, from 0 to 1."""


@dataclass
class Origen:
    """A file of figures in the disk, and what is known of it before reading its rows."""

    nombre: str
    sha256: str
    bytes: int
    ruta: Path
    miembro: str = ""
    hoja: bool = False
    codificacion: str = "utf-8-sig"
    latina: bool = False
    """cp1252 without any of the characters in which it differs from Latin-1."""
    renglones: int = 0
    cola: str = ""
    """Last line, when the file does not end in a line break and may have been cut inside a figure."""
    muestra: Muestra = field(default_factory=Muestra)
    avisos: list[str] = field(default_factory=list)

    @property
    def titulo(self) -> str:
        """How to call it before people."""
        return f"{self.nombre} ({self.miembro})" if self.miembro else self.nombre


def abrir_origen(ruta: Path, carpeta: Path, nombre: str | None) -> Origen:
    """Recognise a file; what has to be unpacked or rewritten goes to `carpeta`, which belongs to the caller.

    Raises:
        ArchivoInvalido: if it is empty, damaged, encrypted or of a kind that is not read.
    """
    nombre = nombre or ruta.name
    try:
        with ruta.open("rb") as flujo:
            inicio = flujo.read(4096)
            _rechazar_conocidos(inicio, nombre)
            flujo.seek(0)
            if not inicio.startswith(b"PK"):
                examen = _Examen()
                huella = hashlib.sha256()
                with ThreadPoolExecutor(max_workers=1) as hilo:
                    while trozo := flujo.read(TROZO):
                        firmado = hilo.submit(huella.update, trozo)  # it lets other work go on meanwhile
                        examen.ver(trozo)
                        firmado.result()
                origen = Origen(nombre, huella.hexdigest(), ruta.stat().st_size, ruta)
                return _terminar(origen, examen, carpeta)
            sha256 = hashlib.file_digest(flujo, "sha256").hexdigest()
            flujo.seek(0)
            return _abrir_zip(flujo, Origen(nombre, sha256, ruta.stat().st_size, ruta), carpeta)
    except OSError as error:
        raise ArchivoInvalido(f"{nombre}: no se pudo leer ({error.strerror or error}).") from error


def _rechazar_conocidos(inicio: bytes, nombre: str) -> None:
    if not inicio.strip():
        raise ArchivoInvalido(f"{nombre}: está vacío.")
    for firma, motivo in _FIRMAS.items():
        if inicio.startswith(firma):
            raise ArchivoInvalido(f"{nombre}: {motivo}")
    if inicio.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise ArchivoInvalido(
            f"{nombre}: es una página web, no el archivo. El sitio pudo pedir una verificación; vuelve a descargarlo."
        )


class _Examen:
    """What the bytes of a text tell, piece by piece."""

    def __init__(self) -> None:
        self.saltos = 0
        self.utf8 = True
        self.altos = False
        self.final = b""
        self._primero = b""
        self._visto = 0
        self._decodificador = codecs.getincrementaldecoder("utf-8")()

    def ver(self, trozo: bytes) -> None:
        if not self._primero:
            self._primero = trozo[:4096]
        self.saltos += trozo.count(b"\n")
        self.final = (self.final + trozo)[-4096:] if len(trozo) < 4096 else trozo[-4096:]
        if self.utf8:
            try:
                self._decodificador.decode(trozo)
            except UnicodeDecodeError:
                self.utf8 = False
                self.altos = self._visto > 0
        if not self.utf8 and not self.altos:
            self.altos = len(trozo.translate(None, _ALTOS)) != len(trozo)
        self._visto += len(trozo)

    @property
    def utf16(self) -> bool:
        return self._primero.startswith((b"\xff\xfe", b"\xfe\xff"))

    @property
    def binario(self) -> bool:
        return b"\0" in self._primero

    def cerrar(self) -> None:
        if self.utf8:
            try:
                self._decodificador.decode(b"", final=True)
            except UnicodeDecodeError:
                self.utf8, self.altos = False, True


def _terminar(origen: Origen, examen: _Examen, carpeta: Path) -> Origen:
    examen.cerrar()
    if examen.utf16:
        _reescribir(origen, carpeta, "utf-16")
    elif examen.binario:
        raise ArchivoInvalido(f"{origen.titulo}: no es texto, ni ZIP, ni un libro de Excel (.xlsx).")
    elif not examen.utf8:
        origen.codificacion, origen.latina = "cp1252", not examen.altos
        if examen.altos:
            _reescribir(origen, carpeta, "cp1252")
    if not examen.utf16:
        sin_saltos = examen.final.rstrip(b"\r\n")
        sobran = examen.final[len(sin_saltos) :].count(b"\n")
        origen.renglones = examen.saltos - max(sobran - 1, 0) + (0 if sobran else 1)
        if not sobran:
            origen.cola = _cola(sin_saltos)
    origen.muestra = hojear(origen.ruta, origen.codificacion)
    return origen


def _cola(final: bytes) -> str:
    """The last line, if the file ends in it without a break and what it says may be half of it.

    A last cell left empty is whole if the row above also leaves it empty, and a quoted one if
    its quotes close.
    """
    anterior, _, ultima = final.rpartition(b"\n")
    vacia = ultima[-1:] in _SEPARADORES and anterior.rstrip(b"\r")[-1:] in _SEPARADORES
    return "" if vacia or ultima.endswith(b'"') else ultima.decode("cp1252", "replace")


def _reescribir(origen: Origen, carpeta: Path, codificacion: str) -> None:
    """Leave in `carpeta` the same text in UTF-8, which is what is read at full speed."""
    destino = carpeta / "texto.csv"
    try:
        with (
            origen.ruta.open(encoding=codificacion, newline="") as entrada,
            destino.open("w", encoding="utf-8", newline="") as salida,
        ):
            while trozo := entrada.read(TROZO):
                salida.write(trozo)
    except UnicodeError as error:
        raise ArchivoInvalido(
            f"{origen.titulo}: mezcla codificaciones o está dañado: hay letras que no son de UTF-8 ni de Windows-1252."
        ) from error
    origen.ruta, origen.codificacion = destino, "utf-8-sig"


# ── ZIP ─────────────────────────────────────────────────────────────────────────────────


def _abrir_zip(flujo: BinaryIO, origen: Origen, carpeta: Path) -> Origen:
    try:
        with zipfile.ZipFile(flujo) as paquete:
            miembros = [m for m in paquete.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
            if any(m.filename == "xl/workbook.xml" for m in miembros):
                for miembro in miembros:
                    _medir(miembro, origen.nombre)
                origen.hoja = True
                return origen
            miembro = _elegir(paquete, miembros, origen)
            _medir(miembro, origen.nombre)
            origen.miembro = Path(miembro.filename).name
            if not miembro.filename.lower().endswith(_TEXTO):
                origen.ruta = carpeta / "libro.xlsx"
                _extraer(paquete, miembro, origen.ruta, None)
                with zipfile.ZipFile(origen.ruta) as libro:
                    for parte in libro.infolist():
                        _medir(parte, origen.titulo)
                origen.hoja = True
                return origen
            origen.ruta = carpeta / "miembro.csv"
            examen = _Examen()
            _extraer(paquete, miembro, origen.ruta, examen)
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise ArchivoInvalido(f"{origen.nombre}: el ZIP está dañado o incompleto; vuelve a descargarlo.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise ArchivoInvalido(
            f"{origen.nombre}: el ZIP usa una compresión que aquí no se lee; descomprímelo y carga el CSV."
        ) from error
    return _terminar(origen, examen, carpeta)


def _elegir(paquete: zipfile.ZipFile, miembros: list[zipfile.ZipInfo], origen: Origen) -> zipfile.ZipInfo:
    """The largest CSV of crimes; the copies by year in Excel only count when there is no CSV."""
    textos = sorted((m for m in miembros if m.filename.lower().endswith(_TEXTO)), key=lambda m: -m.file_size)
    libros = sorted((m for m in miembros if m.filename.lower().endswith(".xlsx")), key=lambda m: -m.file_size)
    if not textos and not libros:
        raise ArchivoInvalido(f"{origen.nombre}: el ZIP no trae ningún CSV ni libro de Excel.")
    if any(m.flag_bits & 1 for m in textos or libros):
        raise ArchivoInvalido(f"{origen.nombre}: el ZIP pide contraseña; descomprímelo y carga el CSV.")
    if not textos:
        if len(libros) > 1:
            origen.avisos.append(f"Del ZIP se leyó solo {libros[0].filename}: trae {len(libros)} libros de Excel.")
        return libros[0]
    de_delitos = []
    for miembro in textos:
        with paquete.open(miembro) as entrada:
            if es_de_delitos(entrada.read(1 << 16)):
                de_delitos.append(miembro)
    if len(de_delitos) > 1:
        otros = ", ".join(Path(m.filename).name for m in de_delitos[1:])
        origen.avisos.append(f"El ZIP trae otros archivos de delitos, que no se leyeron: {otros}.")
    return (de_delitos or textos)[0]


def _medir(miembro: zipfile.ZipInfo, nombre: str) -> None:
    """Refuse what would grow out of all proportion."""
    if miembro.file_size > MAXIMO_DESCOMPRIMIDO or (
        miembro.file_size > TROZO and miembro.file_size > MAXIMA_EXPANSION * max(miembro.compress_size, 1)
    ):
        raise ArchivoInvalido(
            f"{nombre}: «{miembro.filename}» crecería a {miembro.file_size / 1e6:,.0f} MB al descomprimirlo, "
            "mucho más que cualquier archivo oficial; no se abrió."
        )


def _extraer(paquete: zipfile.ZipFile, miembro: zipfile.ZipInfo, destino: Path, examen: _Examen | None) -> None:
    with paquete.open(miembro) as entrada, destino.open("wb") as salida:
        lector = io.BufferedReader(entrada, TROZO)
        while trozo := lector.read(TROZO):
            if examen is not None:
                examen.ver(trozo)
            salida.write(trozo)
    if examen is not None and not examen.final.strip():
        raise ArchivoInvalido(f"«{miembro.filename}» está vacío.")
