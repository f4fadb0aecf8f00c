"""Presentation for templates: dates, numbers, icons, the word and shape of a state. Never a rule.

`{% load portal %}` then: `fecha|fecha_larga`, `fecha|fecha_corta`, `fecha|fecha_precision:evento.precision`,
`n|numero`, `tasa|tasa`, `tasa|tasa:4`, `{% icono "descarga" %}`, `{% estado valor %}`, `ruta|es_actual:request.path`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, MultiWidget

from comun import formatos
from comun.iconos import ESTADOS, TRAZOS

register = template.Library()


@register.filter
def fecha_larga(fecha: dt.date | dt.datetime | str | None) -> str:
    """«22 de noviembre de 2018»; empty when there is none, so the page can say why. Text stays as it is."""
    if isinstance(fecha, str):
        return fecha
    return formatos.fecha_larga(fecha) if fecha else ""


@register.filter
def fecha_corta(fecha: dt.date | dt.datetime | None) -> str:
    """«22 nov 2018»."""
    return formatos.fecha_corta(fecha) if fecha else ""


@register.filter
def fecha_precision(fecha: dt.date | None, precision: str) -> str:
    """A date that says no more than its source: day, month or year."""
    return formatos.fecha_con_precision(fecha, precision) if fecha else ""


@register.filter
def mes_largo(periodo: str | None) -> str:
    """«2023-08» → «agosto de 2023»."""
    return formatos.mes_largo(periodo) if periodo else ""


@register.filter
def numero(valor: Any, decimales: int = 0) -> str:
    """«1,637,477»; what is not a number (already text) passes untouched."""
    if valor is None or isinstance(valor, int | float | Decimal):
        return formatos.numero(valor, int(decimales))
    return str(valor)


@register.filter
def tasa(valor: float | Decimal | None, decimales: int = 1) -> str:
    """A rate per 100 000: one decimal to read, four to check (`tasa:4`)."""
    return formatos.numero(valor, int(decimales))


@register.filter
def duracion(tiempo: dt.timedelta | None) -> str:
    """«3 min 5 s»."""
    return formatos.duracion(tiempo) if tiempo is not None else ""


@register.filter
def peso(cuantos: int | None) -> str:
    """«12.4 MB»."""
    return formatos.peso(cuantos) if cuantos is not None else ""


@register.filter
def enumerar(cosas: Sequence[str]) -> str:
    """«uno, dos y tres»; empty when there is nothing."""
    return formatos.enumerar(list(cosas)) if cosas else ""


@register.filter
def es_actual(ruta: str, actual: str) -> bool:
    """True if the visitor is at that address or below it."""
    return bool(ruta) and ruta != "/" and actual.startswith(ruta)


@register.filter
def con_columnas(fila: Sequence[Any], columnas: Sequence[Any]) -> list[tuple[Any, Any]]:
    """The cells of a row, each with its column."""
    return list(zip(columnas, fila, strict=True))


def _primer_control(campo: BoundField) -> str:
    """Id of the control that the link of an error should reach."""
    if isinstance(campo.field.widget, MultiWidget):
        return f"{campo.auto_id}_0"
    primero = campo.subwidgets[0].id_for_label if campo.use_fieldset and campo.subwidgets else ""
    return primero or campo.id_for_label or campo.auto_id


@register.filter
def errores_para_resumen(formulario: BaseForm | None) -> list[dict[str, str]]:
    """Each error of the form with the id of its field, for the summary at the top."""
    if not isinstance(formulario, BaseForm) or not formulario.is_bound:
        return []
    resumen = [{"id": "", "texto": str(error)} for error in formulario.non_field_errors()]
    for campo in formulario:
        # A label that asks needs no colon before what answers it; what nobody sees has no label to say.
        rotulo = "" if campo.is_hidden else campo.label if campo.label.endswith("?") else f"{campo.label}:"
        resumen += [{"id": _primer_control(campo), "texto": f"{rotulo} {error}".strip()} for error in campo.errors]
    return resumen


@register.inclusion_tag("_piezas/icono.html")
def icono(nombre: str) -> dict[str, str]:
    """A drawn sign; always beside a word, so it is hidden from screen readers."""
    return {"trazo": TRAZOS[nombre]}


@register.inclusion_tag("_piezas/estado.html")
def estado(valor: str | None, texto: str = "") -> dict[str, str]:
    """Word + shape + colour of a state of a mesa, an agreement, a session or a presence."""
    conocido = ESTADOS.get(str(valor or ""), ESTADOS["desconocido"])
    return {"texto": texto or conocido.texto, "forma": conocido.forma, "tono": conocido.tono}
