"""The sheet of proposals: how the systematisation of an encuentro comes in and goes out."""

from __future__ import annotations

from comun.columnas import Columna, Entero, Referencia, Texto
from comun.importar import RecursoEstricto
from encuentros.models import Encuentro, Propuesta, Rubro


class RecursoDePropuestas(RecursoEstricto):
    """One row per proposal. Encuentro, rubro and place are the key."""

    encuentro = Columna(
        attribute="encuentro",
        widget=Referencia(Encuentro, "numero", que="el encuentro número"),
        obligatoria=True,
        ayuda="Número del encuentro.",
        ejemplo="3",
    )
    rubro = Columna(
        attribute="rubro",
        widget=Referencia(Rubro, "clave", que="el rubro con clave"),
        obligatoria=True,
        ayuda="Clave del rubro.",
        ejemplo="identidad",
    )
    orden = Columna(
        attribute="orden", widget=Entero(), obligatoria=True, ayuda="Su lugar dentro del rubro.", ejemplo="1"
    )
    resumen = Columna(
        attribute="resumen",
        widget=Texto(),
        obligatoria=True,
        ayuda="Qué propone, en una o dos frases.",
        ejemplo="Que cada mesa cuente sus actividades.",
    )

    class Meta:
        model = Propuesta
        import_id_fields = ("encuentro", "rubro", "orden")
        fields = ("encuentro", "rubro", "orden", "resumen")

    @classmethod
    def get_display_name(cls) -> str:
        return "Propuestas"
