"""Places by their code and by their name."""

import datetime as dt

import pytest

from indicadores import territorios
from indicadores.busqueda import buscar_territorios
from indicadores.delitos import buscar, catalogo
from indicadores.periodos import Periodicidad, mes
from indicadores.series import componer_todas, serie
from indicadores.territorios import (
    SIEMPRE,
    TerritorioDesconocido,
    Unidad,
    de_entidades,
    de_mesas,
    de_municipios,
    resolver,
    resolver_posibles,
)
from mesas.models import AliasDeMesa, Cobertura, Mesa, Municipio

pytestmark = pytest.mark.django_db

CONURBADA = "grupo:28003-28009-28038"
HOY = dt.date(2026, 11, 22)


# ── By code ─────────────────────────────────────────────────────────────────────────────


def test_todas_las_clases_en_una_consulta(cifras, django_assert_num_queries):
    claves = ["mesa:torreon", "28038", CONURBADA, "nacional", "28", "mesa:tampico-madero-altamira", "05035"]
    with django_assert_num_queries(1):
        lugares = resolver(claves)
    assert [lugar.clave for lugar in lugares] == claves
    assert [lugar.nombre for lugar in lugares] == [
        "Mesa Torreón",
        "Tampico, Tamaulipas",
        "3 municipios: Altamira, Ciudad Madero y Tampico",
        "México",
        "Tamaulipas",
        "Mesa Tampico-Madero-Altamira",
        "Torreón, Coahuila",
    ]
    with django_assert_num_queries(0):
        assert [lugar.clave for lugar in resolver(["nacional"])] == ["nacional"]


def test_la_cobertura_de_una_mesa_trae_sus_fechas(cifras):
    mesa = Mesa.objects.create(slug="movil", nombre="Móvil", entidad_id="28", publica=True)
    Cobertura.objects.create(mesa=mesa, municipio_id="28038", hasta=dt.date(2020, 3, 1))
    Cobertura.objects.create(mesa=mesa, municipio_id="28003", desde=dt.date(2019, 6, 15))
    Cobertura.objects.create(mesa=mesa, municipio_id="28038", desde=dt.date(2024, 1, 1))
    (lugar,) = resolver(["mesa:movil"])
    assert lugar.unidades == (
        Unidad("28003", ((mes(2019, 7), None),)),
        Unidad("28038", ((None, mes(2020, 3)), (mes(2024, 1), None))),
    )


def test_una_mesa_sin_municipios_es_un_territorio_vacio(cifras):
    Mesa.objects.create(slug="vacia", nombre="Vacía", entidad_id="28", publica=True)
    (lugar,) = resolver(["mesa:vacia"])
    assert lugar.unidades == ()
    assert "mesa:vacia" not in {mesa.clave for mesa in de_mesas()}
    assert serie("mesa:vacia", "homicidio-doloso") == []


def test_los_que_existen_y_por_que_no_los_demas(cifras):
    lugares, errores = resolver_posibles(["28", "99", "nacional", "grupo:28003"])
    assert [lugar.clave for lugar in lugares] == ["28", "nacional"]
    assert [str(error) for error in errores] == ["99", "grupo:28003"]
    assert "«grupo:28003-28009-28038»" in errores[0].mensaje


# ── Groups ──────────────────────────────────────────────────────────────────────────────


def test_un_grupo_no_depende_del_orden(cifras):
    (lugar,) = resolver(["grupo:28038-28003-28009-28003"])
    assert lugar.clave == CONURBADA
    assert lugar.es_grupo
    assert not lugar.es_mesa
    assert lugar.unidades == (Unidad("28003"), Unidad("28009"), Unidad("28038"))
    assert lugar.unidades[0].tramos == SIEMPRE


def test_el_nombre_de_un_grupo_es_corto_y_dice_su_entidad_si_hace_falta(cifras):
    cuatro, cinco, dos_entidades = resolver(
        ["grupo:20001-20002-20003-20004", "grupo:20001-20002-20003-20004-20005", "grupo:05035-10012"]
    )
    assert cuatro.nombre.count(",") == 2
    assert cinco.nombre == "5 municipios: Abejones, Acatlán de Pérez Figueroa, Asunción Cacalotepec y 2 más"
    assert dos_entidades.nombre == "2 municipios: Torreón (Coahuila) y Lerdo (Durango)"


