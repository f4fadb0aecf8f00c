"""What the minute of a session holds: everything its tables say at the moment of closing, as plain data.

Two things are left out on purpose: why somebody was excused (it may speak of their health), and
whatever lives on after the closing (levels of confidentiality, consents, state of agreements),
which is read when the minute is shown. Rows carry their key so that it can be.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from comites.models import Acuerdo, Asistencia, Avance, Prorroga, Sesion
from mesas.models import Cargo, Institucion, Integrante, Persona, Puesto

FORMATO = 2
"""Changes when the shape of the content does: what was written with another one is read as it was.
2: each seat with the hours at which somebody arrived late, left or came back."""


def contenido_de(sesion: Sesion, *, folio: str, quorum: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The content of a minute, ready for `canonico`. About ten queries.

    Args:
        sesion: the session, already closed, with its mesa and comité.
        folio: that of the minute.
        quorum: what is known of the quorum, if it was recorded: `texto` says it in a sentence for people.
    """
    zona = ZoneInfo(sesion.mesa.zona_horaria)
    contenido = {
        "formato": FORMATO,
        "clase": "acta",
        "folio": folio,
        "mesa": {
            "id": sesion.mesa_id,
            "slug": sesion.mesa.slug,
            "nombre": sesion.mesa.nombre,
            "entidad": sesion.mesa.entidad.nombre_corto,
            "demostracion": sesion.mesa.es_demo,
        },
        "otras_mesas": [{"id": mesa.pk, "nombre": mesa.nombre} for mesa in sesion.mesas.order_by("nombre", "pk")],
        "organo": {"tipo": sesion.tipo, "nombre": sesion.organo, "comite": sesion.comite_id},
        "coordinacion": _coordinacion(sesion),
        "sesion": {
            "id": sesion.pk,
            "numero": sesion.numero,
            "anio": sesion.anio,
            "numero_anual": sesion.numero_anual,
            "inicio": _hora(sesion.inicio, zona),
            "fin": _hora(sesion.fin, zona),
            "lugar": sesion.lugar,
            "desarrollo": sesion.desarrollo,
            "cerrada_el": _hora(sesion.cerrada_el, zona),
        },
        "asistencia": _asistencia(sesion, zona),
        "invitados": list(sesion.invitados.order_by("nombre", "pk").values("id", "nombre", "institucion")),
        "revisados": _revisados(sesion),
        "orden": list(
            sesion.puntos.order_by("orden").values("id", "orden", "titulo", "minutos", "desenlace", "resumen", "origen")
        ),
        "acuerdos": _acuerdos(sesion),
    }
    return contenido | ({"quorum": dict(quorum)} if quorum else {})


def contenido_de_adenda(
    *, folio: str, numero: int, punto: Any, texto: str, cuando: dt.datetime, sesion: Sesion
) -> dict[str, Any]:
    """The content of an addendum, ready for `canonico`."""
    return {
        "formato": FORMATO,
        "clase": "adenda",
        "acta": folio,
        "numero": numero,
        "punto": {"id": punto.pk, "orden": punto.orden} if punto else None,
        "texto": texto,
        "creada_el": _hora(cuando, ZoneInfo(sesion.mesa.zona_horaria)),
    }


def _hora(cuando: dt.datetime | None, zona: ZoneInfo) -> str:
    return cuando.astimezone(zona).isoformat(timespec="seconds") if cuando else ""


def _persona(persona: Persona) -> dict[str, Any]:
    return {"id": persona.pk, "nombre": persona.nombre}


def _institucion(institucion: Institucion | None) -> dict[str, Any] | None:
    if institucion is None:
        return None
    return {"id": institucion.pk, "nombre": institucion.nombre, "nivel": institucion.nivel}


def _coordinacion(sesion: Sesion) -> dict[str, Any] | None:
    """Who coordinated the organ on the day of the session."""
    puestos = {"puesto__mesa": sesion.mesa_id, "puesto__tipo": Puesto.Tipo.COORDINACION_MESA}
    if sesion.comite_id:
        puestos = {"puesto": sesion.comite.coordinacion_id}
    cargo = Cargo.objects.filter(**puestos).vigentes_en(sesion.dia).select_related("persona").order_by("pk").first()
    return _persona(cargo.persona) if cargo else None


def _asistencia(sesion: Sesion, zona: ZoneInfo) -> list[dict[str, Any]]:
    pasos: dict[int, list[dict[str, str]]] = defaultdict(list)
    for paso in sesion.movimientos.order_by("pk"):
        pasos[paso.integrante_id].append({"tipo": paso.tipo, "hora": _hora(paso.hora, zona)})
    filas = (
        Asistencia.objects.filter(sesion=sesion)
        .select_related("integrante__persona", "integrante__institucion")
        .order_by("integrante__tipo", "integrante__persona__nombre", "pk")
    )
    return [
        {
            "persona": _persona(fila.integrante.persona),
            "mesa": fila.integrante.mesa_id,
            "tipo": fila.integrante.tipo,
            "calidad": fila.integrante.calidad,
            "institucion": _institucion(fila.integrante.institucion),
            "estado": fila.estado,
            "suplente": fila.suplente,
            "nivel_suplente": fila.nivel_suplente,
            "movimientos": pasos[fila.integrante_id],
        }
        for fila in filas
    ]


def _responsable(acuerdo: Acuerdo) -> dict[str, Any] | None:
    if acuerdo.institucion_responsable_id:
        return {"institucion": _institucion(acuerdo.institucion_responsable)}
    if acuerdo.responsable_id:
        integrante: Integrante = acuerdo.responsable
        return {"persona": _persona(integrante.persona)}
    return {"correo": acuerdo.correo_responsable} if acuerdo.correo_responsable else None


def _cantidad(cantidad: Decimal | None) -> str:
    return "" if cantidad is None else f"{cantidad.normalize():f}"


def _acuerdos(sesion: Sesion) -> list[dict[str, Any]]:
    filas = (
        sesion.acuerdos.select_related("responsable__persona", "institucion_responsable")
        .prefetch_related("corresponsables")
        .order_by("folio")
    )
    return [
        {
            "id": fila.pk,
            "folio": fila.folio,
            "punto": fila.punto_id,
            "accion": fila.accion,
            "producto": fila.producto,
            "detalle": fila.detalle,
            "responsable": _responsable(fila),
            "corresponsables": [_institucion(otra) for otra in fila.corresponsables.all()],
            "fecha_compromiso": fila.fecha_compromiso.isoformat() if fila.fecha_compromiso else "",
            "verificacion": fila.verificacion,
            "cantidad": _cantidad(fila.cantidad),
            "unidad": fila.unidad,
            "historico": fila.historico,
        }
        for fila in filas
    ]


def _revisados(sesion: Sesion) -> list[dict[str, Any]]:
    """Agreements of other sessions reviewed in this one: what was noted of each, and the dates it granted."""
    avances = Avance.objects.filter(sesion=sesion).select_related("acuerdo").order_by("acuerdo__folio", "pk")
    prorrogas = Prorroga.objects.filter(sesion=sesion).select_related("acuerdo").order_by("acuerdo__folio", "pk")
    hechos = [(fila.acuerdo, {"estado": fila.estado, "texto": fila.texto}) for fila in avances]
    hechos += [(fila.acuerdo, {"prorroga_al": fila.al.isoformat(), "texto": fila.motivo}) for fila in prorrogas]
    return [
        {"id": acuerdo.pk, "folio": acuerdo.folio, "accion": acuerdo.accion, **hecho}
        for acuerdo, hecho in sorted(hechos, key=lambda par: par[0].folio)
    ]
