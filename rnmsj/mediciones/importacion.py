"""How many rows per second the general importer takes, of the same rows and on the same server."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path

import tablib
from django.apps.registry import Apps
from django.db import connection, models, transaction
from import_export.resources import ModelResource

from indicadores.importadores.encabezado import CELDAS, MUNICIPAL
from rnmsj.mediciones.tabla import AL_MENOS, Medida

VECES_IMPORT_EXPORT = 500.0
MUESTRA = 2_000
_NUMEROS = ("anio", "cent", "cmun", *CELDAS)


class _Meta:
    app_label = "mediciones"
    apps = Apps()  # a registry of its own: no migration nor check of the portal knows of it
    db_table = "medicion_renglon"


Renglon = type(
    "Renglon",
    (models.Model,),
    {
        "__module__": __name__,
        "Meta": _Meta,
        **{
            columna: models.IntegerField(null=True) if columna in _NUMEROS else models.CharField(max_length=200)
            for columna in MUNICIPAL
        },
    },
)
"""A row of the file as it comes: the simplest table in which the general importer could put it."""


class RecursoDeRenglones(ModelResource):
    """The general importer with all that it lets be switched off switched off: no look-up, no comparison, no log."""

    class Meta:
        model = Renglon
        fields = MUNICIPAL
        import_id_fields = ()
        force_init_instance = True
        skip_diff = True
        skip_html_diff = True
        use_transactions = False


def medir_importacion(ruta: Path, filas_por_segundo: float) -> list[Medida]:
    """Rows per second of the load over those of the general importer, by a sample of the first rows of the file."""
    with ruta.open(encoding="cp1252", newline="") as archivo:
        lineas = list(islice(archivo, 1, MUESTRA + 1))
    datos = tablib.Dataset().load(f"{','.join(MUNICIPAL)}\n{''.join(lineas)}", format="csv")
    with connection.schema_editor() as editor:
        editor.create_model(Renglon)
    inicio = time.perf_counter()
    with transaction.atomic():
        RecursoDeRenglones().import_data(datos, dry_run=False, raise_errors=True)
    segundos = time.perf_counter() - inicio
    hechas = Renglon.objects.count()
    with connection.schema_editor() as editor:
        editor.delete_model(Renglon)
    suyas = hechas / segundos
    detalle = (
        f"django-import-export: {suyas:,.0f} filas/s en una muestra de {hechas:,} filas, sin buscar, comparar ni "
        f"registrar, en una sola transacción; la carga: {filas_por_segundo:,.0f} filas/s"
    )
    return [
        Medida(
            "importacion",
            "Filas por segundo contra django-import-export",
            filas_por_segundo / suyas,
            "×",
            detalle,
            AL_MENOS,
            VECES_IMPORT_EXPORT,
        )
    ]
