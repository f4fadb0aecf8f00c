"""Who is looking at a minute, asked of the tables: levels and consents as they are today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from comites.actas.lectores import (
    COMPLETA,
    DE_LA_MESA,
    PUBLICA,
    AdendaDicha,
    DatosDelActa,
    Mirada,
)
from comites.actas.versiones import version
from comites.models import Acta, Acuerdo, Sesion
from comun.formatos import fecha_larga
from mesas.models import Mesa, Persona


def acta_para(usuario: Any, acta: Acta, mesa: Mesa, *, registra: bool | None = None) -> dict[str, Any]:
    """The minute as that member, inside that mesa, may read it: complete, or without what is reserved.

    Args:
        registra: whether he records the session, if it is known already.
    """
    contenido = json.loads(acta.eslabon.contenido)
    if registra is None:
        registra = Sesion.objects.editables_por(usuario).filter(pk=acta.sesion_id).exists()
    mirada = _de_dentro(usuario, acta, mesa, contenido, registra)
    return version(contenido, mirada, datos_del_acta(acta, contenido))


def acta_publica(acta: Acta) -> dict[str, Any]:
    """The minute as anybody would read it: what the act of its assembly lets be read, and nothing more.

    Whether anybody may open it is for `Acta.objects.publicas()` to say.
    """
    contenido = json.loads(acta.eslabon.contenido)
    return version(contenido, _de_fuera(acta, contenido), datos_del_acta(acta, contenido))


def _claves_de_acuerdos(contenido: Mapping[str, Any]) -> set[int]:
    return {fila["id"] for fila in [*contenido["acuerdos"], *contenido["revisados"]]}


def _de_dentro(usuario: Any, acta: Acta, mesa: Mesa, contenido: Mapping[str, Any], registra: bool) -> Mirada:
    sesion = acta.sesion
    puntos = list(sesion.puntos.legibles_para(usuario, sesion).values_list("pk", "nivel", "legible"))
    claves = _claves_de_acuerdos(contenido)
    acuerdos = frozenset(Acuerdo.objects.visibles_para(usuario).filter(pk__in=claves).values_list("pk", flat=True))
    todo = all(legible for _, _, legible in puntos) and acuerdos == claves
    return Mirada(
        version=COMPLETA if todo and (registra or not contenido["otras_mesas"]) else DE_LA_MESA,
        niveles={pk: nivel for pk, nivel, _ in puntos},
        puntos=frozenset(pk for pk, _, legible in puntos if legible),
        acuerdos=acuerdos,
        mesa=None if registra else mesa.pk,
    )


def _de_fuera(acta: Acta, contenido: Mapping[str, Any]) -> Mirada:
    niveles = dict(acta.sesion.puntos.values_list("pk", "nivel"))
    consentidos = acta.sesion.puntos.publicas().values_list("pk", flat=True)
    publicos = Acuerdo.objects.publicas().filter(pk__in=_claves_de_acuerdos(contenido))
    return Mirada(
        version=PUBLICA,
        niveles=niveles,
        puntos=frozenset(consentidos),
        acuerdos=frozenset(publicos.values_list("pk", flat=True)),
        con_nombre=con_nombre_publico(contenido),
    )


def con_nombre_publico(contenido: Mapping[str, Any]) -> frozenset[int]:
    """Of the people of a minute, those whose name may be public today."""
    claves = {fila["persona"]["id"] for fila in contenido["asistencia"]}
    claves |= {(fila["responsable"] or {}).get("persona", {}).get("id") for fila in contenido["acuerdos"]}
    claves.add((contenido["coordinacion"] or {}).get("id"))
    return frozenset(Persona.objects.con_nombre_publico().filter(pk__in=claves - {None}).values_list("pk", flat=True))


def datos_del_acta(acta: Acta, contenido: Mapping[str, Any]) -> DatosDelActa:
    """Its links, its addenda and its approval."""
    eslabon = acta.eslabon
    return DatosDelActa(
        folio=acta.folio,
        codigo=acta.codigo_legible,
        huella=eslabon.huella,
        anterior=eslabon.anterior,
        secuencia=eslabon.secuencia,
        direccion=direccion_de(acta.codigo),
        aprobacion=aprobacion_de(acta),
        adendas=_adendas(acta),
        marcas=marcas_de(contenido["mesa"]["nombre"]),
    )


def direccion_de(codigo: str) -> str:
    """Where a code is verified, complete: it goes on paper."""
    return f"{settings.PORTAL_URL}{reverse('verificar', args=[codigo])}"


def marcas_de(mesa: str) -> list[str]:
    """The three marks, in the order of the setting."""
    nombres = {"mesa": mesa, "red": settings.RED_NOMBRE, "mexico_sos": "México SOS"}
    return [nombres[marca] for marca in settings.MARCAS_EN_ORDEN]


def aprobacion_de(acta: Acta) -> str:
    """In which session it was approved, in words; empty if it was not."""
    if not acta.esta_aprobada:
        return ""
    otra = acta.aprobada_en
    return f"Aprobada en {otra.organo}, sesión {otra.numero}, el {fecha_larga(otra.dia)}"


def _adendas(acta: Acta) -> list[AdendaDicha]:
    zona = ZoneInfo(acta.sesion.mesa.zona_horaria)
    return [
        AdendaDicha(
            numero=fila.numero,
            fecha=fila.creado.astimezone(zona).date(),
            texto=fila.texto,
            punto=fila.punto_id,
            orden=fila.punto.orden if fila.punto else None,
            huella=fila.eslabon.huella,
        )
        for fila in acta.adendas.select_related("punto", "eslabon").order_by("numero")
    ]
