"""The rules of sessions and publication, attacked around Python: raw SQL, `update`, `bulk_create`."""

import pytest
from django.db import IntegrityError, connection, transaction

from comites.models import ActoDePublicacion, Acuerdo, Asistencia, Invitado, PuntoDelOrden, Sesion
from tests.fabricas import (
    acuerdo_publico,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_institucion,
    hacer_integrante,
    hacer_sesion,
    publicar,
)

pytestmark = pytest.mark.django_db


def rechaza(regla, sql, *valores):
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, valores)
    assert error.value.__cause__.diag.constraint_name == regla


@pytest.fixture
def cerrada(norte):
    sesion = hacer_sesion(norte)
    hacer_acuerdo(sesion)
    Asistencia.objects.create(sesion=sesion, integrante=hacer_integrante(norte), estado="presente")
    Invitado.objects.create(sesion=sesion, nombre="Visita")
    return cerrar(sesion)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE comites_sesion SET desarrollo = 'otra cosa' WHERE id = %s",
        "UPDATE comites_sesion SET inicio = inicio - interval '1 day' WHERE id = %s",
        "UPDATE comites_sesion SET estado = 'en_curso' WHERE id = %s",
        "UPDATE comites_sesion SET cerrada_el = now() WHERE id = %s",
        "DELETE FROM comites_sesion WHERE id = %s",
        "UPDATE comites_puntodelorden SET resumen = 'otra cosa' WHERE sesion_id = %s",
        "DELETE FROM comites_puntodelorden WHERE sesion_id = %s",
        "UPDATE comites_asistencia SET estado = 'ausente' WHERE sesion_id = %s",
        "DELETE FROM comites_asistencia WHERE sesion_id = %s",
        "DELETE FROM comites_invitado WHERE sesion_id = %s",
        "UPDATE comites_acuerdo SET accion = 'otra cosa' WHERE sesion_id = %s",
        "UPDATE comites_acuerdo SET fecha_compromiso = fecha_compromiso + 1 WHERE sesion_id = %s",
        "DELETE FROM comites_acuerdo WHERE sesion_id = %s",
        "INSERT INTO comites_puntodelorden (sesion_id, orden, titulo, desenlace, resumen, nivel)"
        " VALUES (%s, 9, 'colado', '', '', 'mesa')",
        "INSERT INTO comites_sesion_mesas (sesion_id, mesa_id) SELECT %s, id FROM mesas_mesa",
    ],
)
def test_la_minuta_de_una_sesion_cerrada_no_cambia(cerrada, sql):
    rechaza("comites_minuta_cerrada", sql, cerrada.pk)


def test_tampoco_por_bulk_create_ni_corresponsables(cerrada):
    with pytest.raises(IntegrityError), transaction.atomic():
        PuntoDelOrden.objects.bulk_create([PuntoDelOrden(sesion=cerrada, orden=7, titulo="colado")])
    with pytest.raises(IntegrityError), transaction.atomic():
        cerrada.acuerdos.get().corresponsables.add(hacer_institucion())


def test_un_punto_no_se_muda_a_una_sesion_cerrada_ni_sale_de_ella(cerrada, norte):
    abierta = hacer_sesion(norte, dias=-1)
    mudar = "UPDATE comites_puntodelorden SET sesion_id = %s, orden = orden + 10 WHERE sesion_id = %s"
    rechaza("comites_minuta_cerrada", mudar, cerrada.pk, abierta.pk)
    rechaza("comites_minuta_cerrada", mudar, abierta.pk, cerrada.pk)


def test_lo_que_sigue_vivo_tras_el_cierre_si_cambia(cerrada):
    Acuerdo.objects.update(estado="en_proceso", nivel="red", nota_publica="nota")
    PuntoDelOrden.objects.update(nivel="reservada")
    Sesion.objects.update(nivel="reservada", estado="aprobada")
    assert Sesion.objects.get().estado == "aprobada"


def test_borrar_la_cuenta_de_quien_cerro_no_choca_con_la_minuta(norte, ana):
    sesion = cerrar(hacer_sesion(norte), autor=ana)
    ana.delete()
    sesion.refresh_from_db()
    assert sesion.cerrada_por is None


@pytest.mark.parametrize("falta", ["producto", "verificacion", "fecha_compromiso", "institucion_responsable"])
def test_ni_por_sql_se_cierra_con_un_acuerdo_que_nadie_podria_comprobar(norte, falta):
    sesion = hacer_sesion(norte)
    hacer_acuerdo(sesion, **{falta: "" if falta in {"producto", "verificacion"} else None})
    rechaza("comites_acuerdos_verificables", "UPDATE comites_sesion SET estado = 'cerrada' WHERE id = %s", sesion.pk)


