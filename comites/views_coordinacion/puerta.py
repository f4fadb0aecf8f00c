"""The door through which every page of the workspace of a mesa goes."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from comites.models.evidencias import PESO_MAXIMO
from comites.permisos import sesion_en_modo
from mesas.permisos import mesa_visible

DEL_SOBRE = {"csrfmiddlewaretoken", "clave", "quien", "dicho_el", "version", "vistas", "huella"}
DEVUELTO = PESO_MAXIMO + 2**20
"""Bytes of a body that is read to give it back; nobody without an account makes the portal read more."""

DE_ELEGIR = {"nivel", "estado", "desenlace", "organo"}
UNA_PALABRA = 4
"""Letters; anything shorter is a key or a «sí» that nobody needs to copy, as nobody copies what was chosen."""


def devolver_lo_escrito(vista: Callable) -> Callable:
    """Before sending to the login page whoever wrote without script, show what they wrote: only to who sent it."""

    @wraps(vista)
    def con_lo_escrito(request, *args, **kwargs):
        sin_guardar = request.method == "POST" and not request.user.is_authenticated
        if not sin_guardar or request.headers.get("X-Modo") or int(request.META.get("CONTENT_LENGTH") or 0) > DEVUELTO:
            return vista(request, *args, **kwargs)
        dicho = {nombre: valor for nombre, valor in request.POST.items() if valor.strip() and nombre not in DEL_SOBRE}
        if not dicho:
            return vista(request, *args, **kwargs)
        escrito = [dicho[campo] for campo in dicho if campo not in DE_ELEGIR and len(dicho[campo]) >= UNA_PALABRA]
        contexto = {"escrito": escrito, "archivos": [archivo.name for archivo in request.FILES.values()]}
        return render(request, "comites/coordinacion/sesion_terminada.html", contexto, status=401)

    return con_lo_escrito


def de_mesa(vista: Callable) -> Callable:
    """The view of somebody with an account, in a mesa of theirs, at the hour of that mesa.

    The view receives the `Mesa` in the place of its slug; a mesa of somebody else is a 404. Whoever sends
    something after their account's session ended gets it back, to copy it: it must not be lost.
    """

    @never_cache  # a shared phone must not keep the names after somebody leaves
    @devolver_lo_escrito
    @login_required
    @wraps(vista)
    def con_mesa(request, mesa, *args, **kwargs):
        fila = mesa_visible(request.user, mesa)
        with timezone.override(fila.zona_horaria):
            return vista(request, fila, *args, **kwargs)

    return con_mesa


def de_sesion(vista: Callable) -> Callable:
    """The view of somebody who records a session, at the hour of its mesa.

    The view receives the `Sesion` in the place of the slug of its mesa and its number. What is sent after the
    account's session ended is given back, as in `de_mesa`.
    """

    @never_cache
    @devolver_lo_escrito
    @login_required
    @wraps(vista)
    def con_sesion(request, mesa, pk, *args, **kwargs):
        fila = sesion_en_modo(request.user, mesa, pk)
        with timezone.override(fila.mesa.zona_horaria):
            return vista(request, fila, *args, **kwargs)

    return con_sesion
