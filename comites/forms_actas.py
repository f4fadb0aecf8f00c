"""What is typed about minutes: objections, answers, addenda, periods and searches."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from comites.forms import en_este_siglo
from comites.models import Comite, PuntoDelOrden, Sesion
from comun.formatos import fecha_larga
from comun.formularios import Formulario
from mesas.models import Mesa

LETRAS = 2000


class _SobreUnPunto(Formulario):
    """Something about one item of the agenda, or about the whole minute."""

    punto = forms.ModelChoiceField(
        PuntoDelOrden.objects.none(), label="¿Sobre qué punto?", required=False, empty_label="La lista o el acta entera"
    )

    def __init__(self, *args: Any, puntos: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["punto"].queryset = puntos


class NuevaObjecion(_SobreUnPunto):
    """What the draft does not tell as it was."""

    texto = forms.CharField(
        label="¿Qué no quedó como fue?",
        widget=forms.Textarea(attrs={"rows": "4"}),
        max_length=LETRAS,
        help_text="Di cómo fue y cómo debería decir. La coordinación te responde aquí.",
        error_messages={"required": "Escribe qué no quedó como fue."},
    )


class NuevaAdenda(_SobreUnPunto):
    """What corrects or completes a minute."""

    texto = forms.CharField(
        label="¿Qué corrige o agrega?",
        widget=forms.Textarea(attrs={"rows": "4"}),
        max_length=LETRAS,
        help_text="Por ejemplo: «En el punto 2 dice 40 luminarias; son 38». Ya guardada no se cambia.",
        error_messages={"required": "Escribe qué corrige o agrega."},
    )


class RespuestaAObjecion(Formulario):
    """Accepted, with the text of its addendum; or not, and why."""

    acepta = forms.ChoiceField(
        label="¿La aceptas?",
        choices=[("si", "Sí: se corrige con una adenda"), ("no", "No: el acta queda como está")],
        widget=forms.RadioSelect,
        error_messages={"required": "Di si la aceptas."},
    )
    texto = forms.CharField(
        label="Texto",
        widget=forms.Textarea(attrs={"rows": "4"}),
        max_length=LETRAS,
        help_text="Si la aceptas, lo que dirá la adenda. Si no, el porqué: lo leerá quien objetó.",
        error_messages={"required": "Escribe lo que dirá la adenda, o por qué no se acepta."},
    )

    def clean_acepta(self) -> bool:
        return self.cleaned_data["acepta"] == "si"


class SesionQueAprueba(Formulario):
    """In which session the minute was approved."""

    sesion = forms.ModelChoiceField(
        Sesion.objects.none(),
        label="¿En qué sesión se aprobó?",
        empty_label="Elige…",
        error_messages={"required": "Elige la sesión.", "invalid_choice": "Elige una de la lista."},
    )

    def __init__(self, *args: Any, sesiones: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sesion"].queryset = sesiones
        self.fields["sesion"].label_from_instance = lambda fila: f"{fila}, {fecha_larga(fila.dia)}"


class _DelOrgano(Formulario):
    """A question about the sessions of one organ of a mesa, or of all; its fields stay in the address."""

    organo = forms.ChoiceField(label="De", required=False)

    def __init__(self, *args: Any, mesa: Mesa, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        comites = Comite.objects.filter(mesa=mesa).order_by("nombre")
        tipos = [tipo for tipo in Sesion.Tipo if tipo not in (Sesion.Tipo.COMITE, Sesion.Tipo.ENCUENTRO)]
        self.fields["organo"].choices = [
            ("", "Todas las sesiones"),
            *[(tipo.value, tipo.label) for tipo in tipos],
            *[(f"comite:{comite.pk}", comite.nombre) for comite in comites],
        ]


class Busqueda(_DelOrgano):
    """«¿Cuándo acordamos…?»"""

    q = forms.CharField(
        label="¿Qué buscas?",
        required=False,
        max_length=120,
        error_messages={"max_length": "Busca con 120 letras o menos: bastan las palabras que digan de qué se trató."},
    )
    field_order = ["q", "organo"]

    def elegido(self) -> dict[str, str]:
        """What was understood of the address; the rest, empty."""
        self.is_valid()
        # The character that marks findings is nobody's to type.
        limpio = "".join(letra for letra in self.cleaned_data.get("q", "") if letra.isprintable())
        return {"q": limpio, "organo": self.cleaned_data.get("organo", "")}


class Periodo(_DelOrgano):
    """From when to when the minutes are gathered."""

    desde = forms.DateField(
        label="Desde el", validators=[en_este_siglo], error_messages={"required": "Di desde qué día."}
    )
    hasta = forms.DateField(
        label="Hasta el", validators=[en_este_siglo], error_messages={"required": "Di hasta qué día."}
    )
    field_order = ["desde", "hasta", "organo"]

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if datos.get("desde") and datos.get("hasta") and datos["hasta"] < datos["desde"]:
            self.add_error("hasta", "El periodo termina después de empezar.")
        return datos

    @staticmethod
    def del_anio() -> dict[str, dt.date]:
        """The year so far: what is usually asked for."""
        hoy = timezone.localdate()
        return {"desde": hoy.replace(month=1, day=1), "hasta": hoy}


class CodigoDeDocumento(Formulario):
    """The code of a printed document."""

    codigo = forms.CharField(
        label="Código del documento",
        max_length=40,
        help_text="Está junto al cuadro con puntos: cuatro grupos de letras y números.",
        error_messages={"required": "Escribe el código que está en el documento."},
    )
