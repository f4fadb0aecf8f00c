"""What is typed to make something public, to take it back and to keep it reserved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from comites.models import Acuerdo, Avance, PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comun.formatos import fecha_corta
from comun.formularios import Formulario, Presentable

NIVELES_SIN_ACTO = [(nivel.value, nivel.label) for nivel in Nivel if nivel != Nivel.PUBLICA]
"""Levels that one person may choose; «Pública» takes the consent of an assembly."""

NIVELES_DENTRO = [(nivel.value, nivel.label) for nivel in (Nivel.CANDIDATA, Nivel.MESA, Nivel.RESERVADA)]
"""Levels of a session or an item: other mesas read agreements, not minutes."""

CAMPOS_DE_RESERVA = ("motivo_de_reserva", "revisar_reserva_el")
ETIQUETAS_DE_RESERVA = {
    "motivo_de_reserva": "¿Por qué se reserva?",
    "revisar_reserva_el": "¿Cuándo se revisa la reserva?",
}
AYUDAS_DE_RESERVA = {
    "motivo_de_reserva": "«Pondría en riesgo a quien denunció», «es una operación en marcha»…",
    "revisar_reserva_el": "Ese día te preguntamos si sigue reservado. A lo más, dentro de un año.",
}
DIAS_DE_RESERVA = 366
"""The longest that something may be reserved without anybody looking at it again."""


class ConReserva(Presentable):
    """A form with a level: what is reserved says why and when it is looked at again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motivo_de_reserva"].widget.attrs["rows"] = "2"
        for campo in CAMPOS_DE_RESERVA:
            self.fields[campo].cuando = "si es reservado"

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if datos.get("nivel") != Nivel.RESERVADA:
            return datos
        if "motivo_de_reserva" in datos and not (datos["motivo_de_reserva"] or "").strip():
            self.add_error("motivo_de_reserva", "Di por qué se reserva.")
        if "revisar_reserva_el" in datos and (falta := _por_que_no(datos["revisar_reserva_el"])):
            self.add_error("revisar_reserva_el", falta)
        return datos


def _por_que_no(dia: dt.date | None) -> str:
    """Why a reserve cannot be looked at again on that day; empty if it can."""
    if dia is None:
        return "Di qué día se revisa si debe seguir reservado."
    if not timezone.localdate() < dia <= timezone.localdate() + dt.timedelta(days=DIAS_DE_RESERVA):
        return "Elige un día después de hoy y dentro de un año."
    return ""


