"""Questions about the terms of office of institutions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef

from comun.modelos import VigenciaQuerySet, filas_de


class PeriodoQuerySet(VigenciaQuerySet):
    """Questions about terms of office."""

    def de_la_mesa(self, mesa: Any, fecha: dt.date) -> PeriodoQuerySet:
        """Of the institutions that sit at a mesa on that day."""
        asientos = filas_de(self.model, "institucion__integrantes").filter(mesa=mesa).vigentes_en(fecha)
        return self.filter(Exists(asientos.filter(institucion=OuterRef("institucion"))))

    def que_terminan(self, desde: dt.date, hasta: dt.date) -> PeriodoQuerySet:
        """Whose next administration begins between those two days, both included."""
        return self.filter(hasta__range=(desde, hasta))
