"""Figures that leave: those of a load undone, and those of loads that nobody can go back to."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import Q

from indicadores.models import Alcance, Carga, Presencia


def olvidar_lo_viejo(carga: Carga) -> None:
    """Drop the figures of the loads that are two behind: one predecessor is kept, and every record."""
    propias = Carga.objects.filter(instrumento=carga.instrumento, ambito=carga.ambito, deshecha__isnull=True)
    viejas = (
        propias.exclude(pk=carga.pk)
        .filter(alcances__isnull=False)
        .exclude(alcances__in=Alcance.objects.filter(Q(vigente=True) | Q(reemplazada_por=carga), nivel=3))
        .distinct()
    )
    quitar_cifras([vieja.pk for vieja in viejas if _ya_no_sirve(vieja, carga)])


def _ya_no_sirve(vieja: Carga, nueva: Carga) -> bool:
    """True if no load that could still be undone stands directly on it."""
    encima = Carga.objects.filter(reemplazos__carga=vieja).distinct()
    return all(not otra.alcances.filter(vigente=True).exists() for otra in encima)


def quitar_cifras(cargas: Collection[int]) -> None:
    """Delete the figures of some cargas; counts first, so that their trigger finds nothing to do."""
    if not cargas:
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM indicadores_conteo WHERE carga_id = ANY(%s)", [list(cargas)])
    Alcance.objects.filter(carga__in=cargas)._raw_delete(connection.alias)
    Presencia.objects.filter(carga__in=cargas)._raw_delete(connection.alias)
