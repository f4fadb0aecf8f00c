"""Files that go out: harmless in a spreadsheet, and the same when they come back."""

import csv
import io

import pytest
from openpyxl import load_workbook

from comun.exportar import desproteger, proteger
from mesas.models import Cobertura, Mesa
from mesas.operaciones import cargar_catalogos, cargar_mesas_del_informe
from tests.mesas.conftest import COLUMNAS

pytestmark = pytest.mark.django_db
CSV, XLSX = "0", "1"


@pytest.mark.parametrize("formato", [CSV, XLSX])
@pytest.mark.parametrize("tabla", ["mesa", "cobertura"])
def test_lo_exportado_vuelve_a_entrar_sin_cambios(escritorio, formato, tabla):
    cargar_catalogos()
    cargar_mesas_del_informe()
    Mesa.objects.filter(slug="leon").update(nota='=HYPERLINK("http://x")', fuente="- con guion\ny otra línea")
    respuesta = escritorio.previa(escritorio.exportar(formato, tabla), tabla)
    assert "filas" in respuesta.context, respuesta.context["form"].errors
    filas = respuesta.context["filas"]
    assert len(filas) == (Mesa if tabla == "mesa" else Cobertura).objects.count()
    assert {fila.que for fila in filas} == {"igual"}, [fila for fila in filas if fila.que != "igual"]


def test_una_formula_sale_como_texto(escritorio):
    Mesa.objects.create(slug="x", nombre="=1+1", entidad_id="28", nota="@SUM(A1)", fuente="+52")
    filas = list(csv.DictReader(io.StringIO(escritorio.exportar(CSV).read().decode("utf-8-sig"))))
    assert (filas[0]["nombre"], filas[0]["nota"], filas[0]["fuente"]) == ("'=1+1", "'@SUM(A1)", "'+52")
    hoja = load_workbook(escritorio.exportar(XLSX)).active
    assert hoja["B2"].value == "'=1+1" and hoja["B2"].data_type == "s"


def test_la_exportacion_respeta_los_filtros_y_lleva_bom(escritorio):
    Mesa.objects.create(slug="uno", nombre="Uno", entidad_id="28", publica=True)
    Mesa.objects.create(slug="dos", nombre="Dos", entidad_id="28")
    contenido = escritorio.exportar(CSV, consulta="?publica__exact=1").read()
    assert contenido.startswith(b"\xef\xbb\xbf")
    filas = list(csv.DictReader(io.StringIO(contenido.decode("utf-8-sig"))))
    assert [fila["slug"] for fila in filas] == ["uno"]
    assert list(filas[0]) == COLUMNAS


@pytest.mark.parametrize("texto", ["=1", "+1", "-1", "@x", "\tx", "\n=1", "normal", "", "'cita", "'=ya"])
def test_proteger_no_pierde_nada(texto):
    protegido = proteger(texto)
    assert not protegido.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert desproteger(protegido) == texto


def test_los_numeros_no_se_tocan():
    assert proteger(-5) == -5 and proteger(None) is None
