"""The doors of a mesa: the only way in which a page of the workspace obtains one.

Not yours → 404, the same as if it did not exist. Yours but read-only → 403.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from mesas.models import Mesa


def mesa_visible(usuario: Any, slug: str) -> Mesa:
    """The mesa whose workspace the user may read, or 404."""
    return get_object_or_404(Mesa.objects.visibles_para(usuario).select_related("entidad"), slug=slug)


def mesa_editable(usuario: Any, slug: str) -> Mesa:
    """The mesa in which the user may write everything; 403 if he may only read it."""
    mesa = mesa_visible(usuario, slug)
    if not Mesa.objects.editables_por(usuario).filter(pk=mesa.pk).exists():
        raise PermissionDenied("Puedes consultar esta mesa, pero no registrar en ella.")
    return mesa
