"""What nobody may do to a minute, and how what was said is found again.

The chain of an organ only grows, in order, with the hash that its text gives. A minute is written
once; its approval, too, and it takes the session with it. Objections are made to what is not yet
approved and answered once. Addenda and extracts do not change.

The words of closed sessions are written by triggers at the closing, in Spanish, without accents.
Sessions closed before get theirs here, for they are found though they have no minute.
"""

from django.db import migrations

CADENA = r"""
CREATE FUNCTION comites_huella(secuencia integer, anterior text, contenido text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(secuencia || E'\n' || anterior || E'\n' || contenido, 'UTF8')), 'hex')
$$;

CREATE FUNCTION comites_eslabon_en_orden() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ultimo comites_eslabon;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'Un acta no se cambia ni se borra: lo que esté mal se corrige con una adenda.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_eslabon_no_cambia';
  END IF;
  SELECT * INTO ultimo FROM comites_eslabon
    WHERE mesa_id = NEW.mesa_id AND tipo = NEW.tipo AND comite_id IS NOT DISTINCT FROM NEW.comite_id
    ORDER BY secuencia DESC LIMIT 1;
  IF NEW.secuencia <> COALESCE(ultimo.secuencia, 0) + 1 OR NEW.anterior <> COALESCE(ultimo.huella, '') THEN
    RAISE EXCEPTION 'El acta debe seguir a la última de su órgano y llevar su huella.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_eslabon_en_orden';
  END IF;
  IF NEW.huella <> comites_huella(NEW.secuencia, NEW.anterior, NEW.contenido) THEN
    RAISE EXCEPTION 'La huella no es la que da el contenido.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_eslabon_huella';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_eslabon_en_orden BEFORE INSERT OR UPDATE OR DELETE ON comites_eslabon
  FOR EACH ROW EXECUTE FUNCTION comites_eslabon_en_orden();
"""

ACTAS = r"""
CREATE FUNCTION comites_acta_no_cambia() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  libres text[] := ARRAY['aprobada_por_id'];
  de comites_sesion;
  en comites_sesion;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO de FROM comites_sesion WHERE id = NEW.sesion_id;
    IF NEW.aprobada_el IS NOT NULL OR de.estado NOT IN ('cerrada', 'aprobada') OR NOT EXISTS (
      SELECT 1 FROM comites_eslabon e WHERE e.id = NEW.eslabon_id AND e.clase = 'acta' AND e.mesa_id = de.mesa_id
        AND e.tipo = de.tipo AND e.comite_id IS NOT DISTINCT FROM de.comite_id)
    THEN
      RAISE EXCEPTION 'Un acta se levanta al cerrar su sesión, en la cadena de su órgano, y nace sin aprobar.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acta_de_su_sesion';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.aprobada_el IS NULL THEN
    libres := libres || ARRAY['aprobada_el', 'aprobada_en_id'];
    IF OLD.enviada_el IS NULL THEN
      libres := libres || ARRAY['enviada_el', 'objeciones_hasta'];
    END IF;
  END IF;
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - libres) IS DISTINCT FROM (to_jsonb(OLD) - libres)
    OR (OLD.aprobada_el IS NOT NULL AND NEW.aprobada_por_id IS NOT NULL
        AND NEW.aprobada_por_id IS DISTINCT FROM OLD.aprobada_por_id)
  THEN
    RAISE EXCEPTION 'Un acta no se cambia ni se borra: lo que esté mal se corrige con una adenda.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acta_no_cambia';
  END IF;
  IF OLD.aprobada_el IS NULL AND NEW.aprobada_el IS NOT NULL THEN
    SELECT * INTO de FROM comites_sesion WHERE id = NEW.sesion_id;
    SELECT * INTO en FROM comites_sesion WHERE id = NEW.aprobada_en_id FOR SHARE;
    IF en.mesa_id <> de.mesa_id OR en.comite_id IS DISTINCT FROM de.comite_id OR en.inicio <= de.inicio
      OR en.estado IN ('borrador', 'convocada')
    THEN
      RAISE EXCEPTION 'Un acta la aprueba una sesión posterior del mismo órgano, que ya empezó.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acta_aprobada_despues';
    END IF;
    IF EXISTS (SELECT 1 FROM comites_objecion WHERE acta_id = NEW.id AND estado = 'pendiente') THEN
      RAISE EXCEPTION 'El acta tiene objeciones sin responder.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acta_con_objeciones';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_acta_no_cambia BEFORE INSERT OR UPDATE OR DELETE ON comites_acta
  FOR EACH ROW EXECUTE FUNCTION comites_acta_no_cambia();

-- The session goes with its minute, whoever approves it.
CREATE FUNCTION comites_acta_aprobada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE comites_sesion SET estado = 'aprobada' WHERE id = NEW.sesion_id AND estado = 'cerrada';
  RETURN NULL;
END $$;

CREATE TRIGGER comites_acta_aprobada AFTER UPDATE OF aprobada_el ON comites_acta
  FOR EACH ROW WHEN (OLD.aprobada_el IS NULL AND NEW.aprobada_el IS NOT NULL)
  EXECUTE FUNCTION comites_acta_aprobada();

CREATE FUNCTION comites_sesion_con_acta_aprobada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM comites_acta WHERE sesion_id = NEW.id AND aprobada_el IS NULL) THEN
    RAISE EXCEPTION 'El acta de esta sesión todavía no se aprueba.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_sesion_con_acta_aprobada';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_sesion_con_acta_aprobada BEFORE UPDATE OF estado ON comites_sesion
  FOR EACH ROW WHEN (OLD.estado <> 'aprobada' AND NEW.estado = 'aprobada')
  EXECUTE FUNCTION comites_sesion_con_acta_aprobada();
"""

