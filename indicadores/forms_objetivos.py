"""What somebody types to declare what an agreement aims to move."""

from __future__ import annotations

from typing import Any

from django import forms

from comites.models import Acuerdo, Sesion
from comun.formularios import Formulario
from indicadores.delitos import catalogo
from indicadores.models import Objetivo
from indicadores.territorios import NACIONAL
from mesas.models import Cobertura

FUERA_DE_RANGO = f"Escribe un número de meses de 0 a {Objetivo.REZAGO_MAXIMO}."
SU_MESA = "su-mesa"
Lugar = dict[str, Any]
"""Which of the places of an objective, and it."""


class NuevoObjetivo(Formulario):
    """A crime, a place near the mesa, a direction and how long it takes to show."""

    delito = forms.ChoiceField(
        label="¿Qué delito quiere mover?",
        error_messages={"required": "Elige el delito.", "invalid_choice": "Elige uno de la lista."},
    )
    direccion = forms.ChoiceField(
        label="¿Qué se busca?",
        choices=Objetivo.Direccion,
        widget=forms.RadioSelect,
        error_messages={"required": "Di si se busca que baje o que suba la denuncia."},
        help_text="Que suba la denuncia también es una meta: puede querer decir más confianza.",
    )
    territorio = forms.ChoiceField(
        label="¿En dónde?",
        error_messages={"required": "Elige el territorio.", "invalid_choice": "Elige uno de la lista."},
    )
    rezago_meses = forms.IntegerField(
        label="¿A partir de cuántos meses se notaría?",
        min_value=0,
        max_value=Objetivo.REZAGO_MAXIMO,
        initial=0,
        help_text=f"Contados desde la fecha del acuerdo, de 0 a {Objetivo.REZAGO_MAXIMO}.",
        error_messages={"min_value": FUERA_DE_RANGO, "max_value": FUERA_DE_RANGO, "invalid": FUERA_DE_RANGO},
    )

    def __init__(self, *args: Any, acuerdo: Acuerdo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        todos = catalogo()
        self.hay_delitos = bool(todos)
        self.fields["delito"].choices = [("", "Elige…"), *_por_bien(todos)]
        self._lugares = _lugares_de(acuerdo)
        self.fields["territorio"].choices = [(clave, nombre) for clave, (nombre, _) in self._lugares.items()]

    def clean(self) -> dict[str, Any]:
        """The place chosen, as the operation takes it."""
        datos = super().clean()
        _, lugar = self._lugares.get(datos.pop("territorio", ""), ("", {}))
        return datos | lugar


def _por_bien(todos: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Crimes under their bien jurídico, in the official order."""
    grupos: dict[str, list[tuple[str, str]]] = {}
    for slug, delito in todos.items():
        if delito.nivel > 1:
            grupos.setdefault(delito.bien, []).append((slug, delito.nombre))
    return list(grupos.items())


def _lugares_de(acuerdo: Acuerdo) -> dict[str, tuple[str, Lugar]]:
    """Places that an agreement may look at here: its mesa, the municipalities and entidades of that day, the country.

    México SOS may choose any other in the administration.
    """
    sesion = acuerdo.sesion
    lugares: dict[str, tuple[str, Lugar]] = {}
    if sesion.tipo != Sesion.Tipo.ENCUENTRO:
        lugares[SU_MESA] = (f"El territorio de {sesion.mesa}", {})
    vigentes = Cobertura.objects.filter(mesa=sesion.mesa).vigentes_en(sesion.dia)
    entidades = {sesion.mesa.entidad_id: sesion.mesa.entidad}
    for cobertura in vigentes.select_related("municipio__entidad").order_by("municipio__nombre"):
        municipio = cobertura.municipio
        if not municipio.pseudo:
            lugares[municipio.clave] = (f"{municipio.nombre}, {municipio.entidad}", {"municipio": municipio})
        entidades[municipio.entidad_id] = municipio.entidad
    lugares |= {clave: (f"Todo {entidad}", {"entidad": entidad}) for clave, entidad in sorted(entidades.items())}
    lugares[NACIONAL] = ("Todo el país", {"nacional": True})
    return lugares


class RetiroDeObjetivo(Formulario):
    """Why an objective is no longer looked at."""

    motivo = forms.CharField(
        label="¿Por qué se retira?",
        max_length=200,
        help_text="Lo lee la mesa, no el público. Quién lo retiró queda anotado para quien coordina.",
        error_messages={"required": "Di por qué se retira."},
    )