def test_ni_por_sql_nace_cerrada_una_sesion_con_acuerdos_a_medias(norte):
    """An agreement cannot be slipped into a session that is already closed."""
    cerrada = cerrar(hacer_sesion(norte))
    with pytest.raises(IntegrityError), transaction.atomic():
        Acuerdo.objects.bulk_create([Acuerdo(folio="X-1", sesion=cerrada, accion="Colarse")])


@pytest.mark.parametrize("tabla", ["comites_acuerdo", "comites_sesion"])
def test_nada_es_publico_sin_acto(cerrada, tabla):
    rechaza("comites_publica_con_acto", f"UPDATE {tabla} SET nivel = 'publica'")


def test_nada_nace_publico_por_bulk_create(norte):
    sesion = hacer_sesion(norte)
    with pytest.raises(IntegrityError), transaction.atomic():
        Acuerdo.objects.bulk_create([Acuerdo(folio="X-1", sesion=sesion, accion="Colarse", nivel="publica")])


def acto(punto, acuerdo):
    return ActoDePublicacion(punto=punto, acuerdo=acuerdo, fundamento="Por consenso", desde="2024-01-01")


def test_el_acto_es_de_una_asamblea_que_sesiono_de_la_misma_mesa(cerrada, norte, sur):
    acuerdo = cerrada.acuerdos.get()
    casos = {
        "comites_acto_de_asamblea": [
            hacer_sesion(norte, comite=hacer_comite(norte)),
            hacer_sesion(norte, dias=3, empezar=False),
        ],
        "comites_acto_de_su_mesa": [hacer_sesion(sur)],
    }
    for regla, sesiones in casos.items():
        for sesion in sesiones:
            with pytest.raises(IntegrityError) as error, transaction.atomic():
                ActoDePublicacion.objects.bulk_create([acto(sesion.puntos.first(), acuerdo)])
            assert error.value.__cause__.diag.constraint_name == regla


def test_lo_abierto_y_lo_reservado_no_tienen_acto(cerrada, norte):
    abierta = hacer_sesion(norte, dias=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActoDePublicacion.objects.bulk_create([acto(cerrada.puntos.first(), hacer_acuerdo(abierta))])
    Acuerdo.objects.filter(sesion=cerrada).update(nivel="reservada")
    with pytest.raises(IntegrityError), transaction.atomic():
        ActoDePublicacion.objects.bulk_create([acto(cerrada.puntos.first(), cerrada.acuerdos.get())])


def test_un_acto_se_retira_pero_no_se_reescribe_ni_se_borra(norte):
    acuerdo = acuerdo_publico(norte)
    for sql in (
        "UPDATE comites_actodepublicacion SET fundamento = 'otro'",
        "UPDATE comites_actodepublicacion SET desde = desde - 30",
        "DELETE FROM comites_actodepublicacion",
    ):
        rechaza("comites_acto_no_se_reescribe", sql)
    ActoDePublicacion.objects.update(revocado_el="2026-01-01T00:00Z", motivo_de_retiro="prueba")
    rechaza("comites_acto_no_se_reescribe", "UPDATE comites_actodepublicacion SET revocado_el = NULL")
    rechaza("comites_publica_con_acto", "UPDATE comites_acuerdo SET nivel = 'publica' WHERE id = %s", acuerdo.pk)


def test_dos_actos_vigentes_sobre_un_acuerdo_no_caben(norte):
    acuerdo = acuerdo_publico(norte)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActoDePublicacion.objects.bulk_create([acto(acuerdo.sesion.puntos.first(), acuerdo)])


def test_tras_retirarlo_puede_volver_a_consentirse(norte):
    acuerdo = acuerdo_publico(norte)
    ActoDePublicacion.objects.update(revocado_el="2026-01-01T00:00Z")
    publicar(acuerdo)
    assert list(Acuerdo.objects.publicas()) == [acuerdo]


def test_un_solo_responsable_y_un_solo_numero(norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    rechaza(
        "comites_acuerdo_un_responsable",
        "UPDATE comites_acuerdo SET correo_responsable = 'a@b.mx' WHERE id = %s",
        acuerdo.pk,
    )
    otra = hacer_sesion(norte)
    rechaza("comites_sesion_numero_unico", "UPDATE comites_sesion SET numero = 1 WHERE id = %s", otra.pk)
