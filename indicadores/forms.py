"""The choice of a reader: which place and which kind of rate."""

from __future__ import annotations

from typing import Any

from django import forms

from indicadores.periodos import Periodicidad
from indicadores.territorios import FORMAS, NACIONAL, PREFIJO_MESA, Territorio, TerritorioDesconocido, resolver
from mesas.models import Cobertura, Entidad, Mesa


class EleccionForm(forms.Form):
    """Place and periodicity of the page of a crime; the address holds the whole choice.

    The list offers the nation, the entidades and, when the crime is published by municipality,
    the mesas and the municipalities they cover. Any other municipality may be named by its code.
    """

    territorio = forms.CharField(label="Territorio", required=False, widget=forms.Select)
    periodicidad = forms.ChoiceField(
        label="Cada cifra es",
        required=False,
        choices=[(opcion.value, opcion.etiqueta.capitalize()) for opcion in Periodicidad],
    )

    def __init__(self, *args: Any, por_municipio: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entidades = {entidad.clave: entidad.nombre_corto for entidad in Entidad.objects.order_by("clave")}
        self.opciones = self._opciones(por_municipio)
        self.fields["territorio"].widget.choices = self.opciones
        self.fields["territorio"].initial = NACIONAL
        self.fields["periodicidad"].initial = Periodicidad.ANUAL.value

    def _opciones(self, por_municipio: bool) -> list[tuple[str, Any]]:
        opciones: list[tuple[str, Any]] = [(NACIONAL, "México")]
        if por_municipio:
            mesas = Mesa.objects.publicas().reales().por_nombre().values_list("slug", "nombre")
            opciones.append(("Territorio de una mesa", [(f"{PREFIJO_MESA}{slug}", nombre) for slug, nombre in mesas]))
        opciones.append(("Entidad", list(self.entidades.items())))
        if por_municipio:
            municipios = (
                Cobertura.objects.publicas()
                .filter(mesa__es_demo=False)
                .order_by("municipio__entidad", "municipio__nombre")
                .values_list("municipio", "municipio__nombre", "municipio__entidad__nombre_corto")
                .distinct()
            )
            opciones.append(
                ("Municipio con mesa", [(clave, f"{nombre}, {entidad}") for clave, nombre, entidad in municipios])
            )
        return opciones

    def clean_territorio(self) -> Territorio:
        """The place, resolved."""
        clave = self.cleaned_data["territorio"].strip() or NACIONAL
        try:
            (lugar,) = resolver([clave])
        except TerritorioDesconocido as error:
            raise forms.ValidationError(f"No existe el territorio «{clave}». Valen: {FORMAS}.") from error
        self._ofrecer(lugar)
        return lugar

    def clean_periodicidad(self) -> Periodicidad:
        """How long each figure is."""
        return Periodicidad(self.cleaned_data["periodicidad"] or Periodicidad.ANUAL)

    def _ofrecer(self, lugar: Territorio) -> None:
        """Keep in the list what was chosen, when it came by its code."""
        ofrecidas = {
            clave
            for valor, rotulo in self.opciones
            for clave, _ in (rotulo if isinstance(rotulo, list) else [(valor, rotulo)])
        }
        if lugar.clave not in ofrecidas:
            self.fields["territorio"].widget.choices = [*self.opciones, ("Elegido", [(lugar.clave, lugar.nombre)])]
