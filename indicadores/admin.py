"""The desk of México SOS for the figures. What is official is read here, never typed."""

from django.contrib import admin, messages

from comun.admin import AdminConArchivos, SoloLectura
from indicadores.admin_cargas import CargaAdmin
from indicadores.admin_objetivos import ObjetivoAdmin
from indicadores.admin_recepciones import RecepcionAdmin
from indicadores.models import Alcance, Carga, Delito, EdicionDePoblacion, Objetivo, Recepcion
from indicadores.operaciones import usar_edicion
from indicadores.resources import RecursoDeDelitos

admin.site.register(Carga, CargaAdmin)
admin.site.register(Recepcion, RecepcionAdmin)


@admin.register(Delito)
class DelitoAdmin(SoloLectura, AdminConArchivos):
    resource_classes = [RecursoDeDelitos]
    list_display = ["nombre", "nivel", "padre", "instrumento", "slug"]
    list_filter = ["instrumento", "nivel"]
    list_select_related = ["padre"]
    search_fields = ["nombre", "texto", "slug"]


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
