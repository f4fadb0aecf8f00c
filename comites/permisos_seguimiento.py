"""The doors of what follows an agreement: its second key, its files, its links and its share in each mesa."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from comites.models import Acuerdo, AcuerdoEnMesa, EnlaceParaReportar, Evidencia
from comites.niveles import Nivel
from comites.permisos import SOLO_LECTURA, acuerdo_visible, puede_registrar, registra_toda_la_mesa, responde_por
from comites.querysets_seguimiento import asientos_de
from mesas.models import Mesa


def impedimento_de_usuario(usuario: Any, acuerdo: Acuerdo) -> str | None:
    """Why the user may not turn the second key with a seat of his own; None if he may."""
    asiento = asientos_de(usuario, acuerdo, timezone.localdate()).first()
    return asiento.impedimento if asiento else "Lo verifica alguien que sea integrante de la mesa."


def acuerdo_verificable(usuario: Any, mesa: Mesa, folio: str) -> Acuerdo:
    """The agreement that the user may verify: with a seat of his own, or for a session, if he records its own."""
    acuerdo = acuerdo_visible(usuario, mesa, folio)
    if not puede_registrar(usuario, acuerdo.sesion) and (motivo := impedimento_de_usuario(usuario, acuerdo)):
        raise PermissionDenied(motivo)
    return acuerdo


def puede_agregar_evidencia(usuario: Any, acuerdo: Acuerdo) -> bool:
    """True for who answers for it, who records its session and who could verify it."""
    return (
        responde_por(usuario, acuerdo)
        or puede_registrar(usuario, acuerdo.sesion)
        or impedimento_de_usuario(usuario, acuerdo) is None
    )


def acuerdo_con_evidencia(usuario: Any, mesa: Mesa, folio: str) -> Acuerdo:
    """The agreement to which the user may add a file; 403 if he may only read it."""
    acuerdo = acuerdo_visible(usuario, mesa, folio)
    if not puede_agregar_evidencia(usuario, acuerdo):
        raise PermissionDenied("Agrega pruebas quien responde por el acuerdo, quien lo verifica o quien coordina.")
    return acuerdo


def evidencia_visible(usuario: Any, mesa: Mesa, folio: str, pk: int) -> Evidencia:
    """The file that the user may open, of an agreement that he may read in that mesa, or 404."""
    acuerdo = acuerdo_visible(usuario, mesa, folio)
    suyas = Evidencia.objects.visibles_para(usuario).que_quedan().select_related("acuerdo__sesion")
    return get_object_or_404(suyas, acuerdo=acuerdo, pk=pk)


def evidencia_propia(usuario: Any, mesa: Mesa, folio: str, pk: int) -> Evidencia:
    """The file that the user may withdraw: he uploaded it, or records its session."""
    evidencia = evidencia_visible(usuario, mesa, folio, pk)
    if evidencia.subida_por_id != usuario.pk and not puede_registrar(usuario, evidencia.acuerdo.sesion):
        raise PermissionDenied("Lo decide quien subió el archivo o quien coordina.")
    return evidencia


def evidencia_con_nivel(usuario: Any, mesa: Mesa, folio: str, pk: int) -> Evidencia:
    """The file whose level the user may change; only whoever records the session lifts a reserve."""
    evidencia = evidencia_propia(usuario, mesa, folio, pk)
    if evidencia.nivel == Nivel.RESERVADA and not puede_registrar(usuario, evidencia.acuerdo.sesion):
        raise PermissionDenied("Está reservado: quién puede abrirlo lo cambia la coordinación.")
    return evidencia


def enlace_propio(acuerdo: Acuerdo, pk: int) -> EnlaceParaReportar:
    """A link of an agreement that the user was already let into, or 404."""
    return get_object_or_404(acuerdo.enlaces.all(), pk=pk)


def encargo_de(usuario: Any, mesa: Mesa, pk: int) -> AcuerdoEnMesa:
    """The share of that mesa for which the user answers; 403 if he may only read it."""
    suyos = AcuerdoEnMesa.objects.visibles_para(usuario).con_respuesta().select_related("acuerdo__sesion", "mesa")
    encargo = get_object_or_404(suyos, mesa=mesa, pk=pk)
    if not registra_toda_la_mesa(usuario, mesa):
        raise PermissionDenied(SOLO_LECTURA)
    return encargo
