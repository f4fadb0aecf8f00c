"""A national meeting of the network and the mesas that took part in it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from comites.models import Sesion
from comun.formatos import MESES, fecha_larga
from comun.modelos import Registro
from encuentros.querysets import EncuentroQuerySet, ParticipacionQuerySet
from mesas.models import Mesa


class Encuentro(Registro):
    """One of the numbered national meetings in which the mesas exchange what works and agree.

    What was agreed there lives in `comites`, in the session that this row points at, because
    an agreement is followed up alike wherever it was born. An encuentro is born private, and
    the public pages show it only once it has ended: place and time of a future meeting are
    never public.
    """

    numero = models.PositiveSmallIntegerField("número", unique=True, help_text="Lugar en la serie: 3 para el 3er.")
    nombre = models.CharField("nombre completo", max_length=160)
    nombre_corto = models.CharField("nombre corto", max_length=40, help_text="Por ejemplo «3er Encuentro».")
    inicio = models.DateField("primer día")
    fin = models.DateField("último día")
    lugar = models.CharField("lugar", max_length=120)
    anfitriona = models.ForeignKey(
        Mesa, models.PROTECT, verbose_name="mesa anfitriona", related_name="encuentros_en_casa", null=True, blank=True
    )
    proposito = models.TextField("propósito", blank=True)
    sesion = models.OneToOneField(
        Sesion,
        models.PROTECT,
        verbose_name="sesión con sus acuerdos",
        related_name="encuentro",
        limit_choices_to={"tipo": Sesion.Tipo.ENCUENTRO},
        null=True,
        blank=True,
    )
    publico = models.BooleanField(
        "visible en el micrositio", default=False, help_text="Aun así no se muestra hasta que haya terminado."
    )
    fuente = models.CharField("fuente", max_length=200, blank=True)

    objects = EncuentroQuerySet.as_manager()

    class Meta:
        verbose_name = "encuentro"
        verbose_name_plural = "encuentros"
        ordering = ["-numero"]
        constraints = [
            models.CheckConstraint(
                name="encuentros_encuentro_numero",
                condition=Q(numero__gte=1),
                violation_error_message="La serie de encuentros empieza en 1.",
            ),
            models.CheckConstraint(
                name="encuentros_encuentro_en_orden",
                condition=Q(inicio__lte=F("fin")),
                violation_error_message="El último día no puede ser anterior al primero.",
            ),
            models.CheckConstraint(
                name="encuentros_publico_con_fuente",
                condition=Q(publico=False) | ~Q(fuente=""),
                violation_error_message="Para publicar un encuentro di de dónde sale lo que cuenta.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre_corto

    def get_absolute_url(self) -> str:
        return reverse("encuentro", args=[self.numero])

    @property
    def cuando(self) -> str:
        """Its days as people say them: «21 y 22 de noviembre de 2018»."""
        primero, ultimo = self.inicio, self.fin
        if primero == ultimo:
            return fecha_larga(primero)
        enlace = "y" if (ultimo - primero).days == 1 else "a"
        if primero.year != ultimo.year:
            return f"{fecha_larga(primero)} {enlace} {fecha_larga(ultimo)}"
        if primero.month != ultimo.month:
            return f"{primero.day} de {MESES[primero.month - 1]} {enlace} {fecha_larga(ultimo)}"
        return f"{primero.day} {enlace} {fecha_larga(ultimo)}"


class ParticipacionDeMesa(models.Model):
    """What is known of one mesa in one encuentro.

    Being invited, registering and attending are three facts, each of them yes, no or «no
    consta»: reports tend to give one and stay silent on the others.
    """

    encuentro = models.ForeignKey(Encuentro, models.CASCADE, verbose_name="encuentro", related_name="participaciones")
    mesa = models.ForeignKey(Mesa, models.PROTECT, verbose_name="mesa", related_name="participaciones")
    invitada = models.BooleanField("invitada", null=True, blank=True)
    registrada = models.BooleanField("registrada", null=True, blank=True)
    asistio = models.BooleanField("asistió", null=True, blank=True)
    orden = models.PositiveSmallIntegerField("lugar en la lista de la fuente", null=True, blank=True)
    nota = models.TextField("nota pública", blank=True)

    objects = ParticipacionQuerySet.as_manager()

    class Meta:
        verbose_name = "participación de una mesa"
        verbose_name_plural = "participación de las mesas"
        ordering = ["encuentro", "orden", "mesa"]
        constraints = [
            models.UniqueConstraint(
                fields=["encuentro", "mesa"],
                name="encuentros_participacion_unica",
                violation_error_message="Esa mesa ya está en la lista de este encuentro.",
            ),
            models.UniqueConstraint(
                fields=["encuentro", "orden"],
                name="encuentros_participacion_orden_unico",
                violation_error_message="Ya hay una mesa en ese lugar de la lista.",
            ),
            models.CheckConstraint(
                name="encuentros_participacion_dice_algo",
                # Unknown or unknown is unknown, which PostgreSQL lets through: hence «is not null».
                condition=Q(invitada__isnull=False, invitada=True)
                | Q(registrada__isnull=False, registrada=True)
                | Q(asistio__isnull=False, asistio=True),
                violation_error_message="Di si la mesa fue invitada, se registró o asistió.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mesa} en el {self.encuentro}"
