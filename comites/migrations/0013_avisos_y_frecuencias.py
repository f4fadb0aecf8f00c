"""What reminders each one wants, and how often each organ said that it would meet."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import comun.modelos


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0012_publicacion_y_reservas"),
        ("mesas", "0004_periodos_de_gobierno"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrecuenciaDeSesiones",
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
                    "meses",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Cada mes"),
                            (2, "Cada dos meses"),
                            (3, "Cada tres meses"),
                            (4, "Cada cuatro meses"),
                            (6, "Cada seis meses"),
                            (12, "Cada año"),
                        ],
                        verbose_name="cada cuánto se reúne",
                    ),
                ),
                (
                    "comite",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="frecuencias",
                        to="comites.comite",
                        verbose_name="comité",
                    ),
                ),
                (
                    "mesa",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="frecuencias",
                        to="mesas.mesa",
                        verbose_name="plenaria de la mesa",
                    ),
                ),
            ],
            options={
                "verbose_name": "frecuencia de sesiones",
                "verbose_name_plural": "frecuencias de sesiones",
                "ordering": ["desde", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("comite__isnull", True), ("mesa__isnull", False)),
                            models.Q(("comite__isnull", False), ("mesa__isnull", True)),
                            _connector="OR",
                        ),
                        name="comites_frecuencia_de_un_organo",
                        violation_error_message="La frecuencia es de la plenaria de una mesa o de un comité.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("meses__in", [1, 2, 3, 4, 6, 12])),
                        name="comites_frecuencia_meses",
                        violation_error_message="Esa frecuencia no existe: elige una de la lista.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("desde__isnull", False)),
                        name="comites_frecuencia_con_inicio",
                        violation_error_message="Di desde cuándo.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                comun.modelos.RangoDeFechas(
                                    "desde", "hasta", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                            ("mesa", "="),
                        ],
                        name="comites_frecuencia_una_por_mesa",
                        violation_error_message="La plenaria ya tiene una frecuencia en alguna de esas fechas.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                comun.modelos.RangoDeFechas(
                                    "desde", "hasta", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                            ("comite", "="),
                        ],
                        name="comites_frecuencia_una_por_comite",
                        violation_error_message="El comité ya tiene una frecuencia en alguna de esas fechas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("desde__isnull", True),
                            ("hasta__isnull", True),
                            ("desde__lt", models.F("hasta")),
                            _connector="OR",
                        ),
                        name="comites_frecuencia_en_orden",
                        violation_error_message="La fecha de término debe ser posterior a la de inicio.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PreferenciaDeAvisos",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "correo",
                    models.EmailField(
                        blank=True,
                        db_default="",
                        help_text="De quien no está en la Red.",
                        max_length=254,
                        verbose_name="correo",
                    ),
                ),
                (
                    "quince_dias",
                    models.BooleanField(db_default=True, default=True, verbose_name="15 días antes de la fecha"),
                ),
                ("tres_dias", models.BooleanField(db_default=True, default=True, verbose_name="3 días antes")),
                ("el_dia", models.BooleanField(db_default=True, default=True, verbose_name="El mismo día")),
                (
                    "resumen",
                    models.BooleanField(
                        db_default=True, default=True, verbose_name="Cada semana, lo que ya pasó de su fecha"
                    ),
                ),
                (
                    "persona",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="avisos",
                        to="mesas.persona",
                        verbose_name="persona",
                    ),
                ),
            ],
            options={
                "verbose_name": "preferencia de avisos",
                "verbose_name_plural": "preferencias de avisos",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correo", ""), ("persona__isnull", False)),
                            models.Q(("persona__isnull", True), models.Q(("correo", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="comites_avisos_de_alguien",
                        violation_error_message="Los avisos son de una persona o de un correo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("correo", django.db.models.functions.text.Lower("correo"))),
                        name="comites_avisos_en_minusculas",
                        violation_error_message="El correo electrónico se guarda en minúsculas.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("correo", ""), _negated=True),
                        fields=("correo",),
                        name="comites_avisos_correo_unico",
                        violation_error_message="Ese correo ya tiene sus avisos.",
                    ),
                ],
            },
        ),
    ]
