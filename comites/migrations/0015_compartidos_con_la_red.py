"""What a mesa shares with the network is found by its index, however much the mesas keep to themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0014_consentir_desde_que_empieza"),
        ("mesas", "0004_periodos_de_gobierno"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="acuerdo",
            index=models.Index(
                condition=models.Q(("nivel", "red")), fields=["vence", "folio"], name="comites_acuerdo_de_la_red"
            ),
        ),
    ]
