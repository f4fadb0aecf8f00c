"""Questions about many crimes, loads and population figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Left


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

    def registro(self) -> CargaQuerySet:
        """The public record of loads, newest first: in force, replaced, undone. Who made each is not public."""
        alcances = self.model._meta.get_field("alcances").related_model.objects.filter(carga=OuterRef("pk"))
        return (
            self.annotate(
                en_vigor=Exists(alcances.vigentes()),
                con_cifras=Exists(alcances),
                en_parte=Exists(alcances.filter(vigente=False)),
            )
            .defer("usuario", "deshecha_por")
            .order_by("-cargada", "-pk")
        )

    def reemplazadas_por(self, carga: Any) -> CargaQuerySet:
        """Loads some of whose figures that one took out of force, while they are kept."""
        alcances = self.model._meta.get_field("alcances").related_model.objects
        return self.filter(pk__in=alcances.filter(reemplazada_por=carga).values("carga"))

    def que_reemplazan_a(self, carga: Any) -> CargaQuerySet:
        """Loads that took some figures of that one out of force."""
        alcances = self.model._meta.get_field("alcances").related_model.objects
        return self.filter(pk__in=alcances.filter(carga=carga).values("reemplazada_por"))

    def en_lugar_de(self, carga: Any) -> CargaQuerySet:
        """Loads in force for what that one covered: what there is to read when its own figures are no longer kept."""
        return self.publicas().filter(
            instrumento=carga.instrumento,
            ambito=carga.ambito,
            primer_anio__lte=carga.ultimo_anio,
            ultimo_anio__gte=carga.primer_anio,
        )

    def de_renglones(self, renglones: Iterable[Any]) -> CargaQuerySet:
        """Loads from which some rows of a series come."""
        return self.filter(pk__in={pk for renglon in renglones for pk in renglon.cargas})

    def que_ya_trajo(self, *, sha256: str, instrumento: str, ambito: str) -> CargaQuerySet:
        """The load of that very file, if it stands. The first-run extract is not it: it lacks the modalidades."""
        return self.filter(sha256=sha256, instrumento=instrumento, ambito=ambito, deshecha__isnull=True, extracto="")

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

    def filtrar(self, *, entidad: str = "", delitos: Collection[int] | None = None) -> CambioQuerySet:
        """Of one entidad and its municipalities; of some crimes and, where they are subtipos, their modalidades."""
        filas = self.filter(territorio__startswith=entidad) if entidad else self
        if delitos is None:
            return filas
        return filas.filter(Q(delito__in=delitos) | Q(delito__padre__in=delitos))

    def por_mes(self) -> CambioQuerySet:
        """The latest months first, as they are read."""
        return self.select_related("delito__padre").order_by("-mes", "territorio", "delito__orden", "delito")

    def por_entidad(self) -> CambioQuerySet:
        """How many cells changed in each entidad, and by how much in all: (clave, celdas, neto)."""
        return (
            self.annotate(entidad=Left("territorio", 2))
            .order_by("entidad")
            .values_list("entidad")
            .annotate(celdas=Count("mes"), neto=Sum(F("despues") - F("antes")))
        )

    def por_delito(self) -> CambioQuerySet:
        """The same of each crime that has figures: (id, celdas, neto)."""
        return (
            self.order_by("delito__orden", "delito")
            .values_list("delito")
            .annotate(celdas=Count("mes"), neto=Sum(F("despues") - F("antes")))
        )


class RecepcionQuerySet(models.QuerySet):
    """Questions about uploaded files."""

    def para_la_lista(self) -> RecepcionQuerySet:
        """With what the list shows of each."""
        return self.select_related("usuario", "carga").prefetch_related("archivos")

    def visibles_para(self, usuario: Any) -> RecepcionQuerySet:
        """What one of the staff sees: every upload, but of what is half asked for only his own."""
        return self.filter(~Q(estado="borrador") | Q(usuario=usuario))

    def corregibles_por(self, usuario: Any) -> RecepcionQuerySet:
        """Those whose file is here and may be asked for in other words, by nobody but whoever sent it."""
        return self.con_archivo().filter(usuario=usuario, estado__in=["borrador", "con_errores", "interrumpida"])

    def sin_terminar(self) -> RecepcionQuerySet:
        """Waiting for their turn or being loaded."""
        return self.filter(estado__in=["recibida", "en_curso"])

    def antes_que(self, recepcion: Any) -> RecepcionQuerySet:
        """Those that will be attended before it."""
        return self.sin_terminar().filter(encolada__lt=recepcion.encolada).exclude(pk=recepcion.pk)

    def con_archivo(self) -> RecepcionQuerySet:
        """Those whose file is still kept."""
        trozos = self.model._meta.get_field("archivos").related_model._meta.get_field("trozos").related_model.objects
        return self.filter(Exists(trozos.filter(archivo__recepcion=OuterRef("pk"))))
