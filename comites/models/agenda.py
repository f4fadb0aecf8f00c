"""What comes before a session: agendas that serve again, and mesas invited to meet together."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comites.agenda import PuntoPrevisto, leer_renglones
from comites.models.sesiones import Sesion
from comites.querysets_agenda import InvitacionQuerySet, PlantillaQuerySet
from comun.modelos import Registro
from mesas.models import Mesa


class PlantillaDeAgenda(Registro):
    """An agenda that serves again: of the whole network, or of one mesa, for a kind of session.

    Its items are kept as they are typed, one to a line («Cifras del mes, 15 min»), so that
    whoever knows how to write an agenda knows how to write a template.
    """

    mesa = models.ForeignKey(
        Mesa,
        models.CASCADE,
        verbose_name="mesa",
        related_name="plantillas",
        null=True,
        blank=True,
        help_text="Vacío: la ofrece la Red a todas las mesas.",
    )
    tipo = models.CharField("tipo de sesión", max_length=12, choices=Sesion.Tipo)
    nombre = models.CharField("nombre", max_length=80)
    renglones = models.TextField("puntos", help_text="Un punto por renglón; al final, sus minutos: «Cifras, 15 min».")

    objects = PlantillaQuerySet.as_manager()

    class Meta:
        verbose_name = "plantilla de orden del día"
        verbose_name_plural = "plantillas de orden del día"
        ordering = ["tipo", "nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["mesa", "tipo", "nombre"],
                name="comites_plantilla_unica",
                nulls_distinct=False,
                violation_error_message="Ya hay una plantilla con ese nombre para ese tipo de sesión.",
            ),
            models.CheckConstraint(
                name="comites_plantilla_con_puntos",
                condition=Q(renglones__regex=r"\S"),
                violation_error_message="Una plantilla lleva al menos un punto.",
            ),
            models.CheckConstraint(
                name="comites_plantilla_tipo",
                condition=Q(tipo__in=["plenaria", "comite", "taller", "instalacion"]),
                violation_error_message="Las plantillas son de plenaria, comité, taller o instalación.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre

    def clean(self) -> None:
        """Say in the form which line does not fit. Raises ValidationError."""
        super().clean()
        leer_renglones(self.renglones)

    @property
    def puntos(self) -> list[PuntoPrevisto]:
        """Its items, read."""
        return leer_renglones(self.renglones)


class InvitacionConjunta(models.Model):
    """A mesa asks another to meet together. Only its coordination's yes brings the other into the session.

    Joint plenarias exist (Veracruz Norte and Tampico, 7 February 2019). To accept is to let the
    members of both read the agenda and what is agreed, and the host call the roll of both, so
    PostgreSQL keeps `Sesion.mesas` equal to the accepted invitations.
    """

    class Estado(models.TextChoices):
        PROPUESTA = "propuesta", "Sin responder"
        ACEPTADA = "aceptada", "Aceptó"
        RECHAZADA = "rechazada", "No puede"
        RETIRADA = "retirada", "Se retiró"

    sesion = models.ForeignKey(Sesion, models.CASCADE, verbose_name="sesión", related_name="invitaciones")
    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa invitada", related_name="invitaciones")
    estado = models.CharField("respuesta", max_length=10, choices=Estado, default=Estado.PROPUESTA)
    recado = models.CharField("recado", max_length=300, blank=True, db_default="", help_text="Por qué sesionar juntas.")
    respuesta = models.CharField("motivo de la respuesta", max_length=300, blank=True, db_default="")
    propuesta_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién invitó",
        related_name="invitaciones_conjuntas",
        null=True,
        blank=True,
    )
    propuesta_el = models.DateTimeField("propuesta el", default=timezone.now)
    respondida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién respondió",
        related_name="respuestas_conjuntas",
        null=True,
        blank=True,
    )
    respondida_el = models.DateTimeField("respondida el", null=True, blank=True)

    objects = InvitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "invitación a sesionar juntas"
        verbose_name_plural = "invitaciones a sesionar juntas"
        ordering = ["sesion", "mesa"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "mesa"],
                name="comites_invitacion_unica",
                violation_error_message="Esa mesa ya está invitada a esta sesión.",
            ),
            models.CheckConstraint(
                name="comites_invitacion_estado",
                condition=Q(estado__in=["propuesta", "aceptada", "rechazada", "retirada"]),
                violation_error_message="Esa respuesta no existe.",
            ),
        ]
        indexes = [models.Index(fields=["mesa", "estado"], name="comites_invitacion_mesa_estado")]

    def __str__(self) -> str:
        return f"{self.mesa}: {self.get_estado_display()}"

    @property
    def esta_viva(self) -> bool:
        """It waits for an answer or brought the mesa in."""
        return self.estado in {self.Estado.PROPUESTA, self.Estado.ACEPTADA}
