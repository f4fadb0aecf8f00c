"""What can never be true in civic life is not true in the tables either, whatever writes them.

The roll of a session is of the mesas that meet in it; a comité meets in its own mesa; what is said of an
agreement is said by its mesas, and after it was made; and a file does not lose its pieces while it stands.
Each rule looks at the new row and at what it points at, by key: nothing is read of the rows that there were.
"""

from django.db import migrations

PERTENENCIA = """
-- The mesas that meet in a session: the one that keeps its minute and those that accepted.
CREATE FUNCTION comites_es_de_la_sesion(mesa bigint, sesion bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM public.comites_sesion s WHERE s.id = $2 AND s.mesa_id = $1)
    OR EXISTS (SELECT 1 FROM public.comites_sesion_mesas c WHERE c.sesion_id = $2 AND c.mesa_id = $1)
$$;

CREATE FUNCTION comites_asiento_de_la_sesion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT comites_es_de_la_sesion((SELECT mesa_id FROM mesas_integrante WHERE id = NEW.integrante_id), NEW.sesion_id)
  THEN
    RAISE EXCEPTION 'Esa persona no tiene asiento en ninguna de las mesas que sesionan: anótala como invitada.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_asiento_de_la_sesion';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comites_asistencia_de_la_sesion BEFORE INSERT OR UPDATE OF integrante_id, sesion_id
  ON comites_asistencia FOR EACH ROW EXECUTE FUNCTION comites_asiento_de_la_sesion();
CREATE TRIGGER comites_movimiento_de_la_sesion BEFORE INSERT OR UPDATE OF integrante_id, sesion_id
  ON comites_movimiento FOR EACH ROW EXECUTE FUNCTION comites_asiento_de_la_sesion();

CREATE FUNCTION comites_comite_de_su_mesa() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_TABLE_NAME = 'comites_sesion'
      AND (SELECT mesa_id FROM comites_comite WHERE id = (to_jsonb(NEW) ->> 'comite_id')::bigint) <> NEW.mesa_id)
    OR (TG_TABLE_NAME = 'comites_comite' AND EXISTS (
      SELECT 1 FROM comites_sesion WHERE comite_id = NEW.id AND mesa_id <> NEW.mesa_id))
  THEN
    RAISE EXCEPTION 'Un comité sesiona en su propia mesa.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_comite_de_su_mesa';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comites_sesion_de_su_comite BEFORE INSERT OR UPDATE OF comite_id, mesa_id ON comites_sesion
  FOR EACH ROW WHEN (NEW.comite_id IS NOT NULL) EXECUTE FUNCTION comites_comite_de_su_mesa();
CREATE TRIGGER comites_comite_con_sesiones BEFORE UPDATE OF mesa_id ON comites_comite
  FOR EACH ROW WHEN (OLD.mesa_id <> NEW.mesa_id) EXECUTE FUNCTION comites_comite_de_su_mesa();
"""

SIN_PERTENENCIA = """
DROP TRIGGER comites_comite_con_sesiones ON comites_comite;
DROP TRIGGER comites_sesion_de_su_comite ON comites_sesion;
DROP FUNCTION comites_comite_de_su_mesa();
DROP TRIGGER comites_movimiento_de_la_sesion ON comites_movimiento;
DROP TRIGGER comites_asistencia_de_la_sesion ON comites_asistencia;
DROP FUNCTION comites_asiento_de_la_sesion();
DROP FUNCTION comites_es_de_la_sesion(bigint, bigint);
"""

