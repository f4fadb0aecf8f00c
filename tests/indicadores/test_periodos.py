"""Months, spans and limits of a question."""

from fractions import Fraction

import pytest

from indicadores.periodos import Periodicidad, leer_limite, mes, parte_del_anio, periodos, texto_del_mes


def nombres(periodicidad, primero, ultimo, **limites):
    return [periodo.nombre for periodo in periodos(periodicidad, primero, ultimo, **limites)]


def test_ida_y_vuelta_de_un_mes():
    assert texto_del_mes(mes(2024, 7)) == "2024-07"
    assert texto_del_mes(mes(2024, 12) + 1) == "2025-01"


def test_un_anio_sin_mes_empieza_en_enero_y_termina_en_diciembre():
    assert leer_limite("2024", final=False) == mes(2024, 1)
    assert leer_limite("2024", final=True) == mes(2024, 12)
    assert leer_limite("2024-07", final=True) == mes(2024, 7)


@pytest.mark.parametrize("texto", ["24", "2024-13", "2024-7", "2024/07", "dos mil", "2024-00", "٢٠٢٤", "20240"])
def test_lo_que_no_es_un_periodo(texto):
    with pytest.raises(ValueError, match="AAAA-MM"):
        leer_limite(texto, final=False)


def test_anual_son_anios_completos():
    todos = (mes(2022, 3), mes(2024, 6))
    assert nombres(Periodicidad.ANUAL, *todos) == ["2022", "2023", "2024"]
    assert nombres(Periodicidad.ANUAL, *todos, desde=mes(2022, 2)) == ["2023", "2024"]
    assert nombres(Periodicidad.ANUAL, *todos, hasta=mes(2024, 11)) == ["2022", "2023"]


def test_mensual():
    assert nombres(Periodicidad.MENSUAL, mes(2024, 11), mes(2025, 2), desde=mes(2024, 12)) == [
        "2024-12",
        "2025-01",
        "2025-02",
    ]


def test_la_anualizada_son_los_mismos_meses():
    todos = (mes(2024, 11), mes(2025, 2))
    assert nombres(Periodicidad.ANUALIZADA, *todos) == nombres(Periodicidad.MENSUAL, *todos)


@pytest.mark.parametrize(
    ("anio", "numero", "parte"),
    [
        (2023, 2, Fraction(28, 365)),
        (2024, 2, Fraction(29, 366)),
        (2100, 2, Fraction(28, 365)),  # a century that is not leap
        (2000, 2, Fraction(29, 366)),
        (2024, 4, Fraction(30, 366)),
        (2023, 12, Fraction(31, 365)),
    ],
)
def test_lo_que_pesa_un_mes_en_su_anio(anio, numero, parte):
    assert parte_del_anio(mes(anio, numero)) == parte


@pytest.mark.parametrize("anio", [2023, 2024])
def test_los_doce_meses_pesan_un_anio(anio):
    assert sum(parte_del_anio(mes(anio, numero)) for numero in range(1, 13)) == 1


def test_cada_periodicidad_se_llama_distinto():
    assert len({periodicidad.etiqueta for periodicidad in Periodicidad}) == len(Periodicidad)
    assert Periodicidad.ANUALIZADA.unidad != Periodicidad.MENSUAL.unidad == Periodicidad.ANUAL.unidad
    assert [p for p in Periodicidad if p.es_de_un_mes] == [Periodicidad.MENSUAL, Periodicidad.ANUALIZADA]


def test_movil_se_llama_como_su_ultimo_mes_y_solo_hay_ventanas_completas():
    ventanas = list(periodos(Periodicidad.MOVIL12, mes(2024, 1), mes(2025, 2)))
    assert [v.nombre for v in ventanas] == ["2024-12", "2025-01", "2025-02"]
    assert all(len(v.meses) == 12 for v in ventanas)
    assert nombres(Periodicidad.MOVIL12, mes(2024, 1), mes(2025, 2), desde=mes(2025, 2)) == ["2025-02"]
    assert nombres(Periodicidad.MOVIL12, mes(2024, 1), mes(2024, 11)) == []
