"""What a new carga changed of what was published before, and how it squares with the other ámbito.

Everything is computed in PostgreSQL when the carga enters, and stays as its record.
"""

from __future__ import annotations

from django.db import connection


def anotar_cambios(carga: int) -> int | None:
    """Record every cell that a carga brought different from the one it replaced.

    Only months that both report, at the finest level that both bring. None if it replaced
    nothing: there was nothing to compare.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HAY_ANTERIOR, {"carga": carga})
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(_CAMBIOS, {"carga": carga})
        return cursor.rowcount


def conciliar(carga: int) -> None:
    """Set beside each control total what the other ámbito has for the same crimes and months."""
    with connection.cursor() as cursor:
        cursor.execute(_CONCILIAR, {"carga": carga})


def entidades_incompletas(carga: int) -> None:
    """Take its state sum away from a municipal carga that lacks municipalities others bring.

    A file with part of the municipalities of an entidad is good for each of them, and its sum
    is not that of the entidad.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INCOMPLETAS, {"carga": carga})


def aplicar_silencios(instrumento: str) -> None:
    """Take away from municipal files the months that an entidad did not report at all.

    The source prints zeros there (Oaxaca in eight months of 2015). A file with a few crimes
    cannot tell; a state file with the whole catalogue can.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SILENCIOS, {"instrumento": instrumento})


_HAY_ANTERIOR = "SELECT EXISTS (SELECT FROM indicadores_alcance WHERE reemplazada_por_id = %(carga)s)"

# `pares`: what crime, in what entidad, against what carga and between which years. A row that
# one side lacks is zeros, provided that the municipality is in both files.
_CAMBIOS = """
WITH bloques AS (
    SELECT o.carga_id AS vieja, o.delito_id AS subtipo, o.entidad_id, o.anio, o.meses & n.meses AS mascara,
        o.con_modalidades AND n.con_modalidades AS fina
    FROM indicadores_alcance o
    JOIN indicadores_alcance n ON n.carga_id = %(carga)s AND n.delito_id = o.delito_id AND n.anio = o.anio
        AND n.entidad_id = o.entidad_id
    WHERE o.reemplazada_por_id = %(carga)s AND o.nivel = 3 AND o.meses & n.meses > 0
), hojas AS (
    SELECT b.vieja, b.entidad_id, b.subtipo, coalesce(h.id, b.subtipo) AS nodo, min(b.anio) AS desde,
        max(b.anio) AS hasta
    FROM bloques b
    LEFT JOIN (
        SELECT id, padre_id, count(*) OVER (PARTITION BY padre_id) AS hermanos FROM indicadores_delito WHERE nivel = 4
    ) h ON b.fina AND h.padre_id = b.subtipo AND h.hermanos > 1
    GROUP BY 1, 2, 3, 4
), nuevas AS (
    SELECT h.vieja, h.nodo, h.subtipo, h.desde, c.territorio,
        c.meses[(h.desde - k.primer_anio) * 12 + 1:(h.hasta - k.primer_anio) * 12 + 12] AS meses
    FROM indicadores_conteo c
    JOIN indicadores_carga k ON k.id = c.carga_id
    JOIN hojas h ON h.nodo = c.delito_id AND h.entidad_id = left(c.territorio, 2)
    WHERE c.carga_id = %(carga)s AND length(c.territorio) = CASE k.ambito WHEN 'municipal' THEN 5 ELSE 2 END
), viejas AS (
    SELECT h.vieja, h.nodo, h.subtipo, h.desde, c.territorio,
        c.meses[(h.desde - k.primer_anio) * 12 + 1:(h.hasta - k.primer_anio) * 12 + 12] AS meses
    FROM indicadores_conteo c
    JOIN indicadores_carga k ON k.id = c.carga_id
    JOIN hojas h ON h.vieja = c.carga_id AND h.nodo = c.delito_id AND h.entidad_id = left(c.territorio, 2)
    WHERE length(c.territorio) = CASE k.ambito WHEN 'municipal' THEN 5 ELSE 2 END
), distintas AS (
    SELECT vieja, nodo, subtipo, desde, territorio, o.meses AS antes, n.meses AS despues
    FROM nuevas n
    FULL JOIN viejas o USING (vieja, nodo, subtipo, desde, territorio)
    WHERE n.meses IS DISTINCT FROM o.meses
)
INSERT INTO indicadores_cambio (carga_id, anterior_id, delito_id, territorio, mes, antes, despues)
SELECT %(carga)s, d.vieja, d.nodo, d.territorio, make_date(b.anio, m.mes, 1),
    coalesce(d.antes[l.lugar], 0), coalesce(d.despues[l.lugar], 0)
FROM distintas d
JOIN bloques b ON b.vieja = d.vieja AND b.subtipo = d.subtipo AND b.entidad_id = left(d.territorio, 2)
CROSS JOIN generate_series(1, 12) AS m (mes)
CROSS JOIN LATERAL (SELECT (b.anio - d.desde) * 12 + m.mes AS lugar) l
WHERE b.mascara >> (m.mes - 1) & 1 = 1
    AND coalesce(d.antes[l.lugar], 0) <> coalesce(d.despues[l.lugar], 0)
    AND (length(d.territorio) = 2 OR 2 = (
        SELECT count(DISTINCT p.carga_id) FROM indicadores_presencia p
        WHERE p.carga_id IN (d.vieja, %(carga)s) AND p.municipio_id = d.territorio
            AND p.desde <= b.anio AND b.anio < p.hasta))