LO_QUE_SE_DICE_DESPUES = r"""
CREATE FUNCTION comites_objecion_en_orden() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  de comites_acta;
  libres text[] := ARRAY['autor_id', 'respondida_por_id'];
BEGIN
  SELECT * INTO de FROM comites_acta WHERE id = COALESCE(NEW.acta_id, OLD.acta_id) FOR SHARE;
  IF TG_OP = 'INSERT' THEN
    IF de.aprobada_el IS NOT NULL OR de.enviada_el IS NULL OR NEW.estado <> 'pendiente' THEN
      RAISE EXCEPTION 'Se objeta el borrador que ya se envió y todavía no se aprueba.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_objecion_al_borrador';
    END IF;
  ELSE
    IF TG_OP = 'UPDATE' AND OLD.estado = 'pendiente' THEN
      libres := libres || ARRAY['estado', 'respuesta', 'adenda_id', 'respondida_el'];
    END IF;
    IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - libres) IS DISTINCT FROM (to_jsonb(OLD) - libres)
      OR (NEW.autor_id IS NOT NULL AND NEW.autor_id IS DISTINCT FROM OLD.autor_id)
      OR (OLD.estado <> 'pendiente' AND NEW.respondida_por_id IS NOT NULL
          AND NEW.respondida_por_id IS DISTINCT FROM OLD.respondida_por_id)
    THEN
      RAISE EXCEPTION 'Una objeción no se cambia ni se borra: se responde una vez.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_objecion_no_cambia';
    END IF;
  END IF;
  IF NEW.punto_id IS NOT NULL AND de.sesion_id <> (SELECT sesion_id FROM comites_puntodelorden WHERE id = NEW.punto_id)
    OR NEW.adenda_id IS NOT NULL AND NEW.acta_id <> (SELECT acta_id FROM comites_adenda WHERE id = NEW.adenda_id)
  THEN
    RAISE EXCEPTION 'Ese punto o esa adenda son de otra acta.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_objecion_de_su_acta';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_objecion_en_orden BEFORE INSERT OR UPDATE OR DELETE ON comites_objecion
  FOR EACH ROW EXECUTE FUNCTION comites_objecion_en_orden();

-- Addenda and extracts: written once; only who wrote them may be forgotten.
CREATE FUNCTION comites_escrito_una_vez() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'autor_id') IS DISTINCT FROM (to_jsonb(OLD) - 'autor_id')
    OR (NEW.autor_id IS NOT NULL AND NEW.autor_id IS DISTINCT FROM OLD.autor_id)
  THEN
    RAISE EXCEPTION 'Una adenda o un extracto no se cambian ni se borran: se agrega otra adenda.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_escrito_una_vez';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_adenda_una_vez BEFORE UPDATE OR DELETE ON comites_adenda
  FOR EACH ROW EXECUTE FUNCTION comites_escrito_una_vez();
CREATE TRIGGER comites_extracto_una_vez BEFORE UPDATE OR DELETE ON comites_extracto
  FOR EACH ROW EXECUTE FUNCTION comites_escrito_una_vez();

CREATE FUNCTION comites_adenda_de_su_acta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM comites_acta a JOIN comites_eslabon suyo ON suyo.id = a.eslabon_id
    JOIN comites_eslabon e ON e.id = NEW.eslabon_id AND e.clase = 'adenda' AND e.mesa_id = suyo.mesa_id
      AND e.tipo = suyo.tipo AND e.comite_id IS NOT DISTINCT FROM suyo.comite_id
    WHERE a.id = NEW.acta_id AND (NEW.punto_id IS NULL OR a.sesion_id = (
      SELECT sesion_id FROM comites_puntodelorden WHERE id = NEW.punto_id))
  ) THEN
    RAISE EXCEPTION 'La adenda va en la cadena de su acta y habla de un punto de su sesión.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_adenda_de_su_acta';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_adenda_de_su_acta BEFORE INSERT ON comites_adenda
  FOR EACH ROW EXECUTE FUNCTION comites_adenda_de_su_acta();

CREATE FUNCTION comites_extracto_de_su_acta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM comites_acta a JOIN comites_acuerdo d ON d.sesion_id = a.sesion_id
    JOIN comites_sesion s ON s.id = a.sesion_id LEFT JOIN comites_puntodelorden p ON p.id = d.punto_id
    WHERE a.id = NEW.acta_id AND d.id = NEW.acuerdo_id
      AND 'reservada' NOT IN (d.nivel, s.nivel, COALESCE(p.nivel, ''))
  ) THEN
    RAISE EXCEPTION 'Se certifica un acuerdo de esa acta, y nunca uno reservado.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_extracto_de_su_acta';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_extracto_de_su_acta BEFORE INSERT ON comites_extracto
  FOR EACH ROW EXECUTE FUNCTION comites_extracto_de_su_acta();
"""

