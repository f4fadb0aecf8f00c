"""A load killed at any moment, or with PostgreSQL killed under it, leaves the old figures or the new ones."""

import contextlib
import os
import random
import subprocess
import sys

import pytest

from tests.indicadores.archivos import MUNICIPAL, guardar
from tests.indicadores.test_cargas import ARMAS, CULPOSO, DOLOSO, filas
from tests.infra.test_postgres_local import RAIZ, hacer_local  # noqa: F401

MUNICIPIOS = tuple(f"28{numero:03d}" for numero in range(1, 44))
VECES = 20
PARTE_DE_POSTGRESQL = 5

FOTO = """
SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM (
    SELECT a.delito_id, a.anio, a.meses, a.corte, a.entidad_completa, c.territorio, c.meses AS serie
    FROM indicadores_alcance a
    JOIN indicadores_conteo c ON c.carga_id = a.carga_id AND c.delito_id = a.delito_id
    WHERE a.vigente
) t
"""
DESHACER = (
    "from indicadores.models import Carga; from indicadores.operaciones_cargas import deshacer_carga; "
    "deshacer_carga(carga=Carga.objects.filter(deshecha=None).latest('cargada'))"
)


class Portal:
    """Commands run as an operator runs them, on a server of their own."""

    def __init__(self, local):
        self.local = local
        self.entorno = {k: v for k, v in local.entorno.items() if k != "DATABASE_URL"} | {"PYTHONUTF8": "1"}

    def lanzar(self, *orden):
        return subprocess.Popen(
            [sys.executable, "manage.py", *orden],
            cwd=RAIZ,
            env=self.entorno,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def correr(self, *orden):
        proceso = self.lanzar(*orden)
        salida, _ = proceso.communicate()
        assert proceso.returncode == 0, salida.decode()

    def foto(self):
        return self.local.preguntar(FOTO)


@pytest.fixture
def portal(hacer_local, tmp_path):  # noqa: F811
    portal = Portal(hacer_local(tmp_path / "pg"))
    portal.correr("migrate", "--verbosity", "0")
    return portal


def test_matada_en_veinte_momentos_deja_lo_viejo_o_lo_nuevo(portal, tmp_path):
    delitos = [*DOLOSO, *CULPOSO]
    anios = range(2015, 2025)
    vieja = guardar(tmp_path / "vieja.csv", MUNICIPAL, filas(delitos, anios, 6, MUNICIPIOS))
    cambios = {(clave, arma, 2020): 7 for clave in MUNICIPIOS for arma in ARMAS}
    nueva = guardar(tmp_path / "nueva.csv", MUNICIPAL, filas(delitos, anios, 8, MUNICIPIOS, cambios.items()))
    portal.correr("cargar_incidencia", str(vieja))
    antes = portal.foto()
    portal.correr("cargar_incidencia", str(nueva))
    despues = portal.foto()
    portal.correr("shell", "-c", DESHACER)
    assert portal.foto() == antes != despues
    azar = random.Random(2018)
    finales = []
    for vez in range(VECES):
        carga = portal.lanzar("cargar_incidencia", str(nueva))
        # What it says marks how far it is; then it dies somewhere in what comes next.
        for _ in range(azar.randrange(2, 12)):
            if not carga.stdout.readline():
                break
        with contextlib.suppress(subprocess.TimeoutExpired):
            carga.wait(timeout=azar.uniform(0, 0.05))
        if vez < PARTE_DE_POSTGRESQL:
            portal.local.matar_todo()
            carga.wait()
        else:
            carga.kill()
            carga.wait()
        carga.stdout.close()
        finales.append(portal.foto())
        assert finales[-1] in (antes, despues)
        if finales[-1] == despues:
            portal.correr("shell", "-c", DESHACER)
            assert portal.foto() == antes
    assert antes in finales, "some must have died in the middle"
    portal.correr("cargar_incidencia", str(nueva))
    assert portal.foto() == despues
    assert os.path.exists(portal.local.datos)
