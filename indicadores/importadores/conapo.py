"""Reader of CONAPO's mid-year population by municipality, in its wide edition."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection
from pathlib import Path

from indicadores.importadores.sesnsp import ArchivoInvalido


def leer_ancho(ruta: Path, anios: Collection[int]) -> tuple[str, dict[str, list[int]]]:
    """Fingerprint of the file and inhabitants of each municipality in those years, in order.

    Raises:
        ArchivoInvalido: if a column is missing, a code repeats or a figure is not a number.
    """
    crudo = ruta.read_bytes()
    lector = csv.DictReader(crudo.decode("utf-8-sig").splitlines())
    columnas = [str(anio) for anio in sorted(anios)]
    faltan = {"CVE", *columnas}.difference(lector.fieldnames or [])
    if faltan:
        raise ArchivoInvalido(f"{ruta.name}: faltan las columnas {', '.join(sorted(faltan))}.")
    habitantes: dict[str, list[int]] = {}
    for linea, fila in enumerate(lector, start=2):
        clave = fila["CVE"].strip().zfill(5)
        if clave in habitantes:
            raise ArchivoInvalido(f"{ruta.name}, línea {linea}: el municipio {clave} se repite.")
        try:
            habitantes[clave] = [int(fila[columna]) for columna in columnas]
        except ValueError as error:
            raise ArchivoInvalido(f"{ruta.name}, línea {linea}: {error}") from error
    return hashlib.sha256(crudo).hexdigest(), habitantes
