"""What was said of an encuentro: figures, press and reach, documents, and what does not add up."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from encuentros.models.encuentros import Encuentro
from encuentros.querysets import DeEncuentroQuerySet


class CifraDeclarada(models.Model):
    """A figure that a source gives and the records cannot prove, with the source's own wording.

    «Más de 150» is kept as 150 and as those words. Two sources may disagree on the same
    thing: each keeps its row, and the page shows both beside what can be counted.
    """

    class Concepto(models.TextChoices):
        MESAS_INVITADAS = "mesas_invitadas", "mesas invitadas"
        AUTORIDADES_INVITADAS = "autoridades_invitadas", "personas con cargo público invitadas"
        MESAS_ASISTENTES = "mesas_asistentes", "mesas asistentes"
        PERSONAS_ASISTENTES = "personas_asistentes", "personas asistentes"
        ENTIDADES_ASISTENTES = "entidades_asistentes", "entidades asistentes"
        MESAS_DE_LA_RED = "mesas_de_la_red", "mesas en la Red"
        ENTIDADES_DE_LA_RED = "entidades_de_la_red", "entidades con mesas"
        PERSONAS_DE_LA_RED = "personas_de_la_red", "personas en las mesas"

    INVITACIONES = (Concepto.MESAS_INVITADAS, Concepto.AUTORIDADES_INVITADAS)

    encuentro = models.ForeignKey(Encuentro, models.CASCADE, verbose_name="encuentro", related_name="cifras")
    concepto = models.CharField("qué cuenta", max_length=24, choices=Concepto)
    numero = models.PositiveIntegerField("número")
    como_lo_dice = models.CharField(
        "como lo dice la fuente", max_length=60, blank=True, help_text="Por ejemplo «más de 150». Vacío si es exacto."
    )
    fecha = models.DateField("cuándo se dijo", null=True, blank=True)
    fuente = models.CharField("fuente", max_length=200)
    orden = models.PositiveSmallIntegerField("orden", default=0)

    objects = DeEncuentroQuerySet.as_manager()

    class Meta:
        verbose_name = "cifra declarada"
        verbose_name_plural = "cifras declaradas"
        ordering = ["encuentro", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["encuentro", "concepto", "fuente"],
                name="encuentros_cifra_unica",
                violation_error_message="Esa fuente ya dio su cifra de eso.",
            ),
            models.CheckConstraint(
                name="encuentros_cifra_concepto",
                condition=Q(
                    concepto__in=[
                        "mesas_invitadas",
                        "autoridades_invitadas",
                        "mesas_asistentes",
                        "personas_asistentes",
                        "entidades_asistentes",
                        "mesas_de_la_red",
                        "entidades_de_la_red",
                        "personas_de_la_red",
                    ]
                ),
                violation_error_message="Di qué cuenta la cifra.",
            ),
            models.CheckConstraint(
                name="encuentros_cifra_con_fuente",
                condition=~Q(fuente=""),
                violation_error_message="Toda cifra lleva su fuente.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.en_palabras} {self.get_concepto_display()}"

    @property
    def en_palabras(self) -> str | int:
        """As the source says it; the bare number when it is exact."""
        return self.como_lo_dice or self.numero


class Difusion(models.Model):
    """How the country heard of an encuentro: press, broadcast, press release, certificates sent.

    Unlike the mesas, the press and the public are counted by whoever organised it, so each
    row is what the source says. `de_ellos` is a part of `cantidad` («35 medios, 15 nacionales»).
    """

    class Tipo(models.TextChoices):
        MEDIOS = "medios", "Medios de comunicación"
        TRANSMISION = "transmision", "Transmisión en línea"
        COMUNICADO = "comunicado", "Comunicado de prensa"
        SISTEMATIZACION = "sistematizacion", "Sistematización de propuestas"
        CONSTANCIAS = "constancias", "Constancias de participación"
        OTRA = "otra", "Otra"

    encuentro = models.ForeignKey(Encuentro, models.CASCADE, verbose_name="encuentro", related_name="difusiones")
    tipo = models.CharField("tipo", max_length=16, choices=Tipo)
    descripcion = models.CharField("qué se hizo", max_length=200)
    cantidad = models.PositiveIntegerField("cantidad", null=True, blank=True)
    unidad = models.CharField("unidad", max_length=60, blank=True)
    de_ellos = models.PositiveIntegerField("de ellos", null=True, blank=True)
    unidad_de_ellos = models.CharField("cuáles", max_length=60, blank=True)
    url = models.URLField("dirección", blank=True)
    orden = models.PositiveSmallIntegerField("orden", default=0)
    fuente = models.CharField("fuente", max_length=200)

    objects = DeEncuentroQuerySet.as_manager()

    class Meta:
        verbose_name = "difusión"
        verbose_name_plural = "difusión"
        ordering = ["encuentro", "orden", "pk"]
        constraints = [
            models.CheckConstraint(
                name="encuentros_difusion_tipo",
                condition=Q(tipo__in=["medios", "transmision", "comunicado", "sistematizacion", "constancias", "otra"]),
                violation_error_message="Ese tipo de difusión no existe.",
            ),
            models.CheckConstraint(
                name="encuentros_difusion_con_unidad",
                condition=Q(cantidad__isnull=True) | ~Q(unidad=""),
                violation_error_message="La cantidad lleva su unidad.",
            ),
            models.CheckConstraint(
                name="encuentros_difusion_parte",
                condition=Q(de_ellos__isnull=True)
                | (Q(cantidad__isnull=False, de_ellos__lte=F("cantidad")) & ~Q(unidad_de_ellos="")),
                violation_error_message="La parte no puede ser mayor que el total, y dice de qué es.",
            ),
            models.CheckConstraint(
                name="encuentros_difusion_url",
                condition=Q(url="") | Q(url__regex=r"^https?://"),
                violation_error_message="La dirección empieza con https://",
            ),
        ]

    def __str__(self) -> str:
        return self.descripcion


class Documento(models.Model):
    """A paper that the encuentro left. Without an address: it exists and is not in line here."""

    class Tipo(models.TextChoices):
        INFORME = "informe", "Informe"
        ACUERDO_GENERAL = "acuerdo_general", "Acuerdo general"
        SISTEMATIZACION = "sistematizacion", "Sistematización"
        COMUNICADO = "comunicado", "Comunicado"
        OTRO = "otro", "Otro"

    encuentro = models.ForeignKey(Encuentro, models.CASCADE, verbose_name="encuentro", related_name="documentos")
    tipo = models.CharField("tipo", max_length=16, choices=Tipo)
    titulo = models.CharField("título", max_length=160)
    descripcion = models.CharField("qué contiene", max_length=240, blank=True)
    fecha = models.DateField("fecha", null=True, blank=True)
    url = models.URLField("dirección", blank=True)
    orden = models.PositiveSmallIntegerField("orden", default=0)
    fuente = models.CharField("fuente", max_length=200)

    objects = DeEncuentroQuerySet.as_manager()

    class Meta:
        verbose_name = "documento"
        verbose_name_plural = "documentos"
        ordering = ["encuentro", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["encuentro", "titulo"],
                name="encuentros_documento_unico",
                violation_error_message="Ese documento ya está en la lista.",
            ),
            models.CheckConstraint(
                name="encuentros_documento_tipo",
                condition=Q(tipo__in=["informe", "acuerdo_general", "sistematizacion", "comunicado", "otro"]),
                violation_error_message="Ese tipo de documento no existe.",
            ),
            models.CheckConstraint(
                name="encuentros_documento_url",
                condition=Q(url="") | Q(url__regex=r"^https?://"),
                violation_error_message="La dirección empieza con https://",
            ),
        ]

    def __str__(self) -> str:
        return self.titulo


class Nota(models.Model):
    """Something in the sources that does not add up, shown to the reader instead of mended.

    The portal does not choose between two versions: it says both, and whom to ask.
    """

    class Tema(models.TextChoices):
        """Section of the page beside which the note is announced."""

        ASISTENCIA = "asistencia", "Quién vino"
        PROPUESTAS = "propuestas", "Propuestas"
        ACUERDOS = "acuerdos", "Acuerdos"
        VOTACION = "votacion", "Votación"
        RED = "red", "La Red"

    encuentro = models.ForeignKey(Encuentro, models.CASCADE, verbose_name="encuentro", related_name="notas")
    tema = models.CharField("sobre", max_length=12, choices=Tema)
    titulo = models.CharField("título", max_length=120)
    texto = models.TextField("qué no cuadra")
    fuente = models.CharField("fuente", max_length=240)
    orden = models.PositiveSmallIntegerField("orden", default=0)

    objects = DeEncuentroQuerySet.as_manager()

    class Meta:
        verbose_name = "nota"
        verbose_name_plural = "notas"
        ordering = ["encuentro", "orden", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["encuentro", "titulo"],
                name="encuentros_nota_unica",
                violation_error_message="Ya hay una nota con ese título.",
            ),
            models.CheckConstraint(
                name="encuentros_nota_tema",
                condition=Q(tema__in=["asistencia", "propuestas", "acuerdos", "votacion", "red"]),
                violation_error_message="Ese tema no existe.",
            ),
            models.CheckConstraint(
                name="encuentros_nota_con_fuente",
                condition=~Q(fuente=""),
                violation_error_message="Toda nota lleva su fuente.",
            ),
        ]

    def __str__(self) -> str:
        return self.titulo
