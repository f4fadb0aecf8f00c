"""What a certified extract says: one agreement of a minute, for whoever must fulfil it."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

from comites.actas.miradas import con_nombre_publico, datos_del_acta, direccion_de
from comites.actas.versiones import acuerdo_dicho, tachado_publico
from comites.models import Extracto
from comun.formatos import fecha_larga


def extracto_dicho(extracto: Extracto) -> dict[str, Any]:
    """The extract in words, ready to be drawn. It takes the text from the minute, never from the tables, and
    names no person without consent."""
    acta = extracto.acta
    contenido = json.loads(acta.eslabon.contenido)
    [fila] = [uno for uno in contenido["acuerdos"] if uno["id"] == extracto.acuerdo_id]
    dicho = acuerdo_dicho(fila, tachado_publico(contenido, con_nombre_publico(contenido)))
    datos = datos_del_acta(acta, contenido)
    sesion, mesa = acta.sesion, contenido["mesa"]["nombre"]
    expedido = fecha_larga(extracto.creado.astimezone(ZoneInfo(sesion.mesa.zona_horaria)).date())
    return {
        "titulo": f"Extracto certificado del acuerdo {fila['folio']}",
        "marcas": list(datos.marcas),
        "demostracion": contenido["mesa"]["demostracion"],
        "mesa": mesa,
        "folio": fila["folio"],
        "de_que": f"{contenido['organo']['nombre']}, sesión {sesion.numero}, {fecha_larga(sesion.dia)}",
        "accion": dicho["accion"],
        "datos": dicho["datos"],
        "certificacion": (
            f"La coordinación de {mesa} certifica que así consta en el acta {acta.folio}. Expedido el {expedido}."
        ),
        "aprobacion": datos.aprobacion,
        "adendas": len(datos.adendas),
        "codigo": extracto.codigo_legible,
        "direccion": direccion_de(extracto.codigo),
        "huella": datos.huella,
    }
