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
  de_punto comites_sesion;
  de_objeto comites_sesion;
  reservado boolean;
BEGIN
  SELECT s.* INTO de_punto FROM comites_sesion s JOIN comites_puntodelorden p ON p.sesion_id = s.id WHERE p.id = NEW.punto_id;
  IF NEW.acuerdo_id IS NOT NULL THEN
    SELECT s.* INTO de_objeto FROM comites_sesion s JOIN comites_acuerdo a ON a.sesion_id = s.id WHERE a.id = NEW.acuerdo_id;
    SELECT nivel = 'reservada' INTO reservado FROM comites_acuerdo WHERE id = NEW.acuerdo_id;
  ELSE
    SELECT s.* INTO de_objeto FROM comites_sesion s WHERE s.id = NEW.sesion_id;
    reservado := de_objeto.nivel = 'reservada';
  END IF;
  IF de_punto.tipo NOT IN ('plenaria', 'encuentro') OR de_punto.estado IN ('borrador', 'convocada') THEN
    RAISE EXCEPTION 'El consentimiento para publicar lo da una plenaria o un encuentro que ya sesionó.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acto_de_asamblea';
  END IF;
  IF de_punto.mesa_id <> de_objeto.mesa_id THEN
    RAISE EXCEPTION 'Solo la asamblea de la mesa que lo acordó puede consentir que se publique.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acto_de_su_mesa';
  END IF;
  IF de_objeto.estado NOT IN ('cerrada', 'aprobada') THEN
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
"""

VUELTA = """
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
