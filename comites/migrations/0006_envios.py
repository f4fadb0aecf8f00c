"""What each mesa sends by mail, and about what."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0005_prorrogas_y_reservas"),
        ("cuentas", "0002_correo"),
        ("mesas", "0003_sin_cargo_publico"),
    ]

    operations = [
        migrations.CreateModel(
            name="Envio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "motivo",
                    models.CharField(
                        choices=[
                            ("convocatoria", "Convocatoria"),
                            ("cambio", "Cambio de la convocatoria"),
                            ("cancelacion", "Cancelación"),
                            ("acta", "Acta para revisar"),
                            ("enlace", "Enlace para reportar"),
                            ("recordatorio", "Recordatorio"),
                            ("resumen", "Resumen de la semana"),
                            ("otro", "Otro"),
                        ],
                        max_length=12,
                        verbose_name="motivo",
                    ),
                ),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                (
                    "acuerdo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="envios",
                        to="comites.acuerdo",
                        verbose_name="acuerdo",
                    ),
                ),
                (
                    "correo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="envio",
                        to="cuentas.correo",
                        verbose_name="correo",
                    ),
                ),
                (
                    "institucion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="envios",
                        to="mesas.institucion",
                        verbose_name="institución",
                    ),
                ),
                (
                    "mesa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="envios",
                        to="mesas.mesa",
                        verbose_name="mesa",
                    ),
                ),
                (
                    "persona",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="envios",
                        to="mesas.persona",
                        verbose_name="persona",
                    ),
                ),
                (
                    "sesion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="envios",
                        to="comites.sesion",
                        verbose_name="sesión",
                    ),
                ),
            ],
            options={
                "verbose_name": "envío",
                "verbose_name_plural": "envíos",
                "ordering": ["-creado", "-pk"],
                "indexes": [models.Index(fields=["mesa", "-creado"], name="comites_envio_mesa_creado")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "motivo__in",
                                [
                                    "convocatoria",
                                    "cambio",
                                    "cancelacion",
                                    "acta",
                                    "enlace",
                                    "recordatorio",
                                    "resumen",
                                    "otro",
                                ],
                            )
                        ),
                        name="comites_envio_motivo",
                        violation_error_message="Ese motivo no existe.",
                    )
                ],
            },
        ),
    ]
