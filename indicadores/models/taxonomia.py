"""How the country names and groups crimes, in each of its two counting instruments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from indicadores.querysets import DelitoQuerySet


class Instrumento(models.TextChoices):
    """The rulebook under which prosecutors classify what they report to the SESNSP.

    The RNID replaced CNSP/38/15 in January 2026 (acuerdo 11/L/2024 of the CNSP) with another
    catalogue of crimes: its figures never join those of before in one sum.
    """

    CNSP = "CNSP/38/15", "CNSP/38/15 (2015–2025)"
    RNID = "RNID", "RNID (desde 2026)"


PRIMER_ANIO_RNID = 2026


class Delito(models.Model):
    """An entry of the official catalogue of an instrument, at one of its four levels.

    The name keeps the official spelling, irregular capitals included; `texto` is the same
    without accents or case and is what files are matched by. The slug of a bien, tipo or
    subtipo is its public address, and the two instruments share it when they share the name.
    """

    class Nivel(models.IntegerChoices):
        BIEN = 1, "Bien jurídico"
        TIPO = 2, "Tipo"
        SUBTIPO = 3, "Subtipo"
        MODALIDAD = 4, "Modalidad"

    instrumento = models.CharField("instrumento", max_length=10, choices=Instrumento)
    nivel = models.PositiveSmallIntegerField("nivel", choices=Nivel)
    padre = models.ForeignKey(
        "self", models.PROTECT, verbose_name="pertenece a", null=True, blank=True, related_name="hijos"
    )
    nombre = models.CharField("nombre oficial", max_length=160)
    texto = models.CharField("texto normalizado", max_length=160)
    slug = models.SlugField("dirección", max_length=120, db_index=False)
    orden = models.PositiveSmallIntegerField("orden en el archivo oficial")
    # With it a foreign key can demand that the parent is of the level above (migration 0002).
    nivel_del_padre = models.GeneratedField(
        expression=F("nivel") - 1, output_field=models.SmallIntegerField(), db_persist=True
    )

    objects = DelitoQuerySet.as_manager()

    class Meta:
        verbose_name = "delito"
        verbose_name_plural = "delitos"
        ordering = ["instrumento", "orden", "nivel"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrumento", "nivel", "padre", "texto"],
                name="indicadores_delito_unico",
                nulls_distinct=False,
                violation_error_message="Ese delito ya está en el catálogo de ese instrumento.",
            ),
            models.UniqueConstraint(
                fields=["slug", "instrumento", "nivel"],
                condition=Q(nivel__lt=4),
                name="indicadores_delito_slug",
                violation_error_message="Otro delito del mismo nivel ya usa esa dirección.",
            ),
            models.UniqueConstraint(fields=["id", "instrumento", "nivel"], name="indicadores_delito_referido"),
            models.CheckConstraint(
                name="indicadores_delito_instrumento",
                condition=Q(instrumento__in=["CNSP/38/15", "RNID"]),
                violation_error_message="El instrumento es CNSP/38/15 o RNID.",
            ),
            models.CheckConstraint(
                name="indicadores_delito_nivel",
                condition=Q(nivel=1, padre__isnull=True) | Q(nivel__range=(2, 4), padre__isnull=False),
                violation_error_message="Solo el bien jurídico no pertenece a otro delito.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("indicador", args=[self.slug])
