"""What a new carga changed of what was published before, and how it squares with the other ámbito.

Everything is computed in PostgreSQL when the carga enters, and stays as its record.
"""

from __future__ import annotations

from django.db import connection

from indicadores.calculos import MESES_DEL_ANIO
from indicadores.models import Ambito, Carga


def anotar_cambios(carga: Carga) -> int | None:
    """Record every cell that a carga brought different from the ones it replaced.

    Only months that both report, at the finest level that both bring. None if it replaced
    nothing: there was nothing to compare.
    """
    viejas = list(Carga.objects.filter(alcances__reemplazada_por=carga).distinct())
    return sum(_comparar(carga, vieja) for vieja in viejas) if viejas else None


def _comparar(nueva: Carga, vieja: Carga) -> int:
    desde = max(nueva.primer_anio, vieja.primer_anio)
    parametros = {
        "nueva": nueva.pk,
        "vieja": vieja.pk,
        "digitos": 5 if nueva.ambito == Ambito.MUNICIPAL else 2,
        "desde": desde,
        "en_nueva": (desde - nueva.primer_anio) * MESES_DEL_ANIO,
        "en_vieja": (desde - vieja.primer_anio) * MESES_DEL_ANIO,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COMUNES, parametros)
        parametros["meses"] = cursor.fetchone()[0]
        if not parametros["meses"]:
            return 0
        # Both sides stand in the order of their key: a merge of them needs no memory, a sort or a hash would spill.
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
        cursor.execute(_DISTINTAS, parametros)
        for ajuste in ("enable_hashjoin", "enable_sort", "enable_seqscan"):
            cursor.execute(f"SET LOCAL {ajuste} TO DEFAULT")
        cursor.execute("ANALYZE distinta")
        cursor.execute(_CAMBIOS, parametros)
        cambios = cursor.rowcount
        cursor.execute("DROP TABLE pg_temp.distinta")
        return cambios


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


def municipios_perdidos(carga: int) -> list[str]:
    """Codes of municipalities that a carga lacks and that what it replaces brought for those years.

    Its newer cut would leave them without figures: either the file is short or the source
    dropped them, and only a person can tell.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PERDIDOS, {"carga": carga})
        return [clave for (clave,) in cursor.fetchall()]


def aplicar_silencios(instrumento: str) -> None:
    """Take away from municipal files the months that an entidad did not report at all.

    The source prints zeros there (Oaxaca in eight months of 2015). A file with a few crimes
    cannot tell; a state file with the whole catalogue can.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SILENCIOS, {"instrumento": instrumento})


_BLOQUES = """
SELECT o.delito_id AS subtipo, o.entidad_id, o.anio, o.meses & n.meses AS mascara,
    length(ltrim((o.meses & n.meses)::int::bit(12)::text, '0')) AS ultimo,
    o.con_modalidades AND n.con_modalidades AS fina
FROM indicadores_alcance o
JOIN indicadores_alcance n ON n.carga_id = %(nueva)s AND n.delito_id = o.delito_id AND n.anio = o.anio
    AND n.entidad_id = o.entidad_id
WHERE o.carga_id = %(vieja)s AND o.reemplazada_por_id = %(nueva)s AND o.nivel = 3 AND o.meses & n.meses > 0
"""

_COMUNES = f"SELECT coalesce(max((anio - %(desde)s) * 12 + ultimo), 0) FROM ({_BLOQUES}) b"

# Whole series first, byte by byte: almost all are equal. Then only up to the last month that both
# report somewhere. A row that one side lacks is zeros, provided that the municipality is in both files.
_DISTINTAS = """
CREATE TEMPORARY TABLE distinta ON COMMIT DROP AS
SELECT delito_id, territorio,
    coalesce(n.meses[%(en_nueva)s + 1:%(en_nueva)s + %(meses)s], array_fill(0, ARRAY[%(meses)s])) AS despues,
    coalesce(o.meses[%(en_vieja)s + 1:%(en_vieja)s + %(meses)s], array_fill(0, ARRAY[%(meses)s])) AS antes
FROM (SELECT delito_id, territorio, meses FROM indicadores_conteo WHERE carga_id = %(nueva)s) n
FULL JOIN (SELECT delito_id, territorio, meses FROM indicadores_conteo WHERE carga_id = %(vieja)s) o
    USING (delito_id, territorio)
WHERE length(territorio) = %(digitos)s
    AND CASE WHEN %(en_nueva)s <> %(en_vieja)s OR row(n.meses)::record *<> row(o.meses)::record THEN
        n.meses[%(en_nueva)s + 1:%(en_nueva)s + %(meses)s] IS DISTINCT FROM
        o.meses[%(en_vieja)s + 1:%(en_vieja)s + %(meses)s]
    END
"""

