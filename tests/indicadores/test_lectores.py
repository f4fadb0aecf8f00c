"""Official files as they circulate, and what is said of those that are not."""

import pytest

from indicadores.importadores.conapo import leer_ancho
from indicadores.importadores.sesnsp import ArchivoInvalido, abrir, leer_celda
from tests.indicadores.archivos import BLANCA, ESTATAL, FUEGO, MUNICIPAL, estatal, guardar, municipal


@pytest.mark.parametrize(
    ("celda", "valor"), [("7", 7), ("", None), (" ", None), ("7.0", 7), ("1,045", 1045), ("-1", -1), ("0", 0)]
)
def test_celda(celda, valor):
    assert leer_celda(celda) == valor


@pytest.mark.parametrize("celda", ["1.5", "x", "1e3", "٧", "1 000", "--1"])
def test_celda_que_no_es_un_entero(celda):
    with pytest.raises(ValueError, match="número entero"):
        leer_celda(celda)


@pytest.mark.parametrize("codificacion", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("fin", ["\n", "\r\n"])
@pytest.mark.parametrize("nombre", ["datos.csv", "datos.zip"])
def test_se_lee_igual_en_cualquier_envoltura(tmp_path, codificacion, fin, nombre):
    filas = [municipal(2024, "01001", BLANCA, ["1,045", "7.0", -1] + [""] * 9)]
    archivo = abrir(guardar(tmp_path / nombre, MUNICIPAL, filas, codificacion, fin))
    (fila,) = archivo.filas
    assert archivo.municipal
    assert len(archivo.sha256) == 64
    assert (fila.anio, fila.territorio, fila.entidad) == (2024, "01001", "01")
    assert (fila.tipo, fila.modalidad) == ("Homicidio", "Con arma blanca")
    assert fila.meses == (1045, 7, -1, *[None] * 9)


def test_estatal_y_filas_vacias_al_final(tmp_path):
    archivo = abrir(guardar(tmp_path / "a.csv", ESTATAL, [estatal(2024, "09", FUEGO, 1), [""] * 19]))
    (fila,) = archivo.filas
    assert not archivo.municipal
    assert fila.territorio == "09"


def test_otro_encabezado_se_rechaza(tmp_path):
    victimas = [*ESTATAL[:7], "Sexo", "Rango de edad", *ESTATAL[7:]]
    with pytest.raises(ArchivoInvalido, match="encabezado"):
        abrir(guardar(tmp_path / "victimas.csv", victimas, []))


def test_un_zip_sin_csv_se_rechaza(tmp_path):
    ruta = guardar(tmp_path / "a.zip", ESTATAL, [])
    ruta.write_bytes(ruta.read_bytes().replace(b".csv", b".pdf"))
    with pytest.raises(ArchivoInvalido, match="ningún CSV"):
        abrir(ruta)


@pytest.mark.parametrize(
    ("fila", "motivo"),
    [
        (estatal(2024, "09", FUEGO, "1.5"), "línea 2: «1.5» no es un número entero"),
        (estatal(2024, "09", FUEGO, 1)[:-1], "línea 2: trae 18 columnas y deben ser 19"),
    ],
)
def test_una_fila_mala_dice_donde(tmp_path, fila, motivo):
    archivo = abrir(guardar(tmp_path / "a.csv", ESTATAL, [fila]))
    with pytest.raises(ArchivoInvalido, match=motivo):
        list(archivo.filas)


def test_un_municipio_de_otra_entidad_se_rechaza(tmp_path):
    fila = municipal(2024, "01001", FUEGO, 1)
    fila[1] = 2
    with pytest.raises(ArchivoInvalido, match="01001 no es de la entidad 02"):
        list(abrir(guardar(tmp_path / "a.csv", MUNICIPAL, [fila])).filas)


def test_poblacion_ancha(tmp_path):
    ruta = tmp_path / "p.csv"
    ruta.write_text("CVE,Entidad,Municipio,2023,2024\n1001,Ags,Ags,10,11\n01002,Ags,Asientos,20,21\n")
    _, habitantes = leer_ancho(ruta, range(2024, 2025))
    assert habitantes == {"01001": [11], "01002": [21]}
    with pytest.raises(ArchivoInvalido, match="2025"):
        leer_ancho(ruta, range(2024, 2026))


@pytest.mark.parametrize(("fila", "motivo"), [("01001,A,A,10,11\n", "se repite"), ("01003,A,A,10,x\n", "línea 3")])
def test_poblacion_con_una_fila_mala(tmp_path, fila, motivo):
    ruta = tmp_path / "p.csv"
    ruta.write_text("CVE,Entidad,Municipio,2023,2024\n01001,A,A,10,11\n" + fila)
    with pytest.raises(ArchivoInvalido, match=motivo):
        leer_ancho(ruta, range(2023, 2025))
