"""Questions about what the mesas send by mail."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from comites.alcance import escribe
from comun.modelos import entre
from mesas.models import Mesa


class EnvioQuerySet(models.QuerySet):
    """Messages of the mesas, and how their delivery went."""

    def visibles_para(self, usuario: Any) -> EnvioQuerySet:
        """Those of the mesas and sessions that the user records, and those sent to himself."""
        if not usuario.is_authenticated:
            return self.none()
        de_la_mesa = entre("mesa", Mesa.objects.editables_por(usuario).values("pk"))
        de_sesion = Q(sesion__isnull=False) & escribe(usuario, "sesion__")
        return self.filter(de_la_mesa | Q(persona__usuario=usuario) | de_sesion)
