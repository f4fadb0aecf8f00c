"""«¿Cuándo acordamos…?»: what was said in past sessions, found by its words. Reads, never writes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Concat
from django.urls import reverse

from comites.models import TextoBuscable
from comites.querysets_actas import ConsultaEnMesa
from mesas.models import Mesa

_EMPIEZA, _TERMINA = "\x02", "\x03"
_TROZO = re.compile(f"{_EMPIEZA}(.*?){_TERMINA}", re.DOTALL)


@dataclass(frozen=True)
class Hallazgo:
    """Something said in a session: what it is, its words with those looked for apart, and where it leads."""

    que_es: str
    trozos: list[tuple[str, bool]]
    texto: TextoBuscable
    url: str


def buscar_en_sesiones(usuario: Any, mesa: Mesa, *, texto: str, organo: str = "") -> Any:
    """What the user may read of the closed sessions of a mesa that has those words, the latest first.

    Args:
        texto: as in a search engine: words, "a phrase", -without. Accents and endings do not matter.
        organo: «comite:12», the key of a kind of session, or empty for all.
    """
    filas = TextoBuscable.objects.legibles_para(usuario).filter(palabras=ConsultaEnMesa(texto, mesa.pk))
    if organo.startswith("comite:"):
        filas = filas.filter(sesion__comite=organo.removeprefix("comite:"))
    elif organo:
        filas = filas.filter(sesion__tipo=organo)
    filas = filas.select_related("sesion__mesa", "sesion__comite", "acuerdo", "punto", "adenda")
    return filas.annotate(resaltado=_resaltado(texto)).order_by("-sesion__inicio", "pk")


def _resaltado(texto: str) -> SearchHeadline:
    dicho = Case(
        When(acuerdo__isnull=False, then=_juntos("acuerdo__accion", "acuerdo__producto")),
        When(adenda__isnull=False, then=F("adenda__texto")),
        When(punto__isnull=False, then=_juntos("punto__titulo", "punto__resumen")),
        default=F("sesion__desarrollo"),
        output_field=TextField(),
    )
    return SearchHeadline(
        dicho,
        SearchQuery(texto, config="espanol", search_type="websearch"),
        config="espanol",
        start_sel=_EMPIEZA,
        stop_sel=_TERMINA,
        max_words=40,
        min_words=20,
    )


def _juntos(uno: str, otro: str) -> Concat:
    return Concat(uno, Value(". "), otro, output_field=TextField())


def hallazgos(filas: Iterable[TextoBuscable], mesa: Mesa) -> list[Hallazgo]:
    """Each row as the page shows it."""
    return [Hallazgo(_que_es(fila), _partir(fila.resaltado), fila, _url(fila, mesa)) for fila in filas]


def _que_es(fila: TextoBuscable) -> str:
    if fila.acuerdo_id:
        return f"Acuerdo {fila.acuerdo.folio}"
    if fila.adenda_id:
        return f"Adenda {fila.adenda.numero}"
    return f"Punto {fila.punto.orden}" if fila.punto_id else "Desarrollo"


def _partir(texto: str) -> list[tuple[str, bool]]:
    """«abc [def] ghi» → the pieces, saying which were looked for."""
    return [(trozo, i % 2 == 1) for i, trozo in enumerate(_TROZO.split(texto)) if trozo]


def _url(fila: TextoBuscable, mesa: Mesa) -> str:
    if fila.acuerdo_id:
        return reverse("coordinacion:acuerdo", args=[mesa.slug, fila.acuerdo.folio])
    nombre = "coordinacion:acta" if fila.adenda_id else "coordinacion:sesion"
    return reverse(nombre, args=[mesa.slug, fila.sesion_id])
