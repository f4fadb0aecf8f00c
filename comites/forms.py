"""What a coordinator types. Forms parse and normalise; rights and writing are elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from comites.forms_publicacion import (
    AYUDAS_DE_RESERVA,
    CAMPOS_DE_RESERVA,
    ETIQUETAS_DE_RESERVA,
    NIVELES_DENTRO,
    NIVELES_SIN_ACTO,
    ConReserva,
)
from comites.models import Acuerdo, PuntoDelOrden, Sesion
from comites.models.sesiones import PRIMER_DIA
from comites.niveles import Nivel
from comites.seguimiento import PERIODOS, TODO
from comun.formularios import Formulario, FormularioModelo
from mesas.models import Institucion


class FiltroDeAcuerdos(Formulario):
    """The public list: by text, by mesa and by state. Whatever is not understood is ignored, never an error."""

    q = forms.CharField(label="Buscar", required=False, max_length=80)
    mesa = forms.ChoiceField(label="Mesa", required=False)
    estado = forms.ChoiceField(label="Estado", choices=[("", "Todos"), *Acuerdo.Estado.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mesa"].choices = [("", "Todas"), *Acuerdo.objects.publicas().mesas()]

    def elegido(self) -> dict[str, str]:
        """What was understood of the address, with all the keys."""
        self.is_valid()
        return {nombre: self.cleaned_data.get(nombre, "") for nombre in self.fields}


class FiltroDeSeguimiento(Formulario):
    """At which date and over which period the follow-up is counted; what is not said is today and everything."""

    fecha = forms.DateField(
        label="Al día",
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Escribe la fecha como AAAA-MM-DD, por ejemplo 2026-11-30."},
    )
    periodo = forms.ChoiceField(
        label="Periodo",
        choices=list(PERIODOS.items()),
        error_messages={"invalid_choice": f"El periodo es uno de estos: {', '.join(PERIODOS)}."},
    )

    def __init__(self, pedido: QueryDict) -> None:
        dicho = {nombre: valor for nombre, valor in pedido.items() if valor}
        super().__init__({"fecha": timezone.localdate().isoformat(), "periodo": TODO} | dicho)
        self.use_required_attribute = False

    def clean_fecha(self) -> dt.date:
        """The day of the count. A day to come has nothing to count."""
        fecha = self.cleaned_data["fecha"]
        if not PRIMER_DIA.date() <= fecha <= timezone.localdate():
            raise forms.ValidationError("La fecha va del 2000-01-01 a hoy.")
        return fecha

    def elegido(self) -> dict[str, Any]:
        """Date and period understood; what was not, as if it had not been asked."""
        self.is_valid()
        return {"fecha": timezone.localdate(), "periodo": TODO} | self.cleaned_data


class FechaYHora(forms.SplitDateTimeField):
    """Day and hour apart, each with the phone's own picker."""

    widget = forms.SplitDateTimeWidget

    def __init__(self, **opciones: Any) -> None:
        opciones["widget"] = forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": "Día"},
            time_attrs={"type": "time", "aria-label": "Hora"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )
        super().__init__(
            error_messages={
                "required": "Di el día y la hora.",
                "invalid_date": "Escribe el día como 2026-11-30.",
                "invalid_time": "Escribe la hora como 18:30.",
            },
            **opciones,
        )


def en_este_siglo(fecha: dt.date | dt.datetime) -> None:
    """A year mistyped («0206») is caught here; beyond these years nothing could even be drawn."""
    if not 2000 <= fecha.year <= 2098:
        raise forms.ValidationError("Revisa el año: va de 2000 a 2098.")


