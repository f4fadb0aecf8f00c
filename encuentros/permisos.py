"""The door of an encuentro: what is not public answers the same as what does not exist."""

from django.shortcuts import get_object_or_404

from encuentros.models import Encuentro


def encuentro_publico(numero: int) -> Encuentro:
    """The encuentro that anybody may read, with its counts and its neighbours in the series, or 404."""
    publicas = Encuentro.objects.publicas().con_contexto().con_cuentas().con_vecinos()
    return get_object_or_404(publicas, numero=numero)
