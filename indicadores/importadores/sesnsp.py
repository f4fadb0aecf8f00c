"""Reader of the crime files of the SESNSP, as they circulate.

State files have 19 columns and municipal ones 21; both come with the months as columns, in
cp1252 or UTF-8, bare or inside a ZIP. A cell may be empty (month not published), carry a
thousands comma (edition of October 2020) or a `.0` (it went through a spreadsheet).
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from comun.formatos import MESES
from indicadores.importadores.errores import ArchivoInvalido
from indicadores.texto import normalizar

Meses = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Fila:
    """One row: a combination of the catalogue, in a territory, in a year, month by month."""

    anio: int
    territorio: str
    nombre: str
    bien: str
    tipo: str
    subtipo: str
    modalidad: str
    meses: Meses

    @property
    def entidad(self) -> str:
        """The two digits of the entidad."""
        return self.territorio[:2]


@dataclass(frozen=True, slots=True)
class Archivo:
    """An official file opened and recognised."""

    sha256: str
    municipal: bool
    filas: Iterator[Fila]


_COMUNES = ("bien juridico afectado", "tipo de delito", "subtipo de delito", "modalidad")
_ESTATAL = ("ano", "clave_ent", "entidad", *_COMUNES, *MESES)
_MUNICIPAL = ("ano", "clave_ent", "entidad", "cve. municipio", "municipio", *_COMUNES, *MESES)
_ENTERO = re.compile(r"^-?\d{1,9}(\.0+)?$", re.ASCII)


def abrir(ruta: Path) -> Archivo:
    """Recognise a file by its header and read its rows one by one.

    Raises:
        ArchivoInvalido: if its header is neither the state nor the municipal one.
    """
    crudo = ruta.read_bytes()
    lector = csv.reader(io.StringIO(_decodificar(_contenido(crudo, ruta.name)), newline=""))
    encabezado = tuple(normalizar(celda) for celda in next(lector, []))
    if encabezado not in (_ESTATAL, _MUNICIPAL):
        raise ArchivoInvalido(f"{ruta.name}: el encabezado no es el de incidencia estatal ni municipal del SESNSP.")
    municipal = encabezado == _MUNICIPAL
    return Archivo(hashlib.sha256(crudo).hexdigest(), municipal, _filas(lector, municipal, ruta.name))


def _contenido(crudo: bytes, nombre: str) -> bytes:
    """The bytes of the CSV; of a ZIP, its largest CSV."""
    if not crudo.startswith(b"PK"):
        return crudo
    with zipfile.ZipFile(io.BytesIO(crudo)) as paquete:
        hojas = [miembro for miembro in paquete.infolist() if miembro.filename.lower().endswith(".csv")]
        if not hojas:
            raise ArchivoInvalido(f"{nombre}: el ZIP no trae ningún CSV.")
        return paquete.read(max(hojas, key=lambda miembro: miembro.file_size))


def _decodificar(crudo: bytes) -> str:
    try:
        return crudo.decode("utf-8-sig")
    except UnicodeDecodeError:
        return crudo.decode("cp1252")


def _filas(lector: Iterator[list[str]], municipal: bool, nombre: str) -> Iterator[Fila]:
    columnas = len(_MUNICIPAL if municipal else _ESTATAL)
    for linea, celdas in enumerate(lector, start=2):
        if not any(celdas):
            continue
        if len(celdas) != columnas:
            raise ArchivoInvalido(f"{nombre}, línea {linea}: trae {len(celdas)} columnas y deben ser {columnas}.")
        territorio = celdas[3].strip().zfill(5) if municipal else celdas[1].strip().zfill(2)
        entidad = celdas[1].strip().zfill(2)
        if territorio[:2] != entidad:
            raise ArchivoInvalido(f"{nombre}, línea {linea}: el municipio {territorio} no es de la entidad {entidad}.")
        try:
            yield Fila(
                int(celdas[0]),
                territorio,
                celdas[4 if municipal else 2].strip(),
                *(celda.strip() for celda in celdas[-16:-12]),
                meses=tuple(leer_celda(celda) for celda in celdas[-12:]),
            )
        except ValueError as error:
            raise ArchivoInvalido(f"{nombre}, línea {linea}: {error}") from error


def leer_celda(celda: str) -> int | None:
    """A count, or None for a month not published.

    Raises:
        ValueError: if it is not a whole number.
    """
    texto = celda.strip().replace(",", "")
    if not texto:
        return None
    if not _ENTERO.match(texto):
        raise ValueError(f"«{celda}» no es un número entero.")
    return int(texto.partition(".")[0])
