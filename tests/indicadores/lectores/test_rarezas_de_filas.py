"""The oddities 7 to 18 of the official files, of their rows and columns: no figure is lost to any of them."""

import pytest

from indicadores.importadores.errores import ArchivoConErrores, ArchivoInvalido
from indicadores.importadores.lector import abrir
from tests.indicadores.archivos import ESTATAL, MUNICIPAL
from tests.indicadores.lectores.hechura import (
    DOLOSO,
    FEMINICIDIO,
    comprimir,
    delitos,
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


# 7. Codes


@pytest.mark.parametrize("ancho", [1, 5])
def test_7_claves_con_y_sin_cero(tmp_path, ancho):
    filas = municipales(claves=("09006",))
    for fila in filas:
        fila[1], fila[3] = str(fila[1]).zfill(min(ancho, 2)), str(fila[3]).zfill(ancho)
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert list(lectura.municipios) == ["09006"]
        assert {alcance.entidad for alcance in lectura.alcances} == {"09"}
        assert totales(lectura) == sumar(filas)


# 8. Pseudo-municipalities


def test_8_los_pseudomunicipios_cuentan_y_se_distinguen(tmp_path):
    filas = municipales(claves=("11001", "11998", "11999"))
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert {clave: m.es_pseudo for clave, m in lectura.municipios.items()} == {
            "11001": False,
            "11998": True,
            "11999": True,
        }
        assert totales(lectura) == sumar(filas)


# 9. Oaxaca


def test_9_los_meses_que_una_entidad_no_reporto(tmp_path):
    filas = estatales(anios=(2015, 2016), subtipos=())
    for fila in filas:
        if fila[:2] == [2015, 20]:
            fila[-12], fila[-10] = 0, 0
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert mascaras(lectura)["homicidio doloso", 2015, "20"] == "010111111111"
        assert mascaras(lectura)["homicidio doloso", 2016, "20"] == "111111111111"
        assert "Oaxaca no reportó enero y marzo de 2015: todo viene en cero." in lectura.avisos


def test_9_un_archivo_de_pocos_delitos_no_puede_saberlo(tmp_path):
    filas = estatales()
    for fila in filas:
        if fila[:2] == [2023, 20]:
            fila[-12] = 0
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert mascaras(lectura)["fraude", 2023, "20"] == "111111111111"


def test_9_faltan_municipios_de_oaxaca_en_los_primeros_anios(tmp_path):
    filas = municipales(anios=(2016, 2017), claves=("20001", "20002"))
    filas = [fila for fila in filas if not (fila[0] == 2016 and fila[3] == 20002)]
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert [tuple(t) for t in lectura.tramos] == [("20001", 2016, 2018), ("20002", 2017, 2018)]
        assert any("Oaxaca trae 1 de sus 570 municipios" in aviso for aviso in lectura.avisos)


# 10. Late revisions: each edition is a file of its own, with its cut and its fingerprint


def test_10_cada_edicion_tiene_su_huella_y_su_corte(tmp_path):
    filas = estatales(hasta=8)
    with abrir(escribir(tmp_path / "IDEFC_NM_ago24.csv", filas)) as antes:
        huella, corte = antes.sha256, antes.corte
    filas[0][-12] += 1
    with abrir(escribir(tmp_path / "IDEFC_NM_ago24.csv", filas)) as despues:
        assert (despues.corte, despues.total) == (corte, antes.total + 1)
        assert despues.sha256 != huella


# 11. New municipalities


def test_11_un_municipio_nuevo_entra_con_su_nombre_y_desde_su_anio(tmp_path):
    filas = [*municipales(claves=("11001",)), *municipales(anios=(2024,), claves=("11047",))]
    for fila in filas:
        if fila[3] == 11047:
            fila[4] = "  Nuevo   Lugar "
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        assert lectura.municipios["11047"] == ("Nuevo Lugar", False)
        assert [tuple(t) for t in lectura.tramos] == [("11001", 2023, 2025), ("11047", 2024, 2025)]


# 12. Headers


@pytest.mark.parametrize(
    "cambios",
    [
        {"Año": "ANO"},
        {"Año": "AÑO", "Clave_Ent": "CLAVE_ENT"},
        {"Año": "Anio", "Cve. Municipio": "CVE_MUNICIPIO"},
        {"Cve. Municipio": "Cve_Municipio", "Subtipo de delito": "SUBTIPO_DE_DELITO"},
        {"Año": "\ufeffAño", "Enero": " ENERO "},
        {"Año": "ï»¿Año", "Septiembre": "Setiembre"},
    ],
    ids=lambda cambios: "-".join(cambios.values()),
)
def test_12_otros_nombres_de_columna(tmp_path, cambios):
    filas = municipales()
    encabezado = [cambios.get(columna, columna) for columna in MUNICIPAL]
    ruta = escribir(tmp_path / "a.csv", filas, encabezado=encabezado, codificacion="utf-8")
    assert leer_totales(ruta) == sumar(filas)


def test_12_columnas_de_mas_y_en_otro_orden(tmp_path):
    filas = municipales()
    encabezado = ["", *MUNICIPAL[::-1], "Total", "Total Estado", "Nota"]
    anchas = [[n, *fila[::-1], sum(fila[-12:]), 99, "x"] for n, fila in enumerate(filas)]
    ruta = escribir(tmp_path / "a.csv", anchas, encabezado=encabezado)
    assert leer_totales(ruta) == sumar(filas)
    assert "«Nota»" in avisos(ruta)


def test_12_un_total_que_no_cuadra_se_dice(tmp_path):
    filas = [[*fila, sum(fila[-12:])] for fila in estatales()]
    filas[4][-1] += 1
    with pytest.raises(ArchivoConErrores, match=r"línea 6, columna «Total»"):
        abrir(escribir(tmp_path / "a.csv", filas, encabezado=[*ESTATAL, "Total"]))


def test_12_filas_vacias_encabezados_repetidos_y_residuo_al_final(tmp_path):
    filas = estatales()
    sucias = [
        *filas[:5],
        ESTATAL,
        [""] * 19,
        *filas[5:],
        [" "] * 19,
        ["", "", "", "", "", "", "", *[9] * 12],
        [""] * 19,
    ]
    ruta = escribir(tmp_path / "a.csv", sucias)
    assert leer_totales(ruta) == sumar(filas)
    dicho = avisos(ruta)
    assert "1 filas repetían el encabezado" in dicho
    assert "3 filas venían vacías" in dicho
    assert "La última fila" in dicho


def test_12_la_ultima_fila_sin_el_nombre_de_la_entidad(tmp_path):
    filas = estatales()
    filas[-1][2] = ""
    ruta = escribir(tmp_path / "a.csv", filas)
    assert leer_totales(ruta) == sumar(filas)
    assert "sin el nombre" in avisos(ruta)


def test_12_una_fila_sin_entidad_a_media_tabla_se_dice(tmp_path):
    filas = estatales()
    filas.insert(3, ["", "", "", *filas[0][3:]])
    with pytest.raises(ArchivoConErrores, match="línea 5, columna «Entidad»"):
        abrir(escribir(tmp_path / "a.csv", filas))


@pytest.mark.parametrize("separador", [";", "\t"])
def test_12_otro_separador(tmp_path, separador):
    filas = estatales()
    ruta = escribir(tmp_path / "a.csv", filas, separador=separador)
    assert leer_totales(ruta) == sumar(filas)


# 13. Cut by Excel: tests of structure hold the rest


def test_13_un_archivo_que_se_queda_a_medias_se_rechaza(tmp_path):
    filas = estatales()
    with pytest.raises(ArchivoConErrores, match="faltan entidades"):
        abrir(escribir(tmp_path / "a.csv", filas[: len(filas) * 3 // 4]))


# 14. ZIP


def test_14_del_zip_se_toma_el_csv_de_delitos_y_no_sus_vecinos(tmp_path):
    filas = municipales()
    victimas = texto([*ESTATAL[:7], "Sexo", "Rango de edad", *ESTATAL[7:]], [["x"] * 21] * 5000)
    ruta = comprimir(
        tmp_path / "RNID.zip",
        leer_primero__pdf=b"%PDF" * 99999,
        RNID_Víctimas__csv=victimas.encode("cp1252"),
        **{"carpeta/RNID-Delitos_Atención__csv": texto(MUNICIPAL, filas).encode("cp1252")},
        municipal_2024__xlsx=b"PK" * 99999,
        __MACOSX=b"",
    )
    with abrir(ruta) as lectura:
        assert (totales(lectura), lectura.archivo, lectura.rapida) == (sumar(filas), "RNID.zip", True)
        assert lectura.bytes == ruta.stat().st_size


# 15. Names of entidades


def test_15_nombres_largos_cortos_o_viejos_de_las_entidades(tmp_path):
    filas = estatales()
    for fila in filas:
        fila[2] = {5: "Coahuila", 9: "Distrito Federal", 15: "MEXICO", 30: "Veracruz"}.get(fila[1], fila[2])
    assert leer_totales(escribir(tmp_path / "a.csv", filas)) == sumar(filas)


def test_15_la_clave_de_una_entidad_con_el_nombre_de_otra(tmp_path):
    filas = estatales()
    for fila in filas:
        if fila[1] == 11:
            fila[2] = "Jalisco"
    with pytest.raises(ArchivoConErrores, match="viene con la clave 11 y es la 14"):
        abrir(escribir(tmp_path / "a.csv", filas))


# 16. Texts of the RNID


def test_16_la_tentativa_no_se_confunde_con_el_homicidio(tmp_path):
    filas = estatales(anios=(2026,), subtipos=(), hasta=3)
    with abrir(escribir(tmp_path / "a.csv", filas)) as lectura:
        de_homicidio = lectura.con.execute(
            "SELECT DISTINCT subtipo FROM combinacion WHERE tipo = 'Homicidio' ORDER BY 1"
        ).fetchall()
        suma = lectura.con.execute(
            "SELECT sum(m1)::BIGINT FROM celdas JOIN combinacion ON id = combinacion WHERE subtipo = ?", [DOLOSO]
        ).fetchone()[0]
    assert ("Tentativa de homicidio doloso",) in de_homicidio
    assert suma == sum(fila[-12] for fila in filas if fila[5] == DOLOSO)


# 17. Irregular capitals


def test_17_mayusculas_acentos_y_espacios_irregulares(tmp_path):
    filas = estatales(subtipos=(DOLOSO, "Otros delitos del Fuero Común"))
    sueltas = [
        [*f[:3], f[3].upper(), f[4].lower(), f"  {f[5].replace('ú', 'u')} ", f[6].title(), *f[7:]] for f in filas
    ]
    with abrir(escribir(tmp_path / "a.csv", [*filas[:9], *sueltas[9:]])) as lectura:
        assert totales(lectura) == sumar(filas)
        assert sorted(map(tuple, lectura.combinaciones)) == sorted(delitos(DOLOSO, "Otros delitos del Fuero Común"))


# 18. What is counted


def test_18_los_archivos_de_victimas_no_son_de_carpetas(tmp_path):
    encabezado = [*ESTATAL[:7], "Sexo", "Rango de edad", *ESTATAL[7:]]
    filas = [[*fila[:7], "Mujer", "Menores de edad (0-17)", *fila[7:]] for fila in estatales(subtipos=(FEMINICIDIO,))]
    with pytest.raises(ArchivoInvalido, match="cuenta víctimas, no carpetas"):
        abrir(escribir(tmp_path / "IDVFC_NM_dic24.csv", filas, encabezado=encabezado))
