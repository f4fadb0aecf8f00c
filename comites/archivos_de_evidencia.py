"""A file before it is kept: told by its bytes, refused with a reason, images drawn anew. No database."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import File
from PIL import Image, ImageOps

from comites.models.evidencias import MIB, PESO_DEL_TROZO, PESO_MAXIMO, Evidencia

LADO = 1600
"""Pixels of the longer side of an image: enough to read a street sign."""

PIXELES = 80_000_000
PIXELES_SIN_JPEG = 40_000_000
"""More is refused before decoding it. A JPEG is decoded already reduced, so it may be larger."""

_DIRECTORIO_MAXIMO = MIB // 2
_COLA_DEL_ZIP = 66_000

SE_ADMITEN = "Se admiten PDF, Word, Excel, PowerPoint, LibreOffice y fotos JPG, PNG o WEBP, de hasta 20 MB."
PESA_DE_MAS = (
    "El archivo pesa más de 20 MB. Divídelo, baja la calidad del PDF o sube solo las páginas que prueban algo."
)

IMAGENES = ("image/jpeg", "image/png", "image/webp")
EXTENSIONES = {
    Evidencia.Tipo.PDF: "pdf",
    Evidencia.Tipo.WEBP: "webp",
    Evidencia.Tipo.DOCX: "docx",
    Evidencia.Tipo.XLSX: "xlsx",
    Evidencia.Tipo.PPTX: "pptx",
    Evidencia.Tipo.ODT: "odt",
    Evidencia.Tipo.ODS: "ods",
    Evidencia.Tipo.ODP: "odp",
}
PARTES = {
    "word/document.xml": Evidencia.Tipo.DOCX,
    "xl/workbook.xml": Evidencia.Tipo.XLSX,
    "ppt/presentation.xml": Evidencia.Tipo.PPTX,
}
QUE_HACER = {
    "image/heic": "Esa foto es HEIC, que no todos pueden abrir. En tu teléfono guárdala o compártela como JPG.",
    "image/gif": "Los GIF no se admiten: súbelo como foto JPG o PNG.",
    "application/msword": "Ese Word es de los antiguos (.doc): guárdalo como .docx o como PDF y súbelo otra vez.",
    "application/vnd.ms-excel": "Ese Excel es de los antiguos (.xls): guárdalo como .xlsx o como PDF y súbelo.",
    "application/vnd.ms-powerpoint": "Esa presentación es de las antiguas (.ppt): guárdala como .pptx o como PDF.",
}


@dataclass(frozen=True, slots=True)
class ArchivoListo:
    """A file that may be kept: what it is, how much it weighs and where its bytes are."""

    nombre: str
    tipo: str
    contenido: BinaryIO
    bytes: int
    sha256: str

    def trozos(self) -> Iterator[bytes]:
        """Its content, in pieces of one mebibyte."""
        return _trozos(self.contenido)


def preparar(archivo: File) -> ArchivoListo:
    """Look at a file and leave it ready to be kept.

    Raises:
        ValidationError: it is empty, weighs too much or is of a type that is not admitted; says what to do.
    """
    if not archivo.size:
        raise ValidationError("El archivo está vacío: revisa que sea el que querías subir.")
    if archivo.size > PESO_MAXIMO:
        raise ValidationError(PESA_DE_MAS)
    archivo.seek(0)
    cabeza = archivo.read(8192)
    hallado = filetype.guess(cabeza)
    mime = hallado.mime if hallado else ""
    if mime in IMAGENES:
        tipo, contenido = Evidencia.Tipo.WEBP, _imagen_nueva(archivo, es_jpeg=mime == "image/jpeg")
    elif mime == "application/pdf":
        tipo, contenido = Evidencia.Tipo.PDF, archivo
    elif cabeza.startswith(b"PK\x03\x04"):
        tipo, contenido = _tipo_de_documento(archivo), archivo
    else:
        raise ValidationError(QUE_HACER.get(mime) or _por_que_no(archivo.name))
    huella, cuantos = hashlib.sha256(), 0
    for trozo in _trozos(contenido):
        huella.update(trozo)
        cuantos += len(trozo)
    return ArchivoListo(nombre_limpio(archivo.name, EXTENSIONES[tipo]), tipo, contenido, cuantos, huella.hexdigest())


def _por_que_no(nombre: str | None) -> str:
    """What is not what its name says («acta.pdf» that is a page) is told so: it may be only badly saved."""
    extension = (nombre or "").rpartition(".")[2].lower()
    if extension in {*EXTENSIONES.values(), "jpg", "jpeg", "png"}:
        return f"Se llama .{extension}, pero por dentro no lo es. Ábrelo, guárdalo otra vez con ese formato y súbelo."
    return f"Ese tipo de archivo no se admite. {SE_ADMITEN}"


def nombre_limpio(nombre: str | None, extension: str) -> str:
    """The name without folders, invisible characters or a false extension («foto.jpg.exe» → «foto.jpg.webp»)."""
    base = (nombre or "").replace("\\", "/").rpartition("/")[2]
    raiz = base.rpartition(".")[0] or base
    raiz = " ".join("".join(letra if letra.isprintable() else " " for letra in raiz).split()).strip(". ")
    return f"{raiz[: 119 - len(extension)] or 'archivo'}.{extension}"


def _trozos(contenido: BinaryIO) -> Iterator[bytes]:
    contenido.seek(0)
    while trozo := contenido.read(PESO_DEL_TROZO):
        yield trozo


def _imagen_nueva(archivo: BinaryIO, *, es_jpeg: bool) -> BytesIO:
    """The image drawn again: at most `LADO` pixels a side and nothing of who took it, where or with what."""
    try:
        with Image.open(archivo, formats=("JPEG", "PNG", "WEBP")) as original:
            if original.width * original.height > (PIXELES if es_jpeg else PIXELES_SIN_JPEG):
                raise ValidationError("La imagen tiene demasiados puntos: redúcela o tómala con menos calidad.")
            original.draft("RGB", (LADO, LADO))
            derecha = ImageOps.exif_transpose(original)
            derecha.thumbnail((LADO, LADO))
            modo = "RGBA" if derecha.has_transparency_data else "RGB"
            limpia = Image.new(modo, derecha.size)  # a new one knows nothing of the old one's metadata
            limpia.paste(derecha.convert(modo))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError("La imagen tiene demasiados puntos: redúcela o tómala con menos calidad.") from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise ValidationError("La imagen está dañada o incompleta: ábrela, guárdala otra vez y súbela.") from error
    salida = BytesIO()
    limpia.save(salida, "WEBP", quality=80)
    return salida


def _tipo_de_documento(archivo: BinaryIO) -> str:
    """Which office document a ZIP is. Its directory is looked at, nothing is decompressed but a label."""
    no_es = ValidationError(f"Ese archivo comprimido no es un documento. {SE_ADMITEN}")
    if not _directorio_razonable(archivo):
        raise no_es
    try:
        with zipfile.ZipFile(archivo) as comprimido:
            nombres = set(comprimido.namelist())
            etiqueta = _etiqueta(comprimido) if "mimetype" in nombres else ""
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError) as error:
        raise no_es from error
    if any(nombre.endswith("vbaProject.bin") or nombre.startswith("Basic/") for nombre in nombres):
        raise ValidationError("Ese documento trae macros, que pueden hacer daño. Guárdalo sin macros o como PDF.")
    if "[Content_Types].xml" in nombres:
        for parte, tipo in PARTES.items():
            if parte in nombres:
                return tipo
    if etiqueta in {Evidencia.Tipo.ODT, Evidencia.Tipo.ODS, Evidencia.Tipo.ODP}:
        return etiqueta
    raise no_es


def _etiqueta(comprimido: zipfile.ZipFile) -> str:
    with comprimido.open("mimetype") as etiqueta:
        return etiqueta.read(100).decode("ascii", "replace").strip()


def _directorio_razonable(archivo: BinaryIO) -> bool:
    """The list of parts of a ZIP is as long as that of a document. A false one could fill the memory."""
    archivo.seek(0, 2)
    archivo.seek(max(0, archivo.tell() - _COLA_DEL_ZIP))
    cola = archivo.read()
    lugar = cola.rfind(b"PK\x05\x06")
    if lugar < 0 or len(cola) < lugar + 22 or b"PK\x06\x07" in cola[max(0, lugar - 20) : lugar]:
        return False
    return struct.unpack_from("<L", cola, lugar + 12)[0] <= _DIRECTORIO_MAXIMO
