"""Figures of the committed extract, to four decimals, and how many queries they cost."""

import datetime as dt

import pytest

from indicadores.delitos import DelitoDesconocido, catalogo
from indicadores.periodos import Periodicidad, mes
from indicadores.series import componer_todas, resumen_mesa, serie
from indicadores.territorios import TerritorioDesconocido, resolver
from mesas.models import Cobertura, Mesa, Municipio

pytestmark = pytest.mark.django_db

# territory, crime, periodicity, period → carpetas, population, rate
DE_ORO = [
    ("08037", "homicidio-doloso", "anual", "2024", 919, 1_637_477, "56.1229"),
    ("11020", "homicidio-doloso", "anual", "2024", 596, 1_851_376, "32.1923"),
    ("23005", "homicidio-doloso", "anual", "2024", 294, 1_008_615, "29.1489"),
    ("05035", "homicidio-doloso", "anual", "2024", 24, 767_200, "3.1283"),
    ("mesa:tampico-madero-altamira", "homicidio-doloso", "anual", "2024", 10, 803_373, "1.2448"),
    ("08037", "homicidio-doloso", "movil12", "2025-06", 847, 1_649_386, "51.3524"),
    ("06", "homicidio-doloso", "anual", "2018", 617, 736_743, "83.7470"),
    ("nacional", "homicidio-doloso", "anual", "2018", 29_095, 125_995_825, "23.0920"),
]


def de(territorio, delito, periodicidad, periodo):
    (renglon,) = [r for r in serie(territorio, delito, periodicidad) if r.periodo == periodo]
    return renglon


@pytest.mark.parametrize(("territorio", "delito", "periodicidad", "periodo", "carpetas", "poblacion", "tasa"), DE_ORO)
def test_valores_de_oro(cifras, territorio, delito, periodicidad, periodo, carpetas, poblacion, tasa):
    renglon = de(territorio, delito, periodicidad, periodo)
    assert (renglon.carpetas, renglon.poblacion) == (carpetas, poblacion)
    assert f"{renglon.tasa.valor:.4f}" == tasa
    assert renglon.completa
    assert renglon.edicion_poblacion == "CONAPO 1990-2040"


def test_totales_de_control_de_la_serie_estatal(cifras):
    """Every subtipo of 2022, added: the total that the source published."""
    bienes = [delito.slug for delito in catalogo().values() if delito.nivel == 1]
    totales = [de("nacional", bien, "anual", "2022").carpetas for bien in bienes]
    assert len(bienes) == 7
    assert sum(totales) == 2_141_981


def test_la_mesa_suma_sus_municipios_y_dice_cuantos(cifras):
    renglon = de("mesa:tampico-madero-altamira", "homicidio-doloso", "anual", "2024")
    assert renglon.cobertura == "3 de 3"
    assert renglon.tasa.inestable
    partes = [de(clave, "homicidio-doloso", "anual", "2024") for clave in ("28003", "28009", "28038")]
    assert sum(parte.carpetas for parte in partes) == renglon.carpetas
    assert sum(parte.poblacion for parte in partes) == renglon.poblacion
    media = sum(parte.tasa.valor for parte in partes) / 3
    assert f"{media:.2f}" == "1.18"  # the wrong answer, which the portal must not give


def test_cada_anio_dice_su_fuente_y_su_corte(cifras):
    guanajuato = {r.periodo: r for r in serie("11", "homicidio-doloso")}
    assert (guanajuato["2019"].ambitos, guanajuato["2019"].corte) == (("estatal",), "2023-08")
    assert (guanajuato["2020"].ambitos, guanajuato["2020"].corte) == (("municipal",), "2025-11")
    # Both sources exist for 2020 and agree; the municipal one goes on where the state file stops.
    assert guanajuato["2020"].carpetas == 3359
    assert guanajuato["2023"].carpetas == 2581


def test_nada_se_suma_a_traves_de_enero_de_2026(cifras):
    for periodicidad in Periodicidad:
        renglones = serie("nacional", "homicidio-doloso", periodicidad)
        frontera = mes(2026, 1)
        assert not [r for r in renglones if r.primero < frontera <= r.ultimo]
        assert {r.instrumento for r in renglones if r.primero >= frontera} <= {"RNID"}
        assert {r.instrumento for r in renglones if r.ultimo < frontera} == {"CNSP/38/15"}
    febrero = de("nacional", "homicidio-doloso", "mensual", "2026-02")
    assert (febrero.carpetas, febrero.instrumento, febrero.corte) == (1192, "RNID", "2026-02")


