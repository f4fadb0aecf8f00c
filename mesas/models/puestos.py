"""Posts of the network and who holds them, for how long. Rights in the portal come from here."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from comun.modelos import Vigencia, sin_traslape, vigencia_en_orden
from mesas.models.personas import Integrante, Persona
from mesas.models.red import Mesa
from mesas.models.territorio import Entidad
from mesas.querysets import CargoQuerySet


class Region(models.Model):
    """A group of mesas with a regional coordinator."""

    nombre = models.CharField("nombre", max_length=80, unique=True)
    mesas = models.ManyToManyField(Mesa, verbose_name="mesas", related_name="regiones", blank=True)

    class Meta:
        verbose_name = "región"
        verbose_name_plural = "regiones"
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class Puesto(models.Model):
    """A post that exists even while vacant: the coordination of a mesa, of a comité, of a state…

    Its scope (mesa, entidad, región or the whole network) says what its holder may see.
    """

    class Tipo(models.TextChoices):
        COORDINACION_MESA = "coordinacion_mesa", "Coordinación de la mesa"
        SECRETARIA_TECNICA = "secretaria_tecnica", "Secretaría técnica"
        COORDINACION_COMITE = "coordinacion_comite", "Coordinación de comité"
        COORDINACION_ESTATAL = "coordinacion_estatal", "Coordinación estatal"
        COORDINACION_REGIONAL = "coordinacion_regional", "Coordinación regional"
        COMISION_EJECUTIVA = "comision_ejecutiva", "Comisión ejecutiva de la Red"

    COORDINACIONES = (
        Tipo.COORDINACION_MESA,
        Tipo.COORDINACION_COMITE,
        Tipo.COORDINACION_ESTATAL,
        Tipo.COORDINACION_REGIONAL,
    )
    """Posts that nobody with public office may hold (agreement of the 3er Encuentro)."""

    ESCRIBEN_EN_LA_MESA = (Tipo.COORDINACION_MESA, Tipo.SECRETARIA_TECNICA)

    tipo = models.CharField("tipo", max_length=24, choices=Tipo)
    nombre = models.CharField("nombre", max_length=120, blank=True, help_text="Como lo llaman ahí, si es distinto.")
    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa", related_name="puestos", null=True, blank=True)
    entidad = models.ForeignKey(Entidad, models.PROTECT, verbose_name="entidad", null=True, blank=True)
    region = models.ForeignKey(Region, models.CASCADE, verbose_name="región", null=True, blank=True)

    class Meta:
        verbose_name = "puesto"
        verbose_name_plural = "puestos"
        ordering = ["mesa", "tipo", "nombre"]
        constraints = [
            models.CheckConstraint(
                name="mesas_puesto_ambito",
                condition=(
                    Q(
                        tipo__in=["coordinacion_mesa", "secretaria_tecnica", "coordinacion_comite"],
                        mesa__isnull=False,
                        entidad__isnull=True,
                        region__isnull=True,
                    )
                    | Q(
                        tipo="coordinacion_estatal",
                        mesa__isnull=True,
                        entidad__isnull=False,
                        region__isnull=True,
                    )
                    | Q(
                        tipo="coordinacion_regional",
                        mesa__isnull=True,
                        entidad__isnull=True,
                        region__isnull=False,
                    )
                    | Q(tipo="comision_ejecutiva", mesa__isnull=True, entidad__isnull=True, region__isnull=True)
                ),
                violation_error_message="El puesto es de una mesa, de una entidad, de una región o de la Red.",
            ),
            models.UniqueConstraint(
                fields=["tipo", "mesa"],
                condition=Q(tipo__in=["coordinacion_mesa", "secretaria_tecnica"]),
                name="mesas_puesto_unico_por_mesa",
                violation_error_message="La mesa ya tiene ese puesto.",
            ),
            models.UniqueConstraint(
                fields=["entidad"],
                condition=Q(tipo="coordinacion_estatal"),
                name="mesas_puesto_unico_por_entidad",
                violation_error_message="La entidad ya tiene una coordinación estatal.",
            ),
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(tipo="coordinacion_regional"),
                name="mesas_puesto_unico_por_region",
                violation_error_message="La región ya tiene su coordinación.",
            ),
        ]

    def __str__(self) -> str:
        ambito = self.mesa or self.entidad or self.region or "la Red"
        return f"{self.nombre or self.get_tipo_display()} · {ambito}"


class Cargo(Vigencia):
    """A person in a post, from a day until another: the dated source of every right in the portal.

    PostgreSQL keeps two holders from overlapping, and keeps anybody with public office from
    coordinating on any day of that office (trigger).
    """

    puesto = models.ForeignKey(Puesto, models.PROTECT, verbose_name="puesto", related_name="cargos")
    persona = models.ForeignKey(Persona, models.PROTECT, verbose_name="persona", related_name="cargos")
    fuente = models.CharField(
        "cómo consta", max_length=200, blank=True, help_text="Por ejemplo, la sesión que lo eligió."
    )

    objects = CargoQuerySet.as_manager()

    class Meta:
        verbose_name = "cargo"
        verbose_name_plural = "cargos"
        ordering = ["puesto", "-desde"]
        constraints = [
            sin_traslape(
                "puesto",
                nombre="mesas_un_titular_a_la_vez",
                mensaje="Ese puesto ya tiene titular en alguna de esas fechas.",
            ),
            vigencia_en_orden("mesas_cargo_en_orden"),
        ]

    def __str__(self) -> str:
        return f"{self.persona}, {self.puesto}"

    def clean(self) -> None:
        """Say in the form what the trigger would otherwise refuse without a field to point at."""
        super().clean()
        if not self.puesto_id or not self.persona_id or self.puesto.tipo not in Puesto.COORDINACIONES:
            return
        if Integrante.objects.con_cargo_publico().de_persona(self.persona_id).traslapa(self.desde, self.hasta).exists():
            raise ValidationError({"persona": "Tiene cargo público en esas fechas, y quien coordina no puede tenerlo."})
