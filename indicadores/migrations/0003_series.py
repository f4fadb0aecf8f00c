"""One row per crime and territory through all the years of a carga, instead of one per year.

A series is then one row and a national file a tenth of the rows. The rows there were are
carried over, forth and back. Tipos and bienes gain an alcance of their own where one carga
brings all their subtipos.
"""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

reglas = import_module("indicadores.migrations.0002_reglas")

ANIOS_DE_LA_CARGA = """
UPDATE indicadores_carga SET primer_anio = extract(year FROM corte), ultimo_anio = extract(year FROM corte);
UPDATE indicadores_carga k SET primer_anio = a.primero, ultimo_anio = a.ultimo
    FROM (SELECT carga_id, min(anio) AS primero, max(anio) AS ultimo FROM indicadores_alcance GROUP BY 1) a
    WHERE a.carga_id = k.id;
"""

NIVEL = """
ALTER TABLE indicadores_alcance ALTER COLUMN nivel DROP EXPRESSION;
ALTER TABLE indicadores_alcance ALTER COLUMN nivel SET DEFAULT 3;
ALTER TABLE indicadores_alcance ALTER COLUMN nivel SET NOT NULL;
"""

# PostgreSQL turns no plain column into a generated one: it leaves and comes again.
NIVEL_FIJO = """
DELETE FROM indicadores_alcance WHERE nivel <> 3;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE indicadores_alcance DROP CONSTRAINT indicadores_alcance_de_subtipo;
ALTER TABLE indicadores_alcance DROP COLUMN nivel;
ALTER TABLE indicadores_alcance ADD COLUMN nivel smallint GENERATED ALWAYS AS (3) STORED NOT NULL;
ALTER TABLE indicadores_alcance ADD CONSTRAINT indicadores_alcance_de_subtipo
    FOREIGN KEY (delito_id, instrumento, nivel) REFERENCES indicadores_delito (id, instrumento, nivel)
    DEFERRABLE INITIALLY DEFERRED;
SET CONSTRAINTS ALL DEFERRED;
"""

JUNTAR_ANIOS = f"""
CREATE TABLE indicadores_conteo_previo AS
SELECT d.carga_id, d.delito_id, d.territorio, string_to_array(string_agg(
        coalesce(array_to_string(c.meses, ',', '0'), '0,0,0,0,0,0,0,0,0,0,0,0'), ',' ORDER BY y.anio
    ), ',')::int[] AS meses
FROM (SELECT DISTINCT carga_id, delito_id, territorio FROM indicadores_conteo) d
JOIN indicadores_carga k ON k.id = d.carga_id
CROSS JOIN LATERAL generate_series(k.primer_anio::int, k.ultimo_anio::int) AS y (anio)
LEFT JOIN indicadores_conteo c ON c.carga_id = d.carga_id AND c.delito_id = d.delito_id
    AND c.territorio = d.territorio AND c.anio = y.anio
GROUP BY 1, 2, 3;
{reglas.SIN_CONTEOS}
"""

ANIOS_DE_VUELTA = f"""
INSERT INTO indicadores_conteo (carga_id, delito_id, territorio, anio, meses)
SELECT carga_id, delito_id, territorio, anio, meses FROM indicadores_conteo_previo;
DROP TABLE indicadores_conteo_previo;
{reglas.CONTEOS}
"""

DEVOLVER = """
INSERT INTO indicadores_conteo (carga_id, delito_id, territorio, meses)
SELECT carga_id, delito_id, territorio, meses FROM indicadores_conteo_previo;
DROP TABLE indicadores_conteo_previo;
"""

# Months after the cut were null; tipos and bienes were not stored.
SEPARAR_ANIOS = """
CREATE TABLE indicadores_conteo_previo AS
SELECT s.carga_id, s.delito_id, s.territorio, s.anio, ARRAY(
        SELECT CASE WHEN make_date(s.anio, m.n, 1) <= s.corte THEN s.meses[m.n] END
        FROM generate_series(1, 12) AS m (n) ORDER BY m.n
    ) AS meses
FROM (
    SELECT c.carga_id, c.delito_id, c.territorio, a.anio, k.corte,
        c.meses[(a.anio - k.primer_anio) * 12 + 1:(a.anio - k.primer_anio) * 12 + 12] AS meses
    FROM indicadores_conteo c
    JOIN indicadores_carga k ON k.id = c.carga_id
    JOIN indicadores_delito d ON d.id = c.delito_id AND d.nivel >= 3
    JOIN indicadores_alcance a ON a.carga_id = c.carga_id AND a.entidad_id = left(c.territorio, 2)
        AND a.delito_id = CASE WHEN d.nivel = 4 THEN d.padre_id ELSE d.id END
) s
WHERE 0 <> ANY(s.meses);
"""

