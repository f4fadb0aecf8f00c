"""Whether the chain of minutes of each organ holds. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from comites.actas.canonico import huella
from comites.models import Comite, Eslabon, Sesion
from mesas.models import Mesa


@dataclass(frozen=True)
class Cadena:
    """The chain of an organ: how many links, the last hash, and the first place that does not hold, if any."""

    organo: str
    actas: int
    adendas: int
    ultima: str
    rota_en: int | None


def cadenas_de(mesa: Mesa) -> list[Cadena]:
    """The chains of a mesa, checked by PostgreSQL without bringing any minute. Four queries."""
    suyos = Eslabon.objects.filter(mesa=mesa)
    rotos: dict[tuple[int | None, str], int] = {}
    for comite, tipo, secuencia in suyos.rotos().values_list("comite", "tipo", "secuencia"):
        rotos.setdefault((comite, tipo), secuencia)
    cuentas = (
        suyos.order_by()
        .values_list("comite", "tipo")
        .annotate(actas=Count("pk", filter=Q(clase="acta")), adendas=Count("pk", filter=Q(clase="adenda")))
    )
    ultimas = suyos.order_by("comite", "tipo", "-secuencia").distinct("comite", "tipo")
    huellas = {(comite, tipo): valor for comite, tipo, valor in ultimas.values_list("comite", "tipo", "huella")}
    nombres = dict(Comite.objects.filter(mesa=mesa).values_list("pk", "nombre"))
    cadenas = [
        Cadena(
            organo=nombres.get(comite) or Sesion.Tipo(tipo).label,
            actas=actas,
            adendas=adendas,
            ultima=huellas[comite, tipo],
            rota_en=rotos.get((comite, tipo)),
        )
        for comite, tipo, actas, adendas in cuentas
    ]
    return sorted(cadenas, key=lambda cadena: cadena.organo)


def verificar(eslabones: Iterator[Eslabon] | list[Eslabon]) -> tuple[int, int | None, str]:
    """Walk one chain from its first link, with this program's own sum and not PostgreSQL's.

    Returns:
        How many links hold, the place of the first that does not (None: all do), and the last hash that does.
    """
    bien, anterior = 0, ""
    for eslabon in eslabones:
        suma = huella(eslabon.secuencia, eslabon.anterior, eslabon.contenido)
        if (eslabon.secuencia, eslabon.anterior, eslabon.huella) != (bien + 1, anterior, suma):
            return bien, bien + 1, anterior
        bien, anterior = bien + 1, suma
    return bien, None, anterior
