"""The roof pages with the real figures of the first run. Alone in its module: the extract stays loaded in it."""

import datetime as dt

import pytest
from django.urls import reverse

from mesas.models import Mesa
from tests.fabricas import acuerdo_publico, hacer_mesa

pytestmark = pytest.mark.django_db


def test_el_inicio_dice_de_que_anio_es_su_cifra_y_de_donde_sale(client, cifras):
    html = client.get(reverse("inicio")).content.decode()
    assert "se abrieron 25,449 carpetas de investigación por homicidio doloso" in html
    assert "Son carpetas y no víctimas" in html and "<b>Corte:</b>" in html and "<b>Población:</b>" in html


def test_las_tasas_son_las_de_su_propio_territorio(client, cifras):
    html = client.get(reverse("mesa", args=["tampico-madero-altamira"])).content.decode()
    fila = html[html.index("indicadores/homicidio-doloso") :][:1500]
    assert ">10</td>" in fila and "<b>1.2</b>" in fila and "de 0.6 a 2.3" in fila and "Inestable" in fila
    assert "2024 · corte: junio de 2025" in html
    assert "<b>Corte:</b>" in html and "territorio=mesa%3Atampico-madero-altamira" in html


@pytest.mark.parametrize("cuantas", [3, 30])
def test_el_inicio_no_pasa_de_doce_consultas(client, cifras, cuantas, django_assert_num_queries):
    for i in range(cuantas):
        acuerdo_publico(hacer_mesa(f"Mesa {i}", f"28{i + 1:03}"))
    with django_assert_num_queries(11):
        client.get(reverse("inicio"))


@pytest.mark.parametrize("cuantas", [3, 30])
def test_la_mesa_no_pasa_de_doce_consultas(client, cifras, cuantas, django_assert_num_queries):
    mesa = Mesa.objects.get(slug="coahuila-sureste")
    for i in range(cuantas):
        mesa.eventos.create(tipo="ampliacion", fecha=dt.date(2020, 1, 1) + dt.timedelta(days=i), fuente="x")
        mesa.alias.create(nombre=f"Alias {i}")
        acuerdo_publico(mesa, f"Acuerdo {i}") if i < 10 else None
    with django_assert_num_queries(12):
        client.get(reverse("mesa", args=[mesa.slug]))
