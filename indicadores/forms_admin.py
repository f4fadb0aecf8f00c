"""What the staff asks for when uploading an official file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django import forms
from django.utils import timezone

from indicadores.models import Recepcion
from indicadores.subidas import MAXIMO_DE_ARCHIVOS

EXTENSIONES = (".csv", ".zip", ".xlsx", ".txt")
PRIMER_CORTE = dt.date(2015, 1, 1)

OPCIONES = ("tipo", "simular", "corte", "forzar", "nombre_de_edicion", "usar")


class _VariosArchivos(forms.FileInput):
    allow_multiple_selected = True


class CampoDeArchivos(forms.FileField):
    """One file or two, in the order in which they came."""

    widget = _VariosArchivos
    default_error_messages = {"empty": "El archivo está vacío. Descárgalo otra vez y súbelo."}

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        archivos = [super(CampoDeArchivos, self).clean(archivo, initial) for archivo in data or []]
        for archivo in archivos:
            if Path(archivo.name).suffix.lower() not in EXTENSIONES:
                raise forms.ValidationError(f"«{archivo.name}» no es CSV, ZIP ni Excel (.xlsx).")
        return archivos


class SubirArchivo(forms.Form):
    """A file and what to do with it. What belongs to the other kind of file is ignored.

    The file is the last field: the rest has arrived by then, and is not lost if the file is refused.
    """

    tipo = forms.ChoiceField(
        label="Qué trae", choices=Recepcion.Tipo, initial=Recepcion.Tipo.INCIDENCIA, widget=forms.RadioSelect
    )
    simular = forms.BooleanField(
        label="Sólo simular", required=False, help_text="Hace todo, te dice qué cambiaría y no guarda nada."
    )
    corte = forms.CharField(
        label="Corte",
        required=False,
        max_length=7,
        help_text="Último mes publicado, como 2026-08. Si lo dejas vacío, se toma del archivo.",
        widget=forms.TextInput(attrs={"placeholder": "AAAA-MM", "size": 8, "autocomplete": "off"}),
    )
    forzar = forms.BooleanField(
        label="Forzar",
        required=False,
        help_text="Acepta un archivo que parece incompleto, o más viejo que lo que ya está en el portal.",
    )
    nombre_de_edicion = forms.CharField(
        label="Nombre de la edición",
        required=False,
        max_length=60,
        help_text="Como se cita en cada tasa: «CONAPO 1990-2040». Si lo dejas vacío, se toma del archivo.",
    )
    usar = forms.NullBooleanField(
        label="Usarla en las tasas",
        required=False,
        help_text="De las ediciones que hay, las tasas de todo el portal usan una sola.",
        widget=forms.Select(choices=[("", "Sólo si no hay otra en uso"), ("true", "Sí"), ("false", "No")]),
    )
    recepcion = forms.ModelChoiceField(Recepcion.objects.none(), required=False, widget=forms.HiddenInput)
    archivos = CampoDeArchivos(
        label="Archivo",
        required=False,
        help_text="CSV, ZIP o Excel, de hasta 600 MB. Mejor el ZIP: llega antes. "
        "La edición de población en dos partes se sube junta: elige los dos archivos.",
        widget=_VariosArchivos(attrs={"accept": ",".join(EXTENSIONES)}),
    )
    archivos_sirven = False
    """Whether what came with the form is good to go on with, whatever else must be corrected."""

    def __init__(self, *args: Any, usuario: Any, rechazados: list[str] | None = None, **kwargs: Any) -> None:
        """`rechazados` are the files that weighed too much, which did not stay."""
        super().__init__(*args, label_suffix="", **kwargs)
        self.rechazados = rechazados or []
        self.fields["recepcion"].queryset = Recepcion.objects.corregibles_por(usuario)

    def clean_corte(self) -> dt.date | None:
        """The first day of the last month published."""
        texto = self.cleaned_data["corte"].strip()
        if not texto or self.cleaned_data.get("tipo") == Recepcion.Tipo.POBLACION:
            return None
        try:
            corte = dt.datetime.strptime(texto, "%Y-%m").date()
        except ValueError as error:
            raise forms.ValidationError("Escribe el año y el mes, como 2026-08.") from error
        if not PRIMER_CORTE <= corte <= timezone.localdate():
            raise forms.ValidationError(f"El corte va de enero de {PRIMER_CORTE.year} al mes en curso.")
        return corte

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        incidencia = datos.get("tipo") == Recepcion.Tipo.INCIDENCIA
        for ajeno in ("nombre_de_edicion",) if incidencia else ("corte",):
            self.errors.pop(ajeno, None)
        cuantos = len(datos.get("archivos") or self._ya_recibidos())
        self.archivos_sirven = bool(datos.get("archivos")) and not self.rechazados
        if self.rechazados:
            self.add_error("archivos", self._por_que_no_caben())
        elif not cuantos and not self.has_error("archivos"):
            self.add_error("archivos", "Elige un archivo.")
        elif incidencia and cuantos > 1:
            self.add_error("archivos", "La incidencia se sube archivo por archivo: elige uno solo.")
        return datos | ({"nombre_de_edicion": "", "usar": None} if incidencia else {"corte": None, "forzar": False})

    @property
    def opciones(self) -> dict[str, Any]:
        """What was asked for, as the upload keeps it."""
        return {campo: self.cleaned_data[campo] for campo in OPCIONES}

    def _por_que_no_caben(self) -> str:
        if len(self.files.getlist("archivos")) >= MAXIMO_DE_ARCHIVOS:
            return f"Son demasiados archivos: elige uno, o a lo más {MAXIMO_DE_ARCHIVOS} si son de población."
        return "El archivo pesa más de 600 MB. Súbelo comprimido, como ZIP."

    def _ya_recibidos(self) -> list[Any]:
        recepcion = self.cleaned_data.get("recepcion")
        return list(recepcion.archivos.all()) if recepcion else []


def inicial_de(recepcion: Recepcion) -> dict[str, Any]:
    """What was asked of an upload, as the form shows it to be corrected."""
    usar = {None: "", True: "true", False: "false"}[recepcion.usar]
    corte = f"{recepcion.corte:%Y-%m}" if recepcion.corte else ""
    return {campo: getattr(recepcion, campo) for campo in OPCIONES} | {"usar": usar, "corte": corte}
