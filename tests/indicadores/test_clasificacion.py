"""Rankings: who takes part, in what order, and who shares a rank."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicadores.clasificacion import LapsosDistintos, clasificar, del_ultimo_lapso
from indicadores.comparacion import son_distinguibles
from indicadores.delitos import buscar, catalogo
from indicadores.disponibles import municipios_por_clasificar
from indicadores.periodos import Periodicidad, mes
from indicadores.series import clasificar_de, componer_de, componer_todas, leer_clasificacion, leer_fondos
from indicadores.territorios import de_entidades, de_mesas, de_municipios, nacional
from mesas.models import Municipio
from tests.indicadores.figuras import figura


def lugares(clasificacion):
    return [(p.renglon.territorio, p.lugar, p.empatada) for p in clasificacion.posiciones]


def territorios(renglones):
    return [r.territorio for r in renglones]


# ── Order ───────────────────────────────────────────────────────────────────────────────


def test_por_su_limite_inferior_y_no_por_su_tasa():
    """The small place has the higher rate and less to hold it."""
    chico, grande = figura("chico", 30, 100_000), figura("grande", 2_900, 10_000_000)
    assert chico.tasa.valor > grande.tasa.valor
    clasificacion = clasificar([chico, grande])
    assert lugares(clasificacion) == [("grande", 1, True), ("chico", 1, True)]


def test_los_que_el_azar_no_distingue_comparten_lugar_y_el_siguiente_cuenta_a_todos():
    filas = [
        figura("a", 1000, 1_000_000),
        figura("b", 990, 1_000_000),
        figura("c", 980, 1_000_000),
        figura("d", 500, 1_000_000),
        figura("e", 100, 1_000_000),
        figura("f", 95, 1_000_000),
    ]
    assert lugares(clasificar(reversed(filas))) == [
        ("a", 1, True),
        ("b", 1, True),
        ("c", 1, True),
        ("d", 4, False),
        ("e", 5, True),
        ("f", 5, True),
    ]


def test_el_empate_es_con_el_primero_y_no_se_encadena():
    """Each is like its neighbour, but the last is not like the first."""
    a, b, c = figura("a", 1000, 10**6), figura("b", 930, 10**6), figura("c", 870, 10**6)
    assert not son_distinguibles(930, 1, 870, 1)
    assert son_distinguibles(1000, 1, 870, 1)
    assert lugares(clasificar([a, b, c])) == [("a", 1, True), ("b", 1, True), ("c", 3, False)]


def test_un_mes_llevado_a_un_anio_se_ordena_por_su_exposicion():
    mensual = {"periodicidad": Periodicidad.ANUALIZADA, "periodo": "2024-02", "primero": mes(2024, 2)}
    filas = [figura(clave, n, 10**6, ultimo=mes(2024, 2), **mensual) for clave, n in (("a", 200), ("b", 20))]
    assert lugares(clasificar(filas)) == [("a", 1, False), ("b", 2, False)]


# ── Who takes part ──────────────────────────────────────────────────────────────────────


def test_los_que_no_se_ordenan_se_dicen_aparte():
    filas = [
        figura("ordenado", 20, 100_000),
        figura("inestable", 19, 100_000),
        figura("pequeno", 500, 99_999),
        figura("parcial", 500, 900_000, cubiertas=2, unidades=3),
        figura("mudo", None, None),
        figura("sin-poblacion", 40, None),
    ]
    clasificacion = clasificar(filas)
    assert lugares(clasificacion) == [("ordenado", 1, False)]
    assert territorios(clasificacion.inestables) == ["inestable"]
    assert territorios(clasificacion.fuera) == ["pequeno"]
    assert territorios(clasificacion.parciales) == ["parcial"]
    assert territorios(clasificacion.sin_dato) == ["mudo", "sin-poblacion"]
    assert clasificacion.minimo_poblacion == 100_000


def test_el_minimo_se_puede_pedir():
    filas = [figura("a", 50, 60_000), figura("b", 50, Fraction(119_999, 2))]
    assert territorios(clasificar(filas).fuera) == ["b", "a"]
    otra = clasificar(filas, 60_000)
    assert (lugares(otra), territorios(otra.fuera)) == ([("a", 1, False)], ["b"])


def test_de_nadie_no_sale_nada():
    clasificacion = clasificar([])
    assert clasificacion.posiciones == clasificacion.sin_dato == ()


@pytest.mark.parametrize(
    "cambio",
    [{"delito": "feminicidio"}, {"instrumento": "RNID"}, {"primero": mes(2023, 1)}, {"ultimo": mes(2024, 6)}],
)
def test_no_se_ordenan_cifras_de_distinto_lapso(cambio):
    with pytest.raises(LapsosDistintos):
        clasificar([figura("a"), figura("b", **cambio)])


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(50_000, 5_000_000)), max_size=40))
def test_reglas_de_toda_clasificacion(pares):
    filas = [figura(f"{n:05d}", carpetas, poblacion) for n, (carpetas, poblacion) in enumerate(pares)]
    clasificacion = clasificar(filas)
    posiciones = clasificacion.posiciones
    todas = [p.renglon for p in posiciones] + [*clasificacion.inestables, *clasificacion.fuera]
    assert sorted(territorios(todas)) == sorted(territorios(filas))
    inferiores = [p.renglon.tasa.inferior for p in posiciones]
    assert inferiores == sorted(inferiores, reverse=True)
    for lugar, posicion in enumerate(posiciones, 1):
        # A rank is the place in the list of whoever opened it, and nobody in it is told apart from that one.
        primero = posiciones[posicion.lugar - 1]
        assert primero.lugar == posicion.lugar <= lugar
        uno, otro = primero.renglon, posicion.renglon
        assert not son_distinguibles(uno.carpetas, uno.poblacion, otro.carpetas, otro.poblacion)
        if posicion.lugar == lugar > 1:
            previo = posiciones[posiciones[lugar - 2].lugar - 1].renglon
            assert son_distinguibles(previo.carpetas, previo.poblacion, otro.carpetas, otro.poblacion)
        assert posicion.empatada is (sum(p.lugar == posicion.lugar for p in posiciones) > 1)


# ── The newest span ─────────────────────────────────────────────────────────────────────


def test_el_ultimo_lapso_es_el_de_casi_todos():
    filas = [figura(f"{n:02d}", anio=2023) for n in range(20)]
    filas += [figura(f"{n:02d}", anio=2024) for n in range(18)]
    filas += [figura(f"{n:02d}", anio=2025) for n in range(17)]
    filas += [figura("00", anio=2026, instrumento="RNID", carpetas=None)]
    assert {r.periodo for r in del_ultimo_lapso(filas)} == {"2024"}
    assert del_ultimo_lapso(filas[-1:]) == del_ultimo_lapso([]) == []


# ── From the tables ─────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_las_entidades(cifras, django_assert_num_queries):
    elegido = buscar(catalogo(), "homicidio-doloso")
    with django_assert_num_queries(3):
        clasificacion = leer_clasificacion(de_entidades(), elegido)
    assert {p.renglon.periodo for p in clasificacion.posiciones} == {"2024"}
    assert len(clasificacion.posiciones) == 32
    assert [p.renglon.nombre for p in clasificacion.posiciones][:3] == ["Colima", "Morelos", "Baja California"]
    # Guanajuato and Guerrero share the fifth place, and the next is the seventh.
    assert [p.lugar for p in clasificacion.posiciones][:8] == [1, 2, 3, 4, 5, 5, 7, 8]


@pytest.mark.django_db
@pytest.mark.parametrize(("entidad", "cuantos"), [("06", 10), ("20", 570)])
def test_los_municipios_de_una_entidad_en_tres_consultas(cifras, django_assert_num_queries, entidad, cuantos):
    elegido = buscar(catalogo(), "homicidio-doloso")
    with django_assert_num_queries(3):
        c = leer_clasificacion(de_municipios(entidad), elegido, ultimo=mes(2024, 12))
    assert len(c.posiciones) + len(c.inestables) + len(c.fuera) + len(c.parciales) + len(c.sin_dato) == cuantos
    assert all(p.renglon.poblacion >= 100_000 and p.renglon.carpetas >= 20 for p in c.posiciones)


@pytest.mark.django_db
def test_los_municipios_grandes_del_pais(cifras, django_assert_num_queries):
    elegido = buscar(catalogo(), "homicidio-doloso")
    with django_assert_num_queries(3):
        _, grandes, fuera = municipios_por_clasificar(None, 100_000, 2024)
        c = leer_clasificacion(grandes, elegido, ultimo=mes(2024, 12))
    assert (c.posiciones[0].renglon.nombre, c.fuera) == ("Colima, Colima", ())
    assert len(grandes) + fuera.chicos + fuera.sin_poblacion == Municipio.objects.reales().count()
    assert "05035" in {p.renglon.territorio for p in c.posiciones}
    assert "28038" in territorios(c.inestables)


@pytest.mark.django_db
def test_series_y_clasificacion_de_una_misma_lectura(cifras, django_assert_num_queries):
    elegido = buscar(catalogo(), "homicidio-doloso")
    entidades = de_entidades()
    lugares = [nacional(), entidades[5]]
    with django_assert_num_queries(2):
        fondos = leer_fondos([*lugares, *entidades], [elegido])
        clasificacion = clasificar_de(fondos, entidades)
        mensual = list(componer_de(fondos, lugares, Periodicidad.MENSUAL))
    assert clasificacion == leer_clasificacion(entidades, elegido)
    assert mensual == list(componer_todas(lugares, [elegido], Periodicidad.MENSUAL))


@pytest.mark.django_db
def test_las_mesas(cifras, django_assert_num_queries):
    elegido = buscar(catalogo(), "homicidio-doloso")
    with django_assert_num_queries(3):
        c = leer_clasificacion(de_mesas(), elegido, ultimo=mes(2024, 12))
    assert "mesa:tampico-madero-altamira" in territorios(c.inestables)
    assert "mesa:ciudad-juarez" in {p.renglon.territorio for p in c.posiciones}


@pytest.mark.django_db
def test_quien_no_esta_en_ningun_archivo_se_dice_sin_dato(cifras):
    """Most of Oaxaca's municipalities are not in the files of 2015."""
    elegido = buscar(catalogo(), "feminicidio")
    oaxaca = de_municipios("20")
    clasificacion = leer_clasificacion(oaxaca, elegido, ultimo=mes(2015, 2), periodicidad=Periodicidad.MENSUAL)
    mudos = clasificacion.sin_dato
    assert len(mudos) == 535
    assert {(r.cobertura, r.periodo, r.carpetas) for r in mudos} == {("0 de 1", "2015-02", None)}
    assert leer_clasificacion(oaxaca, elegido, ultimo=mes(1999, 12)) is None
