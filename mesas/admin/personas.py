from django.contrib import admin
from django.utils import timezone

from comun.admin import AdminSeguro, FilasEnLinea
from comun.modelos import en_vigor
from mesas.models import Cargo, Consentimiento, Institucion, Integrante, Persona


class VigenteHoy(admin.SimpleListFilter):
    """Filter of what is dated: in force today or not."""

    title = "vigente hoy"
    parameter_name = "vigente"

    def lookups(self, request, model_admin):
        return [("si", "Sí"), ("no", "No")]

    def queryset(self, request, queryset):
        hoy = en_vigor(timezone.localdate())
        return {"si": queryset.filter(hoy), "no": queryset.exclude(hoy)}.get(self.value(), queryset)


@admin.register(Institucion)
class InstitucionAdmin(AdminSeguro):
    list_display = ["nombre", "siglas", "nivel", "poder", "entidad", "municipio"]
    list_filter = ["nivel", "poder", "es_demo", ("entidad", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["entidad", "municipio"]
    search_fields = ["nombre", "siglas"]
    autocomplete_fields = ["entidad", "municipio"]


class AsientoEnLinea(FilasEnLinea):
    model = Integrante
    fields = ["mesa", "tipo", "institucion", "calidad", "desde", "hasta", "motivo_de_salida"]
    autocomplete_fields = ["mesa", "institucion"]


class CargoEnLinea(FilasEnLinea):
    model = Cargo
    fields = ["puesto", "desde", "hasta", "fuente"]
    autocomplete_fields = ["puesto"]


class ConsentimientoEnLinea(FilasEnLinea):
    model = Consentimiento
    fields = ["finalidad", "version_aviso", "medio", "otorgado", "revocado"]
    can_delete = False


@admin.register(Persona)
class PersonaAdmin(AdminSeguro):
    """A person with seats, posts and what he or she consented to. Nothing here is public by itself."""

    list_display = ["nombre", "correo", "usuario", "oculta", "es_demo"]
    list_filter = ["oculta", "es_demo", ("usuario", admin.EmptyFieldListFilter)]
    list_select_related = ["usuario"]
    search_fields = ["nombre", "correo"]
    autocomplete_fields = ["usuario"]
    readonly_fields = ["creado", "actualizado"]
    inlines = [AsientoEnLinea, CargoEnLinea, ConsentimientoEnLinea]

    def get_readonly_fields(self, request, obj=None):
        """Rights follow the person, so who links it to an account gives that account all its posts."""
        fijos = super().get_readonly_fields(request, obj)
        return fijos if request.user.is_superuser else [*fijos, "usuario"]


@admin.register(Integrante)
class IntegranteAdmin(AdminSeguro):
    list_display = ["persona", "mesa", "tipo", "institucion", "calidad", "desde", "hasta"]
    list_filter = [VigenteHoy, "tipo", "calidad", ("mesa", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["persona", "mesa", "institucion"]
    search_fields = ["persona__nombre", "mesa__nombre", "institucion__nombre"]
    autocomplete_fields = ["persona", "mesa", "institucion"]


@admin.register(Consentimiento)
class ConsentimientoAdmin(AdminSeguro):
    """What people consented to. It is revoked with a date, not deleted: it must be possible to prove it."""

    list_display = ["persona", "finalidad", "version_aviso", "otorgado", "revocado"]
    list_filter = ["finalidad", "version_aviso", ("revocado", admin.EmptyFieldListFilter)]
    list_select_related = ["persona"]
    search_fields = ["persona__nombre"]
    autocomplete_fields = ["persona"]

    def has_delete_permission(self, request, obj=None):
        return False
