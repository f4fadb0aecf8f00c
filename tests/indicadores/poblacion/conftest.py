"""The load of a small file, in one line."""

import pytest

from indicadores.operaciones_poblacion import cargar_poblacion
from tests.indicadores.poblacion.archivos import guardar


@pytest.fixture
def cargar(tmp_path):
    def hacer(filas, nombre="p.csv", **opciones):
        return cargar_poblacion(rutas=[guardar(tmp_path / nombre, filas)], **opciones)

    return hacer
