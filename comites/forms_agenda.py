"""What a coordinator types before a session: the new session, its agenda, its templates, whom it invites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from comites.agenda import LARGO_DEL_PUNTO, MAXIMO_DE_MINUTOS, PuntoPrevisto, leer_renglones
from comites.convocables import Convocable
from comites.forms import DatosDeSesion
from comites.models import PlantillaDeAgenda, PuntoDelOrden, Sesion
from comites.operaciones_agenda import CambioDePunto, ConflictoDeAgenda
from comun.formularios import Formulario


class NuevaSesion(DatosDeSesion):
    """A session that does not exist yet: who meets, when, about what, and with which numbers."""

    organo = forms.ChoiceField(
        label="¿Quién sesiona?",
        widget=forms.RadioSelect,
        error_messages={"required": "Elige quién sesiona.", "invalid_choice": "Elige uno de la lista."},
    )
    conjunta = forms.BooleanField(
        label="Es conjunta con otras mesas",
        required=False,
        help_text="Al crearla eliges a cuáles invitar; entran cuando aceptan.",
    )
    plantilla = forms.ChoiceField(
        label="Empezar con una plantilla", required=False, help_text="Solo si no escribes los puntos aquí abajo."
    )
    puntos = forms.CharField(
        label="Orden del día",
        widget=forms.Textarea(attrs={"rows": "7"}),
        required=False,
        help_text="Un punto por renglón. Si quieres, con sus minutos al final: «Cifras del mes, 15 min».",
    )
    con_pendientes = forms.BooleanField(
        label="Que entre primero lo pendiente",
        required=False,
        initial=True,
        help_text="Revisión de acuerdos abiertos, aprobación del acta anterior y los puntos que quedaron sin tratar.",
    )

    def __init__(
        self, *args: Any, organos: Iterable[Convocable], plantillas: Iterable[PlantillaDeAgenda] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organos = {organo.clave: organo for organo in organos}
        self.plantillas = {str(plantilla.pk): plantilla for plantilla in plantillas}
        self.fields["organo"].choices = [(clave, organo.nombre) for clave, organo in self.organos.items()]
        por_tipo: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for clave, plantilla in self.plantillas.items():
            por_tipo[Sesion.Tipo(plantilla.tipo).label].append((clave, str(plantilla)))
        self.fields["plantilla"].choices = [("", "Ninguna"), *por_tipo.items()]
        if elegido := self.organos.get(self.initial.get("organo", "")):
            self.initial |= {"numero": elegido.numero, "numero_anual": elegido.numero_anual}

    @property
    def opciones(self) -> list[tuple[Any, Convocable]]:
        """Each radio with the organ that it chooses, for the page to draw."""
        return [(radio, self.organos[radio.data["value"]]) for radio in self["organo"].subwidgets]

    @property
    def textos_de_plantillas(self) -> dict[str, dict[str, str]]:
        """Kind and items of each template, for the page to write them where they can be changed."""
        return {clave: {"tipo": fila.tipo, "puntos": fila.renglones} for clave, fila in self.plantillas.items()}

    def clean_puntos(self) -> list[PuntoPrevisto]:
        return leer_renglones(self.cleaned_data["puntos"])

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        organo = self.organos.get(datos.pop("organo", ""))
        datos["comite"] = organo.comite if organo else None
        datos["tipo"] = organo.tipo if organo else None
        plantilla = self.plantillas.get(datos.pop("plantilla", ""))
        if plantilla and not datos.get("puntos") and "puntos" not in self.errors:
            datos["puntos"] = plantilla.puntos
        return datos


class UnaLinea(forms.CharField):
    """A text that grows to be seen whole on a phone, and is one line all the same."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


def _titulo(**opciones: Any) -> forms.CharField:
    return UnaLinea(
        widget=forms.Textarea(attrs={"rows": "1"}),
        max_length=LARGO_DEL_PUNTO,
        error_messages={
            "required": "Escribe el punto, o quítalo.",
            "max_length": f"Acórtalo: caben {LARGO_DEL_PUNTO} letras.",
        },
        **opciones,
    )


def _minutos(**opciones: Any) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0,
        max_value=MAXIMO_DE_MINUTOS,
        required=False,
        error_messages={
            "invalid": "Los minutos son un número.",
            "min_value": "Los minutos no son negativos.",
            "max_value": f"Son demasiados: hasta {MAXIMO_DE_MINUTOS} minutos.",
        },
        **opciones,
    )