BUSQUEDA = r"""
CREATE TEXT SEARCH CONFIGURATION public.espanol (COPY = pg_catalog.spanish);
ALTER TEXT SEARCH CONFIGURATION public.espanol
  ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, spanish_stem;

-- The words of a text. Twice, because the stem of a word may depend on its accent: «retenes» finds «retén» with
-- it, and «reten» finds it without.
CREATE FUNCTION comites_palabras(texto text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.to_tsvector('pg_catalog.spanish', texto) || pg_catalog.to_tsvector('public.espanol', texto)
$$;

-- What somebody typed. «evaluacion» is also asked for as «evaluación», which is how «evaluaciones» is found.
CREATE FUNCTION comites_pregunta(texto text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT pg_catalog.websearch_to_tsquery('pg_catalog.spanish', texto)
    || pg_catalog.websearch_to_tsquery('public.espanol', texto)
    || pg_catalog.websearch_to_tsquery('pg_catalog.spanish', regexp_replace(texto, '([cs])ion\M', '\1ión', 'gi'))
$$;

-- The words of what was said in a session and, as one more, each mesa in which it was said.
CREATE FUNCTION comites_palabras_de_sesion(sesion bigint, texto text) RETURNS tsvector LANGUAGE sql STABLE AS $$
  SELECT public.comites_palabras(texto) || array_to_tsvector(ARRAY(
    SELECT '#m' || mesa_id FROM comites_sesion WHERE id = sesion
    UNION SELECT '#m' || mesa_id FROM comites_sesion_mesas WHERE sesion_id = sesion))
$$;

-- What somebody typed, inside one mesa. Only common words («de la»): nothing, never everything.
CREATE FUNCTION comites_pregunta_en_mesa(texto text, mesa bigint) RETURNS tsquery LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN numnode(q) = 0 THEN q ELSE q && ('''#m' || mesa || '''')::tsquery END
  FROM (SELECT public.comites_pregunta(texto) q) lo_dicho
$$;

CREATE FUNCTION comites_indexar(cual bigint) RETURNS void LANGUAGE sql AS $$
  DELETE FROM comites_textobuscable WHERE sesion_id = cual AND adenda_id IS NULL;
  INSERT INTO comites_textobuscable (sesion_id, palabras)
    SELECT id, comites_palabras_de_sesion(id, desarrollo) FROM comites_sesion WHERE id = cual AND desarrollo <> '';
  INSERT INTO comites_textobuscable (sesion_id, punto_id, palabras)
    SELECT sesion_id, id, comites_palabras_de_sesion(sesion_id, titulo || ' ' || resumen)
    FROM comites_puntodelorden WHERE sesion_id = cual;
  INSERT INTO comites_textobuscable (sesion_id, acuerdo_id, palabras)
    SELECT sesion_id, id,
      comites_palabras_de_sesion(sesion_id, concat_ws(' ', accion, producto, detalle, verificacion, folio))
    FROM comites_acuerdo WHERE sesion_id = cual;
$$;

CREATE FUNCTION comites_sesion_indexada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM comites_indexar(NEW.id);
  RETURN NULL;
END $$;

CREATE TRIGGER comites_sesion_indexada AFTER UPDATE OF estado ON comites_sesion
  FOR EACH ROW WHEN (OLD.estado NOT IN ('cerrada', 'aprobada') AND NEW.estado IN ('cerrada', 'aprobada'))
  EXECUTE FUNCTION comites_sesion_indexada();

CREATE FUNCTION comites_adenda_indexada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO comites_textobuscable (sesion_id, punto_id, adenda_id, palabras)
    SELECT sesion_id, NEW.punto_id, NEW.id, comites_palabras_de_sesion(sesion_id, NEW.texto)
    FROM comites_acta WHERE id = NEW.acta_id;
  RETURN NULL;
END $$;

CREATE TRIGGER comites_adenda_indexada AFTER INSERT ON comites_adenda
  FOR EACH ROW EXECUTE FUNCTION comites_adenda_indexada();

SELECT comites_indexar(id) FROM comites_sesion WHERE estado IN ('cerrada', 'aprobada');
"""

