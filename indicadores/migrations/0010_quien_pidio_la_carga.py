import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Until now a load was recorded as of whoever had sent its file.
LLENAR = "UPDATE indicadores_recepcion SET pedida_por_id = usuario_id WHERE encolada IS NOT NULL"


class Migration(migrations.Migration):
    """Who asked for an upload to be loaded, who may not be the person that sent it."""

    dependencies = [
        ("indicadores", "0009_cargas_del_extracto"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="recepcion",
            name="pedida_por",
            field=models.ForeignKey(
                blank=True,
                help_text="Pudo ser otra persona que la que la subió; la carga queda a su nombre.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="quién pidió cargarla",
            ),
        ),
        migrations.RunSQL(LLENAR, migrations.RunSQL.noop),
    ]
