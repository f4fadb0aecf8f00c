"""Rules between tables that PostgreSQL keeps, frozen as SQL.

Counts and population arrive by millions of rows, so their references are checked once per
statement over the rows it brought, which costs a join, instead of once per row. The checks
run with EXECUTE so that each is planned for the rows of its own statement, one or a million.
"""

from django.db import migrations

LLAVES = """
ALTER TABLE indicadores_delito ADD CONSTRAINT indicadores_delito_padre
    FOREIGN KEY (padre_id, instrumento, nivel_del_padre) REFERENCES indicadores_delito (id, instrumento, nivel)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE indicadores_alcance ADD CONSTRAINT indicadores_alcance_de_subtipo
    FOREIGN KEY (delito_id, instrumento, nivel) REFERENCES indicadores_delito (id, instrumento, nivel)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE indicadores_alcance ADD CONSTRAINT indicadores_alcance_de_su_carga
    FOREIGN KEY (carga_id, instrumento, ambito) REFERENCES indicadores_carga (id, instrumento, ambito)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE indicadores_alcance ADD CONSTRAINT indicadores_alcance_hasta_el_corte CHECK (
    anio < extract(year FROM corte)
    OR (anio = extract(year FROM corte) AND meses < (1 << extract(month FROM corte)::int))
);
"""

SIN_LLAVES = """
ALTER TABLE indicadores_alcance DROP CONSTRAINT indicadores_alcance_hasta_el_corte;
ALTER TABLE indicadores_alcance DROP CONSTRAINT indicadores_alcance_de_su_carga;
ALTER TABLE indicadores_alcance DROP CONSTRAINT indicadores_alcance_de_subtipo;
ALTER TABLE indicadores_delito DROP CONSTRAINT indicadores_delito_padre;
"""

CONTEOS = """
CREATE FUNCTION indicadores_revisar_conteos() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mala record;
BEGIN
    -- A modalidad is covered by the alcance of its subtipo.
    EXECUTE 'SELECT n.* FROM nuevas n
        LEFT JOIN indicadores_delito d ON d.id = n.delito_id
        LEFT JOIN indicadores_alcance a ON a.carga_id = n.carga_id AND a.anio = n.anio
            AND a.entidad_id = left(n.territorio, 2)
            AND a.delito_id = CASE WHEN d.nivel = 4 THEN d.padre_id ELSE d.id END
        WHERE a.id IS NULL LIMIT 1' INTO mala;
    IF mala.territorio IS NOT NULL THEN
        RAISE EXCEPTION 'La cifra de % en % está fuera de lo que su carga dice cubrir.', mala.territorio, mala.anio
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'indicadores_conteo_en_su_alcance';
    END IF;
    EXECUTE 'SELECT n.* FROM nuevas n
        WHERE length(n.territorio) = 5
            AND NOT EXISTS (SELECT FROM mesas_municipio m WHERE m.clave = n.territorio) LIMIT 1' INTO mala;
    IF mala.territorio IS NOT NULL THEN
        RAISE EXCEPTION 'El municipio % no existe en el catálogo.', mala.territorio
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'indicadores_conteo_de_un_municipio';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER indicadores_conteo_al_insertar AFTER INSERT ON indicadores_conteo
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indicadores_revisar_conteos();
CREATE TRIGGER indicadores_conteo_al_cambiar AFTER UPDATE ON indicadores_conteo
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indicadores_revisar_conteos();

-- The counts of an alcance leave with it, and so with its carga.
CREATE FUNCTION indicadores_retirar_conteos() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'DELETE FROM indicadores_conteo c USING viejas v, indicadores_delito d
        WHERE c.carga_id = v.carga_id AND c.anio = v.anio AND left(c.territorio, 2) = v.entidad_id
            AND d.id = c.delito_id AND v.delito_id = CASE WHEN d.nivel = 4 THEN d.padre_id ELSE d.id END';
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
"""

SIN_CONTEOS = """
DROP TRIGGER indicadores_alcance_fijo ON indicadores_alcance;
DROP FUNCTION indicadores_alcance_fijo();
DROP TRIGGER indicadores_alcance_al_borrar ON indicadores_alcance;
DROP FUNCTION indicadores_retirar_conteos();
DROP TRIGGER indicadores_conteo_al_cambiar ON indicadores_conteo;
DROP TRIGGER indicadores_conteo_al_insertar ON indicadores_conteo;
DROP FUNCTION indicadores_revisar_conteos();
"""

TERRITORIO = """
CREATE FUNCTION indicadores_revisar_poblacion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mala record;
BEGIN
    EXECUTE 'SELECT n.* FROM nuevas n
        LEFT JOIN mesas_municipio m ON m.clave = n.territorio
        LEFT JOIN mesas_entidad e ON e.clave = n.territorio
        WHERE e.clave IS NULL AND (m.clave IS NULL OR m.pseudo) LIMIT 1' INTO mala;
    IF mala.territorio IS NOT NULL THEN
        RAISE EXCEPTION 'El territorio % no existe o no es un lugar donde viva gente.', mala.territorio
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'indicadores_poblacion_de_un_territorio';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER indicadores_poblacion_al_insertar AFTER INSERT ON indicadores_poblacion
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indicadores_revisar_poblacion();
CREATE TRIGGER indicadores_poblacion_al_cambiar AFTER UPDATE ON indicadores_poblacion
    REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indicadores_revisar_poblacion();

CREATE FUNCTION indicadores_municipio_con_cifras() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM indicadores_conteo WHERE territorio = OLD.clave)
        OR EXISTS (SELECT FROM indicadores_poblacion WHERE territorio = OLD.clave) THEN
        RAISE EXCEPTION 'El municipio % tiene cifras oficiales: no se puede quitar ni cambiar de clave.', OLD.clave
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'indicadores_municipio_con_cifras';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER indicadores_municipio_al_borrar BEFORE DELETE ON mesas_municipio
    FOR EACH ROW EXECUTE FUNCTION indicadores_municipio_con_cifras();
CREATE TRIGGER indicadores_municipio_al_cambiar BEFORE UPDATE OF clave ON mesas_municipio
    FOR EACH ROW WHEN (OLD.clave IS DISTINCT FROM NEW.clave)
    EXECUTE FUNCTION indicadores_municipio_con_cifras();
"""

SIN_TERRITORIO = """
DROP TRIGGER indicadores_municipio_al_cambiar ON mesas_municipio;
DROP TRIGGER indicadores_municipio_al_borrar ON mesas_municipio;
DROP FUNCTION indicadores_municipio_con_cifras();
DROP TRIGGER indicadores_poblacion_al_cambiar ON indicadores_poblacion;
DROP TRIGGER indicadores_poblacion_al_insertar ON indicadores_poblacion;
DROP FUNCTION indicadores_revisar_poblacion();
"""


class Migration(migrations.Migration):
    dependencies = [("indicadores", "0001_tablas")]

    operations = [
        migrations.RunSQL(LLAVES, SIN_LLAVES),
        migrations.RunSQL(CONTEOS, SIN_CONTEOS),
        migrations.RunSQL(TERRITORIO, SIN_TERRITORIO),
    ]
