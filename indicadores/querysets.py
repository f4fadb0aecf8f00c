"""Questions about many crimes, loads and population figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.models import Count


class DelitoQuerySet(models.QuerySet):
    """Questions about the catalogue."""

    def subtipos(self) -> DelitoQuerySet:
        """The level at which the portal keeps its figures."""
        return self.filter(nivel=3)


class PoblacionQuerySet(models.QuerySet):
    """Questions about inhabitants."""

    def vigente(self) -> PoblacionQuerySet:
        """Figures of the current edition."""
        return self.filter(edicion__vigente=True)

    def de_territorios(self, claves: Iterable[str], anios: Iterable[int]) -> PoblacionQuerySet:
        """Figures of some territories in some years."""
        return self.filter(territorio__in=list(claves), anio__in=list(anios))


class CargaQuerySet(models.QuerySet):
    """Questions about loads."""

    def publicas(self) -> CargaQuerySet:
        """Loads of which at least one figure is in force: official figures are all public."""
        alcances = self.model._meta.get_field("alcances").related_model.objects
        return self.filter(pk__in=alcances.vigentes().values("carga"))

    def de_renglones(self, renglones: Iterable[Any]) -> CargaQuerySet:
        """Loads from which some rows of a series come."""
        return self.filter(pk__in={pk for renglon in renglones for pk in renglon.cargas})

    def del_extracto(self, huella: str) -> CargaQuerySet:
        """Loads that came in the first-run extract with that fingerprint."""
        return self.filter(extracto=huella)


class AlcanceQuerySet(models.QuerySet):
    """Questions about what is covered."""

    def vigentes(self) -> AlcanceQuerySet:
        """What readers see today."""
        return self.filter(vigente=True)

    def municipales(self) -> AlcanceQuerySet:
        """Coverage of files by municipality."""
        return self.filter(ambito="municipal")

    def de_subtipos(self, subtipos: Collection[int]) -> AlcanceQuerySet:
        """Coverage of some crimes."""
        return self.filter(delito__in=subtipos)

    def entidades_por_anio(self) -> AlcanceQuerySet:
        """How many entidades report each subtipo, by ámbito and year. One query."""
        return self.order_by().values_list("delito", "ambito", "anio").annotate(cuantas=Count("entidad", distinct=True))


class CambioQuerySet(models.QuerySet):
    """Questions about what the source revised."""

    def publicos(self) -> CambioQuerySet:
        """Revisions made by loads that were not undone: official figures are all public."""
        return self.filter(carga__deshecha__isnull=True)
