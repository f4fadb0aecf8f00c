"""Columns of the coordinator's desk on the tables that there were: versions, reasons to reserve, extended dates."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

SIN_CANDIDATAS = """
UPDATE comites_sesion SET nivel = 'mesa' WHERE nivel = 'candidata';
UPDATE comites_puntodelorden SET nivel = 'mesa' WHERE nivel = 'candidata';
UPDATE comites_acuerdo SET nivel = 'mesa' WHERE nivel = 'candidata';
SET CONSTRAINTS ALL IMMEDIATE;
"""
"""On the way back: a level that no longer exists becomes the one that reads the same."""


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0003_publicacion"),
        ("mesas", "0003_sin_cargo_publico"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Prorroga",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("de", models.DateField(verbose_name="fecha que tenía")),
                ("al", models.DateField(verbose_name="nueva fecha")),
                ("motivo", models.TextField(verbose_name="motivo")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
            ],
            options={
                "verbose_name": "prórroga",
                "verbose_name_plural": "prórrogas",
                "ordering": ["pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="acuerdo",
            options={"ordering": ["vence", "folio"], "verbose_name": "acuerdo", "verbose_name_plural": "acuerdos"},
        ),
        migrations.RemoveConstraint(
            model_name="acuerdo",
            name="comites_acuerdo_nivel",
        ),
        migrations.RemoveConstraint(
            model_name="puntodelorden",
            name="comites_punto_nivel",
        ),
        migrations.RemoveConstraint(
            model_name="sesion",
            name="comites_sesion_nivel",
        ),
        migrations.RunSQL(migrations.RunSQL.noop, SIN_CANDIDATAS),
        migrations.AddField(
            model_name="acuerdo",
            name="motivo_de_reserva",
            field=models.TextField(blank=True, db_default="", verbose_name="por qué es reservado"),
        ),
        migrations.AddField(
            model_name="acuerdo",
            name="prorrogado_al",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="prorrogado al"),
        ),
        migrations.AddField(
            model_name="acuerdo",
            name="revisar_reserva_el",
            field=models.DateField(blank=True, null=True, verbose_name="revisar la reserva el"),
        ),
        migrations.AddField(
            model_name="avance",
            name="sesion",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avances_revisados",
                to="comites.sesion",
                verbose_name="sesión en que se revisó",
            ),
        ),
        migrations.AddField(
            model_name="puntodelorden",
            name="viene_de",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sigue_en",
                to="comites.puntodelorden",
                verbose_name="punto del que viene",
            ),
        ),
        migrations.AddField(
            model_name="acuerdo",
            name="version",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name="versión"),
        ),
        migrations.AddField(
            model_name="asistencia",
            name="nivel_suplente",
            field=models.CharField(
                blank=True,
                choices=[
                    ("directivo", "Directivo"),
                    ("mando_medio", "Mando medio"),
                    ("operativo", "Enlace u operativo"),
                ],
                db_default="",
                max_length=12,
                verbose_name="nivel de quien suplió",
            ),
        ),
        migrations.AddField(
            model_name="asistencia",
            name="version",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name="versión"),
        ),
        migrations.AddField(
            model_name="puntodelorden",
            name="motivo_de_reserva",
            field=models.TextField(blank=True, db_default="", verbose_name="por qué es reservado"),
        ),
        migrations.AddField(
            model_name="puntodelorden",
            name="origen",
            field=models.CharField(
                blank=True,
                choices=[
                    ("acuerdos_abiertos", "Revisión de acuerdos abiertos"),
                    ("acta_anterior", "Aprobación del acta anterior"),
                    ("pospuesto", "Viene de otra sesión"),
                ],
                db_default="",
                max_length=18,
                verbose_name="de dónde viene",
            ),
        ),
        migrations.AddField(
            model_name="puntodelorden",
            name="revisar_reserva_el",
            field=models.DateField(blank=True, null=True, verbose_name="revisar la reserva el"),
        ),
        migrations.AddField(
            model_name="puntodelorden",
            name="version",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name="versión"),
        ),
        migrations.AddField(
            model_name="sesion",
            name="motivo_de_reserva",
            field=models.TextField(blank=True, db_default="", verbose_name="por qué es reservado"),
        ),
        migrations.AddField(
            model_name="sesion",
            name="revisar_reserva_el",
            field=models.DateField(blank=True, null=True, verbose_name="revisar la reserva el"),
        ),
        migrations.AddField(
            model_name="sesion",
            name="version",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name="versión"),
        ),
        migrations.AlterField(
            model_name="acuerdo",
            name="fecha_compromiso",
            field=models.DateField(
                blank=True,
                help_text="La primera: las prórrogas no la borran.",
                null=True,
                verbose_name="fecha compromiso",
            ),
        ),
        migrations.AlterField(
            model_name="acuerdo",
            name="nivel",
            field=models.CharField(
                choices=[
                    ("publica", "Pública"),
                    ("candidata", "Candidata a pública"),
                    ("red", "Para la Red"),
                    ("mesa", "Para la mesa"),
                    ("reservada", "Reservada"),
                ],
                default="mesa",
                max_length=10,
                verbose_name="quién puede leerlo",
            ),
        ),
        migrations.AlterField(
            model_name="puntodelorden",
            name="nivel",
            field=models.CharField(
                choices=[
                    ("publica", "Pública"),
                    ("candidata", "Candidata a pública"),
                    ("red", "Para la Red"),
                    ("mesa", "Para la mesa"),
                    ("reservada", "Reservada"),
                ],
                default="mesa",
                max_length=10,
                verbose_name="quién puede leerlo",
            ),
        ),
        migrations.AlterField(
            model_name="sesion",
            name="nivel",
            field=models.CharField(
                choices=[
                    ("publica", "Pública"),
                    ("candidata", "Candidata a pública"),
                    ("red", "Para la Red"),
                    ("mesa", "Para la mesa"),
                    ("reservada", "Reservada"),
                ],
                default="mesa",
                max_length=10,
                verbose_name="quién puede leerla",
            ),
        ),
        migrations.AddConstraint(
            model_name="acuerdo",
            constraint=models.CheckConstraint(
                condition=models.Q(("nivel__in", ["publica", "candidata", "red", "mesa", "reservada"])),
                name="comites_acuerdo_nivel",
                violation_error_message="Ese nivel no existe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="asistencia",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("nivel_suplente", ""),
                    models.Q(("estado", "suplente"), ("nivel_suplente__in", ["directivo", "mando_medio", "operativo"])),
                    _connector="OR",
                ),
                name="comites_asistencia_nivel_del_suplente",
                violation_error_message="El nivel es de quien suplió: elige uno de la lista.",
            ),
        ),
        migrations.AddConstraint(
            model_name="puntodelorden",
            constraint=models.CheckConstraint(
                condition=models.Q(("nivel__in", ["candidata", "red", "mesa", "reservada"])),
                name="comites_punto_nivel",
                violation_error_message="Un punto no se publica solo: se publica su sesión o su acuerdo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="puntodelorden",
            constraint=models.CheckConstraint(
                condition=models.Q(("origen__in", ["", "acuerdos_abiertos", "acta_anterior", "pospuesto"])),
                name="comites_punto_origen",
                violation_error_message="Ese origen no existe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sesion",
            constraint=models.CheckConstraint(
                condition=models.Q(("nivel__in", ["publica", "candidata", "red", "mesa", "reservada"])),
                name="comites_sesion_nivel",
                violation_error_message="Ese nivel no existe.",
            ),
        ),
        migrations.AddField(
            model_name="prorroga",
            name="acuerdo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prorrogas",
                to="comites.acuerdo",
                verbose_name="acuerdo",
            ),
        ),
        migrations.AddField(
            model_name="prorroga",
            name="autor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to=settings.AUTH_USER_MODEL,
                verbose_name="quién la registró",
            ),
        ),
        migrations.AddField(
            model_name="prorroga",
            name="sesion",
            field=models.ForeignKey(
                blank=True,
                help_text="Vacío: la otorgó la coordinación.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="prorrogas_otorgadas",
                to="comites.sesion",
                verbose_name="sesión que la otorgó",
            ),
        ),
        migrations.AddField(
            model_name="acuerdo",
            name="vence",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce("prorrogado_al", "fecha_compromiso"),
                output_field=models.DateField(),
            ),
        ),
        migrations.AddConstraint(
            model_name="prorroga",
            constraint=models.CheckConstraint(
                condition=models.Q(("al__gt", models.F("de"))),
                name="comites_prorroga_posterior",
                violation_error_message="La nueva fecha es posterior a la que tenía.",
            ),
        ),
        migrations.AddConstraint(
            model_name="prorroga",
            constraint=models.CheckConstraint(
                condition=models.Q(("motivo", ""), _negated=True),
                name="comites_prorroga_con_motivo",
                violation_error_message="Di por qué se prorroga.",
            ),
        ),
    ]
