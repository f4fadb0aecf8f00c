"""The body of an upload, piece by piece from the browser into PostgreSQL."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from indicadores import trozos
from indicadores.models import ArchivoRecibido, Recepcion
from indicadores.models.recepciones import PESO_DEL_TROZO, PESO_MAXIMO

MAXIMO_DE_ARCHIVOS = 2
_HOLGURA = PESO_DEL_TROZO
"""Bytes of the rest of the form."""


class ArchivoSubido(UploadedFile):
    """What the form sees: name and size. The content is already in PostgreSQL."""

    def __init__(self, archivo: ArchivoRecibido) -> None:
        super().__init__(file=BytesIO(), name=archivo.nombre, size=archivo.bytes)
        self.archivo = archivo


class ManejadorDeTrozos(FileUploadHandler):
    """Keeps each file of the form as it comes. Whoever uses it opens a transaction around the request.

    `rechazados` are the names of those that weigh too much: they are let pass without keeping them,
    so that the rest of the form arrives and the page can say it.
    """

    chunk_size = PESO_DEL_TROZO

    def __init__(self, usuario: Any) -> None:
        super().__init__()
        self.usuario = usuario
        self.recepcion: Recepcion | None = None
        self.rechazados: list[str] = []
        self._parte = 0
        self._cuerpo = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None) -> None:
        self._cuerpo = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._parte += 1
        if self._parte > MAXIMO_DE_ARCHIVOS or self._cuerpo > MAXIMO_DE_ARCHIVOS * PESO_MAXIMO + _HOLGURA:
            self.rechazados.append(self.file_name)
            raise SkipFile
        if self.recepcion is None:
            self.recepcion = Recepcion.objects.create(usuario=self.usuario)
        self._escritor = trozos.Escritor(
            ArchivoRecibido.objects.create(
                recepcion=self.recepcion, parte=self._parte, nombre=self.file_name[-200:].strip() or "sin nombre"
            )
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._escritor.recibir(raw_data)
        if not self._escritor.cabe:
            self.rechazados.append(self.file_name)
            self._escritor.archivo.delete()
            raise SkipFile

    def file_complete(self, file_size: int) -> ArchivoSubido:
        return ArchivoSubido(self._escritor.cerrar())
