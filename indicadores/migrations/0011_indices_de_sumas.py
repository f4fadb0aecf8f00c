"""What no sum ready made has already gets two small indexes: a bien reads its leftovers without looking at the rest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicadores", "0010_quien_pidio_la_carga"),
        ("mesas", "0003_sin_cargo_publico"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="alcance",
            index=models.Index(
                condition=models.Q(("en_su_tipo", False), ("nivel", 3), ("vigente", True)),
                fields=["delito", "entidad", "anio"],
                name="indicadores_alcance_sin_tipo",
            ),
        ),
        migrations.AddIndex(
            model_name="alcance",
            index=models.Index(
                condition=models.Q(("en_su_bien", False), ("nivel", 3), ("vigente", True)),
                fields=["delito", "entidad", "anio"],
                name="indicadores_alcance_sin_bien",
            ),
        ),
    ]
