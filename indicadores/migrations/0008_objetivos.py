"""What agreements aim to move: declared, withdrawn, never rewritten.

Triggers keep what no constraint can: the crime is of a catalogue, the place is one where
people live, an agreement looks at three crimes at most, one of an encuentro says where, and a
declaration stays as it was made. It is not part of the minute, so a closed session takes
declarations; it only stops one from vanishing.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

IDA = """
CREATE FUNCTION indicadores_objetivo_valido() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- One at a time for each agreement, or two at once would make four.
  PERFORM 1 FROM comites_acuerdo WHERE id = NEW.acuerdo_id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT 1 FROM indicadores_delito WHERE slug = NEW.delito AND nivel < 4) THEN
    RAISE EXCEPTION 'Ese delito no está en los catálogos oficiales cargados.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'indicadores_objetivo_de_catalogo';
  END IF;
  IF EXISTS (SELECT 1 FROM mesas_municipio WHERE clave = NEW.municipio_id AND pseudo) THEN
    RAISE EXCEPTION 'Ese código no es de un municipio: no tiene población ni tasa.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'indicadores_objetivo_con_poblacion';
  END IF;
  IF NOT NEW.nacional AND NEW.mesa_id IS NULL AND NEW.entidad_id IS NULL AND NEW.municipio_id IS NULL AND EXISTS (
    SELECT 1 FROM comites_acuerdo a JOIN comites_sesion s ON s.id = a.sesion_id
    WHERE a.id = NEW.acuerdo_id AND s.tipo = 'encuentro')
  THEN
    RAISE EXCEPTION 'Un acuerdo de encuentro obliga a toda la Red: di en qué territorio.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'indicadores_objetivo_de_encuentro';
  END IF;
  IF NEW.retirado IS NULL AND 3 <= (
    SELECT count(*) FROM indicadores_objetivo WHERE acuerdo_id = NEW.acuerdo_id AND retirado IS NULL)
  THEN
    RAISE EXCEPTION 'Un acuerdo mira a lo más 3 delitos: retira antes uno.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'indicadores_objetivo_maximo';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER indicadores_objetivo_valido BEFORE INSERT ON indicadores_objetivo
  FOR EACH ROW EXECUTE FUNCTION indicadores_objetivo_valido();

