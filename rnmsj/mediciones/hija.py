"""What is measured in a process of its own, so that its peak of memory is nobody else's."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.test import Client

from indicadores.operaciones_cargas import cargar_incidencia
from rnmsj.mediciones.base import usar

RAIZ = Path(__file__).resolve().parents[2]
SERVIDOR = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Hecho:
    """What a process did: how long it took, the most memory that it held, and how much it read."""

    segundos: float
    pico_mb: float
    cuanto: int


def en_otro_proceso(base: str, que: str, con: str) -> Hecho:
    """Do one of `ACCIONES` in a process of its own, and wait for it."""
    orden = [sys.executable, "manage.py", "medir", "indicadores", "--en", base, "--hacer", que, "--con", con]
    hecho = subprocess.run(orden, cwd=RAIZ, stdout=subprocess.PIPE, text=True, check=True)
    return Hecho(**json.loads(hecho.stdout.splitlines()[-1]))


def hacer(base: str, que: str, con: str) -> str:
    """What the other process does; the answer is one line of JSON."""
    usar(base)
    inicio = time.perf_counter()
    cuanto = ACCIONES[que](con)
    return json.dumps(asdict(Hecho(time.perf_counter() - inicio, _pico(), cuanto)))


def _pico() -> float:
    """Peak of memory of this process in MB.

    What `getrusage` says may be that of the parent, which is inherited across fork and exec;
    Linux keeps the own one apart.
    """
    estado = Path("/proc/self/status")
    if estado.exists():
        for linea in estado.read_text().splitlines():
            if linea.startswith("VmHWM:"):
                return int(linea.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cargar(ruta: str) -> int:
    carga = cargar_incidencia(ruta=Path(ruta)).carga
    return carga.filas if carga else 0


def _descargar(direccion: str) -> int:
    respuesta = Client(SERVER_NAME=SERVIDOR).get(direccion)
    if respuesta.status_code != 200:
        return 0
    return sum(len(parte) for parte in respuesta)


ACCIONES = {"cargar": _cargar, "descargar": _descargar}
