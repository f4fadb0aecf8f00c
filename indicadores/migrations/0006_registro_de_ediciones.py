import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who loaded an edition of population, how many rows its file had and what was warned of it."""

    dependencies = [
        ("indicadores", "0005_recepciones"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ediciondepoblacion",
            name="avisos",
            field=models.JSONField(blank=True, default=list, verbose_name="avisos"),
        ),
        migrations.AddField(
            model_name="ediciondepoblacion",
            name="filas",
            field=models.PositiveIntegerField(default=0, verbose_name="filas del archivo"),
        ),
        migrations.AddField(
            model_name="ediciondepoblacion",
            name="usuario",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="quién la cargó",
            ),
        ),
        migrations.AlterField(
            model_name="ediciondepoblacion",
            name="cargada",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="cargada"),
        ),
    ]
