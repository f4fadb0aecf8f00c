"""The reminders of a day: what is near, and once a week what is overdue. Running it again sends nothing twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from comites.enlaces import enlace_para
from comites.libreta import Libreta
from comites.models import Acuerdo, Envio, PreferenciaDeAvisos
from comites.operaciones_avisos import preferencias_para
from comites.operaciones_enlaces import abrir_enlaces
from comites.operaciones_envios import Mensaje, enviar_varios
from comites.recordatorios import LO_MAS_LEJOS, Destinatario, hito_de, que_es, semana
from comites.relevos import ANTICIPACION
from comun.formatos import fecha_larga
from cuentas.operaciones_correo import claves_por_escribir
from mesas.models import Integrante, Mesa, PeriodoDeGobierno

MESAS_POR_TANDA = 200
"""Mesas whose overdue agreements are held in memory at once."""

DIAS_DEL_ENLACE = 30
"""How long the link of a reminder serves whoever has no account. The next reminder brings another."""

RENGLONES = 30
"""Of more overdue agreements than these a mail lists the oldest and says how many are left."""


Par = tuple[Acuerdo, Destinatario]
"""An agreement and somebody to whom it is told, with the seat from which he opens it."""


@dataclass(frozen=True, slots=True)
class Cuenta:
    """What one run did."""

    recordatorios: int = 0
    resumenes: int = 0
    sin_destinatario: int = 0
    relevos: int = 0


def enviar_recordatorios(*, fecha: dt.date) -> Cuenta:
    """Send the reminders and the digests of a day.

    Each reminder goes once for each date of an agreement (one that is extended is reminded again),
    and each digest once a week, in the first run of that week: repeating the run, on the same day or
    another, repeats no mail.

    Args:
        fecha: the day that it is.
    """
    recordatorios, sin_destinatario = _recordar(fecha)
    resumenes = sum(_resumir(mesas, fecha) for mesas in _mesas_con_vencidos(fecha))
    return Cuenta(recordatorios, resumenes, sin_destinatario, _avisar_relevos(fecha))


@transaction.atomic
def _recordar(fecha: dt.date) -> tuple[int, int]:
    proximos = Acuerdo.objects.con_seguimiento().exclude(estado=Acuerdo.Estado.REPORTADO)
    acuerdos = _leer(proximos.filter(vence__range=(fecha, fecha + dt.timedelta(days=LO_MAS_LEJOS))))
    pendientes = [(acuerdo, hito) for acuerdo in acuerdos if (hito := hito_de(acuerdo.vence, fecha))]
    libreta = Libreta.de_acuerdos([acuerdo for acuerdo, _ in pendientes], fecha)
    avisos = [(acuerdo, hito, uno) for acuerdo, hito in pendientes for uno in libreta.responsables(acuerdo)]
    preferencias = preferencias_para([uno for *_, uno in avisos])
    claves = {
        f"recordatorio:{acuerdo.pk}:{acuerdo.vence}:{hito}:{uno.clave}": (acuerdo, uno)
        for acuerdo, hito, uno in avisos
        if getattr(preferencias[uno.clave], hito)
    }
    nuevas = claves_por_escribir(claves)
    enlaces = _enlaces([par for clave, par in claves.items() if clave in nuevas])
    enviados = enviar_varios(
        Mensaje(
            mesa=acuerdo.sesion.mesa,
            motivo=Envio.Motivo.RECORDATORIO,
            clave=clave,
            para=uno.correo,
            asunto=f"{_cuanto_falta(acuerdo.vence, fecha)} para el acuerdo {acuerdo.folio}",
            plantilla="recordatorio",
            contexto=_renglon(acuerdo, uno, enlaces)
            | {"cuando": _cuanto_falta(acuerdo.vence, fecha)}
            | _baja(preferencias[uno.clave]),
            acuerdo=acuerdo,
            persona_id=uno.persona_id,
            institucion_id=uno.institucion_id,
        )
        for clave, (acuerdo, uno) in claves.items()
        if clave in nuevas
    )
    return len(enviados), len({acuerdo.pk for acuerdo, _ in pendientes} - {acuerdo.pk for acuerdo, *_ in avisos})


def _mesas_con_vencidos(fecha: dt.date) -> Iterator[list[int]]:
    vencidos = Acuerdo.objects.con_seguimiento().filter(vence__lt=fecha).order_by("sesion__mesa")
    mesas = list(vencidos.values_list("sesion__mesa", flat=True).distinct())
    for desde in range(0, len(mesas), MESAS_POR_TANDA):
        yield mesas[desde : desde + MESAS_POR_TANDA]


@transaction.atomic
def _resumir(mesas: Sequence[int], fecha: dt.date) -> int:
    vencidos = Acuerdo.objects.con_seguimiento().filter(vence__lt=fecha, sesion__mesa__in=mesas)
    acuerdos = _leer(vencidos)
    libreta = Libreta.de_acuerdos(acuerdos, fecha)
    coordinan: dict[tuple[int, str], list[Par]] = defaultdict(list)
    responden: dict[tuple[int, str], list[Par]] = defaultdict(list)
    for acuerdo in acuerdos:
        mesa = acuerdo.sesion.mesa_id
        for uno in libreta.coordinacion(acuerdo):
            coordinan[mesa, uno.clave].append((acuerdo, uno))
        if acuerdo.estado != Acuerdo.Estado.REPORTADO:
            for uno in libreta.responsables(acuerdo):
                responden[mesa, uno.clave].append((acuerdo, uno))
    preferencias = preferencias_para([suyos[0][1] for suyos in (*coordinan.values(), *responden.values())])
    de_quien_responde = {par: suyos for par, suyos in responden.items() if par not in coordinan}
    por_enviar = {
        f"resumen:{mesa}:{semana(fecha)}:{clave}": (suyos, coordina)
        for coordina, grupos in ((True, coordinan), (False, de_quien_responde))
        for (mesa, clave), suyos in grupos.items()
        if preferencias[clave].resumen
    }
    nuevas = claves_por_escribir(por_enviar)
    enlaces = _enlaces(
        [
            (acuerdo, uno)
            for llave, (suyos, _) in por_enviar.items()
            if llave in nuevas
            for acuerdo, uno in suyos[:RENGLONES]
            if acuerdo.estado != Acuerdo.Estado.REPORTADO
        ]
    )
    return len(
        enviar_varios(
            _resumen(llave, suyos, libreta, preferencias[suyos[0][1].clave], enlaces, coordina=coordina)
            for llave, (suyos, coordina) in por_enviar.items()
            if llave in nuevas
        )
    )


def _enlaces(pares: list[Par]) -> dict[str, str]:
    """The links of those of them who have no account: they answer without looking for anything."""
    return abrir_enlaces([(acuerdo, uno) for acuerdo, uno in pares if not uno.con_cuenta], dias=DIAS_DEL_ENLACE)


def _resumen(
    llave: str,
    suyos: list[Par],
    libreta: Libreta,
    preferencia: PreferenciaDeAvisos,
    enlaces: Mapping[str, str],
    *,
    coordina: bool,
) -> Mensaje:
    primero, uno = suyos[0]
    mesa = primero.sesion.mesa
    renglones = [
        _renglon(acuerdo, quien, enlaces)
        | {"reportado": acuerdo.estado == Acuerdo.Estado.REPORTADO, "sin_aviso": not libreta.responsables(acuerdo)}
        for acuerdo, quien in suyos[:RENGLONES]
    ]
    cuantos = "1 acuerdo pasó" if len(suyos) == 1 else f"{len(suyos)} acuerdos pasaron"
    return Mensaje(
        mesa=mesa,
        motivo=Envio.Motivo.RESUMEN,
        clave=llave,
        para=uno.correo,
        asunto=f"{cuantos} de su fecha en {mesa.nombre}",
        plantilla="resumen_de_vencidos",
        contexto={
            "coordina": coordina,
            "cuantos": cuantos,
            "renglones": renglones,
            "faltan": len(suyos) - len(renglones),
            "con_cuenta": uno.con_cuenta,
        }
        | _baja(preferencia),
        persona_id=uno.persona_id,
        institucion_id=uno.institucion_id,
    )


@transaction.atomic
def _avisar_relevos(fecha: dt.date) -> int:
    """Tell each coordination, once, that an administration that sits at its mesa is about to end."""
    asientos = Integrante.objects.vigentes_en(fecha).con_cargo_publico()
    cerca = asientos.filter(institucion__periodos__hasta__range=(fecha, fecha + ANTICIPACION))
    pares = set(cerca.values_list("mesa", "institucion__periodos").distinct())
    periodos = PeriodoDeGobierno.objects.que_terminan(fecha, fecha + ANTICIPACION).select_related("institucion")
    por_pk = periodos.in_bulk([periodo for _, periodo in pares])
    mesas = Mesa.objects.in_bulk([mesa for mesa, _ in pares])
    libreta = Libreta(fecha, mesas=mesas.keys())
    avisos = [(mesas[m], por_pk[p], uno) for m, p in sorted(pares) if p in por_pk for uno in libreta.coordinacion_de(m)]
    preferencias = preferencias_para([uno for *_, uno in avisos])
    return len(
        enviar_varios(
            Mensaje(
                mesa=mesa,
                motivo=Envio.Motivo.OTRO,
                clave=f"relevo:{periodo.pk}:{periodo.hasta}:{mesa.pk}:{uno.clave}",
                para=uno.correo,
                asunto=f"Cambio de gobierno cerca en {mesa.nombre}",
                plantilla="relevo",
                contexto={
                    "institucion": periodo.institucion.nombre,
                    "dias": (periodo.hasta - fecha).days,
                    "hasta": fecha_larga(periodo.hasta),
                    "enlace": settings.PORTAL_URL + reverse("coordinacion:relevos", args=[mesa.slug]),
                }
                | _baja(preferencias[uno.clave]),
                persona_id=uno.persona_id,
            )
            for mesa, periodo, uno in avisos
            if preferencias[uno.clave].resumen
        )
    )


def _leer(acuerdos: Any) -> list[Acuerdo]:
    return list(
        acuerdos.select_related(
            "sesion__mesa",
            "sesion__comite",
            "punto",
            "institucion_responsable",
            "responsable__persona__usuario",
            "responsable__mesa",
        ).order_by("vence", "pk")
    )


def _renglon(acuerdo: Acuerdo, uno: Destinatario, enlaces: Mapping[str, str]) -> dict[str, Any]:
    return {
        "folio": acuerdo.folio,
        "que": que_es(acuerdo),
        "vence": fecha_larga(acuerdo.vence),
        "se_prorrogo": acuerdo.prorrogado_al is not None,
        "enlace": enlace_para(acuerdo, uno, enlaces),
    }


def _baja(preferencia: PreferenciaDeAvisos) -> dict[str, str]:
    return {"baja": preferencia.get_absolute_url()}


def _cuanto_falta(vence: dt.date, fecha: dt.date) -> str:
    dias = (vence - fecha).days
    if not dias:
        return "Hoy es la fecha"
    return "Falta 1 día" if dias == 1 else f"Faltan {dias} días"
