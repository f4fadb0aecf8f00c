"""What the public is told of a document whose code they hold. Nothing that the paper does not say, and of
what is reserved not even that: only that it exists, and its hash."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from comites.actas.canonico import huella
from comites.actas.miradas import aprobacion_de
from comites.models import Acta, Acuerdo, Extracto
from comites.niveles import Nivel


@dataclass(frozen=True)
class Comprobado:
    """A document found by its code.

    Attributes:
        integro: its text still gives its hash.
        de_que: organ, session and day; empty if it is reserved.
        url_publica: where the public reads it, if its assembly consented.
    """

    que_es: str
    folio: str
    huella: str
    integro: bool
    mesa: str
    de_que: str
    dia: dt.date | None
    aprobacion: str
    adendas: int
    expedido: dt.datetime | None
    acta: str
    url_publica: str


def comprobar(codigo: str) -> Comprobado | None:
    """The document with that code (as `codigo_leido` gives it), or None."""
    acta = Acta.objects.con_contexto().filter(codigo=codigo).first()
    extracto = None
    if acta is None:
        extracto = Extracto.objects.select_related("acuerdo__punto", "acuerdo__sesion").filter(codigo=codigo).first()
        if extracto is None:
            return None
        acta = Acta.objects.con_contexto().get(pk=extracto.acta_id)
    eslabon, sesion = acta.eslabon, acta.sesion
    reservada = extracto.acuerdo.es_reservado if extracto else sesion.nivel == Nivel.RESERVADA
    return Comprobado(
        que_es="Extracto certificado de un acuerdo" if extracto else "Acta de una sesión",
        folio=extracto.acuerdo.folio if extracto else acta.folio,
        huella=eslabon.huella,
        integro=eslabon.huella == huella(eslabon.secuencia, eslabon.anterior, eslabon.contenido),
        mesa="" if reservada else sesion.mesa.nombre,
        de_que="" if reservada else f"{sesion.organo}, sesión {sesion.numero}",
        dia=None if reservada else sesion.dia,
        aprobacion="" if reservada else aprobacion_de(acta),
        adendas=acta.adendas.count(),
        expedido=extracto.creado if extracto else None,
        acta=acta.folio if extracto else "",
        url_publica=_url_publica(acta, extracto),
    )


def _url_publica(acta: Acta, extracto: Extracto | None) -> str:
    if extracto:
        publico = Acuerdo.objects.publicas().filter(pk=extracto.acuerdo_id).first()
        return publico.get_absolute_url() if publico else ""
    return reverse("acta_publica", args=[acta.codigo]) if Acta.objects.publicas().filter(pk=acta.pk).exists() else ""
