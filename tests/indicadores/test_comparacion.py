"""Ratios of rates against published values, against sums done by hand, and what may not be compared."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicadores.beta import beta_incompleta
from indicadores.comparacion import (
    CambioMinimo,
    NoComparables,
    Razon,
    cambio_porcentual,
    comparar,
    diferencia_minima,
    razon_de_tasas,
    son_distinguibles,
)
from indicadores.periodos import Periodicidad, mes
from tests.indicadores.figuras import figura

COLA = 0.025


def cola_a_mano(k, n, p):
    """P(X ≥ k) of a binomial law, term by term, in exact fractions."""
    p = Fraction(p)
    return float(sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)))


# ── Arithmetic ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("n", [1, 2, 7, 30, 120])
@pytest.mark.parametrize("p", [Fraction(1, 1000), Fraction(1, 7), Fraction(1, 2), Fraction(19, 20)])
def test_la_beta_incompleta_es_la_cola_binomial(n, p):
    for k in range(1, n + 1):
        assert beta_incompleta(k, n - k + 1, float(p), float(1 - p)) == pytest.approx(cola_a_mano(k, n, p), rel=1e-11)


@pytest.mark.parametrize("n", [10**4, 10**6, 10**7])
def test_con_muchos_eventos_se_acerca_a_la_normal(n):
    p = 0.5 - 1 / math.sqrt(n)  # two deviations below the middle
    assert beta_incompleta(n // 2, n // 2 + 1, p, 1 - p) == pytest.approx(0.02275, abs=1 / math.sqrt(n))


def test_los_extremos_de_la_beta_incompleta():
    assert beta_incompleta(3, 4, 0.0, 1.0) == 0
    assert beta_incompleta(3, 4, 1.0, 0.0) == 1
    assert beta_incompleta(1, 1, 0.3, 0.7) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("uno", "otro", "valor", "inferior", "superior", "distinguible"),
    [
        # Homicidio doloso, 2024: Juárez and León; Torreón and Saltillo.
        ((919, 1_637_477), (596, 1_851_376), 1.743, 1.571, 1.936, True),
        ((24, 767_200), (25, 961_895), 1.204, 0.658, 2.197, False),
        # Of the help of R's poisson.test, after Lehmann and Romano.
        ((11, 800), (21, 3011), 1.971488, 0.8584264, 4.2772659, False),
    ],
)
def test_razones_publicadas(uno, otro, valor, inferior, superior, distinguible):
    razon = razon_de_tasas(*uno, *otro)
    decimales = 6 if valor > 1.9 else 3
    assert round(razon.valor, decimales) == valor
    assert razon.inferior == pytest.approx(inferior, abs=0.51 * 10**-decimales)
    assert razon.superior == pytest.approx(superior, abs=0.51 * 10**-decimales)
    assert razon.distinguible is distinguible


@pytest.mark.parametrize(("c1", "c2"), [(1, 1), (3, 9), (0, 5), (6, 0), (12, 30), (40, 41)])
def test_los_limites_dejan_la_cola_que_prometen(c1, c2):
    p1, p2 = 300, 700
    razon = razon_de_tasas(c1, p1, c2, p2)
    n = c1 + c2
    if c1:
        parte = p1 * razon.inferior / (p1 * razon.inferior + p2)
        assert cola_a_mano(c1, n, parte) == pytest.approx(COLA, rel=1e-9)
    if c2:
        parte = p1 * razon.superior / (p1 * razon.superior + p2)
        assert 1 - cola_a_mano(c1 + 1, n, parte) == pytest.approx(COLA, rel=1e-9)


def test_la_prueba_es_la_exacta_en_todos_los_conteos_chicos():
    for p1, p2 in ((1, 1), (3, 1), (2, 5)):
        parte = Fraction(p1, p1 + p2)
        for c1 in range(26):
            for c2 in range(26):
                de_mas = cola_a_mano(c1, c1 + c2, parte)
                de_menos = 1 - cola_a_mano(c1 + 1, c1 + c2, parte)
                assert son_distinguibles(c1, p1, c2, p2) is (min(de_mas, de_menos) < COLA), (c1, p1, c2, p2)


def test_sin_eventos_no_hay_razon_y_con_un_cero_hay_un_limite():
    assert razon_de_tasas(0, 100, 0, 100) is None
    solo_abajo = razon_de_tasas(30, 100, 0, 100)
    assert (solo_abajo.valor, solo_abajo.superior) == (None, None)
    # P(X = 30 of 30) is the tail.
    assert solo_abajo.inferior == pytest.approx(1 / (COLA ** (-1 / 30) - 1))
    solo_arriba = razon_de_tasas(0, 100, 30, 100)
    assert (solo_arriba.valor, solo_arriba.inferior) == (0, 0)
    assert solo_arriba.superior == pytest.approx(1 / solo_abajo.inferior)
    assert solo_abajo.distinguible
    assert solo_arriba.distinguible


@pytest.mark.parametrize("malos", [(-1, 10, 2, 10), (1, 10, -2, 10), (1, 0, 2, 10), (1, 10, 2, -3)])
def test_lo_que_no_es_una_tasa(malos):
    with pytest.raises(ValueError, match=r"negativo|población"):
        razon_de_tasas(*malos)


conteos = st.one_of(st.integers(0, 40), st.integers(0, 10**7))
poblaciones = st.one_of(st.integers(1, 10**9), st.fractions(1, 10**6, max_denominator=12))


@given(conteos, poblaciones, conteos, poblaciones)
def test_al_reves_es_la_inversa(c1, p1, c2, p2):
    assume(c1 or c2)
    razon, inversa = razon_de_tasas(c1, p1, c2, p2), razon_de_tasas(c2, p2, c1, p1)
    assert razon.distinguible is inversa.distinguible
    for uno, otro in ((razon.inferior, inversa.superior), (inversa.inferior, razon.superior)):
        assert uno == (0 if otro is None else pytest.approx(1 / otro, rel=1e-9))
    if c1 and c2:
        assert razon.valor == pytest.approx(1 / inversa.valor, rel=1e-12)


@given(conteos, poblaciones, conteos, poblaciones)
def test_el_intervalo_encierra_a_la_razon_y_dice_lo_mismo_que_la_prueba(c1, p1, c2, p2):
    assume(c1 or c2)
    razon = razon_de_tasas(c1, p1, c2, p2)
    superior = math.inf if razon.superior is None else razon.superior
    assert razon.inferior <= (math.inf if razon.valor is None else razon.valor) <= superior
    if min(abs(razon.inferior - 1), abs(superior - 1)) > 1e-9:
        assert razon.distinguible is (razon.inferior > 1 or superior < 1)


@given(conteos, st.integers(1, 10**6), conteos, st.integers(1, 10**6), st.integers(1, 1000))
def test_mas_carpetas_suben_la_razon(c1, p1, c2, p2, mas):
    assume(c1 or c2)
    antes, despues = razon_de_tasas(c1, p1, c2, p2), razon_de_tasas(c1 + mas, p1, c2, p2)
    assert despues.inferior > antes.inferior
    if c2:
        assert despues.superior > antes.superior


@given(conteos, st.integers(1, 10**6), conteos, st.integers(1, 10**6), st.integers(2, 50))
def test_la_unidad_de_la_poblacion_no_importa(c1, p1, c2, p2, veces):
    assert son_distinguibles(c1, p1, c2, p2) is son_distinguibles(c1, Fraction(p1, veces), c2, Fraction(p2, veces))


@pytest.mark.parametrize(
    ("razon", "texto"),
    [
        (Razon(1.743, 1.571, 1.936, True), "1.7 veces (1.6 a 1.9)"),
        (Razon(1.204, 0.658, 2.197, False), "no distinguible del azar"),
        (Razon(1.021, 1.008, 1.034, True), "1.02 veces (1.01 a 1.03)"),
        (Razon(0.0739, 0.0089, 0.269, True), "0.07 veces (0.01 a 0.27)"),
        (Razon(0.853, 0.801, 0.904, True), "0.85 veces (0.80 a 0.90)"),
        (Razon(None, 7.64, None, True), "al menos 7.6 veces"),
        (Razon(0.0, 0.0, 0.131, True), "a lo más 0.1 veces"),
        (Razon(None, 0.41, None, False), "no distinguible del azar"),
        (Razon(12_345.6, 4_000.2, 80_000.9, True), "12,345.6 veces (4,000.2 a 80,000.9)"),
        (Razon(1e-7, 1e-9, 5e-7, True), "0.000000 veces (0.000000 a 0.000001)"),
    ],
)
def test_la_razon_en_palabras(razon, texto):
    assert razon.texto == texto


# ── What would be a change ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("carpetas", "menor", "mayor", "texto"),
    [
        (0, None, 6, "tendría que subir a 6; ninguna baja se distinguiría del azar"),
        (3, None, 12, "tendría que subir a 12; ninguna baja se distinguiría del azar"),
        (8, 1, 20, "tendría que bajar a 1 o subir a 20"),
        (24, 11, 41, "tendría que bajar a 11 o subir a 41"),
        (919, 835, 1006, "tendría que bajar a 835 o subir a 1,006"),
    ],
)
def test_la_diferencia_minima(carpetas, menor, mayor, texto):
    minima = diferencia_minima(carpetas, 1000)
    assert minima == (menor, mayor)
    assert minima.texto == texto


@given(st.one_of(st.integers(0, 60), st.integers(0, 10**6)), st.integers(1, 10**6), st.integers(1, 10**6))
def test_la_diferencia_minima_es_la_minima(carpetas, poblacion, otra):
    assume(carpetas * otra < 10**9 * poblacion)
    menor, mayor = diferencia_minima(carpetas, poblacion, otra)
    assert son_distinguibles(carpetas, poblacion, mayor, otra)
    assert not son_distinguibles(carpetas, poblacion, mayor - 1, otra)
    assert mayor > carpetas * Fraction(otra, poblacion)
    if menor is None:
        assert not son_distinguibles(carpetas, poblacion, 0, otra)
    else:
        assert son_distinguibles(carpetas, poblacion, menor, otra)
        assert not son_distinguibles(carpetas, poblacion, menor + 1, otra)


def test_por_ciento_solo_desde_veinte():
    assert cambio_porcentual(2, 3) is None
    assert cambio_porcentual(0, 3) is None
    assert cambio_porcentual(20, 30) == 50
    assert cambio_porcentual(200, 150) == -25
    assert CambioMinimo(11, 41).porcentajes(24) == (pytest.approx(-54.17, abs=0.01), pytest.approx(70.83, abs=0.01))
    assert CambioMinimo(None, 12).porcentajes(3) == (None, None)


# ── Two figures ─────────────────────────────────────────────────────────────────────────


JUAREZ = figura()
LEON = figura("11020", 596, 1_851_376)


def test_dos_lugares_en_un_lapso():
    comparacion = comparar(JUAREZ, LEON)
    assert (
        comparacion.frase == "En 2024, la tasa de Juárez, Chihuahua fue 1.7 veces (1.6 a 1.9) la de León, Guanajuato."
    )
    assert comparacion.avisos == ()
    assert not comparacion.es_en_el_tiempo


def test_dos_lapsos_de_un_lugar():
    comparacion = comparar(figura(carpetas=930, anio=2025), JUAREZ)
    assert comparacion.es_en_el_tiempo
    assert comparacion.frase == (
        "Juárez, Chihuahua: la diferencia entre la tasa de 2025 y la de 2024 no es distinguible del azar."
    )
    assert comparar(figura(carpetas=500, anio=2025), JUAREZ).frase == (
        "Juárez, Chihuahua: la tasa de 2025 fue 0.54 veces (0.49 a 0.61) la de 2024."
    )


def test_si_ninguno_tuvo_carpetas_se_dice():
    comparacion = comparar(figura(carpetas=0), figura("11020", 0))
    assert comparacion.razon is None
    assert comparacion.frase == "En 2024, no hubo carpetas ni en Juárez, Chihuahua ni en León, Guanajuato."


def test_la_frase_dice_que_el_mes_se_llevo_a_un_anio_y_pesa_sus_dias():
    febrero, marzo = (
        figura(
            carpetas=290,
            periodo=f"2024-{numero:02d}",
            primero=mes(2024, numero),
            ultimo=mes(2024, numero),
            periodicidad=Periodicidad.ANUALIZADA,
        )
        for numero in (2, 3)
    )
    comparacion = comparar(marzo, febrero)
    assert comparacion.razon.valor == pytest.approx(29 / 31)
    assert "tasa llevada a un año de marzo de 2024" in comparacion.frase
    simples = [replace(r, periodicidad=Periodicidad.MENSUAL) for r in (marzo, febrero)]
    assert comparar(*simples).razon.valor == 1
    with pytest.raises(NoComparables, match="no duran lo mismo"):
        comparar(marzo, simples[1])


def test_los_doce_meses_se_dicen_enteros():
    movil = {
        "periodicidad": Periodicidad.MOVIL12,
        "periodo": "2025-06",
        "primero": mes(2024, 7),
        "ultimo": mes(2025, 6),
    }
    frase = comparar(figura(**movil), figura("11020", 596, 1_851_376, **movil)).frase
    assert frase.startswith("En los 12 meses que terminaron en junio de 2025, la tasa de Juárez")


@pytest.mark.parametrize(
    ("otra", "motivo"),
    [
        (replace(LEON, instrumento="RNID"), "lo de antes no se compara con lo de después"),
        (figura(anio=2026, instrumento="RNID"), "lo de antes no se compara con lo de después"),
        (replace(LEON, delito="feminicidio"), "delitos distintos"),
        (replace(LEON, ultimo=mes(2024, 6)), "no duran lo mismo"),
        (figura("11020", anio=2023), "dos lugares en el mismo lapso o dos lapsos del mismo lugar"),
        (JUAREZ, "la misma cifra"),
        (replace(JUAREZ, territorio="mesa:juarez", nombre="Mesa Juárez"), "son el mismo territorio"),
        (figura(primero=mes(2023, 7), ultimo=mes(2024, 6)), "comparten meses"),
        (replace(LEON, carpetas=None, poblacion=None, tasa=None), "No hay tasa de León, Guanajuato en 2024"),
        (replace(LEON, carpetas=-1, tasa=None), "No hay tasa de León"),
        (replace(LEON, edicion_poblacion="Otra"), "edición distinta de la población"),
    ],
)
def test_lo_que_no_se_compara(otra, motivo):
    for par in ((JUAREZ, otra), (otra, JUAREZ)):
        with pytest.raises(NoComparables, match=motivo):
            comparar(*par)


def test_la_cobertura_parcial_se_dice():
    mesa = figura(
        "mesa:x", 10, 800_000, nombre="Mesa X", cubiertas=2, unidades=3, faltantes=("28038",), partes=("28003", "28038")
    )
    assert comparar(mesa, LEON).avisos == ("La cifra de la mesa X en 2024 cubre 2 de 3: falta parte del territorio.",)
    entera = replace(mesa, cubiertas=3, faltantes=(), periodo="2023", primero=mes(2023, 1), ultimo=mes(2023, 12))
    assert comparar(mesa, entera).avisos[-1] == "La cifra de la mesa X no suma los mismos lugares en los dos lapsos."


@pytest.mark.parametrize(
    ("partes", "aviso"),
    [
        (("08",), "Juárez, Chihuahua es parte de Todo: con el resto, la diferencia es mayor."),
        (("07", "08", "09"), "Juárez, Chihuahua es parte de Todo: con el resto, la diferencia es mayor."),
        (("08036", "08037"), "Juárez, Chihuahua es parte de Todo: con el resto, la diferencia es mayor."),
        (("08036",), None),
    ],
)
def test_la_parte_y_el_todo(partes, aviso):
    todo = figura("todo", 2000, 3_000_000, nombre="Todo", partes=partes)
    for par in ((JUAREZ, todo), (todo, JUAREZ)):
        assert comparar(*par).avisos == ((aviso,) if aviso else ())


def test_lo_que_se_traslapa():
    uno = figura("mesa:a", nombre="Mesa A", partes=("28003", "28009"))
    otro = figura("mesa:b", nombre="Mesa B", partes=("28009", "28038"))
    assert comparar(uno, otro).avisos == ("La mesa A y la mesa B tienen lugares en común: cuentan en las dos tasas.",)
