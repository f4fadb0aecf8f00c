"""The door of every table of `/datos/`: its formats, its parameters and how it refuses."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.views.decorators.http import require_safe

from comun.exportar import RESPUESTAS


class ParametroInvalido(Exception):
    """A parameter or a value that does not exist; the message names the valid ones, in Spanish."""


def revisar_parametros(pedidos: QueryDict, validos: Collection[str], repetibles: Collection[str] = ()) -> None:
    """Refuse a parameter that does not exist, or that is repeated and may not be."""
    for nombre, dados in pedidos.lists():
        if nombre not in validos:
            ayuda = f"Valen: {', '.join(validos)}." if validos else "Esta tabla no tiene filtros."
            raise ParametroInvalido(f"No existe el parámetro «{nombre}». {ayuda}")
        if len(dados) > 1 and nombre not in repetibles:
            pueden = f" Se repiten: {' y '.join(repetibles)}." if repetibles else ""
            raise ParametroInvalido(f"El parámetro «{nombre}» va una sola vez.{pueden}")


def revisar_valor(nombre: str, valor: str, validos: Collection[str]) -> None:
    """Refuse a value that is not one of the table's, naming those that are."""
    if valor not in validos:
        lista = ", ".join(sorted(validos)) or "ninguno"
        raise ParametroInvalido(f"No hay {nombre} «{valor}». Valores válidos: {lista}.")


def datos_abiertos(vista: Callable[..., tuple[str, Any, Any]]) -> Callable[..., HttpResponse]:
    """The view of `/datos/<tabla>.csv` and `.json`.

    It receives the request and the format, and returns name, columns and rows; the rows may be a
    generator, so all that can be refused must be refused before returning.
    """

    @require_safe
    @wraps(vista)
    def tabla(request: HttpRequest, formato: str) -> HttpResponse:
        if formato not in RESPUESTAS:
            raise Http404
        try:
            return RESPUESTAS[formato](*vista(request, formato))
        except ParametroInvalido as error:
            return _rechazo(error, formato)

    return tabla


def _rechazo(error: ParametroInvalido, formato: str) -> HttpResponse:
    """400 with the reason, in the format that was asked for."""
    if formato == "json":
        return JsonResponse({"error": str(error)}, status=400, json_dumps_params={"ensure_ascii": False})
    return HttpResponseBadRequest(f"{error}\n", content_type="text/plain; charset=utf-8")
