"""Whom each published text names, so that it stops being public the moment one of them may not be named.

PostgreSQL reads the text when it is published, when somebody joins the mesa or changes name, and, of a
person who is hidden, in the whole network: whatever writes it, consent given back or a person hidden
takes the text from every channel in the same breath, for all of them read `publicas()`.
"""

import django.db.models.deletion
from django.db import migrations, models

FUNCIONES = r"""
-- The words of a text between single spaces, without accents or capitals: « juan perez ».
CREATE FUNCTION comites_palabras_llanas(texto text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ' ' || btrim(regexp_replace(public.sin_acentos(texto), '\W+', ' ', 'g')) || ' '
$$;

-- Whole, or the first name beside another of its words, as `formas_de_nombres.formas` says.
CREATE FUNCTION comites_dice_el_nombre(llano text, nombre text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT cardinality(p) > 1 AND (
    position(' ' || array_to_string(p, ' ') || ' ' IN llano) > 0
    OR EXISTS (SELECT 1 FROM unnest(p[2:]) otra
      WHERE length(otra) > 3 AND position(' ' || p[1] || ' ' || otra || ' ' IN llano) > 0))
  FROM string_to_array(btrim(public.comites_palabras_llanas(nombre)), ' ') p
$$;

-- All that an act lets anybody read.
CREATE FUNCTION comites_texto_del_acto(acuerdo bigint, avances bigint[], puntos bigint[]) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT public.comites_palabras_llanas(concat_ws(' ',
    (SELECT concat_ws(' ', a.accion, a.producto, a.detalle, a.verificacion, a.nota_publica)
      FROM public.comites_acuerdo a WHERE a.id = $1),
    (SELECT string_agg(v.texto, ' ') FROM public.comites_avance v WHERE v.id = ANY($2)),
    (SELECT string_agg(p.titulo, ' ') FROM public.comites_puntodelorden p WHERE p.id = ANY($3))))
$$;

CREATE FUNCTION comites_actos_de_mesa(mesa bigint) RETURNS TABLE (acto bigint, dice text) LANGUAGE sql STABLE AS $$
  WITH suyas AS (
    SELECT s.id FROM public.comites_sesion s WHERE s.mesa_id = $1
    UNION SELECT c.sesion_id FROM public.comites_sesion_mesas c WHERE c.mesa_id = $1
  )
  SELECT a.id, a.dice FROM suyas JOIN public.comites_actodepublicacion a ON a.sesion_id = suyas.id
    WHERE a.revocado_el IS NULL
  UNION ALL
  SELECT a.id, a.dice FROM suyas JOIN public.comites_acuerdo c ON c.sesion_id = suyas.id
    JOIN public.comites_actodepublicacion a ON a.acuerdo_id = c.id WHERE a.revocado_el IS NULL
$$;

CREATE FUNCTION comites_nombrados_en(acto public.comites_actodepublicacion) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
  WITH sesion AS (
    SELECT s.id, s.mesa_id FROM public.comites_sesion s
    WHERE s.id = COALESCE($1.sesion_id, (SELECT c.sesion_id FROM public.comites_acuerdo c WHERE c.id = $1.acuerdo_id))
  ), mesas AS (
    SELECT mesa_id FROM sesion
    UNION SELECT c.mesa_id FROM public.comites_sesion_mesas c JOIN sesion ON c.sesion_id = sesion.id
  ), candidatos AS (
    SELECT i.persona_id AS id FROM public.mesas_integrante i JOIN mesas ON mesas.mesa_id = i.mesa_id
    UNION SELECT p.id FROM public.mesas_persona p WHERE p.oculta
  )
  SELECT p.id FROM candidatos JOIN public.mesas_persona p ON p.id = candidatos.id
  WHERE public.comites_dice_el_nombre($1.dice, p.nombre)
$$;
"""

SIN_FUNCIONES = """
DROP FUNCTION comites_nombrados_en(comites_actodepublicacion);
DROP FUNCTION comites_actos_de_mesa(bigint);
DROP FUNCTION comites_texto_del_acto(bigint, bigint[], bigint[]);
DROP FUNCTION comites_dice_el_nombre(text, text);
DROP FUNCTION comites_palabras_llanas(text);
"""

# What is public already is read too. An act is never rewritten: the guard steps aside for this column alone.
LO_PUBLICADO = """
ALTER TABLE comites_actodepublicacion DISABLE TRIGGER comites_acto_no_se_reescribe;
UPDATE comites_actodepublicacion SET dice = comites_texto_del_acto(acuerdo_id, avances, puntos);
ALTER TABLE comites_actodepublicacion ENABLE TRIGGER comites_acto_no_se_reescribe;
INSERT INTO comites_nombreenacto (acto_id, persona_id)
  SELECT a.id, n FROM comites_actodepublicacion a CROSS JOIN comites_nombrados_en(a) n WHERE a.revocado_el IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""

DISPARADORES = """
CREATE FUNCTION comites_acto_dice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.dice := public.comites_texto_del_acto(NEW.acuerdo_id, NEW.avances, NEW.puntos);
  RETURN NEW;
