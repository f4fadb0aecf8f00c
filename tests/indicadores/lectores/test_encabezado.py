"""Which file it is, by its header alone."""

import pytest

from indicadores.importadores.encabezado import reconocer
from indicadores.importadores.errores import ArchivoInvalido
from tests.indicadores.archivos import ESTATAL, MUNICIPAL


@pytest.mark.parametrize(("celdas", "municipal"), [(ESTATAL, False), (MUNICIPAL, True)])
def test_los_dos_oficiales(celdas, municipal):
    encabezado = reconocer(celdas)
    assert (encabezado.municipal, encabezado.canonico, encabezado.ancho) == (municipal, True, len(celdas))


def test_con_columnas_de_mas_o_en_otro_orden_no_es_el_exacto():
    assert not reconocer(["", *ESTATAL]).canonico
    assert not reconocer(ESTATAL[::-1]).canonico
    assert reconocer([*ESTATAL, "Total", "Fuente"]).ajenas == ("Fuente",)


@pytest.mark.parametrize(
    ("celdas", "motivo"),
    [
        ([*ESTATAL[:7], "Sexo", "Rango de edad", *ESTATAL[7:]], "víctimas"),
        ([*MUNICIPAL[:9], "RANGO_DE_EDAD", *MUNICIPAL[9:]], "víctimas"),
        (["ANO", "INEGI", "ENTIDAD", "MUNICIPIO", "MODALIDAD", "TIPO", "SUBTIPO", "ENERO"], "metodología anterior"),
        (["AÑO", "ENTIDAD", "MODALIDAD", "TIPO", "SUBTIPO"], "metodología anterior"),
        (["RENGLON", "AÑO", "ENTIDAD", "CVE_GEO", "EDAD", "SEXO", "POBLACION"], "cargar_poblacion"),
        (["CLAVE", "CLAVE_ENT", "NOM_ENT", "MUN", "SEXO", "AÑO", "EDAD_QUIN", "POB"], "cargar_poblacion"),
        (["CVE", "Entidad", "Municipio", "1990", "1991"], "cargar_poblacion"),
        ([*ESTATAL, "Enero"], "dos veces"),
        (ESTATAL[:-1], "Falta Diciembre"),
        ([*MUNICIPAL[:4], *MUNICIPAL[5:]], "Falta Municipio"),
        (["folio", "nombre"], "Se espera el de incidencia delictiva"),
    ],
)
def test_lo_demas_se_rechaza_con_su_motivo(celdas, motivo):
    with pytest.raises(ArchivoInvalido, match=motivo):
        reconocer(celdas)
