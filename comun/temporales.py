"""The folders of the loads in the temporary directory, and those that a dead process left there."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIJO = "rnmsj-carga-"
"""How the name of the folder of every load begins: nothing else in the temporary directory may begin so."""

CADUCAN = 24 * 60 * 60
"""Seconds without a change until one is nobody's: the longest load takes minutes."""


def barrer(*, ahora: float | None = None) -> int:
    """Delete the temporary folders of loads that nobody uses any more; return how many.

    A process that ends by itself takes its own away, but one that is killed cannot, and each may
    hold an official file of hundreds of megabytes.
    """
    limite = (time.time() if ahora is None else ahora) - CADUCAN
    viejas = [carpeta for carpeta in Path(tempfile.gettempdir()).glob(f"{PREFIJO}*") if _caduco(carpeta, limite)]
    for carpeta in viejas:
        shutil.rmtree(carpeta, ignore_errors=True)
    return len(viejas)


def _caduco(carpeta: Path, limite: float) -> bool:
    """A folder, and not a link to one, of this same user, whose files nobody has touched since."""
    try:
        dato = carpeta.stat(follow_symlinks=False)
        return (
            carpeta.is_dir()
            and not carpeta.is_symlink()
            and dato.st_uid == os.geteuid()
            and max((dato, *(hijo.stat() for hijo in carpeta.iterdir())), key=_cuando).st_mtime < limite
        )
    except OSError:  # another process is sweeping too
        return False


def _cuando(dato: os.stat_result) -> float:
    return dato.st_mtime
