"""The desk of México SOS for the figures. What is official is read here, never typed."""

from django.contrib import admin, messages

from comun.admin import AdminConArchivos, SoloLectura
from indicadores.admin_objetivos import ObjetivoAdmin
from indicadores.models import Alcance, Carga, Delito, EdicionDePoblacion, Objetivo
from indicadores.operaciones import usar_edicion
from indicadores.resources import RecursoDeCargas, RecursoDeDelitos


@admin.register(Delito)
class DelitoAdmin(SoloLectura, AdminConArchivos):
    resource_classes = [RecursoDeDelitos]
    list_display = ["nombre", "nivel", "padre", "instrumento", "slug"]
    list_filter = ["instrumento", "nivel"]
    list_select_related = ["padre"]
    search_fields = ["nombre", "texto", "slug"]


@admin.register(Carga)
class CargaAdmin(SoloLectura, AdminConArchivos):
    resource_classes = [RecursoDeCargas]
    list_display = ["archivo", "instrumento", "ambito", "corte", "filas", "total", "cargada", "usuario"]
    list_filter = ["instrumento", "ambito"]
    list_select_related = ["usuario"]
    search_fields = ["archivo", "sha256"]


@admin.register(Alcance)
class AlcanceAdmin(SoloLectura, admin.ModelAdmin):
    list_display = ["delito", "entidad", "anio", "meses_reportados", "corte", "vigente", "carga"]
    list_filter = ["vigente", "ambito", "instrumento", "anio", "entidad"]
    list_select_related = ["delito", "entidad", "carga"]
    search_fields = ["delito__nombre"]
    show_full_result_count = False

    @admin.display(description="meses")
    def meses_reportados(self, alcance):
        return alcance.meses.bit_count()


@admin.register(EdicionDePoblacion)
class EdicionDePoblacionAdmin(SoloLectura, admin.ModelAdmin):
    list_display = ["nombre", "fuente", "vigente", "archivo", "cargada"]
    actions = ["poner_vigente"]

    @admin.action(description="Usar esta edición en las tasas del portal", permissions=["usar"])
    def poner_vigente(self, request, ediciones):
        if ediciones.count() != 1:
            self.message_user(request, "Elige una sola edición.", messages.ERROR)
            return
        edicion = usar_edicion(edicion=ediciones.get())
        self.message_user(request, f"Las tasas usan ahora la población de {edicion}.", messages.SUCCESS)

    def has_usar_permission(self, request):
        return request.user.has_perm("indicadores.change_ediciondepoblacion")


admin.site.register(Objetivo, ObjetivoAdmin)
