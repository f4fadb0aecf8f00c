"""The door through which every page of the workspace of a mesa goes."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.utils import timezone
from django.views.decorators.cache import never_cache

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
