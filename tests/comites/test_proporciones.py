"""A proportion and its interval: published values, ends, and what is too few to be a percentage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comites.proporciones import MINIMO_PARA_PORCENTAJE, Proporcion, wilson


@pytest.mark.parametrize(
    ("cuantos", "de", "inferior", "superior"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3 (Wilson, no continuity correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_da_los_limites_publicados(cuantos, de, inferior, superior):
    assert [round(limite, 4) for limite in wilson(cuantos, de)] == [inferior, superior]


@given(st.integers(1, 500).flatmap(lambda de: st.tuples(st.integers(0, de), st.just(de))))
def test_el_intervalo_contiene_a_la_proporcion_y_no_sale_de_cero_a_uno(par):
    cuantos, de = par
    inferior, superior = wilson(cuantos, de)
    assert 0 <= inferior <= cuantos / de <= superior <= 1
    contraria = wilson(de - cuantos, de)
    assert (inferior, superior) == pytest.approx((1 - contraria[1], 1 - contraria[0]))


@pytest.mark.parametrize(("cuantos", "de"), [(0, 0), (-1, 5), (6, 5)])
def test_lo_que_no_es_una_proporcion_se_rechaza(cuantos, de):
    with pytest.raises(ValueError, match="proporción"):
        wilson(cuantos, de)


def test_con_pocos_casos_se_dicen_los_numeros_y_no_el_porcentaje():
    assert str(Proporcion(4, 5)) == "4 de 5"
    assert Proporcion(4, MINIMO_PARA_PORCENTAJE - 1).porcentaje is None
    assert str(Proporcion(14, 25)) == "14 de 25 (56 %, intervalo de 95 %: 37 a 73 %)"


def test_cero_de_cero_no_dice_nada():
    assert str(Proporcion(0, 0)) == "" and Proporcion(0, 0).intervalo is None
