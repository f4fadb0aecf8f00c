"""What the mesas put on the table of an encuentro, by theme."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from comites.models import Acuerdo
from comun.modelos import Registro
from encuentros.models.encuentros import Encuentro
from encuentros.querysets import PropuestaQuerySet
from mesas.models import Mesa


class Rubro(models.Model):
    """A theme under which proposals are gathered.

    The 3er Encuentro used four (identidad, organizacional, comunicación y difusión,
    financiamiento); the next one may add its own.
    """

    clave = models.SlugField("clave", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=60, unique=True)
    descripcion = models.CharField("de qué trata", max_length=200, blank=True)
    orden = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "rubro"
        verbose_name_plural = "rubros"
        ordering = ["orden", "nombre"]

    def __str__(self) -> str:
        return self.nombre


class Propuesta(Registro):
    """Something that one or several mesas proposed. It binds nobody: an agreement does.

    Two proposals that say the same are merged without losing whose they were: the merged
    one stays, with its authors, and points at the one that goes on. `acuerdo` is what it
    became, when the records say so.
    """

    encuentro = models.ForeignKey(Encuentro, models.CASCADE, verbose_name="encuentro", related_name="propuestas")
    rubro = models.ForeignKey(Rubro, models.PROTECT, verbose_name="rubro", related_name="propuestas")
    orden = models.PositiveSmallIntegerField("orden en su rubro")
    resumen = models.TextField("resumen", help_text="Con palabras propias y claras, en una o dos frases.")
    mesas = models.ManyToManyField(
        Mesa,
        verbose_name="mesas que la presentaron",
        related_name="propuestas",
        blank=True,
        help_text="Vacío si la fuente no las nombra.",
    )
    fusionada_en = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="se unió a",
        related_name="fusionadas",
        null=True,
        blank=True,
    )
    acuerdo = models.ForeignKey(
        Acuerdo,
        models.PROTECT,
        verbose_name="acuerdo en que se convirtió",
        related_name="propuestas",
        null=True,
        blank=True,
    )

    objects = PropuestaQuerySet.as_manager()

    class Meta:
        verbose_name = "propuesta"
        verbose_name_plural = "propuestas"
        ordering = ["encuentro", "rubro", "orden"]
        constraints = [
            models.UniqueConstraint(
                fields=["encuentro", "rubro", "orden"],
                name="encuentros_propuesta_orden_unico",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Ya hay una propuesta en ese lugar de su rubro.",
            ),
            models.CheckConstraint(
                name="encuentros_propuesta_no_en_si_misma",
                condition=Q(fusionada_en__isnull=True) | ~Q(fusionada_en=F("id")),
                violation_error_message="Una propuesta no se une a sí misma.",
            ),
            models.CheckConstraint(
                name="encuentros_propuesta_con_resumen",
                condition=~Q(resumen=""),
                violation_error_message="Resume la propuesta.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rubro} {self.orden}"
