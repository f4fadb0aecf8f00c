"""A date moves only by an extension, which says why and from which date to which."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from comites.models import Acuerdo, Prorroga
from comites.operaciones_acuerdos import prorrogar_acuerdo
from comun.formatos import fecha_larga
from tests.fabricas import cerrar, cumplir, hacer_acuerdo, hacer_sesion

pytestmark = pytest.mark.django_db


def rechaza(regla, sql, *valores):
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, valores)
    assert error.value.__cause__.diag.constraint_name == regla


@pytest.fixture
def acuerdo(norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion)
    acuerdo.refresh_from_db()
    return acuerdo


def prorrogar(acuerdo, dias, **datos):
    return prorrogar_acuerdo(
        acuerdo=acuerdo, al=acuerdo.vence + dt.timedelta(days=dias), motivo="Faltó material", autor=None, **datos
    )


def test_la_pagina_dice_siempre_la_primera_fecha_y_por_que_se_movio(como, ana, beto, acuerdo):
    primera, url = acuerdo.fecha_compromiso, reverse("coordinacion:acuerdo", args=["norte", acuerdo.folio])
    prorrogar(acuerdo, 10)
    acuerdo.refresh_from_db()
    for quien in (ana, beto):
        html = como(quien).get(url).content.decode()
        assert fecha_larga(primera) in html and fecha_larga(acuerdo.vence) in html and "Faltó material" in html


def test_la_primera_fecha_no_se_borra_y_vence_en_la_ultima(acuerdo, ana):
    primera = acuerdo.fecha_compromiso
    prorrogar(acuerdo, 10)
    acuerdo.refresh_from_db()
    prorrogar(acuerdo, 5)
    acuerdo.refresh_from_db()
    assert (acuerdo.fecha_compromiso, acuerdo.vence) == (primera, primera + dt.timedelta(days=15))
    assert [fila.de for fila in acuerdo.prorrogas.all()] == [primera, primera + dt.timedelta(days=10)]
    assert not acuerdo.vencido_en(primera + dt.timedelta(days=15))
    assert acuerdo.vencido_en(primera + dt.timedelta(days=16))
    assert Acuerdo.objects.cuentas(primera + dt.timedelta(days=1))["vencidos"] == 0


def test_no_se_prorroga_hacia_atras_ni_lo_que_ya_no_esta_abierto(acuerdo):
    with pytest.raises(ValidationError, match="posterior"):
        prorrogar(acuerdo, 0)
    cumplir(acuerdo)
    with pytest.raises(ValidationError, match="no está abierto"):
        prorrogar(acuerdo, 10)


def test_la_base_no_deja_mover_la_fecha_de_otra_manera(acuerdo):
    prorrogar(acuerdo, 10)
    rechaza("comites_fecha_con_prorroga", "UPDATE comites_acuerdo SET prorrogado_al = prorrogado_al + 90")
    rechaza("comites_fecha_con_prorroga", "UPDATE comites_acuerdo SET prorrogado_al = NULL")
    rechaza("comites_prorroga_no_se_reescribe", "UPDATE comites_prorroga SET motivo = 'otro'")
    rechaza("comites_prorroga_no_se_reescribe", "DELETE FROM comites_prorroga")
    otra = "INSERT INTO comites_prorroga (acuerdo_id, de, al, motivo, creado) VALUES (%s, %s, %s, %s, now())"
    rechaza("comites_prorroga_en_orden", otra, acuerdo.pk, acuerdo.fecha_compromiso, dt.date(2098, 1, 1), "porque sí")
    acuerdo.refresh_from_db()
    rechaza("comites_prorroga_con_motivo", otra, acuerdo.pk, acuerdo.vence, dt.date(2098, 1, 1), "")
    rechaza("comites_prorroga_posterior", otra, acuerdo.pk, acuerdo.vence, acuerdo.vence, "porque sí")
    assert Prorroga.objects.count() == 1
