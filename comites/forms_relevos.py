"""Terms of office, as the coordination writes them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from comun.formularios import Formulario
from mesas.models import Institucion, PeriodoDeGobierno


class DatosDelPeriodo(Formulario):
    """An administration and the day on which the next one begins."""

    nombre = forms.CharField(
        label="Administración",
        max_length=120,
        help_text="Por ejemplo «Ayuntamiento 2024–2027».",
        error_messages={"required": "Escribe cómo se llama, por ejemplo «Ayuntamiento 2024–2027»."},
    )
    hasta = forms.DateField(
        label="Primer día de la siguiente administración",
        error_messages={"required": "Di qué día empieza la siguiente.", "invalid": "Escribe una fecha que exista."},
    )
    desde = forms.DateField(
        label="Primer día de esta", required=False, error_messages={"invalid": "Escribe una fecha que exista."}
    )
    fuente = forms.CharField(
        label="Cómo consta", max_length=200, required=False, help_text="Ley, acuerdo, nota de prensa…"
    )

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if datos.get("desde") and datos.get("hasta") and datos["desde"] >= datos["hasta"]:
            self.add_error("hasta", "La siguiente administración empieza después que esta.")
        return datos


class NuevoPeriodo(DatosDelPeriodo):
    """The same for every institution that ends with it: one government sends several to the mesa."""

    instituciones = forms.ModelMultipleChoiceField(
        label="De qué instituciones",
        queryset=Institucion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Marca al menos una institución."},
    )
    field_order = ("instituciones", "nombre", "hasta", "desde", "fuente")

    def __init__(self, *args: Any, instituciones: QuerySet[Institucion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instituciones"].queryset = instituciones


def iniciales(periodo: PeriodoDeGobierno) -> dict[str, Any]:
    """What is written of a term."""
    return {campo: getattr(periodo, campo) for campo in ("nombre", "hasta", "desde", "fuente")}
