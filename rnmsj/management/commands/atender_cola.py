"""Do what waits in the queue: official files to load, mail to send. Any number may run side by side."""

from __future__ import annotations

import logging
import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.db import Error, connection

from comun.ordenes import Orden
from comun.temporales import barrer
from cuentas.tareas import retomar_correos
from indicadores.operaciones_recepciones import olvidar_archivos
from indicadores.tareas import retomar

registro = logging.getLogger("rnmsj")

CADA = 1.0
"""Seconds between two looks at the process that we accompany."""

RONDA = 5
"""One look in so many is also for what another process left half done."""

LIMPIEZA = 600
"""And one in so many, to let go of the files that nobody decided about."""


class Command(Orden):
    """The worker of django-tasks-db, which also takes up what a process that died left half done."""

    help = (
        "Atiende la cola: carga los archivos que el personal sube y envía los correos. Se detiene con Ctrl+C o SIGTERM."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--una-vez",
            action="store_true",
            help="Hace lo que haya en la cola y termina.",
        )
        parser.add_argument(
            "--junto-a", type=int, metavar="PID", help="Termina cuando termine ese proceso, que la puso en marcha."
        )

    def handle(self, *, verbosity: int, una_vez: bool, junto_a: int | None, **opciones: Any) -> None:
        barrer()
        for recepcion in retomar():
            self.stdout.write(f"Se retoma el archivo subido {recepcion.pk}, que se había interrumpido.")
        if not una_vez:
            _Ronda(junto_a).start()
        call_command("db_worker", batch=una_vez, reload=False, startup_delay=not una_vez, verbosity=verbosity)


class _Ronda(threading.Thread):
    """What the worker looks at while it waits, or while it is busy with a long load."""

    def __init__(self, junto_a: int | None) -> None:
        super().__init__(name="ronda", daemon=True)
        self.junto_a = junto_a

    def run(self) -> None:
        reloj = threading.Event()
        vuelta = 0
        while not reloj.wait(CADA):
            if self.junto_a is not None and os.getppid() != self.junto_a:
                # However the other one ended, this process does not outlive it: it leaves as if told to.
                os.kill(os.getpid(), signal.SIGTERM)
                return
            vuelta += 1
            if vuelta % RONDA == 0:
                _revisar(limpiar=vuelta % LIMPIEZA == 0)


def _revisar(*, limpiar: bool) -> None:
    """Nobody else may come to look: an idle worker is the one that finds what another dropped."""
    try:
        retomar()
        retomar_correos()
        if limpiar:
            olvidar_archivos()
    except Error:
        registro.warning("No se pudo revisar si quedó algo a medias; se intentará otra vez.")
    finally:
        connection.close()
