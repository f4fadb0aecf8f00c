"""The extract beside its own file, and who asked for a load: both migrations undone and redone over rows."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from indicadores.models import Carga, Recepcion
from tests.fabricas import hacer_cuenta
from tests.indicadores.test_reglas import hacer_carga


def leer(consulta):
    with connection.cursor() as cursor:
        cursor.execute(consulta)
        return cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_el_extracto_cede_al_volver_y_queda_en_pie_al_ir():
    del_portal, del_archivo = hacer_carga(extracto="e" * 64), hacer_carga()
    sola = hacer_carga(extracto="e" * 64, sha256="b" * 64)
    quitada = hacer_carga(sha256="c" * 64)
    Carga.objects.filter(pk=quitada.pk).update(deshecha=timezone.now())
    try:
        call_command("migrate", "indicadores", "0008", verbosity=0)
        en_pie = leer("SELECT id FROM indicadores_carga WHERE deshecha IS NULL ORDER BY id")
        assert en_pie == [(del_archivo.pk,), (sola.pk,)], "one of each file, and no row is lost"
        assert len(leer("SELECT id FROM indicadores_carga")) == 4
    finally:
        call_command("migrate", verbosity=0)
    en_pie = Carga.objects.filter(deshecha=None).order_by("pk")
    assert list(en_pie) == [del_portal, del_archivo, sola]


@pytest.mark.django_db(transaction=True)
def test_lo_ya_pedido_queda_a_nombre_de_quien_lo_subio():
    diana, _ = hacer_cuenta("Diana Prueba", es_personal=True)
    otra, _ = hacer_cuenta("Otra Persona", es_personal=True)
    borrador = Recepcion.objects.create(usuario=diana)
    pedida = Recepcion.objects.create(usuario=diana, pedida_por=otra, estado="recibida", encolada=timezone.now())
    try:
        call_command("migrate", "indicadores", "0009", verbosity=0)
        columnas = "SELECT column_name FROM information_schema.columns WHERE table_name = 'indicadores_recepcion'"
        assert ("pedida_por_id",) not in leer(columnas)
    finally:
        call_command("migrate", verbosity=0)
    assert dict(Recepcion.objects.values_list("pk", "pedida_por")) == {borrador.pk: None, pedida.pk: diana.pk}
