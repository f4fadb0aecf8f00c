"""A network of invented mesas of any size, with years of sessions, rolls, agreements and their follow-up.

Written by the server itself, set by set, with the triggers asleep: what is measured is how the portal
reads and writes beside so many rows, not how they came to be. Nobody in it exists. It takes a user of
PostgreSQL who may put triggers to sleep (`session_replication_role`), as the local one may.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

ASIENTOS = 25
"""Seats of each mesa: 17 citizens and 8 authorities (the network counted some 22 people in each, 2018)."""

AUTORIDADES = 8
COMITES = 3
PUNTOS = 5
ACUERDOS = 2
"""Agreements of each session; one in six of those of the last year is still open."""


@dataclass(frozen=True, slots=True)
class Tamano:
    """How big the network is.

    `sesiones`: of each mesa, spread over `anios`; one in four is a plenaria, the rest of its comités.
    """

    mesas: int
    sesiones: int
    anios: int = 10

    @property
    def total(self) -> int:
        """Sessions of the whole network."""
        return self.mesas * self.sesiones

    def __str__(self) -> str:
        return f"{self.mesas:,} mesas, {self.anios} años, {self.total:,} sesiones"


_MESAS = """
WITH sedes AS (
  SELECT row_number() OVER (ORDER BY (clave = '28038') DESC, md5(clave)) AS n, clave, entidad_id
  FROM mesas_municipio WHERE NOT pseudo
)
INSERT INTO mesas_mesa (id, creado, actualizado, slug, nombre, entidad_id, zona_horaria, publica, es_demo,
                        correo_publico, nota, fuente)
SELECT n, now(), now(), 'mesa-' || n, 'Mesa inventada ' || n, entidad_id, 'America/Mexico_City', true, false,
       '', '', 'Inventada para medir'
FROM sedes WHERE n <= %(mesas)s;
WITH sedes AS (
  SELECT row_number() OVER (ORDER BY (clave = '28038') DESC, md5(clave)) AS n, clave
  FROM mesas_municipio WHERE NOT pseudo
)
INSERT INTO mesas_cobertura (mesa_id, municipio_id, es_sede, inferida, nota, fuente, desde)
SELECT n, clave, true, false, '', '', '2000-01-01' FROM sedes WHERE n <= %(mesas)s;
INSERT INTO mesas_eventodevida (mesa_id, tipo, fecha, precision, inferido, nota, fuente)
SELECT id, 'instalacion', '2000-01-01', 'dia', false, '', 'Inventada para medir' FROM mesas_mesa;
"""

_PERSONAS = """
INSERT INTO mesas_institucion (id, creado, actualizado, nombre, siglas, nivel, poder, entidad_id, municipio_id, es_demo)
SELECT (m - 1) * %(autoridades)s + a, now(), now(), 'Autoridad inventada ' || m || '.' || a, '',
       (ARRAY['municipal', 'estatal', 'federal'])[1 + a %% 3], 'ejecutivo', NULL, NULL, false
FROM generate_series(1, %(mesas)s) m, generate_series(1, %(autoridades)s) a;
INSERT INTO mesas_persona (id, creado, actualizado, nombre, correo, oculta, es_demo)
SELECT (m - 1) * %(asientos)s + p, now(), now(), 'Persona inventada ' || m || '.' || p,
       'p' || p || '@mesa' || m || '.example', false, false
FROM generate_series(1, %(mesas)s) m, generate_series(1, %(asientos)s) p;
INSERT INTO mesas_integrante (id, mesa_id, persona_id, tipo, institucion_id, calidad, motivo_de_salida, desde)
SELECT (m - 1) * %(asientos)s + p, m, (m - 1) * %(asientos)s + p,
       CASE WHEN p <= %(asientos)s - %(autoridades)s THEN 'sin_cargo' ELSE 'con_cargo' END,
       CASE WHEN p > %(asientos)s - %(autoridades)s
            THEN (m - 1) * %(autoridades)s + p - (%(asientos)s - %(autoridades)s) END,
       'titular', '', '2000-01-01'
FROM generate_series(1, %(mesas)s) m, generate_series(1, %(asientos)s) p;
INSERT INTO mesas_puesto (id, tipo, nombre, mesa_id)
SELECT m, 'coordinacion_mesa', '', m FROM generate_series(1, %(mesas)s) m;
INSERT INTO mesas_puesto (id, tipo, nombre, mesa_id)
SELECT %(mesas)s + (m - 1) * %(comites)s + c, 'coordinacion_comite', 'Comité ' || c, m
FROM generate_series(1, %(mesas)s) m, generate_series(1, %(comites)s) c;
INSERT INTO mesas_cargo (puesto_id, persona_id, fuente, desde)
SELECT m, (m - 1) * %(asientos)s + 1, 'Inventado para medir', '2000-01-01' FROM generate_series(1, %(mesas)s) m;
INSERT INTO comites_tipodecomite (id, nombre, descripcion)
SELECT 1000 + c, 'Tema inventado ' || c, '' FROM generate_series(1, %(comites)s) c;
INSERT INTO comites_comite (id, mesa_id, tipo_id, nombre, coordinacion_id, desde)
SELECT (m - 1) * %(comites)s + c, m, 1000 + c, 'Comité ' || c, %(mesas)s + (m - 1) * %(comites)s + c, '2000-01-01'
FROM generate_series(1, %(mesas)s) m, generate_series(1, %(comites)s) c;
"""

# Session s of mesa m: the last one was some days ago; c = 0 is a plenaria, the others are of its comités.
_SESIONES = """
INSERT INTO comites_sesion (id, creado, actualizado, mesa_id, comite_id, tipo, numero, anio, numero_anual, inicio, fin,
                            lugar, estado, nivel, desarrollo, cerrada_el)
