"""How PostgreSQL is told to write `/datos/incidencia`: which rows, in which order and each as text."""

from __future__ import annotations

from collections.abc import Sequence

from comun.formatos import MESES
from comun.recursos import Recurso
from indicadores.models.cargas import TODO_EL_ANIO
from indicadores.paquete import INCIDENCIA


def _encabezado(recurso: Recurso) -> str:
    return f"{','.join(recurso.columnas)}\n"


MARCOS = {
    "csv": (_encabezado(INCIDENCIA), "", "", _encabezado(INCIDENCIA)),
    "json": ("[\n", ",\n", "\n]\n", "[]\n"),
}
"""By format: before the first piece, between two, after the last; and the file that has none."""


def escribir(
    formato: str | None,
    ceros: bool,
    de_alcance: Sequence[str],
    de_hoja: Sequence[str],
    de_renglon: Sequence[str],
) -> str:
    """The query: pieces of text, or plain rows without a format.

    Args:
        formato: `csv`, `json` or None.
        ceros: rows of pure zeros too.
        de_alcance: conditions on `a`, what a carga reports.
        de_hoja: conditions on `h`, the finest crimes.
        de_renglon: conditions on `g`, a crime in an entidad, and `l`, the territory.
    """
    renglones = (_todos if ceros else _con_casos)(_todas(de_renglon))
    if formato is None:
        piezas = f"SELECT {', '.join(_CELDAS.values())} FROM grupos g CROSS JOIN LATERAL ({renglones}) y {_NOMBRES}"
    else:
        entre = MARCOS[formato][1]
        piezas = f"""
            SELECT x.texto FROM (
                SELECT g.*, (SELECT n.de_lugares FROM nombres n WHERE n.entidad_id = g.entidad_id)
                FROM grupos g OFFSET 0
            ) g CROSS JOIN LATERAL (
                SELECT string_agg({_RENGLON[formato]}, '{entre}' ORDER BY y.territorio, y.lugar) AS texto
                FROM ({renglones}) y
            ) x WHERE x.texto IS NOT NULL
        """
    cabeza, nombre, delito, cola = _PARTES[formato or "csv"]
    return f"""
        WITH nombres AS MATERIALIZED (
            SELECT n.entidad_id, jsonb_object_agg(n.clave, {nombre}) AS de_lugares FROM ({_LUGARES}) n GROUP BY 1
        ), hojas AS MATERIALIZED (
            SELECT h.*, {delito} AS delito FROM ({_HOJAS}) h WHERE {_todas(de_hoja)}
        ), grupos AS MATERIALIZED (
            SELECT a.instrumento, a.carga_id, a.ambito, a.entidad_id, h.nodo, h.delito, h.bien, h.tipo, h.subtipo,
                h.modalidad,
                a.entidad_id || CASE a.ambito WHEN 'municipal' THEN '000' ELSE '' END AS primero,
                a.entidad_id || CASE a.ambito WHEN 'municipal' THEN '999' ELSE '' END AS ultimo,
                array_agg(a.anio::int ORDER BY a.anio) AS anios,
                array_agg((a.anio - k.primer_anio) * 12 ORDER BY a.anio) AS lugares,
                array_agg(a.meses::int ORDER BY a.anio) AS mascaras,
                array_agg(a.corte ORDER BY a.anio) AS cortes,
                array_agg({cabeza} ORDER BY a.anio) AS cabezas,
                array_agg({cola} ORDER BY a.anio) AS colas
            FROM indicadores_alcance a
            JOIN hojas h ON h.subtipo_id = a.delito_id AND (h.fina IS NULL OR h.fina = a.con_modalidades)
            JOIN indicadores_carga k ON k.id = a.carga_id
            WHERE a.vigente AND a.nivel = 3 AND {_todas(de_alcance)}
            GROUP BY a.instrumento, a.carga_id, a.ambito, a.entidad_id, h.nodo, h.orden, h.delito, h.bien, h.tipo,
                h.subtipo, h.modalidad
            ORDER BY a.instrumento, h.orden, h.nodo, a.ambito, a.entidad_id, a.carga_id
        )
        {piezas}
    """