class DatosDeSesion(Formulario):
    """Date, place and numbers of a session."""

    inicio = FechaYHora(label="¿Cuándo es?", validators=[en_este_siglo])
    lugar = forms.CharField(
        label="Lugar", max_length=200, required=False, help_text="Solo lo ve la mesa: nunca se publica."
    )
    numero = forms.IntegerField(
        label="Número de sesión",
        min_value=1,
        max_value=100_000,
        required=False,
        show_hidden_initial=True,
        help_text="El que le toca desde su primera sesión. Cámbialo si la mesa lleva otra cuenta.",
    )
    numero_anual = forms.IntegerField(
        label="Número en el año",
        min_value=1,
        max_value=1_000,
        required=False,
        show_hidden_initial=True,
        help_text="El que le toca en el año de la sesión.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for campo in ("numero", "numero_anual"):
            self.fields[campo].cuando = "propuesto"

    def clean(self) -> dict[str, Any]:
        """A number that nobody touched is a proposal: empty, so that who saves follows the count again."""
        datos = super().clean()
        for campo in ("numero", "numero_anual"):
            if campo in datos and campo not in self.changed_data:
                datos[campo] = None
        return datos


class CorreccionDeSesion(DatosDeSesion):
    """The same of a session that exists: the page carries the version that it shows, for two may be at it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NuevoPunto(Formulario):
    """One more item of the agenda."""

    titulo = forms.CharField(label="Nuevo punto", max_length=200)


class ConVersion(FormularioModelo):
    """A row that two people may be writing at once: the page carries the version that it shows."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class NotasDelPunto(ConReserva, ConVersion):
    """What came of an item of the agenda."""

    nivel = forms.ChoiceField(label="Quién puede leerlo", choices=NIVELES_DENTRO)
    desenlace = forms.ChoiceField(
        label="¿En qué quedó?",
        choices=[("", "Todavía nada"), *PuntoDelOrden.Desenlace.choices],
        required=False,
    )

    class Meta:
        model = PuntoDelOrden
        fields = ["titulo", "desenlace", "resumen", "nivel", *CAMPOS_DE_RESERVA]
        labels = ETIQUETAS_DE_RESERVA
        help_texts = AYUDAS_DE_RESERVA


class DatosDeAcuerdo(ConReserva, ConVersion):
    """An agreement. Only what was agreed is required now; the rest, before the session closes."""

    quien = forms.ChoiceField(label="¿Quién responde?", required=False)
    nivel = forms.ChoiceField(label="Quién puede leerlo", choices=NIVELES_SIN_ACTO, initial=Nivel.MESA)

    class Meta:
        model = Acuerdo
        fields = [
            "accion",
            "producto",
            "quien",
            "correo_responsable",
            "fecha_compromiso",
            "verificacion",
            "cantidad",
            "unidad",
            "punto",
            "detalle",
            "nivel",
            *CAMPOS_DE_RESERVA,
        ]
        labels = ETIQUETAS_DE_RESERVA | {
            "accion": "¿Qué se acordó?",
            "producto": "¿Qué existirá cuando se cumpla?",
            "correo_responsable": "Correo de quien responde, si no está en la lista",
            "fecha_compromiso": "¿Para cuándo?",
            "verificacion": "¿Cómo se comprobará?",
            "cantidad": "Cantidad",
            "unidad": "Unidad",
            "punto": "Punto del orden del día",
            "detalle": "Detalle",
        }
        help_texts = AYUDAS_DE_RESERVA | {
            "producto": "Algo que se pueda ver o contar: «12 luminarias encendidas».",
            "fecha_compromiso": "Si después se prorroga, esta primera fecha sigue a la vista.",
            "verificacion": "«Visita al parque con fotos», «oficio de la Secretaría»…",
            "cantidad": "Solo si se cuenta algo.",
            "unidad": "«luminarias», «talleres»…",
        }

    def __init__(self, *args: Any, sesion: Sesion, asientos: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asientos = list(asientos)
        self._asientos = {f"i{asiento.pk}": asiento for asiento in asientos}
        ids = {asiento.institucion_id for asiento in asientos if asiento.institucion_id}
        self._instituciones = {f"o{fila.pk}": fila for fila in Institucion.objects.filter(pk__in=ids)}
        self.fields["quien"].choices = [
            ("", "Elige…"),
            ("Integrantes", [(clave, str(asiento)) for clave, asiento in self._asientos.items()]),
            ("Instituciones", [(clave, fila.nombre) for clave, fila in self._instituciones.items()]),
        ]
        for campo in ("producto", "quien", "fecha_compromiso", "verificacion"):
            self.fields[campo].cuando = "antes de cerrar"
        self.fields["punto"].queryset = sesion.puntos.all()
        self.fields["punto"].empty_label = "Ninguno en particular"
        self._dia = sesion.dia
        self.fields["fecha_compromiso"].widget.attrs["min"] = sesion.dia.isoformat()
        if self.instance.responsable_id:
            self.initial["quien"] = f"i{self.instance.responsable_id}"
        elif self.instance.institucion_responsable_id:
            self.initial["quien"] = f"o{self.instance.institucion_responsable_id}"

    def clean_fecha_compromiso(self) -> dt.date | None:
        fecha = self.cleaned_data["fecha_compromiso"]
        if fecha is not None:
            en_este_siglo(fecha)
            if fecha < self._dia:
                raise forms.ValidationError("No puede ser antes de la sesión en que se acordó.")
        return fecha

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        quien = datos.pop("quien", "")
        datos["responsable"] = self._asientos.get(quien)
        datos["institucion_responsable"] = self._instituciones.get(quien)
        if quien and datos.get("correo_responsable"):
            self.add_error("correo_responsable", "Responde una sola: elige de la lista o escribe un correo.")
        # The unique responsible is also a check of the table: give the row what the form chose.
        self.instance.responsable = datos["responsable"]
        self.instance.institucion_responsable = datos["institucion_responsable"]
        return datos
