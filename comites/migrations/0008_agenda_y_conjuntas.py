"""Agendas that serve again, and mesas that meet together only after both said yes.

`Sesion.mesas` is the shadow of the accepted invitations, kept by PostgreSQL: a mesa that never
accepted must not find its members reading, nor be read, because somebody wrote a row.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Joint sessions from before invitations existed were agreed outside the portal.
YA_CONJUNTAS = """
INSERT INTO comites_invitacionconjunta (sesion_id, mesa_id, estado, propuesta_el)
SELECT sm.sesion_id, sm.mesa_id, 'aceptada', now()
FROM comites_sesion_mesas sm JOIN comites_sesion s ON s.id = sm.sesion_id
WHERE s.tipo <> 'encuentro' AND sm.mesa_id <> s.mesa_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""

IDA = """
CREATE FUNCTION comites_invitacion_posible() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  anfitriona bigint;
  de_encuentro boolean;
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.sesion_id, NEW.mesa_id) IS DISTINCT FROM (OLD.sesion_id, OLD.mesa_id) THEN
    RAISE EXCEPTION 'Una invitación no cambia de mesa ni de sesión: retírala y haz otra.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_invitacion_posible';
  END IF;
  PERFORM comites_minuta_cerrada(NEW.sesion_id);
  SELECT mesa_id, tipo = 'encuentro' INTO anfitriona, de_encuentro FROM comites_sesion WHERE id = NEW.sesion_id;
  IF de_encuentro THEN
    RAISE EXCEPTION 'A un encuentro las mesas se invitan en el encuentro, no en su sesión.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_invitacion_posible';
  ELSIF anfitriona = NEW.mesa_id THEN
    RAISE EXCEPTION 'La mesa que convoca no se invita a sí misma.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_invitacion_posible';
  ELSIF (SELECT count(DISTINCT es_demo) FROM mesas_mesa WHERE id IN (anfitriona, NEW.mesa_id)) > 1 THEN
    RAISE EXCEPTION 'Una mesa de demostración solo sesiona con otra de demostración.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_invitacion_posible';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_invitacion_posible BEFORE INSERT OR UPDATE OF sesion_id, mesa_id, estado
  ON comites_invitacionconjunta FOR EACH ROW EXECUTE FUNCTION comites_invitacion_posible();

CREATE FUNCTION comites_invitacion_respondida() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' AND NEW.estado = 'aceptada' THEN
    INSERT INTO comites_sesion_mesas (sesion_id, mesa_id) VALUES (NEW.sesion_id, NEW.mesa_id)
      ON CONFLICT DO NOTHING;
  ELSIF TG_OP <> 'INSERT' AND OLD.estado = 'aceptada' THEN
    DELETE FROM comites_sesion_mesas WHERE sesion_id = OLD.sesion_id AND mesa_id = OLD.mesa_id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER comites_invitacion_respondida AFTER INSERT OR DELETE OR UPDATE OF estado
  ON comites_invitacionconjunta FOR EACH ROW EXECUTE FUNCTION comites_invitacion_respondida();

CREATE FUNCTION comites_mesas_invitadas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT tipo <> 'encuentro' FROM comites_sesion WHERE id = NEW.sesion_id) AND NOT EXISTS (
    SELECT 1 FROM comites_invitacionconjunta
    WHERE sesion_id = NEW.sesion_id AND mesa_id = NEW.mesa_id AND estado = 'aceptada'
  ) THEN
    RAISE EXCEPTION 'Una mesa entra a una sesión conjunta cuando su coordinación acepta la invitación.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_mesas_invitadas';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_mesas_invitadas BEFORE INSERT OR UPDATE ON comites_sesion_mesas
  FOR EACH ROW EXECUTE FUNCTION comites_mesas_invitadas();
"""

