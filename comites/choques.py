"""Two people writing the same thing: nobody overwrites without seeing what the other wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BaseForm

from comun.formatos import fecha_larga


@dataclass(frozen=True)
class Diferencia:
    """One datum on which two people disagree, in the words of the page."""

    rotulo: str
    guardado: str
    escrito: str


class Choque(ValidationError):
    """Somebody else changed it after this page was read. Nothing was written: whoever writes chooses.

    Args:
        diferencias: what is kept beside what was being written.
        versiones: field of the form that said which version was seen → the version that there is now.
    """

    def __init__(self, diferencias: Iterable[Diferencia], versiones: Mapping[str, int]) -> None:
        self.diferencias = [d for d in diferencias if d.guardado != d.escrito]
        self.versiones = dict(versiones)
        super().__init__("Alguien más cambió esto mientras lo escribías. No se guardó nada: elige con cuál quedarte.")


def exigir_version(vista: int | None, actual: int, diferencias: Iterable[Diferencia], campo: str = "version") -> None:
    """Refuse to write over what nobody showed to whoever writes.

    Args:
        vista: version on the page of whoever writes; None: who calls takes the risk (imports, first run).
        actual: version in the row, already locked.
        diferencias: what is kept and what would be written; if they say the same there is no clash.

    Raises:
        Choque: they disagree.
    """
    if vista is None or vista == actual:
        return
    choque = Choque(diferencias, {campo: actual})
    if choque.diferencias:
        raise choque


def comparar(fila: Model, escrito: Mapping[str, Any], rotulos: Mapping[str, str]) -> list[Diferencia]:
    """What a row keeps beside what somebody wrote, for each datum of `rotulos` that was written.

    Args:
        fila: the row as it is now.
        escrito: field → value that would be written.
        rotulos: field → its label in the page.
    """
    nuevo = type(fila)(**{campo: escrito[campo] for campo in rotulos if campo in escrito})
    return [
        Diferencia(rotulos[campo], _en_pagina(fila, campo), _en_pagina(nuevo, campo))
        for campo in rotulos
        if campo in escrito
    ]


def _en_pagina(fila: Model, campo: str) -> str:
    valor = getattr(fila, campo)
    if isinstance(valor, dt.date):
        return fecha_larga(valor)
    if decir := getattr(fila, f"get_{campo}_display", None):
        return str(decir())
    return "" if valor is None else str(valor)


def conciliar(form: BaseForm, error: ValidationError) -> list[Diferencia]:
    """Ready a form that clashed to be sent again knowingly: with what was typed, over the version that there is now.

    Returns what to show side by side; empty when the error was no clash.
    """
    if not isinstance(error, Choque):
        return []
    form.data = form.data.copy()
    for campo, version in error.versiones.items():
        form.data[campo] = str(version)
    return error.diferencias
