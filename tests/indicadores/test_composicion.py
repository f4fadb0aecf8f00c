"""Sum over sum, coverage and silence, on small made-up figures and without a database."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicadores.calculos import calcular_tasa
from indicadores.composicion import Fondo, componer
from indicadores.lectura import DatoAnual, Habitantes
from indicadores.periodos import Periodicidad, anio_de, mes, periodos, posicion
from indicadores.territorios import MINIMO_NACIONAL, Territorio, Unidad

TODO = 0b1111_1111_1111
ANUAL, MENSUAL, MOVIL = Periodicidad.ANUAL, Periodicidad.MENSUAL, Periodicidad.MOVIL12
ANUALIZADA = Periodicidad.ANUALIZADA


def dato(por_mes=1, mascara=TODO, ambito="municipal", corte=dt.date(2025, 6, 1), carga=1):
    return DatoAnual(ambito, (por_mes,) * 12, mascara, frozenset([corte]), frozenset([carga]))


def fondo(conteos, habitantes):
    con_ambito = {
        clave: {
            anio: {d.ambito: d for d in (datos if isinstance(datos, list) else [datos])} for anio, datos in a.items()
        }
        for clave, a in conteos.items()
    }
    return Fondo("robo", "CNSP/38/15", con_ambito, Habitantes("Edición", habitantes))


def lugar(*unidades, minimo=Fraction(0)):
    return Territorio("mesa:x", "Mesa X", tuple(u if isinstance(u, Unidad) else Unidad(u) for u in unidades), minimo)


def test_suma_entre_suma_y_no_promedio():
    base = fondo({"a": {2024: dato(1)}, "b": {2024: dato(9)}}, {("a", 2024): 100_000, ("b", 2024): 300_000})
    (renglon,) = componer(lugar("a", "b"), base, ANUAL)
    assert (renglon.carpetas, renglon.poblacion, renglon.cobertura) == (120, 400_000, "2 de 2")
    assert renglon.tasa.valor == 30  # the mean of 12 and 36 would be 24


def test_el_que_no_reporta_sale_de_arriba_y_de_abajo():
    base = fondo(
        {"a": {2024: dato(1)}, "b": {2024: dato(9, mascara=TODO ^ 1)}}, {("a", 2024): 100_000, ("b", 2024): 300_000}
    )
    (renglon,) = componer(lugar("a", "b"), base, ANUAL)
    assert (renglon.carpetas, renglon.poblacion, renglon.cobertura) == (12, 100_000, "1 de 2")
    assert renglon.faltantes == ("b",)
    assert not renglon.completa


def test_una_suma_nacional_necesita_casi_todo_el_pais():
    conteos = {"a": {2024: dato(1)}}
    habitantes = {("a", 2024): 100_000, ("b", 2024): 300_000}
    (renglon,) = componer(lugar("a", "b", minimo=MINIMO_NACIONAL), fondo(conteos, habitantes), ANUAL)
    assert (renglon.carpetas, renglon.poblacion, renglon.tasa, renglon.cobertura) == (None, None, None, "1 de 2")
    habitantes["b", 2024] = 5_000
    (renglon,) = componer(lugar("a", "b", minimo=MINIMO_NACIONAL), fondo(conteos, habitantes), ANUAL)
    assert (renglon.carpetas, renglon.cobertura) == (12, "1 de 2")


def test_un_anio_a_medias_no_es_un_anio_pero_se_dice_su_corte():
    medio = dato(1, mascara=0b111111)
    (renglon,) = componer(lugar("a"), fondo({"a": {2025: medio}}, {("a", 2025): 1000}), ANUAL)
    assert (renglon.carpetas, renglon.tasa, renglon.cobertura, renglon.corte) == (None, None, "0 de 1", "2025-06")


def test_cero_es_una_cifra():
    (renglon,) = componer(lugar("a"), fondo({"a": {2024: dato(0)}}, {("a", 2024): 1000}), ANUAL)
    assert renglon.carpetas == 0
    assert renglon.tasa.valor == 0
    assert renglon.tasa.inestable


def test_sin_poblacion_hay_carpetas_y_no_hay_tasa():
    (renglon,) = componer(lugar("a"), fondo({"a": {2024: dato(2)}}, {}), ANUAL)
    assert (renglon.carpetas, renglon.poblacion, renglon.tasa) == (24, None, None)


def test_en_una_suma_quien_no_tiene_poblacion_sale_y_se_dice():
    base = fondo({"a": {2024: dato(1)}, "nuevo": {2024: dato(5)}}, {("a", 2024): 100_000})
    (renglon,) = componer(lugar("a", "nuevo"), base, ANUAL)
    assert (renglon.carpetas, renglon.poblacion, renglon.cobertura) == (12, 100_000, "1 de 2")


def test_la_cobertura_cuenta_solo_en_sus_meses():
    desde_julio = Unidad("b", ((mes(2024, 7), None),))
    base = fondo({"a": {2024: dato(1)}, "b": {2024: dato(10)}}, {("a", 2024): 120_000, ("b", 2024): 240_000})
    (renglon,) = componer(lugar("a", desde_julio), base, ANUAL)
    assert renglon.carpetas == 12 + 60
    assert renglon.poblacion == 120_000 + 240_000 * Fraction(6, 12)
    assert renglon.cobertura == "2 de 2"
    meses = {r.periodo: r for r in componer(lugar("a", desde_julio), base, MENSUAL)}
    assert (meses["2024-06"].carpetas, meses["2024-06"].cobertura) == (1, "1 de 1")
    assert (meses["2024-07"].carpetas, meses["2024-07"].cobertura) == (11, "2 de 2")


def test_quien_se_fue_y_volvio_cuenta_una_vez():
    unidad = Unidad("a", ((None, mes(2024, 3)), (mes(2024, 9), None)))
    (renglon,) = componer(lugar(unidad), fondo({"a": {2024: dato(1)}}, {("a", 2024): 120_000}), ANUAL)
    assert (renglon.carpetas, renglon.poblacion, renglon.cobertura) == (6, 60_000, "1 de 1")


def test_la_ventana_de_doce_meses_pesa_cada_anio_por_sus_meses():
    base = fondo(
        {"a": {2024: dato(1), 2025: dato(2, mascara=0b111111)}}, {("a", 2024): 1_637_477, ("a", 2025): 1_661_295}
    )
    ultimo = list(componer(lugar("a"), base, MOVIL))[-1]
    assert (ultimo.periodo, ultimo.carpetas, ultimo.poblacion) == ("2025-06", 6 + 12, 1_649_386)


def test_la_tasa_de_un_mes_no_se_anualiza():
    (renglon,) = componer(
        lugar("a"), fondo({"a": {2024: dato(5)}}, {("a", 2024): 100_000}), MENSUAL, mes(2024, 3), mes(2024, 3)
    )
    assert (renglon.periodo, renglon.carpetas, renglon.poblacion) == ("2024-03", 5, 100_000)
    assert renglon.tasa.valor == 5


@pytest.mark.parametrize(("anio", "veces"), [(2023, Fraction(365, 28)), (2024, Fraction(366, 29))])
def test_un_mes_llevado_a_un_anio(anio, veces):
    base = fondo({"a": {anio: dato(5)}}, {("a", anio): 100_000})
    (simple,) = componer(lugar("a"), base, MENSUAL, mes(anio, 2), mes(anio, 2))
    (anualizada,) = componer(lugar("a"), base, ANUALIZADA, mes(anio, 2), mes(anio, 2))
    # The count and the inhabitants are those of the month; only the rate is taken to the year.
    assert (anualizada.carpetas, anualizada.poblacion) == (simple.carpetas, simple.poblacion) == (5, 100_000)
    for limite in ("valor", "inferior", "superior"):
        assert getattr(anualizada.tasa, limite) == pytest.approx(float(getattr(simple.tasa, limite) * veces), rel=1e-12)
    assert anualizada.tasa.inestable
    assert (simple.exposicion, anualizada.exposicion) == (100_000, 100_000 / veces)
    assert (simple.periodicidad, anualizada.periodicidad) == (MENSUAL, ANUALIZADA)


def test_los_meses_llevados_a_un_anio_pesados_por_sus_dias_dan_el_anio():
    base = fondo({"a": {2024: dato(7)}}, {("a", 2024): 100_000})
    (anual,) = componer(lugar("a"), base, ANUAL)
    dias = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    meses = [renglon.tasa.valor for renglon in componer(lugar("a"), base, ANUALIZADA)]
    assert sum(t * d for t, d in zip(meses, dias, strict=True)) / 366 == pytest.approx(anual.tasa.valor)


def test_dice_de_que_se_compone_en_cada_lapso():
    base = fondo({"a": {2024: dato(1)}, "b": {2024: dato(9)}}, {("a", 2024): 1000, ("b", 2024): 1000})
    meses = list(componer(lugar("a", Unidad("b", ((mes(2024, 7), None),))), base, MENSUAL))
    assert (meses[0].partes, meses[6].partes) == (("a",), ("a", "b"))


def test_lo_municipal_gana_cuando_los_dos_traen_los_mismos_meses():
    base = fondo({"11": {2020: [dato(1, ambito="estatal"), dato(2)]}}, {("11", 2020): 1000})
    (renglon,) = componer(lugar("11"), base, ANUAL)
    assert (renglon.carpetas, renglon.ambitos) == (24, ("municipal",))


def test_un_municipal_a_medias_no_esconde_un_anio_estatal_entero():
    base = fondo({"11": {2022: [dato(1, ambito="estatal"), dato(2, mascara=0b111111)]}}, {("11", 2022): 1000})
    (renglon,) = componer(lugar("11"), base, ANUAL)
    assert (renglon.carpetas, renglon.ambitos) == (12, ("estatal",))


def test_un_anio_no_mezcla_archivos_estatales_y_municipales():
    base = fondo(
        {"01": {2023: dato(1, ambito="estatal")}, "11": {2023: [dato(1, ambito="estatal"), dato(2)]}},
        {("01", 2023): 1000, ("11", 2023): 1000},
    )
    (renglon,) = componer(lugar("01", "11"), base, ANUAL)
    assert (renglon.carpetas, renglon.ambitos) == (24, ("estatal",))


def test_un_hueco_en_medio_es_un_renglon_vacio():
    base = fondo({"a": {2020: dato(1), 2022: dato(1)}}, {("a", 2020): 1000, ("a", 2022): 1000})
    renglones = list(componer(lugar("a"), base, ANUAL))
    assert [(r.periodo, r.carpetas) for r in renglones] == [("2020", 12), ("2021", None), ("2022", 12)]


def test_sin_cifras_no_hay_renglones():
    assert list(componer(lugar("a"), fondo({}, {}), ANUAL)) == []


def test_sumar_cortes_distintos_los_dice():
    otro = dato(1, corte=dt.date(2025, 11, 1), carga=2)
    base = fondo({"a": {2024: dato(1)}, "b": {2024: otro}}, {("a", 2024): 1000, ("b", 2024): 1000})
    (renglon,) = componer(lugar("a", "b"), base, ANUAL)
    assert (renglon.corte, renglon.cargas) == ("2025-06;2025-11", frozenset([1, 2]))


# ── Against month by month ──────────────────────────────────────────────────────────────

ANIOS = (2022, 2023, 2024)
un_dato = st.builds(
    lambda meses, mascara, ambito, corte, carga: DatoAnual(
        ambito, tuple(meses), mascara, frozenset([dt.date(2025, corte, 1)]), frozenset([carga])
    ),
    st.lists(st.integers(-1, 50), min_size=12, max_size=12),
    st.sampled_from([TODO, TODO, 0b111111, 0b111111000000, 0b101111111111, 1]),
    st.just("municipal"),
    st.integers(1, 12),
    st.integers(1, 3),
)
un_tramo = st.sampled_from(
    [
        ((None, None),),
        ((None, None),),
        ((mes(2023, 3), None),),
        ((None, mes(2023, 6)), (mes(2024, 2), None)),
        ((mes(2024, 5), mes(2024, 6)),),
    ]
)
un_territorio = st.dictionaries(
    st.sampled_from("abcde"),
    st.tuples(
        un_tramo,
        st.dictionaries(st.sampled_from(ANIOS), un_dato),
        st.dictionaries(st.sampled_from(ANIOS), st.integers(1, 10**6)),
    ),
    min_size=1,
)


def a_mano(territorio, conteos, habitantes, periodo, periodicidad):
    """The same figure, added month by month and unit by unit."""
    carpetas, meses_persona, todos, faltan, cuantas, sin_gente, tocados = 0, 0, 0, [], 0, False, []
    for unidad in territorio.unidades:
        meses = [m for m in periodo.meses if unidad.cuenta_en(m)]
        if not meses:
            continue
        cuantas += 1
        suyos = [conteos.get(unidad.clave, {}).get(anio_de(m)) for m in meses]
        tocados += [dato for dato in suyos if dato is not None]
        entero = all(dato is not None and dato.reporta(posicion(m)) for dato, m in zip(suyos, meses, strict=True))
        gente = [habitantes.get((unidad.clave, anio_de(m))) for m in meses]
        todos += 0 if None in gente else sum(gente)
        if not entero or (None in gente and len(territorio.unidades) > 1):
            faltan.append(unidad.clave)
            continue
        sin_gente = sin_gente or None in gente
        carpetas += sum(dato.meses[posicion(m)] for dato, m in zip(suyos, meses, strict=True))
        meses_persona += 0 if None in gente else sum(gente)
    if not cuantas:
        return None
    vale = cuantas > len(faltan) and meses_persona >= territorio.minimo * todos
    poblacion = Fraction(meses_persona, 1 if periodicidad is MENSUAL else 12) if vale and not sin_gente else None
    return (
        carpetas if vale else None,
        poblacion,
        calcular_tasa(carpetas, poblacion) if vale else None,
        f"{cuantas - len(faltan)} de {cuantas}",
        tuple(faltan),
        tuple(sorted({corte for dato in tocados for corte in dato.cortes})),
        {carga for dato in tocados for carga in dato.cargas},
    )


@given(un_territorio, st.sampled_from([ANUAL, MENSUAL, MOVIL]), st.sampled_from([Fraction(0), MINIMO_NACIONAL]))
def test_restar_totales_da_lo_mismo_que_sumar_mes_por_mes(partes, periodicidad, minimo):
    conteos = {clave: datos for clave, (_, datos, _) in partes.items()}
    habitantes = {(clave, anio): n for clave, (_, _, gente) in partes.items() for anio, n in gente.items()}
    territorio = lugar(*(Unidad(clave, tramos) for clave, (tramos, _, _) in sorted(partes.items())), minimo=minimo)
    con_dato = [
        m
        for unidad in territorio.unidades
        for m in range(mes(2022, 1), mes(2025, 1))
        if unidad.cuenta_en(m)
        and (suyo := conteos[unidad.clave].get(anio_de(m))) is not None
        and suyo.reporta(posicion(m))
    ]
    esperados = {}
    if con_dato:
        for periodo in periodos(periodicidad, min(con_dato), max(con_dato)):
            figura = a_mano(territorio, conteos, habitantes, periodo, periodicidad)
            if figura is not None:
                esperados[periodo.nombre] = figura
    obtenidos = {
        r.periodo: (r.carpetas, r.poblacion, r.tasa, r.cobertura, r.faltantes, r.cortes, r.cargas)
        for r in componer(territorio, fondo(conteos, habitantes), periodicidad)
    }
    assert obtenidos == esperados