END $$;
CREATE TRIGGER comites_acto_dice BEFORE INSERT ON comites_actodepublicacion
  FOR EACH ROW EXECUTE FUNCTION comites_acto_dice();

CREATE FUNCTION comites_acto_nombra() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO comites_nombreenacto (acto_id, persona_id) SELECT NEW.id, n FROM comites_nombrados_en(NEW) n;
  RETURN NULL;
END $$;
CREATE TRIGGER comites_acto_nombra AFTER INSERT ON comites_actodepublicacion
  FOR EACH ROW EXECUTE FUNCTION comites_acto_nombra();

CREATE FUNCTION comites_asiento_nombrado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO comites_nombreenacto (acto_id, persona_id)
    SELECT a.acto, p.id FROM mesas_persona p CROSS JOIN comites_actos_de_mesa(NEW.mesa_id) a
    WHERE p.id = NEW.persona_id AND comites_dice_el_nombre(a.dice, p.nombre)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER comites_asiento_nombrado AFTER INSERT OR UPDATE OF persona_id, mesa_id ON mesas_integrante
  FOR EACH ROW EXECUTE FUNCTION comites_asiento_nombrado();

CREATE FUNCTION comites_persona_nombrada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO comites_nombreenacto (acto_id, persona_id)
    SELECT a.acto, NEW.id FROM (SELECT DISTINCT mesa_id FROM mesas_integrante WHERE persona_id = NEW.id) m
    CROSS JOIN comites_actos_de_mesa(m.mesa_id) a
    WHERE comites_dice_el_nombre(a.dice, NEW.nombre)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER comites_persona_nombrada AFTER UPDATE OF nombre ON mesas_persona
  FOR EACH ROW WHEN (OLD.nombre <> NEW.nombre) EXECUTE FUNCTION comites_persona_nombrada();

-- Who must not be found must not be found anywhere, also where another mesa says the name.
CREATE FUNCTION comites_persona_oculta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO comites_nombreenacto (acto_id, persona_id)
    SELECT a.id, NEW.id FROM comites_actodepublicacion a
    WHERE a.revocado_el IS NULL
      -- every form of a name begins with its first word: what does not say it costs a glance
      AND position(' ' || split_part(btrim(comites_palabras_llanas(NEW.nombre)), ' ', 1) || ' ' IN a.dice) > 0
      AND comites_dice_el_nombre(a.dice, NEW.nombre)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER comites_persona_oculta AFTER INSERT OR UPDATE OF nombre, oculta ON mesas_persona
  FOR EACH ROW WHEN (NEW.oculta) EXECUTE FUNCTION comites_persona_oculta();
"""

SIN_DISPARADORES = """
DROP TRIGGER comites_persona_oculta ON mesas_persona;
DROP FUNCTION comites_persona_oculta();
DROP TRIGGER comites_persona_nombrada ON mesas_persona;
DROP FUNCTION comites_persona_nombrada();
DROP TRIGGER comites_asiento_nombrado ON mesas_integrante;
DROP FUNCTION comites_asiento_nombrado();
DROP TRIGGER comites_acto_nombra ON comites_actodepublicacion;
DROP FUNCTION comites_acto_nombra();
DROP TRIGGER comites_acto_dice ON comites_actodepublicacion;
DROP FUNCTION comites_acto_dice();
"""


class Migration(migrations.Migration):
    dependencies = [("comites", "0015_compartidos_con_la_red"), ("mesas", "0004_periodos_de_gobierno")]

    operations = [
        migrations.AddField(
            model_name="actodepublicacion",
            name="dice",
            field=models.TextField(
                blank=True, db_default="", default="", editable=False, verbose_name="lo que deja leer"
            ),
        ),
        migrations.CreateModel(
            name="NombreEnActo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "acto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nombra",
                        to="comites.actodepublicacion",
                        verbose_name="acto",
                    ),
                ),
                (
                    "persona",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="mesas.persona",
                        verbose_name="persona",
                    ),
                ),
            ],
            options={
                "verbose_name": "nombre en lo publicado",
                "verbose_name_plural": "nombres en lo publicado",
                "constraints": [
                    models.UniqueConstraint(fields=("acto", "persona"), name="comites_una_vez_cada_nombre")
                ],
            },
        ),
        migrations.RunSQL(FUNCIONES, SIN_FUNCIONES),
        migrations.RunSQL(LO_PUBLICADO, migrations.RunSQL.noop),
        migrations.RunSQL(DISPARADORES, SIN_DISPARADORES),
    ]
