"""The country as INEGI numbers it. Codes are the keys; names are labels and they change."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from comun.texto import SinAcentos
from mesas.querysets import MunicipioQuerySet

# The zones in which a municipality of Mexico keeps its clock.
ZONAS = {
    "America/Mexico_City": "Centro (Ciudad de México)",
    "America/Monterrey": "Centro, noreste (Monterrey)",
    "America/Matamoros": "Frontera de Tamaulipas y Nuevo León",
    "America/Ojinaga": "Frontera noreste de Chihuahua y Coahuila",
    "America/Merida": "Centro, península de Yucatán",
    "America/Bahia_Banderas": "Bahía de Banderas",
    "America/Cancun": "Sureste (Quintana Roo)",
    "America/Chihuahua": "Chihuahua",
    "America/Ciudad_Juarez": "Frontera de Ciudad Juárez",
    "America/Mazatlan": "Pacífico (Sinaloa, Nayarit, Baja California Sur)",
    "America/Hermosillo": "Sonora",
    "America/Tijuana": "Noroeste (Baja California)",
}


class Entidad(models.Model):
    """One of the 32 federative entities, keyed by INEGI's two-digit code («28»)."""

    clave = models.CharField("clave", max_length=2, primary_key=True)
    nombre = models.CharField("nombre oficial", max_length=60)
    nombre_corto = models.CharField("nombre corto", max_length=40)

    class Meta:
        verbose_name = "entidad"
        verbose_name_plural = "entidades"
        ordering = ["clave"]
        constraints = [
            models.CheckConstraint(
                name="mesas_entidad_clave",
                condition=Q(clave__regex=r"^(0[1-9]|[12][0-9]|3[0-2])$"),
                violation_error_message="La clave de la entidad son dos dígitos, de 01 a 32.",
            ),
        ]

    def __str__(self) -> str:
        return self.nombre_corto


class Municipio(models.Model):
    """A municipality, or demarcación of Mexico City, keyed by INEGI's five-digit code («28038»).

    Names repeat (there are seven «Benito Juárez») and change while codes stay, so nothing in
    the portal joins by name. `pseudo` marks the codes 998 and 999 with which the prosecutors
    gather what they could not place: they count in the entidad and belong to no mesa.
    """

    clave = models.CharField("clave", max_length=5, primary_key=True)
    entidad = models.ForeignKey(Entidad, models.PROTECT, verbose_name="entidad", related_name="municipios")
    nombre = models.CharField("nombre", max_length=100)
    longitud = models.FloatField("longitud", null=True, blank=True, help_text="De un punto dentro del municipio.")
    latitud = models.FloatField("latitud", null=True, blank=True)
    pseudo = models.BooleanField(
        "no es un lugar", default=False, help_text="Claves 998 y 999: hechos que la fiscalía no ubicó."
    )

    objects = MunicipioQuerySet.as_manager()

    class Meta:
        verbose_name = "municipio"
        verbose_name_plural = "municipios"
        ordering = ["clave"]
        constraints = [
            models.CheckConstraint(
                name="mesas_municipio_clave",
                condition=Q(clave__regex=r"^[0-9]{5}$"),
                violation_error_message="La clave del municipio son cinco dígitos.",
            ),
            models.CheckConstraint(
                name="mesas_municipio_de_su_entidad",
                condition=Q(entidad=Left(F("clave"), 2)),
                violation_error_message="Los dos primeros dígitos de la clave son los de su entidad.",
            ),
        ]
        indexes = [
            GinIndex(OpClass(SinAcentos("nombre"), name="gin_trgm_ops"), name="mesas_municipio_busqueda"),
        ]

    def __str__(self) -> str:
        return f"{self.nombre} ({self.clave})"
