"""How many rows per second the general importer takes, of the same rows and on the same server."""

from __future__ import annotations

import time
from itertools import islice
from pathlib import Path

import tablib
from django.apps.registry import Apps
from django.db import connection, models, transaction
from import_export.resources import ModelResource

from indicadores.importadores.encabezado import CELDAS, DELITO, MUNICIPAL
from rnmsj.mediciones.tabla import AL_MENOS, Medida

VECES_IMPORT_EXPORT = 500.0
MUESTRA = 2_000
_NUMEROS = ("anio", "cent", "cmun", *CELDAS)


class _Meta:
    app_label = "mediciones"
    constraints = (models.UniqueConstraint(fields=("anio", "cmun", *DELITO), name="medicion_renglon_llave"),)
    apps = Apps()  # a registry of its own: no migration nor check of the portal knows of it
    db_table = "medicion_renglon"


def _copiar(renglon: models.Model, memo: dict[int, object]) -> models.Model:
    """A copy to compare with: the usual one looks for the model in the registry of the portal."""
    copia = type(renglon)()
    copia.__dict__.update(renglon.__dict__)
    return copia


Renglon = type(
    "Renglon",
    (models.Model,),
    {
        "__module__": __name__,
        "__deepcopy__": _copiar,
        "Meta": _Meta,
        **{
            columna: models.IntegerField(null=True) if columna in _NUMEROS else models.CharField(max_length=200)
            for columna in MUNICIPAL
        },
    },
)
"""A row of the file as it comes: the simplest table in which the general importer could put it."""


class RecursoComun(ModelResource):
    """The general importer as this portal uses it: each row looked for by its key, validated and compared."""

    class Meta:
        model = Renglon
        fields = MUNICIPAL
        import_id_fields = ("anio", "cmun", *DELITO)
        clean_model_instances = True
        skip_unchanged = True


class RecursoDesnudo(ModelResource):
    """The same with all that it lets be switched off switched off: no look-up, no validation, no comparison."""

    class Meta:
        model = Renglon
        fields = MUNICIPAL
        import_id_fields = ()
        force_init_instance = True
        skip_diff = True
        skip_html_diff = True


def medir_importacion(ruta: Path, filas_por_segundo: float) -> list[Medida]:
    """Rows per second of the load over those of the general importer, by a sample of the first rows of the file."""
    with ruta.open(encoding="cp1252", newline="") as archivo:
        lineas = list(islice(archivo, 1, MUESTRA + 1))
    datos = tablib.Dataset().load(f"{','.join(MUNICIPAL)}\n{''.join(lineas)}", format="csv")
    comun, desnudo = (_filas_por_segundo(recurso, datos) for recurso in (RecursoComun(), RecursoDesnudo()))
    nombre = "Filas por segundo contra django-import-export"
    return [
        Medida(
            "importacion",
            nombre,
            filas_por_segundo / comun,
            "×",
            _detalle(comun, "buscando, validando y comparando cada fila, como se usa aquí", filas_por_segundo),
            AL_MENOS,
            VECES_IMPORT_EXPORT,
        ),
        Medida(
            "importacion",
            f"{nombre}, desnudo",
            filas_por_segundo / desnudo,
            "×",
            _detalle(desnudo, "sin buscar, validar ni comparar", filas_por_segundo),
        ),
    ]


def _detalle(suyas: float, como: str, filas_por_segundo: float) -> str:
    return (
        f"{suyas:,.0f} filas/s {como}, en una muestra de {MUESTRA:,} filas y una sola transacción; "
        f"la carga: {filas_por_segundo:,.0f} filas/s"
    )


def _filas_por_segundo(recurso: ModelResource, datos: tablib.Dataset) -> float:
    """Rows that an importer takes in a second, into a table made for it."""
    with connection.schema_editor() as editor:
        editor.create_model(Renglon)
    inicio = time.perf_counter()
    with transaction.atomic():
        recurso.import_data(datos, dry_run=False, raise_errors=True)
    segundos = time.perf_counter() - inicio
    hechas = Renglon.objects.count()
    with connection.schema_editor() as editor:
        editor.delete_model(Renglon)
    return hechas / segundos
