"""Over the figures of the first run: every rate names the edition by which it divides."""

import csv
import io

import pytest

from indicadores.models import EdicionDePoblacion, Poblacion
from indicadores.operaciones import cargar_extracto
from tests.indicadores.poblacion import archivos
from tests.indicadores.poblacion.archivos import todos, total

pytestmark = pytest.mark.django_db

ANIOS = range(2023, 2025)


def ancho(anios=ANIOS):
    return archivos.ancho(todos(), anios)


def habitantes(edicion, territorio, anio):
    return Poblacion.objects.get(edicion=edicion, territorio=territorio, anio=anio).habitantes


def tasa(client, territorio, anio="2024"):
    parametros = {"territorio": territorio, "delito": "homicidio-doloso", "desde": anio, "hasta": anio}
    respuesta = client.get("/datos/tasas.csv", parametros)
    (fila,) = csv.DictReader(io.StringIO(b"".join(respuesta.streaming_content).decode()))
    return fila


def test_cada_tasa_nombra_su_edicion(cifras, cargar, client):
    antes = tasa(client, "08037")
    assert (antes["poblacion"], antes["edicion_poblacion"]) == ("1637477", "CONAPO 1990-2040")
    cargar(ancho())
    assert tasa(client, "08037") == antes
    cargar(ancho(), usar=True)
    despues = tasa(client, "08037")
    assert despues["edicion_poblacion"] == "CONAPO 2023-2024"
    assert despues["poblacion"] == str(total("08037", 2024))
    assert despues["carpetas"] == antes["carpetas"]
    assert float(despues["tasa"]) == pytest.approx(919 * 100_000 / total("08037", 2024), abs=5e-5)
    de_otro_anio = tasa(client, "08", "2022")  # which the edition does not bring
    assert de_otro_anio["carpetas"] != ""
    assert (de_otro_anio["poblacion"], de_otro_anio["tasa"]) == ("", "")


def test_una_edicion_solo_de_entidades_deja_a_las_mesas_sin_tasa(cifras, cargar, client):
    resultado = cargar(archivos.entidades(ANIOS), "00_Pob_Mitad.csv", usar=True)
    assert resultado.vigente
    assert any("ni los municipios ni las mesas tienen tasa" in aviso for aviso in resultado.avisos)
    assert tasa(client, "08037")["tasa"] == ""
    estatal = tasa(client, "08")
    assert (estatal["poblacion"], estatal["edicion_poblacion"]) == (str(total("08", 2024)), resultado.nombre)


def test_la_edicion_entera_reemplaza_al_extracto(cifras, cargar, client):
    del_extracto = EdicionDePoblacion.objects.get(nombre="CONAPO 1990-2040")
    assert del_extracto.extracto
    anios = range(2014, 2032)
    resultado = cargar(ancho(anios), edicion="CONAPO 1990-2040")
    assert (resultado.reemplaza, resultado.vigente) == (True, True)
    edicion = EdicionDePoblacion.objects.get()
    assert (edicion.pk, edicion.extracto) == (del_extracto.pk, "")
    assert habitantes(edicion, "28038", 2031) == total("28038", 2031)
    assert tasa(client, "08037")["poblacion"] == str(total("08037", 2024))
    assert not cargar_extracto().cambio
    assert EdicionDePoblacion.objects.get().extracto == ""


def test_el_archivo_del_que_salio_el_extracto_no_es_el_mismo(cifras, cargar):
    """The extract keeps the fingerprint of the file from which it was made, and only some of its years."""
    filas = ancho(range(2014, 2032))
    aparte = cargar(filas, edicion="Aparte").edicion
    sha256 = aparte.sha256
    aparte.delete()
    EdicionDePoblacion.objects.update(sha256=sha256)
    assert cargar(filas, edicion="CONAPO 1990-2040").reemplaza
