"""A session that was discarded does not take with it the record of who was told of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comites", "0018_reserva_de_archivos")]

    operations = [
        migrations.AlterField(
            model_name="envio",
            name="sesion",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="envios",
                to="comites.sesion",
                verbose_name="sesión",
            ),
        ),
    ]