VUELTA = """
DROP TRIGGER comites_mesas_invitadas ON comites_sesion_mesas;
DROP FUNCTION comites_mesas_invitadas();
DROP TRIGGER comites_invitacion_respondida ON comites_invitacionconjunta;
DROP FUNCTION comites_invitacion_respondida();
DROP TRIGGER comites_invitacion_posible ON comites_invitacionconjunta;
DROP FUNCTION comites_invitacion_posible();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0007_convocatorias"),
        ("mesas", "0003_sin_cargo_publico"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InvitacionConjunta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("propuesta", "Sin responder"),
                            ("aceptada", "Aceptó"),
                            ("rechazada", "No puede"),
                            ("retirada", "Se retiró"),
                        ],
                        default="propuesta",
                        max_length=10,
                        verbose_name="respuesta",
                    ),
                ),
                (
                    "recado",
                    models.CharField(
                        blank=True,
                        db_default="",
                        help_text="Por qué sesionar juntas.",
                        max_length=300,
                        verbose_name="recado",
                    ),
                ),
                (
                    "respuesta",
                    models.CharField(blank=True, db_default="", max_length=300, verbose_name="motivo de la respuesta"),
                ),
                ("propuesta_el", models.DateTimeField(default=django.utils.timezone.now, verbose_name="propuesta el")),
                ("respondida_el", models.DateTimeField(blank=True, null=True, verbose_name="respondida el")),
                (
                    "mesa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitaciones",
                        to="mesas.mesa",
                        verbose_name="mesa invitada",
                    ),
                ),
                (
                    "propuesta_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitaciones_conjuntas",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién invitó",
                    ),
                ),
                (
                    "respondida_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="respuestas_conjuntas",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién respondió",
                    ),
                ),
                (
                    "sesion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitaciones",
                        to="comites.sesion",
                        verbose_name="sesión",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitación a sesionar juntas",
                "verbose_name_plural": "invitaciones a sesionar juntas",
                "ordering": ["sesion", "mesa"],
                "indexes": [models.Index(fields=["mesa", "estado"], name="comites_invitacion_mesa_estado")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sesion", "mesa"),
                        name="comites_invitacion_unica",
                        violation_error_message="Esa mesa ya está invitada a esta sesión.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("estado__in", ["propuesta", "aceptada", "rechazada", "retirada"])),
                        name="comites_invitacion_estado",
                        violation_error_message="Esa respuesta no existe.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlantillaDeAgenda",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                ("actualizado", models.DateTimeField(auto_now=True, verbose_name="actualizado")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("plenaria", "Plenaria"),
                            ("comite", "Comité"),
                            ("taller", "Taller"),
                            ("instalacion", "Instalación"),
                            ("encuentro", "Encuentro"),
                        ],
                        max_length=12,
                        verbose_name="tipo de sesión",
                    ),
                ),
                ("nombre", models.CharField(max_length=80, verbose_name="nombre")),
                (
                    "renglones",
                    models.TextField(
                        help_text="Un punto por renglón; al final, sus minutos: «Cifras, 15 min».",
                        verbose_name="puntos",
                    ),
                ),
                (
                    "mesa",
                    models.ForeignKey(
                        blank=True,
                        help_text="Vacío: la ofrece la Red a todas las mesas.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plantillas",
                        to="mesas.mesa",
                        verbose_name="mesa",
                    ),
                ),
            ],
            options={
                "verbose_name": "plantilla de orden del día",
                "verbose_name_plural": "plantillas de orden del día",
                "ordering": ["tipo", "nombre"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mesa", "tipo", "nombre"),
                        name="comites_plantilla_unica",
                        nulls_distinct=False,
                        violation_error_message="Ya hay una plantilla con ese nombre para ese tipo de sesión.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("renglones__regex", "\\S")),
                        name="comites_plantilla_con_puntos",
                        violation_error_message="Una plantilla lleva al menos un punto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tipo__in", ["plenaria", "comite", "taller", "instalacion"])),
                        name="comites_plantilla_tipo",
                        violation_error_message="Las plantillas son de plenaria, comité, taller o instalación.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(YA_CONJUNTAS, migrations.RunSQL.noop),
        migrations.RunSQL(IDA, VUELTA),
    ]
