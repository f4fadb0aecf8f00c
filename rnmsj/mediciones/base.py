"""A database to measure in: made for it, taken as many times as needed from the same mould, and dropped at the end."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from mesas.operaciones import cargar_catalogos


def usar(nombre: str) -> None:
    """Point this process at another database of the same server."""
    connection.close()
    connection.settings_dict["NAME"] = nombre


class Taller:
    """Makes databases from a mould that has the tables and the catalogues of the territory, and nothing else."""

    def __init__(self) -> None:
        self.prefijo = f"medicion_{os.getpid()}"
        self.molde = f"{self.prefijo}_molde"
        self.hechas: list[str] = []

    def preparar(self) -> None:
        """Make the mould."""
        self._crear(self.molde, "template0")
        usar(self.molde)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        cargar_catalogos()
        connection.close()

    def nueva(self) -> str:
        """A database as clean as the mould, which this process uses from now on."""
        nombre = f"{self.prefijo}_{len(self.hechas)}"
        self._crear(nombre, self.molde)
        usar(nombre)
        return nombre

    def quitar(self, nombre: str) -> None:
        """Drop one."""
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{nombre}" WITH (FORCE)')

    def _crear(self, nombre: str, molde: str) -> None:
        connection.close()
        self.hechas.append(nombre)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{nombre}" TEMPLATE "{molde}" STRATEGY FILE_COPY')


@contextmanager
def taller() -> Iterator[Taller]:
    """A workshop whose databases are gone at the end, however it ends, with this process back where it was."""
    del_portal = connection.settings_dict["NAME"]
    hecho = Taller()
    try:
        hecho.preparar()
        yield hecho
    finally:
        usar(del_portal)
        for nombre in reversed(hecho.hechas):
            hecho.quitar(nombre)


def maquina() -> str:
    """What it is measured on, as it is told to people."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        servidor = cursor.fetchone()[0].split()[0]
    return (
        f"{os.cpu_count()} procesadores, Python {platform.python_version()}, PostgreSQL {servidor}, "
        f"{platform.system()} {platform.machine()}"
    )
