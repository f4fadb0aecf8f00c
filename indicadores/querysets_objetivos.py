"""Questions about what agreements aim to move."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Case, Q, Value, When

from comun.modelos import filas_de

_PROPIO = Q(mesa__isnull=True, entidad__isnull=True, municipio__isnull=True, nacional=False)
"""Over the territory of the mesa that made the agreement."""


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
        return self.vigentes()._de_acuerdos_publicos()

    def retirados_publicos(self) -> ObjetivoQuerySet:
        """The trace that withdrawn ones leave in public, while their agreement is: what and when.

        Never who nor why, which is of the mesa. Without it the crime that fell could be picked
        once its figures are known.
        """
        privado = ("declarado_por", "retirado_por", "motivo_de_retiro")
        return self.retirados()._de_acuerdos_publicos().order_by("retirado", "pk").defer(*privado)

    def que_se_verian_de(self, acuerdo: Any) -> ObjetivoQuerySet:
        """Those of an agreement that the public would see if it were public."""
        return self.filter(Q(mesa__isnull=True) | Q(mesa__publica=True), acuerdo=acuerdo).con_contexto()

    def _de_acuerdos_publicos(self) -> ObjetivoQuerySet:
        acuerdos = filas_de(self.model, "acuerdo").publicas().order_by().values("pk")
        return self.filter(Q(mesa__isnull=True) | Q(mesa__publica=True), acuerdo__in=acuerdos)

    def visibles_para(self, usuario: Any) -> ObjetivoQuerySet:
        """Of agreements that the user may read, withdrawn ones included."""
        return self.filter(acuerdo__in=filas_de(self.model, "acuerdo").visibles_para(usuario).order_by().values("pk"))

    def de_delito(self, delito: str) -> ObjetivoQuerySet:
        """Those that look at that crime."""
        return self.filter(delito=delito)

    def primero_en(self, *, pais: bool, claves: Collection[str], mesas: Collection[str]) -> ObjetivoQuerySet:
        """Those that look at exactly some places before the rest, each group from the oldest on.

        A mesa is looked at by its own agreements, which name no place, and by those of others.

        Args:
            pais: the whole country is one of the places.
            claves: codes of entidades and municipalities.
            mesas: slugs.
        """
        suyos = (
            Q(entidad__in=claves)
            | Q(municipio__in=claves)
            | Q(mesa__slug__in=mesas)
            | _PROPIO & Q(acuerdo__sesion__mesa__slug__in=mesas)
        )
        if pais:
            suyos |= Q(nacional=True)
        lejos = Case(When(suyos, then=Value(0)), default=Value(1))
        return self.order_by(lejos, "acuerdo__sesion__inicio", "acuerdo__folio", "pk")

    def sin_inventar(self, *, mesas: Collection[str]) -> ObjetivoQuerySet:
        """Without the invented ones, but over the territory of an invented mesa: they never stand beside the real.

        Args:
            mesas: slugs of those whose territory is shown.
        """
        suyos = Q(mesa__slug__in=mesas, mesa__es_demo=True) | _PROPIO & Q(acuerdo__sesion__mesa__slug__in=mesas)
        return self.filter(suyos | Q(acuerdo__sesion__mesa__es_demo=False))

    def con_contexto(self) -> ObjetivoQuerySet:
        """Brings the agreement, its session and the place, in the same query."""
        return self.select_related("acuerdo__sesion__mesa", "mesa", "entidad", "municipio__entidad")

    def con_quienes(self) -> ObjetivoQuerySet:
        """Brings who withdrew it."""
        return self.select_related("retirado_por__persona")
