"""What a reader chooses on the map and the ranking of a crime. Every choice travels in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from comun.formatos import numero
from comun.formularios import Formulario
from indicadores.clasificacion import MINIMO_POBLACION
from indicadores.disponibles import Anios, anio_de_entrada
from indicadores.territorios import ENTIDADES

NO_EXISTE = {"invalid_choice": "«%(value)s» no está entre lo que se puede elegir."}
TODO_EL_PAIS = ("", "Todo el país")

MINIMOS = (20_000, 50_000, MINIMO_POBLACION, 250_000, 500_000)
"""Inhabitants from which a place may be ranked."""


class MapaForm(Formulario):
    """Which part of the country and which year: by default the whole country in its newest whole year."""

    entidad = forms.ChoiceField(
        label="Entidad",
        required=False,
        choices=[TODO_EL_PAIS, *((clave, clave) for clave in ENTIDADES)],
        error_messages=NO_EXISTE,
    )
    periodo = forms.CharField(label="Año", required=False, widget=forms.Select)

    def __init__(self, parametros: Mapping[str, Any]) -> None:
        de_entrada = {nombre: campo.initial or "" for nombre, campo in self.base_fields.items()}
        super().__init__({nombre: parametros.get(nombre) or valor for nombre, valor in de_entrada.items()})
        self.is_valid()
        self.anio: int | None = None

    def elegido(self, campo: str) -> Any:
        """What was chosen, or what is shown when nothing was or it is not valid."""
        return self.cleaned_data.get(campo) or self.fields[campo].initial or ""

    def ofrecer_anios(self, anios: Anios, entidad: str = "") -> None:
        """Choose among the years with figures of what was chosen: the one asked for, or the newest nearly whole.

        Args:
            anios: years, and the entidades that report each.
            entidad: the only one of which figures are shown, if it is one.
        """
        pedido = self.cleaned_data.get("periodo", "")
        self.fields["periodo"].widget.choices = [(str(anio), str(anio)) for anio in anios]
        self.anio = anio_de_entrada(anios, 1 if entidad else len(ENTIDADES))
        if pedido and pedido in map(str, anios):
            self.anio = int(pedido)
        elif pedido:
            self.add_error("periodo", f"No hay un año completo «{pedido}» de lo que elegiste.")
        if not pedido:
            self.data["periodo"] = str(self.anio or "")  # what is shown is what the list has chosen

    def nombrar(self, entidades: Mapping[str, str]) -> None:
        """Name the entidades of the list: their names come with the places."""
        self.fields["entidad"].choices = [TODO_EL_PAIS, *sorted(entidades.items())]


class ClasificacionForm(MapaForm):
    """Which places are put in order, from how many inhabitants on and of which year."""

    ambito = forms.ChoiceField(
        label="Qué se ordena",
        required=False,
        choices=[("entidades", "Entidades"), ("municipios", "Municipios"), ("mesas", "Territorios de las mesas")],
        initial="entidades",
        error_messages=NO_EXISTE,
    )
    minimo = forms.TypedChoiceField(
        label="Desde cuántos habitantes",
        required=False,
        coerce=int,
        choices=[(str(minimo), numero(minimo)) for minimo in MINIMOS],
        initial=MINIMO_POBLACION,
        error_messages=NO_EXISTE,
    )
    field_order = ("ambito", "entidad", "minimo", "periodo")
