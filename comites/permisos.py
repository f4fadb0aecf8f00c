"""The doors of sessions and agreements.

Not yours → 404, the same as if it did not exist. Yours but read-only → 403.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from comites.models import Acuerdo, Comite, PuntoDelOrden, Sesion
from comites.querysets_seguimiento import a_cargo_de
from mesas.models import Mesa

SOLO_LECTURA = "Puedes consultar esta sesión, pero no registrar en ella."


def comites_que_registra(usuario: Any, mesa: Mesa) -> QuerySet[Comite]:
    """Living comités of the mesa whose sessions the user may record."""
    return Comite.objects.vigentes_en(timezone.localdate()).editables_por(usuario).filter(mesa=mesa)


def registra_toda_la_mesa(usuario: Any, mesa: Mesa) -> bool:
    """True for its coordination, its secretaría técnica and the staff who coordinate the network."""
    return Mesa.objects.editables_por(usuario).filter(pk=mesa.pk).exists()


def puede_convocar(usuario: Any, mesa: Mesa) -> bool:
    """True if the user may create some session in the mesa."""
    return registra_toda_la_mesa(usuario, mesa) or comites_que_registra(usuario, mesa).exists()


def exigir_que_convoque(usuario: Any, mesa: Mesa) -> None:
    """403 unless the user may create some session in the mesa."""
    if not puede_convocar(usuario, mesa):
        raise PermissionDenied("Puedes consultar esta mesa, pero no crear sesiones en ella.")


def sesion_visible(usuario: Any, mesa: Mesa, pk: int) -> Sesion:
    """The session that the user may read in that mesa, or 404."""
    sesiones = Sesion.objects.visibles_para(usuario).de_mesa(mesa).select_related("mesa", "comite")
    return get_object_or_404(sesiones, pk=pk)


def puede_registrar(usuario: Any, sesion: Sesion) -> bool:
    """True if the user records that session (whether it is open is another question)."""
    return Sesion.objects.editables_por(usuario).filter(pk=sesion.pk).exists()


def sesion_registrable(usuario: Any, mesa: Mesa, pk: int) -> Sesion:
    """The session that the user records; 403 if he may only read it."""
    sesion = sesion_visible(usuario, mesa, pk)
    if not puede_registrar(usuario, sesion):
        raise PermissionDenied(SOLO_LECTURA)
    return sesion


def sesion_en_modo(usuario: Any, slug: str, pk: int) -> Sesion:
    """The session that the user records, of the mesa that keeps its minute, with everything that a write needs.

    In one query: it is crossed at every tap of a phone. 404 if it is not theirs, 403 if they may only read it.
    """
    suyas = Mesa.objects.visibles_para(usuario).filter(slug=slug).values("pk")
    registra = Exists(Sesion.objects.editables_por(usuario).filter(pk=OuterRef("pk")))
    sesiones = Sesion.objects.visibles_para(usuario).filter(mesa__in=suyas).annotate(registra=registra)
    sesion = get_object_or_404(sesiones.select_related("mesa", "comite"), pk=pk)
    if not sesion.registra:
        raise PermissionDenied(SOLO_LECTURA)
    return sesion


def acuerdo_visible(usuario: Any, mesa: Mesa, folio: str) -> Acuerdo:
    """The agreement that the user may read in that mesa, or 404."""
    acuerdos = Acuerdo.objects.visibles_para(usuario).al_alcance_de(mesa).con_contexto()
    return get_object_or_404(acuerdos, folio=folio)


def acuerdo_registrable(usuario: Any, mesa: Mesa, folio: str) -> Acuerdo:
    """The agreement of a session that the user records; 403 if he may only read it."""
    acuerdo = acuerdo_visible(usuario, mesa, folio)
    if not puede_registrar(usuario, acuerdo.sesion):
        raise PermissionDenied(SOLO_LECTURA)
    return acuerdo


def responde_por(usuario: Any, acuerdo: Acuerdo) -> bool:
    """True if the agreement is in charge of the user, or of the institution that he speaks for in its mesas."""
    suyos = Acuerdo.objects.filter(pk=acuerdo.pk)
    return a_cargo_de(suyos, usuario, timezone.localdate()).exists()


def acuerdo_reportable(usuario: Any, mesa: Mesa, folio: str) -> Acuerdo:
    """The agreement on which the user may report: in his charge, or of a session that he records."""
    acuerdo = acuerdo_visible(usuario, mesa, folio)
    if not responde_por(usuario, acuerdo) and not puede_registrar(usuario, acuerdo.sesion):
        raise PermissionDenied("Solo quien responde por el acuerdo o quien coordina puede reportar su avance.")
    return acuerdo


def punto_registrable(sesion: Sesion, orden: int) -> PuntoDelOrden:
    """An item of the agenda of a session that the user was already let into, or 404."""
    return get_object_or_404(sesion.puntos.select_related("sesion"), orden=orden)


def publica_o_retirada(filas: Any) -> Any:
    """The public row among those of one public address; None if it was public and was withdrawn; 404 otherwise."""
    fila = filas.publicas().first()
    if fila is None and not filas.retiradas().exists():
        raise Http404
    return fila


def exigir_que_publique(usuario: Any, mesa: Mesa) -> None:
    """403 unless the user records what the assembly of the mesa consents to publish."""
    if not registra_toda_la_mesa(usuario, mesa):
        raise PermissionDenied("Solo la coordinación de la mesa registra lo que su asamblea consiente publicar.")


def sesion_publicable(usuario: Any, mesa: Mesa, pk: int) -> Sesion:
    """The session whose publication, or in which a publication, the user may record; a joint one, only in its mesa."""
    sesion = sesion_visible(usuario, mesa, pk)
    if sesion.mesa_id != mesa.pk:
        raise PermissionDenied("Solo la asamblea de la mesa que lleva esta sesión consiente publicarla.")
    exigir_que_publique(usuario, mesa)
    return sesion


def acuerdo_publicable(usuario: Any, mesa: Mesa, folio: str) -> Acuerdo:
    """The agreement whose publication the user may record: he records the whole mesa."""
    acuerdo = acuerdo_visible(usuario, mesa, folio)
    if acuerdo.sesion.mesa_id != mesa.pk:
        raise PermissionDenied("Solo la coordinación de la mesa registra lo que su asamblea consiente publicar.")
    exigir_que_publique(usuario, mesa)
    return acuerdo
