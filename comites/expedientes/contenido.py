"""What the dossier says. It leaves the mesa on paper, so it names nobody and carries nothing reserved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from comites.cifras import Ritmos, por_institucion
from comites.hechos import leer_hechos
from comites.models import Acuerdo, FrecuenciaDeSesiones
from comites.querysets import SesionQuerySet
from comites.querysets_acuerdos import AcuerdoQuerySet
from comites.seguimiento import PLENARIA, Hechos
from comun.formatos import fecha_larga
from mesas.models import Institucion, Mesa

MESES_ATRAS = 36
"""A municipal term: the presence of the institution is counted over so many months."""


def contenido(
    mesa: Mesa, institucion: Institucion, *, sesiones: SesionQuerySet, acuerdos: AcuerdoQuerySet, fecha: dt.date
) -> dict[str, Any]:
    """The dossier of an institution as plain texts and lists, ready to be typeset.

    Args:
        sesiones, acuerdos: those that the reader may see.
    """
    propias, propios = sesiones.de_mesa(mesa), acuerdos.de_mesa(mesa)
    hechos = leer_hechos(sesiones=propias, acuerdos=propios, fecha=fecha)
    desde = dt.date(fecha.year - MESES_ATRAS // 12, fecha.month, 1)
    suyos = hechos.del_periodo(desde).por_mesa().get(mesa.pk, Hechos())
    filas = por_institucion(propias, suyos, mesa, fecha=fecha, desde=desde)
    fila = next((fila for fila in filas if fila.institucion.pk == institucion.pk), None)
    abiertos = [a for a in _de(propios, institucion) if a.esta_abierto]
    cumplidos = [a for a in _de(propios, institucion) if a.estado == Acuerdo.Estado.CUMPLIDO]
    return {
        "mesa": mesa.nombre,
        "institucion": institucion.nombre,
        "fecha": fecha_larga(fecha),
        "contacto": mesa.correo_publico,
        "ritmo": _ritmo(mesa, fecha),
        "desde": fecha_larga(desde),
        "presencia": fila.presencia.en_numeros if fila else "sin sesiones",
        "con_titular": fila.presencia.con_titular if fila else 0,
        "suplentes": fila.presencia.niveles if fila else "",
        "abiertos": [_ficha(a, fecha) for a in abiertos if not a.es_reservado],
        "cumplidos": [{"folio": a.folio, "que": a.accion} for a in cumplidos if not a.es_reservado],
        "reservados": sum(a.es_reservado for a in abiertos),
    }


def _de(acuerdos: AcuerdoQuerySet, institucion: Institucion) -> AcuerdoQuerySet:
    """Those that it answers for, that somebody speaking for it answers for, or that it shares."""
    suyos = acuerdos.filter(
        Q(institucion_responsable=institucion)
        | Q(responsable__institucion=institucion)
        | Q(pk__in=Acuerdo.corresponsables.through.objects.filter(institucion=institucion).values("acuerdo"))
    )
    return (
        suyos.filter(sesion__estado__in=("cerrada", "aprobada"))
        .select_related("sesion__mesa", "sesion__comite", "punto", "responsable")
        .prefetch_related("avances")
        .por_fecha()
    )


def _ficha(acuerdo: Acuerdo, fecha: dt.date) -> dict[str, str]:
    """One agreement, without what was written about it afterwards: that may name people."""
    avances = list(acuerdo.avances.all())
    vence = fecha_larga(acuerdo.vence) if acuerdo.vence else "sin fecha"
    primera = f" (la primera fue el {fecha_larga(acuerdo.fecha_compromiso)})" if acuerdo.prorrogado_al else ""
    ultimo = f"{avances[-1].get_estado_display()}, el {fecha_larga(avances[-1].fecha)}" if avances else "Ninguno"
    return {
        "folio": acuerdo.folio,
        "que": acuerdo.accion,
        "producto": acuerdo.producto or "no consta",
        "origen": f"{acuerdo.sesion.organo}, sesión {acuerdo.sesion.numero}, {fecha_larga(acuerdo.sesion.dia)}",
        "vence": f"{vence}{primera}",
        "vencido": "sí" if acuerdo.vencido_en(fecha) else "",
        "verificacion": acuerdo.verificacion or "no consta",
        "estado": acuerdo.get_estado_display(),
        "ultimo": ultimo,
    }


def _ritmo(mesa: Mesa, fecha: dt.date) -> str:
    vigentes = [r for r in Ritmos([mesa]).de(mesa, PLENARIA) if r.desde <= fecha and (not r.hasta or r.hasta > fecha)]
    return FrecuenciaDeSesiones.Meses(vigentes[-1].meses).label.lower() if vigentes else ""
