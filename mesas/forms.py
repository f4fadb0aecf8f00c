"""What people type about the network: the search of the public directory."""

from __future__ import annotations

from typing import Any

from django import forms

from comun.formularios import Formulario
from mesas.models import Entidad, Mesa
from mesas.querysets import SIN_ESTADO


class FiltroDeMesas(Formulario):
    """The directory: by text, by entidad and by state. Whatever is not understood is ignored, never an error."""

    ESTADOS = [("", "Todos"), *Mesa.Estado.choices]

    q = forms.CharField(label="Mesa o municipio", required=False, max_length=80)
    entidad = forms.ModelChoiceField(
        Entidad.objects.filter(mesas__publica=True).distinct(), label="Entidad", required=False, empty_label="Todas"
    )
    estado = forms.ChoiceField(label="Estado", choices=ESTADOS, required=False)

    def __init__(self, *args: Any, con_sin_estado: bool = False, **kwargs: Any) -> None:
        """`con_sin_estado`: there is a mesa without a recorded state, so the filter offers it."""
        super().__init__(*args, **kwargs)
        if con_sin_estado:
            self.fields["estado"].choices = [*self.ESTADOS, (SIN_ESTADO, "Sin estado registrado")]

    def elegido(self) -> dict[str, str]:
        """What was understood of the address, with all the keys."""
        self.is_valid()
        entidad = self.cleaned_data.get("entidad")
        return {
            "q": self.cleaned_data.get("q", ""),
            "entidad": entidad.pk if entidad else "",
            "estado": self.cleaned_data.get("estado", ""),
        }
