"""Names as people say them: without «de la», by the second name, with the accent apart; and in what is shared.

The check of 0016 took the first name only beside a long word that followed it at once, so «Juan de la Cruz», «Juan
Gil» and «Luis Pérez» passed. Everything that is public, and every agreement that other mesas read, is read again.

Who publishes, takes a seat, changes name or is hidden takes a turn (an advisory lock of the transaction): two at
once would not see each other, and a text would go on saying a name for which nobody looked.
"""

import django.db.models.deletion
from django.db import migrations, models

# The words of a text between single spaces, without accents, capitals, what joins a name, or initials: « juan perez ».
PALABRAS = r"""
CREATE OR REPLACE FUNCTION comites_palabras_llanas(texto text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ' ' || btrim(regexp_replace(
    ' ' || btrim(regexp_replace(
      public.sin_acentos(
        regexp_replace(normalize(texto, NFD), '[\u0300-\u036F\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]', '', 'g')
      ), '\W+', ' ', 'g')) || ' ',
    ' (?:de|del|la|las|los|y|\w)(?= )', '', 'g')) || ' '
$$;
CREATE OR REPLACE FUNCTION comites_dice_el_nombre(llano text, nombre text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM unnest(p[2:]) otra WHERE position(' ' || p[1] || ' ' || otra || ' ' IN llano) > 0)
    OR EXISTS (SELECT 1 FROM generate_series(2, cardinality(p) - 1) i
      WHERE position(' ' || p[i] || ' ' || p[i + 1] || ' ' IN llano) > 0)
  FROM string_to_array(btrim(public.comites_palabras_llanas(nombre)), ' ') p
$$;
"""

COMO_ANTES = r"""
CREATE OR REPLACE FUNCTION comites_palabras_llanas(texto text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ' ' || btrim(regexp_replace(public.sin_acentos(texto), '\W+', ' ', 'g')) || ' '
$$;
CREATE OR REPLACE FUNCTION comites_dice_el_nombre(llano text, nombre text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT cardinality(p) > 1 AND (
    position(' ' || array_to_string(p, ' ') || ' ' IN llano) > 0
    OR EXISTS (SELECT 1 FROM unnest(p[2:]) otra
      WHERE length(otra) > 3 AND position(' ' || p[1] || ' ' || otra || ' ' IN llano) > 0))
  FROM string_to_array(btrim(public.comites_palabras_llanas(nombre)), ' ') p
$$;
"""

COMPARTIDO = r"""
-- What other mesas read of an agreement that its mesa shares.
CREATE FUNCTION comites_texto_compartido(fila public.comites_acuerdo) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT public.comites_palabras_llanas(
    concat_ws(' ', $1.accion, $1.producto, $1.detalle, $1.verificacion, $1.nota_publica))
$$;

CREATE FUNCTION comites_nombrados_en_compartido(fila public.comites_acuerdo) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
  WITH mesas AS (
    SELECT s.mesa_id FROM public.comites_sesion s WHERE s.id = $1.sesion_id
    UNION SELECT c.mesa_id FROM public.comites_sesion_mesas c WHERE c.sesion_id = $1.sesion_id
  ), candidatos AS (
    SELECT i.persona_id AS id FROM public.mesas_integrante i JOIN mesas ON mesas.mesa_id = i.mesa_id
    UNION SELECT p.id FROM public.mesas_persona p WHERE p.oculta
  )
  SELECT p.id FROM candidatos JOIN public.mesas_persona p ON p.id = candidatos.id
  WHERE public.comites_dice_el_nombre(public.comites_texto_compartido($1), p.nombre)
$$;

CREATE FUNCTION comites_compartidos_de_mesa(mesa bigint) RETURNS SETOF public.comites_acuerdo LANGUAGE sql STABLE AS $$
  SELECT a.* FROM public.comites_acuerdo a WHERE a.nivel = 'red' AND a.sesion_id IN (
    SELECT s.id FROM public.comites_sesion s WHERE s.mesa_id = $1
    UNION SELECT c.sesion_id FROM public.comites_sesion_mesas c WHERE c.mesa_id = $1)
$$;

-- One at a time: who reads texts for a name sees what the other wrote.
CREATE FUNCTION comites_turno_de_los_nombres() RETURNS void LANGUAGE sql VOLATILE AS $$
  SELECT pg_advisory_xact_lock(hashtext('comites_nombres'))
$$;
"""

