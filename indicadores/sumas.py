"""Tipos and bienes as sums of their subtipos: what they cover and when they may be read ready made.

A tipo such as «Robo» adds fourteen subtipos. Where one carga is in force for all of them, its
own sum serves; where several cargas share them out, the sum is made when it is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import connection

from indicadores.models import Delito

Sumas = Mapping[int, Sequence[int]]
"""Tipo or bien that adds several subtipos → those subtipos."""


def sumas_del_catalogo(instrumento: str) -> dict[int, tuple[int, ...]]:
    """Tipos and bienes of an instrument that add more than one subtipo. One query."""
    sumas: dict[int, list[int]] = defaultdict(list)
    filas = Delito.objects.subtipos().filter(instrumento=instrumento).order_by("orden")
    for subtipo, tipo, bien in filas.values_list("pk", "padre", "padre__padre"):
        sumas[tipo].append(subtipo)
        sumas[bien].append(subtipo)
    return {nodo: tuple(subtipos) for nodo, subtipos in sumas.items() if len(subtipos) > 1}


def poner_al_dia(instrumento: str, sumas: Sumas, carga: int | None = None) -> None:
    """Leave in force the sums of the cargas that are in force for all that they add, and no other.

    Args:
        instrumento: whose catalogue.
        sumas: its tipos and bienes that add several subtipos.
        carga: one just written, whose sums are not yet declared.
    """
    parametros = _renglones(sumas) | {"instrumento": instrumento, "carga": carga}
    with connection.cursor() as cursor:
        for orden in (_RETIRAR, *([_CUBRIR] if carga else []), _REPONER, _MARCAR):
            cursor.execute(orden, parametros)


def _renglones(sumas: Sumas) -> dict[str, list[int]]:
    pares = [(nodo, subtipo, len(subtipos)) for nodo, subtipos in sumas.items() for subtipo in subtipos]
    return {
        "nodos": [nodo for nodo, _, _ in pares],
        "subtipos": [subtipo for _, subtipo, _ in pares],
        "cuantos": [cuantos for _, _, cuantos in pares],
    }


_SUMAS = "unnest(%(nodos)s::bigint[], %(subtipos)s::bigint[], %(cuantos)s::int[]) AS s (nodo, subtipo, cuantos)"

_CUBRIR = f"""
INSERT INTO indicadores_alcance (carga_id, instrumento, ambito, delito_id, nivel, entidad_id, anio, meses, corte,
    entidad_completa, con_modalidades, vigente)
SELECT a.carga_id, a.instrumento, a.ambito, s.nodo, d.nivel, a.entidad_id, a.anio, bit_and(a.meses), min(a.corte),
    bool_and(a.entidad_completa), false, bool_and(a.vigente)
FROM indicadores_alcance a
JOIN {_SUMAS} ON s.subtipo = a.delito_id
JOIN indicadores_delito d ON d.id = s.nodo
WHERE a.carga_id = %(carga)s AND a.nivel = 3
GROUP BY a.carga_id, a.instrumento, a.ambito, s.nodo, d.nivel, a.entidad_id, a.anio
HAVING count(*) = max(s.cuantos) AND bit_and(a.meses) > 0
"""

_DESEADAS = f"""
WITH deseadas AS (
    SELECT s.nodo, a.ambito, a.anio, a.entidad_id, min(a.carga_id) AS carga_id
    FROM indicadores_alcance a
    JOIN {_SUMAS} ON s.subtipo = a.delito_id
    WHERE a.vigente AND a.nivel = 3
    GROUP BY 1, 2, 3, 4
    HAVING count(*) = max(s.cuantos) AND min(a.carga_id) = max(a.carga_id)
)
"""

_RETIRAR = f"""
{_DESEADAS}
UPDATE indicadores_alcance n SET vigente = false
WHERE n.vigente AND n.nivel < 3 AND n.instrumento = %(instrumento)s AND NOT EXISTS (
    SELECT FROM deseadas d WHERE d.nodo = n.delito_id AND d.ambito = n.ambito AND d.anio = n.anio
        AND d.entidad_id = n.entidad_id AND d.carga_id = n.carga_id
)
"""

_REPONER = f"""
{_DESEADAS}
UPDATE indicadores_alcance n SET vigente = true
FROM deseadas d
WHERE d.nodo = n.delito_id AND d.ambito = n.ambito AND d.anio = n.anio AND d.entidad_id = n.entidad_id
    AND d.carga_id = n.carga_id AND NOT n.vigente AND n.instrumento = %(instrumento)s
"""

_MARCAR = f"""
UPDATE indicadores_alcance a SET en_su_tipo = m.en_su_tipo, en_su_bien = m.en_su_bien
FROM (
    SELECT a.id, coalesce(bool_or(n.nivel = 2), false) AS en_su_tipo,
        coalesce(bool_or(n.nivel = 1), false) AS en_su_bien
    FROM indicadores_alcance a
    JOIN {_SUMAS} ON s.subtipo = a.delito_id
    LEFT JOIN indicadores_alcance n ON n.delito_id = s.nodo AND n.carga_id = a.carga_id AND n.anio = a.anio
        AND n.entidad_id = a.entidad_id AND n.vigente
    WHERE a.nivel = 3 AND a.vigente AND a.instrumento = %(instrumento)s
    GROUP BY a.id
) m
WHERE m.id = a.id AND (a.en_su_tipo, a.en_su_bien) IS DISTINCT FROM (m.en_su_tipo, m.en_su_bien)
"""
