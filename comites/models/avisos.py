"""Which reminders each one wants to receive."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from mesas.models import Persona

_FIRMA = Signer(salt="comites.avisos", sep=".")


class PreferenciaDeAvisos(models.Model):
    """What somebody chose about the reminders of the portal; without a row, everything.

    It belongs to a person of the network or, for whoever answers for an agreement from outside
    and has no account, to an address. Every reminder carries a signed link to it, because who
    cannot stop a mail marks it as unwanted, and then the others do not arrive either.
    """

    persona = models.OneToOneField(
        Persona, models.CASCADE, verbose_name="persona", related_name="avisos", null=True, blank=True
    )
    correo = models.EmailField("correo", blank=True, db_default="", help_text="De quien no está en la Red.")
    quince_dias = models.BooleanField("15 días antes de la fecha", default=True, db_default=True)
    tres_dias = models.BooleanField("3 días antes", default=True, db_default=True)
    el_dia = models.BooleanField("El mismo día", default=True, db_default=True)
    resumen = models.BooleanField("Cada semana, lo que ya pasó de su fecha", default=True, db_default=True)

    OPCIONES = ("quince_dias", "tres_dias", "el_dia", "resumen")

    class Meta:
        verbose_name = "preferencia de avisos"
        verbose_name_plural = "preferencias de avisos"
        constraints = [
            models.CheckConstraint(
                name="comites_avisos_de_alguien",
                condition=Q(persona__isnull=False, correo="") | (Q(persona__isnull=True) & ~Q(correo="")),
                violation_error_message="Los avisos son de una persona o de un correo.",
            ),
            models.CheckConstraint(
                name="comites_avisos_en_minusculas",
                condition=Q(correo=Lower("correo")),
                violation_error_message="El correo electrónico se guarda en minúsculas.",
            ),
            models.UniqueConstraint(
                fields=["correo"],
                condition=~Q(correo=""),
                name="comites_avisos_correo_unico",
                violation_error_message="Ese correo ya tiene sus avisos.",
            ),
        ]

    def __str__(self) -> str:
        return f"Avisos {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is changed without an account: signed, and it says nothing of whose it is."""
        return reverse("avisos_por_correo", args=[_FIRMA.sign(self.pk)])

    @staticmethod
    def pk_firmado(firma: str) -> int | None:
        """The row that a link speaks of, or None if nobody here signed it."""
        try:
            return int(_FIRMA.unsign(firma))
        except (BadSignature, ValueError):
            return None