SIN_COMPARTIDO = """
DROP FUNCTION comites_turno_de_los_nombres();
DROP FUNCTION comites_compartidos_de_mesa(bigint);
DROP FUNCTION comites_nombrados_en_compartido(comites_acuerdo);
DROP FUNCTION comites_texto_compartido(comites_acuerdo);
"""

# An act is never rewritten: the guard steps aside for this column alone, as in 0016. Nobody writes meanwhile.
RELEER = """
LOCK TABLE mesas_persona, mesas_integrante, comites_acuerdo IN SHARE ROW EXCLUSIVE MODE;
ALTER TABLE comites_actodepublicacion DISABLE TRIGGER comites_acto_no_se_reescribe;
UPDATE comites_actodepublicacion SET dice = comites_texto_del_acto(acuerdo_id, avances, puntos);
ALTER TABLE comites_actodepublicacion ENABLE TRIGGER comites_acto_no_se_reescribe;
INSERT INTO comites_nombreenacto (acto_id, persona_id)
  SELECT a.id, n FROM comites_actodepublicacion a CROSS JOIN comites_nombrados_en(a) n WHERE a.revocado_el IS NULL
  ON CONFLICT DO NOTHING;
"""

LO_COMPARTIDO = """
INSERT INTO comites_nombreencompartido (acuerdo_id, persona_id)
  SELECT a.id, n FROM comites_acuerdo a CROSS JOIN comites_nombrados_en_compartido(a) n WHERE a.nivel = 'red';
SET CONSTRAINTS ALL IMMEDIATE;
"""

DISPARADORES = """
CREATE FUNCTION comites_compartido_nombra() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM comites_turno_de_los_nombres();
  -- Of a person erased the row stays: nobody can tell any more whether the text says that name.
  DELETE FROM comites_nombreencompartido WHERE acuerdo_id = NEW.id AND persona_id IS NOT NULL;
  INSERT INTO comites_nombreencompartido (acuerdo_id, persona_id)
    SELECT NEW.id, n FROM comites_nombrados_en_compartido(NEW) n;
  RETURN NULL;
END $$;
CREATE TRIGGER comites_compartido_nombra
  AFTER INSERT OR UPDATE OF nivel, accion, producto, detalle, verificacion, nota_publica ON comites_acuerdo
  FOR EACH ROW WHEN (NEW.nivel = 'red') EXECUTE FUNCTION comites_compartido_nombra();

CREATE OR REPLACE FUNCTION comites_acto_nombra() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM comites_turno_de_los_nombres();
  INSERT INTO comites_nombreenacto (acto_id, persona_id) SELECT NEW.id, n FROM comites_nombrados_en(NEW) n;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION comites_asiento_nombrado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM comites_turno_de_los_nombres();
  INSERT INTO comites_nombreenacto (acto_id, persona_id)
    SELECT a.acto, p.id FROM mesas_persona p CROSS JOIN comites_actos_de_mesa(NEW.mesa_id) a
    WHERE p.id = NEW.persona_id AND comites_dice_el_nombre(a.dice, p.nombre)
  ON CONFLICT DO NOTHING;
  INSERT INTO comites_nombreencompartido (acuerdo_id, persona_id)
    SELECT a.id, p.id FROM mesas_persona p CROSS JOIN comites_compartidos_de_mesa(NEW.mesa_id) a
    WHERE p.id = NEW.persona_id AND comites_dice_el_nombre(comites_texto_compartido(a), p.nombre)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION comites_persona_nombrada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM comites_turno_de_los_nombres();
  INSERT INTO comites_nombreenacto (acto_id, persona_id)
    SELECT a.acto, NEW.id FROM (SELECT DISTINCT mesa_id FROM mesas_integrante WHERE persona_id = NEW.id) m
    CROSS JOIN comites_actos_de_mesa(m.mesa_id) a
    WHERE comites_dice_el_nombre(a.dice, NEW.nombre)
  ON CONFLICT DO NOTHING;
  INSERT INTO comites_nombreencompartido (acuerdo_id, persona_id)
    SELECT a.id, NEW.id FROM (SELECT DISTINCT mesa_id FROM mesas_integrante WHERE persona_id = NEW.id) m
    CROSS JOIN comites_compartidos_de_mesa(m.mesa_id) a
    WHERE comites_dice_el_nombre(comites_texto_compartido(a), NEW.nombre)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION comites_persona_oculta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM comites_turno_de_los_nombres();
  INSERT INTO comites_nombreenacto (acto_id, persona_id)
    SELECT a.id, NEW.id FROM comites_actodepublicacion a
    WHERE a.revocado_el IS NULL AND comites_dice_el_nombre(a.dice, NEW.nombre)
  ON CONFLICT DO NOTHING;
  INSERT INTO comites_nombreencompartido (acuerdo_id, persona_id)
    SELECT a.id, NEW.id FROM comites_acuerdo a
    WHERE a.nivel = 'red' AND comites_dice_el_nombre(comites_texto_compartido(a), NEW.nombre)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
"""

