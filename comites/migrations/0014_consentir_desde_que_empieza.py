"""An assembly that begins before the hour of its call consents from the moment it meets.

The act was refused until that hour struck, though the people were there: what counts is that it began, and
no session begins before its day.
"""

from django.db import migrations

ACTO = """
CREATE OR REPLACE FUNCTION comites_acto_de_asamblea() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asamblea comites_sesion;
  origen comites_sesion;
  reservado boolean;
BEGIN
  SELECT s.* INTO asamblea FROM comites_sesion s JOIN comites_puntodelorden p ON p.sesion_id = s.id
    WHERE p.id = NEW.punto_id FOR SHARE;
  SELECT s.* INTO origen FROM comites_sesion s
    WHERE s.id = COALESCE(NEW.sesion_id, (SELECT sesion_id FROM comites_acuerdo WHERE id = NEW.acuerdo_id)) FOR SHARE;
  SELECT origen.nivel = 'reservada' OR EXISTS (
    SELECT 1 FROM comites_acuerdo a LEFT JOIN comites_puntodelorden p ON p.id = a.punto_id
    WHERE a.id = NEW.acuerdo_id AND 'reservada' IN (a.nivel, COALESCE(p.nivel, ''))
  ) INTO reservado;
  IF asamblea.tipo NOT IN ('plenaria', 'encuentro') OR asamblea.estado IN ('borrador', 'convocada')
    OR {su_dia_no_llega}
    OR (asamblea.tipo = 'plenaria' AND NOT EXISTS (
      SELECT 1 FROM comites_asistencia WHERE sesion_id = asamblea.id AND estado IN ('presente', 'suplente')))
  THEN
    RAISE EXCEPTION 'El consentimiento para publicar lo da una plenaria que ya sesionó, con su lista, o un encuentro.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acto_de_asamblea';
  END IF;
  IF asamblea.mesa_id <> origen.mesa_id THEN
    RAISE EXCEPTION 'Solo la asamblea de la mesa que lo acordó puede consentir que se publique.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acto_de_su_mesa';
  END IF;
  IF asamblea.inicio < origen.inicio THEN
    RAISE EXCEPTION 'La asamblea no pudo consentir antes de que se acordara.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acto_posterior';
  END IF;
  IF origen.estado NOT IN ('cerrada', 'aprobada') THEN
    RAISE EXCEPTION 'Primero cierra la sesión: lo que se publica ya no debe cambiar.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acto_de_minuta_cerrada';
  END IF;
  IF reservado THEN
    RAISE EXCEPTION 'Lo reservado no se publica: antes hay que cambiar su nivel.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acto_no_reservado';
  END IF;
  RETURN NEW;
END $$;
"""

HORA = "asamblea.inicio > now()"
DIA = """EXISTS (
      SELECT 1 FROM mesas_mesa m WHERE m.id = asamblea.mesa_id
        AND (asamblea.inicio AT TIME ZONE m.zona_horaria)::date > (now() AT TIME ZONE m.zona_horaria)::date)"""


class Migration(migrations.Migration):
    dependencies = [("comites", "0013_avisos_y_frecuencias")]
    operations = [migrations.RunSQL(ACTO.replace("{su_dia_no_llega}", DIA), ACTO.replace("{su_dia_no_llega}", HORA))]
