"""What goes on living after the closing: reasons to reserve, and dates that move only by an extension.

A date of an agreement moves only through a row of `Prorroga`, which is written once and says
from which date to which and why; the column `prorrogado_al` is its shadow, and nothing else may
write it.
"""

from django.db import migrations

LIBRES_DE_SESION = ("estado", "nivel", "actualizado", "cerrada_por_id")
RESERVA = ("motivo_de_reserva", "revisar_reserva_el")
LIBRES_DE_ACUERDO = ("nivel", "estado", "nota_publica", "actualizado")

SESION_CERRADA = """
CREATE OR REPLACE FUNCTION comites_sesion_cerrada() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  libres text[] := ARRAY[{libres}];
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
"""

PARTES = """
DROP TRIGGER comites_punto_cerrado ON comites_puntodelorden;
CREATE TRIGGER comites_punto_cerrado BEFORE INSERT OR UPDATE OR DELETE ON comites_puntodelorden
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta({punto});
DROP TRIGGER comites_acuerdo_cerrado ON comites_acuerdo;
CREATE TRIGGER comites_acuerdo_cerrado BEFORE INSERT OR UPDATE OR DELETE ON comites_acuerdo
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta({acuerdo});
"""

PRORROGAS = """
CREATE FUNCTION comites_prorroga_en_orden() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  vencia date;
BEGIN
  SELECT COALESCE(prorrogado_al, fecha_compromiso) INTO vencia FROM comites_acuerdo
    WHERE id = NEW.acuerdo_id FOR UPDATE;
  IF NEW.de IS DISTINCT FROM vencia THEN
    RAISE EXCEPTION 'Una prórroga parte de la fecha que el acuerdo tiene.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_prorroga_en_orden';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_prorroga_en_orden BEFORE INSERT ON comites_prorroga
  FOR EACH ROW EXECUTE FUNCTION comites_prorroga_en_orden();

CREATE FUNCTION comites_prorroga_otorgada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE comites_acuerdo SET prorrogado_al = NEW.al WHERE id = NEW.acuerdo_id;
  RETURN NULL;
END $$;

CREATE TRIGGER comites_prorroga_otorgada AFTER INSERT ON comites_prorroga
  FOR EACH ROW EXECUTE FUNCTION comites_prorroga_otorgada();

CREATE FUNCTION comites_prorroga_no_se_reescribe() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'autor_id') IS DISTINCT FROM (to_jsonb(OLD) - 'autor_id')
    OR (NEW.autor_id IS NOT NULL AND NEW.autor_id IS DISTINCT FROM OLD.autor_id)
  THEN
    RAISE EXCEPTION 'Una prórroga no se cambia ni se borra: si hace falta, se otorga otra.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_prorroga_no_se_reescribe';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_prorroga_no_se_reescribe BEFORE UPDATE OR DELETE ON comites_prorroga
  FOR EACH ROW EXECUTE FUNCTION comites_prorroga_no_se_reescribe();

CREATE FUNCTION comites_fecha_con_prorroga() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.prorrogado_al IS DISTINCT FROM (
    SELECT al FROM comites_prorroga WHERE acuerdo_id = NEW.id ORDER BY id DESC LIMIT 1
  ) THEN
    RAISE EXCEPTION 'La fecha de un acuerdo solo cambia con una prórroga, que dice por qué.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_fecha_con_prorroga';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_fecha_con_prorroga BEFORE UPDATE OF prorrogado_al ON comites_acuerdo
  FOR EACH ROW WHEN (NEW.prorrogado_al IS DISTINCT FROM OLD.prorrogado_al)
  EXECUTE FUNCTION comites_fecha_con_prorroga();
CREATE TRIGGER comites_nace_sin_prorroga BEFORE INSERT ON comites_acuerdo
  FOR EACH ROW WHEN (NEW.prorrogado_al IS NOT NULL) EXECUTE FUNCTION comites_fecha_con_prorroga();
"""

SIN_PRORROGAS = """
DROP TRIGGER comites_nace_sin_prorroga ON comites_acuerdo;
DROP TRIGGER comites_fecha_con_prorroga ON comites_acuerdo;
DROP FUNCTION comites_fecha_con_prorroga();
DROP TRIGGER comites_prorroga_no_se_reescribe ON comites_prorroga;
DROP FUNCTION comites_prorroga_no_se_reescribe();
DROP TRIGGER comites_prorroga_otorgada ON comites_prorroga;
DROP FUNCTION comites_prorroga_otorgada();
DROP TRIGGER comites_prorroga_en_orden ON comites_prorroga;
DROP FUNCTION comites_prorroga_en_orden();
"""


def _lista(*columnas: str) -> str:
    return ", ".join(f"'{columna}'" for columna in columnas)


IDA = (
    SESION_CERRADA.format(libres=_lista(*LIBRES_DE_SESION, *RESERVA))
    # `vence` is generated: PostgreSQL has not computed it yet when a trigger looks before writing.
    + PARTES.format(
        punto=_lista("nivel", *RESERVA), acuerdo=_lista(*LIBRES_DE_ACUERDO, *RESERVA, "prorrogado_al", "vence")
    )
    + PRORROGAS
)
VUELTA = (
    SIN_PRORROGAS
    + SESION_CERRADA.format(libres=_lista(*LIBRES_DE_SESION))
    + PARTES.format(punto=_lista("nivel"), acuerdo=_lista(*LIBRES_DE_ACUERDO, "vence"))
)


class Migration(migrations.Migration):
    dependencies = [("comites", "0004_columnas_del_escritorio")]
    operations = [migrations.RunSQL(IDA, VUELTA)]
