"""The door of a mesa: the only way in which a page of the workspace obtains one.

Not yours → 404, the same as if it did not exist.
"""

from typing import Any

from django.shortcuts import get_object_or_404

from mesas.models import Mesa


def mesa_visible(usuario: Any, slug: str) -> Mesa:
    """The mesa whose workspace the user may read, or 404."""
    return get_object_or_404(Mesa.objects.visibles_para(usuario).select_related("entidad"), slug=slug)
