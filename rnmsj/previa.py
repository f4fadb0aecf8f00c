"""What the public would see of what an assembly consents to, drawn with the pieces of the public pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string

from comites.models import Acuerdo, Sesion
from comites.publico import ficha_de_sesion, ficha_publica
from comun.condicional import huella_de
from indicadores.models import Objetivo
from indicadores.objetivos import rastro
from rnmsj.efectos import efectos_de


@dataclass(frozen=True)
class VistaPrevia:
    """The pages, drawn, and their fingerprint: what is published is what was looked at, or nothing is."""

    html: str
    huella: str
    cuantas: int


def vista_previa(
    request: HttpRequest,
    *,
    sesiones: Mapping[Sesion, Collection[int]],
    acuerdos: Mapping[Acuerdo, Collection[int]],
    hasta: dt.date | None,
) -> VistaPrevia:
    """Draw what would be published.

    Args:
        sesiones: with the items that would be read; `acuerdos`: with the steps that would be read.
    """
    paginas = [
        {"ficha": ficha_de_sesion(sesion, puntos=puntos, hasta=hasta, ademas=list(acuerdos))}
        for sesion, puntos in sesiones.items()
    ]
    paginas += [_de_acuerdo(acuerdo, avances, hasta) for acuerdo, avances in acuerdos.items()]
    html = render_to_string("comites/publico/_previa.html", {"paginas": paginas}, request)
    return VistaPrevia(html, huella_de(html), len(paginas))


def _de_acuerdo(acuerdo: Acuerdo, avances: Collection[int], hasta: dt.date | None) -> dict[str, object]:
    objetivos = Objetivo.objects.que_se_verian_de(acuerdo)
    return {
        "acuerdo": acuerdo,
        "ficha": ficha_publica(acuerdo, avances=avances, hasta=hasta),
        "ya_no_se_miran": rastro(objetivos.retirados().order_by("retirado", "pk")),
        **efectos_de(acuerdo, objetivos.vigentes()),
    }
