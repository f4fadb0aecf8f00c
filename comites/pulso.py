"""The pulse of a mesa: what its record says of whether it is alive. Pure, no database; nobody declares it.

Mesas that stop meeting seldom tell anybody: counting those that were once installed counts the dead. So the
state that the network declares (`EventoDeVida`) goes beside this one, which only what is recorded can change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from comites.proporciones import Proporcion
from comites.ritmos import Ritmo, esperadas
from comites.seguimiento import PLENARIA, Hechos, doce_meses_antes
from comun.formatos import fecha_larga

MESES_CALLADA = 6
"""Without a session in so many months a mesa is not operating; without anything at all, it is silent."""

RITMO_SUPUESTO = 3
"""Months between plenarias that are expected of who said nothing. Mesas meet every one to four months."""


class Pulso(StrEnum):
    """What the rule concludes. The values are also states of `_piezas/estado.html`."""

    OPERANDO = "con_pulso"
    IRREGULAR = "irregular"
    EN_SILENCIO = "en_silencio"
    NUEVA = "recien_instalada"
    NO_APLICA = "sin_pulso"

    @property
    def etiqueta(self) -> str:
        """Name for people."""
        return _ETIQUETAS[self]


_ETIQUETAS = {
    Pulso.OPERANDO: "Operando",
    Pulso.IRREGULAR: "Irregular",
    Pulso.EN_SILENCIO: "En silencio",
    Pulso.NUEVA: "Recién instalada",
    Pulso.NO_APLICA: "Sin pulso que tomar",
}

REGLA = (
    (
        Pulso.OPERANDO,
        f"Cumple las tres condiciones: sesionó (plenaria o comité) en los últimos {MESES_CALLADA} meses; en los "
        "últimos doce celebró al menos la mitad de las plenarias que dijo que celebraría (de los meses en que no "
        f"había dicho cada cuánto, se espera una cada {RITMO_SUPUESTO}); y de los acuerdos cuya fecha vigente pasó "
        "en esos doce meses, al menos la mitad tiene respuesta: un avance, una prórroga o su cierre.",
    ),
    (Pulso.IRREGULAR, "Le falta alguna de esas condiciones, pero ha dado señales."),
    (
        Pulso.EN_SILENCIO,
        f"En los últimos {MESES_CALLADA} meses no hay en el portal ni una sesión cerrada ni noticia de un acuerdo.",
    ),
    (Pulso.NUEVA, f"Se instaló hace menos de {MESES_CALLADA} meses y todavía no cierra una sesión."),
)
"""The written rule, as the page shows it."""


@dataclass(frozen=True, slots=True)
class Condicion:
    """One of the three, with the numbers that decided it."""

    que: str
    se_cumple: bool


@dataclass(frozen=True, slots=True)
class Latido:
    """The pulse of a mesa at a date and what it rests on."""

    pulso: Pulso
    condiciones: tuple[Condicion, ...] = ()


def tomar_pulso(
    hechos: Hechos,
    *,
    fecha: dt.date,
    ritmos: Sequence[Ritmo] = (),
    estado: str | None = None,
    instalada: dt.date | None = None,
) -> Latido:
    """Apply the rule to the facts of one mesa until a date.

    Args:
        ritmos: how often its plenaria said that it would meet.
        estado: what the network declares; one suspended, dissolved or not yet installed has no pulse.
        instalada: since when it is declared to operate; nothing was expected before.
    """
    if estado in ("suspendida", "disuelta", "por_instalar"):
        return Latido(Pulso.NO_APLICA)
    callada_desde = _meses_antes(fecha, MESES_CALLADA)
    ultima = max((sesion.dia for sesion in hechos.sesiones), default=None)
    if ultima is None and instalada is not None and instalada > callada_desde:
        return Latido(Pulso.NUEVA)
    condiciones = (
        _sesiono(ultima, callada_desde),
        _celebro(hechos, fecha, ritmos, instalada),
        _respondio(hechos, fecha),
    )
    noticias = [acuerdo.ultima_noticia for acuerdo in hechos.acuerdos if acuerdo.ultima_noticia]
    ultima_senal = max([*noticias, *([ultima] if ultima else [])], default=None)
    if ultima_senal is None or ultima_senal < callada_desde:
        return Latido(Pulso.EN_SILENCIO, condiciones)
    cumple = all(condicion.se_cumple for condicion in condiciones)
    return Latido(Pulso.OPERANDO if cumple else Pulso.IRREGULAR, condiciones)


def _sesiono(ultima: dt.date | None, callada_desde: dt.date) -> Condicion:
    que = f"Su última sesión cerrada fue el {fecha_larga(ultima)}." if ultima else "No hay ninguna sesión cerrada."
    return Condicion(que, ultima is not None and ultima >= callada_desde)


def _celebro(hechos: Hechos, fecha: dt.date, ritmos: Sequence[Ritmo], instalada: dt.date | None) -> Condicion:
    desde = doce_meses_antes(fecha)
    celebradas = sum(sesion.organo == PLENARIA and sesion.dia >= desde for sesion in hechos.sesiones)
    inicio = max(desde, instalada or desde)
    # Whoever says today how often it will meet does not thereby excuse the months in which it did not say.
    supuesto = Ritmo(inicio, min((ritmo.desde for ritmo in ritmos), default=None), RITMO_SUPUESTO)
    falta_decir = supuesto.hasta is None or supuesto.hasta > inicio
    debidas = esperadas([*ritmos, *([supuesto] if falta_decir else [])], inicio, fecha) or 0
    plenarias = "1 plenaria" if celebradas == 1 else f"{celebradas} plenarias"
    aparte = "" if ritmos else f" La mesa no ha dicho cada cuánto: se supone cada {RITMO_SUPUESTO} meses."
    return Condicion(
        f"En doce meses celebró {plenarias}; se {'esperaba 1' if debidas == 1 else f'esperaban {debidas}'}.{aparte}",
        2 * celebradas >= debidas,
    )


def _respondio(hechos: Hechos, fecha: dt.date) -> Condicion:
    desde = doce_meses_antes(fecha)
    vencieron = [a for a in hechos.acuerdos if a.es_exigible(fecha) and a.compromiso and a.compromiso >= desde]
    con_respuesta = Proporcion(sum(not a.sin_respuesta(fecha) for a in vencieron), len(vencieron))
    if not vencieron:
        return Condicion("Ningún acuerdo tiene su fecha vigente en los últimos doce meses.", True)
    return Condicion(
        f"De los acuerdos cuya fecha vigente pasó en doce meses, {con_respuesta.en_numeros} tiene respuesta.",
        2 * con_respuesta.cuantos >= con_respuesta.de,
    )


def _meses_antes(fecha: dt.date, meses: int) -> dt.date:
    """The same day so many months before, or the last of that month."""
    mes = fecha.year * 12 + fecha.month - 1 - meses
    primero = dt.date(mes // 12, mes % 12 + 1, 1)
    siguiente = (primero + dt.timedelta(days=32)).replace(day=1)
    return primero + dt.timedelta(days=min(fecha.day, (siguiente - primero).days) - 1)
