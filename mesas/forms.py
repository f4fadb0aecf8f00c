"""What people type about the network: the search of the public directory."""

from __future__ import annotations

from django import forms

from comun.formularios import Formulario
from mesas.models import Entidad, Mesa


class FiltroDeMesas(Formulario):
    """The directory: by text, by entidad and by state. Whatever is not understood is ignored, never an error."""

    ESTADOS = [("", "Todos"), *Mesa.Estado.choices]

    q = forms.CharField(label="Mesa o municipio", required=False, max_length=80)
    entidad = forms.ModelChoiceField(
        Entidad.objects.filter(mesas__publica=True).distinct(), label="Entidad", required=False, empty_label="Todas"
    )
    estado = forms.ChoiceField(label="Estado", choices=ESTADOS, required=False)

    def elegido(self) -> dict[str, str]:
        """What was understood of the address, with all the keys."""
        self.is_valid()
        entidad = self.cleaned_data.get("entidad")
        return {
            "q": self.cleaned_data.get("q", ""),
            "entidad": entidad.pk if entidad else "",
            "estado": self.cleaned_data.get("estado", ""),
        }
