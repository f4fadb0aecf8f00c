"""The sheets that the staff takes out: the catalogue of crimes and the register of loads. Nothing comes in by here."""

from __future__ import annotations

from comun.columnas import Columna, Entero, Fecha, Texto
from comun.importar import RecursoEstricto
from indicadores.models import Carga, Delito


class RecursoDeDelitos(RecursoEstricto):
    """One row per entry of the official catalogues."""

    instrumento = Columna(attribute="instrumento", widget=Texto(), ayuda="CNSP/38/15 o RNID.")
    nivel = Columna(attribute="get_nivel_display", widget=Texto(), ayuda="Bien jurídico, tipo, subtipo o modalidad.")
    nombre = Columna(attribute="nombre", widget=Texto(), ayuda="Con su grafía oficial.")
    pertenece_a = Columna(attribute="padre__nombre", widget=Texto(), ayuda="El nivel de arriba.")
    direccion = Columna(attribute="slug", widget=Texto(), ayuda="Como aparece en /indicadores/…/")

    class Meta:
        model = Delito
        import_id_fields = ("instrumento",)
        fields = ("instrumento", "nivel", "nombre", "pertenece_a", "direccion")

    @classmethod
    def get_display_name(cls) -> str:
        return "Delitos"


class RecursoDeCargas(RecursoEstricto):
    """One row per official file loaded."""

    archivo = Columna(attribute="archivo", widget=Texto(), ayuda="Nombre del archivo oficial.")
    sha256 = Columna(attribute="sha256", widget=Texto(), ayuda="Huella del archivo.")
    instrumento = Columna(attribute="instrumento", widget=Texto(), ayuda="CNSP/38/15 o RNID.")
    ambito = Columna(attribute="ambito", widget=Texto(), ayuda="estatal o municipal.")
    corte = Columna(attribute="corte", widget=Fecha(), ayuda="Primer día del último mes publicado.")
    filas = Columna(attribute="filas", widget=Entero(), ayuda="Filas del archivo.")
    total = Columna(attribute="total", widget=Entero(), ayuda="Suma de sus cifras.")
    fuente = Columna(attribute="fuente", widget=Texto(), ayuda="Quién lo publica.")
    nota = Columna(attribute="nota", widget=Texto(), ayuda="Lo que hay que saber de él.")

    class Meta:
        model = Carga
        import_id_fields = ("sha256",)
        fields = ("archivo", "sha256", "instrumento", "ambito", "corte", "filas", "total", "fuente", "nota")

    @classmethod
    def get_display_name(cls) -> str:
        return "Cargas"
