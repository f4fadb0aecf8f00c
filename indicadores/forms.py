"""The controls of the explorer: which crime, which kind of rate, since when and until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from comun.formularios import Formulario
from indicadores.consultas import Eleccion, Falta
from indicadores.delitos import SEPARADOR, DelitoElegido
from indicadores.periodos import Periodicidad
from indicadores.territorios import NACIONAL


class ExploradorForm(Formulario):
    """What was asked for, as it was typed, with what was wrong of it.

    It validates nothing: the address is read by `consultas.leer_eleccion`, for pages and pictures alike.
    """

    delito = forms.CharField(label="Delito", required=False, widget=forms.Select)
    modalidad = forms.CharField(label="Modalidad", required=False, widget=forms.Select)
    periodicidad = forms.CharField(
        label="Cada cifra es",
        required=False,
        widget=forms.Select(choices=[(opcion.value, opcion.etiqueta.capitalize()) for opcion in Periodicidad]),
    )
    desde = forms.CharField(
        label="Desde",
        required=False,
        help_text="Año (2018) o mes (2018-06).",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    hasta = forms.CharField(
        label="Hasta",
        required=False,
        help_text="Vacío: hasta lo último.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    contra = forms.CharField(
        label="Comparar con el periodo",
        required=False,
        help_text="Año (2019) o mes (2019-06).",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    busca = forms.CharField(
        label="Búscalo por su nombre",
        required=False,
        help_text="Municipio, entidad o mesa. No importan los acentos.",
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    agregar = forms.CharField(
        label="O elige una entidad", required=False, help_text="La agrega cuando oprimes «Ver».", widget=forms.Select
    )

    CAMPO_DE = {"territorio": "busca"}
    """Field that answers for what is wrong with a parameter that has none."""

    def __init__(
        self,
        parametros: Mapping[str, Any],
        *,
        eleccion: Eleccion,
        delitos: Iterable[DelitoElegido],
    ) -> None:
        elegido, _, modalidad = (eleccion.delito.slug if eleccion.delito else "").partition(SEPARADOR)
        escrito = {nombre: parametros.get(nombre, "") for nombre in ("desde", "hasta", "contra", "busca")}
        super().__init__(
            escrito
            | {"delito": elegido, "modalidad": modalidad, "periodicidad": eleccion.periodicidad.value, "agregar": ""}
        )
        por_slug = {delito.slug: delito for delito in delitos}
        self.fields["delito"].widget.choices = _por_bien(por_slug.values())
        self.fields["agregar"].widget.choices = [
            ("", "Elige…"),
            (NACIONAL, "México"),
            *((lugar.clave, lugar.nombre) for lugar in eleccion.ademas),
        ]
        propias = por_slug[elegido].modalidades if elegido in por_slug else {}
        self.fields["modalidad"].widget.choices = [
            ("", "Todas"),
            *((slug, propia.nombre.partition(": ")[2]) for slug, propia in propias.items()),
        ]
        self.con_modalidades = len(propias) > 1
        self.is_valid()
        self.reprochar_faltas(eleccion.errores)

    def reprochar_faltas(self, faltas: Iterable[Falta]) -> None:
        """Say beside each field what could not be followed."""
        for falta in faltas:
            self.add_error(self.CAMPO_DE.get(falta.parametro, falta.parametro), falta.mensaje)


def _por_bien(delitos: Iterable[DelitoElegido]) -> list[tuple[str, Any]]:
    """The crimes in the official order under what they harm; a tipo or a bien says that it is a sum."""
    por_bien: dict[str, list[DelitoElegido]] = defaultdict(list)
    for delito in delitos:
        por_bien[delito.bien].append(delito)
    return [
        (bien, [(d.slug, f"{d.nombre} (suma)" if d.nivel < 3 else d.nombre) for d in sorted(suyos, key=_de_sumas)])
        for bien, suyos in por_bien.items()
    ]


def _de_sumas(delito: DelitoElegido) -> bool:
    """The sum of a whole bien goes first among its own."""
    return delito.nivel > 1
