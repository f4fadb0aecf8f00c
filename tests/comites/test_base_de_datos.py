"""The rules of sessions and publication, attacked around Python: raw SQL, `update`, `bulk_create`."""

import pytest
from django.db import IntegrityError, connection, transaction

from comites.models import ActoDePublicacion, Acuerdo, Asistencia, Invitado, PuntoDelOrden, Sesion
from tests.fabricas import (
    acuerdo_publico,
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_institucion,
    hacer_integrante,
    hacer_sesion,
    publicar,
    reservada,
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
    PuntoDelOrden.objects.update(**reservada())
    Sesion.objects.update(**reservada())
    assert Sesion.objects.get().nivel == "reservada"


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
            hacer_sesion(norte),  # nobody on its roll
        ],
        "comites_acto_de_su_mesa": [asistir(hacer_sesion(sur))],
        "comites_acto_posterior": [asistir(hacer_sesion(norte, dias=-900))],
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
    Acuerdo.objects.filter(sesion=cerrada).update(**reservada())
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
    rechaza(
        "comites_sesion_numero_anual_unico",
        "UPDATE comites_sesion SET numero_anual = 1, anio = (SELECT anio FROM comites_sesion WHERE id <> %s LIMIT 1)",
        otra.pk,
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE comites_sesion SET tipo = 'taller'",
        "UPDATE comites_sesion SET estado = 'borrador'",
        "UPDATE comites_sesion SET mesa_id = {sur}",
        "UPDATE comites_sesion SET inicio = inicio - interval '900 days'",
        "UPDATE comites_puntodelorden SET titulo = 'otra cosa' WHERE id = {punto}",
        "UPDATE comites_puntodelorden SET sesion_id = {taller}, orden = 9 WHERE id = {punto}",
    ],
)
def test_la_asamblea_que_consintio_ya_no_es_otra_cosa(norte, sur, sql):
    """The plenaria is still under way, so its minute is not yet frozen; what its act rests on is."""
    sesion = hacer_sesion(norte, comite=hacer_comite(norte))
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion)
    plenaria = asistir(hacer_sesion(norte, dias=-1))
    publicar(acuerdo, plenaria)
    taller = hacer_sesion(norte, tipo="taller")
    sql = sql.format(sur=sur.pk, taller=taller.pk, punto=plenaria.puntos.first().pk)
    filtro = "" if "WHERE" in sql else f" WHERE id = {plenaria.pk}"
    rechaza("comites_asamblea_que_consintio", sql + filtro)


def test_no_consiente_una_asamblea_que_aun_no_llega(norte):
    acuerdo = acuerdo_publico(norte)
    ActoDePublicacion.objects.update(revocado_el="2026-01-01T00:00Z")
    futura = asistir(hacer_sesion(norte))
    Sesion.objects.filter(pk=futura.pk).update(inicio="2080-01-01T00:00Z", anio=2080)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        ActoDePublicacion.objects.bulk_create([acto(futura.puntos.first(), acuerdo)])
    assert error.value.__cause__.diag.constraint_name == "comites_acto_de_asamblea"


@pytest.mark.parametrize("donde", ["punto", "sesion"])
def test_de_un_punto_o_una_sesion_reservados_nada_se_publica(norte, donde):
    sesion = asistir(hacer_sesion(norte))
    acuerdo = hacer_acuerdo(sesion, punto=sesion.puntos.first())
    cerrar(sesion)
    (sesion.puntos if donde == "punto" else Sesion.objects).update(**reservada())
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        ActoDePublicacion.objects.bulk_create([acto(sesion.puntos.last(), acuerdo)])
    assert error.value.__cause__.diag.constraint_name == "comites_acto_no_reservado"


def test_un_corresponsable_no_se_muda_a_un_acuerdo_cerrado(norte, cerrada):
    abierto = hacer_acuerdo(hacer_sesion(norte, dias=-1))
    abierto.corresponsables.add(hacer_institucion())
    rechaza(
        "comites_minuta_cerrada",
        "UPDATE comites_acuerdo_corresponsables SET acuerdo_id = %s",
        cerrada.acuerdos.get().pk,
    )


def test_un_asiento_con_asistencias_no_se_vuelve_de_otra_persona(cerrada, sur):
    otra = hacer_integrante(sur).persona
    rechaza(
        "comites_asiento_con_historia",
        "UPDATE mesas_integrante SET persona_id = %s WHERE mesa_id = %s",
        otra.pk,
        cerrada.mesa_id,
    )
    rechaza(
        "comites_asiento_con_historia",
        "UPDATE mesas_integrante SET mesa_id = %s WHERE mesa_id = %s",
        sur.pk,
        cerrada.mesa_id,
    )


def test_un_acuerdo_no_se_salta_la_compuerta_diciendose_historico(norte):
    hacer_acuerdo(hacer_sesion(norte), producto="")
    rechaza("comites_historico_no_cambia", "UPDATE comites_acuerdo SET historico = true")


def test_un_producto_de_puros_espacios_no_es_un_producto(norte):
    sesion = hacer_sesion(norte)
    hacer_acuerdo(sesion)
    Acuerdo.objects.update(producto=" \t\n ")
    rechaza("comites_acuerdos_verificables", "UPDATE comites_sesion SET estado = 'cerrada' WHERE id = %s", sesion.pk)


def test_cada_cosa_es_de_su_sesion_y_de_su_mesa(norte, sur):
    sesion, otra = hacer_sesion(norte), hacer_sesion(norte, dias=-1)
    hacer_acuerdo(sesion)
    rechaza("comites_acuerdo_de_su_punto", "UPDATE comites_acuerdo SET punto_id = %s", otra.puntos.first().pk)
    comite, ajeno = hacer_comite(norte), hacer_comite(sur)
    ajeno.delete()
    rechaza(
        "comites_comite_con_su_puesto",
        "UPDATE comites_comite SET coordinacion_id = %s WHERE id = %s",
        ajeno.coordinacion_id,
        comite.pk,
    )


@pytest.mark.parametrize("fecha", ["9999-12-31 23:00-06", "0206-01-01 00:00Z"])
def test_una_fecha_imposible_no_envenena_las_listas(norte, fecha):
    sesion = hacer_sesion(norte)
    rechaza("comites_sesion_en_este_siglo", "UPDATE comites_sesion SET inicio = %s WHERE id = %s", fecha, sesion.pk)


def test_un_punto_no_se_publica_solo(norte):
    hacer_sesion(norte)
    rechaza("comites_punto_nivel", "UPDATE comites_puntodelorden SET nivel = 'publica'")
