"""What must never be false, attacked by raw SQL and bulk_create."""

import pytest
from django.db import IntegrityError, connection, transaction

from encuentros.models import (
    CifraDeclarada,
    Difusion,
    Documento,
    Encuentro,
    OpcionDeVotacion,
    ParticipacionDeMesa,
    Votacion,
)


def ejecutar(sql, *valores):
    """Raw SQL with every deferred rule checked before the savepoint ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(sql, valores)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def rechazado(regla):
    return pytest.raises(IntegrityError, match=regla)


@pytest.fixture
def votacion(tercer_encuentro):
    """A vote with a roll of 36, as many as the votes."""
    fila = tercer_encuentro.votaciones.get()
    ejecutar("UPDATE encuentros_votacion SET padron = 36 WHERE id = %s", fila.pk)
    return fila


@pytest.mark.parametrize(
    ("sql", "regla"),
    [
        ("UPDATE encuentros_encuentro SET numero = 0", "numero"),
        ("UPDATE encuentros_encuentro SET fin = inicio - 1", "encuentros_encuentro_en_orden"),
        ("UPDATE encuentros_encuentro SET fuente = ''", "encuentros_publico_con_fuente"),
        ("UPDATE encuentros_participaciondemesa SET asistio = NULL, invitada = false", "dice_algo"),
        ("UPDATE encuentros_participaciondemesa SET orden = 1", "participacion_orden_unico"),
        ("UPDATE encuentros_propuesta SET orden = 1", "propuesta_orden_unico"),
        ("UPDATE encuentros_propuesta SET fusionada_en_id = id", "no_en_si_misma|fusion"),
        ("UPDATE encuentros_propuesta SET resumen = ''", "propuesta_con_resumen"),
        ("UPDATE encuentros_votacion SET regla = ''", "votacion_con_regla"),
        ("UPDATE encuentros_votacion SET electorado = 'todos'", "votacion_electorado"),
        ("UPDATE encuentros_votacion SET base = 'padron'", "votacion_base"),
        ("UPDATE encuentros_votacion SET padron = 35", "votos_en_el_padron"),
        ("UPDATE encuentros_opciondevotacion SET votos = -1", "votos"),
        ("UPDATE encuentros_opciondevotacion SET nombre = 'CANCUN–isla mujeres'", "opcion_unica"),
        ("UPDATE encuentros_opciondevotacion SET nombre = ''", "opcion"),
        ("UPDATE encuentros_cifradeclarada SET concepto = 'asistentes'", "cifra_concepto"),
        ("UPDATE encuentros_cifradeclarada SET fuente = ''", "cifra_con_fuente"),
        ("UPDATE encuentros_difusion SET de_ellos = cantidad + 1", "difusion_parte"),
        ("UPDATE encuentros_difusion SET unidad = ''", "difusion_con_unidad"),
        ("UPDATE encuentros_difusion SET url = 'javascript:alert(1)'", "difusion_url"),
        ("UPDATE encuentros_documento SET url = 'javascript:alert(1)'", "documento_url"),
        ("UPDATE encuentros_nota SET fuente = ''", "nota_con_fuente"),
        ("UPDATE encuentros_nota SET titulo = 'Una'", "nota_unica"),
        ("UPDATE comites_sesion SET tipo = 'plenaria'", "minuta_cerrada|sesion_de_encuentro"),
    ],
)
def test_la_base_lo_rechaza(tercer_encuentro, sql, regla):
    with rechazado(regla):
        ejecutar(sql)


@pytest.mark.parametrize(
    ("modelo", "campos"),
    [
        (Encuentro, {"numero": 3, "inicio": "2020-01-01", "fin": "2020-01-02"}),
        (ParticipacionDeMesa, {}),
        (OpcionDeVotacion, {"nombre": "Veracruz"}),
        (CifraDeclarada, {}),
        (Documento, {}),
    ],
)
def test_lo_unico_no_se_repite_ni_en_bloque(tercer_encuentro, modelo, campos):
    fila = modelo.objects.first()
    fila.pk = None
    for campo, valor in campos.items():
        setattr(fila, campo, valor)
    with rechazado("duplic"), transaction.atomic():
        modelo.objects.bulk_create([fila])


def test_los_votos_caben_en_el_padron(votacion):
    with rechazado("más votos que"):
        ejecutar("UPDATE encuentros_opciondevotacion SET votos = votos + 1 WHERE votos = 17")
    with rechazado("más votos que"):
        ejecutar(
            "INSERT INTO encuentros_opciondevotacion (votacion_id, nombre, votos) VALUES (%s, 'Otra', 1)", votacion.pk
        )
    with rechazado("más votos que"):
        ejecutar("UPDATE encuentros_votacion SET nulos = 1")
    with rechazado("más votos que"):
        ejecutar("UPDATE encuentros_votacion SET abstenciones = 1")


def test_mover_votos_entre_opciones_pasa_por_sumas_que_nadie_quiere(votacion):
    """The rule looks at the end of the transaction, not in between."""
    ejecutar(
        "UPDATE encuentros_opciondevotacion SET votos = 18 WHERE votos = 17;"
        "UPDATE encuentros_opciondevotacion SET votos = 12 WHERE votos = 13"
    )
    assert votacion.votos_validos == 36


def test_el_padron_no_cambia_despues_de_votar(votacion):
    with rechazado("el padrón con que se votó no cambia"):
        ejecutar("UPDATE encuentros_votacion SET padron = 40")
    with rechazado("el padrón con que se votó no cambia"):
        ejecutar("UPDATE encuentros_votacion SET padron = NULL")


def test_el_padron_se_corrige_antes_de_votar(votacion):
    ejecutar("UPDATE encuentros_opciondevotacion SET votos = 0")
    ejecutar("UPDATE encuentros_votacion SET padron = 40")


def test_la_fusion_va_en_un_paso(tercer_encuentro):
    a, b, c = tercer_encuentro.propuestas.values_list("pk", flat=True)[:3]
    fusion = "UPDATE encuentros_propuesta SET fusionada_en_id = %s WHERE id = %s"
    ejecutar(fusion, b, a)
    with rechazado("únela a la que sigue viva"):
        ejecutar(fusion, a, c)
    with rechazado("ya se unieron otras"):
        ejecutar(fusion, c, b)
    with rechazado("ya se unieron otras"):
        ejecutar(fusion, a, b)


def test_la_fusion_no_cruza_encuentros(tercer_encuentro):
    otro = Encuentro.objects.create(
        numero=4, nombre="4to", nombre_corto="4to", inicio="2019-11-14", fin="2019-11-15", lugar="Cancún"
    )
    a, b = tercer_encuentro.propuestas.all()[:2]
    ajena = otro.propuestas.create(rubro=a.rubro, orden=1, resumen="Otra")
    with rechazado("de un mismo encuentro"):
        ejecutar("UPDATE encuentros_propuesta SET fusionada_en_id = %s WHERE id = %s", ajena.pk, a.pk)
    ejecutar("UPDATE encuentros_propuesta SET fusionada_en_id = %s WHERE id = %s", b.pk, a.pk)
    with rechazado("ni cambiar de encuentro"):
        ejecutar("UPDATE encuentros_propuesta SET encuentro_id = %s, orden = 9 WHERE id = %s", otro.pk, b.pk)


def test_la_sesion_es_de_tipo_encuentro(tercer_encuentro):
    plenaria = tercer_encuentro.anfitriona.sesiones.create(
        tipo="plenaria", numero=1, anio=2018, numero_anual=1, inicio="2018-11-20T12:00Z"
    )
    with rechazado("sesión de tipo encuentro"):
        ejecutar("UPDATE encuentros_encuentro SET sesion_id = %s", plenaria.pk)
    abierta = tercer_encuentro.anfitriona.sesiones.create(
        tipo="encuentro", numero=4, anio=2019, numero_anual=1, inicio="2019-11-14T12:00Z"
    )
    ejecutar("UPDATE encuentros_encuentro SET sesion_id = %s", abierta.pk)
    with rechazado("no cambia de tipo"):
        ejecutar("UPDATE comites_sesion SET tipo = 'plenaria' WHERE id = %s", abierta.pk)


def test_los_totales_se_calculan(votacion):
    """No column holds a total, and each base gives its own."""
    assert "total" not in {campo.name for campo in Votacion._meta.fields}
    votacion.nulos = 4
    votacion.padron = 60
    totales = []
    for votacion.base in ("validos", "emitidos", "padron"):
        totales.append(votacion.total_de_la_base)
    assert totales == [36, 40, 60]
    assert [opcion.nombre for opcion in votacion.ganadoras] == ["Cancún–Isla Mujeres"]


def test_sin_votos_no_hay_ganadora_y_un_empate_tiene_dos(votacion):
    votacion.opciones.update(votos=0)
    assert votacion.ganadoras == []
    votacion.opciones.filter(nombre__in=["Veracruz", "Ixtapa-Zihuatanejo"]).update(votos=9)
    assert len(votacion.ganadoras) == 2


def test_una_difusion_sin_cantidad_no_tiene_parte(tercer_encuentro):
    fila = Difusion.objects.filter(cantidad__isnull=True).first()
    with rechazado("difusion_parte"):
        ejecutar("UPDATE encuentros_difusion SET de_ellos = 1, unidad_de_ellos = 'x' WHERE id = %s", fila.pk)
