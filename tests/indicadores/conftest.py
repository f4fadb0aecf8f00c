"""The committed extract, loaded once per module and undone at its end."""

import pytest
from django.db import connection, transaction

from indicadores.operaciones import cargar_extracto
from mesas.operaciones import cargar_catalogos, cargar_mesas_del_informe


@pytest.fixture(scope="module")
def extracto_cargado(django_db_setup, django_db_blocker):
    """The real figures of the first run, with the real territory and mesas, inside one transaction."""
    with django_db_blocker.unblock():
        todo = transaction.atomic()
        todo.__enter__()
        try:
            cargar_catalogos()
            cargar_mesas_del_informe()
            resultado = cargar_extracto()
            connection.check_constraints()  # once here, and not again at the end of every test
            yield resultado
        finally:
            transaction.set_rollback(True)
            todo.__exit__(None, None, None)


@pytest.fixture
def cifras(extracto_cargado, db):
    """What the load of the extract said."""
    return extracto_cargado
