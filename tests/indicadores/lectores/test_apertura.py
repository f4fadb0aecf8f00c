"""What may be handed in as an official file, and what is said of the rest."""

import io
import struct
import zipfile

import openpyxl
import pytest

from indicadores.importadores import adelanto, apertura
from indicadores.importadores.errores import ArchivoConErrores, ArchivoInvalido
from indicadores.importadores.lector import abrir
from indicadores.texto import normalizar
from tests.indicadores.archivos import ESTATAL, MUNICIPAL
from tests.indicadores.lectores.hechura import (
    DOLOSO,
    FRAUDE,
    comprimir,
    escribir,
    estatales,
    leer_totales,
    municipales,
    sumar,
    texto,
    totales,
)


def libro(ruta, filas, *, encima=(), debajo=(), encabezado=ESTATAL, portada=False):
    """A book of Excel with numbers as numbers, as Excel keeps them."""
    hecho = openpyxl.Workbook()
    hoja = hecho.active
    if portada:
        hoja.title = "Leer primero"
        hoja.append(["Notas", "sobre", "los datos"])
        hoja = hecho.create_sheet("Datos")
    for fila in (*encima, encabezado, *filas, *debajo):
        hoja.append([None if celda == "" else celda for celda in fila])
    hecho.save(ruta)
    return ruta


@pytest.mark.parametrize("filas", [estatales(hasta=5), municipales(hasta=5)], ids=["estatal", "municipal"])
def test_un_libro_de_excel(tmp_path, filas):
    encabezado = ESTATAL if len(filas[0]) == 19 else MUNICIPAL
    ruta = libro(tmp_path / "a.xlsx", filas, encabezado=encabezado)
    with abrir(ruta) as lectura:
        assert totales(lectura) == sumar(filas)
        assert (lectura.corte.month, lectura.filas, lectura.bytes) == (5, len(filas), ruta.stat().st_size)


def test_un_libro_con_portada_titulos_y_decimales(tmp_path):
    filas = [[*fila[:7], *map(float, fila[7:])] for fila in estatales()]
    encima = [["Incidencia delictiva"], [], ["Corte", "diciembre de 2024"]]
    ruta = libro(tmp_path / "a.xlsx", filas, encima=encima, debajo=[[], []], portada=True)
    with abrir(ruta) as lectura:
        assert totales(lectura) == sumar(filas)
        assert any("línea 4" in aviso for aviso in lectura.avisos)


def test_un_libro_con_una_celda_mala_dice_su_renglon(tmp_path):
    filas = estatales()
    filas[9][-1] = 1.5
    with pytest.raises(ArchivoConErrores) as fallo:
        abrir(libro(tmp_path / "a.xlsx", filas, encima=[["Título"]]))
    (falla,) = fallo.value.informe.primeras
    assert (falla.linea, falla.columna, falla.valor) == (12, "Diciembre", "1.5")


def test_un_zip_que_solo_trae_un_libro(tmp_path):
    filas = estatales()
    suelto = libro(tmp_path / "b.xlsx", filas)
    ruta = comprimir(tmp_path / "a.zip", datos__xlsx=suelto.read_bytes(), chico__xlsx=b"x")
    with abrir(ruta) as lectura:
        assert totales(lectura) == sumar(filas)
        assert any("trae 2 libros" in aviso for aviso in lectura.avisos)


def test_un_zip_con_dos_archivos_de_delitos_dice_cual_no_se_leyo(tmp_path):
    filas = municipales()
    crudos = {"municipal__csv": texto(MUNICIPAL, filas), "estatal__csv": texto(ESTATAL, estatales()[:9])}
    with abrir(comprimir(tmp_path / "a.zip", **crudos)) as lectura:
        assert totales(lectura) == sumar(filas)
        assert any("estatal.csv" in aviso for aviso in lectura.avisos)


def test_la_extension_no_importa(tmp_path):
    filas = estatales()
    ruta = escribir(tmp_path / "a.csv", filas)
    assert leer_totales(ruta.rename(tmp_path / "sin-extension")) == sumar(filas)
    comprimido = comprimir(tmp_path / "b.csv", a__txt=texto(ESTATAL, filas).encode("cp1252"))
    assert leer_totales(comprimido, nombre="datos.csv") == sumar(filas)


@pytest.mark.parametrize(
    ("crudo", "motivo"),
    [
        (b"", "está vacío"),
        (b" \r\n", "está vacío"),
        (b"%PDF-1.7 ...", "es un PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", r"\.xls"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"Rar!\x1a", "RAR"),
        (b"<!DOCTYPE html><html>", "página web"),
        (b"\xef\xbb\xbf\n<html>", "página web"),
        (b"PK\x03\x04 y nada", "ZIP está dañado"),
        (b"\0\1\2\3" * 100, "no es texto"),
        (b"hola, que tal\n", "encabezado"),
        (texto(ESTATAL, []).encode(), "ninguna fila"),
        (texto(ESTATAL, [[""] * 19]).encode(), "ninguna fila"),
        (b"A\xf1o\x81,Clave_Ent,Entidad\n", "mezcla codificaciones"),
    ],
)
def test_lo_que_no_es_un_archivo_oficial(tmp_path, crudo, motivo):
    ruta = tmp_path / "a.csv"
    ruta.write_bytes(crudo)
    with pytest.raises(ArchivoInvalido, match=motivo):
        abrir(ruta)


