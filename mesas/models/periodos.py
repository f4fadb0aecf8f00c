"""Terms of office of the institutions that sit at the mesas."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from comun.modelos import Registro, Vigencia, sin_traslape, vigencia_en_orden
from mesas.models.personas import Institucion
from mesas.querysets_periodos import PeriodoQuerySet


class PeriodoDeGobierno(Vigencia, Registro):
    """The administration under which an institution works until a day: «Ayuntamiento 2024–2027».

    When it ends its officials leave the mesa and what they were in charge of is left without
    anybody; the network agreed to look after continuity «ante los cambios de Gobierno» (3er
    Encuentro). `hasta` is the first day of the next administration.
    """

    institucion = models.ForeignKey(Institucion, models.CASCADE, verbose_name="institución", related_name="periodos")
    nombre = models.CharField("administración", max_length=120, help_text="Por ejemplo «Ayuntamiento 2024–2027».")
    fuente = models.CharField("cómo consta", max_length=200, blank=True)
    registrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién lo registró", null=True, blank=True
    )

    objects = PeriodoQuerySet.as_manager()

    class Meta:
        verbose_name = "periodo de gobierno"
        verbose_name_plural = "periodos de gobierno"
        ordering = ["hasta", "pk"]
        constraints = [
            sin_traslape(
                "institucion",
                nombre="mesas_periodo_sin_traslape",
                mensaje="Esa institución ya tiene un periodo en alguna de esas fechas.",
            ),
            vigencia_en_orden("mesas_periodo_en_orden"),
            models.CheckConstraint(
                name="mesas_periodo_con_fin",
                condition=Q(hasta__isnull=False),
                violation_error_message="Di qué día empieza la siguiente administración.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institucion}: {self.nombre}"
