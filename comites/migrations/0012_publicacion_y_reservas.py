"""What an assembly consents to publish is written in its act, and what is reserved says why and until when."""

import django.contrib.postgres.fields
import django.contrib.postgres.search
from django.db import migrations, models

TABLAS = ("comites_sesion", "comites_puntodelorden", "comites_acuerdo")

# Nobody knows why they were reserved: it is said so, and somebody must look at them within three months.
JUSTIFICAR = (
    "".join(
        f"""
UPDATE {tabla} SET
  motivo_de_reserva = CASE WHEN motivo_de_reserva ~ '\\S' THEN motivo_de_reserva
    ELSE 'Se reservó antes de que el portal pidiera el motivo.' END,
  revisar_reserva_el = COALESCE(revisar_reserva_el, CURRENT_DATE + 90)
WHERE nivel = 'reservada' AND (motivo_de_reserva !~ '\\S' OR revisar_reserva_el IS NULL);
"""
        for tabla in TABLAS
    )
    + "SET CONSTRAINTS ALL IMMEDIATE;"
)

BUSQUEDA = """
CREATE FUNCTION comites_palabras_de_acuerdo(accion text, producto text, detalle text, folio text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT public.comites_palabras(concat_ws(' ', accion, producto, detalle, folio))
$$;

CREATE INDEX comites_acuerdo_busqueda ON comites_acuerdo
  USING gin (comites_palabras_de_acuerdo(accion, producto, detalle, folio)) WHERE nivel = 'publica';
CREATE INDEX comites_acto_busqueda ON comites_actodepublicacion USING gin (palabras) WHERE revocado_el IS NULL;
CREATE INDEX comites_sesion_publicas ON comites_sesion (inicio DESC) WHERE nivel = 'publica';
"""

SIN_BUSQUEDA = """
DROP INDEX comites_sesion_publicas;
DROP INDEX comites_acto_busqueda;
DROP INDEX comites_acuerdo_busqueda;
DROP FUNCTION comites_palabras_de_acuerdo(text, text, text, text);
"""

RESERVAS = "".join(
    f"CREATE INDEX {tabla}_reservas ON {tabla} (revisar_reserva_el) WHERE nivel = 'reservada';\n" for tabla in TABLAS
)
SIN_RESERVAS = "".join(f"DROP INDEX {tabla}_reservas;\n" for tabla in TABLAS)

ALCANCE = """
CREATE FUNCTION comites_acto_con_alcance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(NEW.puntos) > (
    SELECT count(*) FROM comites_puntodelorden
    WHERE id = ANY(NEW.puntos) AND sesion_id = NEW.sesion_id AND nivel <> 'reservada'
  ) OR cardinality(NEW.avances) > (
    SELECT count(*) FROM comites_avance WHERE id = ANY(NEW.avances) AND acuerdo_id = NEW.acuerdo_id
  ) THEN
    RAISE EXCEPTION 'Un acto publica puntos de su sesión que no sean reservados, o avances de su acuerdo.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_acto_con_alcance';
  END IF;
  NEW.palabras := NULL;
  IF NEW.sesion_id IS NOT NULL THEN
    SELECT comites_palabras(concat_ws(' ', m.nombre, COALESCE(c.nombre, s.tipo),
      (SELECT string_agg(p.titulo, ' ' ORDER BY p.orden) FROM comites_puntodelorden p WHERE p.id = ANY(NEW.puntos))))
    INTO NEW.palabras
    FROM comites_sesion s JOIN mesas_mesa m ON m.id = s.mesa_id LEFT JOIN comites_comite c ON c.id = s.comite_id
    WHERE s.id = NEW.sesion_id;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_acto_con_alcance BEFORE INSERT ON comites_actodepublicacion
  FOR EACH ROW EXECUTE FUNCTION comites_acto_con_alcance();

-- What an assembly read and consented to publish stays as it read it, while it is public. The steps of an
-- agreement are never rewritten (0011); its note could be.
CREATE FUNCTION comites_nota_consentida() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'La nota se publicó con el acuerdo: para cambiarla, retíralo y que la asamblea consienta otra vez.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_nota_consentida';
END $$;

CREATE TRIGGER comites_nota_consentida BEFORE UPDATE OF nota_publica ON comites_acuerdo
  FOR EACH ROW WHEN (OLD.nivel = 'publica' AND OLD.nota_publica IS DISTINCT FROM NEW.nota_publica)
  EXECUTE FUNCTION comites_nota_consentida();
"""

SIN_ALCANCE = """
DROP TRIGGER comites_nota_consentida ON comites_acuerdo;
DROP FUNCTION comites_nota_consentida();
DROP TRIGGER comites_acto_con_alcance ON comites_actodepublicacion;
DROP FUNCTION comites_acto_con_alcance();
"""


def justificada(modelo: str, nombre: str) -> migrations.AddConstraint:
    condicion = models.Q(
        models.Q(("nivel", "reservada"), _negated=True),
        models.Q(("motivo_de_reserva__regex", "\\S"), ("revisar_reserva_el__isnull", False)),
        _connector="OR",
    )
    return migrations.AddConstraint(
        model_name=modelo,
        constraint=models.CheckConstraint(
            condition=condicion,
            name=nombre,
            violation_error_message="Lo reservado dice por qué y cuándo se revisa.",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("comites", "0011_seguimiento"), ("mesas", "0003_sin_cargo_publico")]

    operations = [
        migrations.RunSQL(JUSTIFICAR, "SET CONSTRAINTS ALL IMMEDIATE;"),
        justificada("sesion", "comites_sesion_reserva"),
        justificada("puntodelorden", "comites_punto_reserva"),
        justificada("acuerdo", "comites_acuerdo_reserva"),
        migrations.AddField(
            model_name="actodepublicacion",
            name="puntos",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="puntos que se pueden leer",
            ),
        ),
        migrations.AddField(
            model_name="actodepublicacion",
            name="avances",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="avances que se pueden leer",
            ),
        ),
        migrations.AddField(
            model_name="actodepublicacion",
            name="palabras",
            field=django.contrib.postgres.search.SearchVectorField(
                editable=False, null=True, verbose_name="palabras de esos puntos"
            ),
        ),
        migrations.RunSQL(BUSQUEDA, SIN_BUSQUEDA),
        migrations.RunSQL(RESERVAS, SIN_RESERVAS),
        migrations.RunSQL(ALCANCE, SIN_ALCANCE),
    ]
