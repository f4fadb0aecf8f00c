"""The minutes of a period in one document, for the archive of a mesa or the report of a year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from comites.actas.documento import pdf_de_compilacion
from comites.actas.miradas import acta_para, marcas_de
from comites.models import Acta, Sesion
from comites.querysets import DiaEnLaMesa
from comun.formatos import fecha_larga
from mesas.models import Mesa

MAXIMO = 60
"""More than a year of an active mesa, and still a few seconds."""


class DemasiadasActas(ValidationError):
    """The period has more minutes than one document can hold."""

    def __init__(self, cuantas: int) -> None:
        super().__init__(f"Son {cuantas:,} actas y caben {MAXIMO} en un documento: elige un periodo más corto.")


def sesiones_del_periodo(usuario: Any, mesa: Mesa, *, desde: dt.date, hasta: dt.date, organo: str) -> QuerySet[Sesion]:
    """Closed sessions of the mesa that the user may read, in order of day."""
    filas = Sesion.objects.visibles_para(usuario).de_mesa(mesa).filter(estado__in=Sesion.CERRADAS)
    filas = filas.annotate(su_dia=DiaEnLaMesa("mesa__zona_horaria", "inicio")).filter(su_dia__range=(desde, hasta))
    if organo.startswith("comite:"):
        filas = filas.filter(comite=organo.removeprefix("comite:"))
    elif organo:
        filas = filas.filter(tipo=organo)
    return filas.select_related("mesa", "comite").order_by("inicio", "pk")


def compilar(usuario: Any, mesa: Mesa, *, desde: dt.date, hasta: dt.date, organo: str) -> bytes:
    """The PDF, each minute as that reader may read it.

    Raises:
        DemasiadasActas: they do not fit in one.
    """
    sesiones = list(sesiones_del_periodo(usuario, mesa, desde=desde, hasta=hasta, organo=organo))
    if len(sesiones) > MAXIMO:
        raise DemasiadasActas(len(sesiones))
    actas = {acta.sesion_id: acta for acta in Acta.objects.filter(sesion__in=sesiones).con_contexto()}
    documentos = [
        acta_para(usuario, actas[sesion.pk], mesa) | {"fecha": fecha_larga(sesion.dia)}
        for sesion in sesiones
        if sesion.pk in actas
    ]
    cuantas = f"{len(documentos)} acta{'' if len(documentos) == 1 else 's'}"
    portada = {
        "titulo": f"Actas de {mesa.nombre}",
        "marcas": marcas_de(mesa.nombre),
        "renglones": [f"Del {fecha_larga(desde)} al {fecha_larga(hasta)}.", f"Reúne {cuantas}."],
        "faltan": [f"{sesion}, {fecha_larga(sesion.dia)}" for sesion in sesiones if sesion.pk not in actas],
    }
    return pdf_de_compilacion(documentos, portada)
