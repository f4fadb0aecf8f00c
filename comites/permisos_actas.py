"""The doors of minutes. Not yours → 404. Yours but read-only → 403. A session without minute → None, never a 404:
its page says why it has none."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from comites.models import Acta, Acuerdo, Extracto, Objecion, Sesion
from comites.niveles import Nivel
from comites.operaciones_actas import quienes_estuvieron
from comites.permisos import acuerdo_visible, sesion_registrable, sesion_visible
from mesas.models import Mesa


def acta_visible(usuario: Any, mesa: Mesa, pk: int) -> tuple[Sesion, Acta | None]:
    """The session that the user may read in that mesa, with its minute if it has one; or 404."""
    return _con_su_acta(sesion_visible(usuario, mesa, pk))


def acta_registrable(usuario: Any, mesa: Mesa, pk: int) -> tuple[Sesion, Acta | None]:
    """The session that the user records, with its minute if it has one; 403 if he may only read it."""
    return _con_su_acta(sesion_registrable(usuario, mesa, pk))


def _con_su_acta(sesion: Sesion) -> tuple[Sesion, Acta | None]:
    return sesion, Acta.objects.con_contexto().filter(sesion=sesion).first()


def acta_impresa(usuario: Any, mesa: Mesa, pk: int) -> Acta:
    """The minute to be printed; 404 if the user may not read its session or it left none."""
    _, acta = acta_visible(usuario, mesa, pk)
    if acta is None:
        raise Http404
    return acta


def acta_con_version_publica(usuario: Any, mesa: Mesa, pk: int) -> Acta:
    """The minute whose public version the user may see before anybody: he records it, and it is not reserved."""
    _, acta = acta_registrable(usuario, mesa, pk)
    if acta is None or acta.sesion.nivel == Nivel.RESERVADA:
        raise Http404
    return acta


def puede_objetar(usuario: Any, acta: Acta) -> bool:
    """True if the user was there, with his account. Whether it is still time is another question."""
    return quienes_estuvieron(acta).filter(usuario=usuario).exists()


def acta_objetable(usuario: Any, mesa: Mesa, pk: int) -> tuple[Sesion, Acta | None]:
    """The session in which the user was, with its minute; 403 to who may read it but was not there."""
    sesion, acta = acta_visible(usuario, mesa, pk)
    if acta is not None and not puede_objetar(usuario, acta):
        raise PermissionDenied("Solo objeta el acta quien estuvo en la sesión.")
    return sesion, acta


def objecion_de(acta: Acta, pk: int) -> Objecion:
    """An objection to a minute that the user was already let into, or 404."""
    return get_object_or_404(acta.objeciones.select_related("punto", "adenda"), pk=pk)


def acuerdo_certificable(usuario: Any, mesa: Mesa, folio: str) -> Acuerdo:
    """The agreement that the user may certify: of a session that he records, of that same mesa."""
    acuerdo = acuerdo_visible(usuario, mesa, folio)
    if not Sesion.objects.editables_por(usuario).filter(pk=acuerdo.sesion_id).exists():
        raise PermissionDenied("El extracto de un acuerdo lo expide la coordinación que lo registró.")
    return acuerdo


def extracto_impreso(usuario: Any, mesa: Mesa, folio: str) -> Extracto:
    """An extract already issued, for who may issue it; 404 if nobody has, or what it says is reserved by now."""
    acuerdo = acuerdo_certificable(usuario, mesa, folio)
    filas = Extracto.objects.select_related("acta__eslabon", "acta__sesion__mesa__entidad", "acuerdo__punto")
    filas = filas.select_related("acta__aprobada_en__mesa", "acta__aprobada_en__comite", "acta__sesion__comite")
    extracto = get_object_or_404(filas, acuerdo=acuerdo)
    del_punto = acuerdo.punto.nivel if acuerdo.punto else ""
    if Nivel.RESERVADA in {acuerdo.nivel, acuerdo.sesion.nivel, del_punto}:
        raise Http404
    return extracto
