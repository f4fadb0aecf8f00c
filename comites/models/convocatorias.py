"""The call of a session, the addresses at which a mesa reaches people, and the private calendar of each member."""

from __future__ import annotations

import base64
import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from comites.models.sesiones import Sesion
from comites.querysets_convocatorias import ConvocatoriaQuerySet, DireccionDeCalendarioQuerySet
from comun.modelos import Registro
from mesas.models import Institucion, Mesa, Persona


class Convocatoria(models.Model):
    """The call of a session: its place in the calendars of those who were told, and what they were told.

    `uid` and `secuencia` are those of iCalendar (RFC 5545): a calendar takes a message for the event
    that it knows by the first, and for news if the second grew. A call that was cancelled and is made
    again is another event, because some calendars never bring back one that was cancelled.
    """

    sesion = models.OneToOneField(Sesion, models.CASCADE, verbose_name="sesión", related_name="convocatoria")
    uid = models.UUIDField("identidad en los calendarios", default=uuid.uuid4, unique=True, editable=False)
    secuencia = models.PositiveIntegerField("secuencia", default=0)
    dicho = models.JSONField("lo que se avisó", default=dict)
    dicho_el = models.DateTimeField("avisado el")
    convocada_el = models.DateTimeField("convocada el")
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién convocó", null=True, blank=True
    )
    cancelada_el = models.DateTimeField("cancelada el", null=True, blank=True)
    motivo_de_cancelacion = models.CharField("por qué se canceló", max_length=200, blank=True)

    objects = ConvocatoriaQuerySet.as_manager()

    class Meta:
        verbose_name = "convocatoria"
        verbose_name_plural = "convocatorias"
        constraints = [
            models.CheckConstraint(
                name="comites_convocatoria_cancelada_con_motivo",
                condition=Q(cancelada_el__isnull=True, motivo_de_cancelacion="")
                | (Q(cancelada_el__isnull=False) & ~Q(motivo_de_cancelacion="")),
                violation_error_message="Di por qué se cancela.",
            ),
        ]

    def __str__(self) -> str:
        return f"Convocatoria de {self.sesion}"

    @property
    def esta_vigente(self) -> bool:
        """People are expected."""
        return self.cancelada_el is None

    def clave_para(self, destinatario: str) -> str:
        """What the message of this turn to somebody is called: the same turn never tells anybody twice."""
        return f"convocatoria:{self.uid}:{self.secuencia}:{destinatario}"


class Contacto(Registro):
    """The address at which a mesa reaches somebody without an account, or the office of an institution.

    It belongs to the mesa that wrote it. Whoever has an account is reached at the address of that
    account and at no other: nobody may send another's mail somewhere else.
    """

    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa", related_name="contactos")
    persona = models.ForeignKey(
        Persona, models.CASCADE, verbose_name="persona", related_name="contactos", null=True, blank=True
    )
    institucion = models.ForeignKey(
        Institucion, models.CASCADE, verbose_name="institución", related_name="contactos", null=True, blank=True
    )
    correo = models.EmailField("correo")

    class Meta:
        verbose_name = "contacto"
        verbose_name_plural = "contactos"
        constraints = [
            models.CheckConstraint(
                name="comites_contacto_de_alguien",
                condition=Q(persona__isnull=False, institucion__isnull=True)
                | Q(persona__isnull=True, institucion__isnull=False),
                violation_error_message="Un contacto es de una persona o de una institución.",
            ),
            models.UniqueConstraint(
                fields=["mesa", "persona"],
                name="comites_contacto_una_persona",
                violation_error_message="La mesa ya tiene el correo de esa persona.",
            ),
            models.UniqueConstraint(
                fields=["mesa", "institucion"],
                name="comites_contacto_una_institucion",
                violation_error_message="La mesa ya tiene el correo de esa institución.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.persona or self.institucion)


class DireccionDeCalendario(models.Model):
    """The secret address from which the calendar of one account is read, until it is revoked.

    Whoever has the address reads where and when that person meets: it is a key. The table keeps only
    its fingerprint and a seed, from which, with the key of the portal, its owner sees it again; a
    stolen copy of the database opens no calendar.
    """

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="cuenta", related_name="direcciones_de_calendario"
    )
    semilla = models.CharField("semilla", max_length=40, editable=False)
    huella = models.CharField("huella", max_length=64, unique=True, editable=False)
    creada = models.DateTimeField("creada", auto_now_add=True)
    revocada_el = models.DateTimeField("revocada el", null=True, blank=True)

    objects = DireccionDeCalendarioQuerySet.as_manager()

    class Meta:
        verbose_name = "dirección de calendario"
        verbose_name_plural = "direcciones de calendario"
        constraints = [
            models.UniqueConstraint(
                fields=["usuario"],
                condition=Q(revocada_el__isnull=True),
                name="comites_una_direccion_de_calendario",
                violation_error_message="Esa cuenta ya tiene una dirección de calendario.",
            ),
            models.CheckConstraint(
                name="comites_direccion_con_huella",
                condition=Q(huella__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="De la dirección se guarda su huella, no la dirección.",
            ),
        ]

    def __str__(self) -> str:
        return f"Calendario de {self.usuario}"

    @staticmethod
    def huella_de(clave: str) -> str:
        """What is kept of the secret part of an address."""
        return hashlib.sha256(clave.encode()).hexdigest()

    def derivar_clave(self) -> str:
        """The secret part of the address: 256 bits that only the portal, with its key, can compute."""
        digesto = salted_hmac("comites.calendario", f"{self.usuario_id}:{self.semilla}", algorithm="sha256").digest()
        return base64.urlsafe_b64encode(digesto).decode().rstrip("=")

    @property
    def clave(self) -> str | None:
        """The secret part, to show it to its owner. None if the key of the portal changed since it was given."""
        clave = self.derivar_clave()
        return clave if constant_time_compare(self.huella_de(clave), self.huella) else None