REGLAS = """
CREATE FUNCTION indicadores_revisar_conteos() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mala record;
BEGIN
    -- A modalidad is covered by the alcance of its subtipo.
    EXECUTE 'SELECT n.* FROM (SELECT DISTINCT carga_id, delito_id, left(territorio, 2) AS entidad FROM nuevas) n
        LEFT JOIN indicadores_delito d ON d.id = n.delito_id
        WHERE NOT EXISTS (
            SELECT FROM indicadores_alcance a WHERE a.carga_id = n.carga_id AND a.entidad_id = n.entidad
                AND a.delito_id = CASE WHEN d.nivel = 4 THEN d.padre_id ELSE d.id END
        ) LIMIT 1' INTO mala;
    IF mala.entidad IS NOT NULL THEN
        RAISE EXCEPTION 'La cifra de la entidad % está fuera de lo que su carga dice cubrir.', mala.entidad
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'indicadores_conteo_en_su_alcance';
    END IF;
    EXECUTE 'SELECT n.* FROM (SELECT DISTINCT territorio FROM nuevas WHERE length(territorio) = 5) n
        WHERE NOT EXISTS (SELECT FROM mesas_municipio m WHERE m.clave = n.territorio) LIMIT 1' INTO mala;
    IF mala.territorio IS NOT NULL THEN
        RAISE EXCEPTION 'El municipio % no existe en el catálogo.', mala.territorio
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'indicadores_conteo_de_un_municipio';
    END IF;
    EXECUTE 'SELECT n.territorio FROM nuevas n JOIN indicadores_carga k ON k.id = n.carga_id
        WHERE cardinality(n.meses) <> 12 * (k.ultimo_anio - k.primer_anio + 1) OR array_ndims(n.meses) <> 1
            OR array_lower(n.meses, 1) <> 1 LIMIT 1' INTO mala;
    IF mala.territorio IS NOT NULL THEN
        RAISE EXCEPTION 'La serie de % no tiene doce meses por cada año de su carga.', mala.territorio
            USING ERRCODE = 'check_violation', CONSTRAINT = 'indicadores_conteo_doce_meses';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER indicadores_conteo_al_insertar AFTER INSERT ON indicadores_conteo
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indicadores_revisar_conteos();
CREATE TRIGGER indicadores_conteo_al_cambiar AFTER UPDATE ON indicadores_conteo
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indicadores_revisar_conteos();

-- The counts of a crime in an entidad leave with the last of its alcances, and so with the carga.
CREATE FUNCTION indicadores_retirar_conteos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'DELETE FROM indicadores_conteo c
        USING (SELECT DISTINCT carga_id, delito_id, entidad_id FROM viejas) v, indicadores_delito d
        WHERE c.carga_id = v.carga_id AND left(c.territorio, 2) = v.entidad_id
            AND d.id = c.delito_id AND v.delito_id = CASE WHEN d.nivel = 4 THEN d.padre_id ELSE d.id END
            AND NOT EXISTS (
                SELECT FROM indicadores_alcance a WHERE a.carga_id = v.carga_id
                    AND a.delito_id = v.delito_id AND a.entidad_id = v.entidad_id)';
    RETURN NULL;
END $$;
CREATE TRIGGER indicadores_alcance_al_borrar AFTER DELETE ON indicadores_alcance
    REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION indicadores_retirar_conteos();

-- What identifies an alcance does not change: it would leave its counts orphaned.
CREATE FUNCTION indicadores_alcance_fijo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'El alcance de una carga no cambia de delito, año ni entidad: se vuelve a cargar.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'indicadores_alcance_fijo';
END $$;
CREATE TRIGGER indicadores_alcance_fijo BEFORE UPDATE OF carga_id, delito_id, anio, entidad_id ON indicadores_alcance
    FOR EACH ROW WHEN ((OLD.carga_id, OLD.delito_id, OLD.anio, OLD.entidad_id)
        IS DISTINCT FROM (NEW.carga_id, NEW.delito_id, NEW.anio, NEW.entidad_id))
    EXECUTE FUNCTION indicadores_alcance_fijo();

-- The place of a month in a series hangs from the first year of its carga.
CREATE FUNCTION indicadores_carga_fija() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM indicadores_conteo WHERE carga_id = OLD.id) THEN
        RAISE EXCEPTION 'Una carga con cifras no cambia de años: se vuelve a cargar.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'indicadores_carga_fija';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER indicadores_carga_fija BEFORE UPDATE OF primer_anio, ultimo_anio ON indicadores_carga
    FOR EACH ROW WHEN ((OLD.primer_anio, OLD.ultimo_anio) IS DISTINCT FROM (NEW.primer_anio, NEW.ultimo_anio))
    EXECUTE FUNCTION indicadores_carga_fija();
"""

