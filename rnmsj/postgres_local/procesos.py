"""The server's processes: one start at a time, and nothing left of one that died badly."""

import contextlib
import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

from rnmsj.postgres_local import respuesta
from rnmsj.postgres_local.cuenta import Cuenta, SinServidor
from rnmsj.postgres_local.preparacion import Servidor, huella, lugares_afuera

AJUSTES = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # A killed process loses nothing; a power cut may: these are data of a first run.
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "log_checkpoints": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "default_text_search_config": "pg_catalog.spanish",
}


@contextlib.contextmanager
def cerrojo(base: Path) -> Iterator[None]:
    """One start or stop at a time; the lock dies with its holder."""
    base.mkdir(parents=True, exist_ok=True)
    if not (base / "vivo").exists():
        (base / "vivo").touch()
    descriptor = os.open(base / "cerrojo", os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def quedan(base: Path) -> bool:
    """Whether any process of the server is left."""
    with open(base / "vivo", "rb") as vivo:
        try:
            fcntl.flock(vivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def de(*carpetas: Path) -> list[int]:
    """PostgreSQL processes that work in these folders, orphans of a killed parent included."""
    buscadas, hallados = set(map(str, carpetas)), []
    for proceso in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (proceso / "comm").read_text().startswith("postgres") and _lugar(proceso) in buscadas:
                hallados.append(int(proceso.name))
    return hallados


def _lugar(proceso: Path) -> str:
    """Working folder of a process."""
    try:
        lugar = os.readlink(proceso / "cwd")
    except PermissionError:
        if os.geteuid():
            return ""
        # Root of a plain container may not look into others' processes; their own user may.
        suyo = proceso.stat()
        lugar = Cuenta(uid=suyo.st_uid, gid=suyo.st_gid).correr("readlink", proceso / "cwd").stdout.strip()
    return lugar.removesuffix(" (deleted)")


def despejar(base: Path) -> None:
    """Leave no process of a server that does not answer, nor its pid file.

    The pid in the file is never trusted: it may belong by now to somebody else's process.
    """
    datos = (base / "data").resolve()
    carpetas = (datos, *(afuera / "data" for afuera in lugares_afuera(base)))
    for pid in de(*carpetas):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    if not respuesta.esperar(lambda: not quedan(base) and not de(*carpetas), 10):
        raise SinServidor(
            f"La base local de {base} está en uso desde otra máquina o contenedor: "
            "deténla allá con «make stop» o define DATABASE_URL."
        )
    (datos / "postmaster.pid").unlink(missing_ok=True)


def lanzar(servidor: Servidor, base: Path) -> None:
    """Start it in a session of its own, holding `vivo`, and wait until it answers."""
    registro = base / "servidor.log"
    if registro.exists():
        registro.replace(base / "servidor.anterior.log")
    enchufes = _carpeta_de_enchufes(servidor)
    orden = [servidor.programas / "postgres", "-D", servidor.datos, "-k", enchufes]
    orden += ["-p", str(respuesta.PUERTO), *(f"--{clave}={valor}" for clave, valor in AJUSTES.items())]
    with open(registro, "ab") as salida, open(base / "vivo", "rb") as vivo:
        fcntl.flock(vivo, fcntl.LOCK_EX)
        suelto = {"stdout": salida, "stderr": salida, "start_new_session": True, "pass_fds": [vivo.fileno()]}
        servidor.cuenta.correr("/bin/sh", "-c", '"$@" &', "sh", *orden, **suelto)

    def decidido() -> bool:
        return respuesta.de(servidor.datos) not in (None, respuesta.TODAVIA_NO) or not quedan(base)

    if not respuesta.esperar(decidido) or not quedan(base):
        quitar_enchufes(enchufes)
        lineas = registro.read_text(errors="replace").strip().splitlines() or ["sin explicación"]
        motivo = next((linea for linea in lineas if "FATAL" in linea), lineas[-1])
        raise SinServidor(f"PostgreSQL no arrancó: {motivo} (registro: {registro})")


def _vaciar(enchufes: Path) -> None:
    for resto in enchufes.glob(".s.PGSQL.*"):
        resto.unlink(missing_ok=True)


def quitar_enchufes(enchufes: Path) -> None:
    """Away with the sockets of a server that is gone; nothing else is touched."""
    _vaciar(enchufes)
    with contextlib.suppress(OSError):
        enchufes.rmdir()


def _carpeta_de_enchufes(servidor: Servidor) -> Path:
    """A short plain path, closed to others: socket paths are limited to 107 bytes."""
    uid = servidor.cuenta.uid_real
    fija = f"/tmp/rnmsj-{uid}-{huella(servidor.datos)}"
    for ruta in (Path(fija), Path(f"{fija}-{os.urandom(4).hex()}")):
        with contextlib.suppress(FileExistsError):
            ruta.mkdir(mode=0o700)
            servidor.cuenta.entregar(ruta)
        estado = ruta.lstat()
        if stat.S_ISDIR(estado.st_mode) and estado.st_uid == uid and not estado.st_mode & 0o077:
            _vaciar(ruta)
            return ruta
    raise SinServidor("No se pudo crear una carpeta privada en /tmp para la base local: define DATABASE_URL.")
