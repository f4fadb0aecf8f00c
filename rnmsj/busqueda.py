"""The search of the micrositio: only over what is public, each kind by its own `publicas()`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from comites.models import Acuerdo, Sesion
from encuentros.models import Encuentro
from mesas.models import Mesa

CUANTOS = 8
"""Of each kind; one more is read, to know whether there are more."""


@dataclass(frozen=True)
class Grupo:
    """What was found of one kind, and where the whole list is if there is more."""

    clave: str
    titulo: str
    filas: Sequence[Any]
    hay_mas: bool = False
    todos: str = ""


def buscar(texto: str) -> list[Grupo]:
    """What answers to those words, by kind; nothing for an empty text. Four queries, whatever there is."""
    if not texto:
        return []
    consulta = urlencode({"q": texto})
    mesas = Mesa.objects.publicas().buscar(texto).select_related("entidad").por_entidad()
    sesiones = Sesion.objects.publicas().buscar(texto).select_related("mesa", "comite").order_by("-inicio", "-pk")
    grupos = [
        _grupo("mesas", "Mesas", mesas, f"{reverse('mesas')}?{consulta}"),
        _grupo("acuerdos", "Acuerdos", Acuerdo.objects.publicas().buscar(texto).con_contexto().recientes()),
        _grupo("sesiones", "Sesiones", sesiones),
        _grupo("encuentros", "Encuentros", Encuentro.objects.publicas().buscar(texto).order_by("-numero")),
    ]
    return [grupo for grupo in grupos if grupo.filas]


def _grupo(clave: str, titulo: str, filas: Any, todos: str = "") -> Grupo:
    hallados = list(filas[: CUANTOS + 1])
    return Grupo(clave, titulo, hallados[:CUANTOS], len(hallados) > CUANTOS, todos)
