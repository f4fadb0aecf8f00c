"""The sheets of comités, sessions and agreements. Only the catalogue of comités comes in by here:
what was agreed is written in a session, by whoever was there."""

from __future__ import annotations

from comites.models import Acuerdo, Sesion, TipoDeComite
from comun.columnas import Columna, Entero, Fecha, SiNo, Texto
from comun.importar import RecursoEstricto


class RecursoDeTiposDeComite(RecursoEstricto):
    """One row per theme of comité."""

    nombre = Columna(
        attribute="nombre",
        widget=Texto(),
        obligatoria=True,
        ayuda="Tema del comité; es la clave de la hoja.",
        ejemplo="Prevención",
    )
    descripcion = Columna(attribute="descripcion", widget=Texto(), ayuda="Para qué sirve. Puede ir vacía.")

    class Meta:
        model = TipoDeComite
        import_id_fields = ("nombre",)
        fields = ("nombre", "descripcion")

    @classmethod
    def get_display_name(cls) -> str:
        return "Tipos de comité"


class RecursoDeSesiones(RecursoEstricto):
    """One row per session. Without its place: that never leaves the workspace."""

    mesa = Columna(attribute="mesa__slug", widget=Texto(), ayuda="Dirección de la mesa.")
    organo = Columna(attribute="organo", widget=Texto(), ayuda="Comité o tipo de asamblea.")
    numero = Columna(attribute="numero", widget=Entero(), ayuda="Número de la sesión en su órgano.")
    anio = Columna(attribute="anio", widget=Entero(), ayuda="Año.")
    numero_anual = Columna(attribute="numero_anual", widget=Entero(), ayuda="Número en ese año.")
    inicio = Columna(attribute="inicio", widget=Fecha(), ayuda="Día y hora de inicio.")
    estado = Columna(attribute="estado", widget=Texto(), ayuda="borrador, convocada, en_curso, cerrada o aprobada.")
    nivel = Columna(attribute="nivel", widget=Texto(), ayuda="Quién puede leerla.")

    class Meta:
        model = Sesion
        import_id_fields = ("mesa", "organo", "numero")
        fields = ("mesa", "organo", "numero", "anio", "numero_anual", "inicio", "estado", "nivel")

    @classmethod
    def get_display_name(cls) -> str:
        return "Sesiones"


class RecursoDeAcuerdos(RecursoEstricto):
    """One row per agreement that the staff may read, public or not. Without names of people."""

    folio = Columna(attribute="folio", widget=Texto(), ayuda="Identifica al acuerdo.")
    mesa = Columna(attribute="sesion__mesa__slug", widget=Texto(), ayuda="Dirección de la mesa.")
    accion = Columna(attribute="accion", widget=Texto(), ayuda="Qué se acordó.")
    producto = Columna(attribute="producto", widget=Texto(), ayuda="Qué existirá cuando se cumpla.")
    institucion_responsable = Columna(
        attribute="institucion_responsable__nombre", widget=Texto(), ayuda="Institución que responde, si es una."
    )
    fecha_compromiso = Columna(attribute="fecha_compromiso", widget=Fecha(), ayuda="Para cuándo.")
    verificacion = Columna(attribute="verificacion", widget=Texto(), ayuda="Cómo se comprobará.")
    estado = Columna(attribute="situacion", widget=Texto(), ayuda="Cómo va.")
    nivel = Columna(attribute="nivel", widget=Texto(), ayuda="Quién puede leerlo.")
    historico = Columna(attribute="historico", widget=SiNo(), ayuda="Si es anterior al portal.")

    class Meta:
        model = Acuerdo
        import_id_fields = ("folio",)
        fields = (
            "folio",
            "mesa",
            "accion",
            "producto",
            "institucion_responsable",
            "fecha_compromiso",
            "verificacion",
            "estado",
            "nivel",
            "historico",
        )

    @classmethod
    def get_display_name(cls) -> str:
        return "Acuerdos"
