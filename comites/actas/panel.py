"""What may be done with a minute today, and by whom: for its page and for that of its session. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from comites.models import Acta, Objecion, Sesion
from comites.niveles import Nivel
from comites.permisos import puede_registrar
from comites.permisos_actas import puede_objetar


@dataclass(frozen=True)
class EstadoDelActa:
    """Where the minute stands and what the reader may do about it.

    Attributes:
        objeciones: those that he may read: all if he records it, his own if not.
        objeta: he was there, and objections are received today.
    """

    registra: bool
    objeta: bool
    en_plazo: bool
    objeciones: Sequence[Objecion]
    pendientes: int
    con_version_publica: bool
    es_publica: bool


def estado_del_acta(usuario: Any, acta: Acta) -> EstadoDelActa:
    """Where a minute stands for that reader, at the hour of its mesa (the view activates it)."""
    registra = puede_registrar(usuario, acta.sesion)
    objeciones = acta.objeciones.select_related("punto", "adenda", "autor__persona")
    if not registra:
        objeciones = objeciones.filter(autor=usuario)
    objeciones = list(objeciones)
    abierto = acta.objeciones_hasta is not None and timezone.localdate() <= acta.objeciones_hasta
    en_plazo = abierto and not acta.esta_aprobada
    return EstadoDelActa(
        registra=registra,
        en_plazo=en_plazo,
        objeta=en_plazo and puede_objetar(usuario, acta),
        objeciones=objeciones,
        pendientes=sum(fila.estado == Objecion.Estado.PENDIENTE for fila in objeciones),
        con_version_publica=registra and acta.sesion.nivel != Nivel.RESERVADA,
        es_publica=acta.sesion.nivel == Nivel.PUBLICA and Acta.objects.publicas().filter(pk=acta.pk).exists(),
    )


@dataclass(frozen=True)
class PanelDeSesion:
    """What the page of a session says of minutes: its own, and those that it could approve."""

    acta: Acta | None
    por_que_no_hay: str
    por_aprobar: Sequence[Acta]


def panel_de_sesion(usuario: Any, sesion: Sesion, *, registra: bool) -> PanelDeSesion:
    """For the page of a session. Two queries at most."""
    acta = Acta.objects.filter(sesion=sesion).first() if sesion.esta_cerrada else None
    por_aprobar: Sequence[Acta] = []
    if registra and sesion.estado == Sesion.Estado.EN_CURSO:
        pendientes = Objecion.objects.filter(acta=OuterRef("pk"), estado=Objecion.Estado.PENDIENTE)
        suyas = Acta.objects.visibles_para(usuario).que_aprobaria(sesion).con_contexto()
        por_aprobar = list(suyas.annotate(con_objeciones=Exists(pendientes)))
    return PanelDeSesion(acta, por_que_no_hay(sesion) if acta is None else "", por_aprobar)


def sesiones_que_aprobarian(usuario: Any, acta: Acta) -> QuerySet[Sesion]:
    """Sessions that the user records in which that minute could have been approved: later, of its organ, begun."""
    de = acta.sesion
    filas = Sesion.objects.editables_por(usuario).que_empezaron()
    filas = filas.filter(mesa=de.mesa_id, comite=de.comite_id, inicio__gt=de.inicio)
    return filas.select_related("mesa", "comite").order_by("inicio")


def por_que_no_hay(sesion: Sesion) -> str:
    """Why a session has no minute, in words."""
    if not sesion.esta_cerrada:
        return "El acta se levanta al cerrar la sesión, con lo que para entonces diga."
    if sesion.tipo == Sesion.Tipo.ENCUENTRO:
        return "De un encuentro queda su informe, no un acta."
    return (
        "Esta sesión se cerró antes de que el portal levantara actas. Lo que se anotó está en su página y no "
        "cambia; no tiene folio, huella ni PDF, y no se hace uno después: no probaría lo que se dijo entonces."
    )
