"""What a session writes while it meets: who comes and goes, roll-calls, quorum, the item at hand, each write once.

Comings and goings, roll-calls and turns are part of the minute: they freeze when the session closes.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import comun.modelos

IDA = """
CREATE TRIGGER comites_pase_cerrado BEFORE INSERT OR UPDATE OR DELETE ON comites_pasedelista
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta();
CREATE TRIGGER comites_movimiento_cerrado BEFORE INSERT OR UPDATE OR DELETE ON comites_movimiento
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta();
CREATE TRIGGER comites_turno_cerrado BEFORE INSERT OR UPDATE OR DELETE ON comites_turno
  FOR EACH ROW EXECUTE FUNCTION comites_parte_de_la_minuta();

CREATE FUNCTION comites_turno_de_su_sesion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sesion_id <> (SELECT sesion_id FROM comites_puntodelorden WHERE id = NEW.punto_id) THEN
    RAISE EXCEPTION 'El punto es de otra sesión.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_turno_de_su_sesion';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_turno_de_su_sesion BEFORE INSERT OR UPDATE OF punto_id, sesion_id ON comites_turno
  FOR EACH ROW EXECUTE FUNCTION comites_turno_de_su_sesion();

CREATE FUNCTION comites_regla_de_su_mesa() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.comite_id IS NOT NULL
    AND NEW.mesa_id <> (SELECT mesa_id FROM comites_comite WHERE id = NEW.comite_id) THEN
    RAISE EXCEPTION 'El comité es de otra mesa.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_regla_de_su_mesa';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_regla_de_su_mesa BEFORE INSERT OR UPDATE OF comite_id, mesa_id ON comites_regladequorum
  FOR EACH ROW EXECUTE FUNCTION comites_regla_de_su_mesa();
