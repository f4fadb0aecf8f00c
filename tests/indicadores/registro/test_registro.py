"""What each load left on record, put in order."""

import pytest

from indicadores import registro
from indicadores.models import Cambio, Carga, Control
from indicadores.operaciones_cargas import deshacer_carga
from tests.indicadores.registro.conftest import filas_estatales, filas_municipales

pytestmark = pytest.mark.django_db

OTRA_VEZ = {("28038", "Con arma de fuego", 2023): [4] + [1] * 11, ("28009", "Con arma blanca", 2024): [2] * 11 + [1]}


def test_los_totales_van_por_entidad_y_anio():
    filas = [
        Control(entidad_id="28", anio=2024, total=30, propias=30, ajenas=30),
        Control(entidad_id="28", anio=2023, total=10, propias=10, ajenas=12),
        Control(entidad_id="01", anio=2024, total=5),
    ]
    tabla = registro.controles(filas, {"01": "Aguascalientes", "28": "Tamaulipas"})
    assert tabla.anios == [2023, 2024]
    assert tabla.filas == [("Aguascalientes", [None, 5], 5), ("Tamaulipas", [10, 30], 40)]
    assert (tabla.sumas, tabla.total, tabla.comparados) == ([10, 35], 45, 2)
    assert [(nombre, control.diferencia) for nombre, control in tabla.diferencias] == [("Tamaulipas", -2)]


def test_la_revision_suma_por_entidad_y_por_delito(cargar, django_assert_num_queries):
    cargar(filas_municipales())
    carga = cargar(filas_municipales(cambios=OTRA_VEZ))
    with django_assert_num_queries(3):
        revision = registro.revision(carga, {"28": "Tamaulipas"})
    assert (revision.celdas, revision.neto) == (2, 3 - 1)
    (entidad,) = revision.por_entidad
    assert (entidad.clave, entidad.nombre, entidad.celdas, entidad.neto) == ("28", "Tamaulipas", 2, 2)
    assert {(fila.clave, fila.neto) for fila in revision.por_delito} == {
        ("homicidio-doloso:con-arma-de-fuego", 3),
        ("homicidio-doloso:con-arma-blanca", -1),
    }
    assert revision.opciones[0][:2] == ("homicidio-doloso", "Homicidio doloso"), "the subtipo, then its modalidades"
    assert len(revision.opciones) == 3


def test_los_cambios_llevan_nombres(cargar):
    cargar(filas_municipales())
    carga = cargar(filas_municipales(cambios=OTRA_VEZ))
    primero, segundo = registro.con_nombres(Cambio.objects.publicos().filter(carga=carga).por_mes())
    assert (primero["territorio"], primero["diferencia"]) == ("Ciudad Madero, Entidad 28", -1)
    assert segundo["delito"] == "Homicidio doloso: Con arma de fuego"


def test_que_volveria_si_se_deshace(cargar):
    primera = cargar(filas_municipales(anios=(2023,)))
    segunda = cargar(filas_municipales())
    regreso = registro.lo_que_vuelve(segunda)
    (vuelve,) = regreso.vuelven
    assert (vuelve["carga"], vuelve["bloques"], vuelve["desde"], vuelve["hasta"]) == (primera, 1, 2023, 2023)
    assert (regreso.se_van, regreso.sin_relevo) == (2, 1), "2024 would be left without figures"
    deshacer_carga(carga=segunda)
    assert [fila.en_vigor for fila in Carga.objects.registro()] == [False, True]


def test_el_registro_dice_como_quedo_cada_carga(cargar):
    primera = cargar(filas_municipales(anios=(2023,)))
    parte = cargar(filas_municipales())
    ultima = cargar(filas_municipales(anios=(2024,), cambios=OTRA_VEZ))
    hoy = {carga.pk: (carga.en_vigor, carga.en_parte) for carga in Carga.objects.registro()}
    assert hoy == {primera.pk: (False, True), parte.pk: (True, True), ultima.pk: (True, False)}
    assert list(Carga.objects.registro().reemplazadas_por(parte)) == [primera]
    assert list(Carga.objects.registro().que_reemplazan_a(parte)) == [ultima]


def test_los_municipios_sin_habitantes_se_enlistan(cargar):
    cargar(filas_municipales(municipios=("28003", "31050", "31998")), forzar=True)
    (falta,) = registro.municipios_sin_poblacion()
    assert (falta["municipio"].clave, falta["desde"], falta["de_un_archivo"]) == ("31050", 2023, False)


def test_un_municipio_que_no_estaba_en_el_catalogo_se_dice(cargar):
    cargar([*filas_municipales(), *filas_municipales(municipios=("28099",))])
    (falta,) = registro.municipios_sin_poblacion()
    assert (falta["municipio"].clave, falta["de_un_archivo"]) == ("28099", True)


def test_la_conciliacion_llega_a_los_controles(cargar):
    cargar(filas_municipales())
    carga = cargar(filas_estatales(), estatal=True, forzar=True)
    tabla = registro.controles(carga.controles.all(), {})
    assert (tabla.comparados, tabla.diferencias) == (2, [])
