"""What the tests of sessions and agreements share."""

import pytest
from django.db import connection


@pytest.fixture
def sin_reglas(db):
    """Run SQL as somebody who owns the server and switched the triggers off: what the portal must notice."""

    def ejecutar(*ordenes):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            for orden in ordenes:
                cursor.execute(orden)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return ejecutar
