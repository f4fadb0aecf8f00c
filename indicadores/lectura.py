"""One query for the counts of any crimes in any units, already told apart by what is covered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from indicadores.models import Poblacion

Anual = dict[str, dict[int, dict[str, "DatoAnual"]]]
"""Unit → year → ámbito → its figures."""


@dataclass(frozen=True, slots=True)
class DatoAnual:
    """Figures of one unit in one year from one ámbito. Only the months in the mask mean anything."""

    ambito: str
    meses: tuple[int, ...]
    mascara: int
    cortes: frozenset[dt.date]
    cargas: frozenset[int]

    def reporta(self, posicion: int) -> bool:
        """True if the month (0 to 11) is published and reported."""
        return bool(self.mascara >> posicion & 1)


# An absent row inside the alcance is a zero. A municipality needs, besides, to be in the file.
# A sum of several subtipos is only given when all of them are covered.
_CONTEOS = """
SELECT e.grupo, t.clave, a.anio, a.ambito, bit_and(a.meses),
    array_agg(DISTINCT a.corte), array_agg(DISTINCT a.carga_id),
    ARRAY[{sumas}]
FROM unnest(%(grupos)s::int[], %(subtipos)s::bigint[], %(cuantos)s::int[]) AS e (grupo, delito_id, cuantos)
JOIN indicadores_alcance a ON a.delito_id = e.delito_id AND a.vigente
JOIN unnest(%(unidades)s::text[]) AS t (clave) ON a.entidad_id = left(t.clave, 2) AND (
    CASE WHEN length(t.clave) = 2 THEN a.entidad_completa
    ELSE a.ambito = 'municipal' AND EXISTS (
        SELECT FROM indicadores_presencia p
        WHERE p.carga_id = a.carga_id AND p.municipio_id = t.clave AND p.desde <= a.anio AND a.anio < p.hasta
    ) END)
LEFT JOIN LATERAL (
    SELECT c.meses FROM indicadores_conteo c
    WHERE c.carga_id = a.carga_id AND c.delito_id = a.delito_id AND c.territorio = t.clave AND c.anio = a.anio
    OFFSET 0
) c ON true
WHERE a.anio BETWEEN %(desde)s AND %(hasta)s
GROUP BY e.grupo, t.clave, a.anio, a.ambito, e.cuantos
HAVING count(*) = e.cuantos
""".format(sumas=", ".join(f"coalesce(sum(c.meses[{mes}]), 0)::int" for mes in range(1, 13)))


def leer_conteos(
    grupos: Sequence[Iterable[int]], unidades: Iterable[str], desde: int = 0, hasta: int = 9999
) -> list[Anual]:
    """Counts of each group of subtipos, in each unit and year. One query.

    Args:
        grupos: ids of the subtipos that are added together, a group per answer.
        unidades: codes of entidades and municipalities.
        desde: first year.
        hasta: last year.
    """
    numeros: list[int] = []
    subtipos: list[int] = []
    cuantos: list[int] = []
    for numero, grupo in enumerate(grupos):
        propios = list(grupo)
        numeros += [numero] * len(propios)
        subtipos += propios
        cuantos += [len(propios)] * len(propios)
    respuesta: list[Anual] = [defaultdict(lambda: defaultdict(dict)) for _ in grupos]
    parametros = {
        "grupos": numeros,
        "subtipos": subtipos,
        "cuantos": cuantos,
        "unidades": sorted(set(unidades)),
        "desde": desde,
        "hasta": hasta,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CONTEOS, parametros)
        for numero, clave, anio, ambito, mascara, cortes, cargas, meses in cursor:
            respuesta[numero][clave][anio][ambito] = DatoAnual(
                ambito, tuple(meses), mascara, frozenset(cortes), frozenset(cargas)
            )
    return respuesta


@dataclass(frozen=True, slots=True)
class Habitantes:
    """Inhabitants by unit and year, and the edition they come from."""

    edicion: str
    cifras: Mapping[tuple[str, int], int]

    def de(self, clave: str, anio: int) -> int | None:
        """Inhabitants of a unit in a year, or None if the edition does not say."""
        return self.cifras.get((clave, anio))


def leer_habitantes(unidades: Iterable[str], anios: Iterable[int]) -> Habitantes:
    """Inhabitants of some units in some years, in the current edition. One query."""
    filas = Poblacion.objects.vigente().de_territorios(set(unidades), set(anios))
    cifras = list(filas.values_list("edicion__nombre", "territorio", "anio", "habitantes"))
    return Habitantes(
        edicion=cifras[0][0] if cifras else "",
        cifras={(clave, anio): habitantes for _, clave, anio, habitantes in cifras},
    )
