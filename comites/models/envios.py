"""What a mesa sends by mail, to whom and about what: the record of delivery."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from comites.models.acuerdos import Acuerdo
from comites.models.sesiones import Sesion
from comites.querysets_envios import EnvioQuerySet
from cuentas.models import Correo
from mesas.models import Institucion, Mesa, Persona


class Envio(models.Model):
    """A message that a mesa sent: a call, a draft minute, a reminder, a link to report.

    The message itself (`Correo`) knows nothing of mesas. Here stands what it was about, so
    that the desk can say who was told and who could not be reached.
    """

    class Motivo(models.TextChoices):
        CONVOCATORIA = "convocatoria", "Convocatoria"
        CAMBIO = "cambio", "Cambio de la convocatoria"
        CANCELACION = "cancelacion", "Cancelación"
        ACTA = "acta", "Acta para revisar"
        ENLACE = "enlace", "Enlace para reportar"
        RECORDATORIO = "recordatorio", "Recordatorio"
        RESUMEN = "resumen", "Resumen de la semana"
        OTRO = "otro", "Otro"

    correo = models.OneToOneField(Correo, models.CASCADE, verbose_name="correo", related_name="envio")
    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa", related_name="envios")
    motivo = models.CharField("motivo", max_length=12, choices=Motivo)
    sesion = models.ForeignKey(
        Sesion,
        models.SET_NULL,  # of a session that was discarded, who was told of it is still on record
        verbose_name="sesión",
        related_name="envios",
        null=True,
        blank=True,
    )
    acuerdo = models.ForeignKey(
        Acuerdo, models.CASCADE, verbose_name="acuerdo", related_name="envios", null=True, blank=True
    )
    persona = models.ForeignKey(
        Persona, models.SET_NULL, verbose_name="persona", related_name="envios", null=True, blank=True
    )
    institucion = models.ForeignKey(
        Institucion, models.SET_NULL, verbose_name="institución", related_name="envios", null=True, blank=True
    )
    creado = models.DateTimeField("creado", auto_now_add=True)

    objects = EnvioQuerySet.as_manager()

    class Meta:
        verbose_name = "envío"
        verbose_name_plural = "envíos"
        ordering = ["-creado", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_envio_motivo",
                condition=Q(
                    motivo__in=[
                        "convocatoria",
                        "cambio",
                        "cancelacion",
                        "acta",
                        "enlace",
                        "recordatorio",
                        "resumen",
                        "otro",
                    ]
                ),
                violation_error_message="Ese motivo no existe.",
            ),
        ]
        indexes = [models.Index(fields=["mesa", "-creado"], name="comites_envio_mesa_creado")]

    def __str__(self) -> str:
        return str(self.correo)
