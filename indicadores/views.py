"""Public pages about the figures that show none of them: how they are made, and where to take them."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicadores import paquete
from indicadores.fichas import metodologia as ficha_del_metodo
from indicadores.models import Carga


@require_safe
def metodologia(request):
    """`/indicadores/metodologia/`: how the figures are made, from the same constants as the code."""
    return render(request, "indicadores/metodologia.html", ficha_del_metodo.contexto())


@require_safe
def datos(request):
    """`/datos/`: every dataset of the portal, in words."""
    contexto = {"recursos": paquete.recursos(), "cargas": Carga.objects.publicas()}
    return render(request, "indicadores/datos.html", contexto)
