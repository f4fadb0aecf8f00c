"""Rules between rows that PostgreSQL keeps: votes within the roll, mergers without loops, the right kind of session."""

from django.db import migrations

SESION = """
CREATE FUNCTION encuentros_sesion_de_encuentro() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT tipo FROM comites_sesion WHERE id = NEW.sesion_id FOR SHARE) <> 'encuentro' THEN
    RAISE EXCEPTION 'Los acuerdos de un encuentro están en una sesión de tipo encuentro.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'encuentros_sesion_de_encuentro';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER encuentros_sesion_de_encuentro BEFORE INSERT OR UPDATE OF sesion_id ON encuentros_encuentro
  FOR EACH ROW WHEN (NEW.sesion_id IS NOT NULL) EXECUTE FUNCTION encuentros_sesion_de_encuentro();

CREATE FUNCTION encuentros_sesion_no_cambia_de_tipo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM encuentros_encuentro WHERE sesion_id = OLD.id) THEN
    RAISE EXCEPTION 'Es la sesión de un encuentro: no cambia de tipo.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'encuentros_sesion_de_encuentro';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER encuentros_sesion_no_cambia_de_tipo BEFORE UPDATE OF tipo ON comites_sesion
  FOR EACH ROW WHEN (OLD.tipo = 'encuentro' AND NEW.tipo <> 'encuentro')
  EXECUTE FUNCTION encuentros_sesion_no_cambia_de_tipo();
"""

SIN_SESION = """
DROP TRIGGER encuentros_sesion_no_cambia_de_tipo ON comites_sesion;
DROP FUNCTION encuentros_sesion_no_cambia_de_tipo();
DROP TRIGGER encuentros_sesion_de_encuentro ON encuentros_encuentro;
DROP FUNCTION encuentros_sesion_de_encuentro();
"""

# One step only: whoever merges into a proposal reaches the one that goes on, never a chain or a loop.
FUSION = """
CREATE FUNCTION encuentros_fusion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  destino encuentros_propuesta;
BEGIN
  IF EXISTS (
    SELECT FROM encuentros_propuesta p
    WHERE p.fusionada_en_id = NEW.id AND (NEW.fusionada_en_id IS NOT NULL OR p.encuentro_id <> NEW.encuentro_id)
  ) THEN
    RAISE EXCEPTION 'A esta propuesta ya se unieron otras: no puede unirse a una tercera ni cambiar de encuentro.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'encuentros_fusion_en_un_paso';
  END IF;
  IF NEW.fusionada_en_id IS NOT NULL THEN
    -- The lock waits for whoever is merging the destination at this moment.
    SELECT * INTO destino FROM encuentros_propuesta WHERE id = NEW.fusionada_en_id FOR SHARE;
    IF destino.fusionada_en_id IS NOT NULL THEN
      RAISE EXCEPTION 'Esa propuesta ya se unió a otra: únela a la que sigue viva.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'encuentros_fusion_en_un_paso';
    END IF;
    IF destino.encuentro_id <> NEW.encuentro_id THEN
      RAISE EXCEPTION 'Solo se unen propuestas de un mismo encuentro.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'encuentros_fusion_en_su_encuentro';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER encuentros_fusion BEFORE INSERT OR UPDATE OF fusionada_en_id, encuentro_id ON encuentros_propuesta
  FOR EACH ROW EXECUTE FUNCTION encuentros_fusion();
"""

SIN_FUSION = """
DROP TRIGGER encuentros_fusion ON encuentros_propuesta;
DROP FUNCTION encuentros_fusion();
"""

# Deferred: moving votes from one option to another passes through sums that nobody means.
PADRON = """
CREATE FUNCTION encuentros_votos_en_el_padron() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  de_votacion bigint;
  suya encuentros_votacion;
BEGIN
  IF TG_TABLE_NAME = 'encuentros_votacion' THEN
    de_votacion := NEW.id;
  ELSE
    de_votacion := NEW.votacion_id;
  END IF;
  -- The lock makes two simultaneous counts add each other's votes.
  SELECT * INTO suya FROM encuentros_votacion WHERE id = de_votacion FOR NO KEY UPDATE;
  IF suya.padron < coalesce(suya.nulos, 0) + coalesce(suya.abstenciones, 0) + (
    SELECT coalesce(sum(votos), 0) FROM encuentros_opciondevotacion WHERE votacion_id = de_votacion
  ) THEN
    RAISE EXCEPTION 'Hay más votos que personas o mesas en el padrón.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'encuentros_votos_en_el_padron';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER encuentros_votos_en_el_padron
  AFTER INSERT OR UPDATE OF votos, votacion_id ON encuentros_opciondevotacion
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION encuentros_votos_en_el_padron();
CREATE CONSTRAINT TRIGGER encuentros_padron_con_sus_votos
  AFTER INSERT OR UPDATE OF padron, nulos, abstenciones ON encuentros_votacion
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION encuentros_votos_en_el_padron();

CREATE FUNCTION encuentros_padron_congelado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM encuentros_opciondevotacion WHERE votacion_id = OLD.id AND votos > 0) THEN
    RAISE EXCEPTION 'Ya hay votos: el padrón con que se votó no cambia.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'encuentros_padron_congelado';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER encuentros_padron_congelado BEFORE UPDATE OF padron ON encuentros_votacion
  FOR EACH ROW WHEN (OLD.padron IS NOT NULL AND NEW.padron IS DISTINCT FROM OLD.padron)
  EXECUTE FUNCTION encuentros_padron_congelado();
"""

SIN_PADRON = """
DROP TRIGGER encuentros_padron_congelado ON encuentros_votacion;
DROP FUNCTION encuentros_padron_congelado();
DROP TRIGGER encuentros_padron_con_sus_votos ON encuentros_votacion;
DROP TRIGGER encuentros_votos_en_el_padron ON encuentros_opciondevotacion;
DROP FUNCTION encuentros_votos_en_el_padron();
"""


class Migration(migrations.Migration):
    dependencies = [("encuentros", "0001_tablas"), ("comites", "0001_initial")]

    operations = [
        migrations.RunSQL(SESION, SIN_SESION),
        migrations.RunSQL(FUSION, SIN_FUSION),
        migrations.RunSQL(PADRON, SIN_PADRON),
    ]
