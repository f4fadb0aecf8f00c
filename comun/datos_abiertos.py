"""The door of every table of `/datos/`: its formats, its parameters, how it refuses and how it is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from comun.condicional import condicionar, huella_de, responder
from comun.exportar import TROZOS, adjunto
from comun.recursos import Recurso


class ParametroInvalido(Exception):
    """A parameter or a value that does not exist; the message names the valid ones, in Spanish."""


@dataclass(frozen=True, slots=True)
class Filas:
    """What a table answers, not read yet.

    `huella` says in a few characters on what the answer depends; without it, the answer itself
    is read and fingerprinted, which is right for small tables. `segundos` replaces those of the
    table when this answer may be kept for less.
    """

    filas: Iterable[Sequence[Any]]
    huella: str | None = None
    segundos: int | None = None

    def trozos(self, recurso: Recurso, formato: str) -> Iterable[str]:
        """Text of the file."""
        return TROZOS[formato](recurso.columnas, self.filas)


@dataclass(frozen=True, slots=True)
class Texto:
    """The same for a table whose text comes ready made, from PostgreSQL."""

    texto: Iterable[str]
    huella: str
    segundos: int | None = None

    def trozos(self, recurso: Recurso, formato: str) -> Iterable[str]:
        """Text of the file."""
        return self.texto


Vista = Callable[..., Filas | Texto]


def datos_abiertos(recurso: Recurso) -> Callable[[Vista], Callable[..., HttpResponseBase]]:
    """The view of `/datos/<tabla>.csv` and `.json`.

    The view receives the request and the format. All that can be refused must be refused before
    returning; the rows may be a generator, and are not read when the reader has them already.
    """

    def decorar(vista: Vista) -> Callable[..., HttpResponseBase]:
        @require_safe
        @wraps(vista)
        def tabla(request: HttpRequest, formato: str) -> HttpResponseBase:
            if formato not in TROZOS:
                raise Http404
            try:
                revisar_parametros(request.GET, recurso.nombres_de_parametros, recurso.repetibles)
                return _contestar(request, recurso, formato, vista(request, formato))
            except ParametroInvalido as error:
                return _rechazo(error, formato)

        tabla.recurso = recurso
        return tabla

    return decorar


def _contestar(request: HttpRequest, recurso: Recurso, formato: str, contenido: Filas | Texto) -> HttpResponseBase:
    segundos = recurso.segundos if contenido.segundos is None else contenido.segundos
    trozos = contenido.trozos(recurso, formato)

    def hacer(cuerpo: Iterable[str | bytes]) -> HttpResponseBase:
        return adjunto(() if request.method == "HEAD" else cuerpo, f"{recurso.nombre}.{formato}")

    if contenido.huella is None:
        return condicionar(request, trozos, hacer, segundos=segundos)
    huella = huella_de(contenido.huella, recurso.nombre, formato, *recurso.columnas)
    return responder(request, huella, lambda: hacer(trozos), segundos=segundos)


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


def _rechazo(error: ParametroInvalido, formato: str) -> HttpResponse:
    """400 with the reason, in the format that was asked for."""
    if formato == "json":
        return JsonResponse({"error": str(error)}, status=400, json_dumps_params={"ensure_ascii": False})
    return HttpResponseBadRequest(f"{error}\n", content_type="text/plain; charset=utf-8")
