"""What a new edition of the source says of its past, and how its totals square."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from indicadores.models.cargas import Carga
from indicadores.models.taxonomia import Delito
from indicadores.querysets import CambioQuerySet
from mesas.models import Entidad


class Cambio(models.Model):
    """A figure that the source had already published and that a carga brought different.

    Every edition rewrites part of the past without a word; here the word is kept. Only months
    that both editions report count: a month published for the first time is not a revision.
    """

    pk = models.CompositePrimaryKey("carga_id", "delito_id", "territorio", "mes")
    carga = models.ForeignKey(Carga, models.CASCADE, verbose_name="carga", related_name="cambios", db_index=False)
    anterior = models.ForeignKey(
        Carga, models.SET_NULL, verbose_name="carga anterior", null=True, related_name="+", db_index=False
    )
    delito = models.ForeignKey(
        Delito, models.PROTECT, verbose_name="delito", related_name="+", db_constraint=False, db_index=False
    )
    territorio = models.CharField("territorio", max_length=5)
    mes = models.DateField("mes", help_text="Su primer día.")
    antes = models.IntegerField("antes")
    despues = models.IntegerField("después")

    objects = CambioQuerySet.as_manager()

    class Meta:
        verbose_name = "cifra revisada"
        verbose_name_plural = "cifras revisadas"
        constraints = [
            models.CheckConstraint(
                name="indicadores_cambio_distinto",
                condition=~Q(antes=F("despues")),
                violation_error_message="Una cifra revisada es distinta de la anterior.",
            ),
            models.CheckConstraint(
                name="indicadores_cambio_mes",
                condition=Q(mes__day=1),
                violation_error_message="El mes se guarda como su primer día.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territorio} {self.mes:%Y-%m}: {self.antes} → {self.despues}"


class Control(models.Model):
    """Total of a carga in an entidad and a year, and how it squares with the other ámbito.

    The municipal file adds up to the state one, to the unit: what differs is worth a question
    to the source. `propias` and `ajenas` cover the same crimes and months in both; they are
    empty where there is nothing to compare with.
    """

    carga = models.ForeignKey(Carga, models.CASCADE, verbose_name="carga", related_name="controles", db_index=False)
    entidad = models.ForeignKey(Entidad, models.PROTECT, verbose_name="entidad", related_name="+", db_index=False)
    anio = models.PositiveSmallIntegerField("año")
    total = models.IntegerField("carpetas")
    propias = models.IntegerField("carpetas comparables", null=True)
    ajenas = models.IntegerField("carpetas en el otro archivo", null=True)

    class Meta:
        verbose_name = "total de control"
        verbose_name_plural = "totales de control"
        ordering = ["anio", "entidad"]
        constraints = [
            models.UniqueConstraint(fields=["carga", "anio", "entidad"], name="indicadores_control_unico"),
        ]

    def __str__(self) -> str:
        return f"{self.entidad_id} {self.anio}: {self.total}"

    @property
    def diferencia(self) -> int | None:
        """Carpetas that this carga has over the other ámbito; None if nothing can be compared."""
        return None if self.propias is None or self.ajenas is None else self.propias - self.ajenas
