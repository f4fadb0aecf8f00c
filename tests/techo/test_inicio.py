"""The home page: every figure from the data, with its date, and nothing invented or private in it."""

import pytest
from django.urls import reverse

from encuentros.operaciones import cargar_tercer_encuentro
from mesas.operaciones import cargar_catalogos, cargar_mesas_del_informe
from tests.fabricas import acuerdo_publico, cerrar, hacer_acuerdo, hacer_mesa, hacer_sesion

pytestmark = pytest.mark.django_db


def pagina(client):
    respuesta = client.get(reverse("inicio"))
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def test_vacia_dice_que_estaria_ahi_y_como_llega(client):
    html = pagina(client)
    assert "¿Hay una mesa en tu municipio?" in html
    assert "Todavía no hay acuerdos públicos" in html and "Todavía no hay cifras cargadas" in html


def test_con_la_red_del_informe(client):
    cargar_catalogos()
    cargar_mesas_del_informe()
    cargar_tercer_encuentro()
    respuesta = client.get(reverse("inicio"))
    html = respuesta.content.decode()
    assert len(respuesta.context["mapa"].marcas) == 31
    assert (respuesta.context["cuentas"]["operando"], respuesta.context["municipios"]) == (28, 40)
    assert "3er Encuentro" in html and "está por confirmarse" in html


def test_lo_inventado_y_lo_no_consentido_no_aparecen(client, norte):
    hacer_mesa("Inventada", "31050", es_demo=True)
    acuerdo_publico(hacer_mesa("De prueba", "31051", es_demo=True), "Acuerdo de una mesa inventada")
    acuerdo_publico(norte, "Acuerdo que la asamblea consintió")
    sesion = hacer_sesion(norte, dias=-2)
    hacer_acuerdo(sesion, "Acuerdo sin consentimiento")
    cerrar(sesion)
    html = pagina(client)
    assert "Acuerdo que la asamblea consintió" in html
    assert "Inventada" not in html and "mesa inventada" not in html and "sin consentimiento" not in html


@pytest.mark.parametrize("cuantas", [3, 30])
def test_las_consultas_no_crecen(client, cuantas, django_assert_num_queries):
    for i in range(cuantas):
        acuerdo_publico(hacer_mesa(f"Mesa {i}", f"28{i + 1:03}"))
    with django_assert_num_queries(8):
        client.get(reverse("inicio"))
