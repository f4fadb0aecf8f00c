"""The organs of a mesa: its comités. The plenaria needs no row: it is the mesa itself."""

from __future__ import annotations

from django.db import models

from comites.querysets import ComiteQuerySet
from comun.modelos import Vigencia, sin_traslape, vigencia_en_orden
from mesas.models import Mesa, Puesto


class TipoDeComite(models.Model):
    """A theme that comités of several mesas share (homicidio, extorsión, prevención…).

    No national list is closed: a mesa chooses and gives its local name.
    """

    nombre = models.CharField("nombre", max_length=80, unique=True)
    descripcion = models.TextField("descripción", blank=True)

    class Meta:
        verbose_name = "tipo de comité"
        verbose_name_plural = "tipos de comité"
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre


class Comite(Vigencia):
    """A working group of a mesa on one theme. Some mesas call it «comisión».

    Comités are independent of one another and each is coordinated by a member without
    public office (general agreement of the 3er Encuentro): its `coordinacion` is a post of
    `mesas`, so the database holds that rule for it too.
    """

    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa", related_name="comites")
    tipo = models.ForeignKey(TipoDeComite, models.PROTECT, verbose_name="tipo")
    nombre = models.CharField("nombre local", max_length=120)
    coordinacion = models.OneToOneField(
        Puesto,
        models.PROTECT,
        verbose_name="su coordinación",
        related_name="comite",
        limit_choices_to={"tipo": Puesto.Tipo.COORDINACION_COMITE},
    )

    objects = ComiteQuerySet.as_manager()

    class Meta:
        verbose_name = "comité"
        verbose_name_plural = "comités"
        ordering = ["mesa", "nombre"]
        constraints = [
            sin_traslape(
                "mesa",
                "nombre",
                nombre="comites_nombre_sin_traslape",
                mensaje="La mesa ya tiene un comité con ese nombre en alguna de esas fechas.",
            ),
            vigencia_en_orden("comites_comite_en_orden"),
        ]

    def __str__(self) -> str:
        return self.nombre
