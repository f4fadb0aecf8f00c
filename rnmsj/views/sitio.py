"""What a site has besides its content: the privacy page, the map for search engines, the rules for robots."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from comites.models import Acuerdo, Sesion
from encuentros.models import Encuentro
from indicadores.delitos import catalogo
from indicadores.models import Carga
from mesas.models import Mesa


@require_safe
def privacidad(request):
    """What data this software keeps of people and how they rule over it."""
    return render(request, "privacidad.html", {"contacto": settings.CONTACTO_PRIVACIDAD})


@require_safe
def robots(request):
    """Public pages may be indexed; the workspace, the accounts and the desk of the staff may not."""
    lineas = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /buscar/",
        "Disallow: /coordinacion/",
        "Disallow: /cuenta/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lineas), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request):
    """Browsers ask for it on pages that do not name their icon: a CSV, the plain errors."""
    return redirect(static("img/favicon.svg"))


@require_safe
def sin_conexion(request):
    """What a phone shows when a page of the desk is opened without a connection. The same for everybody."""
    return HttpResponse(render_to_string("sin_conexion.html"))


@require_safe
def sin_conexion_js(request):
    """The script that keeps that page in the phone; its address says that it speaks for the desk alone."""
    return HttpResponse(render_to_string("sin_conexion.js"), content_type="text/javascript; charset=utf-8")


class _Paginas(Sitemap):
    """Pages that are always there."""

    def items(self):
        de_la_red = ["inicio", "mesas", "acuerdos", "sesiones_publicas", "seguimiento", "encuentros"]
        return [*de_la_red, "indicadores", "datos", "cargas", "privacidad"]

    def location(self, item):
        return reverse(item)


class _Filas(Sitemap):
    """Public rows of a table, by their address. What is invented is not for search engines."""

    def __init__(self, consulta):
        self.consulta = consulta

    def items(self):
        return self.consulta()


class _Sesiones(Sitemap):
    """Public sessions of real mesas."""

    def items(self):
        filas = Sesion.objects.publicas().filter(mesa__es_demo=False)
        return filas.select_related("mesa").order_by("mesa", "inicio", "pk")

    def location(self, item):
        return item.url_publica


class _Cargas(Sitemap):
    """The public record of loads."""

    def items(self):
        return Carga.objects.registro()


class _Delitos(Sitemap):
    """Pages of crimes."""

    def items(self):
        return list(catalogo())

    def location(self, item):
        return reverse("indicador", args=[item])


SITEMAPS = {
    "paginas": _Paginas(),
    "mesas": _Filas(lambda: Mesa.objects.publicas().reales().por_nombre()),
    "acuerdos": _Filas(lambda: Acuerdo.objects.publicas().filter(sesion__mesa__es_demo=False).order_by("folio")),
    "sesiones": _Sesiones(),
    "encuentros": _Filas(lambda: Encuentro.objects.publicas().order_by("numero")),
    "indicadores": _Delitos(),
    "cargas": _Cargas(),
}
