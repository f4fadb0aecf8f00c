"""The act by which an assembly makes something public."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from comites.models.acuerdos import Acuerdo
from comites.models.sesiones import PuntoDelOrden, Sesion
from comites.querysets_publicacion import ActoQuerySet, NombreQuerySet
from mesas.models import Persona


class ActoDePublicacion(models.Model):
    """The consent of an assembly to publish one agreement or one session.

    It points at the agenda item in which the assembly consented; without it nothing reaches
    the micrositio (a trigger refuses the level «pública»). It can have an
    end and be revoked at once: `publicas()` reads both, so every channel obeys together.

    Its scope is written in it and never changes: of a session, `puntos` says which items of
    its agenda may be read, and the rest stay as «punto reservado»; of an agreement, `avances`
    says which steps may be read (its result). Whatever is written afterwards is not in them,
    so it is not public until an assembly consents again. `dice` is all of it in plain words, as
    PostgreSQL keeps it to find whom it names.
    """

    punto = models.ForeignKey(
        PuntoDelOrden, models.PROTECT, verbose_name="punto en que se consintió", related_name="actos"
    )
    acuerdo = models.ForeignKey(
        Acuerdo, models.PROTECT, verbose_name="acuerdo", related_name="actos", null=True, blank=True
    )
    sesion = models.ForeignKey(
        Sesion, models.PROTECT, verbose_name="sesión", related_name="actos", null=True, blank=True
    )
    fundamento = models.TextField("cómo consintió la asamblea", help_text="Por consenso, por votación y de cuántos…")
    desde = models.DateField("público desde")
    hasta = models.DateField(
        "público hasta", null=True, blank=True, help_text="Primer día en que ya no. Vacío: sin fin."
    )
    puntos = ArrayField(
        models.BigIntegerField(), verbose_name="puntos que se pueden leer", default=list, db_default=[], blank=True
    )
    avances = ArrayField(
        models.BigIntegerField(), verbose_name="avances que se pueden leer", default=list, db_default=[], blank=True
    )
    palabras = SearchVectorField("palabras de esos puntos", null=True, editable=False)
    dice = models.TextField("lo que deja leer", editable=False, blank=True, default="", db_default="")
    revocado_el = models.DateTimeField("retirado el", null=True, blank=True)
    motivo_de_retiro = models.CharField("motivo del retiro", max_length=200, blank=True)
    registrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="registrado por", null=True, blank=True
    )
    creado = models.DateTimeField("creado", auto_now_add=True)

    objects = ActoQuerySet.as_manager()

    class Meta:
        verbose_name = "acto de publicación"
        verbose_name_plural = "actos de publicación"
        ordering = ["-creado"]
        constraints = [
            models.CheckConstraint(
                name="comites_acto_un_objeto",
                condition=Q(acuerdo__isnull=False, sesion__isnull=True) | Q(acuerdo__isnull=True, sesion__isnull=False),
                violation_error_message="El acto publica un acuerdo o una sesión.",
            ),
            models.CheckConstraint(
                name="comites_acto_con_fundamento",
                condition=~Q(fundamento=""),
                violation_error_message="Di cómo consintió la asamblea.",
            ),
            models.CheckConstraint(
                name="comites_acto_en_orden",
                condition=Q(hasta__isnull=True) | Q(hasta__gt=F("desde")),
                violation_error_message="La publicación termina después de empezar.",
            ),
            models.UniqueConstraint(
                fields=["acuerdo"],
                condition=Q(revocado_el__isnull=True),
                name="comites_un_acto_por_acuerdo",
                violation_error_message="Ese acuerdo ya tiene un acto de publicación vigente.",
            ),
            models.UniqueConstraint(
                fields=["sesion"],
                condition=Q(revocado_el__isnull=True),
                name="comites_un_acto_por_sesion",
                violation_error_message="Esa sesión ya tiene un acto de publicación vigente.",
            ),
        ]

    def __str__(self) -> str:
        return f"Publicación de {self.acuerdo or self.sesion}"

    def vigente_en(self, fecha: dt.date) -> bool:
        """It makes something public on that day."""
        return self.revocado_el is None and self.desde <= fecha and (self.hasta is None or fecha < self.hasta)

    @property
    def alcance(self) -> str:
        """What the assembly consented to publish, in words."""
        if self.sesion_id:
            return "La sesión"
        return "El acuerdo y su resultado" if self.avances else "El acuerdo"


class NombreEnActo(models.Model):
    """Somebody whom a published text names: it may be read while that person lets the name be public.

    Written by PostgreSQL alone (migrations 0016 and 0020), when the text is published and when somebody takes a seat,
    changes name or is hidden. Of a person erased the row stays: the text goes on saying that name.
    """

    acto = models.ForeignKey(ActoDePublicacion, models.CASCADE, verbose_name="acto", related_name="nombra")
    persona = models.ForeignKey(Persona, models.SET_NULL, verbose_name="persona", related_name="+", null=True)

    objects = NombreQuerySet.as_manager()

    class Meta:
        verbose_name = "nombre en lo publicado"
        verbose_name_plural = "nombres en lo publicado"
        constraints = [
            models.UniqueConstraint(fields=["acto", "persona"], name="comites_una_vez_cada_nombre"),
        ]

    def __str__(self) -> str:
        return f"{self.persona} en {self.acto}"


class NombreEnCompartido(models.Model):
    """Somebody whom an agreement shared with the network names: other mesas read it while that person lets them.

    As `NombreEnActo`, and written by PostgreSQL alone too (migration 0020).
    """

    acuerdo = models.ForeignKey(Acuerdo, models.CASCADE, verbose_name="acuerdo", related_name="nombra")
    persona = models.ForeignKey(Persona, models.SET_NULL, verbose_name="persona", related_name="+", null=True)

    objects = NombreQuerySet.as_manager()

    class Meta:
        verbose_name = "nombre en lo compartido"
        verbose_name_plural = "nombres en lo compartido"
        constraints = [
            models.UniqueConstraint(fields=["acuerdo", "persona"], name="comites_una_vez_cada_nombre_compartido"),
        ]

    def __str__(self) -> str:
        return f"{self.persona} en {self.acuerdo}"