VUELTA = """
DROP TRIGGER comites_adenda_indexada ON comites_adenda;
DROP FUNCTION comites_adenda_indexada();
DROP TRIGGER comites_sesion_indexada ON comites_sesion;
DROP FUNCTION comites_sesion_indexada();
DROP FUNCTION comites_indexar(bigint);
DROP FUNCTION comites_pregunta_en_mesa(text, bigint);
DROP FUNCTION comites_palabras_de_sesion(bigint, text);
DROP FUNCTION comites_pregunta(text);
DROP FUNCTION comites_palabras(text);
DROP TEXT SEARCH CONFIGURATION public.espanol;
DROP TRIGGER comites_extracto_de_su_acta ON comites_extracto;
DROP FUNCTION comites_extracto_de_su_acta();
DROP TRIGGER comites_adenda_de_su_acta ON comites_adenda;
DROP FUNCTION comites_adenda_de_su_acta();
DROP TRIGGER comites_extracto_una_vez ON comites_extracto;
DROP TRIGGER comites_adenda_una_vez ON comites_adenda;
DROP FUNCTION comites_escrito_una_vez();
DROP TRIGGER comites_objecion_en_orden ON comites_objecion;
DROP FUNCTION comites_objecion_en_orden();
DROP TRIGGER comites_sesion_con_acta_aprobada ON comites_sesion;
DROP FUNCTION comites_sesion_con_acta_aprobada();
DROP TRIGGER comites_acta_aprobada ON comites_acta;
DROP FUNCTION comites_acta_aprobada();
DROP TRIGGER comites_acta_no_cambia ON comites_acta;
DROP FUNCTION comites_acta_no_cambia();
DROP TRIGGER comites_eslabon_en_orden ON comites_eslabon;
DROP FUNCTION comites_eslabon_en_orden();
DROP FUNCTION comites_huella(integer, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("comites", "0010_actas"), ("mesas", "0001_extensiones")]
    operations = [migrations.RunSQL(CADENA + ACTAS + LO_QUE_SE_DICE_DESPUES + BUSQUEDA, VUELTA)]
