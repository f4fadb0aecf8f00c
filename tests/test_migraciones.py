"""Migrations: none pending, and every one goes back and forth on tables with rows."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from comites.models import Acuerdo
from mesas.models import Cargo, Mesa
from tests.fabricas import acuerdo_publico, hacer_acuerdo, hacer_mesa, hacer_persona, hacer_sesion, nombrar

APPS = ("encuentros", "indicadores", "comites", "mesas")


@pytest.mark.django_db
def test_no_hay_cambios_sin_migracion():
    salida = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=salida)
    assert "No changes" in salida.getvalue() or "No hay cambios" in salida.getvalue() or not salida.getvalue()


def objetos():
    """Functions, triggers, tables and constraints of the portal, as PostgreSQL knows them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT 'f', proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
             WHERE nspname = 'public' AND NOT EXISTS (
               SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
            UNION ALL SELECT 't', tgname FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT 'c', conname FROM pg_constraint JOIN pg_namespace n ON n.oid = connamespace
             WHERE nspname = 'public'
            UNION ALL SELECT 'i', indexname FROM pg_indexes WHERE schemaname = 'public'
            ORDER BY 1, 2
            """
        )
        return set(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_las_reglas_en_sql_van_y_vuelven_sobre_tablas_con_filas():
    """The trigger migrations, undone and redone without losing a row."""
    mesa = hacer_mesa("Norte")
    nombrar(hacer_persona(), mesa=mesa)
    acuerdo_publico(mesa)
    hacer_acuerdo(hacer_sesion(mesa), nivel="reservada")
    antes = objetos()
    call_command("migrate", "comites", "0001", verbosity=0)
    assert len(objetos()) < len(antes)
    call_command("migrate", verbosity=0)
    assert objetos() == antes
    assert Mesa.objects.count() == Cargo.objects.count() == 1
    reservado = Acuerdo.objects.get(nivel="reservada")  # from before the reason was asked for
    assert "antes de que el portal" in reservado.motivo_de_reserva
    assert reservado.revisar_reserva_el - timezone.now().date() == dt.timedelta(days=90)


@pytest.mark.django_db(transaction=True)
def test_todo_se_desanda_hasta_la_tabla_vacia_y_vuelve():
    antes = objetos()
    for app in APPS:
        call_command("migrate", app, "zero", verbosity=0)
    del_portal = {nombre for _, nombre in objetos() if nombre.startswith(APPS) or nombre in {"sin_acentos", "orden_es"}}
    assert del_portal == set()
    call_command("migrate", verbosity=0)
    assert objetos() == antes
