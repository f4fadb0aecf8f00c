"""What a reader asks of the revision that a load made."""

from __future__ import annotations

from typing import Any

from django import forms

from comun.formularios import Formulario
from indicadores.registro import Revision


class FiltroDeRevision(Formulario):
    """Figures of one entidad or one crime, among those that changed. What is not understood is ignored."""

    entidad = forms.ChoiceField(label="Entidad", required=False)
    delito = forms.ChoiceField(label="Delito", required=False)

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = {clave: ids for clave, _, ids in revision.opciones}
        self.fields["entidad"].choices = [("", "Todas"), *((r.clave, r.nombre) for r in revision.por_entidad)]
        self.fields["delito"].choices = [("", "Todos"), *((clave, nombre) for clave, nombre, _ in revision.opciones)]

    def elegido(self) -> dict[str, Any]:
        """What was understood of the address, for the database."""
        elegido = self.en_la_direccion()
        return {
            "entidad": elegido.get("entidad", ""),
            "delitos": self.ids[elegido["delito"]] if "delito" in elegido else None,
        }

    def en_la_direccion(self) -> dict[str, str]:
        """The same as the address says it, without what was not chosen."""
        self.is_valid()
        return {campo: valor for campo, valor in self.cleaned_data.items() if valor}
