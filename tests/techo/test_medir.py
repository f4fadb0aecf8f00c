"""`manage.py medir`: what it measures and how it tells it. How long anything takes is not a matter of tests."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rnmsj.mediciones.cargas import elegir_municipios
from rnmsj.mediciones.coordinacion import PARTES as PARTES_DEL_ESCRITORIO
from rnmsj.mediciones.indicadores import PARTES
from rnmsj.mediciones.tabla import AL_MENOS, ENCABEZADO, Medida, como_markdown, como_texto

RAIZ = Path(__file__).resolve().parents[2]
BASES = """
import sys
from django.db import connection
with connection._nodb_cursor() as cursor:
    cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE %s", ["medicion_" + sys.argv[1] + "%"])
    print(cursor.fetchone()[0])
"""


@pytest.mark.parametrize(
    ("valor", "sentido", "meta", "cumple"),
    [
        (2.0, "≤", 2.0, True),
        (2.1, "≤", 2.0, False),
        (50, AL_MENOS, 50, True),
        (49, AL_MENOS, 50, False),
        (None, "≤", 2.0, None),
        (7.0, "≤", None, None),
    ],
)
def test_cada_cifra_dice_si_cumple(valor, sentido, meta, cumple):
    assert Medida("carga", "Algo", valor, "×", sentido=sentido, meta=meta).cumple is cumple


def test_lo_que_no_se_midio_se_dice():
    medidas = [Medida("carga", "Algo", 1.5, "× COPY", "a|b", meta=2), Medida("descargas", "Otra", None, "%")]
    renglones = como_markdown(medidas).splitlines()
    assert renglones[0] == f"| {' | '.join(ENCABEZADO)} |"
    assert renglones[2:] == ["| Algo | 1.50 × COPY | ≤ 2 × COPY | sí | a/b |", "| Otra | no se midió | — | — |  |"]
    assert "no se midió" in como_texto(medidas)


def test_pocos_municipios_son_de_todas_las_entidades():
    elegidos = elegir_municipios(40)
    assert len(elegidos) == len(set(elegidos)) == 40
    assert len({clave[:2] for clave in elegidos}) == 32
    assert "28038" in elegidos
    assert elegir_municipios(None) is None


@pytest.mark.parametrize(
    ("orden", "partes"),
    [
        (["indicadores", "--anios", "1", "--municipios", "32", "--veces", "1"], PARTES),
        (["coordinacion", "--mesas", "40", "--sesiones", "4", "--veces", "1"], PARTES_DEL_ESCRITORIO),
    ],
    ids=["indicadores", "coordinacion"],
)
def test_mide_en_pequenio_y_no_deja_nada(tmp_path, orden, partes):
    """As an operator runs it: every part, with the smallest file, in databases that are gone afterwards."""
    salida, tabla = tmp_path / "medido.json", tmp_path / "medido.md"
    orden = ["medir", *orden]
    proceso = subprocess.Popen(
        [sys.executable, "manage.py", *orden, "--json", str(salida), "--markdown", str(tabla)],
        cwd=RAIZ,
        env=os.environ | {"PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    dicho, _ = proceso.communicate()
    assert proceso.returncode == 0, dicho
    datos = json.loads(salida.read_text())
    assert {medida["parte"] for medida in datos["medidas"]} == set(partes)
    assert "PostgreSQL" in datos["maquina"]
    for medida in datos["medidas"]:
        assert set(medida) == {"parte", "nombre", "valor", "unidad", "detalle", "sentido", "meta", "cumple"}
        assert medida["nombre"] in dicho
        assert medida["nombre"] in tabla.read_text()
    quedan = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(){BASES}", str(proceso.pid)],
        cwd=RAIZ,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "rnmsj.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert quedan.stdout.strip() == "0"
