"""Links with which an authority without account reports on one agreement, and what happened with each."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comites.models.acuerdos import Acuerdo, Avance
from comites.querysets_seguimiento import EnlaceQuerySet
from comun.modelos import esta_en_vigor
from mesas.models import Institucion, Integrante


class EnlaceParaReportar(models.Model):
    """Permission for whoever holds an address to report once on one agreement, until a date.

    The address carries 32 random bytes of which only the digest is kept: whoever reads this table
    opens nothing. Asking an office for an account so that it says «ya está» gets silence; this gets an
    answer (`DISENO.md` §3).
    """

    class Situacion(models.TextChoices):
        ABIERTO = "abierto", "Sirve todavía"
        USADO = "usado", "Ya se usó"
        REVOCADO = "revocado", "Revocado"
        CADUCADO = "caducado", "Caducó"

    acuerdo = models.ForeignKey(Acuerdo, models.PROTECT, verbose_name="acuerdo", related_name="enlaces")
    resumen = models.CharField("resumen del enlace", max_length=64, unique=True, editable=False)
    para = models.EmailField("correo al que se envió")
    institucion = models.ForeignKey(
        Institucion, models.PROTECT, verbose_name="institución", related_name="+", null=True, blank=True
    )
    asiento = models.ForeignKey(
        Integrante, models.PROTECT, verbose_name="integrante", related_name="+", null=True, blank=True
    )
    creado = models.DateTimeField("creado", auto_now_add=True)
    creado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién lo envió",
        null=True,
        blank=True,
        related_name="+",
    )
    vence = models.DateTimeField("sirve hasta")
    usado_el = models.DateTimeField("usado el", null=True, blank=True)
    avance = models.OneToOneField(
        Avance, models.PROTECT, verbose_name="avance que reportó", related_name="enlace", null=True, blank=True
    )
    revocado_el = models.DateTimeField("revocado el", null=True, blank=True)
    revocado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién lo revocó",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = EnlaceQuerySet.as_manager()

    class Meta:
        verbose_name = "enlace para reportar"
        verbose_name_plural = "enlaces para reportar"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_enlace_usado_con_avance",
                condition=Q(usado_el__isnull=True, avance__isnull=True)
                | Q(usado_el__isnull=False, avance__isnull=False, revocado_el__isnull=True),
                violation_error_message="Un enlace se usa una vez, para un avance, y ya usado no se revoca.",
            ),
            models.CheckConstraint(
                name="comites_enlace_en_orden",
                condition=Q(vence__gt=F("creado")) & (Q(usado_el__isnull=True) | Q(usado_el__lte=F("vence"))),
                violation_error_message="Un enlace se usa antes de que caduque.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acuerdo_id}: {self.get_situacion_display()}"

    def situacion_en(self, momento: dt.datetime) -> str:
        """One of `Situacion` at that moment, with what came to pass since it was sent."""
        if self.usado_el:
            return self.Situacion.USADO
        if self.revocado_el or self._ya_no_le_toca(timezone.localdate(momento)):
            return self.Situacion.REVOCADO
        termino = self.vence <= momento or not self.acuerdo.esta_abierto
        return self.Situacion.CADUCADO if termino else self.Situacion.ABIERTO

    def _ya_no_le_toca(self, fecha: dt.date) -> bool:
        """The seat of whoever received it ended, or its agreement was reserved and nobody decided to send it:
        the links that remind are opened by themselves (`operaciones_enlaces.abrir_enlaces`)."""
        if self.asiento and not esta_en_vigor(self.asiento, fecha):
            return True
        return self.creado_por_id is None and self.acuerdo.es_reservado

    @property
    def situacion(self) -> str:
        """How it is now."""
        return self.situacion_en(timezone.now())

    def get_situacion_display(self) -> str:
        """How it is now, in words."""
        return self.Situacion(self.situacion).label


class VisitaDeEnlace(models.Model):
    """Somebody opened a link or reported through it: when, and what came of it. Never from where."""

    class Resultado(models.TextChoices):
        ABIERTO = "abierto", "Se abrió"
        INCOMPLETO = "incompleto", "Envió algo por corregir"
        REPORTADO = "reportado", "Reportó"
        USADO = "usado", "Se abrió ya usado"
        REVOCADO = "revocado", "Se abrió ya revocado"
        CADUCADO = "caducado", "Se abrió ya caducado"

    enlace = models.ForeignKey(EnlaceParaReportar, models.CASCADE, verbose_name="enlace", related_name="visitas")
    momento = models.DateTimeField("momento", auto_now_add=True)
    resultado = models.CharField("resultado", max_length=10, choices=Resultado)

    class Meta:
        verbose_name = "visita de un enlace"
        verbose_name_plural = "visitas de enlaces"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_visita_resultado",
                condition=Q(resultado__in=["abierto", "incompleto", "reportado", "usado", "revocado", "caducado"]),
                violation_error_message="Ese resultado no existe.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_resultado_display()} {self.momento:%Y-%m-%d %H:%M}"
