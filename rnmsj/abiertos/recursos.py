"""Every table of open data of every app, in the order in which they are read."""

from __future__ import annotations

from comites.paquete import RECURSOS as DE_LOS_ACUERDOS
from comun.recursos import Recurso
from encuentros.paquete import RECURSOS as DE_LOS_ENCUENTROS
from indicadores.paquete import RECURSOS as DE_LAS_CIFRAS
from mesas.paquete import RECURSOS as DE_LAS_MESAS

GRUPOS: tuple[tuple[str, tuple[Recurso, ...]], ...] = (
    ("Cifras oficiales", DE_LAS_CIFRAS),
    ("La Red", (*DE_LAS_MESAS, *DE_LOS_ACUERDOS, *DE_LOS_ENCUENTROS)),
)
"""Tables by what they are about."""

RECURSOS: tuple[Recurso, ...] = tuple(recurso for _, recursos in GRUPOS for recurso in recursos)

TITULO = "Datos abiertos de la Red Nacional de Mesas de Seguridad y Justicia"
LICENCIA = "Información pública: úsala citando la fuente de cada cifra y su corte."