SELECT (m - 1) * %(sesiones)s + s, dia, dia, m, CASE WHEN c > 0 THEN (m - 1) * %(comites)s + c END,
       CASE WHEN c > 0 THEN 'comite' ELSE 'plenaria' END, s, extract(year FROM dia), s, dia,
       dia + interval '2 hours', '', 'cerrada', 'mesa', '', dia + interval '2 hours'
FROM generate_series(1, %(mesas)s) m, generate_series(1, %(sesiones)s) s,
     LATERAL (SELECT s %% (%(comites)s + 1) AS c,
              now() - interval '3 days' - (%(sesiones)s - s) * (interval '1 day' * 365 * %(anios)s / %(sesiones)s)
                AS dia) d;
INSERT INTO comites_puntodelorden (sesion_id, orden, titulo, minutos, desenlace, resumen, nivel, motivo_de_reserva,
                                   revisar_reserva_el)
SELECT s.id, o, 'Punto ' || o || ' del orden del día', 15,
       CASE WHEN o <= %(acuerdos)s THEN 'acuerdo' ELSE 'informativo' END,
       'Se informó de lo que se hizo en el periodo y de lo que falta.',
       CASE WHEN reservado THEN 'reservada' ELSE 'mesa' END,
       CASE WHEN reservado THEN 'Inventado para medir' ELSE '' END,
       CASE WHEN reservado THEN current_date + 30 END
FROM comites_sesion s, generate_series(1, %(puntos)s) o,
     LATERAL (SELECT o = %(puntos)s AND s.id %% 10 = 0 AS reservado) r;
INSERT INTO comites_asistencia (sesion_id, integrante_id, estado, suplente, motivo)
SELECT s.id, (s.mesa_id - 1) * %(asientos)s + p,
       (ARRAY['presente', 'presente', 'presente', 'suplente', 'ausente', 'justificada'])[1 + (s.id + p) %% 6], '', ''
FROM comites_sesion s, generate_series(1, %(asientos)s) p;
"""

_ACUERDOS = """
INSERT INTO comites_acuerdo (id, creado, actualizado, folio, sesion_id, clave_de_origen, accion, producto, detalle,
                             responsable_id, institucion_responsable_id, correo_responsable, fecha_compromiso,
                             verificacion, unidad, estado, historico, nivel, nota_publica)
SELECT (s.id - 1) * %(acuerdos)s + a, s.inicio, s.inicio, 'MESA-' || s.mesa_id || '-' || s.id || '-' || a, s.id, '',
       (ARRAY['Instalar luminarias', 'Entregar el informe', 'Reparar las cámaras', 'Capacitar a la policía']
         )[1 + (s.id + a) %% 4] || ' del sector ' || s.id %% 97, 'Un producto que se puede contar', '',
       CASE WHEN a %% 2 = 0 THEN (s.mesa_id - 1) * %(asientos)s + 2 END,
       CASE WHEN a %% 2 = 1 THEN (s.mesa_id - 1) * %(autoridades)s + 1 + s.id %% %(autoridades)s END, '',
       s.inicio::date + 60, 'Visita con fotografías', '',
       CASE WHEN s.inicio < now() - interval '1 year' OR (s.id + a) %% 6 > 0 THEN 'cumplido' ELSE 'pendiente' END,
       false, 'mesa', ''
FROM comites_sesion s, generate_series(1, %(acuerdos)s) a;
INSERT INTO comites_avance (acuerdo_id, fecha, estado, texto, creado)
SELECT a.id, a.fecha_compromiso - 5, 'reportado', 'Se hizo lo acordado.', a.creado FROM comites_acuerdo a
WHERE a.estado = 'cumplido';
INSERT INTO comites_avance (acuerdo_id, fecha, estado, texto, creado)
SELECT a.id, a.fecha_compromiso - 1, 'cumplido', 'Se verificó en el lugar.', a.creado FROM comites_acuerdo a
WHERE a.estado = 'cumplido';
"""

# What closing a session would have left to be searched, from each table at once.
_PALABRAS = """
INSERT INTO comites_textobuscable (sesion_id, punto_id, palabras)
SELECT sesion_id, id, comites_palabras_de_sesion(sesion_id, titulo || ' ' || resumen) FROM comites_puntodelorden;
INSERT INTO comites_textobuscable (sesion_id, acuerdo_id, palabras)
SELECT sesion_id, id,
       comites_palabras_de_sesion(sesion_id, concat_ws(' ', accion, producto, detalle, verificacion, folio))
FROM comites_acuerdo;
"""

ETAPAS = (
    ("mesas", _MESAS),
    ("personas y puestos", _PERSONAS),
    ("sesiones y listas", _SESIONES),
    ("acuerdos", _ACUERDOS),
    ("lo que se busca", _PALABRAS),
)


def poblar(tamano: Tamano) -> None:
    """Fill an empty database, with its catalogues, with a network of that size."""
    valores = {
        "mesas": tamano.mesas,
        "sesiones": tamano.sesiones,
        "anios": tamano.anios,
        "asientos": ASIENTOS,
        "autoridades": AUTORIDADES,
        "comites": COMITES,
        "puntos": PUNTOS,
        "acuerdos": ACUERDOS,
    }
    for _, ordenes in ETAPAS:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(ordenes, valores)
    _seguir_la_cuenta()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _seguir_la_cuenta() -> None:
    """The ids were given: let the sequences go on from there."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT format('SELECT setval(%L, GREATEST((SELECT max(id) FROM %I), 1))',
                          pg_get_serial_sequence(format('%I', table_name), 'id'), table_name)
            FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'
              AND table_name ~ '^(mesas|comites)_'
            """
        )
        for (orden,) in cursor.fetchall():
            cursor.execute(orden)
