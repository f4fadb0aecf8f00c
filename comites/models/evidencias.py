"""What shows that something was done: a photograph, a document. Kept in PostgreSQL, read only through the door."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import LessThanOrEqual

from comites.models.acuerdos import Acuerdo, Avance
from comites.models.columnas import motivo_de_reserva, reserva_justificada, revisar_reserva_el
from comites.niveles import Nivel
from comites.querysets_seguimiento import EvidenciaQuerySet

MIB = 1024 * 1024
PESO_DEL_TROZO = MIB
PESO_MAXIMO = 20 * MIB
"""Bytes of one file: a report with photographs fits, a video does not."""


class Evidencia(models.Model):
    """A file that accompanies the progress of an agreement.

    It has a level of its own, and never a broader reading than its agreement: a photograph may
    show the face of somebody at risk. What was uploaded by mistake is withdrawn: the bytes and
    the name go at once, and the row stays to say that there was something and why it went.
    """

    class Tipo(models.TextChoices):
        """What is admitted, told by its bytes and never by its name."""

        PDF = "application/pdf", "PDF"
        WEBP = "image/webp", "Imagen"
        DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Documento de Word"
        XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Hoja de Excel"
        PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation", "Presentación"
        ODT = "application/vnd.oasis.opendocument.text", "Documento de LibreOffice"
        ODS = "application/vnd.oasis.opendocument.spreadsheet", "Hoja de LibreOffice"
        ODP = "application/vnd.oasis.opendocument.presentation", "Presentación de LibreOffice"

    acuerdo = models.ForeignKey(Acuerdo, models.PROTECT, verbose_name="acuerdo", related_name="evidencias")
    avance = models.ForeignKey(
        Avance, models.PROTECT, verbose_name="avance", related_name="evidencias", null=True, blank=True
    )
    nombre = models.CharField("nombre", max_length=120, blank=True)
    tipo = models.CharField("tipo", max_length=80, choices=Tipo)
    bytes = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    nivel = models.CharField("quién puede abrirlo", max_length=10, choices=Nivel, default=Nivel.MESA)
    motivo_de_reserva = motivo_de_reserva()
    revisar_reserva_el = revisar_reserva_el()
    subida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién lo subió",
        null=True,
        blank=True,
        related_name="+",
        help_text="Vacío: llegó por el enlace de quien responde sin cuenta.",
    )
    creada = models.DateTimeField("subido el", auto_now_add=True)
    retirada_el = models.DateTimeField("retirado el", null=True, blank=True)
    retirada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién lo retiró",
        null=True,
        blank=True,
        related_name="+",
    )
    motivo_de_retiro = models.CharField("por qué se retiró", max_length=200, blank=True)

    objects = EvidenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "evidencia"
        verbose_name_plural = "evidencias"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_evidencia_tipo",
                condition=Q(
                    tipo__in=[
                        "application/pdf",
                        "image/webp",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                        "application/vnd.oasis.opendocument.text",
                        "application/vnd.oasis.opendocument.spreadsheet",
                        "application/vnd.oasis.opendocument.presentation",
                    ]
                ),
                violation_error_message="Ese tipo de archivo no se admite.",
            ),
            models.CheckConstraint(
                name="comites_evidencia_nivel",
                condition=Q(nivel__in=["candidata", "red", "mesa", "reservada"]),
                violation_error_message="Un archivo no se publica solo: se publica su acuerdo.",
            ),
            reserva_justificada("comites_evidencia_reserva"),
            models.CheckConstraint(
                name="comites_evidencia_peso",
                condition=Q(bytes__range=(1, PESO_MAXIMO)),
                violation_error_message="Un archivo pesa a lo más 20 MB.",
            ),
            models.CheckConstraint(
                name="comites_evidencia_retirada_sin_nombre",
                condition=Q(retirada_el__isnull=True, motivo_de_retiro="")
                | Q(retirada_el__isnull=False, nombre="") & ~Q(motivo_de_retiro=""),
                violation_error_message="De lo retirado queda el motivo y no el nombre.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre or "Archivo retirado"

    @property
    def peso(self) -> str:
        """Its size in words of people: «340 kB», «2.1 MB»."""
        if self.bytes < MIB:
            return f"{max(1, round(self.bytes / 1000)):,} kB"
        return f"{self.bytes / 1_000_000:.1f} MB"


class TrozoDeEvidencia(models.Model):
    """A piece of a file, of one mebibyte at most: neither writing nor reading holds the whole in memory."""

    evidencia = models.ForeignKey(Evidencia, models.CASCADE, verbose_name="evidencia", related_name="trozos")
    numero = models.PositiveSmallIntegerField("número")
    datos = models.BinaryField("datos")

    class Meta:
        verbose_name = "trozo de evidencia"
        verbose_name_plural = "trozos de evidencia"
        ordering = ["evidencia", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["evidencia", "numero"],
                name="comites_trozo_unico",
                violation_error_message="Ese trozo ya se guardó.",
            ),
            models.CheckConstraint(
                name="comites_trozo_peso",
                condition=LessThanOrEqual(
                    Func(F("datos"), function="octet_length", output_field=IntegerField()), PESO_DEL_TROZO
                ),
                violation_error_message="Un trozo pesa a lo más un mebibyte.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidencia_id}/{self.numero}"
