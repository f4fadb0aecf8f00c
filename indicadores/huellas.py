"""On what the figures of an answer depend, in a few characters and one query."""

from __future__ import annotations

from django.db import connection


def huella_de_cifras() -> str:
    """It changes with any load, undoing or edition of population, and with any name of a place or crime.

    A load never rewrites what another wrote without leaving its record, so the records are enough.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HUELLA)
        return cursor.fetchone()[0]


_HUELLA = """
SELECT md5(concat_ws('|',
    (SELECT string_agg(concat_ws(',', id, cargada, deshecha), ';' ORDER BY id) FROM indicadores_carga),
    (SELECT string_agg(concat_ws(',', id, cargada, vigente, nombre), ';' ORDER BY id)
        FROM indicadores_ediciondepoblacion),
    (SELECT md5(string_agg(concat_ws(',', id, nombre, orden), ';' ORDER BY id)) FROM indicadores_delito),
    (SELECT md5(string_agg(concat_ws(',', clave, nombre, pseudo), ';' ORDER BY clave)) FROM mesas_municipio),
    (SELECT md5(string_agg(concat_ws(',', clave, nombre_corto), ';' ORDER BY clave)) FROM mesas_entidad)
))
"""
