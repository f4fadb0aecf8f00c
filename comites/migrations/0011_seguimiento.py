"""Two keys for every agreement, the files that show it, the links of those without account, and its share in each mesa.

Whoever reports does not verify: it joins the agreement, the seats, the institutions and the roll of a
session, so it is a trigger. It asks functions that the pages ask too.
"""

import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

IDA = """
-- Why a seat may not verify an agreement on a day; NULL if it may. The page and the trigger ask the same.
CREATE FUNCTION comites_impedimento(asiento bigint, de_acuerdo bigint, dia date) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  a comites_acuerdo;
  i mesas_integrante;
  r comites_avance;
BEGIN
  SELECT * INTO a FROM comites_acuerdo WHERE id = de_acuerdo;
  SELECT * INTO i FROM mesas_integrante WHERE id = asiento AND daterange(desde, hasta) @> dia;
  IF i.id IS NULL OR NOT EXISTS (
    SELECT 1 FROM comites_sesion s WHERE s.id = a.sesion_id AND (s.mesa_id = i.mesa_id OR EXISTS (
      SELECT 1 FROM comites_sesion_mesas m WHERE m.sesion_id = s.id AND m.mesa_id = i.mesa_id))
  ) THEN
    RETURN 'Lo verifica alguien que sea integrante de la mesa ese día.';
  END IF;
  IF i.tipo <> 'sin_cargo' THEN
    RETURN 'Lo verifica una persona sin cargo público.';
  END IF;
  SELECT * INTO r FROM comites_avance WHERE acuerdo_id = a.id AND estado = 'reportado' ORDER BY id DESC LIMIT 1;
  IF i.persona_id IN (SELECT persona_id FROM mesas_integrante WHERE id = a.responsable_id) OR EXISTS (
    SELECT 1 FROM mesas_persona p LEFT JOIN cuentas_usuario u ON u.id = p.usuario_id
    WHERE p.id = i.persona_id AND a.correo_responsable <> ''
      AND lower(a.correo_responsable) IN (lower(p.correo), lower(u.email))
  ) THEN
    RETURN 'Nadie verifica lo suyo: quien responde por el acuerdo no lo verifica.';
  END IF;
  IF i.persona_id IN (
    SELECT persona_id FROM mesas_integrante WHERE id = r.reporta_id
    UNION SELECT id FROM mesas_persona WHERE usuario_id = r.autor_id
  ) THEN
    RETURN 'Quien anotó que ya estaba no es quien lo verifica: toca a alguien más de la mesa.';
  END IF;
  IF EXISTS (
    SELECT 1 FROM mesas_integrante suyo
    WHERE suyo.persona_id = i.persona_id AND daterange(suyo.desde, suyo.hasta) @> dia AND suyo.institucion_id IN (
      SELECT a.institucion_responsable_id
      UNION SELECT institucion_id FROM mesas_integrante WHERE id IN (a.responsable_id, r.reporta_id)
      UNION SELECT institucion_id FROM comites_acuerdo_corresponsables WHERE acuerdo_id = a.id)
  ) THEN
    RETURN 'Lo verifica alguien de otra institución que la que responde o reportó.';
  END IF;
  RETURN NULL;
END $$;

-- Why an agreement may not be verified in a session; NULL if it may.
CREATE FUNCTION comites_impedimento_de_sesion(en_sesion bigint, de_acuerdo bigint) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
  a comites_acuerdo;
  s comites_sesion;
  origen comites_sesion;
  r comites_avance;
  zona text;
BEGIN
  SELECT * INTO a FROM comites_acuerdo WHERE id = de_acuerdo;
  SELECT * INTO s FROM comites_sesion WHERE id = en_sesion;
  SELECT * INTO origen FROM comites_sesion WHERE id = a.sesion_id;
  SELECT zona_horaria INTO zona FROM mesas_mesa WHERE id = s.mesa_id;
  SELECT * INTO r FROM comites_avance WHERE acuerdo_id = a.id AND estado = 'reportado' ORDER BY id DESC LIMIT 1;
  IF NOT EXISTS (
    (SELECT s.mesa_id UNION SELECT mesa_id FROM comites_sesion_mesas WHERE sesion_id = s.id)
    INTERSECT
    (SELECT origen.mesa_id UNION SELECT mesa_id FROM comites_sesion_mesas WHERE sesion_id = origen.id)
  ) THEN
    RETURN 'Esa sesión es de otra mesa.';
  END IF;
  IF s.estado IN ('borrador', 'convocada') THEN
    RETURN 'Esa sesión todavía no empieza.';
  END IF;
  IF s.id = origen.id OR s.inicio < origen.inicio THEN
    RETURN 'Se verifica en una sesión posterior a la que lo acordó.';
  END IF;
  IF s.estado <> 'en_curso' AND (COALESCE(s.cerrada_el, s.fin, s.inicio) AT TIME ZONE zona)::date < r.fecha THEN
    RETURN 'Esa sesión fue antes de que se reportara.';
  END IF;
  IF s.tipo <> 'encuentro' AND NOT EXISTS (
    SELECT 1 FROM comites_asistencia x
    WHERE x.sesion_id = s.id AND x.estado IN ('presente', 'suplente')
      AND comites_impedimento(x.integrante_id, a.id, (s.inicio AT TIME ZONE zona)::date) IS NULL
  ) THEN
    RETURN 'En la lista de esa sesión no hay nadie que pueda verificarlo: una persona sin cargo público, de otra '
      || 'institución que la que responde y que no lo haya reportado. ¿Ya se pasó lista?';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION comites_dos_llaves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  esta text;
  motivo text;
BEGIN
  SELECT estado INTO esta FROM comites_acuerdo WHERE id = NEW.acuerdo_id FOR NO KEY UPDATE;
  IF esta <> 'reportado'
    OR NOT EXISTS (SELECT 1 FROM comites_avance WHERE acuerdo_id = NEW.acuerdo_id AND estado = 'reportado')
  THEN
    RAISE EXCEPTION 'Primero se reporta y después se verifica.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_primero_se_reporta';
  END IF;
  IF NEW.verifica_id IS NOT NULL THEN
    motivo := comites_impedimento(NEW.verifica_id, NEW.acuerdo_id, NEW.fecha);
  ELSIF NEW.sesion_id IS NOT NULL THEN
    motivo := comites_impedimento_de_sesion(NEW.sesion_id, NEW.acuerdo_id);
  ELSE
    motivo := 'Se verifica con dos llaves: la de quien reporta y la de alguien más de la mesa, o en una sesión.';
  END IF;
  IF motivo IS NOT NULL THEN
    RAISE EXCEPTION '%', motivo USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_dos_llaves';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_dos_llaves BEFORE INSERT ON comites_avance
  FOR EACH ROW WHEN (NEW.estado = 'cumplido' OR NEW.devuelve OR NEW.verifica_id IS NOT NULL)
  EXECUTE FUNCTION comites_dos_llaves();

-- The state of an agreement is not a way around: «cumplido» is what its last step says.
CREATE FUNCTION comites_cumplido_verificado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT estado FROM comites_avance WHERE acuerdo_id = NEW.id ORDER BY id DESC LIMIT 1)
    IS DISTINCT FROM 'cumplido'
  THEN
    RAISE EXCEPTION 'Un acuerdo se da por cumplido cuando alguien lo verifica, y eso queda en sus avances.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_cumplido_verificado';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_cumplido_verificado BEFORE UPDATE OF estado ON comites_acuerdo
  FOR EACH ROW WHEN (NEW.estado = 'cumplido' AND OLD.estado <> 'cumplido' AND NOT NEW.historico)
  EXECUTE FUNCTION comites_cumplido_verificado();
CREATE TRIGGER comites_no_nace_cumplido BEFORE INSERT ON comites_acuerdo
  FOR EACH ROW WHEN (NEW.estado = 'cumplido' AND NOT NEW.historico)
  EXECUTE FUNCTION comites_cumplido_verificado();

-- Rows that are written once; TG_ARGV names the columns that stay free. An author may only be forgotten.
CREATE FUNCTION comites_se_escribe_una_vez() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  libres text[] := COALESCE(TG_ARGV, '{}') || 'autor_id'::text;
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - libres) IS DISTINCT FROM (to_jsonb(OLD) - libres)
    OR (to_jsonb(NEW) ->> 'autor_id') NOT IN (COALESCE(to_jsonb(OLD) ->> 'autor_id', ''))
  THEN
    RAISE EXCEPTION 'La historia de un acuerdo no se reescribe ni se borra: se agrega lo que haga falta.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_se_escribe_una_vez';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_avance_una_vez BEFORE UPDATE OR DELETE ON comites_avance
  FOR EACH ROW EXECUTE FUNCTION comites_se_escribe_una_vez();
CREATE TRIGGER comites_respuesta_una_vez BEFORE UPDATE OR DELETE ON comites_respuestademesa
  FOR EACH ROW EXECUTE FUNCTION comites_se_escribe_una_vez();
CREATE TRIGGER comites_evidencia_una_vez BEFORE UPDATE OR DELETE ON comites_evidencia
  FOR EACH ROW EXECUTE FUNCTION comites_se_escribe_una_vez(
    'nivel', 'motivo_de_reserva', 'revisar_reserva_el', 'nombre', 'subida_por_id',
    'retirada_el', 'retirada_por_id', 'motivo_de_retiro');
CREATE TRIGGER comites_trozo_una_vez BEFORE UPDATE ON comites_trozodeevidencia
  FOR EACH ROW EXECUTE FUNCTION comites_se_escribe_una_vez();
CREATE TRIGGER comites_enlace_una_vez BEFORE UPDATE OR DELETE ON comites_enlaceparareportar
  FOR EACH ROW EXECUTE FUNCTION comites_se_escribe_una_vez(
    'usado_el', 'avance_id', 'revocado_el', 'revocado_por_id', 'creado_por_id');

-- What was used or revoked stays so.
CREATE FUNCTION comites_enlace_gastado() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.usado_el, NEW.avance_id, NEW.revocado_el) IS DISTINCT FROM (OLD.usado_el, OLD.avance_id, OLD.revocado_el) THEN
    RAISE EXCEPTION 'Ese enlace ya no sirve: si hace falta, se envía otro.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comites_enlace_gastado';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER comites_enlace_gastado BEFORE UPDATE ON comites_enlaceparareportar
  FOR EACH ROW WHEN (OLD.usado_el IS NOT NULL OR OLD.revocado_el IS NOT NULL)
  EXECUTE FUNCTION comites_enlace_gastado();
"""

