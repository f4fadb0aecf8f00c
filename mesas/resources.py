"""The sheets that the staff brings in and takes out: mesas, and the municipalities that they cover."""

from __future__ import annotations

from import_export.instance_loaders import CachedInstanceLoader

from comun.columnas import Columna, Entero, Fecha, Referencia, SiNo, Texto
from comun.importar import RecursoEstricto
from mesas.models import Cobertura, Entidad, Mesa, Municipio
from mesas.models.territorio import ZONAS


class ZonaHoraria(Texto):
    """One of the clocks of Mexico; empty is that of the centre."""

    def clean(self, value, row=None, **kwargs):
        zona = super().clean(value) or "America/Mexico_City"
        if zona not in ZONAS:
            raise ValueError(f"«{zona}» no es una zona horaria de México. Son: {', '.join(ZONAS)}.")
        return zona


class RecursoDeMesas(RecursoEstricto):
    """One row per mesa. Its address (`slug`) is the key: a known one is updated, a new one is created."""

    slug = Columna(
        attribute="slug",
        widget=Texto(),
        obligatoria=True,
        ayuda="Dirección en el micrositio; es la clave de la hoja. Minúsculas, números y guiones.",
        ejemplo="tampico-madero-altamira",
    )
    nombre = Columna(
        attribute="nombre",
        widget=Texto(),
        obligatoria=True,
        ayuda="Como la llama la Red. No se repite.",
        ejemplo="Tampico-Madero-Altamira",
    )
    entidad = Columna(
        attribute="entidad",
        widget=Referencia(Entidad, que="la entidad con clave", digitos=2),
        obligatoria=True,
        ayuda="Clave INEGI de dos dígitos.",
        ejemplo="28",
    )
    orden = Columna(
        attribute="orden", widget=Entero(), ayuda="Su lugar en el informe del 3er Encuentro, si aparece.", ejemplo="21"
    )
    publica = Columna(attribute="publica", widget=SiNo(), ayuda="Si se ve en el micrositio: sí o no.", ejemplo="sí")
    zona_horaria = Columna(
        attribute="zona_horaria",
        widget=ZonaHoraria(),
        ayuda="Vacía es la del centro del país.",
        ejemplo="America/Monterrey",
    )
    nota = Columna(attribute="nota", widget=Texto(), ayuda="Pública: lo que no consta o se infiere.")
    fuente = Columna(attribute="fuente", widget=Texto(), ayuda="De dónde sale lo que se dice de ella.")
    correo_publico = Columna(attribute="correo_publico", widget=Texto(), ayuda="Lo verá cualquiera. Puede ir vacío.")

    class Meta:
        model = Mesa
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "nombre",
            "entidad",
            "orden",
            "publica",
            "zona_horaria",
            "nota",
            "fuente",
            "correo_publico",
        )
        instance_loader_class = CachedInstanceLoader

    @classmethod
    def get_display_name(cls) -> str:
        return "Mesas"


class RecursoDeCoberturas(RecursoEstricto):
    """One row per municipality of a mesa and period. Mesa, municipality and first day are the key."""

    mesa = Columna(
        attribute="mesa",
        widget=Referencia(Mesa, "slug", que="la mesa con dirección"),
        obligatoria=True,
        ayuda="Dirección (slug) de la mesa.",
        ejemplo="tampico-madero-altamira",
    )
    municipio = Columna(
        attribute="municipio",
        widget=Referencia(Municipio, que="el municipio con clave", digitos=5),
        obligatoria=True,
        ayuda="Clave INEGI de cinco dígitos.",
        ejemplo="28038",
    )
    desde = Columna(
        attribute="desde",
        widget=Fecha(),
        obligatoria=True,
        ayuda="Primer día; parte de la clave. Vacía si no consta.",
        ejemplo="2018-11-21",
    )
    hasta = Columna(attribute="hasta", widget=Fecha(), ayuda="Primer día en que ya no lo cubre. Vacía si sigue.")
    es_sede = Columna(attribute="es_sede", widget=SiNo(), ayuda="Si es la sede: sí o no. Una a la vez.", ejemplo="sí")
    inferida = Columna(
        attribute="inferida", widget=SiNo(), ayuda="sí cuando ninguna fuente lo dice expresamente.", ejemplo="no"
    )
    nota = Columna(attribute="nota", widget=Texto(), ayuda="Lo que haga falta aclarar.")
    fuente = Columna(attribute="fuente", widget=Texto(), ayuda="De dónde sale.")

    class Meta:
        model = Cobertura
        import_id_fields = ("mesa", "municipio", "desde")
        fields = ("mesa", "municipio", "desde", "hasta", "es_sede", "inferida", "nota", "fuente")

    @classmethod
    def get_display_name(cls) -> str:
        return "Coberturas"
