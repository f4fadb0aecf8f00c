"""Bases of the staff's desk: what PostgreSQL refuses becomes an error of the form, and files come and go.

Registers nothing.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.results import Result, RowResult
from import_export.tmp_storages import CacheStorage

from comun.archivos import FORMATOS, ArchivoIlegible
from comun.errores import mensaje_de_la_base
from comun.importar import FilaPrevista, explicar

PESO_MAXIMO = 5 * 1024 * 1024


class _Rechazado:
    """A form that repeats what PostgreSQL said when the first attempt was saved."""

    rechazo = ""

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        self.add_error(None, self.rechazo)
        return datos


class AdminSeguro(admin.ModelAdmin):
    """An admin in which the rules that only PostgreSQL can check do not end in a page of error.

    Triggers and rules between rows of one formset are found on saving. The attempt is undone
    and the page comes back with the message of the rule and all that was typed.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            request.rechazo = mensaje_de_la_base(error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        formulario = super().get_form(request, obj, change, **kwargs)
        if rechazo := getattr(request, "rechazo", ""):
            return type(formulario.__name__, (_Rechazado, formulario), {"rechazo": rechazo})
        return formulario

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError as error:
            self.message_user(request, mensaje_de_la_base(error), messages.ERROR)
            return HttpResponseRedirect(request.path)


class SoloLectura:
    """Mixin of what the national office reads and nobody types here: minutes, official figures."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class FilasEnLinea(admin.TabularInline):
    """Rows of a table inside the page of another: texts in boxes that let the row fit."""

    extra = 0
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 22})}}


class FormularioDeArchivo(ImportForm):
    """One file; its format is the one that its name says."""

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["import_file"].label = "Archivo"
        self.fields["import_file"].help_text = "CSV en UTF-8 o Excel (.xlsx), de hasta 5 MB."
        self.fields["import_file"].widget.attrs = {"accept": ".csv,.xlsx"}
        self.fields["format"].required = False

    @property
    def media(self) -> forms.Media:
        return forms.Media()

    def clean_import_file(self) -> Any:
        archivo = self.cleaned_data["import_file"]
        if archivo.size > PESO_MAXIMO:
            raise forms.ValidationError("El archivo pesa más de 5 MB.")
        return archivo

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if "import_file" in datos:
            extension = datos["import_file"].name.rpartition(".")[2].lower()
            extensiones = [formato().get_extension() for formato in FORMATOS]
            if extension in extensiones:
                datos["format"] = str(extensiones.index(extension))
            else:
                self.add_error("import_file", "Sube un archivo .csv o .xlsx.")
        return datos


class FormularioDeConfirmacion(ConfirmImportForm):
    """The file of the preview, still kept for this."""

    format = forms.ChoiceField(choices=[(str(i), i) for i in range(len(FORMATOS))], widget=forms.HiddenInput())

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if CacheStorage(name=datos.get("import_file_name", "")).read() is None:
            raise forms.ValidationError("La vista previa caducó y no se guardó nada: sube otra vez el archivo.")
        return datos


class AdminConArchivos(ImportExportMixin, AdminSeguro):
    """An admin whose table comes in and goes out as CSV or Excel, with a preview of every row."""

    formats = import_formats = export_formats = FORMATOS
    from_encoding = "utf-8-sig"
    to_encoding = "utf-8-sig"
    import_form_class = FormularioDeArchivo
    confirm_form_class = FormularioDeConfirmacion
    export_form_class = ExportForm
    import_template_name = "import_export/importar.html"
    export_template_name = "import_export/exportar.html"
    import_export_change_list_template = "import_export/lista.html"

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def add_data_read_fail_error_to_form(self, form, e):
        form.add_error("import_file", str(e) if isinstance(e, ArchivoIlegible) else "No pudimos leer el archivo.")

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        respuesta = super().import_action(request, **kwargs)
        contexto = respuesta.context_data
        recurso = self.resource_classes[0]()
        contexto["title"] = f"Importar {self.opts.verbose_name_plural}"
        contexto["columnas"] = recurso.columnas()
        if resultado := contexto.get("result"):
            contexto["errores_del_archivo"] = [explicar(error.error) for error in resultado.base_errors]
            contexto["filas"] = recurso.filas_previstas(resultado)
            contexto["cuentas"] = _cuentas(contexto["filas"])
            contexto["vaciadas"] = sum(fila.celdas_vaciadas for fila in contexto["filas"])
        return respuesta

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """Between the preview and the confirmation somebody may have changed the table."""
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        filas = [fila for fila in self.resource_classes[0]().filas_previstas(result) if fila.errores]
        detalle = "; ".join(f"fila {fila.numero}: {' '.join(fila.errores)}" for fila in filas[:5])
        detalle = detalle or " ".join(explicar(error.error) for error in result.base_errors)
        self.message_user(request, f"No se guardó nada. {detalle}", messages.ERROR)
        return HttpResponseRedirect(reverse(f"admin:{'_'.join(self.get_model_info())}_import"))

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        total = result.totals
        self.message_user(
            request,
            f"Importación terminada: {total[RowResult.IMPORT_TYPE_NEW]} nuevas, "
            f"{total[RowResult.IMPORT_TYPE_UPDATE]} actualizadas y {total[RowResult.IMPORT_TYPE_SKIP]} sin cambios.",
            messages.SUCCESS,
        )

    def _create_log_entry(self, user_pk: int, rows: list[Any], import_type: str, action_flag: int) -> None:
        if rows:
            LogEntry.objects.log_actions(user_pk, rows, action_flag, change_message="Desde un archivo importado.")

    def get_export_filename(self, request, queryset, file_format):
        return f"{self.opts.model_name}-{timezone.localdate():%Y-%m-%d}.{file_format.get_extension()}"

    def init_request_context_data(self, request, form):
        contexto = super().init_request_context_data(request, form)
        contexto["title"] = f"Exportar {self.opts.verbose_name_plural}"
        contexto["columnas"] = self.resource_classes[0]().columnas()
        contexto["cuantas"] = self.get_export_queryset(request).count()
        return contexto


def _cuentas(filas: list[FilaPrevista]) -> dict[str, int]:
    return {que: sum(fila.que == que for fila in filas) for que in ("nueva", "cambia", "igual", "error")}