def test_cero_no_reportado_y_no_publicado_son_tres_cosas(cifras):
    # Zero: the municipality is in the file and nothing happened.
    cero = de("20067", "feminicidio", "anual", "2020")
    assert (cero.carpetas, cero.tasa.valor, cero.cobertura) == (0, 0, "1 de 1")
    # Not in the file: Oaxaca's municipalities of 2015 and 2016.
    assert not [r for r in serie("20045", "feminicidio") if r.periodo in ("2015", "2016") and r.carpetas is not None]
    # Not reported: Oaxaca, eight months of 2015.
    oaxaca = {r.periodo: r for r in serie("20", "homicidio-doloso", "mensual")}
    assert oaxaca["2015-02"].carpetas == 47
    assert oaxaca["2015-03"].carpetas is None
    # Not published yet.
    assert de("08037", "homicidio-doloso", "anual", "2025").carpetas is None


def test_la_nacion_dice_cuando_le_falta_una_entidad(cifras):
    nacion = de("nacional", "homicidio-doloso", "anual", "2015")
    assert (nacion.cobertura, nacion.faltantes) == ("31 de 32", ("20",))
    assert nacion.poblacion == sum(
        de(f"{clave:02d}", "homicidio-doloso", "anual", "2015").poblacion for clave in range(1, 33) if clave != 20
    )


def test_una_sola_entidad_no_pasa_por_el_pais(cifras):
    """Only Guanajuato publishes the second half of 2025."""
    noviembre = de("nacional", "homicidio-doloso", "mensual", "2025-11")
    assert (noviembre.carpetas, noviembre.tasa, noviembre.cobertura) == (None, None, "1 de 32")


def test_municipio_sin_poblacion(cifras):
    """Villa de Pozos: CONAPO has no projection of it yet."""
    renglon = de("24059", "homicidio-doloso", "anual", "2024")
    assert renglon.carpetas is not None
    assert (renglon.poblacion, renglon.tasa) == (None, None)


def test_la_mesa_que_suma_un_municipio_sin_poblacion_lo_dice(cifras):
    potosi = Municipio.objects.get(clave="24028")
    mesa = Mesa.objects.create(slug="potosi", nombre="Potosí", entidad=potosi.entidad, publica=True)
    Cobertura.objects.create(mesa=mesa, municipio=potosi, es_sede=True)
    Cobertura.objects.create(mesa=mesa, municipio_id="24059")
    renglon = de("mesa:potosi", "homicidio-doloso", "anual", "2024")
    sola = de("24028", "homicidio-doloso", "anual", "2024")
    assert (renglon.cobertura, renglon.carpetas, renglon.poblacion) == ("1 de 2", sola.carpetas, sola.poblacion)
    assert not renglon.completa


def test_la_cobertura_de_la_mesa_vale_desde_su_fecha(cifras):
    tampico = Municipio.objects.get(clave="28038")
    mesa = Mesa.objects.create(slug="nueva", nombre="Nueva", entidad=tampico.entidad, publica=True)
    Cobertura.objects.create(mesa=mesa, municipio=tampico, desde=dt.date(2024, 6, 15))
    meses = [r.periodo for r in serie("mesa:nueva", "homicidio-doloso", "mensual")]
    assert meses[0] == "2024-07"


@pytest.mark.parametrize(("mes_pedido", "dias"), [("2024-02", 29), ("2024-03", 31), ("2025-02", 28), ("2025-04", 30)])
def test_un_mes_llevado_a_un_anio_por_sus_dias(cifras, mes_pedido, dias):
    simple = de("08037", "homicidio-doloso", "mensual", mes_pedido)
    anualizada = de("08037", "homicidio-doloso", "anualizada", mes_pedido)
    del_anio = 366 if mes_pedido.startswith("2024") else 365
    assert (anualizada.carpetas, anualizada.poblacion) == (simple.carpetas, simple.poblacion)
    assert anualizada.tasa.valor == pytest.approx(simple.tasa.valor * del_anio / dias)
    assert anualizada.tasa.superior == pytest.approx(simple.tasa.superior * del_anio / dias)
    assert anualizada.tasa.inestable is simple.tasa.inestable


def test_tipo_y_bien_son_la_suma_de_sus_subtipos(cifras):
    tipo = de("nacional", "homicidio", "anual", "2018")
    assert tipo.carpetas == sum(
        de("nacional", subtipo, "anual", "2018").carpetas for subtipo in ("homicidio-doloso", "homicidio-culposo")
    )


def test_un_tipo_publicado_a_medias_por_municipio_no_se_suma(cifras):
    """Only three of the fourteen kinds of robo come by municipality."""
    assert serie("28038", "robo") == []


