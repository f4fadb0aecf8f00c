"""A closed session's minute cannot change, and it does not close with agreements that nobody could verify.

The minute is the row of the session, its agenda, attendance, guests, joint mesas and the text
of its agreements. What goes on living after the closing (level of confidentiality, state of an
agreement, public note) is listed by name; any column added later is protected by default.
"""

from django.db import migrations

IDA = """
CREATE FUNCTION comites_minuta_cerrada(sesion bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- FOR SHARE waits for whoever is closing the session at this moment.
  PERFORM 1 FROM comites_sesion WHERE id = sesion FOR SHARE;
  IF (SELECT estado IN ('cerrada', 'aprobada') FROM comites_sesion WHERE id = sesion) THEN
    RAISE EXCEPTION 'La sesión está cerrada y su minuta ya no cambia. Lo que falte se corrige con una adenda.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_minuta_cerrada';
  END IF;
END $$;

CREATE FUNCTION comites_sesion_cerrada() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  libres text[] := ARRAY['estado', 'nivel', 'actualizado', 'cerrada_por_id'];
BEGIN
  IF OLD.estado IN ('cerrada', 'aprobada') THEN
    IF TG_OP = 'DELETE'
      OR (to_jsonb(NEW) - libres) IS DISTINCT FROM (to_jsonb(OLD) - libres)
      OR (NEW.cerrada_por_id IS NOT NULL AND NEW.cerrada_por_id IS DISTINCT FROM OLD.cerrada_por_id)
      OR NOT (NEW.estado = OLD.estado OR (OLD.estado = 'cerrada' AND NEW.estado = 'aprobada'))
    THEN
      PERFORM comites_minuta_cerrada(OLD.id);
    END IF;
  ELSIF TG_OP = 'UPDATE' AND NEW.estado IN ('cerrada', 'aprobada') AND EXISTS (
    SELECT 1 FROM comites_acuerdo a
    WHERE a.sesion_id = NEW.id AND NOT a.historico AND (
      a.producto !~ '\\S' OR a.verificacion !~ '\\S' OR a.fecha_compromiso IS NULL
      OR (a.responsable_id IS NULL AND a.institucion_responsable_id IS NULL AND a.correo_responsable = '')
    )
  ) THEN
    RAISE EXCEPTION 'Hay acuerdos sin producto, responsable, fecha o forma de comprobarse: complétalos antes de cerrar.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acuerdos_verificables';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER comites_sesion_cerrada BEFORE UPDATE OR DELETE ON comites_sesion
  FOR EACH ROW EXECUTE FUNCTION comites_sesion_cerrada();

-- Rows that hang from a session; TG_ARGV names the columns that stay free.
CREATE FUNCTION comites_parte_de_la_minuta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN
    RETURN NEW;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    PERFORM comites_minuta_cerrada(OLD.sesion_id);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM comites_minuta_cerrada(NEW.sesion_id);
    RETURN NEW;
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER comites_punto_cerrado BEFORE INSERT OR UPDATE OR DELETE ON comites_puntodelorden
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta('nivel');
CREATE TRIGGER comites_asistencia_cerrada BEFORE INSERT OR UPDATE OR DELETE ON comites_asistencia
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta();
CREATE TRIGGER comites_invitado_cerrado BEFORE INSERT OR UPDATE OR DELETE ON comites_invitado
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta();
CREATE TRIGGER comites_mesas_cerradas BEFORE INSERT OR UPDATE OR DELETE ON comites_sesion_mesas
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta();
CREATE TRIGGER comites_acuerdo_cerrado BEFORE INSERT OR UPDATE OR DELETE ON comites_acuerdo
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta('nivel', 'estado', 'nota_publica', 'actualizado');

CREATE FUNCTION comites_corresponsable_cerrado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM comites_minuta_cerrada((SELECT sesion_id FROM comites_acuerdo WHERE id = OLD.acuerdo_id));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM comites_minuta_cerrada((SELECT sesion_id FROM comites_acuerdo WHERE id = NEW.acuerdo_id));
    RETURN NEW;
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER comites_corresponsable_cerrado BEFORE INSERT OR UPDATE OR DELETE ON comites_acuerdo_corresponsables
  FOR EACH ROW EXECUTE FUNCTION comites_corresponsable_cerrado();

-- A seat with attendance is part of minutes: it may end, it may not become somebody else's.
CREATE FUNCTION comites_asiento_con_historia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM comites_asistencia WHERE integrante_id = OLD.id) THEN
    RAISE EXCEPTION 'Ese asiento ya tiene asistencias: no cambia de persona ni de mesa. Termínalo y abre otro.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_asiento_con_historia';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_asiento_con_historia BEFORE UPDATE OF persona_id, mesa_id ON mesas_integrante
  FOR EACH ROW WHEN ((OLD.persona_id, OLD.mesa_id) IS DISTINCT FROM (NEW.persona_id, NEW.mesa_id))
  EXECUTE FUNCTION comites_asiento_con_historia();

-- What is older than the portal skips the gate, so being so is decided once, when it is written.
CREATE FUNCTION comites_acuerdo_coherente() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.historico <> OLD.historico THEN
    RAISE EXCEPTION 'Si un acuerdo es anterior al portal se decide al registrarlo.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_historico_no_cambia';
  END IF;
  IF NEW.punto_id IS NOT NULL
    AND NEW.sesion_id <> (SELECT sesion_id FROM comites_puntodelorden WHERE id = NEW.punto_id) THEN
    RAISE EXCEPTION 'El punto es de otra sesión.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acuerdo_de_su_punto';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_acuerdo_coherente BEFORE INSERT OR UPDATE OF historico, punto_id, sesion_id ON comites_acuerdo
  FOR EACH ROW EXECUTE FUNCTION comites_acuerdo_coherente();

CREATE FUNCTION comites_comite_con_su_puesto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM mesas_puesto
    WHERE id = NEW.coordinacion_id AND tipo = 'coordinacion_comite' AND mesa_id = NEW.mesa_id
  ) THEN
    RAISE EXCEPTION 'La coordinación de un comité es un puesto de su misma mesa, de tipo coordinación de comité.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_comite_con_su_puesto';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_comite_con_su_puesto BEFORE INSERT OR UPDATE OF coordinacion_id, mesa_id ON comites_comite
  FOR EACH ROW EXECUTE FUNCTION comites_comite_con_su_puesto();
"""

