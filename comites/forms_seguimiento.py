"""What is typed to follow an agreement: progress, the second key, a new date, files, links, answers of the mesas."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from comites.archivos_de_evidencia import PESA_DE_MAS, SE_ADMITEN, ArchivoListo, preparar
from comites.forms import en_este_siglo
from comites.forms_publicacion import QuienPuedeLeer
from comites.models import Acuerdo, RespuestaDeMesa, Sesion
from comites.niveles import Nivel
from comites.operaciones_acuerdos import ANTES_DE_TIEMPO
from comites.operaciones_enlaces import Destinatario
from comun.formatos import fecha_corta, fecha_larga
from comun.formularios import Formulario
from mesas.models import Mesa

ACEPTA = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,image/jpeg,image/png,image/webp"
"""What the picker of the phone offers. An iPhone that reads `image/jpeg` hands its photographs as JPG."""

OTRA_VEZ = "El navegador no guarda el archivo que elegiste: vuelve a elegirlo."


class ConPrueba(Formulario):
    """A form that may carry a file. In `cleaned_data["archivo"]`, the file ready to be kept, or None."""

    archivo = forms.FileField(
        label="Prueba: un documento o una foto",
        required=False,
        max_length=None,
        allow_empty_file=True,  # it is refused with our words
        widget=forms.FileInput(attrs={"accept": ACEPTA}),
        help_text=f"{SE_ADMITEN} A las fotos les quitamos el lugar y el nombre del teléfono; a los documentos no: "
        "revisa que no traigan nombres de más.",
    )

    def __init__(self, *args: Any, excedido: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._excedido = excedido

    def clean_archivo(self) -> ArchivoListo | None:
        if self._excedido:
            raise forms.ValidationError(PESA_DE_MAS)
        archivo = self.cleaned_data["archivo"]
        return preparar(archivo) if archivo else None

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.errors and self.files.get("archivo") and "archivo" not in self.errors:
            self["archivo"].help_text = OTRA_VEZ


class NuevoAvance(ConPrueba):
    """A step of an agreement. «Cumplido» is not one of them: that takes the second key.

    Whoever answers for it reports today: that it was done in time does not rest on a date of his own choice.
    Who records the mesa may write down something of another day, within what the agreement allows.
    """

    estado = forms.ChoiceField(label="¿Cómo va?", choices=Acuerdo.Estado, widget=forms.RadioSelect)
    texto = forms.CharField(label="¿Qué pasó?", widget=forms.Textarea(attrs={"rows": "3"}), max_length=2000)
    fecha = forms.DateField(label="¿Cuándo?")

    field_order = ["estado", "texto", "fecha", "archivo"]

    def __init__(self, *args: Any, acuerdo: Acuerdo, responde: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        estado = Acuerdo.Estado
        self._desde = acuerdo.primer_dia_de_un_avance
        self.fields["fecha"].widget.attrs |= {"min": self._desde.isoformat(), "max": timezone.localdate().isoformat()}
        if responde:  # nobody verifies his own
            estados = [estado.EN_PROCESO, estado.REPORTADO]
            del self.fields["fecha"]
        elif acuerdo.estado == estado.REPORTADO:  # to say that it is not so, it is returned
            estados = [estado.REPORTADO, estado.NO_CUMPLIDO, estado.CANCELADO]
        else:
            estados = [estado.PENDIENTE, estado.EN_PROCESO, estado.REPORTADO, estado.NO_CUMPLIDO, estado.CANCELADO]
        self.fields["estado"].choices = [(uno.value, uno.label) for uno in estados]
        if acuerdo.estado != estado.REPORTADO:
            self.fields[
                "estado"
            ].help_text = "Para darlo por cumplido, primero se reporta y después alguien más lo verifica."

    def clean_fecha(self) -> dt.date:
        fecha = self.cleaned_data["fecha"]
        en_este_siglo(fecha)
        if fecha > timezone.localdate():
            raise forms.ValidationError("Un avance es de hoy o de antes.")
        if fecha < self._desde:
            raise forms.ValidationError(ANTES_DE_TIEMPO.format(desde=fecha_larga(self._desde)))
        return fecha


def _con_su_dia(sesion: Sesion) -> str:
    return f"{sesion}, {fecha_corta(sesion.dia)}"


class SegundaLlave(ConPrueba):
    """Somebody else looks at what was reported."""

    se_cumplio = forms.TypedChoiceField(
        label="Lo que se reportó, ¿es así?",
        choices=[("si", "Sí: se cumplió"), ("no", "No: se devuelve")],
        widget=forms.RadioSelect,
        coerce=lambda valor: valor == "si",
        error_messages={"required": "Di si se cumplió o se devuelve."},
    )
    texto = forms.CharField(
        label="¿Cómo lo comprobaste, o qué falta?",
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=2000,
        error_messages={"required": "Di qué viste o qué falta: sin eso nadie sabrá por qué."},
    )
    sesion = forms.ModelChoiceField(Sesion.objects.none(), label="¿En qué sesión se verificó?", required=False)

    field_order = ["se_cumplio", "texto", "sesion", "archivo"]

    def __init__(self, *args: Any, sesiones: Any, con_asiento: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["sesion"]
        campo.queryset = sesiones
        campo.label_from_instance = _con_su_dia
        campo.empty_label = "En ninguna: lo verifico yo" if con_asiento else "Elige…"
        if not con_asiento:
            campo.required = True
            campo.error_messages["required"] = "Tú no puedes verificarlo: di en qué sesión se hizo."
        elif not sesiones:
            del self.fields["sesion"]


class NuevaProrroga(Formulario):
    """A later date, and why."""

    al = forms.DateField(label="¿Para cuándo será?", validators=[en_este_siglo])
    motivo = forms.CharField(
        label="¿Por qué no se hizo a tiempo?",
        widget=forms.Textarea(attrs={"rows": "2"}),
        max_length=1000,
        error_messages={"required": "Di por qué: una fecha que se mueve en silencio se pierde."},
    )
    sesion = forms.ModelChoiceField(
        Sesion.objects.none(), label="¿Quién la otorgó?", required=False, empty_label="La coordinación"
    )

    def __init__(self, *args: Any, acuerdo: Acuerdo, sesiones: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._vence = acuerdo.vence
        self.fields["al"].widget.attrs["min"] = (acuerdo.vence + dt.timedelta(days=1)).isoformat()
        self.fields["sesion"].queryset = sesiones
        self.fields["sesion"].label_from_instance = _con_su_dia

    def clean_al(self) -> dt.date:
        al = self.cleaned_data["al"]
        if al <= self._vence:
            raise forms.ValidationError(
                f"La nueva fecha es posterior al {fecha_larga(self._vence)}, que es la que tiene."
            )
        return al


class NivelDeEvidencia(QuienPuedeLeer):
    """Who may open a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nivel"].label, self.fields["nivel"].initial = "¿Quién puede abrirlo?", Nivel.MESA


