"""Reading cells and saying what PostgreSQL refused."""

import datetime as dt

import pytest
from django.db import DatabaseError

from comun.archivos import ArchivoCSV, ArchivoIlegible
from comun.columnas import Entero, Fecha, SiNo, Texto
from comun.errores import SIN_EXPLICACION, mensaje_de_la_base
from comun.exportar import trozos_csv, trozos_json


@pytest.mark.parametrize(
    ("celda", "vale"),
    [("sí", True), ("SI", True), (1, True), ("x", True), (True, True), ("no", False), ("", False), (None, False)],
)
def test_si_o_no(celda, vale):
    assert SiNo().clean(celda) is vale


@pytest.mark.parametrize("celda", ["quizá", "2", "ok"])
def test_lo_que_no_es_si_ni_no_no_pasa_por_no(celda):
    with pytest.raises(ValueError, match="escribe sí o no"):
        SiNo().clean(celda)


@pytest.mark.parametrize(
    "celda", ["2018-11-21", "21/11/2018", dt.date(2018, 11, 21), dt.datetime(2018, 11, 21, 10), " 2018-11-21 "]
)
def test_fechas(celda):
    assert Fecha().clean(celda) == dt.date(2018, 11, 21)


@pytest.mark.parametrize("celda", ["21-11-18", "ayer", "2018-02-30"])
def test_lo_que_no_es_fecha(celda):
    with pytest.raises(ValueError, match="no es una fecha"):
        Fecha().clean(celda)


@pytest.mark.parametrize(("celda", "vale"), [("7", 7), (7.0, 7), ("", None), (None, None), (" 12 ", 12)])
def test_enteros(celda, vale):
    assert Entero().clean(celda) == vale


@pytest.mark.parametrize("celda", ["7.5", "-1", "siete", "²", "9" * 30])
def test_lo_que_no_es_entero(celda):
    with pytest.raises(ValueError, match="no es un número entero"):
        Entero().clean(celda)


@pytest.mark.parametrize(("celda", "vale"), [(28038.0, "28038"), (None, ""), ("'=1+1", "=1+1"), ("  a ", "a")])
def test_textos(celda, vale):
    assert Texto().clean(celda) == vale


def test_lo_que_no_es_texto_se_dice():
    with pytest.raises(ArchivoIlegible, match="no es de texto"):
        ArchivoCSV().create_dataset(b"\0\0\0\n\0\0")


def test_una_comilla_sin_cerrar_se_explica():
    with pytest.raises(ArchivoIlegible, match="comilla"):
        ArchivoCSV().create_dataset('a,b\n1,"dos\n')


def test_los_saltos_de_linea_dentro_de_una_celda_no_rompen_la_tabla():
    tabla = ArchivoCSV().create_dataset('nota;otra\n"una\nlinea; y otra";b\n'.encode("utf-8-sig"))
    assert tabla.dict == [{"nota": "una\nlinea; y otra", "otra": "b", "#fila": 2}]


def test_una_falla_de_la_base_sin_nombre_no_se_repite_al_usuario():
    assert mensaje_de_la_base(DatabaseError("ERROR: relation does not exist")) == SIN_EXPLICACION


def test_csv_y_json_por_partes():
    filas = [("uno", 1, None), ("=2+2", dt.date(2018, 11, 21), True)]
    cuerpo = "".join(trozos_csv(("a", "b", "c"), filas))
    assert cuerpo == "a,b,c\nuno,1,\n'=2+2,2018-11-21,sí\n"
    cuerpo = "".join(trozos_json(("a", "b", "c"), filas))
    assert cuerpo == '[\n{"a": "uno", "b": 1, "c": null},\n{"a": "=2+2", "b": "2018-11-21", "c": true}\n]\n'
