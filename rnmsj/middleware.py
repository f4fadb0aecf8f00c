"""What must answer even when nothing else works."""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from rnmsj.views.errores import peticion_invalida

registro = logging.getLogger("rnmsj")


class BaseDeDatosCaida:
    """First of all the doors: `/salud/` for the balancers, and a 503 page while PostgreSQL is away.

    It stands before the checks of host and HTTPS because balancers ask by IP and by HTTP.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/salud/":
            return salud()
        respuesta = self.get_response(request)
        if respuesta.status_code == 500 and _base_de_datos() != "bien":
            registro.error("La base de datos no responde")
            return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "30"})
        return respuesta


class PaginaDesconocida:
    """With DEBUG on, as in the first run, an unknown address still answers with the portal's own page:
    who tries it for the first time is not always a programmer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        respuesta = self.get_response(request)
        if respuesta.status_code == 404 and respuesta.get("Content-Type", "").startswith("text/html"):
            return page_not_found(request, Http404())
        return respuesta


class ConBotonYSinPagina:
    """An address that only takes forms, opened by itself (a link kept, the way back from the login page),
    says so in a page instead of in a blank one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        respuesta = self.get_response(request)
        if respuesta.status_code != 405 or respuesta.content:
            return respuesta
        pagina = render_to_string("405.html", request=request)
        return HttpResponse(pagina, status=405, headers={"Allow": respuesta.headers["Allow"]})


class SinCopias:
    """What an assembly publishes it may withdraw from one minute to the next: no page is shown from a copy
    without asking here first, and search engines keep none. Answers that say otherwise of themselves do so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        respuesta = self.get_response(request)
        if respuesta.get("Content-Type", "").startswith(("text/html", "application/xml")):
            respuesta.headers.setdefault("Cache-Control", "no-cache")
            respuesta.headers.setdefault("X-Robots-Tag", "noarchive")
        return respuesta


class SinCaracterNulo:
    """No address of the portal has a NUL, which PostgreSQL and the file system refuse with a fault:
    whoever writes one gets a 400, whatever the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        consulta = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "\0" in consulta or "%00" in consulta:
            return peticion_invalida(request)
        return self.get_response(request)


def salud() -> JsonResponse:
    """State of each part: database, schema and shared cache. 503 when one of them fails."""
    partes = {"base_de_datos": _base_de_datos()}
    if partes["base_de_datos"] == "bien":
        partes["esquema"] = _esquema()
        partes["cache"] = _cache()
    bien = all(estado == "bien" for estado in partes.values())
    return JsonResponse(
        {"estado": "bien" if bien else "con fallas", **partes},
        status=200 if bien else 503,
        headers={"Cache-Control": "no-store"},
    )


def _base_de_datos() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return "no responde"
    return "bien"


def _esquema() -> str:
    ejecutor = MigrationExecutor(connection)
    pendientes = ejecutor.migration_plan(ejecutor.loader.graph.leaf_nodes())
    return "faltan migraciones: ejecuta «python manage.py preparar»" if pendientes else "bien"


def _cache() -> str:
    try:
        cache.get("salud")
    except DatabaseError:
        return "falta su tabla: ejecuta «python manage.py preparar»"
    return "bien"
