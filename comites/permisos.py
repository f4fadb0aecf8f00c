"""The doors of sessions and agreements.

Not yours → 404, the same as if it did not exist. Yours but read-only → 403.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from comites.models import Acuerdo, Comite, Sesion
from mesas.models import Mesa
from mesas.permisos import mesa_visible

SOLO_LECTURA = "Puedes consultar esta sesión, pero no registrar en ella."


def comites_que_registra(usuario: Any, mesa: Mesa) -> QuerySet[Comite]:
    """Comités of the mesa whose sessions the user may record."""
    return Comite.objects.editables_por(usuario).filter(mesa=mesa)


def registra_toda_la_mesa(usuario: Any, mesa: Mesa) -> bool:
    """True for its coordination, its secretaría técnica and the staff who coordinate the network."""
    return Mesa.objects.editables_por(usuario).filter(pk=mesa.pk).exists()


def mesa_donde_convoca(usuario: Any, slug: str) -> Mesa:
    """The mesa in which the user may create some session."""
    mesa = mesa_visible(usuario, slug)
    if not registra_toda_la_mesa(usuario, mesa) and not comites_que_registra(usuario, mesa).exists():
        raise PermissionDenied("Puedes consultar esta mesa, pero no crear sesiones en ella.")
    return mesa


def sesion_visible(usuario: Any, slug: str, pk: int) -> Sesion:
    """The session that the user may read in that mesa, or 404."""
    mesa = mesa_visible(usuario, slug)
    sesiones = Sesion.objects.visibles_para(usuario).de_mesa(mesa).select_related("mesa", "comite")
    return get_object_or_404(sesiones, pk=pk)


def puede_registrar(usuario: Any, sesion: Sesion) -> bool:
    """True if the user records that session (whether it is open is another question)."""
    return Sesion.objects.editables_por(usuario).filter(pk=sesion.pk).exists()


def sesion_registrable(usuario: Any, slug: str, pk: int) -> Sesion:
    """The session that the user records; 403 if he may only read it."""
    sesion = sesion_visible(usuario, slug, pk)
    if not puede_registrar(usuario, sesion):
        raise PermissionDenied(SOLO_LECTURA)
    return sesion


def acuerdo_visible(usuario: Any, slug: str, folio: str) -> Acuerdo:
    """The agreement that the user may read in that mesa, or 404."""
    mesa = mesa_visible(usuario, slug)
    acuerdos = Acuerdo.objects.visibles_para(usuario).de_mesa(mesa).con_contexto()
    return get_object_or_404(acuerdos, folio=folio)


def acuerdo_registrable(usuario: Any, slug: str, folio: str) -> Acuerdo:
    """The agreement of a session that the user records; 403 if he may only read it."""
    acuerdo = acuerdo_visible(usuario, slug, folio)
    if not puede_registrar(usuario, acuerdo.sesion):
        raise PermissionDenied(SOLO_LECTURA)
    return acuerdo


def responde_por(usuario: Any, acuerdo: Acuerdo) -> bool:
    """True if the agreement is in the user's charge."""
    return bool(acuerdo.responsable_id and acuerdo.responsable.persona.usuario_id == usuario.pk)


def acuerdo_reportable(usuario: Any, slug: str, folio: str) -> Acuerdo:
    """The agreement on which the user may report: in his charge, or of a session that he records."""
    acuerdo = acuerdo_visible(usuario, slug, folio)
    if not responde_por(usuario, acuerdo) and not puede_registrar(usuario, acuerdo.sesion):
        raise PermissionDenied("Solo quien responde por el acuerdo o quien coordina puede reportar su avance.")
    return acuerdo
