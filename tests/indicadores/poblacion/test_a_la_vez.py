"""Two loads at once: the second waits its turn or is told to come back."""

from threading import Thread

import psycopg2
import pytest
from django.db import OperationalError, connection, connections

from indicadores import cerrojo
from indicadores.models import EdicionDePoblacion, Poblacion
from indicadores.operaciones_poblacion import cargar_poblacion
from tests.indicadores.poblacion import archivos
from tests.indicadores.poblacion.archivos import guardar, todos

ANIOS = range(2023, 2025)
LLAVE = 0x52_4E_4D_53


@pytest.fixture
def otra_carga(db):
    """Another process in the middle of a load."""
    otra = connection.copy()
    otra.set_autocommit(False)
    with otra.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LLAVE])
    yield otra
    otra.rollback()
    otra.close()


@pytest.fixture
def ruta(tmp_path):
    return guardar(tmp_path / "p.csv", archivos.ancho(todos(), ANIOS))


@pytest.mark.django_db
def test_la_segunda_se_rechaza_si_no_espera(otra_carga, ruta):
    with pytest.raises(cerrojo.CargaEnCurso, match="Hay otra carga de cifras en curso"):
        cargar_poblacion(rutas=[ruta], esperar=False)
    assert not EdicionDePoblacion.objects.exists()
    otra_carga.rollback()
    assert cargar_poblacion(rutas=[ruta], esperar=False).cambio


@pytest.mark.django_db
def test_la_segunda_espera_y_lo_dice(otra_carga, ruta):
    pasos = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")
    with pytest.raises(OperationalError) as espera:
        cargar_poblacion(rutas=[ruta], avisar=lambda paso, avance: pasos.append(paso))
    assert isinstance(espera.value.__cause__, psycopg2.errors.LockNotAvailable)
    assert pasos[-1] == "Hay otra carga en curso: espero a que termine"


@pytest.mark.django_db(transaction=True)
def test_dos_a_la_vez_dejan_una_sola_edicion(ruta):
    resultados = []

    def cargar():
        try:
            resultados.append(cargar_poblacion(rutas=[ruta]).cambio)
        finally:
            connections.close_all()

    hilos = [Thread(target=cargar) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert sorted(resultados) == [False, True]
    assert EdicionDePoblacion.objects.count() == 1
    assert Poblacion.objects.count() == (2475 + 32) * 2


@pytest.mark.django_db(transaction=True)
def test_quien_lee_mientras_se_reemplaza_ve_la_anterior_entera(ruta, tmp_path):
    """Another connection looks at every step: it sees the old figures until the whole new edition is in."""
    cargar_poblacion(rutas=[ruta])
    lector = connection.copy()
    vistas = []

    def mirar(paso, avance):
        with lector.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), sum(habitantes) FROM indicadores_poblacion p "
                "JOIN indicadores_ediciondepoblacion e ON e.id = p.edicion_id AND e.vigente"
            )
            vistas.append((paso, cursor.fetchone()))

    try:
        cargar_poblacion(rutas=[guardar(tmp_path / "q.csv", archivos.ancho(todos(), ANIOS, extra=1))], avisar=mirar)
    finally:
        lector.close()
    *antes, (ultimo, despues) = vistas
    assert len({cifras for _, cifras in antes}) == 1
    assert {"Guardo la población", "Edición de las tasas"} <= {paso for paso, _ in antes}
    assert ultimo == "Listo"
    assert despues[0] == antes[0][1][0]
    assert despues[1] == antes[0][1][1] + 2475 * 2 * 6 * 2