SIN_REGLAS = f"""
DROP TRIGGER indicadores_carga_fija ON indicadores_carga;
DROP FUNCTION indicadores_carga_fija();
{reglas.SIN_CONTEOS}
"""


class Migration(migrations.Migration):
    dependencies = [("indicadores", "0002_reglas")]

    operations = [
        migrations.AddField(
            model_name="carga",
            name="primer_anio",
            field=models.PositiveSmallIntegerField(default=2015, verbose_name="primer año"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="carga",
            name="ultimo_anio",
            field=models.PositiveSmallIntegerField(default=2015, verbose_name="último año"),
            preserve_default=False,
        ),
        migrations.RunSQL(ANIOS_DE_LA_CARGA, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="carga",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("primer_anio__gte", 1990),
                    ("primer_anio__lte", models.F("ultimo_anio")),
                    ("ultimo_anio__lte", 2100),
                ),
                name="indicadores_carga_anios",
                violation_error_message="El último año no puede ser anterior al primero.",
            ),
        ),
        migrations.AddField(
            model_name="alcance",
            name="con_modalidades",
            field=models.BooleanField(
                default=False,
                help_text="Si no, solo se conoce la suma del subtipo.",
                verbose_name="trae sus modalidades",
            ),
        ),
        migrations.AlterField(
            model_name="alcance",
            name="delito",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alcances",
                to="indicadores.delito",
                verbose_name="delito",
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(NIVEL, NIVEL_FIJO)],
            state_operations=[
                migrations.RemoveField("alcance", "nivel"),
                migrations.AddField(
                    "alcance",
                    "nivel",
                    models.SmallIntegerField(
                        choices=[(1, "Bien jurídico"), (2, "Tipo"), (3, "Subtipo"), (4, "Modalidad")],
                        db_default=3,
                        verbose_name="nivel",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="alcance",
            constraint=models.CheckConstraint(
                condition=models.Q(("nivel__range", (1, 3))),
                name="indicadores_alcance_nivel",
                violation_error_message="El alcance es de un subtipo, un tipo o un bien jurídico.",
            ),
        ),
        migrations.RunSQL(JUNTAR_ANIOS, ANIOS_DE_VUELTA),
        migrations.DeleteModel("Conteo"),
        migrations.CreateModel(
            name="Conteo",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "carga_id",
                        "delito_id",
                        "territorio",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("territorio", models.CharField(max_length=5, verbose_name="territorio")),
                (
                    "meses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="mes por mes"
                    ),
                ),
                (
                    "carga",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="conteos",
                        to="indicadores.carga",
                        verbose_name="carga",
                    ),
                ),
                (
                    "delito",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="indicadores.delito",
                        verbose_name="delito",
                    ),
                ),
            ],
            options={
                "verbose_name": "conteo",
                "verbose_name_plural": "conteos",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("territorio__regex", "^[0-9]{2}([0-9]{3})?$")),
                        name="indicadores_conteo_territorio",
                        violation_error_message="El territorio es una clave de dos o cinco dígitos.",
                    )
                ],
            },
        ),
        # What the planner could know of the inside of a series serves no query, and costs seconds per load.
        migrations.RunSQL("ALTER TABLE indicadores_conteo ALTER COLUMN meses SET STATISTICS 0", migrations.RunSQL.noop),
        migrations.RunSQL(DEVOLVER, SEPARAR_ANIOS),
        migrations.RunSQL(REGLAS, SIN_REGLAS),
    ]