@pytest.mark.parametrize(
    ("clave", "dice"),
    [
        ("grupo:", "«» no lo es"),
        ("grupo:28003", "de 2 a 60 municipios distintos y ese lleva 1"),
        ("grupo:28003-28003", "ese lleva 1"),
        ("grupo:28003-2803", "«2803» no lo es"),
        ("grupo:28003-28", "«28» no lo es"),
        ("grupo:28003-28999", "No hay municipio con la clave «28999»"),
        ("grupo:14001-14998", "No hay municipio con la clave «14998»"),
        ("grupo:28003-33001", "«33001» no lo es"),
        ("grupo:28003,28009", "«28003,28009» no lo es"),
        ("grupo:28003-٢٨٠٠٩", "no lo es"),
        ("grupo:28003-28009-\x00", "no lo es"),
    ],
)
def test_lo_que_no_es_un_grupo(cifras, clave, dice):
    with pytest.raises(TerritorioDesconocido) as error:
        resolver([clave])
    assert str(error.value) == clave
    assert dice in error.value.mensaje


def test_un_grupo_lleva_hasta_sesenta(cifras, django_assert_num_queries):
    claves = [f"20{numero:03d}" for numero in range(1, 62)]
    with django_assert_num_queries(1):
        (lugar,) = resolver([f"grupo:{'-'.join(claves[:60])}"])
    assert len(lugar.unidades) == 60
    with pytest.raises(TerritorioDesconocido) as error:
        resolver([f"grupo:{'-'.join(claves)}"])
    assert "ese lleva 61" in error.value.mensaje


def test_un_grupo_da_lo_mismo_que_la_mesa_de_esos_municipios(cifras):
    (grupo,) = [r for r in serie(CONURBADA, "homicidio-doloso") if r.periodo == "2024"]
    (mesa,) = [r for r in serie("mesa:tampico-madero-altamira", "homicidio-doloso") if r.periodo == "2024"]
    assert (grupo.carpetas, grupo.poblacion, grupo.tasa, grupo.cobertura) == (10, 803_373, mesa.tasa, "3 de 3")
    assert grupo.partes == ("28003", "28009", "28038")


def test_a_un_grupo_le_falta_el_municipio_sin_poblacion(cifras):
    """Villa de Pozos has figures and no projection of CONAPO."""
    (grupo,) = [r for r in serie("grupo:24028-24059", "homicidio-doloso") if r.periodo == "2024"]
    (sola,) = [r for r in serie("24028", "homicidio-doloso") if r.periodo == "2024"]
    assert (grupo.cobertura, grupo.faltantes) == ("1 de 2", ("24059",))
    assert (grupo.carpetas, grupo.poblacion) == (sola.carpetas, sola.poblacion)


def test_a_un_grupo_le_falta_el_municipio_sin_cifras(cifras):
    """Most of Oaxaca's municipalities are not in the files of 2015 and 2016."""
    renglones = {r.periodo: r for r in serie("grupo:20001-20067", "feminicidio")}
    assert renglones["2016"].cobertura != "2 de 2"
    assert renglones["2020"].cobertura == "2 de 2"


# ── Lists ───────────────────────────────────────────────────────────────────────────────