"""

VUELTA = """
DROP TRIGGER comites_regla_de_su_mesa ON comites_regladequorum;
DROP FUNCTION comites_regla_de_su_mesa();
DROP TRIGGER comites_turno_de_su_sesion ON comites_turno;
DROP FUNCTION comites_turno_de_su_sesion();
DROP TRIGGER comites_turno_cerrado ON comites_turno;
DROP TRIGGER comites_movimiento_cerrado ON comites_movimiento;
DROP TRIGGER comites_pase_cerrado ON comites_pasedelista;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0008_agenda_y_conjuntas"),
        ("mesas", "0003_sin_cargo_publico"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaseDeLista",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nombre", models.CharField(max_length=80, verbose_name="pase de lista")),
                ("hora", models.DateTimeField(verbose_name="hora")),
                ("en_sala", models.PositiveSmallIntegerField(verbose_name="en la sala")),
                ("base", models.PositiveSmallIntegerField(verbose_name="de cuántos")),
                ("requeridos", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hacían falta")),
                (
                    "sesion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pases",
                        to="comites.sesion",
                        verbose_name="sesión",
                    ),
                ),
            ],
            options={
                "verbose_name": "pase de lista",
                "verbose_name_plural": "pases de lista",
                "ordering": ["sesion", "hora", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Movimiento",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tipo",
                    models.CharField(
                        choices=[("llegada", "Llegó"), ("salida", "Se fue")], max_length=8, verbose_name="qué hizo"
                    ),
                ),
                ("hora", models.DateTimeField(verbose_name="hora")),
                (
                    "integrante",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movimientos",
                        to="mesas.integrante",
                        verbose_name="integrante",
                    ),
                ),
                (
                    "sesion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="movimientos",
                        to="comites.sesion",
                        verbose_name="sesión",
                    ),
                ),
                (
                    "pase",
                    models.ForeignKey(
                        blank=True,
                        help_text="El pase en que se notó; vacío: se anotó en el momento.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="movimientos",
                        to="comites.pasedelista",
                        verbose_name="pase de lista",
                    ),
                ),
            ],
            options={
                "verbose_name": "entrada o salida",
                "verbose_name_plural": "entradas y salidas",
                "ordering": ["sesion", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReglaDeQuorum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "desde",
                    models.DateField(
                        blank=True,
                        help_text="Primer día. Déjalo vacío si ninguna fuente lo dice.",
                        null=True,
                        verbose_name="desde",
                    ),
                ),
                (
                    "hasta",
                    models.DateField(
                        blank=True,
                        help_text="Primer día en que ya no vale. Vacío mientras siga vigente.",
                        null=True,
                        verbose_name="hasta",
                    ),
                ),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("mayoria", "La mitad más uno"),
                            ("fraccion", "Una fracción (dos tercios…)"),
                            ("numero", "Un número fijo de personas"),
                        ],
                        default="mayoria",
                        max_length=8,
                        verbose_name="cuántas personas",
                    ),
                ),
                ("numerador", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="numerador")),
                ("denominador", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="denominador")),
                ("numero", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="número")),
                (
                    "solo_ciudadanos",
                    models.BooleanField(default=False, verbose_name="solo cuentan integrantes sin cargo público"),
                ),
                ("valen_suplentes", models.BooleanField(default=True, verbose_name="quien suple cuenta")),
                ("fundamento", models.CharField(blank=True, max_length=200, verbose_name="dónde se acordó")),
                (
                    "autor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién la registró",
                    ),
                ),
                (
                    "comite",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reglas_de_quorum",
                        to="comites.comite",
                        verbose_name="comité",
                    ),
                ),
                (
                    "mesa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reglas_de_quorum",
                        to="mesas.mesa",
                        verbose_name="mesa",
                    ),
                ),
            ],
            options={
                "verbose_name": "regla de quórum",
                "verbose_name_plural": "reglas de quórum",
                "ordering": ["mesa", "comite", "-desde"],
            },
        ),
        migrations.CreateModel(
            name="Turno",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hora", models.DateTimeField(verbose_name="desde")),
                (
                    "punto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turnos",
                        to="comites.puntodelorden",
                        verbose_name="punto",
                    ),
                ),
                (
                    "sesion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turnos",
                        to="comites.sesion",
                        verbose_name="sesión",
                    ),
                ),
            ],
            options={
                "verbose_name": "punto en turno",
                "verbose_name_plural": "puntos en turno",
                "ordering": ["sesion", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Captura",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clave", models.UUIDField(unique=True, verbose_name="clave")),
                ("que", models.CharField(max_length=20, verbose_name="qué escribió")),
                ("objeto", models.CharField(max_length=40, verbose_name="sobre qué")),
                ("huella", models.CharField(max_length=64, verbose_name="huella de lo enviado")),
                ("respuesta", models.JSONField(verbose_name="lo que se contestó")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="recibida")),
                (
                    "autor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién escribió",
                    ),
                ),
                (
                    "sesion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="capturas",
                        to="comites.sesion",
                        verbose_name="sesión",
                    ),
                ),
            ],
            options={
                "verbose_name": "captura",
                "verbose_name_plural": "capturas",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["sesion", "-id"], name="comites_captura_de_sesion")],
            },
        ),
        migrations.AddConstraint(
            model_name="pasedelista",
            constraint=models.CheckConstraint(
                condition=models.Q(("en_sala__lte", models.F("base"))),
                name="comites_pase_cuenta",
                violation_error_message="En la sala no puede haber más personas que asientos.",
            ),
        ),
        migrations.AddConstraint(
            model_name="movimiento",
            constraint=models.CheckConstraint(
                condition=models.Q(("tipo__in", ["llegada", "salida"])),
                name="comites_movimiento_tipo",
                violation_error_message="Se llega o se sale.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regladequorum",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        comun.modelos.RangoDeFechas(
                            "desde", "hasta", django.contrib.postgres.fields.ranges.RangeBoundary()
                        ),
                        "&&",
                    ),
                    ("mesa", "="),
                    (django.db.models.functions.comparison.Coalesce(models.F("comite"), models.Value(0)), "="),
                ],
                name="comites_regla_sin_traslape",
                violation_error_message="Ese órgano ya tiene una regla de quórum en alguna de esas fechas.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regladequorum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("desde__isnull", True), ("hasta__isnull", True), ("desde__lt", models.F("hasta")), _connector="OR"
                ),
                name="comites_regla_en_orden",
                violation_error_message="La fecha de término debe ser posterior a la de inicio.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regladequorum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("denominador__isnull", True),
                        ("numerador__isnull", True),
                        ("numero__isnull", True),
                        ("tipo", "mayoria"),
                    ),
                    models.Q(
                        ("denominador__isnull", False),
                        ("numerador__isnull", False),
                        ("numero__isnull", True),
                        ("tipo", "fraccion"),
                        ("denominador__gte", models.F("numerador")),
                        ("numerador__gte", 1),
                    ),
                    models.Q(
                        ("denominador__isnull", True),
                        ("numerador__isnull", True),
                        ("numero__isnull", False),
                        ("tipo", "numero"),
                        ("numero__gte", 1),
                    ),
                    _connector="OR",
                ),
                name="comites_regla_completa",
                violation_error_message="Di la fracción (de 1/2 a 1/1) o el número de personas, según la regla.",
            ),
        ),
        migrations.RunSQL(IDA, VUELTA),
    ]
