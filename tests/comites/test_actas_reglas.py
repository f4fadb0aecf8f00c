"""What PostgreSQL refuses of minutes, whatever writes it: attacked with plain SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from comites import operaciones_actas as operaciones
from comites.models import Acta, Eslabon, Objecion, Sesion
from comites.operaciones import pasar_lista
from tests.fabricas import asistir, cerrar, hacer_acuerdo, hacer_comite, hacer_sesion

pytestmark = pytest.mark.django_db


def ejecuta(sql, *valores):
    with connection.cursor() as cursor:
        cursor.execute(sql, valores)


def rechaza(regla, sql, *valores):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        ejecuta(sql, *valores)
    assert error.value.__cause__.diag.constraint_name == regla


@pytest.fixture
def acta(norte, beto):
    sesion = hacer_sesion(norte)
    pasar_lista(sesion=sesion, integrante=beto.persona.asientos.get(), estado="presente")
    hacer_acuerdo(sesion)
    cerrar(sesion)
    return sesion.acta


NUEVO = """
INSERT INTO comites_eslabon (mesa_id, tipo, secuencia, clase, anterior, contenido, huella, creado)
SELECT mesa_id, tipo, {secuencia}, 'acta', {anterior}, 'x', {huella}, now() FROM comites_eslabon WHERE id = %s
"""
BUENA = "comites_huella({secuencia}, {anterior}, 'x')"


@pytest.mark.parametrize(
    ("regla", "secuencia", "anterior", "huella"),
    [
        ("comites_eslabon_en_orden", "3", "huella", BUENA),  # skips one
        ("comites_eslabon_en_orden", "1", "huella", BUENA),  # takes the place of one
        ("comites_eslabon_en_orden", "2", "''", BUENA),  # forgets the one before
        ("comites_eslabon_en_orden", "2", "repeat('a', 64)", BUENA),
        ("comites_eslabon_huella", "2", "huella", "repeat('b', 64)"),
    ],
)
def test_la_cadena_solo_crece_en_orden_y_con_su_huella(acta, regla, secuencia, anterior, huella):
    huella = huella.format(secuencia=secuencia, anterior=anterior)
    sql = NUEVO.format(secuencia=secuencia, anterior=anterior, huella=huella)
    rechaza(regla, sql, acta.eslabon_id)


def test_en_orden_si_crece_y_postgresql_suma_lo_mismo(acta):
    huella = BUENA.format(secuencia="2", anterior="huella")
    ejecuta(NUEVO.format(secuencia="2", anterior="huella", huella=huella), acta.eslabon_id)
    assert Eslabon.objects.count() == 2
    assert not Eslabon.objects.rotos().exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE comites_eslabon SET contenido = contenido || ' '",
        "UPDATE comites_eslabon SET creado = now()",
        "DELETE FROM comites_eslabon",
    ],
)
def test_un_eslabon_no_se_toca(acta, sql):
    rechaza("comites_eslabon_no_cambia", sql)


@pytest.mark.parametrize(
    "cambio",
    ["folio = 'OTRO'", "codigo = 'OTRO'", "creado = now()", "sesion_id = sesion_id + 1"],
)
def test_de_un_acta_solo_vive_su_revision(acta, cambio):
    rechaza("comites_acta_no_cambia", f"UPDATE comites_acta SET {cambio}")
    rechaza("comites_acta_no_cambia", "DELETE FROM comites_acta")


def test_enviada_una_vez_el_plazo_no_se_mueve(acta):
    operaciones.enviar_borrador(acta=acta)
    rechaza("comites_acta_no_cambia", "UPDATE comites_acta SET objeciones_hasta = '2099-01-01'")


APROBAR = "UPDATE comites_acta SET aprobada_el = now(), aprobada_en_id = %s WHERE id = %s"


def test_la_aprueba_una_sesion_posterior_de_su_organo_que_ya_empezo(acta, norte, sur):
    malas = [
        acta.sesion,
        hacer_sesion(norte, dias=-30),
        hacer_sesion(norte, comite=hacer_comite(norte), dias=-1),
        hacer_sesion(sur, dias=-1),
        hacer_sesion(norte, dias=5, empezar=False),
    ]
    for mala in malas:
        rechaza("comites_acta_aprobada_despues", APROBAR, mala.pk, acta.pk)
    ejecuta(APROBAR, hacer_sesion(norte, dias=-1).pk, acta.pk)
    assert Sesion.objects.get(pk=acta.sesion_id).estado == "aprobada"  # its session goes with it


def test_con_objeciones_no_se_aprueba_y_aprobada_no_cambia(acta, beto, norte):
    operaciones.enviar_borrador(acta=acta)
    objecion = operaciones.objetar(acta=acta, punto=None, texto="No fue así", autor=beto)
    siguiente = hacer_sesion(norte, dias=-1)
    rechaza("comites_acta_con_objeciones", APROBAR, siguiente.pk, acta.pk)
    operaciones.responder_objecion(objecion=objecion, acepta=False, texto="Sí fue", autor=None)
    ejecuta(APROBAR, siguiente.pk, acta.pk)
    rechaza("comites_acta_no_cambia", "UPDATE comites_acta SET aprobada_el = NULL, aprobada_en_id = NULL")
    rechaza("comites_acta_no_cambia", "UPDATE comites_acta SET aprobada_el = aprobada_el + interval '1 day'")
    rechaza("comites_objecion_al_borrador", OBJETAR, acta.pk)


OBJETAR = (
    "INSERT INTO comites_objecion (acta_id, texto, creado, estado, respuesta) VALUES (%s, 'X', now(), 'pendiente', '')"
)


def test_no_se_objeta_lo_que_no_se_ha_enviado(acta):
    rechaza("comites_objecion_al_borrador", OBJETAR, acta.pk)


def test_una_objecion_se_responde_una_vez_y_no_se_borra(acta, beto):
    operaciones.enviar_borrador(acta=acta)
    objecion = operaciones.objetar(acta=acta, punto=None, texto="No fue así", autor=beto)
    rechaza("comites_objecion_no_cambia", "UPDATE comites_objecion SET texto = 'Otra cosa'")
    rechaza("comites_objecion_no_cambia", "DELETE FROM comites_objecion")
    rechaza("comites_objecion_respondida", "UPDATE comites_objecion SET estado = 'rechazada', respondida_el = now()")
    operaciones.responder_objecion(objecion=objecion, acepta=False, texto="Sí fue", autor=None)
    rechaza("comites_objecion_no_cambia", "UPDATE comites_objecion SET respuesta = 'Mejor no'")


def test_una_sesion_no_pasa_por_aprobada_sin_su_acta(acta):
    rechaza(
        "comites_sesion_con_acta_aprobada",
        "UPDATE comites_sesion SET estado = 'aprobada' WHERE id = %s",
        acta.sesion_id,
    )


def test_un_acta_es_de_una_sesion_cerrada_y_va_en_su_cadena(acta, norte):
    abierta = hacer_sesion(norte, dias=-1)
    colar = "INSERT INTO comites_acta (sesion_id, eslabon_id, folio, codigo, creado) VALUES (%s, %s, 'F', 'C', now())"
    rechaza("comites_acta_de_su_sesion", colar, abierta.pk, acta.eslabon_id)
    de_comite = hacer_sesion(norte, comite=hacer_comite(norte), dias=-1)
    Sesion.objects.filter(pk=de_comite.pk).update(estado="cerrada")
    rechaza("comites_acta_de_su_sesion", colar, de_comite.pk, acta.eslabon_id)


def test_adendas_y_extractos_se_escriben_una_vez(acta, norte):
    adenda = operaciones.agregar_adenda(acta=acta, punto=None, texto="Falta", autor=None)
    acuerdo = acta.sesion.acuerdos.get()
    operaciones.expedir_extracto(acuerdo=acuerdo, autor=None)
    rechaza("comites_escrito_una_vez", "UPDATE comites_adenda SET texto = 'Sobra'")
    rechaza("comites_escrito_una_vez", "DELETE FROM comites_adenda")
    rechaza("comites_escrito_una_vez", "UPDATE comites_extracto SET codigo = 'OTRO'")
    otra = cerrar(hacer_sesion(norte, comite=hacer_comite(norte), dias=-1)).acta
    colar = (
        "INSERT INTO comites_adenda (acta_id, eslabon_id, numero, texto, creado) "
        "SELECT %s, eslabon_id, 2, texto, now() FROM comites_adenda WHERE id = %s"
    )
    rechaza("comites_adenda_de_su_acta", colar, otra.pk, adenda.pk)


@pytest.mark.parametrize("nivel", ["acuerdo", "punto", "sesion"])
def test_lo_reservado_no_se_certifica(norte, nivel):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion, punto=sesion.puntos.first())
    cerrar(sesion)
    tabla = {"acuerdo": "comites_acuerdo", "punto": "comites_puntodelorden", "sesion": "comites_sesion"}[nivel]
    ejecuta(f"UPDATE {tabla} SET nivel = 'reservada', motivo_de_reserva = 'x', revisar_reserva_el = '2030-01-01'")
    rechaza(
        "comites_extracto_de_su_acta",
        "INSERT INTO comites_extracto (acuerdo_id, acta_id, codigo, creado) VALUES (%s, %s, 'C', now())",
        acuerdo.pk,
        sesion.acta.pk,
    )


def test_borrar_la_cuenta_de_quien_intervino_no_choca_con_el_acta(acta, beto, ana, norte):
    operaciones.enviar_borrador(acta=acta)
    objecion = operaciones.objetar(acta=acta, punto=None, texto="No fue así", autor=beto)
    operaciones.responder_objecion(objecion=objecion, acepta=True, texto="Así fue", autor=ana)
    operaciones.expedir_extracto(acuerdo=acta.sesion.acuerdos.get(), autor=ana)
    operaciones.aprobar_acta(acta=acta, sesion=asistir(hacer_sesion(norte, dias=-1)), autor=ana)
    for usuario in (ana, beto):
        usuario.delete()
    objecion = Objecion.objects.get()
    assert (objecion.autor, objecion.respondida_por) == (None, None)
    assert Acta.objects.get().aprobada_por is None