CREATE FUNCTION indicadores_objetivo_no_se_reescribe() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  libres text[] := ARRAY['declarado_por_id', 'retirado', 'retirado_por_id', 'motivo_de_retiro'];
  retiro text[] := ARRAY['declarado_por_id', 'retirado_por_id'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    -- With an agreement recorded by mistake, taken out while its session is open, goes what it aimed at.
    IF EXISTS (
      SELECT 1 FROM comites_acuerdo a JOIN comites_sesion s ON s.id = a.sesion_id
      WHERE a.id = OLD.acuerdo_id AND s.estado IN ('cerrada', 'aprobada'))
    THEN
      RAISE EXCEPTION 'Un objetivo no se borra: se retira, diciendo por qué.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'indicadores_objetivo_no_se_borra';
    END IF;
    RETURN OLD;
  END IF;
  IF (to_jsonb(NEW) - libres) IS DISTINCT FROM (to_jsonb(OLD) - libres)
    OR (OLD.retirado IS NOT NULL AND (to_jsonb(NEW) - retiro) IS DISTINCT FROM (to_jsonb(OLD) - retiro))
    OR (NEW.declarado_por_id IS NOT NULL AND NEW.declarado_por_id IS DISTINCT FROM OLD.declarado_por_id)
    OR (OLD.retirado IS NOT NULL AND NEW.retirado_por_id IS NOT NULL
        AND NEW.retirado_por_id IS DISTINCT FROM OLD.retirado_por_id)
  THEN
    RAISE EXCEPTION 'Un objetivo no se reescribe: se retira, y si hace falta se declara otro.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'indicadores_objetivo_no_se_reescribe';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER indicadores_objetivo_no_se_reescribe BEFORE UPDATE OR DELETE ON indicadores_objetivo
  FOR EACH ROW EXECUTE FUNCTION indicadores_objetivo_no_se_reescribe();
"""

VUELTA = """
DROP TRIGGER indicadores_objetivo_no_se_reescribe ON indicadores_objetivo;
DROP FUNCTION indicadores_objetivo_no_se_reescribe();
DROP TRIGGER indicadores_objetivo_valido ON indicadores_objetivo;
DROP FUNCTION indicadores_objetivo_valido();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0003_publicacion"),
        ("indicadores", "0007_indices_de_alcance"),
        ("mesas", "0003_sin_cargo_publico"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Objetivo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "delito",
                    models.SlugField(
                        help_text="La dirección de su nombre oficial.", max_length=120, verbose_name="delito"
                    ),
                ),
                ("nacional", models.BooleanField(default=False, verbose_name="todo el país")),
                (
                    "direccion",
                    models.CharField(
                        choices=[("baja", "Que baje"), ("sube", "Que suba la denuncia")],
                        max_length=4,
                        verbose_name="qué se busca",
                    ),
                ),
                (
                    "rezago_meses",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Desde la fecha del acuerdo: de 0 a 36.",
                        verbose_name="meses hasta que se note",
                    ),
                ),
                ("declarado", models.DateTimeField(auto_now_add=True, verbose_name="declarado")),
                ("retirado", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retirado")),
                (
                    "motivo_de_retiro",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="motivo del retiro"),
                ),
                (
                    "acuerdo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objetivos",
                        to="comites.acuerdo",
                        verbose_name="acuerdo",
                    ),
                ),
                (
                    "declarado_por",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="declarado por",
                    ),
                ),
                (
                    "entidad",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mesas.entidad",
                        verbose_name="entidad",
                    ),
                ),
                (
                    "mesa",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mesas.mesa",
                        verbose_name="territorio de otra mesa",
                    ),
                ),
                (
                    "municipio",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mesas.municipio",
                        verbose_name="municipio",
                    ),
                ),
                (
                    "retirado_por",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="retirado por",
                    ),
                ),
            ],
            options={
                "verbose_name": "objetivo de un acuerdo",
                "verbose_name_plural": "objetivos de los acuerdos",
                "ordering": ["declarado", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("retirado__isnull", True)),
                        fields=["delito"],
                        name="indicadores_objetivo_delito",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("direccion__in", ["baja", "sube"])),
                        name="indicadores_objetivo_direccion",
                        violation_error_message="Di si se busca que baje o que suba la denuncia.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rezago_meses__range", (0, 36))),
                        name="indicadores_objetivo_rezago",
                        violation_error_message="El efecto se espera entre 0 y 36 meses después del acuerdo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("entidad__isnull", True),
                                ("mesa__isnull", True),
                                ("municipio__isnull", True),
                                ("nacional", True),
                            ),
                            models.Q(("entidad__isnull", True), ("mesa__isnull", True), ("nacional", False)),
                            models.Q(("mesa__isnull", True), ("municipio__isnull", True), ("nacional", False)),
                            models.Q(("entidad__isnull", True), ("municipio__isnull", True), ("nacional", False)),
                            _connector="OR",
                        ),
                        name="indicadores_objetivo_un_lugar",
                        violation_error_message="Un objetivo mira un solo territorio.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("motivo_de_retiro", ""), ("retirado__isnull", True), ("retirado_por__isnull", True)
                            ),
                            models.Q(
                                ("retirado__gte", models.F("declarado")),
                                ("retirado__isnull", False),
                                models.Q(("motivo_de_retiro", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="indicadores_objetivo_retiro",
                        violation_error_message="Quien retira un objetivo dice por qué.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retirado__isnull", True)),
                        fields=("acuerdo", "delito", "nacional", "mesa", "entidad", "municipio"),
                        name="indicadores_objetivo_unico",
                        nulls_distinct=False,
                        violation_error_message="Ese acuerdo ya mira ese delito en ese territorio.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(IDA, VUELTA),
    ]
