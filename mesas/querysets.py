"""Questions about many mesas, people and posts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Length
from django.utils import timezone

from comun.modelos import VigenciaQuerySet, entre, filas_de
from comun.texto import OrdenEspanol, SinAcentos, sin_acentos

SIN_ESTADO = "sin"
"""In filters: mesas of which no event is recorded, so that no state can be told."""


class MunicipioQuerySet(models.QuerySet):
    """Questions about municipalities."""

    def reales(self) -> MunicipioQuerySet:
        """Places where people live: without the codes 998 and 999."""
        return self.filter(pseudo=False)

    def buscar(self, texto: str) -> MunicipioQuerySet:
        """Those whose name contains the text, accents or not."""
        return self.annotate(_nombre=SinAcentos("nombre")).filter(_nombre__contains=sin_acentos(texto))

    def sin_mesa_para(self, texto: str, fecha: dt.date, *, exacto: bool = False) -> MunicipioQuerySet:
        """Answer to «is there a mesa in my municipality?» when there is none: those of that name that no
        public mesa covers. «Juárez, Nuevo León» looks only in that entidad."""
        lugar, _, entidad = texto.partition(",")
        cubiertos = filas_de(self.model, "coberturas").publicas().vigentes_en(fecha)
        filas = self.reales().buscar(lugar).filter(~Exists(cubiertos.filter(municipio=OuterRef("pk"))))
        if exacto:
            filas = filas.filter(_nombre=sin_acentos(lugar))
        if entidad.strip():
            filas = filas.annotate(_entidad=SinAcentos("entidad__nombre_corto"))
            filas = filas.filter(_entidad__contains=sin_acentos(entidad))
        return filas.select_related("entidad").order_by(Length("nombre"), "clave")


class MesaQuerySet(models.QuerySet):
    """Questions about mesas. Every public page starts from `publicas()`, every page of the
    workspace from `visibles_para(usuario)`."""

    def publicas(self) -> MesaQuerySet:
        """Those that México SOS decided to show on the micrositio."""
        return self.filter(publica=True)

    def reales(self) -> MesaQuerySet:
        """Without the invented ones: the only ones that count in the figures of the network."""
        return self.filter(es_demo=False)

    def con_estado(self, fecha: dt.date) -> MesaQuerySet:
        """Adds `estado`, `estado_desde`, `estado_precision` and `estado_inferido`: what its last event
        until `fecha` says."""
        ultimo = (
            filas_de(self.model, "eventos")
            .filter(mesa=OuterRef("pk"))
            .que_cambian_estado()
            .hasta_el(fecha)
            .con_estado_resultante()
            .order_by("-fecha", "-pk")
        )
        return self.annotate(
            estado=Subquery(ultimo.values("_estado")[:1]),
            estado_desde=Subquery(ultimo.values("fecha")[:1]),
            estado_precision=Subquery(ultimo.values("precision")[:1]),
            estado_inferido=Subquery(ultimo.values("inferido")[:1]),
        )

    def cuentas(self, fecha: dt.date) -> dict[str, int]:
        """How many there are, in how many entidades, in each state on that day.

        `por_confirmar`: those operating whose state was last recorded over five years ago. A mesa
        that dies seldom tells anybody, so the figure of those operating goes with this one.
        """
        vieja = Q(estado="operando", estado_desde__lt=fecha - dt.timedelta(days=5 * 365))
        return self.con_estado(fecha).aggregate(
            total=Count("pk"),
            entidades=Count("entidad", distinct=True),
            por_confirmar=Count("pk", filter=vieja),
            sin_estado=Count("pk", filter=Q(estado__isnull=True)),
            **{
                estado: Count("pk", filter=Q(estado=estado))
                for estado in ("operando", "suspendida", "por_instalar", "disuelta")
            },
        )

    def buscar(self, texto: str) -> MesaQuerySet:
        """Those whose name, alias or municipality contains the text, accents or not.

        After a comma, the entidad: «Juárez, Chihuahua».
        """
        lugar, _, entidad = texto.partition(",")
        buscado = sin_acentos(lugar)
        por_municipio = (
            filas_de(self.model, "coberturas")
            .filter(mesa=OuterRef("pk"))
            .vigentes_en(timezone.localdate())
            .annotate(_nombre=SinAcentos("municipio__nombre"))
            .filter(_nombre__contains=buscado)
        )
        por_alias = (
            filas_de(self.model, "alias")
            .filter(mesa=OuterRef("pk"))
            .annotate(_nombre=SinAcentos("nombre"))
            .filter(_nombre__contains=buscado)
        )
        filas = self.annotate(_nombre=SinAcentos("nombre")).filter(
            Q(_nombre__contains=buscado) | Exists(por_municipio) | Exists(por_alias)
        )
        if not entidad.strip():
            return filas
        filas = filas.annotate(_entidad=SinAcentos("entidad__nombre_corto"))
        return filas.filter(_entidad__contains=sin_acentos(entidad))

    def filtrar(self, *, q: str = "", entidad: str = "", estado: str = "") -> MesaQuerySet:
        """The filters of the directory; `estado` needs `con_estado()` before. Empty ones are ignored."""
        filas = self.buscar(q) if q else self
        if entidad:
            # A mesa that crosses entidades is found in each of them.
            coberturas = filas_de(self.model, "coberturas").filter(mesa=OuterRef("pk"), municipio__entidad=entidad)
            filas = filas.filter(Q(entidad=entidad) | Exists(coberturas.vigentes_en(timezone.localdate())))
        if estado == SIN_ESTADO:
            return filas.filter(estado__isnull=True)
        return filas.filter(estado=estado) if estado else filas

    def con_territorio(self, fecha: dt.date) -> MesaQuerySet:
        """Brings the entidad and, in `territorio`, the coverage in force with its municipalities."""
        coberturas = filas_de(self.model, "coberturas")
        return self.select_related("entidad").prefetch_related(
            Prefetch(
                "coberturas",
                coberturas.vigentes_en(fecha).select_related("municipio__entidad"),
                to_attr="territorio",
            )
        )

    def con_otros_nombres(self) -> MesaQuerySet:
        """Adds `otros_nombres`: the list of its aliases."""
        alias = filas_de(self.model, "alias").filter(mesa=OuterRef("pk")).order_by("nombre")
        return self.annotate(otros_nombres=ArraySubquery(alias.values("nombre")))

    def por_entidad(self) -> MesaQuerySet:
        """By entidad and name, in Spanish order, the invented ones at the end."""
        return self.order_by("es_demo", OrdenEspanol("entidad__nombre_corto"), OrdenEspanol("nombre"))

    def por_nombre(self) -> MesaQuerySet:
        """In the order of the Spanish alphabet."""
        return self.order_by(OrdenEspanol("nombre"))

    def visibles_para(self, usuario: Any, fecha: dt.date | None = None) -> MesaQuerySet:
        """The mesas whose workspace the user may read on that day (today): own seat, own post,
        own state or region; who coordinates the network from México SOS, all."""
        if not usuario.is_authenticated:
            return self.none()
        if coordina_la_red(usuario):
            return self
        hoy = fecha or timezone.localdate()
        asientos = filas_de(self.model, "integrantes").filter(persona__usuario=usuario).vigentes_en(hoy)
        suyos = filas_de(self.model, "puestos__cargos").de_usuario(usuario).vigentes_en(hoy)
        return self.filter(
            entre("pk", asientos.values("mesa"))
            | entre("pk", suyos.values("puesto__mesa"))
            | entre("entidad", suyos.values("puesto__entidad"))
            | entre("pk", suyos.values("puesto__region__mesas"))
        )

    def editables_por(self, usuario: Any, fecha: dt.date | None = None) -> MesaQuerySet:
        """The mesas in which the user may write everything: its coordination and its secretaría técnica."""
        if not usuario.is_authenticated:
            return self.none()
        if coordina_la_red(usuario):
            return self
        suyos = filas_de(self.model, "puestos__cargos").de_usuario(usuario).vigentes_en(fecha or timezone.localdate())
        que_escriben = self.model._meta.get_field("puestos").related_model.ESCRIBEN_EN_LA_MESA
        return self.filter(entre("pk", suyos.filter(puesto__tipo__in=que_escriben).values("puesto__mesa")))


def coordina_la_red(usuario: Any) -> bool:
    """A right of its own: to see the card of a mesa in the admin is not to enter its workspace."""
    return usuario.is_staff and usuario.has_perm("mesas.coordinar_red")


class CoberturaQuerySet(VigenciaQuerySet):
    """Questions about which mesa attends which municipality."""

    def publicas(self) -> CoberturaQuerySet:
        """Of the mesas that the micrositio shows."""
        return self.filter(mesa__publica=True)

    def de_mesas_operando(self, fecha: dt.date) -> CoberturaQuerySet:
        """In force on that day, of the real public mesas that then operated."""
        mesas = filas_de(self.model, "mesa").publicas().reales().con_estado(fecha).filter(estado="operando")
        return self.vigentes_en(fecha).filter(mesa__in=mesas.values("pk"))

    def contar_municipios(self) -> int:
        """How many municipalities, each once though two mesas attend it."""
        return self.order_by().values("municipio").distinct().count()


class EventoQuerySet(models.QuerySet):
    """Questions about the life of mesas."""

    def hasta_el(self, fecha: dt.date) -> EventoQuerySet:
        """What had happened on that day."""
        return self.filter(fecha__lte=fecha)

    def que_cambian_estado(self) -> EventoQuerySet:
        """All but the widening of a territory."""
        return self.filter(tipo__in=list(self.model.ESTADO_QUE_DEJA))

    def con_estado_resultante(self) -> EventoQuerySet:
        """Adds `_estado`: the state in which each event leaves its mesa."""
        return self.annotate(
            _estado=Case(
                *[When(tipo=tipo, then=Value(estado.value)) for tipo, estado in self.model.ESTADO_QUE_DEJA.items()],
                output_field=models.CharField(),
            )
        )


class PersonaQuerySet(models.QuerySet):
    """Questions about people."""

    def con_nombre_publico(self) -> PersonaQuerySet:
        """Those who consented to appear by name and have not been hidden. The only door of a name to the public."""
        return self.filter(
            oculta=False,
            consentimientos__finalidad="nombre",
            consentimientos__otorgado__lte=timezone.now(),
            consentimientos__revocado__isnull=True,
        )


class IntegranteQuerySet(VigenciaQuerySet):
    """Questions about seats."""

    def con_cargo_publico(self) -> IntegranteQuerySet:
        """Seats of authorities."""
        return self.filter(tipo=self.model.Tipo.CON_CARGO_PUBLICO)

    def de_persona(self, persona_id: int) -> IntegranteQuerySet:
        """Seats of one person, in any mesa."""
        return self.filter(persona_id=persona_id)

    def traslapa(self, desde: dt.date | None, hasta: dt.date | None) -> IntegranteQuerySet:
        """Rows in force on some day of `[desde, hasta)`."""
        filas = self
        if desde:
            filas = filas.filter(Q(hasta__isnull=True) | Q(hasta__gt=desde))
        if hasta:
            filas = filas.filter(Q(desde__isnull=True) | Q(desde__lt=hasta))
        return filas


class CargoQuerySet(VigenciaQuerySet):
    """Questions about who holds which post."""

    def de_usuario(self, usuario: Any) -> CargoQuerySet:
        """Posts of the person behind an account."""
        return self.filter(persona__usuario=usuario)
