"""What the portal brings with it: the country as INEGI numbers it and the mesas of the report."""

import datetime as dt

import pytest
from django.utils.text import slugify

from mesas.models import AliasDeMesa, Cobertura, Entidad, EventoDeVida, Mesa, Municipio
from mesas.operaciones import Carga, cargar_catalogos, cargar_mesas_del_informe

pytestmark = pytest.mark.django_db


@pytest.fixture
def red():
    cargar_catalogos()
    cargar_mesas_del_informe()


def test_los_catalogos_se_cargan_una_vez():
    assert cargar_catalogos() == Carga(nuevas=32 + 2478)
    assert cargar_catalogos() == Carga()
    assert Entidad.objects.get(pk="15").nombre_corto == "Estado de México"
    assert Entidad.objects.get(pk="16").nombre == "Michoacán de Ocampo"
    nuevos = Municipio.objects.filter(pk__in=["24059", "25019", "25020"]).values_list("nombre", flat=True)
    assert set(nuevos) == {"Villa de Pozos", "Eldorado", "Juan José Ríos"}


def test_los_catalogos_corrigen_nombres_y_respetan_lo_que_no_conocen():
    cargar_catalogos()
    Municipio.objects.filter(pk="28038").update(nombre="Tampiko", longitud=None)
    Municipio.objects.create(pk="28999", entidad_id="28", nombre="No especificado", pseudo=True)
    assert cargar_catalogos() == Carga(corregidas=1)
    assert Municipio.objects.get(pk="28038").longitud == pytest.approx(-97.9, abs=0.3)
    assert Municipio.objects.get(pk="28999").pseudo is True


def test_las_31_mesas_del_informe_en_su_orden(red):
    mesas = Mesa.objects.order_by("orden")
    assert [mesa.orden for mesa in mesas] == list(range(1, 32))
    assert [mesas[0].slug, mesas[17].slug, mesas[30].slug] == ["ciudad-juarez", "metropoli-monterrey", "mexicali"]
    for mesa in mesas:
        assert mesa.slug == slugify(mesa.nombre.replace("/", "-").replace(" – ", "-")), mesa
    assert all(mesa.publica and not mesa.es_demo and mesa.fuente for mesa in mesas)
    assert mesas.values("entidad").distinct().count() == 14


def test_su_territorio_y_lo_que_se_infiere(red):
    claves = Cobertura.objects.filter(mesa__slug="tampico-madero-altamira").values_list("municipio", flat=True)
    assert set(claves) == {"28038", "28009", "28003"}
    inferidas = Cobertura.objects.filter(inferida=True).values_list("mesa__slug", flat=True).distinct()
    assert set(inferidas) == {"coahuila-sureste", "veracruz-norte"}
    assert not Cobertura.objects.filter(mesa__slug="veracruz-norte", es_sede=True).exists()
    assert Cobertura.objects.filter(es_sede=True).count() == 30


def test_sus_eventos_dicen_de_donde_salen_y_con_que_precision(red):
    valle = EventoDeVida.objects.get(mesa__slug="valle-de-bravo")
    assert (valle.tipo, valle.fecha, valle.precision, valle.inferido) == (
        "instalacion",
        dt.date(2018, 11, 21),
        "a_mas_tardar",
        True,
    )
    assert valle.fuente == "Informe ejecutivo del 3er Encuentro (México SOS, 2018): asistió"
    toluca = EventoDeVida.objects.get(mesa__slug="toluca-metepec")
    assert (toluca.fecha, toluca.precision) == (dt.date(2016, 4, 14), "dia")
    suspendidas = Mesa.objects.con_estado(dt.date(2026, 1, 1)).filter(estado="suspendida")
    assert {mesa.slug for mesa in suspendidas} == {"zamora", "uruapan", "huetamo"}
    assert not EventoDeVida.objects.filter(fuente="").exists()


def test_el_asterisco_sin_explicar_se_dice(red):
    assert set(Mesa.objects.filter(nota__contains="asterisco").values_list("slug", flat=True)) == {
        "cordoba",
        "coatzacoalcos",
    }


def test_otra_vez_no_repite_ni_pisa_lo_que_el_personal_corrigio(red):
    Mesa.objects.filter(slug="leon").update(nota="Corregida", publica=False)
    Mesa.objects.filter(slug="xalapa").update(slug="xalapa-enriquez")
    antes = (Cobertura.objects.count(), EventoDeVida.objects.count(), AliasDeMesa.objects.count())
    assert cargar_mesas_del_informe() == 0
    assert Mesa.objects.get(slug="leon").nota == "Corregida"
    assert (Cobertura.objects.count(), EventoDeVida.objects.count(), AliasDeMesa.objects.count()) == antes


def test_las_cuentas_son_a_una_fecha(red):
    hoy = Mesa.objects.cuentas(dt.date(2026, 1, 1))
    assert (hoy["total"], hoy["operando"], hoy["suspendida"], hoy["entidades"]) == (31, 28, 3, 14)
    assert hoy["por_confirmar"] == 28
    en_2017 = Mesa.objects.cuentas(dt.date(2017, 6, 1))
    assert en_2017["operando"] == 7  # Juárez, Torreón, Gómez Palacio, Toluca, León, Tampico and Reynosa
