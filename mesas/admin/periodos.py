from django.contrib import admin

from comun.admin import AdminSeguro
from mesas.admin.personas import VigenteHoy
from mesas.models import PeriodoDeGobierno


@admin.register(PeriodoDeGobierno)
class PeriodoDeGobiernoAdmin(AdminSeguro):
    """Terms of office: the mesas are told before one ends."""

    list_display = ["institucion", "nombre", "desde", "hasta"]
    list_filter = [VigenteHoy, "institucion__nivel"]
    list_select_related = ["institucion"]
    search_fields = ["nombre", "institucion__nombre"]
    autocomplete_fields = ["institucion"]
    readonly_fields = ["registrado_por", "creado", "actualizado"]
