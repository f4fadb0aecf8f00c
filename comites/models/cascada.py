"""What the network agreed and each mesa owes: one row per mesa, and whatever each one answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from comites.models.acuerdos import Acuerdo
from comites.querysets_seguimiento import AcuerdoEnMesaQuerySet
from mesas.models import Mesa


class AcuerdoEnMesa(models.Model):
    """A network agreement, entrusted to one mesa. Who answers nothing is counted as silent, not left out."""

    acuerdo = models.ForeignKey(Acuerdo, models.PROTECT, verbose_name="acuerdo", related_name="en_mesas")
    mesa = models.ForeignKey(Mesa, models.PROTECT, verbose_name="mesa", related_name="encargos")
    creado = models.DateTimeField("creado", auto_now_add=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién lo encargó",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = AcuerdoEnMesaQuerySet.as_manager()

    class Meta:
        verbose_name = "acuerdo en una mesa"
        verbose_name_plural = "acuerdos en las mesas"
        ordering = ["acuerdo", "mesa"]
        constraints = [
            models.UniqueConstraint(
                fields=["acuerdo", "mesa"],
                name="comites_acuerdo_en_mesa_unico",
                violation_error_message="Esa mesa ya tiene este acuerdo.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acuerdo} en {self.mesa}"

    @property
    def en_palabras(self) -> str:
        """How it goes in the mesa, after `con_respuesta()`: silence has a name too."""
        return RespuestaDeMesa.Estado(self.dice).label if self.dice else "En silencio"


class RespuestaDeMesa(models.Model):
    """What a mesa says of its part. The last one counts; none is ever changed."""

    class Estado(models.TextChoices):
        EN_PROCESO = "en_proceso", "En proceso"
        HECHO = "hecho", "Hecho, según la mesa"
        NO_SE_HARA = "no_se_hara", "No se hará"

    encargo = models.ForeignKey(AcuerdoEnMesa, models.PROTECT, verbose_name="encargo", related_name="respuestas")
    estado = models.CharField("cómo va", max_length=10, choices=Estado)
    texto = models.TextField("qué hizo la mesa")
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién respondió",
        null=True,
        blank=True,
        related_name="+",
    )
    creada = models.DateTimeField("respondida el", auto_now_add=True)

    class Meta:
        verbose_name = "respuesta de una mesa"
        verbose_name_plural = "respuestas de las mesas"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_respuesta_estado",
                condition=Q(estado__in=["en_proceso", "hecho", "no_se_hara"]),
                violation_error_message="Ese estado no existe.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.encargo}: {self.get_estado_display()}"