class Agenda(Formulario):
    """The whole agenda at once: each item with its minutes, and perhaps one more.

    Remembers what was seen of each item, so that nobody writes over somebody else without knowing.
    """

    def __init__(self, data: QueryDict | None = None, *, puntos: Iterable[PuntoDelOrden], **kwargs: Any) -> None:
        self.puntos = list(puntos)
        data = data.copy() if data is not None else None
        super().__init__(data, **kwargs)
        for punto in self.puntos:
            titulo, minutos = f"titulo_{punto.pk}", f"minutos_{punto.pk}"
            self.fields[titulo] = _titulo(label=f"Punto {punto.orden}", show_hidden_initial=True)
            self.fields[minutos] = _minutos(label=f"Minutos del punto {punto.orden}", show_hidden_initial=True)
            self.initial |= {titulo: punto.titulo, minutos: punto.minutos}
            if data is not None and titulo not in data:  # somebody added it meanwhile: it stays as it is
                self._ver(punto)
        self.fields["nuevo_titulo"] = _titulo(label="Nuevo punto", required=False)
        self.fields["nuevo_minutos"] = _minutos(label="Minutos del nuevo punto")
        self.mejorar_controles()
        for nombre, campo in self.fields.items():
            if "minutos" in nombre:
                campo.widget.attrs |= {"inputmode": "numeric", "placeholder": "–"}

    def _ver(self, punto: PuntoDelOrden, *, tambien_escrito: bool = True) -> None:
        """Put in what came the item as it stands: what was seen of it, and what was typed over it."""
        for nombre, valor in ((f"titulo_{punto.pk}", punto.titulo), (f"minutos_{punto.pk}", punto.minutos or "")):
            self.data[f"initial-{nombre}"] = str(valor)
            if tambien_escrito:
                self.data[nombre] = str(valor)

    @property
    def filas(self) -> list[tuple[PuntoDelOrden, Any, Any]]:
        """Each item with its two fields."""
        return [(punto, self[f"titulo_{punto.pk}"], self[f"minutos_{punto.pk}"]) for punto in self.puntos]

    def cambios(self) -> list[CambioDePunto]:
        """What was typed over each item, with what was seen."""
        return [
            CambioDePunto(
                punto.pk,
                PuntoPrevisto(
                    self.cleaned_data[f"titulo_{punto.pk}"], self.cleaned_data[f"minutos_{punto.pk}"] or None
                ),
                self._visto(punto),
            )
            for punto in self.puntos
        ]

    def _visto(self, punto: PuntoDelOrden) -> PuntoPrevisto:
        titulo = self.data.get(f"initial-titulo_{punto.pk}", punto.titulo)
        minutos = str(self.data.get(f"initial-minutos_{punto.pk}", punto.minutos or ""))
        return PuntoPrevisto(titulo, int(minutos) if minutos.isdecimal() and int(minutos) else None)

    def nuevo(self) -> PuntoPrevisto | None:
        """The item to add, if one was typed."""
        titulo = self.cleaned_data["nuevo_titulo"]
        return PuntoPrevisto(titulo, self.cleaned_data["nuevo_minutos"] or None) if titulo else None

    def mostrar_conflicto(self, conflicto: ConflictoDeAgenda) -> None:
        """Say beside each item how somebody else left it. Saving again writes over it, now knowing."""
        for punto in conflicto.actuales.values():
            actual = PuntoPrevisto(punto.titulo, punto.minutos)
            self.add_error(
                f"titulo_{punto.pk}",
                f"Mientras lo escribías, alguien lo dejó así: «{actual}». Si guardas otra vez, queda lo tuyo.",
            )
            self._ver(punto, tambien_escrito=False)


class NombreDePlantilla(Formulario):
    """A name under which an agenda is kept."""

    nombre = forms.CharField(
        label="Nombre de la plantilla",
        max_length=80,
        help_text="«Plenaria con gobernador», «Comité de los martes»…",
        error_messages={"required": "Ponle un nombre."},
    )


class BuscarMesa(Formulario):
    """Which mesa to invite."""

    q = forms.CharField(
        label="Busca la mesa por su nombre o su municipio",
        max_length=80,
        error_messages={"required": "Escribe parte de su nombre o de su municipio."},
    )


class Recado(Formulario):
    """A line that goes with an invitation, or with its answer."""

    recado = forms.CharField(
        label="Recado",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": "2"}),
        help_text="Por qué sesionar juntas. Va con la invitación.",
    )


class Respuesta(Formulario):
    """Yes or no to an invitation."""

    acepta = forms.ChoiceField(
        choices=[("si", "Aceptar"), ("no", "No podemos")],
        error_messages={"required": "Di si aceptan o no.", "invalid_choice": "Di si aceptan o no."},
    )
    motivo = forms.CharField(
        label="Recado para quien invita",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )

    def clean_acepta(self) -> bool:
        return self.cleaned_data["acepta"] == "si"
