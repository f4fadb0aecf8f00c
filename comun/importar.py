"""Files of the staff that write rows: strict, all or nothing, and every fault said in Spanish.

A `RecursoEstricto` declares `Columna` fields and `Meta` (model, import_id_fields, fields). It
refuses unknown or missing columns, validates each row as a form would, saves nothing when one
row fails, and tells what each row would do (`filas_previstas`) before anybody confirms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError
from import_export.resources import Diff, ModelResource
from import_export.results import Result, RowResult
from tablib import Dataset

from comun.archivos import NUMERO
from comun.columnas import Columna
from comun.errores import mensaje_de_la_base

MAXIMO_DE_FILAS = 1_000
"""A request previews and then saves them one by one; more would outlive the server's patience."""


@dataclass(frozen=True)
class Cambio:
    """One cell that would change."""

    columna: str
    antes: str
    despues: str


@dataclass
class FilaPrevista:
    """What a row of the file would do."""

    numero: int
    que: str
    titulo: str
    cambios: Sequence[Cambio] = ()
    errores: list[str] = field(default_factory=list)

    @property
    def celdas_vaciadas(self) -> int:
        """Values that are stored and that the file would erase with a blank cell."""
        return sum(bool(cambio.antes) and not cambio.despues for cambio in self.cambios)


class _Diferencia(Diff):
    """Cells that change, as data: the page decides how they look (and the original writes inline styles)."""

    def __init__(self, resource: ModelResource, instance: Any, new: bool) -> None:
        super().__init__(resource, instance, new)
        self.columnas = [columna.column_name for columna in resource.get_import_fields()]

    def as_html(self) -> list[Cambio]:
        antes = [""] * len(self.right) if self.new else self.left
        return [
            Cambio(columna, str(previo), str(nuevo))
            for columna, previo, nuevo in zip(self.columnas, antes, self.right, strict=True)
            if str(previo) != str(nuevo)
        ]


class RecursoEstricto(ModelResource):
    """Base of every file that the staff may bring in."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        store_row_values = True
        use_transactions = True

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return _Diferencia

    def import_data(self, dataset: Dataset, *args: Any, **opciones: Any) -> Result:
        opciones["rollback_on_validation_errors"] = True
        self._vistas: dict[tuple[str, ...], int] = {}
        return super().import_data(dataset, *args, **opciones)

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Refuse a file that is not this table; its rows are then not even read."""
        if problema := self._problema_de_forma(dataset):
            dataset.wipe()
            raise ValidationError(problema)

    def _problema_de_forma(self, dataset: Dataset) -> str:
        conocidas = {columna.column_name: columna for columna in self.get_import_fields()}
        presentes = [columna for columna in dataset.headers or [] if columna != NUMERO]
        faltan = [nombre for nombre, columna in conocidas.items() if columna.obligatoria and nombre not in presentes]
        sobran = [nombre or "(sin nombre)" for nombre in presentes if nombre not in conocidas]
        if faltan or sobran:
            partes = [
                f"Faltan columnas: {', '.join(faltan)}." if faltan else "",
                f"No se conocen: {', '.join(sobran)}." if sobran else "",
                f"Las columnas de esta hoja son: {', '.join(conocidas)}.",
            ]
            return " ".join(filter(None, partes))
        if len(dataset) > MAXIMO_DE_FILAS:
            return f"El archivo tiene {len(dataset):,} filas. Divídelo en archivos de {MAXIMO_DE_FILAS:,} o menos."
        return ""

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """A key twice in the file would silently let the last row win."""
        columnas = [self.fields[nombre].column_name for nombre in self.get_import_id_fields()]
        clave = tuple(str(row.get(columna) or "").strip() for columna in columnas)
        numero = row.get(NUMERO, kwargs["row_number"])
        if (otra := self._vistas.setdefault(clave, numero)) != numero:
            raise ValidationError(f"Repite la clave de la fila {otra}: {' · '.join(filter(None, clave))}.")

    def columnas(self) -> list[Columna]:
        """The columns in their order, to be explained in the page."""
        return self.get_import_fields()

    def filas_previstas(self, resultado: Result) -> list[FilaPrevista]:
        """What each row would do: nueva, cambia, igual or error."""
        return [self._prevista(fila) for fila in resultado.rows]

    def _prevista(self, fila: RowResult) -> FilaPrevista:
        clave = self.fields[self.get_import_id_fields()[0]].column_name
        titulo = str(fila.row_values.get("nombre") or fila.row_values.get(clave) or "")
        prevista = FilaPrevista(int(fila.row_values.get(NUMERO, 0)), _QUE[fila.import_type], titulo)
        if prevista.que == "error":
            prevista.errores = self._errores(fila)
        else:
            prevista.cambios = fila.diff or ()
        return prevista

    def _errores(self, fila: RowResult) -> list[str]:
        if fila.validation_error is None:
            return [explicar(error.error) for error in fila.errors]
        if not hasattr(fila.validation_error, "error_dict"):
            return fila.validation_error.messages
        nombres = {columna.attribute: columna.column_name for columna in self.get_import_fields()}
        return [
            mensaje if atributo == NON_FIELD_ERRORS else f"{nombres.get(atributo, atributo)}: {mensaje}"
            for atributo, mensajes in fila.validation_error.message_dict.items()
            for mensaje in mensajes
        ]


_QUE = {
    RowResult.IMPORT_TYPE_NEW: "nueva",
    RowResult.IMPORT_TYPE_UPDATE: "cambia",
    RowResult.IMPORT_TYPE_SKIP: "igual",
    RowResult.IMPORT_TYPE_ERROR: "error",
    RowResult.IMPORT_TYPE_INVALID: "error",
}


def explicar(error: Exception) -> str:
    """An exception of an import, as the person who brought the file should read it."""
    if isinstance(error, DatabaseError):
        return mensaje_de_la_base(error)
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, ValueError):
        return str(error)
    return "No se pudo leer: revisa que cada celda tenga lo que su columna pide."
