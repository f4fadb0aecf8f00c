"""What an agreement aims to move: a crime, in a place, in a direction, from some months on."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from comites.models import Acuerdo, Sesion
from indicadores.models.taxonomia import Delito
from indicadores.querysets_objetivos import ObjetivoQuerySet
from mesas.models import Entidad, Mesa, Municipio


class Objetivo(models.Model):
    """The intention, declared by whoever records an agreement, that a rate should move with it.

    It is no part of the minute: it says how the mesa means to look at the figures, not what
    it agreed. For the same reason it is never rewritten: whoever changes their mind withdraws
    it, with a reason, and declares another, so that nobody picks the crime that fell once the
    figures are known without it showing (triggers of its migration). The crime is named by its
    address, which both counting instruments share. No place is that of the agreement's own mesa.
    """

    class Direccion(models.TextChoices):
        """Rising reports may be what is sought: trust, not crime."""

        BAJA = "baja", "Que baje"
        SUBE = "sube", "Que suba la denuncia"

    MAXIMO = 3
    """Per agreement: with enough crimes to choose from, some always falls."""

    REZAGO_MAXIMO = 36

    acuerdo = models.ForeignKey(Acuerdo, models.CASCADE, verbose_name="acuerdo", related_name="objetivos")
    delito = models.SlugField("delito", max_length=120, help_text="La dirección de su nombre oficial.")
    nacional = models.BooleanField("todo el país", default=False)
    mesa = models.ForeignKey(
        Mesa, models.PROTECT, verbose_name="territorio de otra mesa", related_name="+", null=True, blank=True
    )
    entidad = models.ForeignKey(
        Entidad, models.PROTECT, verbose_name="entidad", related_name="+", null=True, blank=True
    )
    municipio = models.ForeignKey(
        Municipio, models.PROTECT, verbose_name="municipio", related_name="+", null=True, blank=True
    )
    direccion = models.CharField("qué se busca", max_length=4, choices=Direccion)
    rezago_meses = models.PositiveSmallIntegerField(
        "meses hasta que se note", default=0, help_text="Desde la fecha del acuerdo: de 0 a 36."
    )
    declarado = models.DateTimeField("declarado", auto_now_add=True)
    declarado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="declarado por",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    retirado = models.DateTimeField("retirado", null=True, blank=True, editable=False)
    retirado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="retirado por",
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    motivo_de_retiro = models.CharField("motivo del retiro", max_length=200, blank=True, editable=False)

    objects = ObjetivoQuerySet.as_manager()

    class Meta:
        verbose_name = "objetivo de un acuerdo"
        verbose_name_plural = "objetivos de los acuerdos"
        ordering = ["declarado", "pk"]
        constraints = [
            models.CheckConstraint(
                name="indicadores_objetivo_direccion",
                condition=Q(direccion__in=["baja", "sube"]),
                violation_error_message="Di si se busca que baje o que suba la denuncia.",
            ),
            models.CheckConstraint(
                name="indicadores_objetivo_rezago",
                condition=Q(rezago_meses__range=(0, 36)),
                violation_error_message="El efecto se espera entre 0 y 36 meses después del acuerdo.",
            ),
            models.CheckConstraint(
                name="indicadores_objetivo_un_lugar",
                condition=Q(nacional=True, mesa__isnull=True, entidad__isnull=True, municipio__isnull=True)
                | Q(nacional=False, mesa__isnull=True, entidad__isnull=True)
                | Q(nacional=False, mesa__isnull=True, municipio__isnull=True)
                | Q(nacional=False, entidad__isnull=True, municipio__isnull=True),
                violation_error_message="Un objetivo mira un solo territorio.",
            ),
            models.CheckConstraint(
                name="indicadores_objetivo_retiro",
                condition=Q(retirado__isnull=True, motivo_de_retiro="", retirado_por__isnull=True)
                | Q(retirado__isnull=False, retirado__gte=F("declarado")) & ~Q(motivo_de_retiro=""),
                violation_error_message="Quien retira un objetivo dice por qué.",
            ),
            models.UniqueConstraint(
                fields=["acuerdo", "delito", "nacional", "mesa", "entidad", "municipio"],
                condition=Q(retirado__isnull=True),
                name="indicadores_objetivo_unico",
                nulls_distinct=False,
                violation_error_message="Ese acuerdo ya mira ese delito en ese territorio.",
            ),
        ]
        indexes = [
            models.Index(fields=["delito"], condition=Q(retirado__isnull=True), name="indicadores_objetivo_delito"),
        ]

    def __str__(self) -> str:
        return f"{self.acuerdo}: {self.delito}, {self.get_direccion_display().lower()}"

    @property
    def es_de_su_mesa(self) -> bool:
        """It looks at the territory of the mesa that made the agreement."""
        return not (self.nacional or self.mesa_id or self.entidad_id or self.municipio_id)

    def clean(self) -> None:
        """Say where it is typed what the triggers would refuse."""
        super().clean()
        if self.delito and not Delito.objects.filter(slug=self.delito, nivel__lt=Delito.Nivel.MODALIDAD).exists():
            raise ValidationError({"delito": "Ese delito no está en los catálogos oficiales cargados."})
        if self.municipio_id and self.municipio.pseudo:
            raise ValidationError({"municipio": "Ese código no es de un municipio: no tiene población ni tasa."})
        if not self.acuerdo_id:
            return
        if self.mesa_id == self.acuerdo.sesion.mesa_id:
            self.mesa = None  # its own is said by saying none, or it could be said twice
        if self.acuerdo.sesion.tipo == Sesion.Tipo.ENCUENTRO and self.es_de_su_mesa:
            raise ValidationError("Un acuerdo de encuentro obliga a toda la Red: di en qué territorio.")
        vigentes = Objetivo.objects.vigentes().filter(acuerdo=self.acuerdo_id).exclude(pk=self.pk)
        if self.retirado is None and vigentes.count() >= self.MAXIMO:
            raise ValidationError(f"Un acuerdo mira a lo más {self.MAXIMO} delitos: retira antes uno.")
