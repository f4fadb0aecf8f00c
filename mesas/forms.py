"""What people type about the network: the search of the public directory and the desk of the staff."""

from __future__ import annotations

from typing import Any

from django import forms

from comun.formularios import Formulario
from mesas.models import Entidad, Mesa

# The zones in which a municipality of Mexico keeps its clock.
ZONAS = {
    "America/Mexico_City": "Centro (Ciudad de México)",
    "America/Monterrey": "Centro, noreste (Monterrey)",
    "America/Matamoros": "Frontera de Tamaulipas y Nuevo León",
    "America/Ojinaga": "Frontera noreste de Chihuahua y Coahuila",
    "America/Merida": "Centro, península de Yucatán",
    "America/Bahia_Banderas": "Bahía de Banderas",
    "America/Cancun": "Sureste (Quintana Roo)",
    "America/Chihuahua": "Chihuahua",
    "America/Ciudad_Juarez": "Frontera de Ciudad Juárez",
    "America/Mazatlan": "Pacífico (Sinaloa, Nayarit, Baja California Sur)",
    "America/Hermosillo": "Sonora",
    "America/Tijuana": "Noroeste (Baja California)",
}


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


class MesaForm(forms.ModelForm):
    """The card of a mesa at the desk of the staff."""

    zona_horaria = forms.ChoiceField(label="Zona horaria", choices=list(ZONAS.items()))

    class Meta:
        model = Mesa
        fields = (
            "slug",
            "nombre",
            "entidad",
            "orden",
            "zona_horaria",
            "publica",
            "es_demo",
            "correo_publico",
            "nota",
            "fuente",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actual = self.instance.zona_horaria
        if "zona_horaria" in self.fields and actual not in ZONAS:
            self.fields["zona_horaria"].choices = [*ZONAS.items(), (actual, actual)]
