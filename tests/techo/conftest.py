"""The roof mixes apps, so its tests borrow the figures of `indicadores`."""

from tests.indicadores.conftest import cifras, extracto_cargado

__all__ = ["cifras", "extracto_cargado"]
