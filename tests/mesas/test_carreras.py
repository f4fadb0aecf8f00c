"""Two people who write at the same time cannot break together a rule that neither breaks alone."""

import datetime as dt
import queue
import threading

import pytest
from django.db import DatabaseError, NotSupportedError, connection, transaction

from comun.errores import mensaje_de_la_base
from mesas.models import Cargo, Institucion, Integrante, Puesto
from tests.fabricas import hacer_institucion, hacer_integrante, hacer_mesa, hacer_persona

pytestmark = pytest.mark.django_db(transaction=True)
DIA = dt.date(2024, 1, 1)


def carrera(primera, segunda):
    """Run `segunda` in another connection while the transaction of `primera` is open.

    Commits the first when the second waits for it (or has ended without waiting) and returns what
    PostgreSQL answered to the second.
    """
    identidad, errores = queue.Queue(), []

    def otra_conexion():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                identidad.put(cursor.fetchone()[0])
            segunda()
        except DatabaseError as error:
            errores.append(error)
        finally:
            connection.close()

    hilo = threading.Thread(target=otra_conexion)
    with transaction.atomic():
        primera()
        hilo.start()
        pid = identidad.get(timeout=10)
        while hilo.is_alive() and not _espera(pid):
            hilo.join(0.01)
    hilo.join(10)
    assert not hilo.is_alive()
    return mensaje_de_la_base(errores[0]) if errores else None


def _espera(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid])
        return cursor.fetchone()[0]


@pytest.fixture
def norte():
    return hacer_mesa("Norte", "28038", municipio_nombre="Tampico")


@pytest.fixture(params=["en un orden", "en el otro"])
def ordenadas(request):
    return (lambda a, b: (a, b)) if request.param == "en un orden" else (lambda a, b: (b, a))


def test_un_puesto_no_se_vuelve_coordinacion_mientras_lo_ocupa_una_autoridad(norte, ordenadas):
    persona = hacer_persona()
    hacer_integrante(norte, persona, con_cargo=True)
    puesto = Puesto.objects.create(tipo=Puesto.Tipo.SECRETARIA_TECNICA, mesa=norte)
    ocupar = lambda: Cargo.objects.create(puesto=puesto, persona=persona, desde=DIA)  # noqa: E731
    cambiar = lambda: Puesto.objects.filter(pk=puesto.pk).update(tipo=Puesto.Tipo.COORDINACION_COMITE)  # noqa: E731
    assert carrera(*ordenadas(ocupar, cambiar)) in (
        "Un puesto que ya tuvo titulares no cambia de tipo ni de ámbito: crea otro.",
        "Quien coordina no puede tener cargo público en ninguna de esas fechas.",
    )


def test_nadie_entra_a_coordinar_y_a_un_cargo_publico_a_la_vez(norte, ordenadas):
    persona = hacer_persona()
    puesto = Puesto.objects.create(tipo=Puesto.Tipo.COORDINACION_MESA, mesa=norte)
    coordinar = lambda: Cargo.objects.create(puesto=puesto, persona=persona, desde=DIA)  # noqa: E731
    sentarse = lambda: hacer_integrante(norte, persona, con_cargo=True, desde=DIA)  # noqa: E731
    respuesta = carrera(*ordenadas(coordinar, sentarse))
    assert respuesta == "Quien coordina no puede tener cargo público en ninguna de esas fechas."


def test_una_institucion_no_se_vuelve_autoridad_mientras_se_sienta_en_su_nombre(norte, ordenadas):
    civil = hacer_institucion(civil=True)
    sentarse = lambda: hacer_integrante(norte, institucion=civil)  # noqa: E731
    cambiar = lambda: Institucion.objects.filter(pk=civil.pk).update(nivel="estatal", poder="ejecutivo")  # noqa: E731
    assert carrera(*ordenadas(sentarse, cambiar)) in (
        "Una institución con integrantes no pasa de autoridad a sociedad civil ni al revés: crea otra.",
        "Quien viene en nombre de una autoridad tiene cargo público.",
    )


@pytest.mark.parametrize("aislamiento", ["REPEATABLE READ", "SERIALIZABLE"])
def test_con_una_foto_vieja_no_se_guarda(norte, aislamiento):
    persona = hacer_persona()
    puesto = Puesto.objects.create(tipo=Puesto.Tipo.COORDINACION_MESA, mesa=norte)
    for guardar in (
        lambda: Cargo.objects.create(puesto=puesto, persona=persona, desde=DIA),
        lambda: Integrante.objects.create(mesa=norte, persona=persona, tipo="sin_cargo", desde=DIA),
    ):
        with pytest.raises(NotSupportedError, match="aislamiento READ COMMITTED"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {aislamiento}")
            guardar()
