"""Whoever coordinates holds no public office, on any day.

Rule of the general agreement of the 3er Encuentro (2018). It joins two tables, so it is a
trigger on both; the rows that the answer depends on (the post, the institution, the person)
are locked so that two simultaneous writers cannot each miss what the other is about to say.
That only works while every statement sees what has been committed, so the stricter levels of
isolation, which go on looking at an old picture, are refused.

Which seats are of somebody with public office is not for the seat alone to say: its
institution settles it.
"""

from django.db import migrations

IDA = """
CREATE FUNCTION mesas_es_coordinacion(tipo text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT tipo IN ('coordinacion_mesa', 'coordinacion_comite', 'coordinacion_estatal', 'coordinacion_regional')
$$;

CREATE FUNCTION mesas_exige_lectura_confirmada() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
    RAISE EXCEPTION 'Los cargos y los integrantes se guardan con el aislamiento READ COMMITTED.'
      USING ERRCODE = 'feature_not_supported',
        HINT = 'Con otro no se ve lo que alguien más guarda al mismo tiempo, y la regla podría romperse.';
  END IF;
END $$;

CREATE FUNCTION mesas_sin_cargo_publico() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  choca boolean;
BEGIN
  PERFORM mesas_exige_lectura_confirmada();
  IF TG_TABLE_NAME = 'mesas_cargo' THEN
    PERFORM 1 FROM mesas_puesto WHERE id = NEW.puesto_id FOR SHARE;
  END IF;
  PERFORM 1 FROM mesas_persona WHERE id = NEW.persona_id FOR NO KEY UPDATE;
  IF TG_TABLE_NAME = 'mesas_cargo' THEN
    SELECT EXISTS (
      SELECT 1 FROM mesas_integrante i
      WHERE i.persona_id = NEW.persona_id AND i.tipo = 'con_cargo'
        AND daterange(i.desde, i.hasta) && daterange(NEW.desde, NEW.hasta)
        AND mesas_es_coordinacion((SELECT tipo FROM mesas_puesto WHERE id = NEW.puesto_id))
    ) INTO choca;
  ELSE
    SELECT NEW.tipo = 'con_cargo' AND EXISTS (
      SELECT 1 FROM mesas_cargo c JOIN mesas_puesto p ON p.id = c.puesto_id
      WHERE c.persona_id = NEW.persona_id AND mesas_es_coordinacion(p.tipo)
        AND daterange(c.desde, c.hasta) && daterange(NEW.desde, NEW.hasta)
    ) INTO choca;
  END IF;
  IF choca THEN
    RAISE EXCEPTION 'Quien coordina no puede tener cargo público en ninguna de esas fechas.'
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'mesas_coordinacion_sin_cargo_publico';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER mesas_cargo_sin_cargo_publico
  BEFORE INSERT OR UPDATE OF puesto_id, persona_id, desde, hasta ON mesas_cargo
  FOR EACH ROW EXECUTE FUNCTION mesas_sin_cargo_publico();

CREATE TRIGGER mesas_integrante_sin_cargo_publico
  BEFORE INSERT OR UPDATE OF tipo, persona_id, desde, hasta ON mesas_integrante
  FOR EACH ROW EXECUTE FUNCTION mesas_sin_cargo_publico();

CREATE FUNCTION mesas_integrante_de_su_lado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  de_autoridad boolean;
BEGIN
  PERFORM mesas_exige_lectura_confirmada();
  SELECT nivel <> 'civil' INTO de_autoridad FROM mesas_institucion WHERE id = NEW.institucion_id FOR SHARE;
  IF de_autoridad AND NEW.tipo = 'sin_cargo' THEN
    RAISE EXCEPTION 'Quien viene en nombre de una autoridad tiene cargo público.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'mesas_integrante_de_su_lado';
  ELSIF NOT de_autoridad AND NEW.tipo = 'con_cargo' THEN
    RAISE EXCEPTION 'Quien viene en nombre de la sociedad civil no tiene cargo público.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'mesas_integrante_de_su_lado';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER mesas_integrante_de_su_lado
  BEFORE INSERT OR UPDATE OF tipo, institucion_id ON mesas_integrante
  FOR EACH ROW EXECUTE FUNCTION mesas_integrante_de_su_lado();

CREATE FUNCTION mesas_institucion_no_cambia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mesas_exige_lectura_confirmada();
  IF EXISTS (SELECT 1 FROM mesas_integrante WHERE institucion_id = OLD.id) THEN
    RAISE EXCEPTION 'Una institución con integrantes no pasa de autoridad a sociedad civil ni al revés: crea otra.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'mesas_institucion_no_cambia';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER mesas_institucion_no_cambia
  BEFORE UPDATE OF nivel ON mesas_institucion
  FOR EACH ROW
  WHEN ((OLD.nivel = 'civil') <> (NEW.nivel = 'civil'))
  EXECUTE FUNCTION mesas_institucion_no_cambia();

CREATE FUNCTION mesas_puesto_no_cambia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mesas_exige_lectura_confirmada();
  IF EXISTS (SELECT 1 FROM mesas_cargo WHERE puesto_id = OLD.id) THEN
    RAISE EXCEPTION 'Un puesto que ya tuvo titulares no cambia de tipo ni de ámbito: crea otro.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'mesas_puesto_no_cambia';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER mesas_puesto_no_cambia
  BEFORE UPDATE OF tipo, mesa_id, entidad_id, region_id ON mesas_puesto
  FOR EACH ROW
  WHEN ((OLD.tipo, OLD.mesa_id, OLD.entidad_id, OLD.region_id)
    IS DISTINCT FROM (NEW.tipo, NEW.mesa_id, NEW.entidad_id, NEW.region_id))
  EXECUTE FUNCTION mesas_puesto_no_cambia();
"""

VUELTA = """
DROP TRIGGER mesas_puesto_no_cambia ON mesas_puesto;
DROP FUNCTION mesas_puesto_no_cambia();
DROP TRIGGER mesas_institucion_no_cambia ON mesas_institucion;
DROP FUNCTION mesas_institucion_no_cambia();
DROP TRIGGER mesas_integrante_de_su_lado ON mesas_integrante;
DROP FUNCTION mesas_integrante_de_su_lado();
DROP TRIGGER mesas_integrante_sin_cargo_publico ON mesas_integrante;
DROP TRIGGER mesas_cargo_sin_cargo_publico ON mesas_cargo;
DROP FUNCTION mesas_sin_cargo_publico();
DROP FUNCTION mesas_exige_lectura_confirmada();
DROP FUNCTION mesas_es_coordinacion(text);
"""


class Migration(migrations.Migration):
    dependencies = [("mesas", "0002_tablas")]
    operations = [migrations.RunSQL(IDA, VUELTA)]
