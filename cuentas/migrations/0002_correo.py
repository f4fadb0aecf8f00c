"""The mail that the portal sends, kept until it has left."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cuentas", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clave", models.CharField(max_length=160, unique=True, verbose_name="clave")),
                ("para", models.EmailField(max_length=254, verbose_name="para")),
                ("asunto", models.CharField(max_length=200, verbose_name="asunto")),
                ("texto", models.TextField(blank=True, verbose_name="texto")),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("en_espera", "En espera"),
                            ("enviado", "Enviado"),
                            ("guardado", "Guardado, sin enviar"),
                            ("fallido", "No se pudo enviar"),
                        ],
                        default="en_espera",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("intentos", models.PositiveSmallIntegerField(default=0, verbose_name="intentos")),
                ("falla", models.CharField(blank=True, max_length=120, verbose_name="por qué no salió")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                ("turno_el", models.DateTimeField(auto_now_add=True, verbose_name="su último turno")),
                ("resuelto_el", models.DateTimeField(blank=True, null=True, verbose_name="salió el")),
            ],
            options={
                "verbose_name": "correo",
                "verbose_name_plural": "correos",
                "ordering": ["-creado"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("estado", "en_espera")),
                        fields=["turno_el"],
                        name="cuentas_correo_en_espera",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("estado__in", ["en_espera", "enviado", "guardado", "fallido"])),
                        name="cuentas_correo_estado",
                        violation_error_message="Ese estado no existe.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("estado", "enviado"), _negated=True), ("texto", ""), _connector="OR"
                        ),
                        name="cuentas_correo_enviado_sin_texto",
                        violation_error_message="De lo que ya salió no se guarda el texto.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adjunto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nombre", models.CharField(max_length=120, verbose_name="nombre")),
                (
                    "tipo",
                    models.CharField(
                        help_text="Por ejemplo «text/calendar; method=REQUEST».", max_length=100, verbose_name="tipo"
                    ),
                ),
                ("contenido", models.BinaryField(verbose_name="contenido")),
                (
                    "correo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adjuntos",
                        to="cuentas.correo",
                        verbose_name="correo",
                    ),
                ),
            ],
            options={
                "verbose_name": "adjunto",
                "verbose_name_plural": "adjuntos",
            },
        ),
    ]