def _todas(condiciones: Sequence[str]) -> str:
    return " AND ".join(condiciones) or "TRUE"


# ── Rows ────────────────────────────────────────────────────────────────────────────────

# The finest crime that a file may bring: a modalidad where its subtipo has several, and the
# subtipo itself, named with its only modalidad or, in files that lack them, without any.
_HOJAS = """
    SELECT s.id AS subtipo_id, b.nombre AS bien, t.nombre AS tipo, s.nombre AS subtipo, n.*
    FROM indicadores_delito s
    JOIN indicadores_delito t ON t.id = s.padre_id
    JOIN indicadores_delito b ON b.id = t.padre_id
    CROSS JOIN LATERAL (SELECT count(*) AS cuantas FROM indicadores_delito n WHERE n.padre_id = s.id) k
    CROSS JOIN LATERAL (
        SELECT CASE WHEN k.cuantas > 1 THEN n.id ELSE s.id END AS nodo,
            CASE WHEN k.cuantas > 1 THEN true END AS fina, n.orden, n.nombre AS modalidad
        FROM indicadores_delito n WHERE n.padre_id = s.id
        UNION ALL
        SELECT s.id, CASE WHEN k.cuantas > 1 THEN false END, s.orden, NULL WHERE k.cuantas <> 1
    ) n
    WHERE s.nivel = 3
"""

# Years of a series side by side, so that each group reads one stretch of the primary key of
# the counts, whatever the planner thinks of their number.
_ANIOS = (
    "unnest(g.anios, g.lugares, g.mascaras, g.cortes, g.cabezas, g.colas) "
    "AS a (anio, lugar, mascara, corte, cabeza, cola)"
)
_CERO = "'{0,0,0,0,0,0,0,0,0,0,0,0}'::int[]"

_DOCE = [f"CASE WHEN {{0}}.mascara >> {n} & 1 = 1 THEN {{0}}.doce[{n + 1}] END" for n in range(len(MESES))]


def _doce(de: str) -> list[str]:
    """The twelve months of a row, without those that the file does not report."""
    return [mes.format(de) for mes in _DOCE]


def _con_casos(condicion: str) -> str:
    """Rows with something above, or below, zero in a month that the file reports."""
    return f"""
        SELECT * FROM (
            SELECT l.territorio, a.*, l.meses[a.lugar + 1:a.lugar + 12] AS doce
            FROM indicadores_conteo l CROSS JOIN {_ANIOS}
            WHERE l.carga_id = g.carga_id AND l.delito_id = g.nodo AND l.territorio BETWEEN g.primero AND g.ultimo
                AND {condicion}
            OFFSET 0
        ) r WHERE r.doce <> {_CERO} AND (r.mascara = {TODO_EL_ANIO} OR 0 <> ANY(ARRAY[{", ".join(_doce("r"))}]))
    """


def _todos(condicion: str) -> str:
    """A row for every municipality that the file brings that year, whether it has a series or not."""
    return f"""
        SELECT l.territorio, a.*, coalesce(c.meses[a.lugar + 1:a.lugar + 12], {_CERO}) AS doce
        FROM (
            SELECT p.municipio_id AS territorio, p.desde, p.hasta FROM indicadores_presencia p
            WHERE g.ambito = 'municipal' AND p.carga_id = g.carga_id AND p.municipio_id BETWEEN g.primero AND g.ultimo
            UNION ALL
            SELECT g.entidad_id, 0, 9999 WHERE g.ambito = 'estatal'
        ) l
        LEFT JOIN indicadores_conteo c
            ON c.carga_id = g.carga_id AND c.delito_id = g.nodo AND c.territorio = l.territorio
        CROSS JOIN {_ANIOS}
        WHERE l.desde <= a.anio AND a.anio < l.hasta AND {condicion}
    """


