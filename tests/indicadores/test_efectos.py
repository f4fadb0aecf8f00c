"""Before and after an agreement: which months, what can be said, and what cannot."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicadores.calculos import calcular_tasa
from indicadores.composicion import Renglon
from indicadores.efectos import QUIEBRE, Ventana, efecto, ventanas
from indicadores.periodos import Periodicidad, mes, texto_del_mes

DIA = dt.date(2023, 2, 15)
HABITANTES = Fraction(1_000_000)


def nombres(ventana):
    return texto_del_mes(ventana.primero), texto_del_mes(ventana.ultimo)


@pytest.mark.parametrize(
    ("dia", "rezago", "antes", "despues"),
    [
        (dt.date(2023, 2, 15), 0, ("2022-02", "2023-01"), ("2023-03", "2024-02")),
        (dt.date(2023, 2, 1), 0, ("2022-02", "2023-01"), ("2023-02", "2024-01")),
        (dt.date(2023, 2, 15), 6, ("2022-02", "2023-01"), ("2023-09", "2024-08")),
        (dt.date(2023, 12, 31), 36, ("2022-12", "2023-11"), ("2027-01", "2027-12")),
        (dt.date(2024, 1, 1), 12, ("2023-01", "2023-12"), ("2025-01", "2025-12")),
    ],
)
def test_doce_meses_completos_antes_y_doce_desde_el_rezago(dia, rezago, antes, despues):
    assert tuple(map(nombres, ventanas(dia, rezago))) == (antes, despues)


@given(st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31)), st.integers(0, 36))
def test_las_dos_ventanas_duran_un_anio_y_no_se_tocan(dia, rezago):
    antes, despues = ventanas(dia, rezago)
    assert len(antes.meses) == len(despues.meses) == 12
    assert antes.ultimo < mes(dia.year, dia.month) <= despues.primero
    for ventana in (antes, despues):
        assert (ventana.instrumento is None) == (ventana.primero < QUIEBRE <= ventana.ultimo)


def renglon(ultimo, carpetas, *, meses=12, instrumento="CNSP/38/15", faltantes=(), poblacion=HABITANTES):
    return Renglon(
        territorio="26030",
        nombre="Hermosillo, Sonora",
        delito="robo-de-maquinaria",
        periodo=texto_del_mes(ultimo),
        primero=ultimo - meses + 1,
        ultimo=ultimo,
        carpetas=carpetas,
        poblacion=poblacion if carpetas is not None else None,
        tasa=calcular_tasa(carpetas, poblacion) if carpetas is not None else None,
        cubiertas=1 - len(faltantes),
        unidades=1,
        instrumento=instrumento,
        cortes=(),
        ambitos=("municipal",),
        cargas=frozenset({1}),
        edicion_poblacion="CONAPO",
        faltantes=faltantes,
        partes=("26030",),
        periodicidad=Periodicidad.MOVIL12 if meses == 12 else Periodicidad.MENSUAL,
    )


def medir(antes, despues, *, dia=DIA, rezago=0, se_busca="baja", mensuales=(), **despues_con):
    una, otra = ventanas(dia, rezago)
    moviles = [renglon(una.ultimo, antes)] if antes is not None else []
    moviles += [renglon(otra.ultimo, despues, **despues_con)] if despues is not None else []
    return efecto(dia=dia, rezago=rezago, se_busca=se_busca, moviles=moviles, mensuales=mensuales)


@pytest.mark.parametrize(
    ("antes", "despues", "se_busca", "dice"),
    [
        (200, 100, "baja", "bajó más de lo que explica el azar, que es lo que se buscaba."),
        (200, 100, "sube", "bajó más de lo que explica el azar, al revés de lo que se buscaba."),
        (100, 200, "sube", "subió más de lo que explica el azar, que es lo que se buscaba."),
        (100, 200, "baja", "subió más de lo que explica el azar, al revés de lo que se buscaba."),
        (13, 12, "baja", "no es distinguible del azar"),
        (0, 0, "baja", "No hubo carpetas ni antes ni después."),
        (0, 30, "baja", "subió más de lo que explica el azar"),
        (30, 0, "baja", "bajó más de lo que explica el azar"),
    ],
)
def test_lo_que_se_dice_de_las_dos_tasas(antes, despues, se_busca, dice):
    assert dice in medir(antes, despues, se_busca=se_busca).frase


def test_la_razon_es_la_de_despues_sobre_la_de_antes():
    frase = medir(200, 100).frase
    assert "0.5 veces" in frase and "la de antes" in frase


def test_la_tabla_lleva_conteo_tasa_e_intervalo_y_marca_lo_inestable():
    antes, despues = medir(200, 12).tabla
    assert antes == ["Antes", "febrero de 2022 a enero de 2023", "200", "1,000,000", "20.0", "17.3 a 23.0"]
    assert despues[4] == "1.2 (inestable)"


def test_las_tasas_menores_que_uno_llevan_dos_decimales_en_los_dos_lados():
    antes, despues = medir(8, 4).tabla
    assert (antes[4], despues[4]) == ("0.80 (inestable)", "0.40 (inestable)")
    antes, despues = medir(200, 4).tabla
    assert (antes[4], despues[4]) == ("20.0", "0.4 (inestable)")


@pytest.mark.parametrize(("por_municipio", "donde"), [(True, "por municipio"), (False, "en ese lugar")])
def test_lo_que_los_archivos_nunca_traen_no_se_promete(por_municipio, donde):
    hallado = efecto(dia=DIA, rezago=0, se_busca="baja", moviles=[], mensuales=[], por_municipio=por_municipio)
    assert hallado.frase == f"Los archivos cargados no traen ese delito {donde} en ninguno de esos meses."
    assert "Falta por cargarse" not in hallado.frase


def meses(desde, hasta, **campos):
    return [renglon(m, 1, meses=1, **campos) for m in range(desde, hasta + 1)]


def test_mientras_falten_meses_se_dice_cuales_y_cuando_estara():
    hallado = medir(10, None, mensuales=meses(mes(2022, 2), mes(2023, 10)))
    assert hallado.comparacion is None and hallado.tabla[1][2] == "sin dato"
    assert hallado.frase == (
        "Falta por cargarse: noviembre de 2023 a febrero de 2024. Los doce meses estarán completos cuando se cargue "
        "febrero de 2024."
    )
    solo_uno = medir(10, None, mensuales=meses(mes(2022, 2), mes(2024, 1)))
    assert solo_uno.frase.startswith("Falta por cargarse: febrero de 2024.")


def test_un_hueco_de_la_fuente_no_se_promete():
    con_hueco = [r for r in meses(mes(2022, 2), mes(2024, 5)) if r.ultimo != mes(2023, 7)]
    assert medir(10, None, mensuales=con_hueco).frase == "Sin cifra de todo el territorio: julio de 2023."


def test_sin_cifras_de_antes_no_hay_nada_que_comparar():
    hallado = medir(None, 10, mensuales=meses(mes(2022, 8), mes(2024, 5)))
    assert hallado.comparacion is None
    assert hallado.frase == "Sin cifra de todo el territorio: febrero de 2022 a julio de 2022."


def test_media_mesa_no_se_compara_con_la_mesa_entera():
    parcial = medir(100, 40, faltantes=("26030",), mensuales=meses(mes(2022, 2), mes(2024, 5)))
    assert parcial.comparacion is None and parcial.despues.renglon is None


def test_lo_de_antes_de_2026_no_se_compara_con_lo_de_despues():
    hallado = medir(100, 50, dia=dt.date(2025, 6, 15), rezago=6, instrumento="RNID")
    assert [lado.ventana.instrumento for lado in (hallado.antes, hallado.despues)] == ["CNSP/38/15", "RNID"]
    assert hallado.comparacion is None and "cambió la forma de contar" in hallado.frase
    assert len(hallado.renglones) == 2, "cada cifra se muestra, con la suya"


@pytest.mark.parametrize(("dia", "rezago"), [(dt.date(2025, 6, 15), 0), (dt.date(2026, 6, 15), 0)])
def test_los_meses_que_se_contaron_de_dos_formas_no_se_suman(dia, rezago):
    hallado = medir(100, 50, dia=dia, rezago=rezago)
    assert hallado.comparacion is None and "se contaron de dos formas" in hallado.frase


def test_dentro_del_rnid_se_compara():
    antes, despues = (Ventana(mes(2026, 7)), Ventana(mes(2027, 8)))
    moviles = [renglon(antes.ultimo, 100, instrumento="RNID"), renglon(despues.ultimo, 50, instrumento="RNID")]
    hallado = efecto(dia=dt.date(2027, 7, 10), rezago=0, se_busca="baja", moviles=moviles, mensuales=[])
    assert hallado.comparacion is not None and "bajó" in hallado.frase
