"""Columns that sessions, agenda items and agreements have alike."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


def motivo_de_reserva() -> models.TextField:
    """Why something is reserved. What nobody can justify should not be kept from the mesa."""
    return models.TextField("por qué es reservado", blank=True, db_default="")


def revisar_reserva_el() -> models.DateField:
    """The day on which the reserve is looked at again, so that nothing stays reserved by inertia."""
    return models.DateField("revisar la reserva el", null=True, blank=True)


def reserva_justificada(nombre: str) -> models.CheckConstraint:
    """Constraint: what is reserved says why and until when, whoever writes it."""
    return models.CheckConstraint(
        name=nombre,
        condition=~Q(nivel="reservada") | Q(motivo_de_reserva__regex=r"\S", revisar_reserva_el__isnull=False),
        violation_error_message="Lo reservado dice por qué y cuándo se revisa.",
    )


def version() -> models.PositiveIntegerField:
    """How many times it was written: who writes says which one they saw, and nobody overwrites without knowing."""
    return models.PositiveIntegerField("versión", default=0, db_default=0, editable=False)