class QuienPuedeLeer(ConReserva, Formulario):
    """Who may read a session, an item or an agreement."""

    nivel = forms.ChoiceField(label="¿Quién puede leer esto?", choices=NIVELES_SIN_ACTO)
    motivo_de_reserva = forms.CharField(
        label=ETIQUETAS_DE_RESERVA["motivo_de_reserva"],
        help_text=AYUDAS_DE_RESERVA["motivo_de_reserva"],
        widget=forms.Textarea(attrs={"rows": "2"}),
        max_length=1000,
        required=False,
    )
    revisar_reserva_el = forms.DateField(
        label=ETIQUETAS_DE_RESERVA["revisar_reserva_el"],
        help_text=AYUDAS_DE_RESERVA["revisar_reserva_el"],
        required=False,
    )

    def __init__(self, *args: Any, de_sesion: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if de_sesion:
            self.fields["nivel"].choices = NIVELES_DENTRO


def quien_puede_leer(fila: Sesion | PuntoDelOrden | Acuerdo, datos: Any = None) -> QuienPuedeLeer:
    """The form of a row, with the level that it has."""
    inicial = {campo: getattr(fila, campo) for campo in ("nivel", *CAMPOS_DE_RESERVA)}
    return QuienPuedeLeer(datos, de_sesion=not isinstance(fila, Acuerdo), initial=inicial)


class Retiro(Formulario):
    """Why something stops being public."""

    motivo = forms.CharField(label="¿Por qué se retira?", max_length=200, help_text="Solo lo lee la mesa.")


def _con_su_sesion(punto: PuntoDelOrden) -> str:
    return f"{punto.sesion}, {fecha_corta(punto.sesion.dia)} · {punto}"


class Consentimiento(Formulario):
    """The assembly consents to publish an agreement."""

    punto = forms.ModelChoiceField(
        PuntoDelOrden.objects.none(),
        label="¿En qué punto de la plenaria se consintió?",
        empty_label="Elige…",
        error_messages={"required": "Elige uno.", "invalid_choice": "Elige uno de la lista."},
    )
    fundamento = forms.CharField(
        label="¿Cómo consintió la asamblea?",
        widget=forms.Textarea(attrs={"rows": "2"}),
        max_length=500,
        error_messages={"required": "Anota si fue por consenso o por votación, y de cuántos."},
        help_text="«Por consenso de los 12 presentes», «por votación, 9 de 11»…",
    )
    hasta = forms.DateField(
        label="¿Hasta cuándo será público?",
        required=False,
        help_text="Primer día en que ya no. Vacío: mientras no se retire.",
    )

    def __init__(self, *args: Any, puntos: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["punto"].queryset = puntos
        self.fields["punto"].label_from_instance = _con_su_sesion

    def clean_hasta(self) -> dt.date | None:
        hasta = self.cleaned_data["hasta"]
        if hasta and hasta <= timezone.localdate():
            raise forms.ValidationError("La fecha debe ser posterior a hoy.")
        return hasta


class Marcadas(forms.ModelMultipleChoiceField):
    """Rows marked in a list of boxes; what is no longer offered is said in words for people."""

    default_error_messages = dict.fromkeys(
        ("list", "invalid_choice", "invalid_pk_value"),
        "Algo de lo que marcaste ya no se puede publicar. Revisa la lista y vuelve a marcar.",
    )

    def __init__(self, filas: Any) -> None:
        super().__init__(filas, required=False)


@dataclass(frozen=True)
class Opcion:
    """A row that may be chosen, with what may be chosen inside it."""

    fila: Any
    elegida: bool
    dentro: Sequence[tuple[Any, bool]] = ()


class ActoEnPlenaria(Consentimiento):
    """Everything that an assembly consented to publish in one item: sessions, agreements, results.

    The items of a session are offered once the session is chosen. `vistas` says of which sessions
    they were offered already: of the rest, those that somebody marked as candidates are chosen.
    """

    sesiones = Marcadas(Sesion.objects.none())
    acuerdos = Marcadas(Acuerdo.objects.none())
    resultados = Marcadas(Acuerdo.objects.none())
    puntos = Marcadas(PuntoDelOrden.objects.none())
    vistas = Marcadas(Sesion.objects.none())

    def __init__(self, *args: Any, asamblea: Sesion, sesiones: Any, acuerdos: Any, publicos: Any, **kwargs: Any):
        super().__init__(*args, puntos=asamblea.puntos.select_related("sesion__mesa", "sesion__comite"), **kwargs)
        self.fields["punto"].label = "¿En qué punto de esta sesión se consintió?"
        self.fields["punto"].label_from_instance = str
        self._sesiones, self._acuerdos, self._publicos = list(sesiones), list(acuerdos), list(publicos)
        self._avances = _por_acuerdo([*self._acuerdos, *self._publicos])
        self.fields["sesiones"].queryset = self.fields["vistas"].queryset = _de(Sesion, self._sesiones)
        self.fields["acuerdos"].queryset = _de(Acuerdo, self._acuerdos)
        self.fields["resultados"].queryset = _de(Acuerdo, [*self._acuerdos, *self._publicos])
        self.fields["puntos"].queryset = PuntoDelOrden.objects.filter(sesion__in=self._sesiones).exclude(
            nivel=Nivel.RESERVADA
        )

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if not any(datos.get(campo) for campo in ("sesiones", "acuerdos", "resultados")):
            raise forms.ValidationError("Marca al menos una sesión, un acuerdo o un resultado.")
        return datos

    def _marcadas(self, campo: str) -> set[str]:
        return set(self.data.getlist(campo)) if self.is_bound else set()

    def opciones_de_sesion(self) -> list[Opcion]:
        """The sessions, with their items once they are chosen."""
        elegidas, puntos, vistas = (self._marcadas(campo) for campo in ("sesiones", "puntos", "vistas"))
        dentro: dict[int, list[tuple[PuntoDelOrden, bool]]] = {}
        for punto in PuntoDelOrden.objects.filter(sesion__in=elegidas & {str(s.pk) for s in self._sesiones}):
            visto = str(punto.sesion_id) in vistas
            marcado = str(punto.pk) in puntos if visto else punto.nivel == Nivel.CANDIDATA
            dentro.setdefault(punto.sesion_id, []).append((punto, marcado and punto.nivel != Nivel.RESERVADA))
        return [Opcion(s, str(s.pk) in elegidas, dentro.get(s.pk, ())) for s in self._sesiones]

    def opciones_de_acuerdo(self) -> list[Opcion]:
        """The agreements that are not public yet, with what was reported of them."""
        return self._opciones(self._acuerdos, "acuerdos")

    def opciones_de_resultado(self) -> list[Opcion]:
        """Public agreements of which something was reported that nobody may read yet."""
        return self._opciones(self._publicos, "resultados")

    def _opciones(self, filas: Sequence[Acuerdo], campo: str) -> list[Opcion]:
        elegidas, resultados = self._marcadas(campo), self._marcadas("resultados")
        return [
            Opcion(
                fila,
                str(fila.pk) in elegidas,
                [(avance, str(fila.pk) in resultados) for avance in self._avances.get(fila.pk, ())],
            )
            for fila in filas
        ]

    def elegido(self) -> dict[str, dict[Any, list[int]]]:
        """What `operaciones_publicacion.consentir` publishes, once the form is valid."""
        sesiones = {o.fila: [p.pk for p, si in o.dentro if si] for o in self.opciones_de_sesion() if o.elegida}
        con_resultado = set(self.cleaned_data["resultados"])
        acuerdos = {
            acuerdo: [avance.pk for avance in self._avances.get(acuerdo.pk, ())] if acuerdo in con_resultado else []
            for acuerdo in [*self._acuerdos, *self._publicos]
            if acuerdo in con_resultado or acuerdo in self.cleaned_data["acuerdos"]
        }
        return {"sesiones": sesiones, "acuerdos": acuerdos}


def _de(modelo: Any, filas: Sequence[Any]) -> Any:
    return modelo.objects.filter(pk__in=[fila.pk for fila in filas])


def _por_acuerdo(acuerdos: Sequence[Acuerdo]) -> Mapping[int, list[Avance]]:
    avances: dict[int, list[Avance]] = {}
    for avance in Avance.objects.filter(acuerdo__in=acuerdos).order_by("fecha", "pk"):
        avances.setdefault(avance.acuerdo_id, []).append(avance)
    return avances
