"""The lines of a file where something is wrong, told apart."""

from __future__ import annotations

from collections.abc import Iterable

from indicadores.importadores.apertura import Origen
from indicadores.importadores.errores import Falla, Informe
from indicadores.importadores.estructura import Hallazgo
from indicadores.importadores.muestra import Muestra


def anotar(origen: Origen, muestra: Muestra, hallazgos: Iterable[Hallazgo], informe: Informe) -> None:
    """Add to the report what was found in the table."""
    for hallazgo in hallazgos:
        falla = Falla(0, hallazgo.columna, hallazgo.valor, hallazgo.motivo, hallazgo.clase)
        informe.agregar(falla, hallazgo.veces)
