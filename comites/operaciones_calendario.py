"""The private calendar of a member: give an address, change it for another, revoke it, and what it answers."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from comites.calendario import suscripcion
from comites.convocatoria import Llamado
from comites.llamados import como_se_dijo, enlace_a, evento_de
from comites.models import Convocatoria, DireccionDeCalendario
from comites.querysets_convocatorias import mesas_de_su_calendario
from cuentas.models import Usuario

HACIA_ATRAS = dt.timedelta(days=60)
"""How long a session that has passed stays in the calendar: where somebody has been is nobody's business."""


@transaction.atomic
def dar_direccion(*, usuario: Any) -> DireccionDeCalendario:
    """A new secret address for the calendar of an account; the one that it had stops opening at once.

    Raises:
        ValidationError: the account is of the staff, whose second factor a calendar cannot ask for.
    """
    cuenta = Usuario.objects.select_for_update().get(pk=usuario.pk)
    if cuenta.is_staff:
        raise ValidationError("Las cuentas del personal no tienen calendario privado: se leería sin segundo factor.")
    revocar_direccion(usuario=cuenta)
    direccion = DireccionDeCalendario(usuario=cuenta, semilla=secrets.token_urlsafe(24))
    direccion.huella = DireccionDeCalendario.huella_de(direccion.derivar_clave())
    direccion.full_clean()
    direccion.save()
    return direccion


@transaction.atomic
def revocar_direccion(*, usuario: Any) -> bool:
    """Nobody reads the calendar of that account any more. False if there was none."""
    suya = DireccionDeCalendario.objects.filter(usuario=usuario, revocada_el__isnull=True)
    return bool(suya.update(revocada_el=timezone.now()))


def calendario_de(usuario: Any) -> bytes:
    """The private calendar of an account, as its address answers now. Five queries, however many sessions.

    Computed each time from today's seats and posts: whoever left this morning gets an empty calendar,
    which takes from the phone what was in it, where a refusal would leave it there.
    """
    ahora = timezone.now()
    suyas = {mesa.pk: mesa.slug for mesa in mesas_de_su_calendario(usuario, timezone.localdate())}
    convocatorias = Convocatoria.objects.del_calendario_de(usuario, desde=ahora - HACIA_ATRAS)
    return suscripcion(
        [_evento(fila, suyas) for fila in convocatorias.prefetch_related("sesion__mesas")],
        nombre=f"Sesiones · {settings.RED_SIGLAS}",
    )


def _evento(convocatoria: Convocatoria, suyas: dict[int, str]) -> Any:
    """As the session stands now, told or not: whoever goes must arrive at the right place."""
    sesion = convocatoria.sesion
    dicho = como_se_dijo(convocatoria, sesion)
    ahora = Llamado(sesion.inicio, dicho.zona, sesion.lugar, (), dicho.minutos)
    mesa = suyas.get(sesion.mesa_id) or next(suyas[fila.pk] for fila in sesion.mesas.all() if fila.pk in suyas)
    vigente = convocatoria.esta_vigente
    return evento_de(convocatoria, sesion, ahora if vigente else dicho, enlace_a(sesion, mesa))
