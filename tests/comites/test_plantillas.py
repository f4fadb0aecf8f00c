"""Templates of agenda: of a mesa and of the network, without taking along what is reserved."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from comites import operaciones_agenda
from comites.models import PlantillaDeAgenda, Sesion
from tests.comites.agenda import datos, en, sesion_con_agenda, titulos
from tests.fabricas import hacer_comite, hacer_cuenta, hacer_integrante, hacer_sesion, reservada

pytestmark = pytest.mark.django_db


@pytest.fixture
def sesion(norte):
    return sesion_con_agenda(norte)


def test_una_agenda_se_guarda_como_plantilla_y_sirve_para_la_siguiente(como, ana, sesion):
    sesion.puntos.filter(titulo="Cifras").update(**reservada())
    sesion.puntos.filter(titulo="Acuerdos").update(origen="acuerdos_abiertos")
    como(ana).post(en("plantilla_guardar", sesion.pk), {"nombre": "La de costumbre"})
    plantilla = PlantillaDeAgenda.objects.get(mesa=sesion.mesa)
    assert (plantilla.tipo, plantilla.renglones) == ("plenaria", "Lista, 10 min")
    assert "La de costumbre" in como(ana).get(en("sesion_nueva")).content.decode()
    como(ana).post(en("sesion_nueva"), datos(plantilla=str(plantilla.pk)))
    assert titulos(Sesion.objects.latest("pk")) == [(1, "Lista", 10)]
    como(ana).post(en("sesion_nueva"), datos(plantilla=str(plantilla.pk), puntos="Otra cosa", inicio_1="19:30"))
    assert titulos(Sesion.objects.latest("pk")) == [(1, "Otra cosa", None)]


def test_una_plantilla_no_pisa_a_otra_ni_se_lleva_lo_reservado(como, ana, sesion):
    url = en("plantilla_guardar", sesion.pk)
    como(ana).post(url, {"nombre": "La de costumbre"})
    pagina = como(ana).post(url, {"nombre": "La de costumbre"}).content.decode()
    assert "Ya hay una plantilla con ese nombre" in pagina and 'value="La de costumbre"' in pagina
    assert "Ponle un nombre." in como(ana).post(url, {"nombre": " "}).content.decode()
    Sesion.objects.filter(pk=sesion.pk).update(**reservada())
    assert "La sesión es reservada" in como(ana).post(url, {"nombre": "Otra"}).content.decode()
    assert PlantillaDeAgenda.objects.count() == 1


def test_las_plantillas_de_una_mesa_son_de_ella_y_las_de_la_red_de_todas(como, ana, beto, carla, norte, sur):
    operaciones_agenda.cargar_plantillas()
    de_red = PlantillaDeAgenda.objects.get(nombre="Plenaria ordinaria")
    suya = PlantillaDeAgenda.objects.create(mesa=norte, tipo="plenaria", nombre="De Norte", renglones="Secreto a voces")
    en_sur = como(carla).get(reverse("coordinacion:plantillas", args=["sur"])).content.decode()
    assert "Plenaria ordinaria" in en_sur and "De Norte" not in en_sur
    for cliente_de, mesa, plantilla, codigo in (
        (carla, "sur", suya, 404),
        (carla, "norte", suya, 404),
        (beto, "norte", suya, 403),
        (ana, "norte", de_red, 403),
        (None, "norte", suya, 302),
        (ana, "norte", suya, 302),
        (ana, "norte", suya, 404),  # the same button again
    ):
        url = reverse("coordinacion:plantilla_borrar", args=[mesa, plantilla.pk])
        assert como(cliente_de).post(url).status_code == codigo
    assert como(ana).get(reverse("coordinacion:plantilla_borrar", args=["norte", de_red.pk])).status_code == 405
    assert not PlantillaDeAgenda.objects.filter(mesa=norte).exists()
    assert operaciones_agenda.cargar_plantillas() == 0, "lo que el personal cambió se queda"


def test_la_plantilla_de_otra_mesa_no_se_usa_con_su_numero(como, ana, sur):
    ajena = PlantillaDeAgenda.objects.create(mesa=sur, tipo="plenaria", nombre="De Sur", renglones="Plan de Sur")
    pagina = como(ana).post(en("sesion_nueva"), datos(plantilla=str(ajena.pk))).content.decode()
    assert "Plan de Sur" not in pagina and not Sesion.objects.exists()


def test_quien_coordina_un_comite_solo_ve_lo_que_puede_crear(como, norte):
    fidel, persona = hacer_cuenta("Fidel Prueba")
    hacer_integrante(norte, persona)
    comite = hacer_comite(norte, persona=persona)
    plenaria = hacer_sesion(norte, dias=2, empezar=False)
    operaciones_agenda.cargar_plantillas()
    pagina = como(fidel).get(en("sesion_nueva")).content.decode()
    assert 'name="numero" value="1"' in pagina, "con un solo órgano, sus números ya están"
    assert "Reunión de comité" in pagina and "Plenaria ordinaria" not in pagina
    assert como(fidel).post(en("sesion_nueva"), datos("plenaria")).status_code == 200
    for nombre in ("agenda", "conjunta"):
        assert como(fidel).get(en(nombre, plenaria.pk)).status_code == 403
    como(fidel).post(en("sesion_nueva"), datos(f"comite:{comite.pk}"))
    assert Sesion.objects.filter(comite=comite).count() == 1


@pytest.mark.parametrize(
    ("columnas", "regla"),
    [
        ("'plenaria', 'Vacía', '  '", "comites_plantilla_con_puntos"),
        ("'encuentro', 'Del encuentro', 'Lista'", "comites_plantilla_tipo"),
        ("'plenaria', 'La misma', 'Lista'", "comites_plantilla_unica"),
    ],
)
def test_las_reglas_de_una_plantilla_las_guarda_la_base(columnas, regla):
    PlantillaDeAgenda.objects.create(tipo="plenaria", nombre="La misma", renglones="Lista")
    en = "INSERT INTO comites_plantilladeagenda (creado, actualizado, tipo, nombre, renglones)"
    with pytest.raises(IntegrityError, match=regla), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{en} VALUES (now(), now(), {columnas})")