VUELTA = """
DROP TRIGGER comites_enlace_gastado ON comites_enlaceparareportar;
DROP FUNCTION comites_enlace_gastado();
DROP TRIGGER comites_enlace_una_vez ON comites_enlaceparareportar;
DROP TRIGGER comites_trozo_una_vez ON comites_trozodeevidencia;
DROP TRIGGER comites_evidencia_una_vez ON comites_evidencia;
DROP TRIGGER comites_respuesta_una_vez ON comites_respuestademesa;
DROP TRIGGER comites_avance_una_vez ON comites_avance;
DROP FUNCTION comites_se_escribe_una_vez();
DROP TRIGGER comites_no_nace_cumplido ON comites_acuerdo;
DROP TRIGGER comites_cumplido_verificado ON comites_acuerdo;
DROP FUNCTION comites_cumplido_verificado();
DROP TRIGGER comites_dos_llaves ON comites_avance;
DROP FUNCTION comites_dos_llaves();
DROP FUNCTION comites_impedimento_de_sesion(bigint, bigint);
DROP FUNCTION comites_impedimento(bigint, bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("comites", "0010b_reglas_de_las_actas"),
        ("mesas", "0003_sin_cargo_publico"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AcuerdoEnMesa",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
            ],
            options={
                "verbose_name": "acuerdo en una mesa",
                "verbose_name_plural": "acuerdos en las mesas",
                "ordering": ["acuerdo", "mesa"],
            },
        ),
        migrations.CreateModel(
            name="EnlaceParaReportar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "resumen",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="resumen del enlace"),
                ),
                ("para", models.EmailField(max_length=254, verbose_name="correo al que se envió")),
                ("creado", models.DateTimeField(auto_now_add=True, verbose_name="creado")),
                ("vence", models.DateTimeField(verbose_name="sirve hasta")),
                ("usado_el", models.DateTimeField(blank=True, null=True, verbose_name="usado el")),
                ("revocado_el", models.DateTimeField(blank=True, null=True, verbose_name="revocado el")),
            ],
            options={
                "verbose_name": "enlace para reportar",
                "verbose_name_plural": "enlaces para reportar",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Evidencia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nombre", models.CharField(blank=True, max_length=120, verbose_name="nombre")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/webp", "Imagen"),
                            (
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                "Documento de Word",
                            ),
                            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Hoja de Excel"),
                            (
                                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                                "Presentación",
                            ),
                            ("application/vnd.oasis.opendocument.text", "Documento de LibreOffice"),
                            ("application/vnd.oasis.opendocument.spreadsheet", "Hoja de LibreOffice"),
                            ("application/vnd.oasis.opendocument.presentation", "Presentación de LibreOffice"),
                        ],
                        max_length=80,
                        verbose_name="tipo",
                    ),
                ),
                ("bytes", models.PositiveIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "nivel",
                    models.CharField(
                        choices=[
                            ("publica", "Pública"),
                            ("candidata", "Candidata a pública"),
                            ("red", "Para la Red"),
                            ("mesa", "Para la mesa"),
                            ("reservada", "Reservada"),
                        ],
                        default="mesa",
                        max_length=10,
                        verbose_name="quién puede abrirlo",
                    ),
                ),
                ("motivo_de_reserva", models.TextField(blank=True, db_default="", verbose_name="por qué es reservado")),
                ("revisar_reserva_el", models.DateField(blank=True, null=True, verbose_name="revisar la reserva el")),
                ("creada", models.DateTimeField(auto_now_add=True, verbose_name="subido el")),
                ("retirada_el", models.DateTimeField(blank=True, null=True, verbose_name="retirado el")),
                ("motivo_de_retiro", models.CharField(blank=True, max_length=200, verbose_name="por qué se retiró")),
            ],
            options={
                "verbose_name": "evidencia",
                "verbose_name_plural": "evidencias",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RespuestaDeMesa",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "estado",
                    models.CharField(
                        choices=[
                            ("en_proceso", "En proceso"),
                            ("hecho", "Hecho, según la mesa"),
                            ("no_se_hara", "No se hará"),
                        ],
                        max_length=10,
                        verbose_name="cómo va",
                    ),
                ),
                ("texto", models.TextField(verbose_name="qué hizo la mesa")),
                ("creada", models.DateTimeField(auto_now_add=True, verbose_name="respondida el")),
            ],
            options={
                "verbose_name": "respuesta de una mesa",
                "verbose_name_plural": "respuestas de las mesas",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="TrozoDeEvidencia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.PositiveSmallIntegerField(verbose_name="número")),
                ("datos", models.BinaryField(verbose_name="datos")),
            ],
            options={
                "verbose_name": "trozo de evidencia",
                "verbose_name_plural": "trozos de evidencia",
                "ordering": ["evidencia", "numero"],
            },
        ),
        migrations.CreateModel(
            name="VisitaDeEnlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("momento", models.DateTimeField(auto_now_add=True, verbose_name="momento")),
                (
                    "resultado",
                    models.CharField(
                        choices=[
                            ("abierto", "Se abrió"),
                            ("incompleto", "Envió algo por corregir"),
                            ("reportado", "Reportó"),
                            ("usado", "Se abrió ya usado"),
                            ("revocado", "Se abrió ya revocado"),
                            ("caducado", "Se abrió ya caducado"),
                        ],
                        max_length=10,
                        verbose_name="resultado",
                    ),
                ),
            ],
            options={
                "verbose_name": "visita de un enlace",
                "verbose_name_plural": "visitas de enlaces",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="avance",
            name="devuelve",
            field=models.BooleanField(db_default=False, default=False, verbose_name="lo devuelve"),
        ),
        migrations.AddField(
            model_name="avance",
            name="reporta",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avances_reportados",
                to="mesas.integrante",
                verbose_name="asiento de quien lo reportó",
            ),
        ),
        migrations.AddField(
            model_name="avance",
            name="verifica",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="avances_verificados",
                to="mesas.integrante",
                verbose_name="asiento de quien lo verificó",
            ),
        ),
        migrations.AddConstraint(
            model_name="avance",
            constraint=models.CheckConstraint(
                condition=models.Q(("devuelve", False), ("estado", "en_proceso"), _connector="OR"),
                name="comites_avance_devuelto_en_proceso",
                violation_error_message="Lo que se devuelve vuelve a estar en proceso.",
            ),
        ),
        migrations.AddConstraint(
            model_name="avance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verifica__isnull", True),
                    models.Q(
                        ("reporta__isnull", True), models.Q(("estado", "cumplido"), ("devuelve", True), _connector="OR")
                    ),
                    _connector="OR",
                ),
                name="comites_avance_verifica_o_reporta",
                violation_error_message="Quien verifica da por cumplido o devuelve; no reporta.",
            ),
        ),
        migrations.AddField(
            model_name="acuerdoenmesa",
            name="acuerdo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="en_mesas",
                to="comites.acuerdo",
                verbose_name="acuerdo",
            ),
        ),
        migrations.AddField(
            model_name="acuerdoenmesa",
            name="creado_por",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="quién lo encargó",
            ),
        ),
        migrations.AddField(
            model_name="acuerdoenmesa",
            name="mesa",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="encargos",
                to="mesas.mesa",
                verbose_name="mesa",
            ),
        ),
        migrations.AddField(
            model_name="enlaceparareportar",
            name="acuerdo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enlaces",
                to="comites.acuerdo",
                verbose_name="acuerdo",
            ),
        ),
        migrations.AddField(
            model_name="enlaceparareportar",
            name="asiento",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="mesas.integrante",
                verbose_name="integrante",
            ),
        ),
        migrations.AddField(
            model_name="enlaceparareportar",
            name="avance",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enlace",
                to="comites.avance",
                verbose_name="avance que reportó",
            ),
        ),
        migrations.AddField(
            model_name="enlaceparareportar",
            name="creado_por",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="quién lo envió",
            ),
        ),
        migrations.AddField(
            model_name="enlaceparareportar",
            name="institucion",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="mesas.institucion",
                verbose_name="institución",
            ),
        ),
        migrations.AddField(
            model_name="enlaceparareportar",
            name="revocado_por",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="quién lo revocó",
            ),
        ),
        migrations.AddField(
            model_name="evidencia",
            name="acuerdo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidencias",
                to="comites.acuerdo",
                verbose_name="acuerdo",
            ),
        ),
        migrations.AddField(
            model_name="evidencia",
            name="avance",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidencias",
                to="comites.avance",
                verbose_name="avance",
            ),
        ),
        migrations.AddField(
            model_name="evidencia",
            name="retirada_por",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="quién lo retiró",
            ),
        ),
        migrations.AddField(
            model_name="evidencia",
            name="subida_por",
            field=models.ForeignKey(
                blank=True,
                help_text="Vacío: llegó por el enlace de quien responde sin cuenta.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="quién lo subió",
            ),
        ),
        migrations.AddField(
            model_name="respuestademesa",
            name="autor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="quién respondió",
            ),
        ),
        migrations.AddField(
            model_name="respuestademesa",
            name="encargo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="respuestas",
                to="comites.acuerdoenmesa",
                verbose_name="encargo",
            ),
        ),
        migrations.AddField(
            model_name="trozodeevidencia",
            name="evidencia",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="trozos",
                to="comites.evidencia",
                verbose_name="evidencia",
            ),
        ),
        migrations.AddField(
            model_name="visitadeenlace",
            name="enlace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="visitas",
                to="comites.enlaceparareportar",
                verbose_name="enlace",
            ),
        ),
        migrations.AddConstraint(
            model_name="acuerdoenmesa",
            constraint=models.UniqueConstraint(
                fields=("acuerdo", "mesa"),
                name="comites_acuerdo_en_mesa_unico",
                violation_error_message="Esa mesa ya tiene este acuerdo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enlaceparareportar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("avance__isnull", True), ("usado_el__isnull", True)),
                    models.Q(("avance__isnull", False), ("revocado_el__isnull", True), ("usado_el__isnull", False)),
                    _connector="OR",
                ),
                name="comites_enlace_usado_con_avance",
                violation_error_message="Un enlace se usa una vez, para un avance, y ya usado no se revoca.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enlaceparareportar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vence__gt", models.F("creado")),
                    models.Q(("usado_el__isnull", True), ("usado_el__lte", models.F("vence")), _connector="OR"),
                ),
                name="comites_enlace_en_orden",
                violation_error_message="Un enlace se usa antes de que caduque.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencia",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "tipo__in",
                        [
                            "application/pdf",
                            "image/webp",
                            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                            "application/vnd.oasis.opendocument.text",
                            "application/vnd.oasis.opendocument.spreadsheet",
                            "application/vnd.oasis.opendocument.presentation",
                        ],
                    )
                ),
                name="comites_evidencia_tipo",
                violation_error_message="Ese tipo de archivo no se admite.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencia",
            constraint=models.CheckConstraint(
                condition=models.Q(("nivel__in", ["candidata", "red", "mesa", "reservada"])),
                name="comites_evidencia_nivel",
                violation_error_message="Un archivo no se publica solo: se publica su acuerdo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencia",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nivel", "reservada"), _negated=True),
                    models.Q(models.Q(("motivo_de_reserva", ""), _negated=True), ("revisar_reserva_el__isnull", False)),
                    _connector="OR",
                ),
                name="comites_evidencia_reserva_con_motivo",
                violation_error_message="Si lo reservas, di por qué y cuándo se revisa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencia",
            constraint=models.CheckConstraint(
                condition=models.Q(("bytes__range", (1, 20971520))),
                name="comites_evidencia_peso",
                violation_error_message="Un archivo pesa a lo más 20 MB.",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencia",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("motivo_de_retiro", ""), ("retirada_el__isnull", True)),
                    models.Q(
                        ("nombre", ""),
                        ("retirada_el__isnull", False),
                        models.Q(("motivo_de_retiro", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="comites_evidencia_retirada_sin_nombre",
                violation_error_message="De lo retirado queda el motivo y no el nombre.",
            ),
        ),
        migrations.AddConstraint(
            model_name="respuestademesa",
            constraint=models.CheckConstraint(
                condition=models.Q(("estado__in", ["en_proceso", "hecho", "no_se_hara"])),
                name="comites_respuesta_estado",
                violation_error_message="Ese estado no existe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trozodeevidencia",
            constraint=models.UniqueConstraint(
                fields=("evidencia", "numero"),
                name="comites_trozo_unico",
                violation_error_message="Ese trozo ya se guardó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trozodeevidencia",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    models.Func(models.F("datos"), function="octet_length", output_field=models.IntegerField()), 1048576
                ),
                name="comites_trozo_peso",
                violation_error_message="Un trozo pesa a lo más un mebibyte.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitadeenlace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("resultado__in", ["abierto", "incompleto", "reportado", "usado", "revocado", "caducado"])
                ),
                name="comites_visita_resultado",
                violation_error_message="Ese resultado no existe.",
            ),
        ),
        migrations.RunSQL(IDA, VUELTA),
    ]
