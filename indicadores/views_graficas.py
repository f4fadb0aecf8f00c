"""The chart of a choice outside its page: as a picture, and inside the pages of others."""

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from comun import lamina
from comun.condicional import huella_de, responder
from indicadores import paquete
from indicadores.consultas import leer_eleccion
from indicadores.fichas import controles, explorador, laminas

TIPOS = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
def grafica(request, formato):
    """`/indicadores/grafica.svg` and `.png`: the same choice as the explorer, with its source printed on it."""
    if formato not in TIPOS:
        raise Http404
    eleccion = leer_eleccion(request.GET)
    if eleccion.errores:
        return HttpResponseBadRequest(f"{_en_lineas(eleccion)}\n", content_type="text/plain; charset=utf-8")
    ficha = explorador.leer_ficha(eleccion) if eleccion.delito else None
    dibujo = _dibujar(request, ficha) if ficha else ""
    if not dibujo:
        raise Http404("No hay cifras que dibujar de lo que se pide.")

    def hacer():
        cuerpo = dibujo if formato == "svg" else lamina.png(dibujo)
        return HttpResponse(
            cuerpo,
            content_type=TIPOS[formato],
            headers={"Content-Disposition": f'inline; filename="{_nombre(eleccion)}.{formato}"'},
        )

    # An agreement drawn on it may be withdrawn, and then no copy may go on showing it.
    segundos = 0 if ficha.marcas else paquete.segundos(eleccion.lugares)
    return responder(request, huella_de(dibujo, formato), hacer, segundos=segundos)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def incrustar(request):
    """`/indicadores/incrustar/`: the chart alone, for the pages of others. The only one that may be framed."""
    eleccion = leer_eleccion(request.GET)
    # On somebody else's page nobody would notice that it is not the figure that was asked for.
    ficha = explorador.leer_ficha(eleccion) if eleccion.delito and not eleccion.errores else None
    contexto = {
        "ficha": ficha,
        "faltas": eleccion.errores,
        "salidas": controles.datos(eleccion),
        "direccion": request.build_absolute_uri(controles.direccion(eleccion) if ficha else reverse("indicadores")),
    }
    return render(request, "indicadores/incrustar.html", contexto, status=400 if eleccion.errores else 200)


def _dibujar(request, ficha):
    """The picture as SVG; empty if there is nothing to draw."""
    direccion = request.build_absolute_uri(controles.direccion(ficha.eleccion))
    return laminas.svg(ficha, red=settings.RED_NOMBRE, direccion=direccion, fecha=timezone.localdate())


def _nombre(eleccion):
    """Name of the file: what it is of, and where."""
    partes = [eleccion.delito.slug, *(lugar.clave for lugar in eleccion.lugares[:3]), eleccion.periodicidad.value]
    return "-".join(partes).replace(":", "-")


def _en_lineas(eleccion):
    return "\n".join(falta.mensaje for falta in eleccion.errores)
