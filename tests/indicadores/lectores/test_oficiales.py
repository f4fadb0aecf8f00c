"""Every official file at hand, against a reader that shares nothing with the portal's."""

import csv
import datetime as dt
import io
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest

from indicadores.importadores.errores import ArchivoInvalido
from indicadores.importadores.lector import abrir
from tests.indicadores.lectores.hechura import totales

ORIGEN = Path(__file__).resolve().parents[3].parent / "shared" / "datos"

pytestmark = pytest.mark.skipif(
    not ORIGEN.exists(), reason="faltan los archivos oficiales, que no viajan con el portal"
)

ARCHIVOS = {
    "IDEFC_NM_ago23.csv": (28_224, 98, (2023, 8), True),
    "IDEFC_NM_oct2020.csv": (18_816, 98, (2020, 10), False),
    "IDM_Guanajuato_homicidio_2020-2025_nov2025.csv": (2_484, 9, (2025, 11), False),
    "IDM_NM_adaptado_homicidio_2024-2025.zip": (14_916, 3, (2025, 6), True),
    "IDM_NM_reconstruido_29combos_2015-2024.zip": (686_343, 29, (2024, 12), True),
    "IDM_NM_reconstruido_7subtipos_2015-2022.zip": (123_449, 7, (2022, 12), True),
    "RNID-Delitos_Estatal-2026_edicion-ene2026.csv": (3_648, 114, (2026, 1), True),
    "RNID-Delitos_Estatal-2026_edicion-feb2026.csv": (3_648, 114, (2026, 2), True),
}
"""Rows, combinations, cut and whether it comes in exact shape."""


def contar(nombre):
    """Rows of a file, and its totals by (entidad, year, month)."""
    crudo = (ORIGEN / nombre).read_bytes()
    if nombre.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(crudo)) as paquete:
            crudo = paquete.read(paquete.namelist()[0])
    try:
        texto = crudo.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = crudo.decode("cp1252")
    lector = csv.reader(io.StringIO(texto, newline=""))
    next(lector)
    sumas, filas = defaultdict(int), 0
    for fila in lector:
        filas += 1
        for mes, celda in enumerate(fila[-12:], start=1):
            if celda not in ("", "0"):
                sumas[int(fila[1]), int(fila[0]), mes] += int(float(celda.replace(",", "")))
    return filas, {llave: total for llave, total in sumas.items() if total}


@pytest.mark.parametrize("nombre", ARCHIVOS)
def test_las_cifras_de_cada_archivo_son_las_de_un_lector_aparte(nombre):
    filas, combinaciones, corte, exacto = ARCHIVOS[nombre]
    contadas, sumas = contar(nombre)
    with abrir(ORIGEN / nombre) as lectura:
        assert totales(lectura) == sumas
        assert lectura.total == sum(sumas.values())
        assert (lectura.filas, contadas, len(lectura.combinaciones)) == (filas, filas, combinaciones)
        assert (lectura.corte, lectura.rapida) == (dt.date(*corte, 1), exacto)
        assert lectura.instrumento == ("RNID" if nombre.startswith("RNID") else "CNSP/38/15")


def test_las_mismas_cifras_por_los_dos_caminos(tmp_path):
    """A blank row sends the whole file through the patient reading."""
    nombre = "IDM_NM_adaptado_homicidio_2024-2025.zip"
    with zipfile.ZipFile(ORIGEN / nombre) as paquete:
        crudo = paquete.read(paquete.namelist()[0])
    ruta = tmp_path / "a.csv"
    ruta.write_bytes(crudo.replace(b"\r\n", b"\r\n\r\n", 1))
    with abrir(ORIGEN / nombre) as rapida, abrir(ruta) as lenta:
        assert (rapida.rapida, lenta.rapida) == (True, False)
        assert totales(lenta) == totales(rapida)
        assert (lenta.alcances, lenta.municipios, lenta.tramos) == (rapida.alcances, rapida.municipios, rapida.tramos)
        assert (lenta.corte, lenta.modalidad_desconocida) == (rapida.corte, rapida.modalidad_desconocida)


def test_oaxaca_no_reporto_nueve_meses():
    with abrir(ORIGEN / "IDEFC_NM_ago23.csv") as lectura:
        (anio_2015, anio_2016) = (
            next(a.mascara for a in lectura.alcances if (a.anio, a.entidad, a.delito[2]) == (anio, "20", "fraude"))
            for anio in (2015, 2016)
        )
    assert (f"{anio_2015:012b}"[::-1], f"{anio_2016:012b}"[::-1]) == ("010010010010", "111111111011")


@pytest.mark.parametrize("nombre", ["conapo_municipal_1990-2040_total.csv", "mesas.csv", "taxonomia_NM.csv"])
def test_los_que_no_son_de_delitos(nombre):
    with pytest.raises(ArchivoInvalido):
        abrir(ORIGEN / nombre)
