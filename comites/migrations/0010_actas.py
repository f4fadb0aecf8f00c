"""Minutes, their chain, what is objected and corrected, extracts, and the words with which they are found."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0009_modo_sesion"),
        ("mesas", "0003_sin_cargo_publico"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folio", models.CharField(max_length=120, unique=True, verbose_name="folio")),
                ("codigo", models.CharField(max_length=16, unique=True, verbose_name="código de verificación")),
                ("enviada_el", models.DateTimeField(blank=True, null=True, verbose_name="borrador enviado el")),
                (
                    "objeciones_hasta",
                    models.DateField(
                        blank=True, help_text="Último día, incluido.", null=True, verbose_name="se objeta hasta el"
                    ),
                ),
                ("aprobada_el", models.DateTimeField(blank=True, null=True, verbose_name="aprobada el")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                (
                    "aprobada_en",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actas_aprobadas",
                        to="comites.sesion",
                        verbose_name="sesión que la aprobó",
                    ),
                ),
                (
                    "aprobada_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién lo registró",
                    ),
                ),
                (
                    "sesion",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acta",
                        to="comites.sesion",
                        verbose_name="sesión",
                    ),
                ),
            ],
            options={
                "verbose_name": "acta",
                "verbose_name_plural": "actas",
                "ordering": ["-sesion__inicio"],
            },
        ),
        migrations.CreateModel(
            name="Eslabon",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("plenaria", "Plenaria"),
                            ("comite", "Comité"),
                            ("taller", "Taller"),
                            ("instalacion", "Instalación"),
                            ("encuentro", "Encuentro"),
                        ],
                        max_length=12,
                        verbose_name="tipo de sesión",
                    ),
                ),
                ("secuencia", models.PositiveIntegerField(verbose_name="lugar en la cadena")),
                (
                    "clase",
                    models.CharField(
                        choices=[("acta", "Acta"), ("adenda", "Adenda")], max_length=6, verbose_name="qué es"
                    ),
                ),
                (
                    "contenido",
                    models.TextField(
                        help_text="JSON canónico: de estos bytes sale la huella.", verbose_name="contenido"
                    ),
                ),
                ("anterior", models.CharField(blank=True, max_length=64, verbose_name="huella anterior")),
                ("huella", models.CharField(max_length=64, unique=True, verbose_name="huella")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                (
                    "comite",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eslabones",
                        to="comites.comite",
                        verbose_name="comité",
                    ),
                ),
                (
                    "mesa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="eslabones",
                        to="mesas.mesa",
                        verbose_name="mesa",
                    ),
                ),
            ],
            options={
                "verbose_name": "eslabón",
                "verbose_name_plural": "eslabones",
                "ordering": ["mesa", "tipo", "comite", "secuencia"],
            },
        ),
        migrations.CreateModel(
            name="Adenda",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.PositiveSmallIntegerField(verbose_name="número")),
                ("texto", models.TextField(verbose_name="qué corrige o agrega")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                (
                    "acta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adendas",
                        to="comites.acta",
                        verbose_name="acta",
                    ),
                ),
                (
                    "autor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién la registró",
                    ),
                ),
                (
                    "punto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adendas",
                        to="comites.puntodelorden",
                        verbose_name="punto que corrige",
                    ),
                ),
                (
                    "eslabon",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adenda",
                        to="comites.eslabon",
                        verbose_name="eslabón",
                    ),
                ),
            ],
            options={
                "verbose_name": "adenda",
                "verbose_name_plural": "adendas",
                "ordering": ["acta", "numero"],
            },
        ),
        migrations.AddField(
            model_name="acta",
            name="eslabon",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acta",
                to="comites.eslabon",
                verbose_name="eslabón",
            ),
        ),
        migrations.CreateModel(
            name="Extracto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codigo", models.CharField(max_length=16, unique=True, verbose_name="código de verificación")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="expedido el")),
                (
                    "acta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extractos",
                        to="comites.acta",
                        verbose_name="acta",
                    ),
                ),
                (
                    "acuerdo",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extracto",
                        to="comites.acuerdo",
                        verbose_name="acuerdo",
                    ),
                ),
                (
                    "autor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién lo expidió",
                    ),
                ),
            ],
            options={
                "verbose_name": "extracto certificado",
                "verbose_name_plural": "extractos certificados",
                "ordering": ["-creado"],
            },
        ),
        migrations.CreateModel(
            name="Objecion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("texto", models.TextField(verbose_name="qué no quedó como fue")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("pendiente", "Sin responder"),
                            ("aceptada", "Aceptada"),
                            ("rechazada", "No aceptada"),
                        ],
                        default="pendiente",
                        max_length=9,
                        verbose_name="estado",
                    ),
                ),
                ("respuesta", models.TextField(blank=True, verbose_name="respuesta")),
                ("respondida_el", models.DateTimeField(blank=True, null=True, verbose_name="respondida el")),
                (
                    "acta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objeciones",
                        to="comites.acta",
                        verbose_name="acta",
                    ),
                ),
                (
                    "adenda",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objecion",
                        to="comites.adenda",
                        verbose_name="adenda que la atiende",
                    ),
                ),
                (
                    "autor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="objeciones",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién objeta",
                    ),
                ),
                (
                    "punto",
                    models.ForeignKey(
                        blank=True,
                        help_text="Vacío: la lista o el acta entera.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objeciones",
                        to="comites.puntodelorden",
                        verbose_name="punto",
                    ),
                ),
                (
                    "respondida_por",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién respondió",
                    ),
                ),
            ],
            options={
                "verbose_name": "objeción",
                "verbose_name_plural": "objeciones",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TextoBuscable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("palabras", django.contrib.postgres.search.SearchVectorField(editable=False, verbose_name="palabras")),
                (
                    "acuerdo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="textos",
                        to="comites.acuerdo",
                        verbose_name="acuerdo",
                    ),
                ),
                (
                    "adenda",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="textos",
                        to="comites.adenda",
                        verbose_name="adenda",
                    ),
                ),
                (
                    "punto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="textos",
                        to="comites.puntodelorden",
                        verbose_name="punto",
                    ),
                ),
                (
                    "sesion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="textos",
                        to="comites.sesion",
                        verbose_name="sesión",
                    ),
                ),
            ],
            options={
                "verbose_name": "texto que se busca",
                "verbose_name_plural": "textos que se buscan",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="eslabon",
            constraint=models.UniqueConstraint(
                fields=("mesa", "comite", "tipo", "secuencia"),
                name="comites_eslabon_unico",
                nulls_distinct=False,
                violation_error_message="Ese lugar de la cadena ya está ocupado.",
            ),
        ),
        migrations.AddConstraint(
            model_name="eslabon",
            constraint=models.CheckConstraint(
                condition=models.Q(("clase__in", ["acta", "adenda"])),
                name="comites_eslabon_clase",
                violation_error_message="Un eslabón es un acta o una adenda.",
            ),
        ),
        migrations.AddConstraint(
            model_name="adenda",
            constraint=models.UniqueConstraint(
                fields=("acta", "numero"),
                name="comites_adenda_unica",
                violation_error_message="Esa acta ya tiene una adenda con ese número.",
            ),
        ),
        migrations.AddConstraint(
            model_name="adenda",
            constraint=models.CheckConstraint(
                condition=models.Q(("texto__regex", "\\S")),
                name="comites_adenda_con_texto",
                violation_error_message="Escribe qué corrige o agrega la adenda.",
            ),
        ),
        migrations.AddConstraint(
            model_name="acta",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("aprobada_el__isnull", True), ("aprobada_en__isnull", True)),
                    models.Q(("aprobada_el__isnull", False), ("aprobada_en__isnull", False)),
                    _connector="OR",
                ),
                name="comites_acta_aprobada_entera",
                violation_error_message="Un acta aprobada dice en qué sesión y cuándo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="acta",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("enviada_el__isnull", True), ("objeciones_hasta__isnull", True)),
                    models.Q(("enviada_el__isnull", False), ("objeciones_hasta__isnull", False)),
                    _connector="OR",
                ),
                name="comites_acta_con_plazo",
                violation_error_message="Un borrador enviado dice hasta cuándo se objeta.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objecion",
            constraint=models.CheckConstraint(
                condition=models.Q(("texto__regex", "\\S")),
                name="comites_objecion_con_texto",
                violation_error_message="Escribe qué no quedó como fue.",
            ),
        ),
        migrations.AddConstraint(
            model_name="objecion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adenda__isnull", True), ("estado", "pendiente"), ("respondida_el__isnull", True)),
                    models.Q(("adenda__isnull", False), ("estado", "aceptada"), ("respondida_el__isnull", False)),
                    models.Q(
                        ("adenda__isnull", True),
                        ("estado", "rechazada"),
                        ("respondida_el__isnull", False),
                        ("respuesta__regex", "\\S"),
                    ),
                    _connector="OR",
                ),
                name="comites_objecion_respondida",
                violation_error_message="Una objeción aceptada lleva adenda; una que no se acepta, el porqué.",
            ),
        ),
        migrations.AddIndex(
            model_name="textobuscable",
            index=django.contrib.postgres.indexes.GinIndex(fields=["palabras"], name="comites_texto_palabras"),
        ),
    ]
