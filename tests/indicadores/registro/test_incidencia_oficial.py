"""`/datos/incidencia` with the real figures of the first run."""

import csv
import io

import pytest

from indicadores.models import Alcance, Carga
from indicadores.operaciones_cargas import cargar_incidencia
from indicadores.paquete import INCIDENCIA
from indicadores.periodos import Periodicidad
from indicadores.series import serie
from tests.indicadores.registro import incidencia as a_mano
from tests.indicadores.test_extracto import ORIGEN

pytestmark = pytest.mark.django_db


def pedir(client, formato, **parametros):
    return b"".join(client.get(INCIDENCIA.direccion(formato), parametros).streaming_content).decode()


@pytest.mark.parametrize("formato", ["csv", "json"])
@pytest.mark.parametrize("ceros", [True, False])
def test_tambien_con_las_cifras_de_verdad(cifras, client, formato, ceros):
    """Both instruments, both ámbitos, files with and without modalidades, months that were not reported."""
    parametros = {"territorio": "28"} | ({"ceros": "si"} if ceros else {})
    escrito = pedir(client, formato, **parametros)
    assert escrito == a_mano.texto(formato, entidades=["28"], ceros=ceros)
    assert escrito.count("\n") > 1_000


def test_la_suma_del_pais_es_la_de_los_controles(cifras, client):
    todas = csv.DictReader(io.StringIO(pedir(client, "csv", anio="2018", ambito="estatal")))
    doloso = [f for f in todas if f["subtipo"] == "Homicidio doloso"]
    assert sum(int(fila[mes] or 0) for fila in doloso for mes in INCIDENCIA.columnas[8:20]) == 29_095


@pytest.mark.skipif(not ORIGEN.exists(), reason="faltan los archivos oficiales, que no viajan con el portal")
def test_el_archivo_oficial_del_que_salio_el_extracto_se_puede_cargar(cifras):
    """It changes no figure and brings the modalidades, which the first run does not have."""
    del_extracto = Carga.objects.get(instrumento="RNID")
    antes = serie("28", "fraude", Periodicidad.MENSUAL)
    assert not Alcance.objects.filter(carga=del_extracto, con_modalidades=True).exists()
    hecho = cargar_incidencia(ruta=ORIGEN / del_extracto.archivo)
    assert (hecho.cambio, hecho.carga.revisadas, hecho.carga.total) == (True, 0, del_extracto.total)
    assert hecho.carga.alcances.vigentes().filter(con_modalidades=True).exists()
    assert not del_extracto.alcances.vigentes().filter(nivel=3).exists()
    assert [r.carpetas for r in serie("28", "fraude", Periodicidad.MENSUAL)] == [r.carpetas for r in antes]
    assert "ya está cargado" in cargar_incidencia(ruta=ORIGEN / del_extracto.archivo).mensaje
