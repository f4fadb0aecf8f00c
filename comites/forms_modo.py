"""What the page of a session sends, one form per write. Each carries its key and the version that it saw."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from comites.asientos import asientos
from comites.forms import en_este_siglo
from comites.models import Asistencia, PuntoDelOrden, ReglaDeQuorum, Sesion
from comites.operaciones_lista import Anotada
from comites.operaciones_modo import REVISIONES, SE_PRORROGA
from comun.formularios import Formulario
from mesas.models import Integrante

SIN_CLAVE = "Esta hoja ya no sirve para guardar. Recarga la página y escríbelo otra vez."
RECONOCER = "No lo reconocimos. Recarga la página y vuelve a intentarlo."
NIVELES_DEL_SUPLENTE = [("", "Sin decir"), *Asistencia.NivelDelSuplente.choices]


def oculto(campo: type[forms.Field], **opciones: Any) -> forms.Field:
    """A datum that the page fills in by itself."""
    return campo(widget=forms.HiddenInput, error_messages={"required": RECONOCER, "invalid": RECONOCER}, **opciones)


class Anotacion(Formulario):
    """What every write carries: its key, who wrote it, when, and the version that it saw.

    `quien` is the account of the page. On a shared phone the page of one person may be left open
    while another logs in: what the first wrote must not be signed by the second.
    """

    clave = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": SIN_CLAVE, "invalid": SIN_CLAVE}, label=""
    )
    quien = oculto(forms.IntegerField, label="")
    dicho_el = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    version = oculto(forms.IntegerField, required=False)

    AJENOS = ("clave", "quien", "dicho_el")
    """What belongs to the envelope, not to what was written."""

    def __init__(self, *args: Any, sesion: Sesion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sesion = sesion

    def clean_dicho_el(self) -> dt.datetime | None:
        """A phone with a strange clock is no reason to refuse what somebody wrote."""
        try:
            dicho = parse_datetime(self.cleaned_data["dicho_el"])
        except ValueError:
            return None
        return dicho if dicho and timezone.is_aware(dicho) else None

    def lo_escrito(self) -> dict[str, Any]:
        """What was written, as it arrived: the same from the same phone, whichever time it tries."""
        return {
            nombre: self.data.getlist(nombre) if hasattr(self.data, "getlist") else self.data.get(nombre)
            for nombre in sorted(self.data)
            if nombre in self.fields and nombre not in self.AJENOS and not nombre.startswith("version")
        }


class ConHora(Anotacion):
    """Something that happens at an hour; without it, now."""

    hora = forms.TimeField(label="Hora", required=False, help_text="Vacía: ahora mismo.")


class UnaAsistencia(Anotacion):
    """One tap of the roll."""

    integrante = oculto(forms.IntegerField)
    estado = forms.ChoiceField(label="Asistencia", choices=Asistencia.Estado, error_messages={"required": RECONOCER})
    suplente = forms.CharField(label="¿Quién suplió y con qué cargo?", max_length=120, required=False)
    nivel_suplente = forms.ChoiceField(label="Su nivel", choices=NIVELES_DEL_SUPLENTE, required=False)
    motivo = forms.CharField(label="Motivo", max_length=200, required=False)


class Todos(Anotacion):
    """Everybody of whom nobody has said yet, at once."""

    estado = forms.ChoiceField(
        label="Los demás", choices=[("presente", "Presentes"), ("ausente", "Ausentes")], required=True
    )


class ListaCompleta(Anotacion):
    """The roll of everybody in one form: all present, and the exceptions."""

    def __init__(self, *args: Any, sesion: Sesion, sillas: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, sesion=sesion, **kwargs)
        filas = [(s.integrante, s.estado, s.version) for s in sillas] if sillas is not None else None
        if filas is None:
            filas = [(asiento, "", 0) for asiento in asientos(sesion)] if not self.is_bound else self._enviadas()
        self.asientos = filas
        for asiento, estado, version in filas:
            pk = getattr(asiento, "pk", asiento)
            self.fields[f"estado-{pk}"] = forms.ChoiceField(
                label=str(asiento),
                choices=Asistencia.Estado,
                widget=forms.RadioSelect,
                initial=estado or Asistencia.Estado.PRESENTE,
                required=False,
            )
            self.fields[f"version-{pk}"] = oculto(forms.IntegerField, required=False, initial=version, label="")

    def _enviadas(self) -> list[tuple[Any, str, int]]:
        """Seats that the form speaks of; whether they are of this session, the operation says."""
        numeros = [nombre.removeprefix("estado-") for nombre in self.data if nombre.startswith("estado-")]
        return [(int(numero), "", 0) for numero in numeros if numero.isdecimal() and len(numero) < 12]

    def anotadas(self) -> list[Anotada]:
        """What was said of each seat."""
        return [
            Anotada(
                integrante=pk,
                estado=estado,
                version=self.cleaned_data.get(f"version-{pk}"),
                campo_de_version=f"version-{pk}",
            )
            for nombre, estado in self.cleaned_data.items()
            if nombre.startswith("estado-") and estado and (pk := int(nombre.removeprefix("estado-")))
        ]


class Entrada(ConHora):
    """Somebody arrives or leaves."""

    integrante = oculto(forms.IntegerField)


class PaseConNombre(ConHora):
    """The roll called again: who is in the room now."""

    nombre = forms.CharField(
        label="¿Para qué se pasa lista?", max_length=80, help_text="«Antes de votar», «al cierre»…"
    )
    en_sala = forms.TypedMultipleChoiceField(
        label="¿Quiénes están en la sala?", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ["nombre", "hora", "en_sala"]

    def __init__(self, *args: Any, sillas: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filas = [s.integrante for s in sillas] if sillas is not None else asientos(self.sesion)
        self.fields["en_sala"].choices = [(asiento.pk, str(asiento)) for asiento in filas]
        if sillas is not None:
            self.initial.setdefault("en_sala", [s.integrante.pk for s in sillas if s.en_sala])


class UnInvitado(Anotacion):
    """Somebody who came without a seat."""

    nombre = forms.CharField(label="Nombre", max_length=120)
    institucion = forms.CharField(label="Institución", max_length=160, required=False)


class InvitadoDeMas(Anotacion):
    """A guest noted by mistake."""

    invitado = oculto(forms.IntegerField)


class PuntoEnTurno(Anotacion):
    """The item that the session takes up."""

    punto = oculto(forms.IntegerField)


class Desenlace(Anotacion):
    """What came of an item."""

    punto = oculto(forms.IntegerField)
    desenlace = forms.ChoiceField(
        label="¿En qué quedó?", choices=[("", "Todavía nada"), *PuntoDelOrden.Desenlace.choices], required=False
    )
    resumen = forms.CharField(
        label="Resumen", widget=forms.Textarea(attrs={"rows": "3"}), required=False, max_length=10_000
    )


class UnPunto(Anotacion):
    """One more item, that nobody foresaw."""

    titulo = forms.CharField(label="Nuevo punto", max_length=200)


class ConResponsable(Anotacion):
    """Who answers, chosen among the seats of the session and the institutions that they speak for."""

    quien_responde = forms.ChoiceField(label="¿Quién responde?", required=False)
    fecha_compromiso = forms.DateField(
        label="¿Para cuándo?",
        required=False,
        error_messages={"invalid": "Escribe la fecha como 2026-11-30."},
    )

    def __init__(self, *args: Any, asientos_leidos: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filas = list(asientos(self.sesion)) if asientos_leidos is None else asientos_leidos
        self._integrantes: dict[str, Integrante] = {f"i{fila.pk}": fila for fila in filas}
        self._instituciones = {f"o{fila.institucion_id}": fila.institucion for fila in filas if fila.institucion_id}
        self.fields["quien_responde"].choices = [
            ("", "Elige…"),
            ("Integrantes", [(clave, str(fila)) for clave, fila in self._integrantes.items()]),
            ("Instituciones", [(clave, fila.nombre) for clave, fila in self._instituciones.items()]),
        ]
        self.fields["fecha_compromiso"].widget.attrs["min"] = self.sesion.dia.isoformat()
        for campo in ("quien_responde", "fecha_compromiso"):
            self.fields[campo].cuando = "antes de cerrar"

    def clean_fecha_compromiso(self) -> dt.date | None:
        fecha = self.cleaned_data["fecha_compromiso"]
        if fecha is not None:
            en_este_siglo(fecha)
            if fecha < self.sesion.dia:
                raise forms.ValidationError("No puede ser antes de la sesión en que se acordó.")
        return fecha

    def del_acuerdo(self) -> dict[str, Any]:
        """The values of the agreement, for its operation."""
        clave = self.cleaned_data["quien_responde"]
        return {
            "responsable": self._integrantes.get(clave),
            "institucion_responsable": self._instituciones.get(clave),
            "fecha_compromiso": self.cleaned_data["fecha_compromiso"],
        }


class AcuerdoEnTres(ConResponsable):
    """An agreement as it is made: what, who, by when. The rest, before the session closes."""

    accion = forms.CharField(
        label="¿Qué se acordó?", max_length=300, help_text="Empieza con un verbo: instalar, entregar…"
    )
    punto = forms.ModelChoiceField(
        PuntoDelOrden.objects.none(), label="Punto", required=False, empty_label="Ninguno en particular"
    )

    field_order = ["accion", "quien_responde", "fecha_compromiso", "punto"]

    def __init__(self, *args: Any, puntos_leidos: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["punto"].queryset = self.sesion.puntos.all()
        if puntos_leidos is not None:  # the page has just read them
            self.fields["punto"].choices = [("", "Ninguno en particular"), *((p.pk, str(p)) for p in puntos_leidos)]

    def del_acuerdo(self) -> dict[str, Any]:
        escrito = {campo: self.cleaned_data[campo] for campo in ("accion", "punto")}
        return super().del_acuerdo() | escrito


class LoQueFalta(ConResponsable):
    """The rest of an agreement of this session."""

    folio = oculto(forms.SlugField)
    accion = forms.CharField(label="¿Qué se acordó?", max_length=300)
    producto = forms.CharField(
        label="¿Qué existirá cuando se cumpla?",
        max_length=200,
        required=False,
        help_text="Algo que se pueda ver o contar: «12 luminarias encendidas».",
    )
    verificacion = forms.CharField(
        label="¿Cómo se comprobará?",
        max_length=300,
        required=False,
        help_text="«Visita al parque con fotos», «oficio de la Secretaría»…",
    )

    field_order = ["accion", "quien_responde", "fecha_compromiso", "producto", "verificacion"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for campo in ("producto", "verificacion"):
            self.fields[campo].cuando = "antes de cerrar"

    def del_acuerdo(self) -> dict[str, Any]:
        escrito = {campo: self.cleaned_data[campo] for campo in ("accion", "producto", "verificacion")}
        datos = super().del_acuerdo() | escrito
        if datos["responsable"] or datos["institucion_responsable"]:
            datos["correo_responsable"] = ""
        return datos


class Revision(Anotacion):
    """What the session says of an agreement that was open."""

    folio = oculto(forms.SlugField)
    que = forms.ChoiceField(label="¿Cómo va?", choices=list(REVISIONES.items()), error_messages={"required": RECONOCER})
    texto = forms.CharField(
        label="¿Qué se dijo?", widget=forms.Textarea(attrs={"rows": "2"}), max_length=2000, required=False
    )
    al = forms.DateField(
        label="Nueva fecha", required=False, error_messages={"invalid": "Escribe la fecha como 2026-11-30."}
    )

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if datos.get("que") == SE_PRORROGA:
            if not datos.get("al") and "al" not in self.errors:
                self.add_error("al", "Di la nueva fecha.")
            if not datos.get("texto"):
                self.add_error("texto", "Di por qué se prorroga.")
            elif len(datos["texto"]) > 500:
                self.add_error("texto", "Di por qué en 500 letras o menos.")
        if datos.get("al"):
            try:
                en_este_siglo(datos["al"])
            except forms.ValidationError as error:
                self.add_error("al", error)
        return datos


class NuevaRegla(Formulario):
    """The quorum of an organ, as it wrote it."""

    organo = forms.ChoiceField(label="¿De quién es la regla?", widget=forms.RadioSelect)
    tipo = forms.ChoiceField(
        label="¿Cuántas personas hacen falta?", choices=ReglaDeQuorum.Tipo, widget=forms.RadioSelect
    )
    numerador = forms.IntegerField(label="Fracción: arriba", min_value=1, max_value=99, required=False)
    denominador = forms.IntegerField(label="Fracción: abajo", min_value=1, max_value=99, required=False)
    numero = forms.IntegerField(label="Número fijo", min_value=1, max_value=999, required=False)
    solo_ciudadanos = forms.BooleanField(label="Solo cuentan integrantes sin cargo público", required=False)
    valen_suplentes = forms.BooleanField(label="Quien llega como suplente cuenta", required=False, initial=True)
    desde = forms.DateField(
        label="¿Desde qué día?",
        required=False,
        help_text="Vacío: desde hoy. Las sesiones anteriores conservan la suya.",
    )
    fundamento = forms.CharField(
        label="¿Dónde se acordó?",
        max_length=200,
        required=False,
        help_text="«Segunda plenaria de 2024», «reglamento, art. 8»…",
    )

    def __init__(self, *args: Any, organos: dict[str, Any], nombres: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organos = organos
        self.fields["organo"].choices = list(nombres.items())

    def clean_desde(self) -> dt.date | None:
        if desde := self.cleaned_data["desde"]:
            en_este_siglo(desde)
        return desde

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        tipo = datos.get("tipo")
        usados = {"fraccion": ("numerador", "denominador"), "numero": ("numero",)}.get(tipo, ())
        for campo in ("numerador", "denominador", "numero"):
            if campo not in usados:
                datos[campo] = None
            elif datos.get(campo) is None and campo not in self.errors:
                self.add_error(campo, "Escríbelo: la regla lo necesita.")
        arriba, abajo = datos.get("numerador"), datos.get("denominador")
        if arriba and abajo and arriba > abajo:
            self.add_error("numerador", "No puede ser mayor que lo de abajo: 2 de 3 es dos tercios.")
        datos["comite"] = self._organos.get(datos.pop("organo", ""))
        return datos
