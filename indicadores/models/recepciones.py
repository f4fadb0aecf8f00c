"""Official files that the staff uploads, from the moment they arrive until they are loaded.

The file lives in PostgreSQL, in pieces, because any instance of the portal may be the one that
loads it and no instance's disk matters. When it has been loaded, the pieces go.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Func, IntegerField, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from indicadores.models.cargas import Carga
from indicadores.models.poblacion import EdicionDePoblacion
from indicadores.querysets import RecepcionQuerySet

MIB = 1024 * 1024
PESO_DEL_TROZO = MIB
PESO_MAXIMO = 600 * MIB
"""Bytes of one file: the national one of eleven years weighs some 380 MB."""

DIAS_DE_GRACIA = 3
"""Days that a file waits for somebody to decide what to do with it after it could not be loaded."""

SIN_ATENDER = dt.timedelta(seconds=10)
"""How long a file may wait before the page says that nobody is working."""


class Recepcion(models.Model):
    """One upload: what came, what was asked to be done with it, how it goes and how it ended."""

    class Tipo(models.TextChoices):
        """What its figures are."""

        INCIDENCIA = "incidencia", "Incidencia delictiva"
        POBLACION = "poblacion", "Población"

    class Estado(models.TextChoices):
        """Where it is. The last four are ends, from which it may start again."""

        BORRADOR = "borrador", "Falta corregir lo que se pidió"
        RECIBIDA = "recibida", "En espera de su turno"
        EN_CURSO = "en_curso", "En curso"
        LISTA = "lista", "Lista"
        SIN_CAMBIO = "sin_cambio", "Sin cambio"
        CON_ERRORES = "con_errores", "Con errores"
        INTERRUMPIDA = "interrumpida", "Interrumpida"

    ABIERTOS = ("borrador", "recibida", "en_curso")
    FINALES = ("lista", "sin_cambio", "con_errores", "interrumpida")

    tipo = models.CharField("qué trae", max_length=10, choices=Tipo, default=Tipo.INCIDENCIA)
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.BORRADOR)
    simular = models.BooleanField("simular", default=False, help_text="Hacer todo y no guardar nada.")
    forzar = models.BooleanField("forzar", default=False, help_text="Aceptar un archivo que parece incompleto.")
    corte = models.DateField("corte", null=True, blank=True, help_text="Último mes publicado, como su primer día.")
    nombre_de_edicion = models.CharField("nombre de la edición", max_length=60, blank=True)
    usar = models.BooleanField("usarla en las tasas", null=True, blank=True)

    paso = models.CharField("paso", max_length=200, blank=True)
    avance = models.PositiveSmallIntegerField("avance", default=0, validators=[MaxValueValidator(100)])
    mensaje = models.TextField("mensaje", blank=True)
    informe = models.JSONField("informe", default=dict, blank=True)
    carga = models.ForeignKey(
        Carga, models.SET_NULL, verbose_name="carga", null=True, blank=True, related_name="recepciones"
    )
    edicion = models.ForeignKey(
        EdicionDePoblacion, models.SET_NULL, verbose_name="edición", null=True, blank=True, related_name="recepciones"
    )
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién la subió", null=True, related_name="+"
    )
    pedida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién pidió cargarla",
        null=True,
        blank=True,
        related_name="+",
        help_text="Pudo ser otra persona que la que la subió; la carga queda a su nombre.",
    )
    creada = models.DateTimeField("creada", auto_now_add=True)
    encolada = models.DateTimeField("pedida", null=True, blank=True)
    empezada = models.DateTimeField("empezada", null=True, blank=True)
    terminada = models.DateTimeField("terminada", null=True, blank=True)
    latido = models.DateTimeField("última señal de vida", null=True, blank=True)
    intentos = models.PositiveSmallIntegerField("intentos", default=0)
    tarea = models.UUIDField("tarea de la cola", null=True, blank=True)

    objects = RecepcionQuerySet.as_manager()

    class Meta:
        verbose_name = "archivo subido"
        verbose_name_plural = "archivos subidos"
        ordering = ["-creada"]
        constraints = [
            models.CheckConstraint(
                name="indicadores_recepcion_tipo",
                condition=Q(tipo__in=["incidencia", "poblacion"]),
                violation_error_message="Lo que se sube es incidencia o población.",
            ),
            models.CheckConstraint(
                name="indicadores_recepcion_opciones",
                condition=Q(tipo="incidencia", nombre_de_edicion="", usar__isnull=True)
                | Q(tipo="poblacion", corte__isnull=True, forzar=False),
                violation_error_message="El corte y forzar son de la incidencia; la edición, de la población.",
            ),
            models.CheckConstraint(
                name="indicadores_recepcion_corte",
                condition=Q(corte__isnull=True) | Q(corte__day=1),
                violation_error_message="El corte es un mes: se guarda como su primer día.",
            ),
            models.CheckConstraint(
                name="indicadores_recepcion_avance",
                condition=Q(avance__range=(0, 100)),
                violation_error_message="El avance va de 0 a 100.",
            ),
            models.CheckConstraint(
                name="indicadores_recepcion_estado",
                condition=Q(estado="borrador", encolada__isnull=True, terminada__isnull=True)
                | Q(estado="recibida", encolada__isnull=False, terminada__isnull=True)
                | Q(estado="en_curso", empezada__isnull=False, latido__isnull=False, terminada__isnull=True)
                | Q(estado__in=["lista", "sin_cambio", "con_errores", "interrumpida"], terminada__isnull=False),
                violation_error_message="Las fechas del archivo subido no corresponden a su estado.",
            ),
            models.CheckConstraint(
                name="indicadores_recepcion_simulada",
                condition=Q(simular=False) | ~Q(estado="lista") | Q(carga__isnull=True, edicion__isnull=True),
                violation_error_message="Una simulación no deja cifras.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} {self.pk}" if self.pk else "archivo por subir"

    @property
    def termino(self) -> bool:
        """True when nothing else will happen by itself."""
        return self.estado in self.FINALES

    @property
    def nombres(self) -> str:
        """The names of its files, as they came."""
        return " y ".join(f"«{archivo.nombre}»" for archivo in self.archivos.all()) or "sin archivo"

    @property
    def tiempo(self) -> dt.timedelta | None:
        """How long its load took, or has been going on; None if it has not begun."""
        if self.empezada is None or self.estado == self.Estado.RECIBIDA:
            return None
        return (self.terminada or timezone.now()) - self.empezada

    @property
    def espera_de_mas(self) -> bool:
        """True if it was queued a while ago and nobody has taken it."""
        return self.estado == self.Estado.RECIBIDA and timezone.now() - self.encolada > SIN_ATENDER

    @property
    def se_puede_forzar(self) -> bool:
        """True if what stopped it is that it looks incomplete, or older than what is in force."""
        if self.tipo != self.Tipo.INCIDENCIA or self.forzar:
            return False
        if self.estado == self.Estado.CON_ERRORES:
            return bool(self.informe.get("se_puede_forzar"))
        return self.estado == self.Estado.SIN_CAMBIO and self.carga_id is None

    @property
    def se_guarda_hasta(self) -> dt.datetime | None:
        """When its file will go, if it has not been loaded."""
        return self.terminada + dt.timedelta(days=DIAS_DE_GRACIA) if self.terminada else None


class ArchivoRecibido(models.Model):
    """A file of an upload; the older edition of population comes in two."""

    recepcion = models.ForeignKey(
        Recepcion, models.CASCADE, verbose_name="recepción", related_name="archivos", db_index=False
    )
    parte = models.PositiveSmallIntegerField("parte", default=1)
    nombre = models.CharField("nombre", max_length=200)
    bytes = models.PositiveBigIntegerField("bytes", default=0)
    sha256 = models.CharField("huella (SHA-256)", max_length=64, blank=True)

    class Meta:
        verbose_name = "archivo recibido"
        verbose_name_plural = "archivos recibidos"
        ordering = ["recepcion", "parte"]
        constraints = [
            models.UniqueConstraint(
                fields=["recepcion", "parte"],
                name="indicadores_archivo_de_su_recepcion",
                violation_error_message="Esa parte ya llegó.",
            ),
            models.CheckConstraint(
                name="indicadores_archivo_partes",
                condition=Q(parte__range=(1, 2)),
                violation_error_message="Se suben uno o dos archivos a la vez.",
            ),
            models.CheckConstraint(
                name="indicadores_archivo_bytes",
                condition=Q(bytes__lte=PESO_MAXIMO),
                violation_error_message="El archivo pesa más de 600 MB.",
            ),
            models.CheckConstraint(
                name="indicadores_archivo_sha256",
                condition=Q(sha256__regex=r"^([0-9a-f]{64})?$"),
                violation_error_message="La huella son 64 dígitos hexadecimales.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre


class Trozo(models.Model):
    """A piece of a file that waits to be loaded, at most 1 MiB, numbered from 0.

    Stored out of line and uncompressed (`STORAGE EXTERNAL`, migration 0005): a ZIP does not
    shrink twice and a CSV leaves within minutes.
    """

    pk = models.CompositePrimaryKey("archivo_id", "numero")
    archivo = models.ForeignKey(
        ArchivoRecibido, models.CASCADE, verbose_name="archivo", related_name="trozos", db_index=False
    )
    numero = models.PositiveIntegerField("número")
    datos = models.BinaryField("datos")

    class Meta:
        verbose_name = "trozo de un archivo"
        verbose_name_plural = "trozos de los archivos"
        constraints = [
            models.CheckConstraint(
                name="indicadores_trozo_peso",
                condition=LessThanOrEqual(
                    Func(F("datos"), function="octet_length", output_field=IntegerField()), PESO_DEL_TROZO
                ),
                violation_error_message="Un trozo pesa a lo más 1 MiB.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.archivo_id}/{self.numero}"
