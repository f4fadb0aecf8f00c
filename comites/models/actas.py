"""What a session leaves in writing: its minute, chained to the others of its organ, and what is said of it later."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from comites.models.acuerdos import Acuerdo
from comites.models.organos import Comite
from comites.models.sesiones import PuntoDelOrden, Sesion
from comites.querysets_actas import ActaQuerySet, EslabonQuerySet, TextoQuerySet
from mesas.models import Mesa


class Eslabon(models.Model):
    """A link of the chain of an organ: the exact text of a minute or of an addendum, and its hash.

    Each link carries the hash of the one before it, so that no minute of an organ can be changed,
    slipped in or taken out without breaking every later one. Written once; triggers refuse another
    order, another hash, and any change.
    """

    class Clase(models.TextChoices):
        ACTA = "acta", "Acta"
        ADENDA = "adenda", "Adenda"

    mesa = models.ForeignKey(Mesa, models.PROTECT, verbose_name="mesa", related_name="eslabones")
    comite = models.ForeignKey(
        Comite, models.PROTECT, verbose_name="comité", related_name="eslabones", null=True, blank=True
    )
    tipo = models.CharField("tipo de sesión", max_length=12, choices=Sesion.Tipo)
    secuencia = models.PositiveIntegerField("lugar en la cadena")
    clase = models.CharField("qué es", max_length=6, choices=Clase)
    contenido = models.TextField("contenido", help_text="JSON canónico: de estos bytes sale la huella.")
    anterior = models.CharField("huella anterior", max_length=64, blank=True)
    huella = models.CharField("huella", max_length=64, unique=True)
    creado = models.DateTimeField("creado", auto_now_add=True)

    objects = EslabonQuerySet.as_manager()

    class Meta:
        verbose_name = "eslabón"
        verbose_name_plural = "eslabones"
        ordering = ["mesa", "tipo", "comite", "secuencia"]
        constraints = [
            models.UniqueConstraint(
                fields=["mesa", "comite", "tipo", "secuencia"],
                name="comites_eslabon_unico",
                nulls_distinct=False,
                violation_error_message="Ese lugar de la cadena ya está ocupado.",
            ),
            models.CheckConstraint(
                name="comites_eslabon_clase",
                condition=Q(clase__in=["acta", "adenda"]),
                violation_error_message="Un eslabón es un acta o una adenda.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_clase_display()} {self.secuencia} · {self.huella[:12]}"


class Acta(models.Model):
    """The minute of a session, taken when it closes from what its tables say.

    Its text never changes. It lives two things: it is sent as a draft to those who were there,
    who may object item by item, and the next session of the organ approves it. What turns out to
    be wrong is corrected with an `Adenda`. Sessions closed before the portal took minutes have
    none, and nobody makes one afterwards: it would prove nothing of what was said then.
    """

    sesion = models.OneToOneField(Sesion, models.PROTECT, verbose_name="sesión", related_name="acta")
    eslabon = models.OneToOneField(Eslabon, models.PROTECT, verbose_name="eslabón", related_name="acta")
    folio = models.CharField("folio", max_length=120, unique=True)
    codigo = models.CharField("código de verificación", max_length=16, unique=True)
    enviada_el = models.DateTimeField("borrador enviado el", null=True, blank=True)
    objeciones_hasta = models.DateField("se objeta hasta el", null=True, blank=True, help_text="Último día, incluido.")
    aprobada_en = models.ForeignKey(
        Sesion,
        models.PROTECT,
        verbose_name="sesión que la aprobó",
        related_name="actas_aprobadas",
        null=True,
        blank=True,
    )
    aprobada_el = models.DateTimeField("aprobada el", null=True, blank=True)
    aprobada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién lo registró", null=True, blank=True
    )
    creado = models.DateTimeField("creado", auto_now_add=True)

    objects = ActaQuerySet.as_manager()

    class Meta:
        verbose_name = "acta"
        verbose_name_plural = "actas"
        ordering = ["-sesion__inicio"]
        constraints = [
            models.CheckConstraint(
                name="comites_acta_aprobada_entera",
                condition=Q(aprobada_en__isnull=True, aprobada_el__isnull=True)
                | Q(aprobada_en__isnull=False, aprobada_el__isnull=False),
                violation_error_message="Un acta aprobada dice en qué sesión y cuándo.",
            ),
            models.CheckConstraint(
                name="comites_acta_con_plazo",
                condition=Q(enviada_el__isnull=True, objeciones_hasta__isnull=True)
                | Q(enviada_el__isnull=False, objeciones_hasta__isnull=False),
                violation_error_message="Un borrador enviado dice hasta cuándo se objeta.",
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def esta_aprobada(self) -> bool:
        """The next session approved it: it admits no objections, only addenda."""
        return self.aprobada_el is not None

    @property
    def codigo_legible(self) -> str:
        """Its code in groups of four, as people copy it from paper."""
        return en_grupos(self.codigo)


def en_grupos(codigo: str) -> str:
    """«ABCD-EFGH-JKMN-PQRS»."""
    return "-".join(codigo[i : i + 4] for i in range(0, len(codigo), 4))


class Adenda(models.Model):
    """What corrects or completes a minute without touching it. Another link of the same chain."""

    acta = models.ForeignKey(Acta, models.PROTECT, verbose_name="acta", related_name="adendas")
    eslabon = models.OneToOneField(Eslabon, models.PROTECT, verbose_name="eslabón", related_name="adenda")
    numero = models.PositiveSmallIntegerField("número")
    punto = models.ForeignKey(
        PuntoDelOrden,
        models.PROTECT,
        verbose_name="punto que corrige",
        related_name="adendas",
        null=True,
        blank=True,
    )
    texto = models.TextField("qué corrige o agrega")
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién la registró", null=True, blank=True
    )
    creado = models.DateTimeField("creado", auto_now_add=True)

    class Meta:
        verbose_name = "adenda"
        verbose_name_plural = "adendas"
        ordering = ["acta", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["acta", "numero"],
                name="comites_adenda_unica",
                violation_error_message="Esa acta ya tiene una adenda con ese número.",
            ),
            models.CheckConstraint(
                name="comites_adenda_con_texto",
                condition=Q(texto__regex=r"\S"),
                violation_error_message="Escribe qué corrige o agrega la adenda.",
            ),
        ]

    def __str__(self) -> str:
        return f"Adenda {self.numero} de {self.acta}"


class Objecion(models.Model):
    """What somebody who was there says that the draft of a minute does not tell as it was."""

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Sin responder"
        ACEPTADA = "aceptada", "Aceptada"
        RECHAZADA = "rechazada", "No aceptada"

    acta = models.ForeignKey(Acta, models.PROTECT, verbose_name="acta", related_name="objeciones")
    punto = models.ForeignKey(
        PuntoDelOrden,
        models.PROTECT,
        verbose_name="punto",
        related_name="objeciones",
        null=True,
        blank=True,
        help_text="Vacío: la lista o el acta entera.",
    )
    texto = models.TextField("qué no quedó como fue")
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién objeta",
        related_name="objeciones",
        null=True,
        blank=True,
    )
    creado = models.DateTimeField("creado", auto_now_add=True)
    estado = models.CharField("estado", max_length=9, choices=Estado, default=Estado.PENDIENTE)
    respuesta = models.TextField("respuesta", blank=True)
    adenda = models.OneToOneField(
        Adenda, models.PROTECT, verbose_name="adenda que la atiende", related_name="objecion", null=True, blank=True
    )
    respondida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién respondió", null=True, blank=True
    )
    respondida_el = models.DateTimeField("respondida el", null=True, blank=True)

    class Meta:
        verbose_name = "objeción"
        verbose_name_plural = "objeciones"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="comites_objecion_con_texto",
                condition=Q(texto__regex=r"\S"),
                violation_error_message="Escribe qué no quedó como fue.",
            ),
            models.CheckConstraint(
                name="comites_objecion_respondida",
                condition=Q(estado="pendiente", respondida_el__isnull=True, adenda__isnull=True)
                | Q(estado="aceptada", respondida_el__isnull=False, adenda__isnull=False)
                | Q(estado="rechazada", respondida_el__isnull=False, adenda__isnull=True, respuesta__regex=r"\S"),
                violation_error_message="Una objeción aceptada lleva adenda; una que no se acepta, el porqué.",
            ),
        ]

    def __str__(self) -> str:
        return f"Objeción a {self.acta}"


class Extracto(models.Model):
    """That the coordination certified what one agreement says in its minute. One per agreement.

    It goes out of the mesa, to whoever must fulfil it, so it never names a person without consent.
    """

    acuerdo = models.OneToOneField(Acuerdo, models.PROTECT, verbose_name="acuerdo", related_name="extracto")
    acta = models.ForeignKey(Acta, models.PROTECT, verbose_name="acta", related_name="extractos")
    codigo = models.CharField("código de verificación", max_length=16, unique=True)
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién lo expidió", null=True, blank=True
    )
    creado = models.DateTimeField("expedido el", auto_now_add=True)

    class Meta:
        verbose_name = "extracto certificado"
        verbose_name_plural = "extractos certificados"
        ordering = ["-creado"]

    def __str__(self) -> str:
        return f"Extracto de {self.acuerdo}"

    @property
    def codigo_legible(self) -> str:
        """Its code in groups of four."""
        return en_grupos(self.codigo)


class TextoBuscable(models.Model):
    """One thing said in a closed session, ready to be found: an item, an agreement, an addendum, or what
    went on in general. Written by triggers when the session closes; its text is not here, only its words.

    Its words carry also the mesas of the session («m12»): a common word is looked for in one
    mesa, never in the whole network.
    """

    sesion = models.ForeignKey(Sesion, models.CASCADE, verbose_name="sesión", related_name="textos")
    punto = models.ForeignKey(
        PuntoDelOrden, models.CASCADE, verbose_name="punto", related_name="textos", null=True, blank=True
    )
    acuerdo = models.ForeignKey(
        Acuerdo, models.CASCADE, verbose_name="acuerdo", related_name="textos", null=True, blank=True
    )
    adenda = models.ForeignKey(
        Adenda, models.CASCADE, verbose_name="adenda", related_name="textos", null=True, blank=True
    )
    palabras = SearchVectorField("palabras", editable=False)

    objects = TextoQuerySet.as_manager()

    class Meta:
        verbose_name = "texto que se busca"
        verbose_name_plural = "textos que se buscan"
        ordering = ["pk"]
        indexes = [GinIndex(fields=["palabras"], name="comites_texto_palabras")]

    def __str__(self) -> str:
        return str(self.acuerdo or self.punto or self.adenda or self.sesion)
