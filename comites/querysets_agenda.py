"""Questions about what comes before a session: templates of agenda and invitations to meet together."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from mesas.models import Mesa


class PlantillaQuerySet(models.QuerySet):
    """Questions about templates of agenda."""

    def de_la_red(self) -> PlantillaQuerySet:
        """Those that the network offers to every mesa."""
        return self.filter(mesa__isnull=True)

    def para(self, mesa: Mesa) -> PlantillaQuerySet:
        """Those that a mesa may use, its own first."""
        return self.filter(Q(mesa=mesa) | Q(mesa__isnull=True)).order_by(
            F("mesa").asc(nulls_last=True), "tipo", "nombre"
        )

    def visibles_para(self, usuario: Any) -> PlantillaQuerySet:
        """Of the network, and of the mesas whose workspace the user may read."""
        return self.filter(Q(mesa__isnull=True) | Q(mesa__in=Mesa.objects.visibles_para(usuario)))

    def editables_por(self, usuario: Any) -> PlantillaQuerySet:
        """Of the mesas in which the user may write everything. Those of the network live in the admin."""
        return self.filter(mesa__in=Mesa.objects.editables_por(usuario))


class InvitacionQuerySet(models.QuerySet):
    """Questions about invitations to meet together."""

    def para_responder(self, usuario: Any, mesa: Mesa) -> InvitacionQuerySet:
        """What was proposed to a mesa and the user may answer in its name: sessions still open.

        An invitation says when and where people will meet, so it is read only by who may answer it.
        """
        return self.filter(mesa=mesa, mesa__in=Mesa.objects.editables_por(usuario)).exclude(
            Q(estado="retirada") | Q(sesion__estado__in=("cerrada", "aprobada"))
        )

    def en_pie(self) -> InvitacionQuerySet:
        """All but those taken back, by the name of the mesa."""
        return self.exclude(estado="retirada").order_by("mesa__nombre")

    def sin_responder(self) -> InvitacionQuerySet:
        """Those that still wait, the nearest session first."""
        return self.filter(estado="propuesta").order_by("sesion__inicio")
