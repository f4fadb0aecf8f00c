"""`/buscar/`: over mesas, agreements, sessions and encuentros, only what is public."""

from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comun.formularios import Formulario
from rnmsj.busqueda import buscar as hallar


class Buscado(Formulario):
    """What the visitor typed."""

    q = forms.CharField(label="Buscar", required=False, max_length=80)


@require_safe
def buscar(request):
    form = Buscado(request.GET)
    texto = form.cleaned_data["q"] if form.is_valid() else ""
    contexto = {"q": request.GET.get("q", "")[:80], "form": form, "grupos": hallar(texto), "buscado": bool(texto)}
    return render(request, "buscar.html", contexto, status=200 if form.is_valid() else 400)
