from django.contrib import admin

from mesas.models import Entidad, Municipio


class Catalogo(admin.ModelAdmin):
    """INEGI's catalogue: it is read here and corrected by `preparar`, so that every instance has the same."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Entidad)
class EntidadAdmin(Catalogo):
    list_display = ["clave", "nombre", "nombre_corto"]
    search_fields = ["clave", "nombre", "nombre_corto"]


@admin.register(Municipio)
class MunicipioAdmin(Catalogo):
    list_display = ["clave", "nombre", "entidad", "pseudo"]
    list_filter = ["pseudo", "entidad"]
    list_select_related = ["entidad"]
    search_fields = ["clave", "nombre"]

    def get_search_results(self, request, queryset, search_term):
        """By code, or by name with accents or without: «leon» finds «León»."""
        if search_term.isdigit():
            return queryset.filter(clave__startswith=search_term), False
        return (queryset.buscar(search_term) if search_term else queryset), False
