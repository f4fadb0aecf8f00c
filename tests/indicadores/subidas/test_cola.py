"""The worker as a real process: killed in the middle, retaken, two at once, gone with its companion."""

import datetime as dt
import os
import signal
import subprocess
import sys

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comun.temporales import PREFIJO
from indicadores import operaciones_recepciones as operaciones
from indicadores import tareas
from indicadores.models import Carga, Recepcion, Trozo
from indicadores.operaciones_recepciones import INTENTOS, SIN_LATIDO
from rnmsj import postgres_local
from rnmsj.postgres_local import respuesta
from tests.indicadores.subidas.conftest import adjunto, cuerpo, hacer, la_unica, pagina
from tests.infra.test_postgres_local import RAIZ

pytestmark = pytest.mark.django_db(transaction=True)

CERROJO = 0x52_4E_4D_53
PACIENCIA = 60


@pytest.fixture
def entorno():
    """That of a process that works on the database of the tests."""
    direccion = os.environ.get("DATABASE_URL") or postgres_local.asegurar()
    base = connection.settings_dict["NAME"]
    return os.environ | {"DATABASE_URL": f"{direccion.rpartition('/')[0]}/{base}", "PYTHONUTF8": "1"}


@pytest.fixture
def lanzar(entorno):
    """`lanzar("--una-vez")`: a worker; whatever happens none is left at the end."""
    procesos = []

    def poner(*opciones):
        orden = [sys.executable, "manage.py", "atender_cola", *opciones]
        tubos = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        procesos.append(subprocess.Popen(orden, cwd=RAIZ, env=entorno, **tubos))
        return procesos[-1]

    yield poner
    for proceso in procesos:
        if proceso.poll() is None:
            proceso.kill()
        proceso.communicate()


@pytest.fixture
def en_medio():
    """Another load that holds the right to write: whoever comes next waits inside its transaction."""
    otra = connection.copy()
    with otra.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [CERROJO])
    yield otra
    otra.close()


def esperar(condicion):
    assert respuesta.esperar(condicion, PACIENCIA)


def estado_de(recepcion):
    return Recepcion.objects.values_list("estado", flat=True).get(pk=recepcion.pk)


def envejecer():
    """As if the last sign of life were old."""
    hace = timezone.now() - SIN_LATIDO - dt.timedelta(seconds=1)
    Recepcion.objects.filter(estado="en_curso").update(latido=hace)
    DBTaskResult.objects.running().update(started_at=hace)


def esperando_el_cerrojo():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE objid = %s AND NOT granted", [CERROJO])
        return cursor.fetchone()[0]


def test_matado_a_la_mitad_otro_lo_retoma(mesa_de_diana, subir, lanzar, en_medio):
    subir(adjunto())
    recepcion = la_unica()
    primero = lanzar()
    esperar(esperando_el_cerrojo)
    recepcion.refresh_from_db()
    assert recepcion.estado == "en_curso" and recepcion.avance > 0, "seen from outside its transaction"
    html = cuerpo(mesa_de_diana.get(pagina(recepcion)))
    assert "<progress" in html and recepcion.paso in html and "Nadie" not in html
    envejecer()
    assert operaciones.marcar_interrumpidas() == [], "it is alive, however long it says nothing"
    segundo = lanzar()
    primero.kill()
    primero.wait()
    esperar(lambda: operaciones.se_interrumpio(Recepcion.objects.get()))
    assert "El proceso que lo atendía se detuvo" in cuerpo(mesa_de_diana.get(pagina(recepcion)))
    en_medio.close()
    esperar(lambda: estado_de(recepcion) == "lista")
    recepcion.refresh_from_db()
    assert (recepcion.intentos, recepcion.carga) == (2, Carga.objects.get())
    assert not DBTaskResult.objects.running().exists() or segundo.poll() is None
    segundo.send_signal(signal.SIGTERM)
    assert segundo.wait(PACIENCIA) == 0


def test_lo_que_mata_a_quien_lo_atiende_no_se_intenta_para_siempre(mesa_de_diana, subir):
    subir(adjunto())
    recepcion = la_unica()
    for intento in range(1, INTENTOS + 1):
        assert operaciones._empezar(recepcion.pk).intentos == intento
        envejecer()
        retomadas = tareas.retomar()
        assert len(retomadas) == (intento < INTENTOS)
    assert estado_de(recepcion) == "interrumpida"
    assert "Intentar otra vez" in cuerpo(mesa_de_diana.get(pagina(recepcion)))
    hacer(mesa_de_diana, recepcion, "repetir")
    recepcion.refresh_from_db()
    assert (recepcion.estado, recepcion.intentos) == ("recibida", 0)


def test_dos_a_la_vez_entran_una_tras_otra(subir, lanzar):
    subir(adjunto(nombre="uno.csv", hasta=6))
    subir(adjunto(nombre="dos.csv", hasta=7))
    obreros = [lanzar("--una-vez") for _ in range(2)]
    assert [obrero.wait(PACIENCIA) for obrero in obreros] == [0, 0]
    assert set(Recepcion.objects.values_list("estado", flat=True)) <= {"lista", "sin_cambio"}
    assert Carga.objects.publicas().get().archivo == "dos.csv", "whoever came first, the newest cut rules"
    assert not Trozo.objects.filter(archivo__recepcion__estado="lista").exists()


def test_lo_que_dejo_un_proceso_matado_se_barre_al_empezar(db, entorno, lanzar, tmp_path):
    entorno["TMPDIR"] = str(tmp_path)
    dejada = tmp_path / f"{PREFIJO}de-un-muerto"
    dejada.mkdir()
    (dejada / "1.csv").write_text("x")
    for ruta in (dejada / "1.csv", dejada):
        os.utime(ruta, (0, 0))
    assert lanzar("--una-vez").wait(PACIENCIA) == 0
    assert not dejada.exists()


def test_quien_acompana_se_va_con_su_companero(subir, entorno):
    """As `make run` starts it, beside a process that takes the place of the shell."""
    receta = (RAIZ / "Makefile").read_text()
    assert "manage.py atender_cola --verbosity 0 --junto-a $$$$ &" in receta
    assert "exec $(PYTHON) manage.py runserver" in receta
    subir(adjunto())
    orden = f"'{sys.executable}' manage.py atender_cola --verbosity 0 --junto-a $$ & exec cat"
    tubos = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    companero = subprocess.Popen(["sh", "-c", orden], cwd=RAIZ, env=entorno, **tubos)
    esperar(lambda: estado_de(la_unica()) == "lista")
    companero.stdin.close()
    assert companero.wait(PACIENCIA) == 0
    assert companero.stdout.read() == b"", "the pipe ends when the last of the two has ended"


def test_una_falla_del_portal_se_dice_sin_culpar_al_archivo(mesa_de_diana, subir, lanzar, caplog):
    subir(adjunto())
    recepcion = la_unica()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE indicadores_presencia RENAME TO indicadores_presencia_guardada")
    try:
        assert lanzar("--una-vez").wait(PACIENCIA) == 0
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE indicadores_presencia_guardada RENAME TO indicadores_presencia")
    html = cuerpo(mesa_de_diana.get(pagina(recepcion)))
    assert "falla del portal, no de tu archivo" in html and "Intentar otra vez" in html
    hacer(mesa_de_diana, recepcion, "repetir")
    assert lanzar("--una-vez").wait(PACIENCIA) == 0
    assert estado_de(recepcion) == "lista"
    assert reverse("admin:indicadores_carga_change", args=[Carga.objects.get().pk]) in cuerpo(
        mesa_de_diana.get(pagina(recepcion))
    )
