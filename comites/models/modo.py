"""What is written while a session meets: who comes and goes, roll-calls, the item at hand, and each write once."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from comites import quorum
from comites.models.organos import Comite
from comites.models.sesiones import PuntoDelOrden, Sesion
from comun.modelos import RangoDeFechas, Vigencia, vigencia_en_orden
from mesas.models import Integrante, Mesa


class ReglaDeQuorum(Vigencia):
    """How many must be in the room for an organ to decide, as the organ itself wrote it, from a day on.

    Dated, because the count of an old session is read with the rule of its day. Without `comite`
    it is the rule of the plenaria of the mesa.
    """

    class Tipo(models.TextChoices):
        MAYORIA = quorum.MAYORIA, "La mitad más uno"
        FRACCION = quorum.FRACCION, "Una fracción (dos tercios…)"
        NUMERO = quorum.NUMERO, "Un número fijo de personas"

    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa", related_name="reglas_de_quorum")
    comite = models.ForeignKey(
        Comite, models.CASCADE, verbose_name="comité", related_name="reglas_de_quorum", null=True, blank=True
    )
    tipo = models.CharField("cuántas personas", max_length=8, choices=Tipo, default=Tipo.MAYORIA)
    numerador = models.PositiveSmallIntegerField("numerador", null=True, blank=True)
    denominador = models.PositiveSmallIntegerField("denominador", null=True, blank=True)
    numero = models.PositiveSmallIntegerField("número", null=True, blank=True)
    solo_ciudadanos = models.BooleanField("solo cuentan integrantes sin cargo público", default=False)
    valen_suplentes = models.BooleanField("quien suple cuenta", default=True)
    fundamento = models.CharField("dónde se acordó", max_length=200, blank=True)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién la registró", null=True, blank=True
    )

    class Meta:
        verbose_name = "regla de quórum"
        verbose_name_plural = "reglas de quórum"
        ordering = ["mesa", "comite", "-desde"]
        constraints = [
            ExclusionConstraint(
                name="comites_regla_sin_traslape",
                expressions=[
                    (RangoDeFechas("desde", "hasta", RangeBoundary()), RangeOperators.OVERLAPS),
                    ("mesa", RangeOperators.EQUAL),
                    # The plenaria has no row: no comité is compared as zero, since nothing equals a null.
                    (Coalesce(F("comite"), Value(0)), RangeOperators.EQUAL),
                ],
                violation_error_message="Ese órgano ya tiene una regla de quórum en alguna de esas fechas.",
            ),
            vigencia_en_orden("comites_regla_en_orden"),
            models.CheckConstraint(
                name="comites_regla_completa",
                condition=(
                    Q(tipo="mayoria", numerador__isnull=True, denominador__isnull=True, numero__isnull=True)
                    # A comparison with a null is neither true nor false, and a check lets it pass.
                    | Q(tipo="fraccion", numerador__isnull=False, denominador__isnull=False, numero__isnull=True)
                    & Q(numerador__gte=1, denominador__gte=F("numerador"))
                    | Q(tipo="numero", numero__isnull=False, numerador__isnull=True, denominador__isnull=True)
                    & Q(numero__gte=1)
                ),
                violation_error_message="Di la fracción (de 1/2 a 1/1) o el número de personas, según la regla.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comite or self.mesa}: {self.regla.en_palabras()}"

    @property
    def regla(self) -> quorum.Regla:
        """The same rule for the pure arithmetic."""
        return quorum.Regla(
            tipo=self.tipo,
            numerador=self.numerador or 1,
            denominador=self.denominador or 2,
            numero=self.numero or 1,
            solo_ciudadanos=self.solo_ciudadanos,
            valen_suplentes=self.valen_suplentes,
        )


class PaseDeLista(models.Model):
    """A roll-call with its name and its hour («antes de votar»), and the quorum that it found.

    The numbers are kept as they were found: nobody rewrites later whether a decision had quorum.
    """

    sesion = models.ForeignKey(Sesion, models.CASCADE, verbose_name="sesión", related_name="pases")
    nombre = models.CharField("pase de lista", max_length=80)
    hora = models.DateTimeField("hora")
    en_sala = models.PositiveSmallIntegerField("en la sala")
    base = models.PositiveSmallIntegerField("de cuántos")
    requeridos = models.PositiveSmallIntegerField("hacían falta", null=True, blank=True)

    class Meta:
        verbose_name = "pase de lista"
        verbose_name_plural = "pases de lista"
        ordering = ["sesion", "hora", "pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_pase_cuenta",
                condition=Q(en_sala__lte=F("base")),
                violation_error_message="En la sala no puede haber más personas que asientos.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nombre}: {self.quorum.en_palabras()}"

    @property
    def quorum(self) -> quorum.Quorum:
        """The quorum that it found."""
        return quorum.Quorum(self.en_sala, self.base, self.requeridos)


class Movimiento(models.Model):
    """Somebody with a seat arrived late, left before the end, or came back, with the hour.

    Without it the minute would say «present» of who had left before the vote.
    """

    class Tipo(models.TextChoices):
        LLEGADA = "llegada", "Llegó"
        SALIDA = "salida", "Se fue"

    sesion = models.ForeignKey(Sesion, models.CASCADE, verbose_name="sesión", related_name="movimientos")
    integrante = models.ForeignKey(Integrante, models.PROTECT, verbose_name="integrante", related_name="movimientos")
    tipo = models.CharField("qué hizo", max_length=8, choices=Tipo)
    hora = models.DateTimeField("hora")
    pase = models.ForeignKey(
        PaseDeLista,
        models.CASCADE,
        verbose_name="pase de lista",
        related_name="movimientos",
        null=True,
        blank=True,
        help_text="El pase en que se notó; vacío: se anotó en el momento.",
    )

    class Meta:
        verbose_name = "entrada o salida"
        verbose_name_plural = "entradas y salidas"
        ordering = ["sesion", "pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_movimiento_tipo",
                condition=Q(tipo__in=["llegada", "salida"]),
                violation_error_message="Se llega o se sale.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.integrante}: {self.get_tipo_display()}"


class Turno(models.Model):
    """When the session took up an item of its agenda. The latest says which one is at hand."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, verbose_name="sesión", related_name="turnos")
    punto = models.ForeignKey(PuntoDelOrden, models.CASCADE, verbose_name="punto", related_name="turnos")
    hora = models.DateTimeField("desde")

    class Meta:
        verbose_name = "punto en turno"
        verbose_name_plural = "puntos en turno"
        ordering = ["sesion", "pk"]

    def __str__(self) -> str:
        return str(self.punto)


class Captura(models.Model):
    """A write made from a phone, by the key that its page gave it: answered once, however often it arrives.

    A bad connection loses answers, not only questions: the phone asks again, and what was done
    must not be done twice. `huella` tells the same write from another one that took its key.
    It keeps what was answered (versions, a sentence), never what somebody wrote.
    """

    clave = models.UUIDField("clave", unique=True)
    sesion = models.ForeignKey(Sesion, models.CASCADE, verbose_name="sesión", related_name="capturas")
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién escribió", null=True, blank=True
    )
    que = models.CharField("qué escribió", max_length=20)
    objeto = models.CharField("sobre qué", max_length=40)
    huella = models.CharField("huella de lo enviado", max_length=64)
    respuesta = models.JSONField("lo que se contestó")
    creado = models.DateTimeField("recibida", auto_now_add=True)

    class Meta:
        verbose_name = "captura"
        verbose_name_plural = "capturas"
        ordering = ["pk"]
        indexes = [models.Index(fields=["sesion", "-id"], name="comites_captura_de_sesion")]

    def __str__(self) -> str:
        return f"{self.que} {self.clave}"
