"""The doors of calls, private calendars and kept mail."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from comites.destinatarios import Destinatario, destinatarios
from comites.models import DireccionDeCalendario, Envio, Sesion
from comites.permisos import sesion_registrable
from cuentas.models import Correo, Usuario
from mesas.models import Mesa

CON_ENLACE_PERSONAL = (Envio.Motivo.ENLACE, Envio.Motivo.RECORDATORIO, Envio.Motivo.RESUMEN)
"""Messages whose links act in the name of whoever receives them."""


def sesion_convocable(usuario: Any, mesa: Mesa, pk: int) -> Sesion:
    """The session of that very mesa that the user records; from another mesa of a joint session it is only read."""
    sesion = sesion_registrable(usuario, mesa, pk)
    if sesion.mesa_id != mesa.pk:
        raise PermissionDenied("A una sesión conjunta convoca la mesa que la organiza.")
    return sesion


def destinatario_de(sesion: Sesion, clave: str) -> Destinatario:
    """Somebody who is called to a session that the user was already let into, or 404."""
    for destinatario in destinatarios(sesion):
        if destinatario.clave == clave:
            return destinatario
    raise Http404


def sin_cuenta(sesion: Sesion, clave: str) -> Destinatario:
    """Somebody called whose address the mesa may write; 403 if an account already says it."""
    destinatario = destinatario_de(sesion, clave)
    if destinatario.con_cuenta:
        raise PermissionDenied("Esa persona tiene cuenta en el portal: su correo lo cambia solo ella.")
    return destinatario


def calendario_abierto(clave: str) -> DireccionDeCalendario:
    """The private calendar that a secret address opens, or 404: the same if it never was, or was revoked."""
    vigentes = DireccionDeCalendario.objects.en_vigor().select_related("usuario")
    return get_object_or_404(vigentes, huella=DireccionDeCalendario.huella_de(clave))


def correos_guardados(usuario: Any) -> QuerySet[Correo]:
    """Mail that did not leave, because this portal has no server, and that the user may read.

    His own; and that of the mesas that he records, because in a first run most of the people called have
    no account with which to read theirs. A message with a link that acts in the name of its recipient is
    only for him, unless he has no account here: then nobody could ever read it, so whoever sent it does.
    Mail of an account (a new password) is of nobody but that account.
    """
    if not usuario.is_authenticated:
        return Correo.objects.none()
    con_cuenta = Usuario.objects.filter(email__iexact=OuterRef("correo__para"))
    ajenos = Q(motivo__in=CON_ENLACE_PERSONAL) & (Q(persona__usuario__isnull=False) | Exists(con_cuenta))
    enviados = Envio.objects.visibles_para(usuario).exclude(ajenos)
    return (
        Correo.objects.filter(estado=Correo.Estado.GUARDADO)
        .filter(Q(para__iexact=usuario.email) | Q(envio__persona__usuario=usuario) | Q(envio__in=enviados.values("pk")))
        .select_related("envio__mesa", "envio__persona", "envio__institucion")
    )
