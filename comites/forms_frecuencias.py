"""How often an organ meets, as the coordination says it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from comites.models import Comite, FrecuenciaDeSesiones
from comites.models.sesiones import PRIMER_DIA
from comun.formularios import Formulario
from mesas.models import Mesa


class CadaCuanto(Formulario):
    """An organ of the mesa, every how many months it meets, and from which day."""

    organo = forms.ChoiceField(label="Qué órgano", error_messages={"required": "Elige de qué órgano."})
    meses = forms.TypedChoiceField(
        label="Cada cuánto se reúne",
        choices=[("", "Elige…"), *FrecuenciaDeSesiones.Meses.choices],
        coerce=int,
        error_messages={"required": "Elige cada cuánto se reúne."},
    )
    desde = forms.DateField(
        label="Desde",
        help_text="Lo que se esperaba antes de ese día no cambia.",
        error_messages={"required": "Di desde qué día.", "invalid": "Escribe una fecha que exista."},
    )

    def __init__(self, *args: Any, mesa: Mesa | None, comites: Iterable[Comite], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organos = ({"plenaria": mesa} if mesa else {}) | {str(comite.pk): comite for comite in comites}
        nombres = [
            (valor, "Plenaria" if valor == "plenaria" else str(organo)) for valor, organo in self._organos.items()
        ]
        self.fields["organo"].choices = nombres
        self.fields["desde"].initial = timezone.localdate().replace(day=1)

    def clean_organo(self) -> Mesa | Comite:
        """The organ itself."""
        return self._organos[self.cleaned_data["organo"]]

    def clean_desde(self) -> Any:
        """A day on which the network could have met."""
        desde = self.cleaned_data["desde"]
        if not PRIMER_DIA.date() <= desde <= timezone.localdate():
            raise forms.ValidationError("Pon una fecha desde el año 2000 y hasta hoy.")
        return desde