# Written once for each place, by entidad, and not in every row of its own.
_LUGARES = """
    SELECT entidad_id, clave, nombre FROM mesas_municipio
    UNION ALL SELECT clave, clave, nombre_corto FROM mesas_entidad
"""
_NOMBRES = """
    LEFT JOIN mesas_municipio m ON m.clave = y.territorio
    LEFT JOIN mesas_entidad e ON e.clave = y.territorio
"""

# ── Text ────────────────────────────────────────────────────────────────────────────────

_CELDAS = {
    "instrumento": "g.instrumento",
    "anio": "y.anio",
    "territorio": "y.territorio",
    "nombre": "coalesce(m.nombre, e.nombre_corto)",
    "bien": "g.bien",
    "tipo": "g.tipo",
    "subtipo": "g.subtipo",
    "modalidad": "g.modalidad",
    **dict(zip(MESES, _doce("y"), strict=True)),
    "ambito": "g.ambito",
    "corte": "to_char(y.corte, 'YYYY-MM')",
    "carga": "g.carga_id",
}
"""What each column holds, in the order of the file."""


def _celda(texto: str) -> str:
    """A cell of CSV: quoted where it must be, and nothing that a spreadsheet would run (`comun.exportar`)."""
    segura = f"CASE WHEN {texto} ~ '^''*[-=+@\\t\\r\\n]' THEN '''' || {texto} ELSE {texto} END"
    citada = f"""'"' || replace({segura}, '"', '""') || '"'"""
    return (
        f"""CASE WHEN {texto} ~ '[-=+@\\t\\r\\n,"]' """
        f"""THEN CASE WHEN {texto} ~ '[,"\\r\\n]' THEN {citada} ELSE {segura} END ELSE coalesce({texto}, '') END"""
    )


def _json(columna: str, valor: str) -> str:
    return f"""'"{columna}": ', coalesce(to_json({valor})::text, 'null')"""


def _unir(partes: Sequence[str], separador: str) -> str:
    entre = f", '{separador}', "
    return f"concat({entre.join(partes)})"


_DEL_DELITO = ("bien", "tipo", "subtipo", "modalidad")
_CORTE = "to_char(a.corte, 'YYYY-MM')"

_PARTES = {
    "csv": (
        "concat(a.instrumento, ',', a.anio, ',')",
        f"concat(n.clave, ',', {_celda('n.nombre')}, ',')",
        _unir([_celda(f"h.{columna}") for columna in _DEL_DELITO], ","),
        f"concat(',', a.ambito, ',', {_CORTE}, ',', a.carga_id, E'\\n')",
    ),
    "json": (
        f"""concat('{{', {_json("instrumento", "a.instrumento")}, ', ', {_json("anio", "a.anio")}, ', ')""",
        f"""concat({_json("territorio", "n.clave")}, ', ', {_json("nombre", "n.nombre")}, ', ')""",
        _unir([_json(columna, f"h.{columna}") for columna in _DEL_DELITO], ", "),
        f"""concat(', ', {_json("ambito", "a.ambito")}, ', ', {_json("corte", _CORTE)}, ', ',
            {_json("carga", "a.carga_id")}, '}}')""",
    ),
}
"""What is the same in many rows: how those of a year begin, their place, their crime, and how they end."""

_MESES_EN_CSV = f"CASE y.mascara WHEN {TODO_EL_ANIO} THEN y.doce ELSE ARRAY[{', '.join(_doce('y'))}] END"
_MESES_EN_JSON = _unir([_json(mes, celda) for mes, celda in zip(MESES, _doce("y"), strict=True)], ", ")

_LUGAR = "g.de_lugares ->> y.territorio"

_RENGLON = {
    "csv": f"concat(y.cabeza, {_LUGAR}, g.delito, ',', array_to_string({_MESES_EN_CSV}, ',', ''), y.cola)",
    "json": f"concat(y.cabeza, {_LUGAR}, g.delito, ', ', {_MESES_EN_JSON}, y.cola)",
}