# Of the series that are not equal, the years whose common months differ; of those, the months.
_CAMBIOS = f"""
WITH bloques AS MATERIALIZED ({_BLOQUES}), hojas AS MATERIALIZED (
    SELECT d.id, CASE d.nivel WHEN 4 THEN d.padre_id ELSE d.id END AS subtipo, d.nivel = 4 AS es_modalidad,
        d.nivel = 3 AND 1 < (SELECT count(*) FROM indicadores_delito h WHERE h.padre_id = d.id) AS con_varias
    FROM indicadores_delito d
    WHERE d.nivel >= 3
), anuales AS MATERIALIZED (
    SELECT d.delito_id, d.territorio, b.anio, b.mascara, p.lugar, d.antes[p.lugar + 1:p.lugar + 12] AS antes,
        d.despues[p.lugar + 1:p.lugar + 12] AS despues
    FROM distinta d
    JOIN hojas h ON h.id = d.delito_id
    JOIN bloques b ON b.subtipo = h.subtipo AND b.entidad_id = left(d.territorio, 2)
        AND CASE WHEN b.fina THEN NOT h.con_varias ELSE NOT h.es_modalidad END
    CROSS JOIN LATERAL (SELECT (b.anio - %(desde)s) * 12 AS lugar) p
    WHERE d.antes[p.lugar + 1:p.lugar + b.ultimo] <> d.despues[p.lugar + 1:p.lugar + b.ultimo]
)
INSERT INTO indicadores_cambio (carga_id, anterior_id, delito_id, territorio, mes, antes, despues)
SELECT %(nueva)s, %(vieja)s, a.delito_id, a.territorio, make_date(a.anio, m.mes, 1), a.antes[m.mes], a.despues[m.mes]
FROM anuales a
CROSS JOIN generate_series(1, 12) AS m (mes)
WHERE a.mascara >> (m.mes - 1) & 1 = 1 AND a.antes[m.mes] <> a.despues[m.mes]
    AND (length(a.territorio) = 2 OR 2 = (
        SELECT count(DISTINCT p.carga_id) FROM indicadores_presencia p
        WHERE p.carga_id IN (%(vieja)s, %(nueva)s) AND p.municipio_id = a.territorio
            AND p.desde <= a.anio AND a.anio < p.hasta))
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
                AND q.desde <= p.desde AND p.hasta <= q.hasta)
        AND NOT EXISTS (
            SELECT FROM indicadores_presencia q WHERE q.carga_id = n.id AND q.municipio_id = p.municipio_id
                AND q.desde <= y.anio AND y.anio < q.hasta)
        AND EXISTS (
            SELECT FROM indicadores_alcance v WHERE v.carga_id = k.id AND (v.vigente OR v.reemplazada_por_id = n.id)
                AND v.entidad_id = left(p.municipio_id, 2) AND v.anio = y.anio)
) f
WHERE a.carga_id = f.carga_id AND a.entidad_id = f.entidad_id AND a.anio = f.anio AND a.entidad_completa
"""

_PERDIDOS = """
SELECT DISTINCT p.municipio_id
FROM (
    SELECT DISTINCT carga_id, entidad_id, anio FROM indicadores_alcance
    WHERE reemplazada_por_id = %(carga)s AND ambito = 'municipal'
) r
JOIN indicadores_presencia p ON p.carga_id = r.carga_id AND left(p.municipio_id, 2) = r.entidad_id
    AND p.desde <= r.anio AND r.anio < p.hasta
WHERE NOT EXISTS (
    SELECT FROM indicadores_presencia q WHERE q.carga_id = %(carga)s AND q.municipio_id = p.municipio_id
        AND q.desde <= r.anio AND r.anio < q.hasta)
ORDER BY 1
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
