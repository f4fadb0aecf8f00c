"""Terms of office of the institutions that sit at the mesas."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import comun.modelos


class Migration(migrations.Migration):
    dependencies = [
        ("mesas", "0003_sin_cargo_publico"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PeriodoDeGobierno",
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
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                ("actualizado", models.DateTimeField(auto_now=True, verbose_name="actualizado")),
                (
                    "nombre",
                    models.CharField(
                        help_text="Por ejemplo «Ayuntamiento 2024–2027».", max_length=120, verbose_name="administración"
                    ),
                ),
                ("fuente", models.CharField(blank=True, max_length=200, verbose_name="cómo consta")),
                (
                    "institucion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periodos",
                        to="mesas.institucion",
                        verbose_name="institución",
                    ),
                ),
                (
                    "registrado_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién lo registró",
                    ),
                ),
            ],
            options={
                "verbose_name": "periodo de gobierno",
                "verbose_name_plural": "periodos de gobierno",
                "ordering": ["hasta", "pk"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                comun.modelos.RangoDeFechas(
                                    "desde", "hasta", django.contrib.postgres.fields.ranges.RangeBoundary()
                                ),
                                "&&",
                            ),
                            ("institucion", "="),
                        ],
                        name="mesas_periodo_sin_traslape",
                        violation_error_message="Esa institución ya tiene un periodo en alguna de esas fechas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("desde__isnull", True),
                            ("hasta__isnull", True),
                            ("desde__lt", models.F("hasta")),
                            _connector="OR",
                        ),
                        name="mesas_periodo_en_orden",
                        violation_error_message="La fecha de término debe ser posterior a la de inicio.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hasta__isnull", False)),
                        name="mesas_periodo_con_fin",
                        violation_error_message="Di qué día empieza la siguiente administración.",
                    ),
                ],
            },
        ),
    ]
