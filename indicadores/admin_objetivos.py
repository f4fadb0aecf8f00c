"""The desk of México SOS for what agreements aim to move: declare in any place, withdraw, never rewrite."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from comites.models import Acuerdo
from comun.admin import AdminSeguro
from indicadores.delitos import catalogo
from indicadores.models import Objetivo
from indicadores.operaciones_objetivos import retirar_objetivo

MOTIVO = "Retirado por México SOS desde la administración"


class FormularioDeObjetivo(forms.ModelForm):
    """The crime is chosen among those of the catalogues, by its official name."""

    delito = forms.ChoiceField(label="delito")

    class Meta:
        model = Objetivo
        fields = ["acuerdo", "delito", "direccion", "rezago_meses", "nacional", "mesa", "entidad", "municipio"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["delito"].choices = [(slug, delito.nombre) for slug, delito in catalogo().items()]


class ObjetivoAdmin(AdminSeguro):
    form = FormularioDeObjetivo
    list_display = ["acuerdo", "delito", "direccion", "rezago_meses", "declarado", "retirado"]
    list_filter = ["direccion", "retirado"]
    list_select_related = ["acuerdo"]
    search_fields = ["acuerdo__folio", "delito"]
    autocomplete_fields = ["acuerdo", "mesa", "municipio"]
    readonly_fields = ["declarado", "declarado_por", "retirado", "retirado_por", "motivo_de_retiro"]
    actions = ["retirar"]

    def get_queryset(self, request):
        """The levels of confidentiality of their agreements hold here too."""
        visibles = super().get_queryset(request).visibles_para(request.user)
        return visibles | super().get_queryset(request).publicas()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "acuerdo":
            kwargs["queryset"] = Acuerdo.objects.visibles_para(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fields(self, request, obj=None):
        return [*FormularioDeObjetivo.Meta.fields, *(self.readonly_fields if obj else [])]

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_retirar_permission(self, request):
        return request.user.has_perm("indicadores.change_objetivo")

    def save_model(self, request, obj, form, change):
        obj.declarado_por = request.user
        super().save_model(request, obj, form, change)

    @admin.action(description="Retirar lo elegido", permissions=["retirar"])
    def retirar(self, request, objetivos):
        retirados = 0
        for objetivo in objetivos.vigentes():
            try:
                retirar_objetivo(objetivo=objetivo, motivo=MOTIVO, autor=request.user)
            except ValidationError:  # somebody withdrew it a moment before
                continue
            retirados += 1
        self.message_user(request, f"{retirados} retirados.", messages.SUCCESS)
