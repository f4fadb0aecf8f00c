"""Who was in a session, as its minute says it to each reader: by name inside, outside only which authorities."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from comites.actas.lectores import Mirada
from comites.models import Asistencia, Movimiento
from comun.formatos import contar, numero

_ASISTENCIA = dict(Asistencia.Estado.choices)
_NIVEL_SUPLENTE = dict(Asistencia.NivelDelSuplente.choices)
_MOVIMIENTO = dict(Movimiento.Tipo.choices)
_PRESENTES = ("presente", "suplente")


def lista(contenido: Mapping[str, Any], mirada: Mirada) -> dict[str, Any]:
    """Attendance: by name inside; outside, only which authorities came.

    How many is rounded wherever the public reads it (`publico.presencias`): the exact number, here, would undo that.
    """
    filas = contenido["asistencia"]
    vinieron = [fila for fila in filas if fila["estado"] in _PRESENTES]
    if mirada.es_publica:
        autoridades = {f["institucion"]["nombre"] for f in vinieron if f["tipo"] == "con_cargo" and f["institucion"]}
        return {
            "resumen_de_lista": "",
            "autoridades": sorted(autoridades),
            "asistencia": [],
            "otras_listas": [],
            "invitados": [],
            "firmas": [],
        }
    suyas = [fila for fila in filas if mirada.mesa in (None, fila["mesa"])]
    cuenta = Counter(fila["estado"] for fila in filas)
    return {
        "resumen_de_lista": ", ".join(
            parte
            for estado, uno, varios in (
                ("presente", "presente", "presentes"),
                ("suplente", "con suplente", "con suplente"),
                ("ausente", "ausente", "ausentes"),
                ("justificada", "con justificación", "con justificación"),
            )
            for parte in contar(cuenta[estado], uno, varios)
        ),
        "autoridades": [],
        "asistencia": [_asiento(fila) for fila in suyas],
        "otras_listas": _otras_listas(contenido, filas, suyas),
        "invitados": [{"nombre": f["nombre"], "institucion": f["institucion"]} for f in contenido["invitados"]],
        "firmas": _firmas(contenido, suyas),
    }


def _asiento(fila: Mapping[str, Any]) -> dict[str, str]:
    como = _ASISTENCIA[fila["estado"]]
    if fila["suplente"]:
        nivel = _NIVEL_SUPLENTE.get(fila["nivel_suplente"], "")
        como += f": {fila['suplente']}" + (f" ({nivel.lower()})" if nivel else "")
    # Minutes of format 1 did not say it.
    pasos = [
        f"{_MOVIMIENTO[paso['tipo']].lower()} a las {dt.datetime.fromisoformat(paso['hora']):%H:%M}"
        for paso in fila.get("movimientos", ())
    ]
    como += f"; {', '.join(pasos)}" if pasos else ""
    return {
        "nombre": fila["persona"]["nombre"],
        "institucion": fila["institucion"]["nombre"] if fila["institucion"] else "",
        "tipo": "Con cargo público" if fila["tipo"] == "con_cargo" else "Sin cargo público",
        "estado": fila["estado"],
        "como": como,
    }


def _otras_listas(contenido: Mapping[str, Any], filas: Sequence[Any], suyas: Sequence[Any]) -> list[str]:
    """Of the other mesas of a joint session, how many came: their names are theirs."""
    if len(suyas) == len(filas):
        return []
    mesas = [contenido["mesa"], *contenido["otras_mesas"]]
    con_nombres = {fila["mesa"] for fila in suyas}
    salida = []
    for mesa in mesas:
        if mesa["id"] in con_nombres:
            continue
        vinieron = sum(fila["mesa"] == mesa["id"] and fila["estado"] in _PRESENTES for fila in filas)
        salida.append(f"{mesa['nombre']}: {numero(vinieron)} {'asistió' if vinieron == 1 else 'asistieron'}")
    return salida


def _firmas(contenido: Mapping[str, Any], filas: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Who signs: whoever coordinates, and then each one who was there."""
    coordina = contenido["coordinacion"]
    firmas = [{"nombre": coordina["nombre"], "como": "Coordinación"}] if coordina else []
    for fila in filas:
        if fila["estado"] == "suplente":
            nombre = fila["suplente"] or f"Suplente de {fila['persona']['nombre']}"
        elif fila["estado"] == "presente" and fila["persona"] != coordina:
            nombre = fila["persona"]["nombre"]
        else:
            continue
        firmas.append(
            {"nombre": nombre, "como": fila["institucion"]["nombre"] if fila["institucion"] else "Integrante"}
        )
    return firmas
