"""The door through which every page of the workspace of a mesa goes."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from comites.permisos import sesion_en_modo
from mesas.permisos import mesa_visible


def de_mesa(vista: Callable) -> Callable:
    """The view of somebody with an account, in a mesa of theirs, at the hour of that mesa.

    The view receives the `Mesa` in the place of its slug; a mesa of somebody else is a 404.
    """

    @never_cache  # a shared phone must not keep the names after somebody leaves
    @login_required
    @wraps(vista)
    def con_mesa(request, mesa, *args, **kwargs):
        fila = mesa_visible(request.user, mesa)
        with timezone.override(fila.zona_horaria):
            return vista(request, fila, *args, **kwargs)

    return con_mesa


DEL_SOBRE = {"csrfmiddlewaretoken", "clave", "quien", "dicho_el", "version"}


def devolver_lo_escrito(vista: Callable) -> Callable:
    """Before sending to the login page whoever wrote without script, show what they wrote: only to who sent it."""

    @wraps(vista)
    def con_lo_escrito(request, *args, **kwargs):
        escrito = [valor for nombre, valor in request.POST.items() if valor.strip() and nombre not in DEL_SOBRE]
        if request.user.is_authenticated or not escrito or request.headers.get("X-Modo"):
            return vista(request, *args, **kwargs)
        return render(request, "comites/coordinacion/modo/sesion_terminada.html", {"escrito": escrito}, status=401)

    return con_lo_escrito


def de_sesion(vista: Callable) -> Callable:
    """The view of somebody who records a session, at the hour of its mesa.

    The view receives the `Sesion` in the place of the slug of its mesa and its number. Whoever sends
    something after their account's session ended gets it back, to copy it: it must not be lost.
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
