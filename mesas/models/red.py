"""A mesa, the territory it covers and the events of its life."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse

from comun.modelos import Registro, Vigencia, sin_traslape, vigencia_en_orden
from mesas.models.territorio import ZONAS, Entidad, Municipio
from mesas.querysets import CoberturaQuerySet, EventoQuerySet, MesaQuerySet


class Mesa(Registro):
    """A Mesa de Seguridad y Justicia: citizens and authorities of a territory who meet, agree
    and follow up what they agreed, under the model that México SOS coordinates.

    Its state is not stored: it derives from `EventoDeVida` at a date. Its territory is the
    sum of its `Cobertura`; `entidad` is the one under which the network lists it.
    """

    class Estado(models.TextChoices):
        """Stage of life of a mesa; the network counts those «operando» at a date."""

        POR_INSTALAR = "por_instalar", "Por instalar"
        OPERANDO = "operando", "Operando"
        SUSPENDIDA = "suspendida", "Suspendida"
        DISUELTA = "disuelta", "Disuelta"

    slug = models.SlugField("dirección", max_length=80, unique=True, help_text="Como aparece en /mesas/…/")
    nombre = models.CharField("nombre", max_length=120, unique=True)
    entidad = models.ForeignKey(Entidad, models.PROTECT, verbose_name="entidad", related_name="mesas")
    orden = models.PositiveSmallIntegerField(
        "orden en el informe", null=True, blank=True, help_text="Lugar en la lista del informe del 3er Encuentro."
    )
    zona_horaria = models.CharField(
        "zona horaria", max_length=40, default="America/Mexico_City", choices=list(ZONAS.items())
    )
    publica = models.BooleanField("visible en el micrositio", default=False)
    es_demo = models.BooleanField(
        "datos de demostración", default=False, help_text="Su página lo dice y no cuenta en las cifras de la Red."
    )
    correo_publico = models.EmailField("correo público", blank=True, help_text="Lo verá cualquiera.")
    nota = models.TextField("nota pública", blank=True, help_text="Lo que no consta o se infiere.")
    fuente = models.TextField("fuente", blank=True)

    objects = MesaQuerySet.as_manager()

    class Meta:
        verbose_name = "mesa"
        verbose_name_plural = "mesas"
        ordering = ["orden", "nombre"]
        permissions = [("coordinar_red", "Puede entrar al espacio de trabajo de toda la Red")]
        constraints = [
            models.UniqueConstraint(
                fields=["orden"],
                name="mesas_mesa_orden_unico",
                violation_error_message="Ya hay una mesa con ese lugar en el informe.",
            ),
            models.CheckConstraint(
                name="mesas_mesa_zona_horaria",
                condition=Q(zona_horaria__in=list(ZONAS)),
                violation_error_message="Esa no es una zona horaria de México.",
            ),
        ]
        indexes = [models.Index(fields=["entidad", "publica"], name="mesas_mesa_entidad_publica")]

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        return reverse("mesa", args=[self.slug])

    def estado_en(self, fecha: dt.date) -> str | None:
        """State on that day, or None when no event says anything yet.

        A list of mesas should use `Mesa.objects.con_estado(fecha)`: one query for all.
        """
        evento = self.eventos.que_cambian_estado().hasta_el(fecha).last()
        return evento.estado_resultante if evento else None


class AliasDeMesa(models.Model):
    """Another name under which the press or the mesa itself calls a mesa."""

    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa", related_name="alias")
    nombre = models.CharField("nombre", max_length=160)
    fuente = models.TextField("fuente", blank=True)

    class Meta:
        verbose_name = "otro nombre"
        verbose_name_plural = "otros nombres"
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["mesa", "nombre"],
                name="mesas_alias_unico",
                violation_error_message="Esa mesa ya tiene ese otro nombre.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre


class Cobertura(Vigencia):
    """A municipality that a mesa attends, for a time. The rates of the mesa are computed on these.

    One of them is the seat. A mesa may cross entidades (Torreón is in Coahuila, Lerdo in
    Durango). `inferida` marks what no source says in so many words.
    """

    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa", related_name="coberturas")
    municipio = models.ForeignKey(
        Municipio,
        models.PROTECT,
        verbose_name="municipio",
        related_name="coberturas",
        limit_choices_to={"pseudo": False},
    )
    es_sede = models.BooleanField("es la sede", default=False)
    inferida = models.BooleanField("inferida", default=False, help_text="Ninguna fuente lo dice expresamente.")
    nota = models.TextField("nota", blank=True)
    fuente = models.TextField("fuente", blank=True)

    objects = CoberturaQuerySet.as_manager()

    class Meta:
        verbose_name = "cobertura"
        verbose_name_plural = "coberturas"
        ordering = ["-es_sede", "municipio"]
        constraints = [
            sin_traslape(
                "mesa",
                "municipio",
                nombre="mesas_cobertura_sin_traslape",
                mensaje="Esa mesa ya cubre ese municipio en alguna de esas fechas.",
            ),
            sin_traslape(
                "mesa",
                nombre="mesas_una_sede_a_la_vez",
                mensaje="Esa mesa ya tiene otra sede en alguna de esas fechas.",
                condicion=Q(es_sede=True),
            ),
            vigencia_en_orden("mesas_cobertura_en_orden"),
        ]

    def __str__(self) -> str:
        return f"{self.mesa} · {self.municipio}"


class EventoDeVida(models.Model):
    """Something dated and sourced that happened to a mesa: it was asked for, installed, suspended…

    Sources rarely give the exact day, so the date carries its precision; «a más tardar» is for
    mesas of which only a later sign of life is known (they attended an encuentro).
    """

    class Tipo(models.TextChoices):
        SOLICITUD = "solicitud", "Solicitud"
        TALLER = "taller", "Taller"
        INSTALACION = "instalacion", "Instalación"
        SUSPENSION = "suspension", "Suspensión"
        REINSTALACION = "reinstalacion", "Reinstalación"
        AMPLIACION = "ampliacion", "Ampliación"
        DISOLUCION = "disolucion", "Disolución"

    class Precision(models.TextChoices):
        DIA = "dia", "día"
        MES = "mes", "mes"
        ANIO = "anio", "año"
        A_MAS_TARDAR = "a_mas_tardar", "a más tardar ese día"

    ESTADO_QUE_DEJA = {
        Tipo.SOLICITUD: Mesa.Estado.POR_INSTALAR,
        Tipo.TALLER: Mesa.Estado.POR_INSTALAR,
        Tipo.INSTALACION: Mesa.Estado.OPERANDO,
        Tipo.REINSTALACION: Mesa.Estado.OPERANDO,
        Tipo.SUSPENSION: Mesa.Estado.SUSPENDIDA,
        Tipo.DISOLUCION: Mesa.Estado.DISUELTA,
    }

    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa", related_name="eventos")
    tipo = models.CharField("qué pasó", max_length=16, choices=Tipo)
    fecha = models.DateField("fecha", help_text="Si solo consta el mes o el año, pon su primer día.")
    precision = models.CharField("precisión", max_length=12, choices=Precision, default=Precision.DIA)
    inferido = models.BooleanField("inferido", default=False)
    nota = models.TextField("nota", blank=True)
    fuente = models.TextField("fuente")

    objects = EventoQuerySet.as_manager()

    class Meta:
        verbose_name = "evento de vida"
        verbose_name_plural = "eventos de vida"
        ordering = ["fecha", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mesa", "tipo", "fecha"],
                name="mesas_evento_unico",
                violation_error_message="Ese evento ya está registrado con esa fecha.",
            ),
            models.CheckConstraint(
                name="mesas_evento_con_fuente",
                condition=~Q(fuente=""),
                violation_error_message="Todo evento lleva su fuente.",
            ),
            models.CheckConstraint(
                name="mesas_evento_tipo",
                condition=Q(
                    tipo__in=[
                        "solicitud",
                        "taller",
                        "instalacion",
                        "suspension",
                        "reinstalacion",
                        "ampliacion",
                        "disolucion",
                    ]
                ),
                violation_error_message="Ese tipo de evento no existe.",
            ),
        ]
        indexes = [models.Index(fields=["mesa", "fecha"], name="mesas_evento_mesa_fecha")]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} de {self.mesa}"

    @property
    def estado_resultante(self) -> str | None:
        """State in which this event leaves the mesa; None if it does not change it (ampliación)."""
        return self.ESTADO_QUE_DEJA.get(self.Tipo(self.tipo))
