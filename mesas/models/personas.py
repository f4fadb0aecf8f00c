"""People, the institutions they come from, and their seat in a mesa."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from comun.modelos import Registro, Vigencia, sin_traslape, vigencia_en_orden
from mesas.models.red import Mesa
from mesas.models.territorio import Entidad, Municipio
from mesas.querysets import IntegranteQuerySet, PersonaQuerySet


class Institucion(Registro):
    """Whom somebody speaks for in a mesa: a government office or a civic organisation.

    Level and branch follow the way mesas describe themselves: three levels of government,
    the branches, and organised citizens.
    """

    class Nivel(models.TextChoices):
        MUNICIPAL = "municipal", "Municipal"
        ESTATAL = "estatal", "Estatal"
        FEDERAL = "federal", "Federal"
        CIVIL = "civil", "Sociedad civil"

    class Poder(models.TextChoices):
        EJECUTIVO = "ejecutivo", "Ejecutivo"
        LEGISLATIVO = "legislativo", "Legislativo"
        JUDICIAL = "judicial", "Judicial"
        FISCALIA = "fiscalia", "Fiscalía u órgano autónomo"
        FUERZAS_ARMADAS = "fuerzas_armadas", "Fuerzas armadas"
        NINGUNO = "ninguno", "No es autoridad"

    nombre = models.CharField("nombre", max_length=160)
    siglas = models.CharField("siglas", max_length=20, blank=True)
    nivel = models.CharField("nivel", max_length=10, choices=Nivel)
    poder = models.CharField("poder u órgano", max_length=16, choices=Poder)
    entidad = models.ForeignKey(Entidad, models.PROTECT, verbose_name="entidad", null=True, blank=True)
    municipio = models.ForeignKey(Municipio, models.PROTECT, verbose_name="municipio", null=True, blank=True)
    es_demo = models.BooleanField("datos de demostración", default=False)

    class Meta:
        verbose_name = "institución"
        verbose_name_plural = "instituciones"
        ordering = ["nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["nombre", "entidad", "municipio"],
                name="mesas_institucion_unica",
                nulls_distinct=False,
                violation_error_message="Esa institución ya está registrada.",
            ),
            models.CheckConstraint(
                name="mesas_institucion_civil_sin_poder",
                condition=Q(nivel="civil", poder="ninguno") | (~Q(nivel="civil") & ~Q(poder="ninguno")),
                violation_error_message="Una organización civil no tiene poder u órgano; una autoridad sí.",
            ),
        ]

    def __str__(self) -> str:
        return self.siglas or self.nombre

    @property
    def es_autoridad(self) -> bool:
        """True if whoever speaks for it holds public office."""
        return self.nivel != self.Nivel.CIVIL

    def clean(self) -> None:
        """Say in the form what the trigger would otherwise refuse: its seats were given by its level."""
        super().clean()
        if self.pk and self.integrantes.filter(tipo=Integrante.tipo_ajeno_a(self)).exists():
            raise ValidationError(
                {"nivel": "Tiene integrantes registrados conforme a su nivel: crea otra institución."}
            )


class Persona(Registro):
    """A person, once, whatever seats and posts they hold.

    Being here makes nobody public: a name leaves the workspace only with a `Consentimiento`
    in force, and `oculta` overrides it everywhere at once when the person is at risk.
    """

    nombre = models.CharField("nombre", max_length=120)
    correo = models.EmailField("correo", blank=True)
    usuario = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="cuenta",
        related_name="persona",
        null=True,
        blank=True,
    )
    oculta = models.BooleanField(
        "ocultar en todo lo público", default=False, help_text="Manda sobre cualquier consentimiento."
    )
    es_demo = models.BooleanField("persona inventada", default=False)

    objects = PersonaQuerySet.as_manager()

    class Meta:
        verbose_name = "persona"
        verbose_name_plural = "personas"
        ordering = ["nombre"]

    def __str__(self) -> str:
        return self.nombre

    @property
    def tiene_cuenta(self) -> bool:
        """Can enter the portal today."""
        return self.usuario is not None and self.usuario.is_active

    @property
    def a_donde_escribirle(self) -> str:
        """The address of the account, which only its owner changes; without account, that of the card.

        Empty if the account was closed: whoever was shut out does not go on receiving what is of the mesa.
        """
        if self.usuario is None:
            return self.correo
        return self.usuario.email if self.usuario.is_active else ""


class Consentimiento(models.Model):
    """What a person expressly allowed, under which privacy notice, until they take it back."""

    class Finalidad(models.TextChoices):
        NOMBRE = "nombre", "Que su nombre aparezca en público"
        FOTOGRAFIA = "fotografia", "Que su fotografía aparezca en público"

    persona = models.ForeignKey(Persona, models.CASCADE, verbose_name="persona", related_name="consentimientos")
    finalidad = models.CharField("para qué", max_length=12, choices=Finalidad)
    version_aviso = models.CharField("versión del aviso de privacidad", max_length=20)
    medio = models.CharField("cómo lo dio", max_length=120)
    otorgado = models.DateTimeField("otorgado")
    revocado = models.DateTimeField("revocado", null=True, blank=True)

    class Meta:
        verbose_name = "consentimiento"
        verbose_name_plural = "consentimientos"
        ordering = ["-otorgado"]
        constraints = [
            models.UniqueConstraint(
                fields=["persona", "finalidad"],
                condition=Q(revocado__isnull=True),
                name="mesas_un_consentimiento_vigente",
                violation_error_message="Ya hay un consentimiento vigente para eso.",
            ),
            models.CheckConstraint(
                name="mesas_consentimiento_en_orden",
                condition=Q(revocado__isnull=True) | Q(revocado__gte=F("otorgado")),
                violation_error_message="No se puede revocar antes de otorgar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_finalidad_display()}: {self.persona}"


class Integrante(Vigencia):
    """The seat of a person in a mesa, for a time.

    The network itself tells apart citizens «sin cargo público» and «con cargo público»
    (report of the 3er Encuentro). Who changes side ends one row and begins another.
    The institution settles it: nobody speaks for an authority «sin cargo público», nor for
    organised citizens «con cargo público» (trigger), or whoever coordinates could declare
    the office away.
    """

    class Tipo(models.TextChoices):
        SIN_CARGO_PUBLICO = "sin_cargo", "Sin cargo público"
        CON_CARGO_PUBLICO = "con_cargo", "Con cargo público"

    class Calidad(models.TextChoices):
        TITULAR = "titular", "Titular"
        SUPLENTE = "suplente", "Suplente"

    mesa = models.ForeignKey(Mesa, models.CASCADE, verbose_name="mesa", related_name="integrantes")
    persona = models.ForeignKey(Persona, models.PROTECT, verbose_name="persona", related_name="asientos")
    tipo = models.CharField("tipo", max_length=10, choices=Tipo)
    institucion = models.ForeignKey(
        Institucion, models.PROTECT, verbose_name="en nombre de", null=True, blank=True, related_name="integrantes"
    )
    calidad = models.CharField("calidad", max_length=10, choices=Calidad, default=Calidad.TITULAR)
    motivo_de_salida = models.CharField("motivo de salida", max_length=200, blank=True)

    objects = IntegranteQuerySet.as_manager()

    class Meta:
        verbose_name = "integrante"
        verbose_name_plural = "integrantes"
        ordering = ["persona__nombre"]
        constraints = [
            sin_traslape(
                "mesa",
                "persona",
                nombre="mesas_integrante_sin_traslape",
                mensaje="Esa persona ya es integrante de esa mesa en alguna de esas fechas.",
            ),
            vigencia_en_orden("mesas_integrante_en_orden"),
            models.CheckConstraint(
                name="mesas_integrante_tipo",
                condition=Q(tipo="sin_cargo") | Q(tipo="con_cargo", institucion__isnull=False),
                violation_error_message="Quien tiene cargo público dice en qué institución.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.persona)

    def clean(self) -> None:
        """Say in the form what the trigger would otherwise refuse without a field to point at."""
        super().clean()
        if self.institucion and self.tipo == self.tipo_ajeno_a(self.institucion):
            raise ValidationError({"tipo": _TIPO_AJENO[self.tipo]})

    @classmethod
    def tipo_ajeno_a(cls, institucion: Institucion) -> str:
        """The type that nobody who speaks for that institution may have."""
        return cls.Tipo.SIN_CARGO_PUBLICO if institucion.es_autoridad else cls.Tipo.CON_CARGO_PUBLICO


_TIPO_AJENO = {
    Integrante.Tipo.SIN_CARGO_PUBLICO: "Viene en nombre de una autoridad: tiene cargo público.",
    Integrante.Tipo.CON_CARGO_PUBLICO: "Viene en nombre de la sociedad civil: no tiene cargo público.",
}
