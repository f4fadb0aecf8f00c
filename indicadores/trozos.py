"""An uploaded file in pieces, into PostgreSQL and out of it, never whole in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from django.db import connection
from psycopg2 import Binary

from indicadores.models import ArchivoRecibido, Trozo
from indicadores.models.recepciones import PESO_DEL_TROZO, PESO_MAXIMO


class ArchivoIncompleto(Exception):
    """What is kept is not what arrived, or is no longer kept."""


class Escritor:
    """Takes a file as it comes and leaves it in pieces of 1 MiB, with its size and fingerprint."""

    def __init__(self, archivo: ArchivoRecibido) -> None:
        self.archivo = archivo
        self._numero = 0
        self._huella = hashlib.sha256()
        self._pendiente = bytearray()

    @property
    def cabe(self) -> bool:
        """False when it has grown beyond what the portal takes."""
        return self.archivo.bytes <= PESO_MAXIMO

    def recibir(self, datos: bytes) -> None:
        """Some more bytes of the file."""
        self.archivo.bytes += len(datos)
        self._huella.update(datos)
        self._pendiente += datos
        while len(self._pendiente) >= PESO_DEL_TROZO:
            self._guardar(bytes(self._pendiente[:PESO_DEL_TROZO]))
            del self._pendiente[:PESO_DEL_TROZO]

    def cerrar(self) -> ArchivoRecibido:
        """The file is all here."""
        if self._pendiente:
            self._guardar(bytes(self._pendiente))
        self.archivo.sha256 = self._huella.hexdigest()
        self.archivo.save(update_fields=["bytes", "sha256"])
        return self.archivo

    def _guardar(self, trozo: bytes) -> None:
        # Straight to the driver: with DEBUG on, Django would remember every statement, 600 MB of them.
        with connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.cursor.execute(
                "INSERT INTO indicadores_trozo (archivo_id, numero, datos) VALUES (%s, %s, %s)",
                [self.archivo.pk, self._numero, Binary(trozo)],
            )
        self._numero += 1


def leer(archivo: ArchivoRecibido) -> Iterator[bytes]:
    """The pieces of a file, in order, one at a time."""
    for numero in range(-(-archivo.bytes // PESO_DEL_TROZO)):
        trozo = Trozo.objects.filter(archivo=archivo, numero=numero).values_list("datos", flat=True).first()
        if trozo is None:
            raise ArchivoIncompleto
        yield bytes(trozo)


def armar(archivo: ArchivoRecibido, ruta: Path) -> None:
    """Write the file on disk, as it was.

    Raises:
        ArchivoIncompleto: if it is not the one that arrived.
    """
    huella = hashlib.sha256()
    with ruta.open("wb") as salida:
        for trozo in leer(archivo):
            huella.update(trozo)
            salida.write(trozo)
    if huella.hexdigest() != archivo.sha256:
        raise ArchivoIncompleto


def borrar(recepciones: Collection[int]) -> int:
    """Delete the files of some uploads; their record stays. Returns how many pieces went."""
    archivos = ArchivoRecibido.objects.filter(recepcion__in=recepciones)
    return Trozo.objects.filter(archivo__in=list(archivos.values_list("pk", flat=True)))._raw_delete(connection.alias)
