"""Sum over sum, coverage and silence, on small made-up figures and without a database."""

import datetime as dt
from fractions import Fraction

from indicadores.composicion import Fondo, componer
from indicadores.lectura import DatoAnual, Habitantes
from indicadores.periodos import Periodicidad, mes
from indicadores.territorios import MINIMO_NACIONAL, Territorio, Unidad

TODO = 0b1111_1111_1111
ANUAL, MENSUAL, MOVIL = Periodicidad.ANUAL, Periodicidad.MENSUAL, Periodicidad.MOVIL12


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
