"""Questions about many encuentros and what hangs from them. Every public page starts from `publicas()`."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from comites.models import Acuerdo
from comites.querysets_publicacion import Casa, Palabras, Pregunta
from comun.modelos import filas_de
from comun.texto import OrdenEspanol
from mesas.models import Cobertura, Mesa


def _a_la_vista(fecha: dt.date | None, prefijo: str = "") -> Q:
    """The one rule: somebody published it and it already ended. A future place and time are never public."""
    return Q(**{f"{prefijo}publico": True, f"{prefijo}fin__lt": fecha or timezone.localdate()})


def _cuantas(filas: QuerySet, contado: str = "pk") -> Coalesce:
    """Subquery that counts rows by group, 0 when there are none. The rows already point at the outer query."""
    cuenta = filas.order_by().values("encuentro").annotate(_n=Count(contado, distinct=True)).values("_n")
    return Coalesce(Subquery(cuenta, output_field=IntegerField()), 0)


class EncuentroQuerySet(models.QuerySet):
    """Questions about encuentros."""

    def publicas(self, fecha: dt.date | None = None) -> EncuentroQuerySet:
        """Those published that already ended on that day (today)."""
        return self.filter(_a_la_vista(fecha))

    def buscar(self, texto: str) -> EncuentroQuerySet:
        """Those whose name, place, host or purpose answer to those words, accents or not."""
        dicho = Concat(
            *("nombre", Value(" "), "nombre_corto", Value(" "), "lugar", Value(" ")),
            *("proposito", Value(" "), Coalesce("anfitriona__nombre", Value(""))),
            output_field=models.TextField(),
        )
        return self.filter(Casa(Palabras(dicho), Pregunta(texto)))

    def con_contexto(self) -> EncuentroQuerySet:
        """Brings the host mesa and its entidad."""
        return self.select_related("anfitriona__entidad")

    def con_cuentas(self, fecha: dt.date | None = None) -> EncuentroQuerySet:
        """Adds what can be counted: mesas and entidades that came, proposals, agreements and how
        many of these are public. Always from the rows, never from what a report claims."""
        suyas = {"encuentro": OuterRef("pk")}
        asistentes = filas_de(self.model, "participaciones").asistieron().filter(**suyas)
        acuerdos = Acuerdo.objects.filter(sesion=OuterRef("sesion")).order_by()
        return self.annotate(
            mesas_asistentes=_cuantas(asistentes),
            entidades_asistentes=_cuantas(asistentes, "mesa__entidad"),
            cuantas_propuestas=_cuantas(filas_de(self.model, "propuestas").filter(**suyas)),
            cuantos_acuerdos=_por_sesion(acuerdos),
            acuerdos_publicos=_por_sesion(acuerdos.publicas(fecha)),
        )

    def con_vecinos(self, fecha: dt.date | None = None) -> EncuentroQuerySet:
        """Adds the numbers of the public encuentros before and after each one."""
        publicas = self.model.objects.publicas(fecha)
        return self.annotate(
            anterior=Subquery(publicas.filter(numero__lt=OuterRef("numero")).order_by("-numero").values("numero")[:1]),
            siguiente=Subquery(publicas.filter(numero__gt=OuterRef("numero")).order_by("numero").values("numero")[:1]),
        )


def _por_sesion(acuerdos: QuerySet) -> Coalesce:
    """Subquery that counts the agreements of the session of the outer row."""
    cuenta = acuerdos.values("sesion").annotate(_n=Count("pk")).values("_n")
    return Coalesce(Subquery(cuenta, output_field=IntegerField()), 0)


class DeEncuentroQuerySet(models.QuerySet):
    """Questions about whatever hangs from an encuentro: it is public when its encuentro is."""

    def publicas(self, fecha: dt.date | None = None) -> DeEncuentroQuerySet:
        """Rows of the encuentros that the micrositio shows."""
        return self.filter(_a_la_vista(fecha, "encuentro__"))


class ParticipacionQuerySet(DeEncuentroQuerySet):
    """Questions about which mesas took part."""

    def publicas(self, fecha: dt.date | None = None) -> ParticipacionQuerySet:
        """Of public encuentros, and of mesas that the micrositio shows."""
        return super().publicas(fecha).filter(mesa__publica=True)

    def asistieron(self) -> ParticipacionQuerySet:
        """Mesas that came, whether or not they had been invited."""
        return self.filter(asistio=True)

    def con_territorio(self, fecha: dt.date) -> ParticipacionQuerySet:
        """Brings the mesa, its entidad and, in `mesa.territorio`, what it attended on that day."""
        coberturas = Cobertura.objects.vigentes_en(fecha).select_related("municipio")
        return self.select_related("mesa__entidad").prefetch_related(
            Prefetch("mesa__coberturas", coberturas, to_attr="territorio")
        )

    def por_entidad(self) -> ParticipacionQuerySet:
        """In the order of the Spanish alphabet, and inside each entidad as the source lists them."""
        return self.order_by(OrdenEspanol("mesa__entidad__nombre_corto"), F("orden").asc(nulls_last=True), "pk")


class PropuestaQuerySet(DeEncuentroQuerySet):
    """Questions about proposals."""

    def con_origen(self) -> PropuestaQuerySet:
        """Brings the rubro, the proposal it was merged into and, of its authors, the public mesas."""
        return self.select_related("rubro", "fusionada_en__rubro", "encuentro").prefetch_related(
            Prefetch("mesas", Mesa.objects.publicas().order_by("orden", "nombre"), to_attr="autoras")
        )

    def con_acuerdo_publico(self, fecha: dt.date | None = None) -> PropuestaQuerySet:
        """Adds `acuerdo_folio`: what it became, only if that agreement is public."""
        publicos = Acuerdo.objects.publicas(fecha).filter(pk=OuterRef("acuerdo"))
        return self.annotate(acuerdo_folio=Subquery(publicos.values("folio")[:1]))

    def por_rubro(self) -> PropuestaQuerySet:
        """As the records list them."""
        return self.order_by("-encuentro__numero", "rubro__orden", "rubro__nombre", "orden")


class VotacionQuerySet(DeEncuentroQuerySet):
    """Questions about votes."""

    def con_opciones(self) -> VotacionQuerySet:
        """Brings the options, the most voted first."""
        return self.prefetch_related("opciones")

    def con_acuerdo_publico(self, fecha: dt.date | None = None) -> VotacionQuerySet:
        """Adds `acuerdo_folio`: the agreement that gathers the result, only if it is public."""
        publicos = Acuerdo.objects.publicas(fecha).filter(pk=OuterRef("acuerdo"))
        return self.annotate(acuerdo_folio=Subquery(publicos.values("folio")[:1]))
