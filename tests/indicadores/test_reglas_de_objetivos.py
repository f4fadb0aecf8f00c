"""What PostgreSQL refuses of an objective, whatever writes it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from comun.errores import mensaje_de_la_base
from indicadores.models import Objetivo
from mesas.models import Municipio
from tests.fabricas import acuerdo_publico, hacer_acuerdo, hacer_mesa, hacer_sesion
from tests.indicadores.objetivos import CATALOGO, hacer_catalogo

pytestmark = pytest.mark.django_db

COLUMNAS = (
    "acuerdo_id, delito, nacional, mesa_id, entidad_id, municipio_id, direccion, rezago_meses, declarado, "
    "retirado, motivo_de_retiro"
)


@pytest.fixture
def acuerdo(norte):
    hacer_catalogo()
    return acuerdo_publico(norte)


def insertar(acuerdo, **campos):
    """A row as raw as it gets: no model, no form."""
    fila = {
        "acuerdo_id": acuerdo.pk,
        "delito": CATALOGO[0],
        "nacional": False,
        "mesa_id": None,
        "entidad_id": None,
        "municipio_id": None,
        "direccion": "baja",
        "rezago_meses": 0,
        "declarado": timezone.now(),
        "retirado": None,
        "motivo_de_retiro": "",
    } | campos
    with connection.cursor() as cursor:
        marcas = ", ".join(["%s"] * len(fila))
        cursor.execute(
            f"INSERT INTO indicadores_objetivo ({COLUMNAS}) VALUES ({marcas}) RETURNING id", [*fila.values()]
        )
        return cursor.fetchone()[0]


def rechazo(hacer, *args, **campos):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        hacer(*args, **campos)
    return mensaje_de_la_base(error.value)


def cambiar(pk, **campos):
    with connection.cursor() as cursor:
        asignaciones = ", ".join(f"{campo} = %s" for campo in campos)
        cursor.execute(f"UPDATE indicadores_objetivo SET {asignaciones} WHERE id = %s", [*campos.values(), pk])


@pytest.mark.parametrize(
    ("campos", "dice"),
    [
        ({"delito": "no-existe"}, "no está en los catálogos"),
        ({"delito": "con-arma"}, "no está en los catálogos"),
        ({"direccion": "otra"}, "que baje o que suba"),
        ({"rezago_meses": 37}, "entre 0 y 36"),
        ({"nacional": True, "municipio_id": "28038"}, "un solo territorio"),
        ({"entidad_id": "28", "municipio_id": "28038"}, "un solo territorio"),
        ({"retirado": timezone.now(), "motivo_de_retiro": ""}, "dice por qué"),
        ({"motivo_de_retiro": "Sin haberse retirado"}, "dice por qué"),
    ],
)
def test_lo_que_no_vale_se_rechaza_en_espanol(acuerdo, campos, dice):
    assert dice in rechazo(insertar, acuerdo, **campos)


def test_el_territorio_es_un_lugar_donde_vive_gente(acuerdo, norte):
    Municipio.objects.create(clave="28999", entidad=norte.entidad, nombre="No Especificado", pseudo=True)
    assert "no tiene población" in rechazo(insertar, acuerdo, municipio_id="28999")
    assert insertar(acuerdo, municipio_id="28038")


def test_no_se_repite_ni_con_el_mismo_lugar_vacio(acuerdo):
    insertar(acuerdo)
    assert "ya mira ese delito en ese territorio" in rechazo(insertar, acuerdo)
    assert insertar(acuerdo, municipio_id="28038") and insertar(acuerdo, nacional=True)


def test_son_tres_a_lo_mas_y_los_retirados_no_cuentan(acuerdo):
    primero = insertar(acuerdo)
    insertar(acuerdo, nacional=True)
    insertar(acuerdo, municipio_id="28038")
    assert "a lo más 3" in rechazo(insertar, acuerdo, entidad_id="28")
    cambiar(primero, retirado=timezone.now(), motivo_de_retiro="Cambio de idea")
    assert insertar(acuerdo)


def test_el_de_un_encuentro_dice_en_donde(norte):
    hacer_catalogo()
    acuerdo = hacer_acuerdo(hacer_sesion(norte, tipo="encuentro"))
    assert "di en qué territorio" in rechazo(insertar, acuerdo)
    assert insertar(acuerdo, nacional=True)


@pytest.mark.parametrize(
    "campos",
    [
        {"delito": CATALOGO[1]},
        {"direccion": "sube"},
        {"rezago_meses": 6},
        {"municipio_id": "28038"},
        {"declarado": timezone.now()},
    ],
)
def test_no_se_reescribe(acuerdo, campos):
    assert "no se reescribe" in rechazo(cambiar, insertar(acuerdo), **campos)


def test_retirado_ya_no_cambia_ni_vuelve(acuerdo):
    pk = insertar(acuerdo)
    cambiar(pk, retirado=timezone.now(), motivo_de_retiro="Cambio de idea")
    assert "no se reescribe" in rechazo(cambiar, pk, retirado=None, motivo_de_retiro="")
    assert "no se reescribe" in rechazo(cambiar, pk, motivo_de_retiro="Otra cosa")


def test_quien_lo_declaro_puede_irse_del_portal_y_nadie_ocupa_su_lugar(acuerdo, ana, beto):
    objetivo = Objetivo.objects.create(
        acuerdo=acuerdo, delito=CATALOGO[0], direccion="baja", nacional=True, declarado_por=ana
    )
    assert "no se reescribe" in rechazo(cambiar, objetivo.pk, declarado_por_id=beto.pk)
    cambiar(objetivo.pk, declarado_por_id=None)
    assert "no se reescribe" in rechazo(cambiar, objetivo.pk, declarado_por_id=beto.pk)


def test_con_la_sesion_cerrada_no_se_borra_y_con_ella_abierta_se_va_con_su_acuerdo(acuerdo):
    pk = insertar(acuerdo)
    assert "no se borra" in rechazo(Objetivo.objects.filter(pk=pk).delete)
    abierto = hacer_acuerdo(hacer_sesion(hacer_mesa("Abierta", "31050"), dias=0))
    insertar(abierto)
    abierto.delete()
    assert list(Objetivo.objects.values_list("pk", flat=True)) == [pk]
