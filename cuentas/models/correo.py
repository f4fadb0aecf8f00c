"""The mail that the portal sends, kept as a row until it has left: nothing is sent from a page."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Correo(models.Model):
    """One message to one address, from the moment that it is due until it has left or cannot.

    `clave` says what it is and for whom («recordatorio:12:2026-11-26:8»): the same is never
    written twice, however many times the same day a command runs. Its text may carry a link
    that opens something, so it is kept only while it is needed: once it has left through a
    real server the row stays as a receipt, without text. In a first run, without a server of
    mail, nothing leaves and messages can be read in the workspace.
    """

    class Estado(models.TextChoices):
        EN_ESPERA = "en_espera", "En espera"
        ENVIADO = "enviado", "Enviado"
        GUARDADO = "guardado", "Guardado, sin enviar"
        FALLIDO = "fallido", "No se pudo enviar"

    clave = models.CharField("clave", max_length=160, unique=True)
    para = models.EmailField("para")
    asunto = models.CharField("asunto", max_length=200)
    texto = models.TextField("texto", blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.EN_ESPERA)
    intentos = models.PositiveSmallIntegerField("intentos", default=0)
    falla = models.CharField("por qué no salió", max_length=120, blank=True)
    creado = models.DateTimeField("creado", auto_now_add=True)
    turno_el = models.DateTimeField("su último turno", auto_now_add=True)
    resuelto_el = models.DateTimeField("salió el", null=True, blank=True)

    class Meta:
        verbose_name = "correo"
        verbose_name_plural = "correos"
        ordering = ["-creado"]
        constraints = [
            models.CheckConstraint(
                name="cuentas_correo_estado",
                condition=Q(estado__in=["en_espera", "enviado", "guardado", "fallido"]),
                violation_error_message="Ese estado no existe.",
            ),
            models.CheckConstraint(
                name="cuentas_correo_enviado_sin_texto",
                condition=~Q(estado="enviado") | Q(texto=""),
                violation_error_message="De lo que ya salió no se guarda el texto.",
            ),
        ]
        indexes = [
            models.Index(fields=["turno_el"], name="cuentas_correo_en_espera", condition=Q(estado="en_espera")),
            models.Index(fields=["-creado"], name="cuentas_correo_guardado", condition=Q(estado="guardado")),
        ]

    def __str__(self) -> str:
        return f"{self.asunto} ({self.get_estado_display().lower()})"


class Adjunto(models.Model):
    """A file that goes with a message: a calendar, a minute. It goes away with the text."""

    correo = models.ForeignKey(Correo, models.CASCADE, verbose_name="correo", related_name="adjuntos")
    nombre = models.CharField("nombre", max_length=120)
    tipo = models.CharField("tipo", max_length=100, help_text="Por ejemplo «text/calendar; method=REQUEST».")
    contenido = models.BinaryField("contenido")

    class Meta:
        verbose_name = "adjunto"
        verbose_name_plural = "adjuntos"

    def __str__(self) -> str:
        return self.nombre