"""

# Sums of the months that both report, crime by crime: the same facts, counted in two files.
_CONCILIAR = """
WITH comunes AS (
    SELECT p.delito_id, p.entidad_id, p.anio, a.carga_id AS ajena, p.meses & a.meses AS mascara
    FROM indicadores_alcance p
    JOIN indicadores_alcance a ON a.delito_id = p.delito_id AND a.entidad_id = p.entidad_id AND a.anio = p.anio
        AND a.ambito <> p.ambito AND a.vigente AND a.entidad_completa
    WHERE p.carga_id = %(carga)s AND p.nivel = 3 AND p.entidad_completa AND p.meses & a.meses > 0
), sumas AS (
    SELECT c.entidad_id, c.anio, sum(p.suma) AS propias, sum(a.suma) AS ajenas
    FROM comunes c
    JOIN indicadores_carga kp ON kp.id = %(carga)s
    JOIN indicadores_carga ka ON ka.id = c.ajena
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(x.meses[(c.anio - kp.primer_anio) * 12 + m.mes]), 0) AS suma
        FROM generate_series(1, 12) AS m (mes)
        LEFT JOIN indicadores_conteo x ON x.carga_id = kp.id AND x.delito_id = c.delito_id
            AND x.territorio = c.entidad_id
        WHERE c.mascara >> (m.mes - 1) & 1 = 1
    ) p
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(x.meses[(c.anio - ka.primer_anio) * 12 + m.mes]), 0) AS suma
        FROM generate_series(1, 12) AS m (mes)
        LEFT JOIN indicadores_conteo x ON x.carga_id = ka.id AND x.delito_id = c.delito_id
            AND x.territorio = c.entidad_id
        WHERE c.mascara >> (m.mes - 1) & 1 = 1
    ) a
    GROUP BY 1, 2
)
UPDATE indicadores_control t SET propias = s.propias, ajenas = s.ajenas
FROM sumas s
WHERE t.carga_id = %(carga)s AND t.entidad_id = s.entidad_id AND t.anio = s.anio
"""

# Either may be the short one: what is in force is compared with what comes in.
_INCOMPLETAS = """
UPDATE indicadores_alcance a SET entidad_completa = false
FROM (
    SELECT DISTINCT n.id AS carga_id, left(p.municipio_id, 2) AS entidad_id, y.anio
    FROM indicadores_carga n
    JOIN indicadores_carga k ON k.instrumento = n.instrumento AND k.ambito = n.ambito AND k.id <> n.id
    JOIN indicadores_presencia p ON p.carga_id = k.id
    CROSS JOIN LATERAL generate_series(
        greatest(p.desde, n.primer_anio)::int, least(p.hasta - 1, n.ultimo_anio)::int
    ) AS y (anio)
    WHERE %(carga)s IN (n.id, k.id) AND n.ambito = 'municipal'
        AND NOT EXISTS (
            SELECT FROM indicadores_presencia q WHERE q.carga_id = n.id AND q.municipio_id = p.municipio_id
                AND q.desde <= y.anio AND y.anio < q.hasta)
        AND EXISTS (
            SELECT FROM indicadores_alcance v WHERE v.carga_id = k.id AND v.vigente
                AND v.entidad_id = left(p.municipio_id, 2) AND v.anio = y.anio)
) f
WHERE a.carga_id = f.carga_id AND a.entidad_id = f.entidad_id AND a.anio = f.anio AND a.entidad_completa
"""

# Months without any crime at all in an entidad, by a state file that brings the whole catalogue.
_SILENCIOS = """
WITH silencios AS (
    SELECT entidad_id, anio, 4095 & ~bit_or(meses) & CASE
        WHEN anio < extract(year FROM min(corte)) THEN 4095 ELSE (1 << extract(month FROM min(corte))::int) - 1
        END AS meses
    FROM indicadores_alcance
    WHERE instrumento = %(instrumento)s AND ambito = 'estatal' AND vigente AND nivel = 3
    GROUP BY 1, 2
    HAVING count(*) = (SELECT count(*) FROM indicadores_delito WHERE instrumento = %(instrumento)s AND nivel = 3)
), callados AS (
    SELECT a.id, a.meses & ~s.meses AS quedan
    FROM indicadores_alcance a
    JOIN silencios s ON s.entidad_id = a.entidad_id AND s.anio = a.anio
    WHERE a.instrumento = %(instrumento)s AND a.ambito = 'municipal' AND a.vigente AND a.meses & s.meses > 0
), mudos AS (
    DELETE FROM indicadores_alcance a USING callados c WHERE c.id = a.id AND c.quedan = 0
)
UPDATE indicadores_alcance a SET meses = c.quedan FROM callados c WHERE c.id = a.id AND c.quedan > 0
"""
