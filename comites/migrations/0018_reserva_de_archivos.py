"""A reserved file says why in words, as whatever else is reserved: blanks are no reason."""

from django.db import migrations, models

JUSTIFICAR = r"""
UPDATE comites_evidencia SET motivo_de_reserva = 'Se reservó antes de que el portal pidiera el motivo.'
WHERE nivel = 'reservada' AND motivo_de_reserva !~ '\S';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("comites", "0017_cada_cosa_de_su_mesa")]

    operations = [
        migrations.RunSQL(JUSTIFICAR, "SET CONSTRAINTS ALL IMMEDIATE;"),
        migrations.RemoveConstraint(model_name="evidencia", name="comites_evidencia_reserva_con_motivo"),
        migrations.AddConstraint(
            model_name="evidencia",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nivel", "reservada"), _negated=True),
                    models.Q(("motivo_de_reserva__regex", "\\S"), ("revisar_reserva_el__isnull", False)),
                    _connector="OR",
                ),
                name="comites_evidencia_reserva",
                violation_error_message="Lo reservado dice por qué y cuándo se revisa.",
            ),
        ),
    ]
