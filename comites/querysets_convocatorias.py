"""Questions about calls and private calendars."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from comun.modelos import filas_de
from mesas.models import Cargo, Integrante, Mesa


def mesas_de_su_calendario(usuario: Any, fecha: dt.date) -> models.QuerySet:
    """The mesas that a person is called to on that day: those of a seat or a post of his own.

    Less than what he may read: whoever looks after a state is not called to all of its meetings, and
    a calendar is copied to servers of others.
    """
    asientos = Integrante.objects.filter(persona__usuario=usuario).vigentes_en(fecha)
    cargos = Cargo.objects.de_usuario(usuario).vigentes_en(fecha)
    return Mesa.objects.visibles_para(usuario, fecha).filter(
        Exists(asientos.filter(mesa=OuterRef("pk"))) | Exists(cargos.filter(puesto__mesa=OuterRef("pk")))
    )


class ConvocatoriaQuerySet(models.QuerySet):
    """Calls of sessions."""

    def del_calendario_de(self, usuario: Any, *, desde: dt.datetime) -> ConvocatoriaQuerySet:
        """Calls that the private calendar of a person shows: of sessions that he may read, in mesas of his own.

        A session that was reserved is in the calendar only of whoever may still read it: who records it, for
        nobody has been present yet in one that is to come.
        """
        mesas = mesas_de_su_calendario(usuario, timezone.localdate()).values("pk")
        sesiones = filas_de(self.model, "sesion")
        conjuntas = sesiones.model.mesas.through.objects.filter(sesion=OuterRef("sesion"), mesa__in=mesas)
        return (
            self.filter(sesion__in=sesiones.visibles_para(usuario).values("pk"), sesion__inicio__gte=desde)
            .filter(Q(sesion__mesa__in=mesas) | Exists(conjuntas))
            .select_related("sesion__mesa", "sesion__comite")
            .order_by("sesion__inicio", "pk")
        )


class DireccionDeCalendarioQuerySet(models.QuerySet):
    """Secret addresses of private calendars."""

    def en_vigor(self) -> DireccionDeCalendarioQuerySet:
        """Those that open: not revoked, of accounts that may enter with what they know alone.

        The staff needs a second factor to see the same, and a calendar cannot ask for one.
        """
        return self.filter(revocada_el__isnull=True, usuario__is_active=True, usuario__is_staff=False)
