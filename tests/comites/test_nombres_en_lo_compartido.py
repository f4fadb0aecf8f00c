"""What a mesa shares with the network names somebody only while that person lets the name be public."""

import threading

import pytest
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from comites.models import Acuerdo, NombreEnActo, NombreEnCompartido
from comites.operaciones_publicacion import cambiar_nivel
from mesas.models import Persona
from tests.fabricas import (
    asistir,
    cerrar,
    consentir_nombre,
    hacer_acuerdo,
    hacer_integrante,
    hacer_mesa,
    hacer_persona,
    hacer_sesion,
    publicar,
)

GEMA = "Gema de la Cruz Prueba"


@pytest.fixture
def gema(norte):
    persona = hacer_integrante(norte, hacer_persona(GEMA)).persona
    persona.consentimiento = consentir_nombre(persona)
    return persona


def compartir(mesa, texto="Entregar a Gema Cruz las llaves del parque"):
    acuerdo = hacer_acuerdo(sesion := hacer_sesion(mesa), texto, nivel="red")
    cerrar(sesion)
    return acuerdo


def lo_lee(como, quien, acuerdo, mesa="sur"):
    pagina = como(quien).get(reverse("coordinacion:acuerdos", args=[mesa])).content.decode()
    directa = como(quien).get(reverse("coordinacion:acuerdo", args=[mesa, acuerdo.folio])).status_code
    assert (acuerdo.accion in pagina) == (directa == 200)
    return directa == 200


@pytest.mark.django_db
def test_retirar_el_consentimiento_lo_quita_de_las_otras_mesas_y_no_de_la_suya(como, ana, carla, norte, sur, gema):
    acuerdo = compartir(norte)
    otro = compartir(norte, "Pintar la barda de la escuela")
    assert lo_lee(como, carla, acuerdo) and lo_lee(como, carla, otro)
    gema.consentimiento.revocado = timezone.now()
    gema.consentimiento.save()
    assert not lo_lee(como, carla, acuerdo) and lo_lee(como, carla, otro)
    propia = como(ana).get(reverse("coordinacion:acuerdo", args=["norte", acuerdo.folio])).content.decode()
    assert f"Hoy ninguna otra lo lee: nombra a {GEMA}" in propia
    consentir_nombre(gema)
    assert lo_lee(como, carla, acuerdo)


@pytest.mark.django_db
def test_ocultar_a_alguien_lo_quita_aunque_lo_diga_otra_mesa(como, carla, norte, sur, gema):
    tercera = hacer_mesa("Tercera", "31050")
    acuerdo = compartir(tercera)
    assert lo_lee(como, carla, acuerdo)
    Persona.objects.filter(pk=gema.pk).update(oculta=True)
    assert not lo_lee(como, carla, acuerdo)


@pytest.mark.django_db
def test_quien_llega_despues_o_cambia_de_nombre_no_ha_consentido(como, carla, norte, sur):
    acuerdo = compartir(norte)
    asiento = hacer_integrante(norte, hacer_persona("Gema Cruz"))
    assert not lo_lee(como, carla, acuerdo)
    NombreEnCompartido.objects.all().delete()
    assert lo_lee(como, carla, acuerdo)
    Persona.objects.filter(pk=asiento.persona_id).update(nombre="Gema Cruz Otra")
    assert not lo_lee(como, carla, acuerdo)


@pytest.mark.django_db
def test_lo_que_se_sube_a_la_red_por_sql_tambien_se_lee(como, carla, norte, sur):
    hacer_integrante(norte, hacer_persona(GEMA))
    acuerdo = hacer_acuerdo(sesion := hacer_sesion(norte), "Avisar a Gema de la Cruz")
    cerrar(sesion)
    Acuerdo.objects.filter(pk=acuerdo.pk).update(nivel="red")
    assert not lo_lee(como, carla, acuerdo)


@pytest.mark.django_db
def test_lo_que_deja_de_compartirse_y_vuelve_se_lee_otra_vez(norte, gema):
    acuerdo = compartir(norte)
    assert NombreEnCompartido.objects.get().persona == gema
    cambiar_nivel(fila=acuerdo, nivel="mesa")
    cambiar_nivel(fila=acuerdo, nivel="red")
    assert NombreEnCompartido.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_publicar_mientras_se_oculta_a_quien_nombra_no_deja_a_nadie_sin_ver(norte, sur):
    """Each would look before the other's row exists: one waits for the other."""
    persona = hacer_persona(GEMA)
    sesion = asistir(hacer_sesion(sur))
    acuerdo = hacer_acuerdo(sesion, "Entregar a Gema Cruz las llaves")
    cerrar(sesion)
    oculta, lista = threading.Event(), threading.Event()

    def ocultar():
        with transaction.atomic():
            Persona.objects.filter(pk=persona.pk).update(oculta=True)
            oculta.set()
            lista.wait(20)
        connections.close_all()

    hilo = threading.Thread(target=ocultar)
    hilo.start()
    assert oculta.wait(20)
    espera = threading.Timer(0.5, lista.set)
    espera.start()
    publicar(acuerdo)  # waits for the turn of whoever hides
    hilo.join(20)
    assert NombreEnActo.objects.get().persona == persona
