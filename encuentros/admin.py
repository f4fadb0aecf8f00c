from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models

from comun.admin import AdminConArchivos, AdminSeguro
from encuentros.models import (
    CifraDeclarada,
    Difusion,
    Documento,
    Encuentro,
    Nota,
    OpcionDeVotacion,
    ParticipacionDeMesa,
    Propuesta,
    Rubro,
    Votacion,
)
from encuentros.operaciones import fusionar_propuestas
from encuentros.resources import RecursoDePropuestas

DIRECCIONES_HTTPS = {models.URLField: {"assume_scheme": "https"}}


class ParticipacionEnLinea(admin.TabularInline):
    model = ParticipacionDeMesa
    fields = ["orden", "mesa", "invitada", "registrada", "asistio", "nota"]
    autocomplete_fields = ["mesa"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("mesa")


class CifraEnLinea(admin.TabularInline):
    model = CifraDeclarada
    fields = ["orden", "concepto", "numero", "como_lo_dice", "fecha", "fuente"]
    extra = 0


class DifusionEnLinea(admin.TabularInline):
    model = Difusion
    formfield_overrides = DIRECCIONES_HTTPS
    fields = ["orden", "tipo", "descripcion", "cantidad", "unidad", "de_ellos", "unidad_de_ellos", "url", "fuente"]
    extra = 0


class DocumentoEnLinea(admin.TabularInline):
    model = Documento
    formfield_overrides = DIRECCIONES_HTTPS
    fields = ["orden", "tipo", "titulo", "descripcion", "fecha", "url", "fuente"]
    extra = 0


class NotaEnLinea(admin.StackedInline):
    model = Nota
    fields = ["orden", "tema", "titulo", "texto", "fuente"]
    extra = 0


@admin.register(Encuentro)
class EncuentroAdmin(AdminSeguro):
    """An encuentro with who came and what was told of it. Its agreements live in its session."""

    list_display = ["nombre_corto", "numero", "lugar", "inicio", "fin", "anfitriona", "publico"]
    list_filter = ["publico"]
    list_select_related = ["anfitriona"]
    search_fields = ["nombre", "nombre_corto", "lugar"]
    search_help_text = "Por nombre o lugar."
    autocomplete_fields = ["anfitriona", "sesion"]
    inlines = [ParticipacionEnLinea, CifraEnLinea, DifusionEnLinea, DocumentoEnLinea, NotaEnLinea]


@admin.register(Rubro)
class RubroAdmin(AdminSeguro):
    list_display = ["nombre", "clave", "descripcion", "orden"]
    search_fields = ["nombre"]
    prepopulated_fields = {"clave": ["nombre"]}


@admin.register(Propuesta)
class PropuestaAdmin(AdminConArchivos):
    resource_classes = [RecursoDePropuestas]
    list_display = ["resumen", "rubro", "orden", "encuentro", "fusionada_en", "acuerdo"]
    list_filter = ["encuentro", "rubro"]
    list_select_related = ["encuentro", "rubro", "fusionada_en__rubro", "acuerdo"]
    search_fields = ["resumen"]
    search_help_text = "Por lo que dice la propuesta."
    autocomplete_fields = ["encuentro", "rubro", "mesas", "fusionada_en", "acuerdo"]
    actions = ["unir"]

    @admin.action(description="Unir a la primera de las seleccionadas", permissions=["change"])
    def unir(self, request, queryset):
        primera, *demas = queryset.order_by("encuentro", "rubro__orden", "orden")
        try:
            for propuesta in demas:
                fusionar_propuestas(propuesta=propuesta, en=primera)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.message_user(request, f"{len(demas)} propuestas unidas a «{primera}». Conservan a sus autoras.")


class OpcionEnLinea(admin.TabularInline):
    model = OpcionDeVotacion
    fields = ["nombre", "mesa", "votos"]
    autocomplete_fields = ["mesa"]
    extra = 0


@admin.register(Votacion)
class VotacionAdmin(AdminSeguro):
    """A vote with its options. Its total is no field: it is the sum of them."""

    list_display = ["asunto", "encuentro", "fecha", "electorado", "padron", "votos"]
    list_filter = ["encuentro", "electorado"]
    list_select_related = ["encuentro"]
    search_fields = ["asunto"]
    autocomplete_fields = ["encuentro", "acuerdo"]
    inlines = [OpcionEnLinea]

    def get_queryset(self, request):
        return super().get_queryset(request).con_opciones()

    @admin.display(description="votos por alguna opción")
    def votos(self, votacion):
        return votacion.votos_validos