VUELTA = """
DROP TRIGGER comites_comite_con_su_puesto ON comites_comite;
DROP FUNCTION comites_comite_con_su_puesto();
DROP TRIGGER comites_acuerdo_coherente ON comites_acuerdo;
DROP FUNCTION comites_acuerdo_coherente();
DROP TRIGGER comites_asiento_con_historia ON mesas_integrante;
DROP FUNCTION comites_asiento_con_historia();
DROP TRIGGER comites_corresponsable_cerrado ON comites_acuerdo_corresponsables;
DROP FUNCTION comites_corresponsable_cerrado();
DROP TRIGGER comites_acuerdo_cerrado ON comites_acuerdo;
DROP TRIGGER comites_mesas_cerradas ON comites_sesion_mesas;
DROP TRIGGER comites_invitado_cerrado ON comites_invitado;
DROP TRIGGER comites_asistencia_cerrada ON comites_asistencia;
DROP TRIGGER comites_punto_cerrado ON comites_puntodelorden;
DROP FUNCTION comites_parte_de_la_minuta();
DROP TRIGGER comites_sesion_cerrada ON comites_sesion;
DROP FUNCTION comites_sesion_cerrada();
DROP FUNCTION comites_minuta_cerrada(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("comites", "0001_initial")]
    operations = [migrations.RunSQL(IDA, VUELTA)]
