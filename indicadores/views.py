"""The public page about the figures that shows none of them: how they are made."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicadores.fichas import metodologia as ficha_del_metodo


@require_safe
def metodologia(request):
    """`/indicadores/metodologia/`: how the figures are made, from the same constants as the code."""
    return render(request, "indicadores/metodologia.html", ficha_del_metodo.contexto())
