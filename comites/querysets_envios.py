"""Questions about what the mesas send by mail."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from comun.modelos import filas_de
from mesas.models import Mesa


class EnvioQuerySet(models.QuerySet):
    """Messages of the mesas, and how their delivery went."""

    def visibles_para(self, usuario: Any) -> EnvioQuerySet:
        """Those of the mesas and sessions that the user records, and those sent to himself."""
        if not usuario.is_authenticated:
            return self.none()
        suyas = filas_de(self.model, "sesion").editables_por(usuario).values("pk")
        return self.filter(
            Q(mesa__in=Mesa.objects.editables_por(usuario)) | Q(persona__usuario=usuario) | Q(sesion__in=suyas)
        )
