from django.contrib import admin
from django.utils import timezone

from comun.admin import AdminConArchivos, AdminSeguro, FilasEnLinea
from comun.formatos import fecha_con_precision, fecha_corta
from mesas.models import AliasDeMesa, Cobertura, EventoDeVida, Mesa
from mesas.querysets import SIN_ESTADO
from mesas.resources import RecursoDeCoberturas, RecursoDeMesas


class EstadoHoy(admin.SimpleListFilter):
    """Filter by the derived state, which is no column."""

    title = "estado hoy"
    parameter_name = "estado"

    def lookups(self, request, model_admin):
        return [*Mesa.Estado.choices, (SIN_ESTADO, "Sin estado registrado")]

    def queryset(self, request, queryset):
        if self.value() == SIN_ESTADO:
            return queryset.filter(estado__isnull=True)
        return queryset.filter(estado=self.value()) if self.value() else queryset


class CoberturaEnLinea(FilasEnLinea):
    model = Cobertura
    fields = ["municipio", "es_sede", "desde", "hasta", "inferida", "nota"]  # its source, on its own page
    autocomplete_fields = ["municipio"]
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("municipio")


class EventoEnLinea(FilasEnLinea):
    model = EventoDeVida
    fields = ["tipo", "fecha", "precision", "inferido", "nota", "fuente"]


class AliasEnLinea(FilasEnLinea):
    model = AliasDeMesa
    fields = ["nombre", "fuente"]


@admin.register(Mesa)
class MesaAdmin(AdminConArchivos):
    """A mesa with its territory, its life and its other names. Its state is what its life says today."""

    resource_classes = [RecursoDeMesas]
    list_display = ["nombre", "entidad", "estado_hoy", "desde_cuando", "es_publica", "es_de_demo"]
    list_filter = [EstadoHoy, "publica", "es_demo", ("entidad", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["entidad"]
    search_fields = ["nombre", "alias__nombre", "coberturas__municipio__nombre"]
    search_help_text = "Por nombre, otro nombre o municipio; con o sin acentos."
    prepopulated_fields = {"slug": ["nombre"]}
    autocomplete_fields = ["entidad"]
    readonly_fields = ["estado_hoy", "creado", "actualizado"]
    inlines = [CoberturaEnLinea, EventoEnLinea, AliasEnLinea]
    fieldsets = [
        (None, {"fields": ["nombre", "slug", "entidad", "estado_hoy", "zona_horaria", "orden"]}),
        ("En el micrositio", {"fields": ["publica", "es_demo", "correo_publico", "nota", "fuente"]}),
        ("Registro", {"fields": ["creado", "actualizado"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).con_estado(timezone.localdate())

    def get_search_results(self, request, queryset, search_term):
        return (queryset.buscar(search_term) if search_term else queryset), False

    @admin.display(description="estado hoy", ordering="estado")
    def estado_hoy(self, mesa):
        estado = getattr(mesa, "estado", None)
        return Mesa.Estado(estado).label if estado else "Sin estado registrado"

    @admin.display(description="desde cuándo", ordering="estado_desde", empty_value="no consta")
    def desde_cuando(self, mesa):
        return _cuando(mesa.estado_desde, mesa.estado_precision) if mesa.estado_desde else None

    @admin.display(description="pública", ordering="publica", boolean=True)
    def es_publica(self, mesa):
        return mesa.publica

    @admin.display(description="demo", ordering="es_demo", empty_value="")
    def es_de_demo(self, mesa):
        return "Demo" if mesa.es_demo else ""  # a red cross on every real mesa said nothing


@admin.register(Cobertura)
class CoberturaAdmin(AdminConArchivos):
    """The territory of every mesa in one list, to review it and to bring it in by file."""

    resource_classes = [RecursoDeCoberturas]
    list_display = ["mesa", "municipio", "es_sede", "desde", "hasta", "inferida"]
    list_filter = ["es_sede", "inferida", ("municipio__entidad", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["mesa", "municipio"]
    search_fields = ["mesa__nombre", "municipio__nombre", "municipio__clave"]
    autocomplete_fields = ["mesa", "municipio"]


@admin.register(EventoDeVida)
class EventoDeVidaAdmin(AdminSeguro):
    """The life of every mesa in one list, the latest first."""

    list_display = ["mesa", "tipo", "cuando", "inferido"]
    list_filter = ["tipo", "precision", "inferido"]
    list_select_related = ["mesa"]
    search_fields = ["mesa__nombre", "nota", "fuente"]
    autocomplete_fields = ["mesa"]
    date_hierarchy = "fecha"
    ordering = ["-fecha"]

    @admin.display(description="cuándo", ordering="fecha")
    def cuando(self, evento):
        return _cuando(evento.fecha, evento.precision)


def _cuando(fecha, precision):
    """As `fecha_con_precision`, short enough for a column."""
    if precision == "dia":
        return fecha_corta(fecha)
    return (
        f"a más tardar {fecha_corta(fecha)}" if precision == "a_mas_tardar" else fecha_con_precision(fecha, precision)
    )
