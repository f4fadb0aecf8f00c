"""Questions about how often the organs said that they would meet."""

from __future__ import annotations

from django.db.models import F, Q

from comun.modelos import VigenciaQuerySet
from mesas.models import Mesa


class FrecuenciaQuerySet(VigenciaQuerySet):
    """Questions about frequencies."""

    def de_la_mesa(self, mesa: Mesa) -> FrecuenciaQuerySet:
        """Of its plenaria and its comités, in that order, the latest first."""
        suyas = self.filter(Q(mesa=mesa) | Q(comite__mesa=mesa)).select_related("comite")
        return suyas.order_by(F("comite__nombre").asc(nulls_first=True), "-desde")
