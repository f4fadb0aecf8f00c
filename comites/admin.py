from django.contrib import admin

from comites.models import (
    ActoDePublicacion,
    Acuerdo,
    Asistencia,
    Avance,
    Comite,
    PlantillaDeAgenda,
    PuntoDelOrden,
    Sesion,
    TipoDeComite,
)
from comites.niveles import Nivel
from comites.resources import RecursoDeAcuerdos, RecursoDeSesiones, RecursoDeTiposDeComite
from comun.admin import AdminConArchivos, AdminSeguro, SoloLectura


class LoQuePuedeLeer:
    """The levels of confidentiality hold here too: reserved rows only for who coordinates the network."""

    def get_queryset(self, request):
        return super().get_queryset(request).visibles_para(request.user)


@admin.register(TipoDeComite)
class TipoDeComiteAdmin(AdminConArchivos):
    resource_classes = [RecursoDeTiposDeComite]
    search_fields = ["nombre"]


@admin.register(Comite)
class ComiteAdmin(AdminSeguro):
    list_display = ["nombre", "mesa", "tipo", "desde", "hasta"]
    list_filter = ["tipo", "mesa"]
    list_select_related = ["mesa", "tipo"]
    search_fields = ["nombre", "mesa__nombre"]
    autocomplete_fields = ["mesa", "tipo", "coordinacion"]


class PuntoEnLinea(SoloLectura, admin.TabularInline):
    model = PuntoDelOrden
    fields = ["orden", "titulo", "desenlace", "nivel"]
    extra = 0

    def get_queryset(self, request):
        filas = super().get_queryset(request)
        return filas if request.user.has_perm("mesas.coordinar_red") else filas.exclude(nivel=Nivel.RESERVADA)


class AsistenciaEnLinea(SoloLectura, admin.TabularInline):
    model = Asistencia
    fields = ["integrante", "estado", "suplente", "motivo"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("integrante__persona")


@admin.register(Sesion)
class SesionAdmin(LoQuePuedeLeer, SoloLectura, AdminConArchivos):
    """Minutes are written in the workspace, by whoever was there; the national office reads them."""

    resource_classes = [RecursoDeSesiones]
    list_display = ["mesa", "organo", "numero", "inicio", "estado", "nivel"]
    list_filter = ["estado", "tipo", "nivel", "mesa"]
    list_select_related = ["mesa", "comite"]
    search_fields = ["mesa__nombre", "comite__nombre"]
    date_hierarchy = "inicio"
    inlines = [PuntoEnLinea, AsistenciaEnLinea]


class AvanceEnLinea(SoloLectura, admin.TabularInline):
    model = Avance
    fields = ["fecha", "estado", "texto", "autor"]
    extra = 0


@admin.register(Acuerdo)
class AcuerdoAdmin(LoQuePuedeLeer, SoloLectura, AdminConArchivos):
    resource_classes = [RecursoDeAcuerdos]
    list_display = ["folio", "accion", "mesa", "estado", "fecha_compromiso", "nivel"]
    list_filter = ["estado", "nivel", "historico", "sesion__mesa"]
    list_select_related = ["sesion__mesa", "institucion_responsable"]
    search_fields = ["folio", "accion", "producto"]
    inlines = [AvanceEnLinea]

    @admin.display(description="mesa", ordering="sesion__mesa__nombre")
    def mesa(self, acuerdo):
        return acuerdo.sesion.mesa


@admin.register(ActoDePublicacion)
class ActoDePublicacionAdmin(LoQuePuedeLeer, SoloLectura, admin.ModelAdmin):
    list_display = ["acuerdo", "sesion", "alcance", "desde", "hasta", "revocado_el"]
    list_filter = ["revocado_el"]
    list_select_related = ["acuerdo", "sesion__mesa", "sesion__comite"]
    search_fields = ["acuerdo__folio", "fundamento"]


@admin.register(PlantillaDeAgenda)
class PlantillaDeAgendaAdmin(AdminSeguro):
    """The templates that the network offers. Those of a mesa are of the mesa, in its workspace."""

    list_display = ["nombre", "tipo"]
    list_filter = ["tipo"]
    search_fields = ["nombre"]
    fields = ["tipo", "nombre", "renglones"]

    def get_queryset(self, request):
        return super().get_queryset(request).de_la_red()
