"""Calls of sessions, addresses at which a mesa reaches people, and private calendars.

A calendar pays no heed to a message whose number is lower than what it has seen, so the number of a
call never goes back; and an address that was revoked, because somebody else had it, never opens again.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDAS = """
CREATE FUNCTION comites_convocatoria_en_orden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.uid = OLD.uid AND NEW.secuencia < OLD.secuencia THEN
    RAISE EXCEPTION 'La secuencia de una convocatoria no retrocede: los calendarios no harían caso.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_convocatoria_en_orden';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comites_convocatoria_en_orden BEFORE UPDATE ON comites_convocatoria
  FOR EACH ROW EXECUTE FUNCTION comites_convocatoria_en_orden();

CREATE FUNCTION comites_calendario_revocado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.revocada_el IS NOT NULL AND NEW.revocada_el IS DISTINCT FROM OLD.revocada_el
    OR NEW.huella IS DISTINCT FROM OLD.huella OR NEW.usuario_id IS DISTINCT FROM OLD.usuario_id
  THEN
    RAISE EXCEPTION 'Una dirección de calendario no cambia ni vuelve a abrir: se revoca y se pide otra.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_calendario_revocado';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER comites_calendario_revocado BEFORE UPDATE ON comites_direcciondecalendario
  FOR EACH ROW EXECUTE FUNCTION comites_calendario_revocado();
"""

SIN_GUARDAS = """
DROP TRIGGER comites_calendario_revocado ON comites_direcciondecalendario;
DROP FUNCTION comites_calendario_revocado();
DROP TRIGGER comites_convocatoria_en_orden ON comites_convocatoria;
DROP FUNCTION comites_convocatoria_en_orden();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0006_envios"),
        ("mesas", "0003_sin_cargo_publico"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contacto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                ("actualizado", models.DateTimeField(auto_now=True, verbose_name="actualizado")),
                ("correo", models.EmailField(max_length=254, verbose_name="correo")),
                (
                    "institucion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contactos",
                        to="mesas.institucion",
                        verbose_name="institución",
                    ),
                ),
                (
                    "mesa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contactos",
                        to="mesas.mesa",
                        verbose_name="mesa",
                    ),
                ),
                (
                    "persona",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contactos",
                        to="mesas.persona",
                        verbose_name="persona",
                    ),
                ),
            ],
            options={
                "verbose_name": "contacto",
                "verbose_name_plural": "contactos",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("institucion__isnull", True), ("persona__isnull", False)),
                            models.Q(("institucion__isnull", False), ("persona__isnull", True)),
                            _connector="OR",
                        ),
                        name="comites_contacto_de_alguien",
                        violation_error_message="Un contacto es de una persona o de una institución.",
                    ),
                    models.UniqueConstraint(
                        fields=("mesa", "persona"),
                        name="comites_contacto_una_persona",
                        violation_error_message="La mesa ya tiene el correo de esa persona.",
                    ),
                    models.UniqueConstraint(
                        fields=("mesa", "institucion"),
                        name="comites_contacto_una_institucion",
                        violation_error_message="La mesa ya tiene el correo de esa institución.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Convocatoria",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="identidad en los calendarios"
                    ),
                ),
                ("secuencia", models.PositiveIntegerField(default=0, verbose_name="secuencia")),
                ("dicho", models.JSONField(default=dict, verbose_name="lo que se avisó")),
                ("dicho_el", models.DateTimeField(verbose_name="avisado el")),
                ("convocada_el", models.DateTimeField(verbose_name="convocada el")),
                ("cancelada_el", models.DateTimeField(blank=True, null=True, verbose_name="cancelada el")),
                (
                    "motivo_de_cancelacion",
                    models.CharField(blank=True, max_length=200, verbose_name="por qué se canceló"),
                ),
                (
                    "autor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién convocó",
                    ),
                ),
                (
                    "sesion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="convocatoria",
                        to="comites.sesion",
                        verbose_name="sesión",
                    ),
                ),
            ],
            options={
                "verbose_name": "convocatoria",
                "verbose_name_plural": "convocatorias",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelada_el__isnull", True), ("motivo_de_cancelacion", "")),
                            models.Q(
                                ("cancelada_el__isnull", False), models.Q(("motivo_de_cancelacion", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="comites_convocatoria_cancelada_con_motivo",
                        violation_error_message="Di por qué se cancela.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DireccionDeCalendario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("semilla", models.CharField(editable=False, max_length=40, verbose_name="semilla")),
                ("huella", models.CharField(editable=False, max_length=64, unique=True, verbose_name="huella")),
                ("creada", models.DateTimeField(auto_now_add=True, verbose_name="creada")),
                ("revocada_el", models.DateTimeField(blank=True, null=True, verbose_name="revocada el")),
                (
                    "usuario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="direcciones_de_calendario",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="cuenta",
                    ),
                ),
            ],
            options={
                "verbose_name": "dirección de calendario",
                "verbose_name_plural": "direcciones de calendario",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revocada_el__isnull", True)),
                        fields=("usuario",),
                        name="comites_una_direccion_de_calendario",
                        violation_error_message="Esa cuenta ya tiene una dirección de calendario.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("huella__regex", "^[0-9a-f]{64}$")),
                        name="comites_direccion_con_huella",
                        violation_error_message="De la dirección se guarda su huella, no la dirección.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDAS, SIN_GUARDAS),
    ]
