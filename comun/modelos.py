"""Shapes shared by the tables of every app. No tables of its own."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q


def filas_de(modelo: type[models.Model], ruta: str) -> models.QuerySet:
    """Queryset of the model at the end of a relation path («puestos__cargos»).

    Lets the room of querysets ask about other tables without importing the models, which import it.
    """
    for paso in ruta.split("__"):
        modelo = modelo._meta.get_field(paso).related_model
    return modelo.objects.all()


class EnElArreglo(Func):
    """SQL `a = ANY(b)`: the value is one of those of the array."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


def entre(campo: str, claves: models.QuerySet) -> Q:
    """Condition «the column is one of those keys», for a few keys among many rows.

    The same as `campo__in=claves`, but read once and as an array, so that it goes by index also when it is one
    of several alternatives.

    Args:
        campo: column, through any relations («sesion__mesa»).
        claves: of one column (`filas.values("pk")`), that do not depend on the row.
    """
    return Q(EnElArreglo(F(campo), ArraySubquery(claves.order_by())))


class RangoDeFechas(Func):
    """`daterange(desde, hasta, '[)')`: the days on which a dated row is in force."""

    function = "DATERANGE"
    output_field = DateRangeField()


def sin_traslape(*campos: str, nombre: str, mensaje: str, condicion: Q | None = None) -> ExclusionConstraint:
    """Constraint: two rows equal in `campos` are never in force on the same day.

    Args:
        campos: columns compared with equality.
        nombre: name of the constraint, readable in an error log.
        mensaje: what the user reads, in Spanish.
        condicion: limits the rule to some rows.
    """
    return ExclusionConstraint(
        name=nombre,
        expressions=[
            (RangoDeFechas("desde", "hasta", RangeBoundary()), RangeOperators.OVERLAPS),
            *[(campo, RangeOperators.EQUAL) for campo in campos],
        ],
        condition=condicion,
        violation_error_message=mensaje,
    )


def vigencia_en_orden(nombre: str) -> models.CheckConstraint:
    """Constraint: what is dated begins before it ends."""
    return models.CheckConstraint(
        name=nombre,
        condition=Q(desde__isnull=True) | Q(hasta__isnull=True) | Q(desde__lt=F("hasta")),
        violation_error_message="La fecha de término debe ser posterior a la de inicio.",
    )


class VigenciaQuerySet(models.QuerySet):
    """Questions about rows that hold for a time."""

    def vigentes_en(self, fecha: dt.date) -> VigenciaQuerySet:
        """Rows in force on `fecha`. The day in `hasta` is already out: rights end that morning."""
        return self.filter(en_vigor(fecha))


def esta_en_vigor(fila: models.Model, fecha: dt.date) -> bool:
    """True if a dated row that was already read is in force on that day: `en_vigor` without asking the database."""
    empezo = fila.desde is None or fila.desde <= fecha
    return empezo and (fila.hasta is None or fila.hasta > fecha)


def en_vigor(fecha: dt.date, prefijo: str = "") -> Q:
    """Condition «in force on that day», for a relation reached through `prefijo` («cargos__»)."""
    return (Q(**{f"{prefijo}desde__isnull": True}) | Q(**{f"{prefijo}desde__lte": fecha})) & (
        Q(**{f"{prefijo}hasta__isnull": True}) | Q(**{f"{prefijo}hasta__gt": fecha})
    )


class Vigencia(models.Model):
    """A fact that holds from a day until another: a seat, a post, a coverage.

    `desde` empty: no source says when it began. `hasta` empty: it goes on. `hasta` is the
    first day on which it no longer holds, so a successor may begin that very day.
    """

    desde = models.DateField(
        "desde", null=True, blank=True, help_text="Primer día. Déjalo vacío si ninguna fuente lo dice."
    )
    hasta = models.DateField(
        "hasta", null=True, blank=True, help_text="Primer día en que ya no vale. Vacío mientras siga vigente."
    )

    objects = VigenciaQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.desde and self.hasta and self.hasta <= self.desde:
            # Said here too because PostgreSQL cannot even build an inverted range.
            raise ValidationError({"hasta": "La fecha de término debe ser posterior a la de inicio."})


class Registro(models.Model):
    """A row that remembers when it was written and when it last changed."""

    creado = models.DateTimeField("creado", auto_now_add=True)
    actualizado = models.DateTimeField("actualizado", auto_now=True)

    class Meta:
        abstract = True
