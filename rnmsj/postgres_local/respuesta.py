"""Whether the server of a data folder answers, asked by hand: no client program, a few ms."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

NOMBRE = "portal"  # of the role and of the database
PUERTO = 5432  # only names the socket; said aloud so that a PGPORT around does not matter
PLAZO = 60.0  # seconds for a start or a stop, crash recovery included

# What the server answers to a login (SQLSTATE); any other answer means that it serves.
SIN_BASE = "3D000"
TODAVIA_NO = "57P03"

PROTOCOLO = (3 << 16).to_bytes(4, "big")


class Ficha(NamedTuple):
    """What a running server writes about itself in postmaster.pid."""

    pid: int
    enchufes: Path


def ficha(datos: Path) -> Ficha | None:
    """The server's own note; the one in a folder copied from elsewhere speaks of another."""
    try:
        lineas = os.fsdecode((datos / "postmaster.pid").read_bytes()).splitlines()
        return Ficha(int(lineas[0]), Path(lineas[4])) if lineas[1] == str(datos.resolve()) else None
    except (OSError, ValueError, IndexError):
        return None


def direccion(datos: Path) -> str | None:
    """Address in the form that django-environ understands for a socket folder."""
    suya = ficha(datos)
    return f"postgres://{NOMBRE}@:{PUERTO}/{suya.enchufes}/{NOMBRE}" if suya else None


def de(datos: Path) -> str | None:
    """SQLSTATE of the refusal, empty when the door opens, None when nobody answers."""
    if (suya := ficha(datos)) is None:
        return None
    try:
        return _saludar(suya.enchufes / f".s.PGSQL.{PUERTO}")
    except (TimeoutError, BlockingIOError):
        return ""  # there, only very busy
    except OSError:
        return None


def atiende(datos: Path) -> bool:
    """Whether it serves our database."""
    return de(datos) not in (None, SIN_BASE, TODAVIA_NO)


def _saludar(enchufe: Path) -> str:
    """Log in and leave, in the words of PostgreSQL's protocol 3."""
    campos = b"user\0%b\0database\0%b\0\0" % ((NOMBRE.encode(),) * 2)
    with socket.socket(socket.AF_UNIX) as cable:
        cable.settimeout(10)
        cable.connect(str(enchufe))
        cable.sendall((len(campos) + 8).to_bytes(4, "big") + PROTOCOLO + campos)
        with cable.makefile("rb") as lectura:
            while tipo := lectura.read(1):
                cuerpo = lectura.read(int.from_bytes(lectura.read(4), "big") - 4)
                if tipo == b"E":
                    return next(campo[1:].decode() for campo in cuerpo.split(b"\0") if campo.startswith(b"C"))
                if tipo == b"Z":
                    cable.sendall(b"X\0\0\0\4")
                    return ""
    raise ConnectionResetError


def esperar(llego: Callable[[], bool], plazo: float = PLAZO) -> bool:
    """Poll until it is so; False when the time is over."""
    fin = time.monotonic() + plazo
    while not llego():
        if time.monotonic() > fin:
            return False
        time.sleep(0.02)
    return True
