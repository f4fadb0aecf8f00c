"""Whoever coordinates holds no public office, on any day.

Rule of the general agreement of the 3er Encuentro (2018). It joins two tables, so it is a
trigger on both; the row of the person is locked so that two simultaneous writers cannot
each miss what the other is about to say.
"""

from django.db import migrations

IDA = """
CREATE FUNCTION mesas_es_coordinacion(tipo text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT tipo IN ('coordinacion_mesa', 'coordinacion_comite', 'coordinacion_estatal', 'coordinacion_regional')
$$;

CREATE FUNCTION mesas_sin_cargo_publico() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  choca boolean;
BEGIN
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

CREATE FUNCTION mesas_puesto_no_cambia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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
DROP TRIGGER mesas_integrante_sin_cargo_publico ON mesas_integrante;
DROP TRIGGER mesas_cargo_sin_cargo_publico ON mesas_cargo;
DROP FUNCTION mesas_sin_cargo_publico();
DROP FUNCTION mesas_es_coordinacion(text);
"""


class Migration(migrations.Migration):
    dependencies = [("mesas", "0002_tablas")]
    operations = [migrations.RunSQL(IDA, VUELTA)]