DISPARADORES_DE_ANTES = """
DROP TRIGGER comites_compartido_nombra ON comites_acuerdo;
DROP FUNCTION comites_compartido_nombra();

CREATE OR REPLACE FUNCTION comites_acto_nombra() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO comites_nombreenacto (acto_id, persona_id) SELECT NEW.id, n FROM comites_nombrados_en(NEW) n;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION comites_asiento_nombrado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO comites_nombreenacto (acto_id, persona_id)
    SELECT a.acto, p.id FROM mesas_persona p CROSS JOIN comites_actos_de_mesa(NEW.mesa_id) a
    WHERE p.id = NEW.persona_id AND comites_dice_el_nombre(a.dice, p.nombre)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION comites_persona_nombrada() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO comites_nombreenacto (acto_id, persona_id)
    SELECT a.acto, NEW.id FROM (SELECT DISTINCT mesa_id FROM mesas_integrante WHERE persona_id = NEW.id) m
    CROSS JOIN comites_actos_de_mesa(m.mesa_id) a
    WHERE comites_dice_el_nombre(a.dice, NEW.nombre)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION comites_persona_oculta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO comites_nombreenacto (acto_id, persona_id)
    SELECT a.id, NEW.id FROM comites_actodepublicacion a
    WHERE a.revocado_el IS NULL
      AND position(' ' || split_part(btrim(comites_palabras_llanas(NEW.nombre)), ' ', 1) || ' ' IN a.dice) > 0
      AND comites_dice_el_nombre(a.dice, NEW.nombre)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("comites", "0019_el_registro_de_envios_queda"), ("mesas", "0004_periodos_de_gobierno")]

    operations = [
        migrations.CreateModel(
            name="NombreEnCompartido",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "acuerdo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="nombra",
                        to="comites.acuerdo",
                        verbose_name="acuerdo",
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
                "verbose_name": "nombre en lo compartido",
                "verbose_name_plural": "nombres en lo compartido",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("acuerdo", "persona"), name="comites_una_vez_cada_nombre_compartido"
                    )
                ],
            },
        ),
        # Backwards the texts are read again with the words of before, after the functions went back to them.
        migrations.RunSQL(migrations.RunSQL.noop, RELEER),
        migrations.RunSQL(PALABRAS, COMO_ANTES),
        migrations.RunSQL(RELEER, migrations.RunSQL.noop),
        migrations.RunSQL(COMPARTIDO, SIN_COMPARTIDO),
        migrations.RunSQL(LO_COMPARTIDO, migrations.RunSQL.noop),
        migrations.RunSQL(DISPARADORES, DISPARADORES_DE_ANTES),
    ]
