"""Nothing is public without an act of publication, whatever writes it.

The level «pública» of a session or an agreement is refused while no act in force points at it;
an act points at an agenda item of an assembly of the same mesa that did meet; acts are revoked,
never rewritten or deleted, so that what was once public can be accounted for.
"""

from django.db import migrations

IDA = """
CREATE FUNCTION comites_publica_con_acto() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hay boolean;
BEGIN
  IF TG_TABLE_NAME = 'comites_acuerdo' THEN
    SELECT EXISTS (SELECT 1 FROM comites_actodepublicacion WHERE acuerdo_id = NEW.id AND revocado_el IS NULL) INTO hay;
  ELSE
    SELECT EXISTS (SELECT 1 FROM comites_actodepublicacion WHERE sesion_id = NEW.id AND revocado_el IS NULL) INTO hay;
  END IF;
  IF NOT hay THEN
    RAISE EXCEPTION 'Nada es público sin el consentimiento de la asamblea: registra antes el acto de publicación.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_publica_con_acto';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_acuerdo_publico AFTER INSERT OR UPDATE OF nivel ON comites_acuerdo
  FOR EACH ROW WHEN (NEW.nivel = 'publica') EXECUTE FUNCTION comites_publica_con_acto();
CREATE TRIGGER comites_sesion_publica AFTER INSERT OR UPDATE OF nivel ON comites_sesion
  FOR EACH ROW WHEN (NEW.nivel = 'publica') EXECUTE FUNCTION comites_publica_con_acto();

CREATE FUNCTION comites_acto_de_asamblea() RETURNS trigger LANGUAGE plpgsql AS $$
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
    OR asamblea.inicio > now()
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

CREATE TRIGGER comites_acto_de_asamblea BEFORE INSERT ON comites_actodepublicacion
  FOR EACH ROW EXECUTE FUNCTION comites_acto_de_asamblea();

CREATE FUNCTION comites_acto_no_se_reescribe() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  libres text[] := ARRAY['revocado_el', 'motivo_de_retiro', 'registrado_por_id'];
BEGIN
  IF TG_OP = 'DELETE' OR OLD.revocado_el IS NOT NULL AND NEW.revocado_el IS DISTINCT FROM OLD.revocado_el
    OR (to_jsonb(NEW) - libres) IS DISTINCT FROM (to_jsonb(OLD) - libres)
    OR (NEW.registrado_por_id IS NOT NULL AND NEW.registrado_por_id IS DISTINCT FROM OLD.registrado_por_id)
  THEN
    RAISE EXCEPTION 'Un acto de publicación no se cambia ni se borra: se retira, y si hace falta se registra otro.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acto_no_se_reescribe';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_acto_no_se_reescribe BEFORE UPDATE OR DELETE ON comites_actodepublicacion
  FOR EACH ROW EXECUTE FUNCTION comites_acto_no_se_reescribe();

-- Revoking takes the level back in the same breath, whoever revokes.
CREATE FUNCTION comites_acto_revocado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE comites_acuerdo SET nivel = 'mesa' WHERE id = NEW.acuerdo_id AND nivel = 'publica';
  UPDATE comites_sesion SET nivel = 'mesa' WHERE id = NEW.sesion_id AND nivel = 'publica';
  RETURN NULL;
END $$;

CREATE TRIGGER comites_acto_revocado AFTER UPDATE OF revocado_el ON comites_actodepublicacion
  FOR EACH ROW WHEN (OLD.revocado_el IS NULL AND NEW.revocado_el IS NOT NULL)
  EXECUTE FUNCTION comites_acto_revocado();

-- An act rests on its assembly and its agenda item: they stay what they were when it consented.
CREATE FUNCTION comites_asamblea_que_consintio() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  consintio boolean;
BEGIN
  IF TG_TABLE_NAME = 'comites_sesion' THEN
    SELECT EXISTS (
      SELECT 1 FROM comites_actodepublicacion a JOIN comites_puntodelorden p ON p.id = a.punto_id
      WHERE p.sesion_id = OLD.id
    ) AND ((NEW.tipo, NEW.mesa_id, NEW.inicio) IS DISTINCT FROM (OLD.tipo, OLD.mesa_id, OLD.inicio)
      OR NEW.estado IN ('borrador', 'convocada')) INTO consintio;
  ELSE
    SELECT EXISTS (SELECT 1 FROM comites_actodepublicacion WHERE punto_id = OLD.id)
      AND (NEW.sesion_id, NEW.titulo) IS DISTINCT FROM (OLD.sesion_id, OLD.titulo) INTO consintio;
  END IF;
  IF consintio THEN
    RAISE EXCEPTION 'En este punto la asamblea consintió publicar: ya no cambia de sesión, de fecha ni de título.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_asamblea_que_consintio';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_sesion_que_consintio BEFORE UPDATE OF tipo, mesa_id, inicio, estado ON comites_sesion
  FOR EACH ROW EXECUTE FUNCTION comites_asamblea_que_consintio();
CREATE TRIGGER comites_punto_que_consintio BEFORE UPDATE OF sesion_id, titulo ON comites_puntodelorden
  FOR EACH ROW EXECUTE FUNCTION comites_asamblea_que_consintio();
"""

VUELTA = """
DROP TRIGGER comites_punto_que_consintio ON comites_puntodelorden;
DROP TRIGGER comites_sesion_que_consintio ON comites_sesion;
DROP FUNCTION comites_asamblea_que_consintio();
DROP TRIGGER comites_acto_revocado ON comites_actodepublicacion;
DROP FUNCTION comites_acto_revocado();
DROP TRIGGER comites_acto_no_se_reescribe ON comites_actodepublicacion;
DROP FUNCTION comites_acto_no_se_reescribe();
DROP TRIGGER comites_acto_de_asamblea ON comites_actodepublicacion;
DROP FUNCTION comites_acto_de_asamblea();
DROP TRIGGER comites_sesion_publica ON comites_sesion;
DROP TRIGGER comites_acuerdo_publico ON comites_acuerdo;
DROP FUNCTION comites_publica_con_acto();
"""


class Migration(migrations.Migration):
    dependencies = [("comites", "0002_minuta_inmutable")]
    operations = [migrations.RunSQL(IDA, VUELTA)]