ACUERDOS = """
-- A session has to do with an agreement when a mesa meets in it that met where it was made.
CREATE FUNCTION comites_sesion_del_acuerdo(sesion bigint, acuerdo bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM public.comites_acuerdo a, public.comites_sesion s
    WHERE a.id = $2 AND s.id = $1 AND (
      comites_es_de_la_sesion(s.mesa_id, a.sesion_id)
      OR EXISTS (SELECT 1 FROM public.comites_sesion_mesas c
        WHERE c.sesion_id = s.id AND comites_es_de_la_sesion(c.mesa_id, a.sesion_id))))
$$;

-- A seat, when it is of one of those mesas or the one that answers for it.
CREATE FUNCTION comites_asiento_del_acuerdo(asiento bigint, acuerdo bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM public.comites_acuerdo a, public.mesas_integrante i
    WHERE a.id = $2 AND i.id = $1
      AND (a.responsable_id = i.id OR comites_es_de_la_sesion(i.mesa_id, a.sesion_id)))
$$;

CREATE FUNCTION comites_dicho_del_acuerdo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fila jsonb := to_jsonb(NEW);
  sesion bigint := (fila ->> 'sesion_id')::bigint;
  asiento bigint := COALESCE(fila ->> 'reporta_id', fila ->> 'asiento_id')::bigint;
BEGIN
  IF sesion IS NOT NULL AND NOT comites_sesion_del_acuerdo(sesion, NEW.acuerdo_id) THEN
    RAISE EXCEPTION 'Esa sesión es de otra mesa.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_sesion_del_acuerdo';
  END IF;
  IF asiento IS NOT NULL AND NOT comites_asiento_del_acuerdo(asiento, NEW.acuerdo_id) THEN
    RAISE EXCEPTION 'Ese asiento es de otra mesa: por este acuerdo responden las suyas.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_asiento_del_acuerdo';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comites_avance_del_acuerdo BEFORE INSERT ON comites_avance
  FOR EACH ROW WHEN (NEW.sesion_id IS NOT NULL OR NEW.reporta_id IS NOT NULL)
  EXECUTE FUNCTION comites_dicho_del_acuerdo();
CREATE TRIGGER comites_prorroga_del_acuerdo BEFORE INSERT ON comites_prorroga
  FOR EACH ROW WHEN (NEW.sesion_id IS NOT NULL) EXECUTE FUNCTION comites_dicho_del_acuerdo();
CREATE TRIGGER comites_enlace_del_acuerdo BEFORE INSERT OR UPDATE OF asiento_id, acuerdo_id
  ON comites_enlaceparareportar
  FOR EACH ROW WHEN (NEW.asiento_id IS NOT NULL) EXECUTE FUNCTION comites_dicho_del_acuerdo();

-- «A tiempo» is measured by the day of a step: it cannot be told to have been before the agreement or its last step.
CREATE FUNCTION comites_avance_en_orden() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  nacio date;
BEGIN
  SELECT (s.inicio AT TIME ZONE m.zona_horaria)::date INTO nacio
    FROM comites_acuerdo a JOIN comites_sesion s ON s.id = a.sesion_id JOIN mesas_mesa m ON m.id = s.mesa_id
    WHERE a.id = NEW.acuerdo_id;
  IF NEW.fecha < nacio OR EXISTS (
    SELECT 1 FROM comites_avance v WHERE v.acuerdo_id = NEW.acuerdo_id AND v.fecha > NEW.fecha
  ) THEN
    RAISE EXCEPTION 'Un avance no es de antes del acuerdo ni de antes de lo último que se reportó.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_avance_en_orden';
  END IF;
  -- In Cancún it is tomorrow before anywhere else in the country.
  IF NEW.fecha > (now() AT TIME ZONE 'America/Cancun')::date THEN
    RAISE EXCEPTION 'Un avance es de hoy o de antes.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_avance_de_hoy';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comites_avance_en_orden BEFORE INSERT ON comites_avance
  FOR EACH ROW EXECUTE FUNCTION comites_avance_en_orden();

-- How an agreement ends is what its last step says; until now only «cumplido» was asked for it.
CREATE FUNCTION comites_estado_con_avance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT estado FROM comites_avance WHERE acuerdo_id = NEW.id ORDER BY id DESC LIMIT 1)
    IS DISTINCT FROM NEW.estado
  THEN
    RAISE EXCEPTION 'El estado de un acuerdo es el de su último avance: anota qué pasó.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_estado_con_avance';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comites_estado_con_avance BEFORE UPDATE OF estado ON comites_acuerdo
  FOR EACH ROW WHEN (NEW.estado IN ('reportado', 'no_cumplido', 'cancelado')
    AND OLD.estado <> NEW.estado AND NOT NEW.historico)
  EXECUTE FUNCTION comites_estado_con_avance();
CREATE TRIGGER comites_no_nace_terminado BEFORE INSERT ON comites_acuerdo
  FOR EACH ROW WHEN (NEW.estado IN ('reportado', 'no_cumplido', 'cancelado') AND NOT NEW.historico)
  EXECUTE FUNCTION comites_estado_con_avance();

CREATE FUNCTION comites_encargo_de_la_red() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM comites_acuerdo a JOIN comites_sesion s ON s.id = a.sesion_id
    WHERE a.id = NEW.acuerdo_id AND s.tipo = 'encuentro')
  THEN
    RAISE EXCEPTION 'Lo que toca a todas las mesas se acuerda en un encuentro de la Red.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_encargo_de_la_red';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comites_encargo_de_la_red BEFORE INSERT OR UPDATE OF acuerdo_id ON comites_acuerdoenmesa
  FOR EACH ROW EXECUTE FUNCTION comites_encargo_de_la_red();
"""

SIN_ACUERDOS = """
DROP TRIGGER comites_encargo_de_la_red ON comites_acuerdoenmesa;
DROP FUNCTION comites_encargo_de_la_red();
DROP TRIGGER comites_no_nace_terminado ON comites_acuerdo;
DROP TRIGGER comites_estado_con_avance ON comites_acuerdo;
DROP FUNCTION comites_estado_con_avance();
DROP TRIGGER comites_avance_en_orden ON comites_avance;
DROP FUNCTION comites_avance_en_orden();
DROP TRIGGER comites_enlace_del_acuerdo ON comites_enlaceparareportar;
DROP TRIGGER comites_prorroga_del_acuerdo ON comites_prorroga;
DROP TRIGGER comites_avance_del_acuerdo ON comites_avance;
DROP FUNCTION comites_dicho_del_acuerdo();
DROP FUNCTION comites_asiento_del_acuerdo(bigint, bigint);
DROP FUNCTION comites_sesion_del_acuerdo(bigint, bigint);
"""

ARCHIVOS = """
-- A file stands whole or is withdrawn with its reason: asked at the end of the transaction, which does both.
CREATE FUNCTION comites_archivo_entero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM comites_evidencia WHERE id = OLD.evidencia_id AND retirada_el IS NULL) THEN
    RAISE EXCEPTION 'Un archivo no se parte: se retira, y queda por qué.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_archivo_entero';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comites_archivo_entero AFTER DELETE ON comites_trozodeevidencia
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION comites_archivo_entero();
"""

SIN_ARCHIVOS = """
DROP TRIGGER comites_archivo_entero ON comites_trozodeevidencia;
DROP FUNCTION comites_archivo_entero();
"""


class Migration(migrations.Migration):
    dependencies = [("comites", "0016_nombres_en_lo_publicado")]

    operations = [
        migrations.RunSQL(PERTENENCIA, SIN_PERTENENCIA),
        migrations.RunSQL(ACUERDOS, SIN_ACUERDOS),
        migrations.RunSQL(ARCHIVOS, SIN_ARCHIVOS),
    ]
