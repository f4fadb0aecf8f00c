"""A network of any size: its mesas a few at a time, and its total counted apart, once. Reads only.

To count what thousands of mesas did in ten years takes longer than anybody waits for a page. So a page reads
the mesas that it shows, and who reads more than fit in it asks for the total, which `comites.tareas` counts in
the background and leaves in the cache that all the instances of the portal share.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from comites.cifras import Ritmos, con_pulso
from comites.hechos import leer_hechos
from comites.models import Acuerdo, Sesion
from comites.pulso import Pulso
from comites.seguimiento import DOCE_MESES, Balance, Hechos, balance, doce_meses_antes
from comites.suma_de_balances import sumar
from mesas.models import Mesa
from mesas.querysets import MesaQuerySet

HOJA, SOBRANTES = 20, 16
"""Mesas that a page counts while somebody waits; up to 36, those that the network had in 2018, are one page."""

LOTE = 100
"""Mesas that are counted at a time in the background: their facts fit in memory, however many there are."""

VIGENTE = dt.timedelta(hours=24)
"""How long a total is shown before it has to be asked for again."""

SIN_NOTICIA = dt.timedelta(minutes=10)
"""A count that says nothing for so long was lost, and may be asked for again."""


@dataclass(frozen=True, slots=True)
class CuentaDeLaRed:
    """The total of the mesas of a reader, each session and each agreement once, without the invented ones.

    Attributes:
        pulsos: how many mesas have each pulse, in the order of the rule.
        contada_el: when; None, just now.
    """

    red: Balance
    pulsos: list[tuple[Pulso, int]]
    contada_el: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class EnCurso:
    """How far the count of the total goes."""

    hechas: int
    de: int


def mesas_de(usuario: Any, fecha: dt.date) -> MesaQuerySet:
    """Those that the user reads, in the order of the page, with the state declared on that day."""
    return Mesa.objects.visibles_para(usuario).con_estado(fecha).por_entidad()


def leer_lote(usuario: Any, mesas: Sequence[Mesa], fecha: dt.date) -> tuple[list[Mesa], Hechos]:
    """Some mesas with their pulse, and what they did until a day that the user may read. Four queries."""
    suyas = [mesa.pk for mesa in mesas]
    hechos = leer_hechos(
        sesiones=Sesion.objects.visibles_para(usuario).de_mesas(suyas),
        acuerdos=Acuerdo.objects.visibles_para(usuario).de_mesas(suyas),
        fecha=fecha,
    )
    return con_pulso(mesas, hechos.por_mesa(), Ritmos(mesas), fecha), hechos


def por_lotes(usuario: Any, fecha: dt.date) -> Iterator[tuple[list[Mesa], Hechos]]:
    """All the mesas that the user reads, a batch at a time."""
    mesas = list(mesas_de(usuario, fecha))
    for desde in range(0, len(mesas), LOTE):
        yield leer_lote(usuario, mesas[desde : desde + LOTE], fecha)


def contar(
    usuario: Any, *, fecha: dt.date, periodo: str, avisar: Callable[[int], None] = lambda hechas: None
) -> CuentaDeLaRed:
    """Count the total of all the mesas that the user reads.

    Args:
        avisar: receives how many mesas are counted, after each batch.
    """
    desde = doce_meses_antes(fecha) if periodo == DOCE_MESES else None
    total, pulsos, hechas = balance(Hechos(), fecha), Counter(), 0
    compartidas: set[tuple[str, int]] = set()
    for mesas, hechos in por_lotes(usuario, fecha):
        pulsos.update(mesa.latido.pulso for mesa in mesas if not mesa.es_demo)
        suyos = hechos.del_periodo(desde).de_mesas({mesa.pk for mesa in mesas if not mesa.es_demo})
        total = sumar(total, balance(_sin_repetir(suyos, compartidas), fecha))
        hechas += len(mesas)
        avisar(hechas)
    return CuentaDeLaRed(total, [(pulso, pulsos[pulso]) for pulso in Pulso if pulsos[pulso]], timezone.now())


def _sin_repetir(hechos: Hechos, vistas: set[tuple[str, int]]) -> Hechos:
    """Without what another batch counted already: a joint session is of several mesas and counts once."""
    nuevos = Hechos(
        [sesion for sesion in hechos.sesiones if ("sesion", sesion.pk) not in vistas],
        [acuerdo for acuerdo in hechos.acuerdos if ("acuerdo", acuerdo.pk) not in vistas],
        hechos.listas,
    )
    vistas.update(("sesion", sesion.pk) for sesion in nuevos.sesiones if len(sesion.mesas) > 1)
    vistas.update(("acuerdo", acuerdo.pk) for acuerdo in nuevos.acuerdos if len(acuerdo.mesas) > 1)
    return nuevos


# ── Kept where every instance of the portal finds it ────────────────────────────────────


def cuenta_guardada(usuario: Any, *, fecha: dt.date, periodo: str) -> CuentaDeLaRed | EnCurso | None:
    """The total that was counted for that user over the mesas that he reads today; how far it goes; or None."""
    return cache.get(_clave(usuario, fecha, periodo))


def apartar(usuario: Any, *, fecha: dt.date, periodo: str) -> bool:
    """Say that the count begins. False if it is under way already."""
    if isinstance(cuenta_guardada(usuario, fecha=fecha, periodo=periodo), EnCurso):
        return False
    _guardar(usuario, fecha, periodo, EnCurso(0, mesas_de(usuario, fecha).count()), SIN_NOTICIA)
    return True


def contar_y_guardar(usuario: Any, *, fecha: dt.date, periodo: str) -> CuentaDeLaRed:
    """Count the total and leave it where its reader looks for it, saying meanwhile how far it goes."""
    de = mesas_de(usuario, fecha).count()

    def avisar(hechas: int) -> None:
        _guardar(usuario, fecha, periodo, EnCurso(hechas, de), SIN_NOTICIA)

    cuenta = contar(usuario, fecha=fecha, periodo=periodo, avisar=avisar)
    _guardar(usuario, fecha, periodo, cuenta, VIGENTE)
    return cuenta


def _guardar(usuario: Any, fecha: dt.date, periodo: str, cosa: CuentaDeLaRed | EnCurso, duracion: dt.timedelta) -> None:
    cache.set(_clave(usuario, fecha, periodo), cosa, duracion.total_seconds())


def _clave(usuario: Any, fecha: dt.date, periodo: str) -> str:
    """Of one reader and of the mesas that he reads now: a post that ends takes its total away at once."""
    mesas = Mesa.objects.visibles_para(usuario).order_by("pk").values_list("pk", flat=True)
    cuales = hashlib.sha256(",".join(map(str, mesas)).encode()).hexdigest()[:32]
    return f"red:1:{usuario.pk}:{cuales}:{fecha}:{periodo}"