class NuevaEvidencia(NivelDeEvidencia, ConPrueba):
    """One more file of an agreement."""

    field_order = ["archivo", "nivel", "motivo_de_reserva", "revisar_reserva_el"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["archivo"]
        campo.required = not self._excedido  # one that weighed too much did come, and is refused for that
        campo.error_messages["required"] = "Elige un archivo de tu teléfono o computadora."


class NuevoEnlace(Formulario):
    """To whom a link is sent, and for how long."""

    para = forms.ChoiceField(label="¿A quién?", error_messages={"required": "Elige a quién se le envía."})
    dias = forms.TypedChoiceField(
        label="¿Cuánto tiempo sirve?",
        choices=[(7, "7 días"), (15, "15 días"), (30, "30 días")],
        initial=15,
        coerce=int,
    )

    def __init__(self, *args: Any, destinatarios: list[Destinatario], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._destinatarios = {uno.clave: uno for uno in destinatarios}
        self.fields["para"].choices = [
            (clave, uno.nombre if uno.nombre == uno.correo else f"{uno.nombre} ({uno.correo})")
            for clave, uno in self._destinatarios.items()
        ]

    def clean_para(self) -> Destinatario:
        return self._destinatarios[self.cleaned_data["para"]]


class ReporteSinCuenta(ConPrueba):
    """What whoever holds a link says of the agreement."""

    estado = forms.ChoiceField(
        label="¿Cómo va?",
        choices=[
            (Acuerdo.Estado.REPORTADO.value, "Ya está hecho"),
            (Acuerdo.Estado.EN_PROCESO.value, "Está en proceso"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Di si ya está hecho o está en proceso."},
    )
    texto = forms.CharField(
        label="¿Qué se hizo y qué falta?",
        widget=forms.Textarea(attrs={"rows": "5"}),
        max_length=2000,
        error_messages={"required": "Cuenta qué se hizo o qué falta."},
    )

    field_order = ["estado", "texto", "archivo"]


class EncargarALasMesas(Formulario):
    """Which mesas answer for their share of a network agreement."""

    mesas = forms.ModelMultipleChoiceField(
        Mesa.objects.none(),
        label="¿A qué mesas?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elige al menos una mesa."},
    )

    def __init__(self, *args: Any, mesas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mesas"].queryset = mesas


class RespuestaDeLaMesa(Formulario):
    """What the mesa says of its share."""

    estado = forms.ChoiceField(
        label="¿Cómo va en tu mesa?",
        choices=RespuestaDeMesa.Estado.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Di cómo va."},
    )
    texto = forms.CharField(
        label="¿Qué hizo tu mesa, o por qué no se hará?",
        widget=forms.Textarea(attrs={"rows": "3"}),
        max_length=2000,
        error_messages={"required": "Cuenta qué hizo la mesa o por qué no se hará."},
    )
