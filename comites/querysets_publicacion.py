"""What is public: the one rule, and the questions about acts of publication."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from comites.alcance import lee, lee_acuerdo
from comites.niveles import Nivel
from comun.modelos import en_vigor, filas_de
from mesas.models import Persona


class Pregunta(Func):
    """SQL `comites_pregunta(text)`: what somebody typed, as a question to the search in Spanish."""

    function = "comites_pregunta"
    output_field = models.TextField()

    def __init__(self, texto: str) -> None:
        super().__init__(Value(texto))


class Casa(Func):
    """SQL `a @@ b`: the words answer the question."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = models.BooleanField()


class Palabras(Func):
    """SQL `comites_palabras(text)`: the words of a text as the search in Spanish keeps them."""

    function = "comites_palabras"
    output_field = models.TextField()


class PalabrasDeAcuerdo(Func):
    """The words of an agreement: nothing that its public page does not show. There is an index on it."""

    function = "comites_palabras_de_acuerdo"
    output_field = models.TextField()

    def __init__(self) -> None:
        super().__init__(F("accion"), F("producto"), F("detalle"), F("folio"))


def _actos_de(filas: models.QuerySet) -> models.QuerySet:
    return filas_de(filas.model, "actos").filter(**{filas.model._meta.model_name: OuterRef("pk")})


def publicadas(filas: models.QuerySet, mesa: str, fecha: dt.date | None) -> models.QuerySet:
    """The one rule of publication: level, an act in force, and a mesa that is on the micrositio.

    A text that names somebody who no longer consents, or who was hidden, is not read meanwhile.
    """
    hoy = fecha or timezone.localdate()
    en_fuerza = _actos_de(filas).filter(en_vigor(hoy), revocado_el__isnull=True, desde__lte=hoy).sin_nombres_ajenos()
    return filas.filter(Exists(en_fuerza), nivel=Nivel.PUBLICA, **{f"{mesa}publica": True})


def retiradas(filas: models.QuerySet, mesa: str) -> models.QuerySet:
    """What was public and no longer is. Of a mesa that is not on the micrositio nothing is said at all."""
    publicas = filas.model.objects.publicas().filter(pk=OuterRef("pk"))
    # An act withdrawn before its first day showed nothing to anybody.
    empezo = Q(desde__lte=timezone.localdate()) & (Q(revocado_el__isnull=True) | Q(revocado_el__date__gte=F("desde")))
    return filas.filter(Exists(_actos_de(filas).filter(empezo)), ~Exists(publicas), **{f"{mesa}publica": True})


def consentibles(filas: models.QuerySet) -> models.QuerySet:
    """Neither public nor reserved: of the mesa, or public once and past its term."""
    pasado = _actos_de(filas).filter(revocado_el__isnull=True, hasta__lte=timezone.localdate())
    de_la_mesa = Q(nivel__in=(Nivel.MESA, Nivel.CANDIDATA, Nivel.RED))
    return filas.filter(de_la_mesa | Q(Exists(pasado), nivel=Nivel.PUBLICA))


class ActoQuerySet(models.QuerySet):
    """Questions about acts of publication."""

    def vigentes_en(self, fecha: dt.date) -> ActoQuerySet:
        """Acts that make something public on that day."""
        return self.filter(en_vigor(fecha), desde__lte=fecha, revocado_el__isnull=True)

    def sin_nombres_ajenos(self) -> ActoQuerySet:
        """Whose text names nobody, or only who lets the name be public today."""
        return self.filter(~Exists(self._nombres_ajenos()))

    def con_nombres_ajenos(self) -> ActoQuerySet:
        """Adds `ajenos`: whom it names without consent today (empty: a person erased). Meanwhile nobody reads it."""
        nombres = self._nombres_ajenos().values_list(Coalesce("persona__nombre", Value("")))
        return self.annotate(ajenos=ArraySubquery(nombres))

    def _nombres_ajenos(self) -> NombreQuerySet:
        return filas_de(self.model, "nombra").sin_consentir().filter(acto=OuterRef("pk"))

    def visibles_para(self, usuario: Any) -> ActoQuerySet:
        """Acts on agreements or sessions that the user may read."""
        de_acuerdo = Q(acuerdo__isnull=False) & lee_acuerdo(usuario, "acuerdo__")
        return self.filter(de_acuerdo | Q(sesion__isnull=False) & lee(usuario, "sesion__"))

    def de_mesa(self, mesa: Any) -> ActoQuerySet:
        """Acts of the assembly of a mesa, the latest first, with what they point at."""
        filas = self.filter(punto__sesion__mesa=mesa).order_by("-creado")
        return filas.select_related(
            "punto__sesion__mesa", "punto__sesion__comite", "acuerdo", "sesion__mesa", "sesion__comite"
        )

    def ultimos(self, campo: str, publicas: Any, cuantos: int) -> dict[int, dt.datetime]:
        """The last rows that became public: key of each and when its act was recorded.

        Args:
            campo: «acuerdo» or «sesion»; `publicas`, which of them may be told.
        """
        vigentes = self.vigentes_en(timezone.localdate()).filter(**{f"{campo}__in": publicas.order_by().values("pk")})
        return dict(vigentes.order_by("-creado").values_list(campo, "creado")[:cuantos])


class NombreQuerySet(models.QuerySet):
    """Questions about whom a text that others read names."""

    def sin_consentir(self) -> NombreQuerySet:
        """Of who does not let the name be public today, and of who was erased."""
        consienten = Persona.objects.con_nombre_publico().filter(pk=OuterRef("persona"))
        return self.filter(~Exists(consienten))