def test_el_nombre_repetido_es_del_subtipo(cifras):
    """In the RNID «Feminicidio» is a tipo with its attempts and a subtipo without them."""
    delitos = catalogo()
    assert len(delitos["feminicidio"].subtipos["RNID"]) == 1
    assert len(delitos["extorsion"].subtipos["CNSP/38/15"]) == 1
    assert len(delitos["extorsion"].subtipos["RNID"]) == 4


def test_los_pseudomunicipios_cuentan_en_su_entidad_y_no_se_piden(cifras):
    with pytest.raises(TerritorioDesconocido):
        serie("09998", "violencia-familiar")
    total = de("14", "violencia-familiar", "anual", "2020").carpetas
    lugares = resolver(list(Municipio.objects.filter(entidad="14", pseudo=False).values_list("clave", flat=True)))
    elegido = catalogo()["violencia-familiar"]
    anio = mes(2020, 1), mes(2020, 12)
    por_municipio = [r.carpetas for r in componer_todas(lugares, [elegido], Periodicidad.ANUAL, *anio)]
    assert len(por_municipio) == 125
    assert 0 < sum(por_municipio) < total


@pytest.mark.parametrize("clave", ["99", "00", "28999", "1", "280381", "mesa:", "mesa:no-hay", "Nacional", "", "٢٨"])
def test_territorio_desconocido(cifras, clave):
    with pytest.raises(TerritorioDesconocido):
        serie(clave, "homicidio-doloso")


def test_una_mesa_que_no_es_publica_no_se_pide(cifras):
    Mesa.objects.filter(slug="torreon").update(publica=False)
    with pytest.raises(TerritorioDesconocido):
        serie("mesa:torreon", "homicidio-doloso")


def test_delito_desconocido(cifras):
    with pytest.raises(DelitoDesconocido):
        serie("nacional", "con-arma-de-fuego")


@pytest.mark.parametrize(
    "territorio", ["28038", "28", "nacional", "mesa:tampico-madero-altamira", "mesa:toluca-metepec"]
)
def test_una_serie_cuesta_pocas_consultas(cifras, territorio, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        serie(territorio, "homicidio-doloso", "mensual")


# ── Summary of a mesa ───────────────────────────────────────────────────────────────────


def test_resumen_de_una_mesa(cifras):
    mesa = Mesa.objects.get(slug="tampico-madero-altamira")
    resumen = {delito.delito: delito for delito in resumen_mesa(mesa, dt.date(2026, 11, 22))}
    homicidio = resumen["homicidio-doloso"]
    assert (homicidio.mesa.periodo, homicidio.mesa.carpetas) == ("2024", 10)
    assert [r.territorio for r in homicidio.comparables] == ["28", "nacional"]
    assert {r.periodo for r in homicidio.comparables} == {"2024"}
    assert homicidio.nacion.carpetas == 25_449
    # Each crime in its own latest year, beside that same year.
    assert resumen["violencia-familiar"].mesa.periodo == "2022"
    assert resumen["violencia-familiar"].nacion.periodo == "2022"
    # Published by entidad only: it is not given for the mesa.
    assert "extorsion" not in resumen


def test_el_resumen_se_puede_pedir_a_una_fecha(cifras):
    mesa = Mesa.objects.get(slug="tampico-madero-altamira")
    resumen = {delito.delito: delito.mesa for delito in resumen_mesa(mesa, dt.date(2019, 5, 1))}
    assert resumen["feminicidio"].periodo == "2018"
    assert "homicidio-doloso" not in resumen


def test_el_resumen_cuesta_lo_mismo_para_cualquier_mesa(cifras, django_assert_num_queries):
    for slug in ("torreon", "tampico-madero-altamira", "toluca-metepec", "cienaga-de-chapala"):
        mesa = Mesa.objects.get(slug=slug)
        with django_assert_num_queries(6):
            assert resumen_mesa(mesa, dt.date(2026, 11, 22))


def test_una_mesa_que_cruza_entidades_se_compara_con_todas(cifras):
    mesa = Mesa.objects.get(slug="torreon")
    Cobertura.objects.create(mesa=mesa, municipio_id="10012")
    (homicidio, *_) = resumen_mesa(mesa, dt.date(2026, 11, 22))
    assert [r.territorio for r in homicidio.entidades] == ["05", "10"]


def test_una_mesa_sin_territorio_no_tiene_resumen(cifras):
    mesa = Mesa.objects.create(slug="vacia", nombre="Vacía", entidad_id="28", publica=True)
    assert resumen_mesa(mesa, dt.date(2026, 11, 22)) == []
