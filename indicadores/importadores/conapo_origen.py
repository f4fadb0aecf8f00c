"""Opens a file of population: CSV in any of its encodings, ZIP or book of Excel, by its bytes and never by its name."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from indicadores.importadores import libro
from indicadores.importadores.conapo_formatos import FORMATOS_EN_PALABRAS, Encabezado, Formato, reconocer
from indicadores.importadores.errores import ArchivoInvalido

Fila = tuple[int, list[str]]
"""Line of the file, from 1, and its cells."""

TROZO = 1 << 20
RENGLONES_DE_EXCEL = 1_048_576
_HASTA_EL_ENCABEZADO = 20
"""Rows in which the header is looked for: books of Excel bring titles above it."""
_MAXIMO = 1 << 30
"""Bytes that a member of a ZIP may grow to: eight times the largest that CONAPO publishes."""
_SEPARADORES = (",", ";", "\t")
_FIRMAS = {
    b"\xd0\xcf\x11\xe0": "es un libro de Excel antiguo (.xls): guárdalo como .xlsx o como CSV.",
    b"%PDF": "es un PDF, no una tabla.",
    b"\x1f\x8b": "viene comprimido con gzip: descomprímelo primero.",
    b"7z\xbc\xaf": "viene comprimido con 7-Zip: descomprímelo primero.",
    b"Rar!": "viene comprimido con RAR: descomprímelo y carga los CSV que trae.",
    b"<": "es una página web, no el archivo: vuelve a descargarlo.",
}


@dataclass(frozen=True)
class Tabla:
    """A table of population inside a file, with its header recognised and its rows yet to be read."""

    nombre: str
    encabezado: Encabezado
    linea: int
    """Line of the header."""
    abrir: Callable[[], Iterator[Fila]]
    """Every row of the file, from its first line."""
    libro: bool = False
    """A book of Excel, which leaves out the empty cells at the end of a row."""
    sin_final: bool = False
    """A text whose last line does not end: it may have been cut inside a figure."""

    @property
    def formato(self) -> Formato:
        """Which of the shapes of CONAPO it is."""
        return self.encabezado.formato

    def filas(self) -> Iterator[Fila]:
        """The rows under the header.

        Raises:
            ArchivoInvalido: if the text is damaged.
        """
        try:
            for linea, celdas in self.abrir():
                if linea > self.linea:
                    faltan = len(self.encabezado.celdas) - len(celdas) if self.libro else 0
                    yield linea, [*celdas, *[""] * faltan] if faltan > 0 else celdas
        except csv.Error as error:
            raise ArchivoInvalido(f"{self.nombre}: el archivo está dañado ({error}).") from error
        except (UnicodeError, *libro.DANADO) as error:
            raise ArchivoInvalido(
                f"{self.nombre}: el archivo está dañado o incompleto; descárgalo de nuevo."
            ) from error


@dataclass(frozen=True)
class Origen:
    """One file as it was given, with its fingerprint and the tables of population that it holds."""

    nombre: str
    sha256: str
    tablas: list[Tabla]


def abrir(ruta: Path, nombre: str, carpeta: Path) -> Origen:
    """Recognise a file; what has to be unpacked goes to `carpeta`, which belongs to the caller.

    Raises:
        ArchivoInvalido: if it is empty, damaged or not one of population.
    """
    try:
        with ruta.open("rb") as archivo:
            inicio = archivo.read(64)
            archivo.seek(0)
            sha256 = hashlib.file_digest(archivo, "sha256").hexdigest()
    except OSError as error:
        raise ArchivoInvalido(f"{nombre}: no se pudo leer ({error.strerror or error}).") from error
    sin_marca = inicio.removeprefix(codecs.BOM_UTF8).lstrip()
    if not sin_marca:
        raise ArchivoInvalido(f"{nombre}: está vacío.")
    for firma, motivo in _FIRMAS.items():
        if sin_marca.startswith(firma):
            raise ArchivoInvalido(f"{nombre}: {motivo}")
    if not inicio.startswith(b"PK"):
        return Origen(nombre, sha256, [_texto(ruta, nombre)])
    try:
        return Origen(nombre, sha256, _paquete(ruta, nombre, carpeta))
    except (zipfile.BadZipFile, EOFError) as error:
        raise ArchivoInvalido(f"{nombre}: el ZIP está dañado o incompleto; vuelve a descargarlo.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise ArchivoInvalido(f"{nombre}: el ZIP no se puede abrir; descomprímelo y carga el CSV.") from error


# ── Text ────────────────────────────────────────────────────────────────────────────────


def _texto(ruta: Path, nombre: str) -> Tabla:
    codificacion = _codificacion(ruta)
    motivo = ""
    for separador in _SEPARADORES:

        def filas(separador: str = separador) -> Iterator[Fila]:
            with ruta.open(encoding=codificacion, newline="") as archivo:
                lector = csv.reader(archivo, delimiter=separador)
                for celdas in lector:
                    yield lector.line_num, celdas

        try:
            hallado = _buscar_encabezado(filas())
        except ArchivoInvalido as error:
            motivo = str(error)
        except (csv.Error, UnicodeError):
            continue
        else:
            if hallado:
                return Tabla(nombre, hallado[1], hallado[0], filas, sin_final=_termina_a_medias(ruta))
    raise ArchivoInvalido(f"{nombre}: {motivo or _SIN_ENCABEZADO}")


def _termina_a_medias(ruta: Path) -> bool:
    with ruta.open("rb") as archivo:
        archivo.seek(-1, io.SEEK_END)
        return archivo.read(1) not in b"\r\n\0"


_SIN_ENCABEZADO = f"su encabezado no es el de un archivo de población de CONAPO. {FORMATOS_EN_PALABRAS}"


def _codificacion(ruta: Path) -> str:
    """UTF-8 if the whole file is; otherwise Windows-1252, or Latin-1 where that one has no letter."""
    posibles = {
        "utf-8-sig": codecs.getincrementaldecoder("utf-8")(),
        "cp1252": codecs.getincrementaldecoder("cp1252")(),
    }
    with ruta.open("rb") as archivo:
        if archivo.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        archivo.seek(0)
        while posibles:
            trozo = archivo.read(TROZO)
            for nombre in list(posibles):
                try:
                    posibles[nombre].decode(trozo, final=not trozo)
                except UnicodeDecodeError:
                    del posibles[nombre]
            if not trozo:
                break
    return next(iter(posibles), "latin-1")


def _buscar_encabezado(filas: Iterable[Fila]) -> tuple[int, Encabezado] | None:
    for vistas, (linea, celdas) in enumerate(filas):
        if vistas >= _HASTA_EL_ENCABEZADO:
            return None
        encabezado = reconocer(celdas)
        if encabezado:
            return linea, encabezado
    return None


# ── ZIP and books of Excel ──────────────────────────────────────────────────────────────


def _paquete(ruta: Path, nombre: str, carpeta: Path) -> list[Tabla]:
    with zipfile.ZipFile(ruta) as paquete:
        miembros = [m for m in paquete.infolist() if not m.is_dir() and "__MACOSX" not in m.filename]
        for miembro in miembros:
            if miembro.file_size > _MAXIMO:
                raise ArchivoInvalido(f"{nombre}: «{miembro.filename}» crecería demasiado al descomprimirlo.")
            if miembro.flag_bits & 1:
                raise ArchivoInvalido(f"{nombre}: el ZIP pide contraseña; descomprímelo y carga el CSV.")
        if any(m.filename == "xl/workbook.xml" for m in miembros):
            return [_libro(ruta, nombre)]
        posibles = [m for m in miembros if m.filename.lower().endswith((".csv", ".txt", ".xlsx"))]
        if not posibles:
            raise ArchivoInvalido(f"{nombre}: el ZIP no trae ningún CSV ni libro de Excel.")
        return _elegir([_miembro(paquete, m, carpeta) for m in posibles], nombre)


def _miembro(paquete: zipfile.ZipFile, miembro: zipfile.ZipInfo, carpeta: Path) -> Tabla | str:
    """The table of a member, or why it is not one."""
    es_libro = miembro.filename.lower().endswith(".xlsx")
    with (
        paquete.open(miembro) as entrada,
        NamedTemporaryFile(dir=carpeta, suffix=".xlsx" if es_libro else ".csv", delete=False) as salida,
    ):
        shutil.copyfileobj(entrada, salida, TROZO)
    destino = Path(salida.name)
    nombre = Path(miembro.filename).name
    try:
        tabla = _libro(destino, nombre) if es_libro else _texto(destino, nombre)
    except ArchivoInvalido as error:
        destino.unlink()
        return str(error)
    return tabla


def _elegir(miembros: list[Tabla | str], nombre: str) -> list[Tabla]:
    """The tables of one shape: the two parts if they come together, one in any other case."""
    tablas = [miembro for miembro in miembros if isinstance(miembro, Tabla)]
    if not tablas:
        # The reason of a file that is known for what it is says more than that of one that is not.
        raise ArchivoInvalido(f"{nombre}: {min(miembros, key=lambda motivo: _SIN_ENCABEZADO in motivo)}")
    formato = next(formato for formato in Formato if any(tabla.formato is formato for tabla in tablas))
    suyas = [tabla for tabla in tablas if tabla.formato is formato]
    textos = [tabla for tabla in suyas if not tabla.libro]
    suyas = textos or suyas
    if formato is not Formato.PARTES and len(suyas) > 1:
        varias = ", ".join(tabla.nombre for tabla in suyas)
        raise ArchivoInvalido(f"{nombre}: trae varias tablas de población ({varias}). Deja solo la que quieres cargar.")
    return suyas


def _libro(ruta: Path, nombre: str) -> Tabla:
    """The first sheet with a header of population."""
    motivo = ""
    try:
        for hoja in libro.hojas(ruta).values():
            abrir_hoja = partial(libro.filas, ruta, hoja)
            try:
                hallado = _buscar_encabezado(abrir_hoja())
            except ArchivoInvalido as error:
                motivo = str(error)
                continue
            if hallado:
                return Tabla(nombre, hallado[1], hallado[0], abrir_hoja, libro=True)
    except libro.DANADO as error:
        raise ArchivoInvalido(f"{nombre}: el libro de Excel está dañado.") from error
    raise ArchivoInvalido(f"{nombre}: {motivo or _SIN_ENCABEZADO}")