def test_listas_en_una_consulta(cifras, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(de_entidades()) == 32
    with django_assert_num_queries(1):
        oaxaca = de_municipios("20")
    assert len(oaxaca) == 570
    assert [lugar.clave for lugar in oaxaca] == sorted(lugar.clave for lugar in oaxaca)
    con_territorio = Mesa.objects.publicas().reales().filter(coberturas__isnull=False).distinct().count()
    with django_assert_num_queries(1):
        assert len(de_mesas()) == con_territorio


def test_los_pseudomunicipios_no_estan_en_las_listas(cifras):
    jalisco = {lugar.clave for lugar in de_municipios("14")}
    assert len(jalisco) == 125
    assert Municipio.objects.filter(clave="14998", pseudo=True).exists()
    assert "14998" not in jalisco


def test_todos_los_municipios_de_una_entidad_en_tres_consultas(cifras, django_assert_num_queries):
    elegido = buscar(catalogo(), "homicidio-doloso")
    for entidad, cuantos in (("06", 10), ("20", 570)):
        with django_assert_num_queries(3):
            renglones = list(
                componer_todas(de_municipios(entidad), [elegido], Periodicidad.ANUAL, mes(2024, 1), mes(2024, 12))
            )
        assert len(renglones) == cuantos


# ── By name ─────────────────────────────────────────────────────────────────────────────


def claves(texto, **opciones):
    return [hallazgo.clave for hallazgo in buscar_territorios(texto, hoy=HOY, **opciones)]


def test_juarez(cifras, django_assert_num_queries):
    with django_assert_num_queries(1):
        hallados = buscar_territorios("juarez", hoy=HOY)
    por_clave = {hallazgo.clave: hallazgo for hallazgo in hallados}
    assert [hallazgo.clave for hallazgo in hallados][:3] == ["08037", "mesa:ciudad-juarez", "19031"]
    assert por_clave["mesa:ciudad-juarez"].nombre == "Mesa Ciudad Juárez"
    assert por_clave["mesa:ciudad-juarez"].clase == "mesa"
    assert (por_clave["08037"].nombre, por_clave["08037"].clase) == ("Juárez, Chihuahua", "municipio")
    assert por_clave["08037"].habitantes == por_clave["mesa:ciudad-juarez"].habitantes > 1_500_000
    # Those that begin with it come before those that contain it, however populated.
    assert list(por_clave).index("05015") < list(por_clave).index("23005")
    assert len(hallados) == 12


@pytest.mark.parametrize("texto", ["Juárez", "JUÁREZ", "  juarez  ", "juárez", "juarez,"])
def test_acentos_mayusculas_y_espacios_dan_lo_mismo(cifras, texto):
    assert claves(texto) == claves("juarez")


@pytest.mark.parametrize("texto", ["juárez, chihuahua", "Juarez Chihuahua", "chihuahua juarez"])
def test_con_su_entidad(cifras, texto):
    assert claves(texto)[:2] == ["08037", "mesa:ciudad-juarez"]
    assert "19031" not in claves(texto)


@pytest.mark.parametrize(
    ("texto", "primera"),
    [
        ("tamaulipas", "28"),
        ("coahuila de zaragoza", "05"),
        ("mexico", "nacional"),
        ("nacional", "nacional"),
        ("28", "28"),
        ("28038", "28038"),
        ("leon", "11020"),
        ("tampico", "mesa:tampico-madero-altamira"),
    ],
)
def test_lo_primero_que_sale(cifras, texto, primera):
    assert claves(texto)[0] == primera


@pytest.mark.parametrize("texto", ["", "   ", ",", "\x00", "%", "_", "zzzz", "x" * 5000, "14998", "no especificado"])
def test_lo_que_no_hay(cifras, texto):
    assert claves(texto) == []


def test_cuantos_salen(cifras):
    assert len(claves("san")) == 12
    assert len(claves("san", limite=3)) == 3
    assert claves("mexico", limite=1) == ["nacional"]


def test_solo_las_mesas_publicas_y_reales(cifras):
    assert "mesa:torreon" in claves("torreon")
    Mesa.objects.filter(slug="torreon").update(publica=False)
    assert "mesa:torreon" not in claves("torreon")
    Mesa.objects.filter(slug="torreon").update(publica=True, es_demo=True)
    assert "mesa:torreon" not in claves("torreon")


def test_por_otro_nombre_de_la_mesa(cifras):
    AliasDeMesa.objects.create(mesa=Mesa.objects.get(slug="torreon"), nombre="Zona de los Cuatro Vientos")
    assert claves("cuatro vientos") == ["mesa:torreon"]


def test_todo_lo_que_se_encuentra_se_puede_pedir(cifras):
    for texto in ("juarez", "mexico", "san luis", "tampico"):
        assert [lugar.clave for lugar in resolver(claves(texto))] == claves(texto)


def test_las_formas_dicen_todas_las_clases():
    for forma in ("nacional", "28", "28038", "mesa:", "grupo:"):
        assert f"«{forma}" in territorios.FORMAS
