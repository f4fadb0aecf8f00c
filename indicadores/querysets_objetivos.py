"""Questions about what agreements aim to move."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from comun.modelos import filas_de


class ObjetivoQuerySet(models.QuerySet):
    """Questions about many objectives."""

    def vigentes(self) -> ObjetivoQuerySet:
        """Those that nobody withdrew."""
        return self.filter(retirado__isnull=True)

    def retirados(self) -> ObjetivoQuerySet:
        """Those that somebody withdrew: they leave a trace, and count in nothing."""
        return self.filter(retirado__isnull=False)

    def publicas(self) -> ObjetivoQuerySet:
        """In force, of agreements that are public today, over places that the public may ask for."""
        acuerdos = filas_de(self.model, "acuerdo").publicas().order_by().values("pk")
        return self.vigentes().filter(Q(mesa__isnull=True) | Q(mesa__publica=True), acuerdo__in=acuerdos)

    def visibles_para(self, usuario: Any) -> ObjetivoQuerySet:
        """Of agreements that the user may read, withdrawn ones included."""
        return self.filter(acuerdo__in=filas_de(self.model, "acuerdo").visibles_para(usuario).order_by().values("pk"))

    def de_delito(self, delito: str) -> ObjetivoQuerySet:
        """Those that look at that crime."""
        return self.filter(delito=delito)

    def de_pais(self) -> ObjetivoQuerySet:
        """Those that look at the whole country."""
        return self.filter(nacional=True)

    def de_entidad(self, clave: str) -> ObjetivoQuerySet:
        """Those that look at an entidad."""
        return self.filter(entidad=clave)

    def de_municipio(self, clave: str) -> ObjetivoQuerySet:
        """Those that look at a municipality."""
        return self.filter(municipio=clave)

    def de_mesa(self, slug: str) -> ObjetivoQuerySet:
        """Those that look at the territory of a mesa, its own agreements or another's."""
        propio = Q(mesa__isnull=True, entidad__isnull=True, municipio__isnull=True, nacional=False)
        return self.filter(propio & Q(acuerdo__sesion__mesa__slug=slug) | Q(mesa__slug=slug))

    def sin_inventar(self) -> ObjetivoQuerySet:
        """Without the invented ones, but over the territory of an invented mesa: they never stand beside the real."""
        mesa = "acuerdo__sesion__mesa__es_demo"
        propio = Q(mesa__isnull=True, entidad__isnull=True, municipio__isnull=True, nacional=False)
        return self.filter(propio | Q(**{mesa: False}) | Q(mesa__es_demo=F(mesa)))

    def con_contexto(self) -> ObjetivoQuerySet:
        """Brings the agreement, its session and the place, in the same query."""
        return self.select_related("acuerdo__sesion__mesa", "mesa", "entidad", "municipio__entidad")

    def con_quienes(self) -> ObjetivoQuerySet:
        """Brings who withdrew it."""
        return self.select_related("retirado_por__persona")
