"""What an encuentro decided by vote, and what is known of how it voted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from comites.models import Acuerdo
from comun.modelos import Registro
from comun.texto import SinAcentos
from encuentros.models.encuentros import Encuentro
from encuentros.querysets import VotacionQuerySet
from mesas.models import Mesa


class Votacion(Registro):
    """A vote with its rule said aloud: who could vote, out of how many, on which base.

    A result without them cannot be judged, so when the source is silent the row says that
    too (`NO_CONSTA`). The roll is a number frozen when the vote begins; no total is ever
    typed, all of them are sums of the options.
    """

    class Electorado(models.TextChoices):
        POR_MESA = "por_mesa", "Un voto por mesa"
        POR_COORDINACION = "por_coordinacion", "Un voto por coordinación"
        POR_PERSONA = "por_persona", "Un voto por persona"
        OTRO = "otro", "Otra regla"
        NO_CONSTA = "no_consta", "La fuente no lo dice"

    class Base(models.TextChoices):
        """What a percentage is out of."""

        VALIDOS = "validos", "Votos por alguna opción"
        EMITIDOS = "emitidos", "Votos emitidos, con los nulos"
        PADRON = "padron", "Padrón"

    encuentro = models.ForeignKey(Encuentro, models.CASCADE, verbose_name="encuentro", related_name="votaciones")
    asunto = models.CharField("qué se votó", max_length=200)
    fecha = models.DateField("fecha", null=True, blank=True)
    electorado = models.CharField("quién podía votar", max_length=16, choices=Electorado)
    regla = models.TextField("regla", help_text="Quién podía votar y cómo; si la fuente no lo dice, dilo.")
    padron = models.PositiveIntegerField(
        "padrón", null=True, blank=True, help_text="Cuántos podían votar. Se congela al empezar la votación."
    )
    base = models.CharField("base de los porcentajes", max_length=8, choices=Base, default=Base.VALIDOS)
    nulos = models.PositiveIntegerField("votos nulos", null=True, blank=True, help_text="Vacío si no consta.")
    abstenciones = models.PositiveIntegerField("abstenciones", null=True, blank=True, help_text="Vacío si no consta.")
    acuerdo = models.ForeignKey(
        Acuerdo,
        models.PROTECT,
        verbose_name="acuerdo que la recoge",
        related_name="votaciones",
        null=True,
        blank=True,
    )
    fuente = models.CharField("fuente", max_length=200)

    objects = VotacionQuerySet.as_manager()

    class Meta:
        verbose_name = "votación"
        verbose_name_plural = "votaciones"
        ordering = ["encuentro", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["encuentro", "asunto"],
                name="encuentros_votacion_unica",
                violation_error_message="Ese asunto ya tiene su votación en este encuentro.",
            ),
            models.CheckConstraint(
                name="encuentros_votacion_electorado",
                condition=Q(electorado__in=["por_mesa", "por_coordinacion", "por_persona", "otro", "no_consta"]),
                violation_error_message="Di quién podía votar, o que la fuente no lo dice.",
            ),
            models.CheckConstraint(
                name="encuentros_votacion_base",
                condition=Q(base__in=["validos", "emitidos"]) | Q(base="padron", padron__isnull=False, padron__gt=0),
                violation_error_message="Para dar porcentajes del padrón hace falta el padrón.",
            ),
            models.CheckConstraint(
                name="encuentros_votacion_con_regla",
                condition=~Q(regla=""),
                violation_error_message="Di con qué regla se votó.",
            ),
        ]

    def __str__(self) -> str:
        return self.asunto

    @property
    def votos_validos(self) -> int:
        """Votes for some option. Never typed: the sum of the options."""
        return sum(opcion.votos for opcion in self.opciones.all())

    @property
    def total_de_la_base(self) -> int:
        """The number behind every percentage of this vote."""
        if self.base == self.Base.PADRON:
            return self.padron or 0
        if self.base == self.Base.EMITIDOS:
            return self.votos_validos + (self.nulos or 0)
        return self.votos_validos

    @property
    def ganadoras(self) -> list[OpcionDeVotacion]:
        """The options with most votes; more than one is a tie, none when nobody voted."""
        opciones = list(self.opciones.all())
        tope = max((opcion.votos for opcion in opciones), default=0)
        return [opcion for opcion in opciones if tope and opcion.votos == tope]


class OpcionDeVotacion(models.Model):
    """One of the options of a vote, and how many votes it got."""

    votacion = models.ForeignKey(Votacion, models.CASCADE, verbose_name="votación", related_name="opciones")
    nombre = models.CharField("opción", max_length=120)
    mesa = models.ForeignKey(
        Mesa,
        models.PROTECT,
        verbose_name="mesa",
        related_name="+",
        null=True,
        blank=True,
        help_text="Solo si la fuente deja claro de cuál se trata.",
    )
    votos = models.PositiveIntegerField("votos", default=0)

    class Meta:
        verbose_name = "opción"
        verbose_name_plural = "opciones"
        ordering = ["votacion", "-votos", "nombre"]
        constraints = [
            models.UniqueConstraint(
                "votacion",
                SinAcentos("nombre"),
                name="encuentros_opcion_unica",
                violation_error_message="Esa opción ya está en la votación.",
            ),
            models.UniqueConstraint(
                fields=["votacion", "mesa"],
                name="encuentros_opcion_mesa_unica",
                violation_error_message="Esa mesa ya es una opción de la votación.",
            ),
            models.CheckConstraint(
                name="encuentros_opcion_con_nombre",
                condition=~Q(nombre=""),
                violation_error_message="La opción lleva nombre.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre
