"""`/datos/incidencia` with the real figures of the first run."""

import csv
import io

import pytest

from indicadores.paquete import INCIDENCIA
from tests.indicadores.registro import incidencia as a_mano

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
