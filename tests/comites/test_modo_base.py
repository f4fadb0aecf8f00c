"""The rules of a session while it meets, attacked around Python."""

import datetime as dt

import pytest

from comites.models import Movimiento, PaseDeLista, ReglaDeQuorum, Turno
from comites.operaciones_quorum import fijar_regla
from tests.comites.test_base_de_datos import rechaza
from tests.fabricas import cerrar, hacer_comite, hacer_integrante, hacer_sesion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("tabla", ["comites_movimiento", "comites_pasedelista", "comites_turno"])
def test_lo_que_paso_en_la_sala_se_congela_con_la_minuta(norte, tabla):
    sesion, asiento = hacer_sesion(norte), hacer_integrante(norte)
    PaseDeLista.objects.create(sesion=sesion, nombre="Al empezar", hora=sesion.inicio, en_sala=1, base=1)
    Movimiento.objects.create(sesion=sesion, integrante=asiento, tipo="llegada", hora=sesion.inicio)
    Turno.objects.create(sesion=sesion, punto=sesion.puntos.first(), hora=sesion.inicio)
    cerrar(sesion)
    rechaza("comites_minuta_cerrada", f"UPDATE {tabla} SET hora = hora + interval '1 hour'")
    rechaza("comites_minuta_cerrada", f"DELETE FROM {tabla}")


def test_un_turno_es_de_un_punto_de_su_sesion(norte):
    una, otra = hacer_sesion(norte), hacer_sesion(norte, dias=-1)
    sql = "INSERT INTO comites_turno (sesion_id, punto_id, hora) VALUES (%s, %s, now())"
    rechaza("comites_turno_de_su_sesion", sql, una.pk, otra.puntos.first().pk)


def test_un_pase_no_encuentra_mas_personas_que_asientos(norte):
    sql = "INSERT INTO comites_pasedelista (sesion_id, nombre, hora, en_sala, base) VALUES (%s, 'Pase', now(), 3, 2)"
    rechaza("comites_pase_cuenta", sql, hacer_sesion(norte).pk)


REGLA = (
    "INSERT INTO comites_regladequorum (mesa_id, comite_id, tipo, numerador, denominador, numero, solo_ciudadanos,"
    " valen_suplentes, fundamento, desde) VALUES (%s, %s, %s, %s, %s, %s, false, true, '', '2021-01-01')"
)


@pytest.mark.parametrize(
    ("tipo", "numerador", "denominador", "numero"),
    [
        ("fraccion", None, None, None),
        ("fraccion", 3, 2, None),
        ("fraccion", 0, 2, None),
        ("numero", None, None, None),
        ("numero", None, None, 0),
        ("mayoria", None, None, 5),
        ("otra", None, None, None),
    ],
)
def test_una_regla_a_medias_no_se_guarda(norte, tipo, numerador, denominador, numero):
    rechaza("comites_regla_completa", REGLA, norte.pk, None, tipo, numerador, denominador, numero)


def test_la_plenaria_no_tiene_dos_reglas_el_mismo_dia_y_cada_comite_tiene_la_suya(norte, sur, ana):
    fijar_regla(mesa=norte, comite=None, desde=dt.date(2020, 1, 1), autor=ana, tipo="mayoria")
    rechaza("comites_regla_sin_traslape", REGLA, norte.pk, None, "mayoria", None, None, None)
    fijar_regla(mesa=norte, comite=hacer_comite(norte), desde=dt.date(2020, 1, 1), autor=ana, tipo="mayoria")
    rechaza("comites_regla_de_su_mesa", REGLA, sur.pk, hacer_comite(norte, "Otro").pk, "mayoria", None, None, None)
    assert ReglaDeQuorum.objects.count() == 2
