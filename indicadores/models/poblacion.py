"""Who lives where: the denominators of every rate."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from indicadores.querysets import PoblacionQuerySet


class EdicionDePoblacion(models.Model):
    """One published set of population figures (CONAPO 1990–2040).

    Editions disagree (Colima 2018 is 759 686 in one and 736 743 in the next), so several live
    side by side, one is the current one, and every rate names its own.
    """

    nombre = models.CharField("nombre", max_length=60, unique=True, help_text="Como se cita: «CONAPO 1990-2040».")
    fuente = models.CharField("fuente", max_length=200)
    nota = models.TextField("nota", blank=True)
    archivo = models.CharField("archivo de origen", max_length=200)
    sha256 = models.CharField("huella del archivo (SHA-256)", max_length=64)
    extracto = models.CharField("huella del extracto", max_length=64, blank=True)
    vigente = models.BooleanField("vigente", default=False, help_text="La que usan las tasas del portal.")
    filas = models.PositiveIntegerField("filas del archivo", default=0)
    avisos = models.JSONField("avisos", default=list, blank=True)
    cargada = models.DateTimeField("cargada", default=timezone.now)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién la cargó",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "edición de población"
        verbose_name_plural = "ediciones de población"
        ordering = ["-vigente", "nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["vigente"],
                condition=Q(vigente=True),
                name="indicadores_una_edicion_vigente",
                violation_error_message="Ya hay otra edición vigente.",
            ),
            models.CheckConstraint(
                name="indicadores_edicion_sha256",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="La huella son 64 dígitos hexadecimales.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre


class Poblacion(models.Model):
    """Inhabitants of a municipality («28038») or an entidad («28») at the middle of a year.

    The row of an entidad is the sum of its municipalities in the same edition. Three new
    municipalities have no row: no population, no rate. PostgreSQL checks that the territory
    exists (migration 0002) without a foreign key per row, so that a whole edition enters at
    the speed of COPY.
    """

    pk = models.CompositePrimaryKey("edicion_id", "territorio", "anio")
    edicion = models.ForeignKey(EdicionDePoblacion, models.CASCADE, verbose_name="edición", related_name="cifras")
    territorio = models.CharField("territorio", max_length=5, help_text="Clave INEGI de dos o cinco dígitos.")
    anio = models.PositiveSmallIntegerField("año")
    habitantes = models.PositiveIntegerField("habitantes")

    objects = PoblacionQuerySet.as_manager()

    class Meta:
        verbose_name = "población"
        verbose_name_plural = "población"
        constraints = [
            models.CheckConstraint(
                name="indicadores_poblacion_territorio",
                condition=Q(territorio__regex=r"^[0-9]{2}([0-9]{3})?$"),
                violation_error_message="El territorio es una clave de dos o cinco dígitos.",
            ),
            models.CheckConstraint(
                name="indicadores_poblacion_positiva",
                condition=Q(habitantes__gt=0),
                violation_error_message="Sin habitantes no hay tasa: no se registra.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territorio}, {self.anio}: {self.habitantes:,}"
