"""`/novedades.atom`: what assemblies have consented to publish, for readers of feeds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from comites.models import ActoDePublicacion, Acuerdo, Sesion
from comites.publico import responsables_publicos
from comun.condicional import condicionar
from comun.formatos import fecha_larga

CUANTAS = 50
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What somebody may have pasted and XML cannot say."""


class Novedad(NamedTuple):
    """Something that became public, and when its act was recorded."""

    cuando: dt.datetime
    titulo: str
    texto: str
    url: str
    clase: str


@require_safe
def novedades(request):
    """The last agreements and sessions published by real mesas; what is withdrawn is no longer here."""
    feed = Atom1Feed(
        title=f"Lo que publican las mesas de la {settings.RED_SIGLAS}",
        link=request.build_absolute_uri(reverse("acuerdos")),
        feed_url=request.build_absolute_uri(request.path),
        description="Acuerdos y sesiones que una asamblea consintió publicar.",
        language="es-mx",
        author_name=settings.RED_NOMBRE,
    )
    for novedad in sorted([*_acuerdos(), *_sesiones()], reverse=True)[:CUANTAS]:
        url = request.build_absolute_uri(novedad.url)
        feed.add_item(
            _CONTROL.sub(" ", novedad.titulo),
            url,
            _CONTROL.sub(" ", novedad.texto),
            unique_id=url,
            pubdate=novedad.cuando,
            updateddate=novedad.cuando,
            categories=[novedad.clase],
        )
    return condicionar(
        request, [feed.writeString("utf-8")], lambda cuerpo: HttpResponse(cuerpo, content_type=feed.content_type)
    )


def _acuerdos() -> Iterable[Novedad]:
    publicos = Acuerdo.objects.publicas().filter(sesion__mesa__es_demo=False)
    cuando = ActoDePublicacion.objects.ultimos("acuerdo", publicos, CUANTAS)
    filas = publicos.filter(pk__in=cuando).con_contexto()
    for acuerdo, responsable in responsables_publicos(filas):
        partes = [acuerdo.producto, responsable and f"Responde: {responsable}"]
        partes.append(acuerdo.fecha_compromiso and f"Para el {fecha_larga(acuerdo.fecha_compromiso)}")
        texto = ". ".join(parte for parte in partes if parte)
        yield Novedad(cuando[acuerdo.pk], acuerdo.accion, texto, acuerdo.get_absolute_url(), "Acuerdo")


def _sesiones() -> Iterable[Novedad]:
    publicas = Sesion.objects.publicas().filter(mesa__es_demo=False)
    cuando = ActoDePublicacion.objects.ultimos("sesion", publicas, CUANTAS)
    filas = publicas.filter(pk__in=cuando).con_orden_del_dia().select_related("mesa", "comite")
    for sesion in filas:
        titulo = f"{sesion.mesa.nombre}: {sesion.organo}, sesión {sesion.numero}"
        texto = " · ".join([fecha_larga(sesion.dia), *sesion.titulos_legibles])
        yield Novedad(cuando[sesion.pk], titulo, texto, sesion.url_publica, "Sesión")