def test_un_archivo_que_no_esta(tmp_path):
    with pytest.raises(ArchivoInvalido, match="no se pudo leer"):
        abrir(tmp_path / "no-esta.csv")


def test_un_zip_sin_csv(tmp_path):
    with pytest.raises(ArchivoInvalido, match="ningún CSV"):
        abrir(comprimir(tmp_path / "a.zip", leer__pdf=b"%PDF"))


def test_un_zip_con_contrasenia(tmp_path):
    ruta = comprimir(tmp_path / "a.zip", datos__csv=b"x" * 99)
    crudo = bytearray(ruta.read_bytes())
    centro = crudo.index(b"PK\x01\x02")
    for lugar in (6, centro + 8):
        crudo[lugar] |= 1
    ruta.write_bytes(bytes(crudo))
    with pytest.raises(ArchivoInvalido, match="contraseña"):
        abrir(ruta)


def test_un_zip_con_una_compresion_que_no_se_lee(tmp_path):
    ruta = comprimir(tmp_path / "a.zip", datos__csv=b"x" * 99)
    crudo = bytearray(ruta.read_bytes())
    for lugar in (8, crudo.index(b"PK\x01\x02") + 10):
        struct.pack_into("<H", crudo, lugar, 9)
    ruta.write_bytes(bytes(crudo))
    with pytest.raises(ArchivoInvalido, match="compresión"):
        abrir(ruta)


@pytest.mark.parametrize("parte", [0.3, 0.9])
def test_un_zip_cortado(tmp_path, parte):
    ruta = comprimir(tmp_path / "a.zip", datos__csv=texto(ESTATAL, estatales()).encode())
    crudo = ruta.read_bytes()
    ruta.write_bytes(crudo[: int(len(crudo) * parte)])
    with pytest.raises(ArchivoInvalido, match="ZIP está dañado"):
        abrir(ruta)


def test_un_zip_con_un_byte_cambiado(tmp_path):
    ruta = comprimir(tmp_path / "a.zip", datos__csv=texto(ESTATAL, estatales()).encode())
    crudo = bytearray(ruta.read_bytes())
    crudo[len(crudo) // 2] ^= 0xFF
    ruta.write_bytes(bytes(crudo))
    with pytest.raises(ArchivoInvalido):
        abrir(ruta)


@pytest.mark.parametrize("nombre", ["datos.csv", "xl/workbook.xml"])
def test_una_bomba_no_se_abre(tmp_path, nombre):
    ruta = tmp_path / "a.zip"
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as paquete:
        paquete.writestr(nombre, b"0" * (apertura.TROZO + 1) * 4)
    with pytest.raises(ArchivoInvalido, match="no se abrió"):
        abrir(ruta)


def test_un_libro_danado(tmp_path):
    ruta = tmp_path / "a.xlsx"
    with zipfile.ZipFile(ruta, "w") as paquete:
        paquete.writestr("xl/workbook.xml", "<nada/>")
    with pytest.raises(ArchivoInvalido, match="Excel está dañado"):
        abrir(ruta)


def test_no_quedan_archivos_temporales(tmp_path, monkeypatch):
    temporal = tmp_path / "tmp"
    temporal.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporal))
    ruta = comprimir(tmp_path / "a.zip", datos__csv=texto(ESTATAL, estatales()).encode())
    with abrir(ruta) as lectura:
        assert list(temporal.iterdir())
        assert lectura.total
    assert not list(temporal.iterdir())
    ruta.write_bytes(io.BytesIO(ruta.read_bytes()).read()[:-30])
    with pytest.raises(ArchivoInvalido):
        abrir(ruta)
    assert not list(temporal.iterdir())


def test_avisa_de_sus_pasos_hasta_el_final(tmp_path):
    pasos = []
    abrir(escribir(tmp_path / "a.csv", estatales()), avisar=lambda texto, parte: pasos.append((texto, parte))).cerrar()
    partes = [parte for _, parte in pasos]
    assert (partes[0], partes[-1]) == (0.0, 1.0)
    assert partes == sorted(partes)


@pytest.mark.parametrize("codificacion", ["cp1252", "utf-8"])
def test_lo_que_empieza_sin_acentos_y_los_trae_despues(tmp_path, monkeypatch, codificacion):
    """The beginning, read ahead, points to one encoding and the rest may be of another: the rest rules."""
    monkeypatch.setattr(adelanto, "TROZO", 512)
    filas = estatales(subtipos=(DOLOSO, FRAUDE), hasta=7)
    encabezado = [normalizar(columna) for columna in ESTATAL]
    ruta = escribir(tmp_path / "a.csv", filas, encabezado=encabezado, codificacion=codificacion)
    assert ruta.read_bytes()[:512].isascii()
    with abrir(ruta) as lectura:
        assert lectura.rapida
        assert totales(lectura) == sumar(filas)
