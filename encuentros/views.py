"""Public pages of the national meetings."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from encuentros.models import Encuentro
from encuentros.permisos import encuentro_publico
from encuentros.radiografia import radiografia


@require_safe
def encuentros(request):
    """The series, the last one first."""
    publicas = list(Encuentro.objects.publicas().con_contexto().con_cuentas().order_by("-numero"))
    numeros = {encuentro.numero for encuentro in publicas}
    faltan = [numero for numero in range(1, max(numeros, default=0)) if numero not in numeros]
    return render(request, "encuentros/encuentros.html", {"encuentros": publicas, "faltan": faltan})


@require_safe
def encuentro(request, numero):
    """One encuentro: its figures, who came, what was proposed, agreed and voted, and what does not add up."""
    contexto = {"r": radiografia(encuentro_publico(numero)), "camino": [("Encuentros", reverse("encuentros"))]}
    return render(request, "encuentros/encuentro.html", contexto)
