from django.contrib import admin

from comun.admin import AdminSeguro, FilasEnLinea
from mesas.admin.personas import VigenteHoy
from mesas.models import Cargo, Puesto, Region


@admin.register(Region)
class RegionAdmin(AdminSeguro):
    list_display = ["nombre"]
    search_fields = ["nombre"]
    autocomplete_fields = ["mesas"]


class TitularEnLinea(FilasEnLinea):
    model = Cargo
    fields = ["persona", "desde", "hasta", "fuente"]
    autocomplete_fields = ["persona"]


@admin.register(Puesto)
class PuestoAdmin(AdminSeguro):
    """A post and everybody who has held it."""

    list_display = ["__str__", "tipo", "mesa", "entidad", "region"]
    list_filter = ["tipo", ("mesa", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["mesa", "entidad", "region"]
    search_fields = ["nombre", "mesa__nombre", "entidad__nombre_corto", "region__nombre"]
    autocomplete_fields = ["mesa", "entidad", "region"]
    inlines = [TitularEnLinea]


@admin.register(Cargo)
class CargoAdmin(AdminSeguro):
    """Who holds what. The rights in the portal follow these dates."""

    list_display = ["persona", "puesto", "desde", "hasta"]
    list_filter = [VigenteHoy, "puesto__tipo", ("puesto__mesa", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["persona", "puesto__mesa", "puesto__entidad", "puesto__region"]
    search_fields = ["persona__nombre", "puesto__mesa__nombre"]
    autocomplete_fields = ["persona", "puesto"]
