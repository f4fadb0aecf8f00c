"""The figures of the issue of indicators, in the order in which they are told."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

from rnmsj.mediciones.base import maquina, taller
from rnmsj.mediciones.cargas import ULTIMO_ANIO, Decir, medir_cargas, medir_tamanos
from rnmsj.mediciones.descargas import medir_descargas
from rnmsj.mediciones.importacion import medir_importacion
from rnmsj.mediciones.lecturas import medir_paginas, medir_series, preparar_lecturas
from rnmsj.mediciones.tabla import Informe, Medida

PARTES = ("carga", "importacion", "series", "paginas", "descargas", "tamano")
TODOS_LOS_ANIOS = 11
TAMANOS: tuple[tuple[int, int | None], ...] = ((11, 1), (11, 100), (11, 1000), (1, None), (3, None), (11, None))


def medir(
    informe: Informe,
    *,
    partes: Collection[str] = PARTES,
    anios: int = TODOS_LOS_ANIOS,
    municipios: int | None = None,
    veces: int = 3,
    decir: Decir = lambda texto: None,
) -> None:
    """Measure, in databases of its own.

    Args:
        informe: where each figure is told as soon as it is known, so that what interrupts it loses none.
        partes: which of `PARTES`.
        anios: years of the file, the last being 2025.
        municipios: how many; all the country if missing.
        veces: rounds of the load, of which the median is told.
        decir: told what is being done.
    """
    with taller() as obra, tempfile.TemporaryDirectory(prefix="medicion-") as nombre:
        informe.maquina = maquina()
        carpeta = Path(nombre)
        if set(partes) - {"tamano"}:
            en_base, base, ruta = medir_cargas(obra, carpeta, anios, municipios, veces, decir)
            if "carga" in partes:
                informe.medidas += en_base
            if "importacion" in partes:
                decir("django-import-export con una muestra")
                informe.medidas += medir_importacion(ruta, _velocidad(en_base))
            if {"series", "paginas", "descargas"}.intersection(partes):
                decir("Mesas y población, para leer")
                preparar_lecturas()
            if "series" in partes:
                decir("Series en la base")
                informe.medidas += medir_series()
            if "paginas" in partes:
                decir("Páginas")
                informe.medidas += medir_paginas()
            if "descargas" in partes:
                decir("Descargas")
                informe.medidas += medir_descargas(base, ULTIMO_ANIO)
            obra.quitar(base)
        if "tamano" in partes:
            tamanos = [(min(a, anios), municipios if m is None else min(m, municipios or m)) for a, m in TAMANOS]
            for medida in medir_tamanos(obra, carpeta, list(dict.fromkeys(tamanos)), decir):
                informe.medidas.append(medida)


def _velocidad(medidas: Collection[Medida]) -> float:
    return next(medida.valor for medida in medidas if medida.unidad == "filas/s") or 0.0
