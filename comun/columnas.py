"""Columns of the files of the staff: how each kind of cell is read, and what is said when it cannot be.

Stricter than the widgets of import-export, which take any word for «false» and complain in English.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from import_export.fields import Field
from import_export.widgets import CachedForeignKeyWidget, Widget

from comun.exportar import desproteger
from comun.texto import sin_acentos


class Columna(Field):
    """A column with what a person needs to fill it in.

    Args:
        ayuda: what goes in it, in Spanish.
        ejemplo: a cell as it would be.
        obligatoria: the file must bring the column.
    """

    def __init__(self, *args: Any, ayuda: str, ejemplo: str = "", obligatoria: bool = False, **opciones: Any) -> None:
        super().__init__(*args, **opciones)
        self.ayuda = ayuda
        self.ejemplo = ejemplo
        self.obligatoria = obligatoria


class Texto(Widget):
    """Text without spaces around; numbers that Excel made of it become text again."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(desproteger(str(value).strip())).strip()


class SiNo(Widget):
    """Yes or no, as people write it. Nothing else passes for «no»."""

    SI = {"si", "s", "1", "true", "verdadero", "x"}
    NO = {"no", "n", "0", "false", "falso", ""}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        texto = sin_acentos("" if value is None else str(value))
        if texto in self.SI:
            return True
        if texto in self.NO:
            return False
        raise ValueError(f"«{value}» no se entiende: escribe sí o no.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "sí" if value else "no"


class Entero(Widget):
    """A whole number, or nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        texto = "" if value is None else str(value).strip()
        if not texto:
            return None
        if isinstance(value, float) and value.is_integer():
            return int(value)
        if not texto.isascii() or not texto.isdigit() or len(texto) > 9:
            raise ValueError(f"«{texto}» no es un número entero.")
        return int(texto)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        if kwargs.get("force_native_type"):
            return value
        return "" if value is None else str(value)


class Fecha(Widget):
    """A day: 2018-11-21 or 21/11/2018, or a date of Excel."""

    FORMAS = ("%Y-%m-%d", "%d/%m/%Y")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> dt.date | None:
        if isinstance(value, dt.datetime):
            return value.date()
        if value is None or isinstance(value, dt.date):
            return value
        texto = str(value).strip()
        if not texto:
            return None
        for forma in self.FORMAS:
            try:
                return dt.datetime.strptime(texto, forma).date()
            except ValueError:
                continue
        raise ValueError(f"«{texto}» no es una fecha: escríbela como 2018-11-21 o 21/11/2018.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class Referencia(CachedForeignKeyWidget):
    """A row of another table, by its key. All the rows are fetched once for the whole file.

    Args:
        que: what it is, with its article («la entidad»).
        digitos: length of a key of digits; Excel eats the leading zeros and here they come back.
    """

    def __init__(self, modelo: Any, campo: str = "pk", *, que: str, digitos: int = 0) -> None:
        super().__init__(modelo, campo)
        self.que = que
        self.digitos = digitos

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        clave = Texto().clean(value)
        if self.digitos and clave.isdigit():
            clave = clave.zfill(self.digitos)
        try:
            return super().clean(clave, row, **kwargs)
        except ObjectDoesNotExist as error:
            raise ValueError(f"No existe {self.que} «{clave}».") from error
