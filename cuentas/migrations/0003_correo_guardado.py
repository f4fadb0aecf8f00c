"""The kept mail of a first run, by date."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cuentas", "0002_correo"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="correo",
            index=models.Index(
                condition=models.Q(("estado", "guardado")), fields=["-creado"], name="cuentas_correo_guardado"
            ),
        ),
    ]
