"""The oddities 1 to 6 of the official files, of their letters and figures: no figure is lost to any of them."""

import csv
import datetime as dt

import pytest

from indicadores.importadores.errores import ArchivoConErrores, ArchivoInvalido
from indicadores.importadores.lector import abrir
from tests.indicadores.archivos import ESTATAL, MUNICIPAL
from tests.indicadores.lectores.hechura import (
    FRAUDE,
    escribir,
    estatales,
    leer_totales,
    mascaras,
    municipales,
    sumar,
    texto,
    totales,
)

CABLES = "Robo de maquinaria"


def avisos(ruta, **opciones):
    with abrir(ruta, **opciones) as lectura:
        return "\n".join(lectura.avisos)


# 1. Encodings


@pytest.mark.parametrize("codificacion", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("filas", [estatales(), municipales()], ids=["estatal", "municipal"])
def test_1_cualquier_codificacion(tmp_path, filas, codificacion):
    ruta = escribir(tmp_path / "a.csv", filas, codificacion=codificacion)
    assert leer_totales(ruta) == sumar(filas)


def test_1_con_letras_que_windows_no_comparte_con_latin_1(tmp_path):
    filas = municipales()
    for fila in filas:
        fila[4] = fila[4].replace("Abasolo", "Abasolo – “centro”")
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert totales(lectura) == sumar(filas)
        assert lectura.rapida
        assert lectura.municipios["11001"].nombre == "Abasolo – “centro”"


@pytest.mark.parametrize(
    ("leido_como", "era"),
    [
        ("mac_roman", "cp1252"),
        ("cp1252", "utf-8"),
        ("cp1252", "mac_roman"),
        ("cp1252", "cp850"),
        ("mac_roman", "utf-8"),
    ],
)
def test_1_acentos_cambiados_se_reparan_si_todos_tienen_vuelta(tmp_path, leido_como, era):
    filas = municipales(subtipos=("Robo a casa habitación", FRAUDE))
    ruta = tmp_path / "a.csv"
    ruta.write_bytes(texto(MUNICIPAL, filas).encode(era).decode(leido_como).encode("utf-8"))
    with abrir(ruta) as lectura:
        assert totales(lectura) == sumar(filas)
        assert lectura.municipios["11020"].nombre == "León"
        assert {c.subtipo for c in lectura.combinaciones} == {"Robo a casa habitación", FRAUDE}
        assert any("acentos" in aviso for aviso in lectura.avisos)


def test_1_acentos_cambiados_solo_en_los_datos_tambien(tmp_path):
    filas = municipales(subtipos=("Robo a casa habitación",))
    malo = [[str(c).encode("cp1252").decode("mac_roman") for c in fila] for fila in filas]
    ruta = escribir(tmp_path / "a.csv", malo, codificacion="utf-8")
    with abrir(ruta) as lectura:
        assert (totales(lectura), lectura.municipios["11020"].nombre) == (sumar(filas), "León")


def test_1_si_una_sola_letra_no_tiene_vuelta_se_rechaza(tmp_path):
    filas = municipales(subtipos=("Robo a casa habitación",))
    malo = [[str(c).encode("cp1252").decode("mac_roman") for c in fila] for fila in filas]
    malo[5][4] = "León"
    encabezado = [c.encode("cp1252").decode("mac_roman") for c in MUNICIPAL]
    ruta = escribir(tmp_path / "a.csv", malo, encabezado=encabezado, codificacion="utf-8")
    with pytest.raises(ArchivoConErrores) as fallo:
        abrir(ruta)
    (falla,) = fallo.value.informe.primeras
    assert (falla.linea, falla.columna, falla.valor, falla.clase) == (7, "Municipio", "León", "acentos")


def test_1_dos_codificaciones_en_un_archivo_se_rechazan(tmp_path):
    filas = estatales()
    crudo = texto(ESTATAL, filas).encode("utf-8")
    ruta = tmp_path / "a.csv"
    ruta.write_bytes(crudo + texto(filas[0], filas[1:5]).encode("cp1252"))
    with pytest.raises(ArchivoInvalido):
        abrir(ruta)


def test_1_acentos_perdidos_se_rechazan(tmp_path):
    filas = [[str(c).replace("ó", "�") for c in fila] for fila in estatales(subtipos=("Robo a casa habitación",))]
    with pytest.raises(ArchivoInvalido, match="desconocida"):
        abrir(escribir(tmp_path / "a.csv", filas, codificacion="utf-8"))


# 2. Ends of line, quotes and commas inside


@pytest.mark.parametrize("fin", ["\n", "\r\n"])
@pytest.mark.parametrize("comillas", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_2_saltos_de_linea_comillas_y_comas_dentro(tmp_path, fin, comillas):
    filas = municipales(subtipos=(CABLES, FRAUDE))
    assert any("," in str(celda) for fila in filas for celda in fila)
    ruta = escribir(tmp_path / "a.csv", filas, fin=fin, comillas=comillas)
    with abrir(ruta) as lectura:
        assert (totales(lectura), lectura.rapida) == (sumar(filas), True)


# 3. Thousands


@pytest.mark.parametrize("escrita", ["1,045", "1,045.0"])
def test_3_separador_de_miles(tmp_path, escrita):
    filas = estatales()
    filas[7][-12:] = [escrita, "2,345,678", *filas[7][-10:]]
    ruta = escribir(tmp_path / "a.csv", filas)
    assert leer_totales(ruta) == sumar(filas)
    assert "coma de miles" in avisos(ruta)


@pytest.mark.parametrize("celda", ["1,04", "1,0455", ",045", "10,45,000", "1.045", "1 045", "1'045"])
def test_3_lo_que_parece_miles_y_no_lo_es(tmp_path, celda):
    filas = estatales()
    filas[3][-1] = celda
    with pytest.raises(ArchivoConErrores) as fallo:
        abrir(escribir(tmp_path / "a.csv", filas))
    (falla,) = fallo.value.informe.primeras
    assert (falla.linea, falla.columna, falla.valor, falla.clase) == (5, "Diciembre", celda, "cifra")


# 4. Decimals


def test_4_decimales_en_cero(tmp_path):
    filas = estatales()
    for fila in filas:
        fila[-12:] = [f"{valor}.0" for valor in fila[-12:]]
        fila[0], fila[1] = f"{fila[0]}.0", f"{fila[1]}.0"
    ruta = escribir(tmp_path / "a.csv", filas)
    assert leer_totales(ruta) == sumar([[*map(str, map(int, map(float, f[:2]))), *f[2:]] for f in filas])
    assert "decimales en cero" in avisos(ruta)


@pytest.mark.parametrize(
    "celda", ["1.5", "1e3", "0x1f", "x", "NaN", "1_000", "+1", "1.", ".5", "٧", "1.000", "12345678901"]
)
def test_4_lo_que_no_es_un_entero(tmp_path, celda):
    """A reader that casts would take 2 for «1.5» and 1000 for «1e3»."""
    filas = municipales()
    filas[-1][9] = celda
    with pytest.raises(ArchivoConErrores) as fallo:
        abrir(escribir(tmp_path / "a.csv", filas, codificacion="utf-8"))
    (falla,) = fallo.value.informe.primeras
    assert (falla.linea, falla.columna, falla.valor) == (len(filas) + 1, "Enero", celda)


# 5. Months to come


@pytest.mark.parametrize("relleno", ["", 0], ids=["vacíos", "ceros"])
def test_5_meses_por_venir_no_son_ceros(tmp_path, relleno):
    filas = estatales(anios=(2026,), subtipos=("Homicidio doloso", "Fraude"), hasta=7)
    for fila in filas:
        fila[-5:] = [relleno] * 5
    with abrir(escribir(tmp_path / "RNID-Delitos_Estatal-2026-jul2026.csv", filas)) as lectura:
        assert (lectura.instrumento, lectura.corte) == ("RNID", dt.date(2026, 7, 1))
        assert set(mascaras(lectura).values()) == {"111111100000"}
        assert totales(lectura) == sumar(filas)


def test_5_un_dato_despues_del_corte_declarado_no_entra(tmp_path):
    ruta = escribir(tmp_path / "a.csv", estatales())
    with pytest.raises(ArchivoConErrores, match="noviembre de 2024"):
        abrir(ruta, corte=dt.date(2024, 11, 1), forzar=True)
    with pytest.raises(ArchivoConErrores, match="el nombre dice"):
        abrir(ruta, nombre="IDEFC_NM_nov24.csv")


# 6. Negatives


def test_6_los_negativos_oficiales_se_conservan_y_se_dicen(tmp_path):
    filas = municipales(claves=("09006",))
    filas[2][12] = -1
    ruta = escribir(tmp_path / "a.csv", filas)
    with abrir(ruta) as lectura:
        assert (totales(lectura), lectura.rapida) == (sumar(filas), True)
        assert any("negativa" in aviso and "09006" in aviso for aviso in lectura.avisos)
