"""An agreement: what, who, by when, and how anybody will know that it was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from comites.models.columnas import motivo_de_reserva, reserva_justificada, revisar_reserva_el, version
from comites.models.sesiones import PuntoDelOrden, Sesion
from comites.niveles import Nivel
from comites.querysets_acuerdos import AcuerdoQuerySet
from comites.querysets_seguimiento import AvanceQuerySet
from comites.redaccion import verbo_vago
from comun.modelos import Registro
from mesas.models import Institucion, Integrante


class Acuerdo(Registro):
    """Something that an organ of the network decided to get done.

    One table whatever the origin (comité, plenaria, encuentro). The quality gate of the
    portal: a session does not close while one of its agreements lacks product, responsible,
    date or means of verification, because agreements without them could never be evaluated
    (reviews of the national council's agreements, 2018). `historico` marks those made before
    the portal: they keep what the source says and their page says what is missing.
    """

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        EN_PROCESO = "en_proceso", "En proceso"
        REPORTADO = "reportado", "Reportado"
        CUMPLIDO = "cumplido", "Cumplido"
        NO_CUMPLIDO = "no_cumplido", "No cumplido"
        CANCELADO = "cancelado", "Cancelado"

    ABIERTOS = (Estado.PENDIENTE, Estado.EN_PROCESO, Estado.REPORTADO)

    folio = models.SlugField("folio", max_length=120, unique=True)
    sesion = models.ForeignKey(Sesion, models.PROTECT, verbose_name="sesión", related_name="acuerdos")
    punto = models.ForeignKey(
        PuntoDelOrden, models.PROTECT, verbose_name="punto", related_name="acuerdos", null=True, blank=True
    )
    clave_de_origen = models.CharField(
        "clave en su documento", max_length=20, blank=True, help_text="Por ejemplo «2 d» en el informe."
    )
    accion = models.CharField("qué se acordó", max_length=300, help_text="Empieza con un verbo: instalar, entregar…")
    producto = models.CharField("producto", max_length=200, blank=True, help_text="Lo que existirá cuando se cumpla.")
    detalle = models.TextField("detalle", blank=True)
    responsable = models.ForeignKey(
        Integrante,
        models.PROTECT,
        verbose_name="integrante responsable",
        related_name="acuerdos",
        null=True,
        blank=True,
    )
    institucion_responsable = models.ForeignKey(
        Institucion,
        models.PROTECT,
        verbose_name="institución responsable",
        related_name="acuerdos",
        null=True,
        blank=True,
    )
    correo_responsable = models.EmailField("correo de quien responde", blank=True)
    corresponsables = models.ManyToManyField(
        Institucion, verbose_name="corresponsables", related_name="acuerdos_compartidos", blank=True
    )
    fecha_compromiso = models.DateField(
        "fecha compromiso", null=True, blank=True, help_text="La primera: las prórrogas no la borran."
    )
    prorrogado_al = models.DateField("prorrogado al", null=True, blank=True, editable=False)
    vence = models.GeneratedField(
        expression=Coalesce("prorrogado_al", "fecha_compromiso"), output_field=models.DateField(), db_persist=True
    )
    verificacion = models.CharField("cómo se comprobará", max_length=300, blank=True)
    cantidad = models.DecimalField("cantidad", max_digits=14, decimal_places=2, null=True, blank=True)
    unidad = models.CharField("unidad", max_length=40, blank=True)
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.PENDIENTE)
    historico = models.BooleanField("anterior al portal", default=False)
    nivel = models.CharField("quién puede leerlo", max_length=10, choices=Nivel, default=Nivel.MESA)
    motivo_de_reserva = motivo_de_reserva()
    revisar_reserva_el = revisar_reserva_el()
    nota_publica = models.TextField("nota pública", blank=True)
    version = version()

    objects = AcuerdoQuerySet.as_manager()

    class Meta:
        verbose_name = "acuerdo"
        verbose_name_plural = "acuerdos"
        ordering = ["vence", "folio"]
        constraints = [
            models.CheckConstraint(
                name="comites_acuerdo_un_responsable",
                condition=(
                    Q(institucion_responsable__isnull=True, correo_responsable="")
                    | Q(responsable__isnull=True, correo_responsable="")
                    | Q(responsable__isnull=True, institucion_responsable__isnull=True)
                ),
                violation_error_message="Un acuerdo tiene un solo responsable: integrante, institución o correo.",
            ),
            models.CheckConstraint(
                name="comites_acuerdo_estado",
                condition=Q(
                    estado__in=["pendiente", "en_proceso", "reportado", "cumplido", "no_cumplido", "cancelado"]
                ),
                violation_error_message="Ese estado no existe.",
            ),
            models.CheckConstraint(
                name="comites_acuerdo_nivel",
                condition=Q(nivel__in=["publica", "candidata", "red", "mesa", "reservada"]),
                violation_error_message="Ese nivel no existe.",
            ),
            models.CheckConstraint(
                name="comites_acuerdo_cantidad_con_unidad",
                condition=Q(cantidad__isnull=True) | ~Q(unidad=""),
                violation_error_message="La cantidad lleva su unidad.",
            ),
            reserva_justificada("comites_acuerdo_reserva"),
        ]
        indexes = [
            models.Index(fields=["sesion", "estado", "fecha_compromiso"], name="comites_acuerdo_seguimiento"),
            models.Index(fields=["-creado"], name="comites_acuerdo_publicos", condition=Q(nivel="publica")),
            models.Index(fields=["vence", "folio"], name="comites_acuerdo_de_la_red", condition=Q(nivel="red")),
        ]

    def __str__(self) -> str:
        return self.folio

    def get_absolute_url(self) -> str:
        return reverse("acuerdo", args=[self.folio])

    def lo_que_falta(self) -> list[str]:
        """What the quality gate misses, as field names in the words of the form. Empty when verifiable."""
        tiene = {
            "qué existirá": self.producto.strip(),
            "quién responde": self.responsable_id or self.institucion_responsable_id or self.correo_responsable,
            "para cuándo": self.fecha_compromiso,
            "cómo se comprobará": self.verificacion.strip(),
        }
        return [nombre for nombre, valor in tiene.items() if not valor]

    @property
    def verbo_vago(self) -> str | None:
        """The verb with which it begins, if nobody could say one day whether it was done: a hint, never a refusal."""
        return verbo_vago(self.accion)

    def hilo(self, *, con_textos: bool, consentidos: Collection[int] = ()) -> list[dict[str, object]]:
        """Its history as a thread: agreed, each step, and the date it owes. Never names.

        Args:
            con_textos: with what each step says. The assembly consented to publish the
                agreement, not what is written about it afterwards, so the public gets dates
                and states alone.
            consentidos: keys of the steps whose text an assembly consented to publish.
        """
        pasos: list[dict[str, object]] = [
            {"titulo": "Se acordó", "fecha": self.sesion.dia, "texto": self.sesion.organo}
        ]
        pasos += [
            {
                "titulo": avance.titulo,
                "fecha": avance.fecha,
                "texto": avance.texto if con_textos or avance.pk in consentidos else "",
            }
            for avance in self.avances.all()
        ]
        if self.esta_abierto and self.vence:
            titulo = "Fecha prorrogada" if self.prorrogado_al else "Fecha compromiso"
            pasos.append({"titulo": titulo, "fecha": self.vence, "tipo": "futuro"})
        return pasos

    @property
    def primer_dia_de_un_avance(self) -> dt.date:
        """The earliest day of one more step: not before it was made, nor before the last one. One query."""
        ultimo = self.avances.aggregate(ultimo=Max("fecha"))["ultimo"]
        return max(self.sesion.dia, ultimo) if ultimo else self.sesion.dia

    @property
    def es_reservado(self) -> bool:
        """It, its item or its session are reserved."""
        del_punto = self.punto.nivel if self.punto_id else ""
        return Nivel.RESERVADA in {self.nivel, self.sesion.nivel, del_punto}

    @property
    def esta_abierto(self) -> bool:
        """Somebody still owes something."""
        return self.estado in self.ABIERTOS

    @property
    def situacion(self) -> str:
        """What can be said of it: its state, or «sin_seguimiento» if older than the portal and never followed."""
        sin_noticia = self.historico and self.estado == self.Estado.PENDIENTE
        return "sin_seguimiento" if sin_noticia else self.estado

    def vencido_en(self, fecha: dt.date) -> bool:
        """Its date passed and it is still open."""
        return self.esta_abierto and self.vence is not None and self.vence < fecha


class Avance(models.Model):
    """A step in the life of an agreement: what was reported, and in which state it leaves it.

    Two keys: whoever answers for it reports, and somebody else of the mesa, a citizen of another
    institution, verifies or returns it; or a session does, in front of everybody. A trigger asks who
    turns each key (`comites/migrations/0011`). Once written, a step does not change.
    """

    acuerdo = models.ForeignKey(Acuerdo, models.CASCADE, verbose_name="acuerdo", related_name="avances")
    fecha = models.DateField("fecha")
    estado = models.CharField("estado en que queda", max_length=12, choices=Acuerdo.Estado)
    texto = models.TextField("qué pasó")
    sesion = models.ForeignKey(
        Sesion,
        models.PROTECT,
        verbose_name="sesión en que se revisó",
        related_name="avances_revisados",
        null=True,
        blank=True,
    )
    reporta = models.ForeignKey(
        Integrante,
        models.PROTECT,
        verbose_name="asiento de quien lo reportó",
        related_name="avances_reportados",
        null=True,
        blank=True,
    )
    verifica = models.ForeignKey(
        Integrante,
        models.PROTECT,
        verbose_name="asiento de quien lo verificó",
        related_name="avances_verificados",
        null=True,
        blank=True,
    )
    devuelve = models.BooleanField("lo devuelve", default=False, db_default=False)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién lo registró", null=True, blank=True
    )
    creado = models.DateTimeField("creado", auto_now_add=True)

    objects = AvanceQuerySet.as_manager()

    class Meta:
        verbose_name = "avance"
        verbose_name_plural = "avances"
        ordering = ["fecha", "pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_avance_estado",
                condition=Q(
                    estado__in=["pendiente", "en_proceso", "reportado", "cumplido", "no_cumplido", "cancelado"]
                ),
                violation_error_message="Ese estado no existe.",
            ),
            models.CheckConstraint(
                name="comites_avance_devuelto_en_proceso",
                condition=Q(devuelve=False) | Q(estado="en_proceso"),
                violation_error_message="Lo que se devuelve vuelve a estar en proceso.",
            ),
            models.CheckConstraint(
                name="comites_avance_verifica_o_reporta",
                condition=Q(verifica__isnull=True)
                | Q(reporta__isnull=True) & (Q(estado="cumplido") | Q(devuelve=True)),
                violation_error_message="Quien verifica da por cumplido o devuelve; no reporta.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acuerdo}: {self.titulo}"

    @property
    def titulo(self) -> str:
        """What this step was, in the words of the thread."""
        if self.devuelve:
            return "Devuelto"
        return "Verificado y cumplido" if self.estado == Acuerdo.Estado.CUMPLIDO else self.get_estado_display()


class Prorroga(models.Model):
    """A new date for an agreement, with its reason and who granted it. The first date never goes away.

    Written once and never changed (trigger): a date moved in silence is how follow-up dies.
    """

    acuerdo = models.ForeignKey(Acuerdo, models.PROTECT, verbose_name="acuerdo", related_name="prorrogas")
    de = models.DateField("fecha que tenía")
    al = models.DateField("nueva fecha")
    motivo = models.TextField("motivo")
    sesion = models.ForeignKey(
        Sesion,
        models.PROTECT,
        verbose_name="sesión que la otorgó",
        related_name="prorrogas_otorgadas",
        null=True,
        blank=True,
        help_text="Vacío: la otorgó la coordinación.",
    )
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién la registró", null=True, blank=True
    )
    creado = models.DateTimeField("creado", auto_now_add=True)

    class Meta:
        verbose_name = "prórroga"
        verbose_name_plural = "prórrogas"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_prorroga_posterior",
                condition=Q(al__gt=F("de")),
                violation_error_message="La nueva fecha es posterior a la que tenía.",
            ),
            models.CheckConstraint(
                name="comites_prorroga_con_motivo",
                condition=~Q(motivo=""),
                violation_error_message="Di por qué se prorroga.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acuerdo}: prórroga al {self.al}"
