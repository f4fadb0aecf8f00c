"""The page of a mesa: what is known, how well it is known, and never a name."""

import datetime as dt

import pytest
from django.urls import reverse

from mesas.models import Cobertura, Mesa
from tests.fabricas import (
    acuerdo_publico,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_integrante,
    hacer_mesa,
    hacer_municipio,
    hacer_persona,
    hacer_sesion,
)

pytestmark = pytest.mark.django_db


def pagina(client, slug="norte"):
    respuesta = client.get(reverse("mesa", args=[slug]))
    assert respuesta.status_code == 200
    return respuesta.content.decode()


@pytest.mark.parametrize(
    ("precision", "frase"),
    [
        ("dia", "desde el 14 de abril de 2016"),
        ("mes", "desde abril de 2016"),
        ("anio", "desde 2016"),
        ("a_mas_tardar", "al menos desde el 14 de abril de 2016"),
    ],
)
def test_el_estado_no_dice_mas_que_su_fuente(client, norte, precision, frase):
    norte.eventos.update(fecha=dt.date(2016, 4, 14), precision=precision, inferido=True)
    html = pagina(client)
    assert f"{frase} (se infiere)." in html and "Operando" in html


def test_sin_eventos_no_inventa_estado(client, norte):
    norte.eventos.all().delete()
    html = pagina(client)
    assert "No consta en qué estado está." in html and "No consta ningún hecho de su vida." in html


def test_territorio_otros_nombres_comites_y_nota(client, norte):
    hacer_municipio("30133", "Pueblo Viejo")
    Cobertura.objects.create(mesa=norte, municipio_id="30133", inferida=True, nota="Se infiere de su plenaria.")
    Cobertura.objects.create(mesa=norte, municipio=hacer_municipio("30152", "Tampico Alto"), hasta=dt.date(2020, 1, 1))
    norte.alias.create(nombre="Mesa del Sur de Tamaulipas")
    hacer_comite(norte, "Comité de prevención", hacer_persona("Coordinadora Secreta"))
    Mesa.objects.update(nota="No consta cuándo se instaló.", fuente="Informe")
    html = pagina(client)
    for dicho in ("Pueblo Viejo", "Se infiere de su plenaria.", "Mesa del Sur de Tamaulipas", "Comité de prevención"):
        assert dicho in html
    assert "No consta cuándo se instaló." in html
    assert "Tampico Alto" not in html, "lo que ya no cubre"
    assert "Coordinadora Secreta" not in html


def test_nunca_nombra_a_nadie(client, norte, ana, beto):
    integrante = hacer_integrante(norte, hacer_persona("Responsable Secreta"))
    acuerdo_publico(norte, "Poner luminarias", institucion_responsable=None, responsable=integrante)
    html = pagina(client)
    assert "Poner luminarias" in html
    for nombre in ("Ana Prueba", "Beto Prueba", "Responsable Secreta"):
        assert nombre not in html


def test_los_acuerdos_publicos_por_estado_y_solo_los_publicos(client, norte):
    acuerdo_publico(norte, "Acuerdo consentido")
    sesion = hacer_sesion(norte, dias=-2)
    hacer_acuerdo(sesion, "Acuerdo de la mesa")
    cerrar(sesion)
    html = pagina(client)
    assert "Acuerdo consentido" in html and "Acuerdo de la mesa" not in html and "Pendiente" in html


def test_lo_que_no_es_publico_no_existe(client, ana, norte):
    hacer_mesa("Secreta", "31050", publica=False)
    assert client.get(reverse("mesa", args=["secreta"])).status_code == 404
    assert client.get(reverse("mesa", args=["no-existe"])).status_code == 404


def test_una_mesa_inventada_lo_dice_y_no_se_indexa(client, norte):
    Mesa.objects.update(es_demo=True)
    html = pagina(client)
    assert "Datos de demostración" in html and '<meta name="robots" content="noindex">' in html


def test_como_llegar_a_ella(client, norte, settings):
    assert "A través de México SOS" in pagina(client)
    settings.CONTACTO_RED = "red@ejemplo.mx"
    assert "mailto:red@ejemplo.mx" in pagina(client)
    Mesa.objects.update(correo_publico="norte@ejemplo.mx")
    assert "mailto:norte@ejemplo.mx" in pagina(client)


def test_sin_cifras_dice_por_que(client, norte):
    html = pagina(client)
    assert "Sin cifras de su territorio" in html and "Los archivos oficiales" in html


def test_sin_municipios_no_culpa_a_los_archivos(client, norte):
    norte.coberturas.all().delete()
    html = pagina(client)
    assert "cuando conste qué municipios atiende" in html and "Los archivos oficiales" not in html


@pytest.mark.parametrize("cuantas", [3, 30])
def test_las_consultas_no_crecen(client, norte, cuantas, django_assert_num_queries):
    for i in range(cuantas):
        Cobertura.objects.create(mesa=norte, municipio=hacer_municipio(f"28{i + 1:03}", f"M{i}"), desde=None)
        norte.eventos.create(tipo="ampliacion", fecha=dt.date(2020, 1, 1) + dt.timedelta(days=i), fuente="x")
        norte.alias.create(nombre=f"Alias {i}")
        acuerdo_publico(norte, f"Acuerdo {i}") if i < 5 else None
    with django_assert_num_queries(7):
        client.get(reverse("mesa", args=["norte"]))
