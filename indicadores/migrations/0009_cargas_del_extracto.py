from django.db import migrations, models

UNICA = {"fields": ("sha256", "instrumento", "ambito")}

# Before this migration the extract and its own file could not both stand: on the way back the
# extract's record gives way, without losing a figure, and on the way here it stands again. A load
# of the extract is never undone by anybody, so those are the only ones with that date.
CEDER = """
UPDATE indicadores_carga e SET deshecha = now()
WHERE e.extracto <> '' AND e.deshecha IS NULL AND EXISTS (
    SELECT 1 FROM indicadores_carga c WHERE c.extracto = '' AND c.deshecha IS NULL
        AND (c.sha256, c.instrumento, c.ambito) = (e.sha256, e.instrumento, e.ambito)
)
"""
VOLVER = "UPDATE indicadores_carga SET deshecha = NULL WHERE extracto <> ''"


class Migration(migrations.Migration):
    """The file of which the first-run extract was made may be loaded too: it brings what the extract left out."""

    dependencies = [("indicadores", "0008_objetivos")]

    operations = [
        migrations.RemoveConstraint(model_name="carga", name="indicadores_carga_unica"),
        migrations.RunSQL(VOLVER, CEDER),
        migrations.AddConstraint(
            model_name="carga",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deshecha__isnull", True), ("extracto", "")),
                name="indicadores_carga_unica",
                violation_error_message="Ese archivo ya está cargado.",
                **UNICA,
            ),
        ),
        migrations.AddConstraint(
            model_name="carga",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deshecha__isnull", True), models.Q(("extracto", ""), _negated=True)),
                name="indicadores_carga_del_extracto_unica",
                violation_error_message="Las cifras de ese archivo ya vinieron con el portal.",
                **UNICA,
            ),
        ),
    ]
