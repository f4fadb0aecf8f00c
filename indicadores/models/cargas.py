"""What the official source published, and exactly what each published file covers.

A zero, a silence and a future month look alike in the source; here they do not. `Alcance`
says which months of a crime, a year and an entidad a file reports. Inside it an absent row
of `Conteo` is zeros; outside it there is no figure at all, whatever the row holds.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from indicadores.models.taxonomia import Delito, Instrumento
from indicadores.querysets import AlcanceQuerySet, CargaQuerySet
from mesas.models import Entidad, Municipio

UNIDAD = "presuntos delitos registrados en carpetas de investigación iniciadas"

TODO_EL_ANIO = 0b1111_1111_1111
"""Mask of the twelve months: bit 0 is January."""


class Ambito(models.TextChoices):
    """What the source breaks its figures down by."""

    ESTATAL = "estatal", "Por entidad"
    MUNICIPAL = "municipal", "Por municipio"


class Carga(models.Model):
    """One file of the source that entered the portal: what it was, its cut, its fingerprint.

    Every edition of the source rewrites the past, so figures always belong to a carga and a
    page can say which one it shows. `corte` is the last month published, as its first day.
    A carga that was undone keeps its record and none of its figures.
    """

    instrumento = models.CharField("instrumento", max_length=10, choices=Instrumento)
    ambito = models.CharField("ámbito", max_length=9, choices=Ambito)
    archivo = models.CharField("archivo", max_length=200)
    sha256 = models.CharField("huella del archivo (SHA-256)", max_length=64)
    corte = models.DateField("corte", help_text="Último mes publicado, como su primer día.")
    primer_anio = models.PositiveSmallIntegerField("primer año")
    ultimo_anio = models.PositiveSmallIntegerField("último año")
    fuente = models.CharField("fuente", max_length=200)
    unidad = models.CharField("unidad", max_length=120, default=UNIDAD)
    nota = models.TextField("nota", blank=True)
    filas = models.PositiveIntegerField("filas del archivo")
    total = models.IntegerField("suma de sus cifras", help_text="Total de control de todo lo que cubre.")
    extracto = models.CharField("huella del extracto", max_length=64, blank=True)
    avisos = models.JSONField("avisos", default=list, blank=True)
    forzada = models.BooleanField("forzada", default=False, help_text="Entró aunque parecía incompleta.")
    revisadas = models.PositiveIntegerField(
        "celdas revisadas",
        null=True,
        blank=True,
        help_text="Cifras ya publicadas que cambió; vacío si no había con qué comparar.",
    )
    cargada = models.DateTimeField("cargada", auto_now_add=True)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="quién la hizo", null=True, blank=True, related_name="+"
    )
    deshecha = models.DateTimeField("deshecha", null=True, blank=True)
    deshecha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="quién la deshizo",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = CargaQuerySet.as_manager()

    class Meta:
        verbose_name = "carga"
        verbose_name_plural = "cargas"
        ordering = ["-corte", "archivo"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "instrumento", "ambito"],
                condition=Q(deshecha__isnull=True, extracto=""),
                name="indicadores_carga_unica",
                violation_error_message="Ese archivo ya está cargado.",
            ),
            # What came with the portal is that file without its modalidades: the whole file may enter beside it.
            models.UniqueConstraint(
                fields=["sha256", "instrumento", "ambito"],
                condition=Q(deshecha__isnull=True) & ~Q(extracto=""),
                name="indicadores_carga_del_extracto_unica",
                violation_error_message="Las cifras de ese archivo ya vinieron con el portal.",
            ),
            models.UniqueConstraint(fields=["id", "instrumento", "ambito"], name="indicadores_carga_referida"),
            models.CheckConstraint(
                name="indicadores_carga_ambito",
                condition=Q(ambito__in=["estatal", "municipal"]),
                violation_error_message="El ámbito es estatal o municipal.",
            ),
            models.CheckConstraint(
                name="indicadores_carga_corte",
                condition=Q(corte__day=1),
                violation_error_message="El corte es un mes: se guarda como su primer día.",
            ),
            models.CheckConstraint(
                name="indicadores_carga_sha256",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="La huella son 64 dígitos hexadecimales.",
            ),
            models.CheckConstraint(
                name="indicadores_carga_anios",
                condition=Q(primer_anio__lte=F("ultimo_anio"), primer_anio__gte=1990, ultimo_anio__lte=2100),
                violation_error_message="El último año no puede ser anterior al primero.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.archivo} (corte {self.corte:%Y-%m})"

    def get_absolute_url(self) -> str:
        return reverse("carga", args=[self.pk])


class Alcance(models.Model):
    """What a carga reports of one crime in one entidad and one year.

    It is also the piece that a newer carga replaces: one is in force at a time for the same
    crime, year, entidad and ámbito. `meses` is a mask with bit 0 for January; a month that
    the entidad did not report is off, although the source prints a zero there. That of a
    subtipo is what the file says; that of a tipo or a bien («Robo») exists where one carga is
    in force for all its subtipos, whose sum it then brings ready made.
    """

    carga = models.ForeignKey(Carga, models.CASCADE, verbose_name="carga", related_name="alcances", db_index=False)
    instrumento = models.CharField("instrumento", max_length=10, choices=Instrumento)
    ambito = models.CharField("ámbito", max_length=9, choices=Ambito)
    delito = models.ForeignKey(Delito, models.PROTECT, verbose_name="delito", related_name="alcances", db_index=False)
    # A foreign key demands that it is that of the crime, together with the instrument (migration 0002).
    nivel = models.SmallIntegerField("nivel", choices=Delito.Nivel, db_default=Delito.Nivel.SUBTIPO)
    entidad = models.ForeignKey(Entidad, models.PROTECT, verbose_name="entidad", related_name="+", db_index=False)
    anio = models.PositiveSmallIntegerField("año")
    meses = models.PositiveSmallIntegerField("meses reportados", help_text="Un bit por mes; el primero es enero.")
    corte = models.DateField("corte", help_text="Último mes publicado de este delito.")
    entidad_completa = models.BooleanField(
        "cubre toda la entidad", default=True, help_text="Trae todos sus municipios: su suma vale como cifra estatal."
    )
    con_modalidades = models.BooleanField(
        "trae sus modalidades", default=False, help_text="Si no, solo se conoce la suma del subtipo."
    )
    # Where they are true the sum is read ready made, without a look at its parts (indicadores.sumas keeps them).
    en_su_tipo = models.BooleanField("sumado en su tipo", default=False, db_default=False)
    en_su_bien = models.BooleanField("sumado en su bien jurídico", default=False, db_default=False)
    vigente = models.BooleanField("vigente", default=True)
    reemplazada_por = models.ForeignKey(
        Carga,
        models.SET_NULL,
        verbose_name="reemplazada por",
        null=True,
        blank=True,
        related_name="reemplazos",
        db_index=False,
        help_text="La carga que la sacó de vigencia; deshacerla la devuelve.",
    )

    objects = AlcanceQuerySet.as_manager()

    class Meta:
        verbose_name = "alcance de una carga"
        verbose_name_plural = "alcances de las cargas"
        ordering = ["delito", "anio", "entidad"]
        indexes = [
            models.Index(
                fields=["delito", "entidad", "anio"],
                include=[
                    "ambito",
                    "meses",
                    "corte",
                    "carga",
                    "entidad_completa",
                    "con_modalidades",
                    "en_su_tipo",
                    "en_su_bien",
                ],
                condition=Q(vigente=True),
                name="indicadores_alcance_en_vigor",
            ),
            # What no sum ready made has already: almost nothing, once a whole file is in.
            models.Index(
                fields=["delito", "entidad", "anio"],
                condition=Q(vigente=True, nivel=3, en_su_tipo=False),
                name="indicadores_alcance_sin_tipo",
            ),
            models.Index(
                fields=["delito", "entidad", "anio"],
                condition=Q(vigente=True, nivel=3, en_su_bien=False),
                name="indicadores_alcance_sin_bien",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["delito", "ambito", "anio", "entidad"],
                condition=Q(vigente=True),
                name="indicadores_un_alcance_vigente",
                violation_error_message="Otra carga ya es la vigente para ese delito, año y entidad.",
            ),
            models.UniqueConstraint(
                fields=["carga", "delito", "anio", "entidad"],
                name="indicadores_alcance_unico",
                violation_error_message="La carga ya declara ese alcance.",
            ),
            models.CheckConstraint(
                name="indicadores_alcance_meses",
                condition=Q(meses__range=(1, TODO_EL_ANIO)),
                violation_error_message="El alcance incluye al menos un mes y a lo más doce.",
            ),
            models.CheckConstraint(
                name="indicadores_alcance_instrumento",
                condition=Q(instrumento="RNID", anio__gte=2026) | Q(instrumento="CNSP/38/15", anio__range=(2015, 2025)),
                violation_error_message="CNSP/38/15 va de 2015 a 2025; RNID, de 2026 en adelante.",
            ),
            models.CheckConstraint(
                name="indicadores_alcance_nivel",
                condition=Q(nivel__range=(1, 3)),
                violation_error_message="El alcance es de un subtipo, un tipo o un bien jurídico.",
            ),
            models.CheckConstraint(
                name="indicadores_alcance_reemplazado",
                condition=Q(vigente=False) | Q(reemplazada_por__isnull=True),
                violation_error_message="Lo que otra carga reemplazó ya no está vigente.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delito}, {self.entidad}, {self.anio}"


class Presencia(models.Model):
    """Years in which a municipality has rows in a municipal carga: from `desde` until before `hasta`.

    535 municipalities of Oaxaca do not exist in the files of 2015 and 2016, and new ones
    enter later: where there is no row there is no zero either.
    """

    carga = models.ForeignKey(Carga, models.CASCADE, verbose_name="carga", related_name="presencias", db_index=False)
    municipio = models.ForeignKey(Municipio, models.PROTECT, verbose_name="municipio", related_name="+", db_index=False)
    desde = models.PositiveSmallIntegerField("desde el año")
    hasta = models.PositiveSmallIntegerField("hasta antes del año")

    class Meta:
        verbose_name = "presencia de un municipio"
        verbose_name_plural = "presencia de los municipios"
        constraints = [
            models.UniqueConstraint(fields=["carga", "municipio", "desde"], name="indicadores_presencia_unica"),
            models.CheckConstraint(
                name="indicadores_presencia_en_orden",
                condition=Q(desde__lt=F("hasta")),
                violation_error_message="El año final debe ser posterior al inicial.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipio_id}: {self.desde}–{self.hasta - 1}"


class Conteo(models.Model):
    """Figures of one crime and one territory through all the years of a carga, month by month.

    `meses` begins in January of the first year of its carga and has twelve places per year.
    `territorio` is a municipality («28038») or an entidad («28»); in a municipal carga the
    entidad is the sum of its municipalities, the pseudo-municipalities 998 and 999 included.
    The official −1 cells stay. Each figure stands once: a modalidad only where its subtipo
    has several, a tipo or a bien only where it adds several subtipos.

    Hundreds of thousands of rows enter at once, so the references are checked by statement
    and not by row (migration 0003): whatever writes here, no figure stands outside an `Alcance`.
    """

    pk = models.CompositePrimaryKey("carga_id", "delito_id", "territorio")
    carga = models.ForeignKey(
        Carga, models.DO_NOTHING, verbose_name="carga", related_name="conteos", db_constraint=False, db_index=False
    )
    delito = models.ForeignKey(
        Delito, models.DO_NOTHING, verbose_name="delito", related_name="+", db_constraint=False, db_index=False
    )
    territorio = models.CharField("territorio", max_length=5)
    meses = ArrayField(models.IntegerField(), verbose_name="mes por mes")

    class Meta:
        verbose_name = "conteo"
        verbose_name_plural = "conteos"
        constraints = [
            models.CheckConstraint(
                name="indicadores_conteo_territorio",
                condition=Q(territorio__regex=r"^[0-9]{2}([0-9]{3})?$"),
                violation_error_message="El territorio es una clave de dos o cinco dígitos.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delito_id} {self.territorio}"
