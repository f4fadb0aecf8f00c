"""How often an organ said that it would meet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from comites.models.organos import Comite
from comites.querysets_frecuencias import FrecuenciaQuerySet
from comun.modelos import Vigencia, sin_traslape, vigencia_en_orden
from mesas.models import Mesa


class FrecuenciaDeSesiones(Vigencia):
    """Every how many months the plenaria of a mesa, or a comité, means to meet, from a day on.

    Each mesa has its own rhythm (monthly in Tamaulipas, three a year in Irapuato), so no figure
    of sessions says anything alone: it goes beside what the organ itself said. Dated, because
    what was expected in a past year does not change with what is decided today.
    """

    class Meses(models.IntegerChoices):
        MENSUAL = 1, "Cada mes"
        BIMESTRAL = 2, "Cada dos meses"
        TRIMESTRAL = 3, "Cada tres meses"
        CUATRIMESTRAL = 4, "Cada cuatro meses"
        SEMESTRAL = 6, "Cada seis meses"
        ANUAL = 12, "Cada año"

    mesa = models.ForeignKey(
        Mesa, models.CASCADE, verbose_name="plenaria de la mesa", related_name="frecuencias", null=True, blank=True
    )
    comite = models.ForeignKey(
        Comite, models.CASCADE, verbose_name="comité", related_name="frecuencias", null=True, blank=True
    )
    meses = models.PositiveSmallIntegerField("cada cuánto se reúne", choices=Meses)

    objects = FrecuenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "frecuencia de sesiones"
        verbose_name_plural = "frecuencias de sesiones"
        ordering = ["desde", "pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_frecuencia_de_un_organo",
                condition=Q(mesa__isnull=False, comite__isnull=True) | Q(mesa__isnull=True, comite__isnull=False),
                violation_error_message="La frecuencia es de la plenaria de una mesa o de un comité.",
            ),
            models.CheckConstraint(
                name="comites_frecuencia_meses",
                condition=Q(meses__in=[1, 2, 3, 4, 6, 12]),
                violation_error_message="Esa frecuencia no existe: elige una de la lista.",
            ),
            models.CheckConstraint(
                name="comites_frecuencia_con_inicio",
                condition=Q(desde__isnull=False),
                violation_error_message="Di desde cuándo.",
            ),
            sin_traslape(
                "mesa",
                nombre="comites_frecuencia_una_por_mesa",
                mensaje="La plenaria ya tiene una frecuencia en alguna de esas fechas.",
            ),
            sin_traslape(
                "comite",
                nombre="comites_frecuencia_una_por_comite",
                mensaje="El comité ya tiene una frecuencia en alguna de esas fechas.",
            ),
            vigencia_en_orden("comites_frecuencia_en_orden"),
        ]

    def __str__(self) -> str:
        return f"{self.comite or 'Plenaria'}: {self.get_meses_display().lower()}"
