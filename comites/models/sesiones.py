"""A session: its agenda, who came, and the minute that closing makes immutable."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from comites.models.columnas import motivo_de_reserva, reserva_justificada, revisar_reserva_el, version
from comites.models.organos import Comite
from comites.niveles import Nivel
from comites.querysets import AsistenciaQuerySet, PuntoQuerySet, SesionQuerySet
from comun.modelos import Registro
from mesas.models import Integrante, Mesa

PRIMER_DIA = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
ULTIMO_DIA = dt.datetime(2099, 12, 31, tzinfo=dt.UTC)
"""Between them every date can be written in any time zone; beyond, one row would break every list."""


class Sesion(Registro):
    """A meeting of a plenaria, of a comité, or of the network (encuentro).

    It belongs to the mesa that keeps its minute; joint sessions list the others in `mesas`.
    Two numberings live together because mesas use both habits: absolute («11a plenaria») and
    of the year («segunda sesión de 2024»). Once closed, the minute (this row, its agenda, its
    attendance and the text of its agreements) cannot change: a trigger says so.
    """

    class Tipo(models.TextChoices):
        PLENARIA = "plenaria", "Plenaria"
        COMITE = "comite", "Comité"
        TALLER = "taller", "Taller"
        INSTALACION = "instalacion", "Instalación"
        ENCUENTRO = "encuentro", "Encuentro"

    class Estado(models.TextChoices):
        BORRADOR = "borrador", "Borrador"
        CONVOCADA = "convocada", "Convocada"
        EN_CURSO = "en_curso", "En curso"
        CERRADA = "cerrada", "Cerrada"
        APROBADA = "aprobada", "Acta aprobada"

    ASAMBLEAS = (Tipo.PLENARIA, Tipo.ENCUENTRO)
    """Sessions in which an assembly can consent to publish."""

    CERRADAS = (Estado.CERRADA, Estado.APROBADA)

    SIN_EMPEZAR = (Estado.BORRADOR, Estado.CONVOCADA)
    """While it can be called, changed or called off. The state says whether it met, not the hour of its call:
    who is early begins early (`empezar_sesion`, never before its day)."""

    mesa = models.ForeignKey(Mesa, models.PROTECT, verbose_name="mesa", related_name="sesiones")
    comite = models.ForeignKey(
        Comite, models.PROTECT, verbose_name="comité", related_name="sesiones", null=True, blank=True
    )
    mesas = models.ManyToManyField(
        Mesa,
        verbose_name="otras mesas en la sesión",
        related_name="sesiones_conjuntas",
        blank=True,
    )
    tipo = models.CharField("tipo", max_length=12, choices=Tipo)
    numero = models.PositiveIntegerField("número")
    anio = models.PositiveSmallIntegerField("año")
    numero_anual = models.PositiveIntegerField("número en el año")
    inicio = models.DateTimeField("inicio")
    fin = models.DateTimeField("término", null=True, blank=True)
    lugar = models.CharField("lugar", max_length=200, blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.BORRADOR)
    nivel = models.CharField("quién puede leerla", max_length=10, choices=Nivel, default=Nivel.MESA)
    motivo_de_reserva = motivo_de_reserva()
    revisar_reserva_el = revisar_reserva_el()
    desarrollo = models.TextField("desarrollo", blank=True)
    version = version()
    cerrada_el = models.DateTimeField("cerrada el", null=True, blank=True, editable=False)
    cerrada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="cerrada por", null=True, blank=True, editable=False
    )

    objects = SesionQuerySet.as_manager()

    class Meta:
        verbose_name = "sesión"
        verbose_name_plural = "sesiones"
        ordering = ["-inicio"]
        constraints = [
            models.UniqueConstraint(
                fields=["mesa", "comite", "tipo", "numero"],
                name="comites_sesion_numero_unico",
                nulls_distinct=False,
                violation_error_message="Ese órgano ya tiene una sesión con ese número.",
            ),
            models.UniqueConstraint(
                fields=["mesa", "comite", "tipo", "anio", "numero_anual"],
                name="comites_sesion_numero_anual_unico",
                nulls_distinct=False,
                violation_error_message="Ese órgano ya tiene una sesión con ese número en el año.",
            ),
            models.CheckConstraint(
                name="comites_sesion_de_comite",
                condition=Q(tipo="comite", comite__isnull=False) | (~Q(tipo="comite") & Q(comite__isnull=True)),
                violation_error_message="Una sesión de comité dice de cuál; las demás son de la mesa.",
            ),
            models.CheckConstraint(
                name="comites_sesion_en_orden",
                condition=Q(fin__isnull=True) | Q(fin__gt=F("inicio")),
                violation_error_message="La sesión termina después de empezar.",
            ),
            models.CheckConstraint(
                name="comites_sesion_en_este_siglo",
                condition=Q(inicio__range=(PRIMER_DIA, ULTIMO_DIA))
                & (Q(fin__isnull=True) | Q(fin__range=(PRIMER_DIA, ULTIMO_DIA))),
                violation_error_message="La fecha de una sesión va del año 2000 al 2099.",
            ),
            models.CheckConstraint(
                name="comites_sesion_estado",
                condition=Q(estado__in=["borrador", "convocada", "en_curso", "cerrada", "aprobada"]),
                violation_error_message="Ese estado no existe.",
            ),
            models.CheckConstraint(
                name="comites_sesion_nivel",
                condition=Q(nivel__in=["publica", "candidata", "red", "mesa", "reservada"]),
                violation_error_message="Ese nivel no existe.",
            ),
            reserva_justificada("comites_sesion_reserva"),
        ]
        indexes = [
            models.Index(fields=["mesa", "-inicio"], name="comites_sesion_mesa_inicio"),
            models.Index(fields=["mesa", "estado", "inicio"], name="comites_sesion_mesa_estado"),
        ]

    def __str__(self) -> str:
        return f"{self.organo} · sesión {self.numero}"

    def get_absolute_url(self) -> str:
        return reverse("coordinacion:sesion", args=[self.mesa.slug, self.pk])

    @property
    def url_publica(self) -> str:
        """Address of its public page, made of what that page shows. It answers only while it is public."""
        organo = f"{self.tipo}-{self.comite_id}" if self.comite_id else self.tipo
        return reverse("sesion_publica", args=[self.mesa.slug, organo, self.anio, self.numero_anual])

    @property
    def dia(self) -> dt.date:
        """The day of the session by the clock of its mesa."""
        return self.inicio.astimezone(ZoneInfo(self.mesa.zona_horaria)).date()

    @property
    def organo(self) -> str:
        """Name of who meets: the comité, or the kind of assembly."""
        return str(self.comite) if self.comite_id else self.get_tipo_display()

    @property
    def esta_cerrada(self) -> bool:
        """Its minute no longer admits changes."""
        return self.estado in self.CERRADAS

    @property
    def ya_empezo(self) -> bool:
        """It met, or is meeting."""
        return self.estado not in self.SIN_EMPEZAR

    @property
    def ya_es_su_dia(self) -> bool:
        """Its day came, by the clock of its mesa: it may begin."""
        return self.dia <= timezone.localdate(timezone=ZoneInfo(self.mesa.zona_horaria))

    @property
    def es_asamblea(self) -> bool:
        """An assembly met here, so it could consent to publish."""
        return self.tipo in self.ASAMBLEAS


class PuntoDelOrden(models.Model):
    """An item of the agenda and what came of it."""

    class Desenlace(models.TextChoices):
        INFORMATIVO = "informativo", "Informativo"
        DECISION = "decision", "Decisión"
        ACUERDO = "acuerdo", "Acuerdo"
        SE_POSPONE = "se_pospone", "Se pospone"

    class Origen(models.TextChoices):
        """Items that the portal itself proposes, so that nothing agreed is forgotten."""

        ACUERDOS_ABIERTOS = "acuerdos_abiertos", "Revisión de acuerdos abiertos"
        ACTA_ANTERIOR = "acta_anterior", "Aprobación del acta anterior"
        POSPUESTO = "pospuesto", "Viene de otra sesión"

    sesion = models.ForeignKey(Sesion, models.CASCADE, verbose_name="sesión", related_name="puntos")
    orden = models.PositiveSmallIntegerField("orden")
    titulo = models.CharField("punto", max_length=200)
    minutos = models.PositiveSmallIntegerField("minutos previstos", null=True, blank=True)
    desenlace = models.CharField("desenlace", max_length=12, choices=Desenlace, blank=True)
    resumen = models.TextField("resumen", blank=True)
    nivel = models.CharField("quién puede leerlo", max_length=10, choices=Nivel, default=Nivel.MESA)
    motivo_de_reserva = motivo_de_reserva()
    revisar_reserva_el = revisar_reserva_el()
    origen = models.CharField("de dónde viene", max_length=18, choices=Origen, blank=True, db_default="")
    viene_de = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="punto del que viene", related_name="sigue_en", null=True, blank=True
    )
    version = version()

    objects = PuntoQuerySet.as_manager()

    class Meta:
        verbose_name = "punto del orden del día"
        verbose_name_plural = "orden del día"
        ordering = ["sesion", "orden"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "orden"],
                name="comites_punto_orden_unico",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Ya hay un punto en ese lugar del orden del día.",
            ),
            models.CheckConstraint(
                name="comites_punto_nivel",
                condition=Q(nivel__in=["candidata", "red", "mesa", "reservada"]),
                violation_error_message="Un punto no se publica solo: se publica su sesión o su acuerdo.",
            ),
            reserva_justificada("comites_punto_reserva"),
            models.CheckConstraint(
                name="comites_punto_origen",
                condition=Q(origen__in=["", "acuerdos_abiertos", "acta_anterior", "pospuesto"]),
                violation_error_message="Ese origen no existe.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.orden}. {self.titulo}"


class Asistencia(models.Model):
    """What happened with one seat in one session. No row means that nobody has said yet."""

    class Estado(models.TextChoices):
        PRESENTE = "presente", "Presente"
        SUPLENTE = "suplente", "Suplente"
        AUSENTE = "ausente", "Ausente"
        JUSTIFICADA = "justificada", "Justificada"

    class NivelDelSuplente(models.TextChoices):
        """How high whoever came instead stands: an office that always sends its liaison commits little."""

        DIRECTIVO = "directivo", "Directivo"
        MANDO_MEDIO = "mando_medio", "Mando medio"
        OPERATIVO = "operativo", "Enlace u operativo"

    sesion = models.ForeignKey(Sesion, models.CASCADE, verbose_name="sesión", related_name="asistencias")
    integrante = models.ForeignKey(Integrante, models.PROTECT, verbose_name="integrante", related_name="asistencias")
    estado = models.CharField("asistencia", max_length=12, choices=Estado)
    suplente = models.CharField("quién lo suplió", max_length=120, blank=True)
    nivel_suplente = models.CharField(
        "nivel de quien suplió", max_length=12, choices=NivelDelSuplente, blank=True, db_default=""
    )
    motivo = models.CharField("motivo", max_length=200, blank=True)
    version = version()

    objects = AsistenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "asistencia"
        verbose_name_plural = "asistencias"
        ordering = ["sesion", "integrante"]
        constraints = [
            models.UniqueConstraint(
                fields=["sesion", "integrante"],
                name="comites_asistencia_unica",
                violation_error_message="Esa persona ya tiene asistencia en esta sesión.",
            ),
            models.CheckConstraint(
                name="comites_asistencia_estado",
                condition=Q(estado__in=["presente", "suplente", "ausente", "justificada"]),
                violation_error_message="Esa asistencia no existe.",
            ),
            models.CheckConstraint(
                name="comites_asistencia_nivel_del_suplente",
                condition=Q(nivel_suplente="")
                | Q(nivel_suplente__in=["directivo", "mando_medio", "operativo"], estado="suplente"),
                violation_error_message="El nivel es de quien suplió: elige uno de la lista.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.integrante}: {self.get_estado_display()}"


class Invitado(models.Model):
    """Somebody who came without a seat. Counted, never rated."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, verbose_name="sesión", related_name="invitados")
    nombre = models.CharField("nombre", max_length=120)
    institucion = models.CharField("institución", max_length=160, blank=True)

    class Meta:
        verbose_name = "persona invitada"
        verbose_name_plural = "personas invitadas"
        ordering = ["sesion", "nombre"]

    def __str__(self) -> str:
        return self.nombre
