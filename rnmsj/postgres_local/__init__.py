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
as a user without name or rights, with `data` a link to a folder which that user can reach.

Rooms: `respuesta` (does it answer?), `cuenta` (under whom programs run), `procesos` (start,
clear away), `preparacion` (programs and data). Only the standard library: settings come here
before Django exists.
"""

import os
import shutil
import signal
from pathlib import Path

from rnmsj.postgres_local import preparacion, procesos, respuesta
from rnmsj.postgres_local.cuenta import Cuenta, SinServidor

__all__ = ["SinServidor", "asegurar", "borrar", "carpeta", "detener", "en_marcha"]


def carpeta() -> Path:
    """Where this checkout keeps its server."""
    propia = Path(__file__).resolve().parents[2] / "var" / "postgres"
    return Path(os.environ.get("POSTGRES_LOCAL_DIR") or propia).resolve()


def en_marcha(base: Path) -> str | None:
    """Address of the server if it is serving."""
    datos = base / "data"
    return respuesta.direccion(datos) if respuesta.atiende(datos) else None


def asegurar() -> str:
    """Address of the running server, started and created if need be."""
    base = carpeta()
    if direccion := en_marcha(base):
        return direccion
    try:
        with procesos.cerrojo(base):
            return en_marcha(base) or _abrir(base)
    except PermissionError as error:
        raise SinServidor(preparacion.de_otra_cuenta(base, str(error))) from error
    except OSError as error:
        raise SinServidor(f"No se pudo usar la base local de {base}: {error}") from error


def _abrir(base: Path) -> str:
    datos = base / "data"
    preparacion.exigir_duenio(base)
    respuesta.esperar(lambda: respuesta.de(datos) != respuesta.TODAVIA_NO)
    if respuesta.de(datos) is None:
        procesos.despejar(base)
        procesos.lanzar(preparacion.preparar(base), base)
    ficha, direccion = respuesta.ficha(datos), respuesta.direccion(datos)
    if ficha is None or direccion is None:
        raise SinServidor("PostgreSQL se detuvo mientras arrancaba: inténtalo de nuevo.")
    if respuesta.de(datos) == respuesta.SIN_BASE:
        createdb = preparacion.programas(datos) / "createdb"
        nombre = respuesta.NOMBRE
        Cuenta().exigir(createdb, "-h", ficha.enchufes, "-p", str(respuesta.PUERTO), "-U", nombre, nombre)
    return direccion


def detener(base: Path) -> bool:
    """Stop the server if it runs, letting it close its files; whether it was running."""
    if not base.exists():
        return False
    try:
        with procesos.cerrojo(base):
            preparacion.exigir_duenio(base)
            return _cerrar(base)
    except PermissionError as error:
        raise SinServidor(preparacion.de_otra_cuenta(base, str(error))) from error


def _cerrar(base: Path) -> bool:
    datos = (base / "data").resolve()
    ficha, servia = respuesta.ficha(datos), procesos.quedan(base)
    if servia and ficha and ficha.pid in procesos.de(datos):
        os.kill(ficha.pid, signal.SIGINT)
        respuesta.esperar(lambda: not procesos.quedan(base))
    procesos.despejar(base)
    if ficha:
        procesos.quitar_enchufes(ficha.enchufes)
    return servia


def borrar(base: Path) -> None:
    """Stop the server and delete its data, wherever they are."""
    detener(base)
    preparacion.borrar_afuera(base)
    if base.exists():
        shutil.rmtree(base)
