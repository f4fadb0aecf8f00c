"""One query for the counts of any crimes in any units, already told apart by what is covered."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from indicadores.delitos import Nodo
from indicadores.models import Delito, Poblacion
from indicadores.territorios import ENTIDADES

Anual = dict[str, dict[int, dict[str, "DatoAnual"]]]
"""Unit → year → ámbito → its figures."""

CEROS = (0,) * 12


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


# A tipo or a bien is read ready made where one carga brings it whole, and added up elsewhere.
# An absent row inside the alcance is zeros. A municipality needs, besides, to be in the file.
_CONTEOS = """
WITH pedidos AS MATERIALIZED (
    SELECT * FROM unnest(%(grupo)s::int[], %(alcance_de)s::bigint[], %(conteo_de)s::bigint[], %(sobra_con)s::int[],
        %(con_modalidades)s::bool[], %(partes)s::int[])
        AS e (grupo, alcance_de, conteo_de, sobra_con, con_modalidades, partes)
), bloques AS (
    SELECT grupo, conteo_de, partes, carga_id, ambito, entidad_id, min(anio) AS primero, max(anio) AS ultimo,
        array_agg(anio) AS anios, array_agg(meses) AS mascaras, array_agg(corte) AS cortes,
        array_agg(entidad_completa) AS completas
    FROM ({alcances}) a
    GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT b.grupo, b.partes, t.clave, b.ambito, b.carga_id, b.primero, b.anios, b.mascaras, b.cortes, b.completas,
    coalesce(p.desde, 0), coalesce(p.hasta, 9999), (
        SELECT c.meses[(b.primero - k.primer_anio) * 12 + 1:(b.ultimo - k.primer_anio) * 12 + 12]
        FROM indicadores_conteo c
        WHERE c.carga_id = b.carga_id AND c.delito_id = b.conteo_de AND c.territorio = t.clave
    )
FROM bloques b
JOIN indicadores_carga k ON k.id = b.carga_id
JOIN unnest(%(unidades)s::text[]) AS t (clave) ON left(t.clave, 2) = b.entidad_id
LEFT JOIN indicadores_presencia p ON length(t.clave) = 5 AND p.carga_id = b.carga_id AND p.municipio_id = t.clave
WHERE length(t.clave) = 2 OR p.id IS NOT NULL
"""

_ALCANCES = """
SELECT e.grupo, e.conteo_de, e.partes, a.carga_id, a.ambito, a.entidad_id, a.anio, a.meses, a.corte, a.entidad_completa
FROM pedidos e
JOIN LATERAL (
    SELECT * FROM indicadores_alcance a
    WHERE a.delito_id = e.alcance_de AND a.vigente AND {condicion} AND {lugares}
        AND a.anio BETWEEN %(desde)s AND %(hasta)s
        AND (a.con_modalidades OR NOT e.con_modalidades)
    OFFSET 0 -- a crime at a time, by its index
) a ON true
WHERE e.sobra_con {sobra}
"""

_SOBRAS = {
    None: ("IS NULL", "true"),
    Delito.Nivel.TIPO.value: ("= 2", "a.nivel = 3 AND NOT a.en_su_tipo"),
    Delito.Nivel.BIEN.value: ("= 1", "a.nivel = 3 AND NOT a.en_su_bien"),
}
"""Where a part is of no use because its sum is ready made: each has an index of its own, almost empty."""


def _orden(sobras: Collection[int | None], entidades: Collection[str]) -> str:
    """The query, with only the branches and the conditions that are asked for."""
    # Looking for each of them costs more than not looking at all, when they are all.
    lugares = "true" if len(entidades) == len(ENTIDADES) else "a.entidad_id = ANY(%(entidades)s)"
    ramas = [
        _ALCANCES.format(sobra=sobra, condicion=condicion, lugares=lugares)
        for con, (sobra, condicion) in _SOBRAS.items()
        if con in sobras
    ]
    return _CONTEOS.replace("{alcances}", " UNION ALL ".join(ramas))


def leer_conteos(nodos: Sequence[Nodo], unidades: Iterable[str], desde: int = 0, hasta: int = 9999) -> list[Anual]:
    """Counts of each node of the catalogue, in each unit and year. One query.

    Args:
        nodos: what is counted, one per answer.
        unidades: codes of entidades and municipalities.
        desde: first year.
        hasta: last year.
    """
    claves = sorted(set(unidades))
    pedidos = [(numero, *renglon) for numero, nodo in enumerate(nodos) for renglon in nodo.pedidos()]
    columnas = zip(*pedidos, strict=True) if pedidos else [[]] * 6
    nombres = ("grupo", "alcance_de", "conteo_de", "sobra_con", "con_modalidades", "partes")
    parametros: dict[str, Any] = {nombre: list(valores) for nombre, valores in zip(nombres, columnas, strict=True)}
    parametros |= {
        "unidades": claves,
        "entidades": sorted({clave[:2] for clave in claves}),
        "desde": desde,
        "hasta": hasta,
    }
    sumas: dict[tuple[int, str, int, str], _Suma] = defaultdict(_Suma)
    with connection.cursor() as cursor:
        cursor.execute(_orden(set(parametros["sobra_con"]) or {None}, parametros["entidades"]), parametros)
        for numero, partes, *fila in cursor:
            for llave, dato in _partir(numero, *fila):
                sumas[llave].agregar(partes, *dato)
    respuesta: list[Anual] = [defaultdict(lambda: defaultdict(dict)) for _ in nodos]
    for (numero, clave, anio, ambito), suma in sumas.items():
        # A sum of several subtipos is only given when all of them are covered.
        if suma.partes == nodos[numero].partes:
            respuesta[numero][clave][anio][ambito] = suma.dato(ambito)
    return respuesta


@dataclass(slots=True)
class _Suma:
    """What is being added of one unit in one year."""

    partes: int = 0
    meses: tuple[int, ...] = CEROS
    mascara: int = 0b1111_1111_1111
    cortes: set[dt.date] = field(default_factory=set)
    cargas: set[int] = field(default_factory=set)

    def agregar(self, partes: int, meses: tuple[int, ...], mascara: int, corte: dt.date, carga: int) -> None:
        self.meses = tuple(map(int.__add__, self.meses, meses)) if self.partes else meses
        self.partes += partes
        self.mascara &= mascara
        self.cortes.add(corte)
        self.cargas.add(carga)

    def dato(self, ambito: str) -> DatoAnual:
        return DatoAnual(ambito, self.meses, self.mascara, frozenset(self.cortes), frozenset(self.cargas))


def _partir(
    numero: int,
    clave: str,
    ambito: str,
    carga: int,
    primero: int,
    anios: list[int],
    mascaras: list[int],
    cortes: list[dt.date],
    completas: list[bool],
    desde: int,
    hasta: int,
    meses: list[int] | None,
) -> Iterator[tuple[tuple[int, str, int, str], tuple[tuple[int, ...], int, dt.date, int]]]:
    """The years of a row, those in which the unit is in the file and whole."""
    es_entidad = len(clave) == 2
    for anio, mascara, corte, completa in zip(anios, mascaras, cortes, completas, strict=True):
        if (es_entidad and not completa) or not desde <= anio < hasta:
            continue
        lugar = (anio - primero) * 12
        yield (
            (numero, clave, anio, ambito),
            (tuple(meses[lugar : lugar + 12]) if meses else CEROS, mascara, corte, carga),
        )


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
