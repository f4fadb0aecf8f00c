"""What is reserved says why and until when, and the coordination is asked when that day comes."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites import operaciones_publicacion
from comites.archivos_de_evidencia import preparar
from comites.models import Acuerdo, PuntoDelOrden, Sesion
from comites.operaciones_evidencias import guardar_evidencia
from tests.fabricas import acuerdo_publico, cerrar, hacer_acuerdo, hacer_sesion, reservada

pytestmark = pytest.mark.django_db


def dentro_de(dias):
    return timezone.localdate() + dt.timedelta(days=dias)


def pagina(como, quien, mesa="norte"):
    return como(quien).get(reverse("coordinacion:publicacion", args=[mesa])).content.decode()


@pytest.fixture
def guardado(norte):
    """A closed session with an item and an agreement reserved; the review of the item has come."""
    sesion = hacer_sesion(norte, puntos=("Operativo secreto", "Otro"))
    hacer_acuerdo(sesion, "Cambiar la ruta nocturna", nivel="reservada")
    cerrar(sesion)
    sesion.puntos.filter(orden=1).update(**reservada(dias=0))
    return sesion


@pytest.mark.parametrize("que", ["sesion", "acuerdo", "punto"])
@pytest.mark.parametrize(
    ("motivo", "dias", "dice"),
    [("", 30, "Di por qué se reserva"), ("Riesgo", None, "Di qué día se revisa"), ("Riesgo", 400, "dentro de un año")],
)
def test_para_reservar_hay_que_decir_por_que_y_hasta_cuando(como, ana, norte, que, motivo, dias, dice):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    url, fila, campos = {
        "sesion": (reverse("coordinacion:sesion_nivel", args=["norte", sesion.pk]), sesion, {}),
        "acuerdo": (reverse("coordinacion:acuerdo_nivel", args=["norte", acuerdo.folio]), acuerdo, {}),
        "punto": (
            reverse("coordinacion:punto", args=["norte", sesion.pk, 1]),
            sesion.puntos.first(),
            {"titulo": "Lo que escribí"},
        ),
    }[que]
    datos = campos | {"nivel": "reservada", "motivo_de_reserva": motivo}
    if dias is not None:
        datos["revisar_reserva_el"] = dentro_de(dias).isoformat()
    respuesta = como(ana).post(url, datos)
    html = respuesta.content.decode()
    assert respuesta.status_code == 200 and dice in html and motivo in html and campos.get("titulo", "") in html
    fila.refresh_from_db()
    assert fila.nivel == "mesa"


def test_al_anotar_un_acuerdo_reservado_tambien(como, ana, norte):
    sesion = hacer_sesion(norte)
    url = reverse("coordinacion:acuerdo_nuevo", args=["norte", sesion.pk])
    html = como(ana).post(url, {"accion": "Cambiar la ruta", "nivel": "reservada"}).content.decode()
    assert "Di por qué se reserva" in html and "Cambiar la ruta" in html and not Acuerdo.objects.exists()
    como(ana).post(url, {"accion": "Cambiar la ruta"} | reservada())
    assert Acuerdo.objects.get().motivo_de_reserva == "Pone en riesgo a alguien"


def test_la_lista_pone_primero_lo_que_toca_revisar(como, ana, guardado):
    html = pagina(como, ana)
    por_revisar, demas = html.split('id="por-revisar"')[1].split('id="reservas"')
    assert "Operativo secreto" in por_revisar and "ruta nocturna" not in por_revisar
    assert "ruta nocturna" in demas and "Pone en riesgo a alguien" in demas


def test_a_quien_no_coordina_no_se_le_dice_ni_que_hay_reservas(como, beto, carla, guardado):
    html = pagina(como, beto)
    assert not any(texto in html for texto in ("Operativo secreto", "ruta nocturna", "Reservado", "Toca revisar"))
    assert "Operativo secreto" not in pagina(como, carla, "sur")


@pytest.mark.parametrize("sigue", [True, False])
def test_al_revisar_sigue_con_otra_fecha_o_deja_de_serlo(como, ana, guardado, sigue):
    punto = guardado.puntos.get(orden=1)
    url = reverse("coordinacion:reserva", args=["norte", "punto", punto.pk])
    assert "Pone en riesgo a alguien" in como(ana).get(url).content.decode()
    nuevo = reservada(dias=90) | {"motivo_de_reserva": "Sigue la investigación"}
    assert como(ana).post(url, nuevo if sigue else {"nivel": "candidata"}).status_code == 302
    punto.refresh_from_db()
    esperado = ("reservada", "Sigue la investigación", dentro_de(90)) if sigue else ("candidata", "", None)
    assert (punto.nivel, punto.motivo_de_reserva, punto.revisar_reserva_el) == esperado
    assert "Toca revisar" not in pagina(como, ana)


def test_un_archivo_reservado_tambien_se_revisa(como, ana, beto, norte, guardado):
    acuerdo = guardado.acuerdos.get()
    archivo = preparar(ContentFile(b"%PDF-1.7\nx", name="foto de la esquina.pdf"))
    evidencia = guardar_evidencia(acuerdo=acuerdo, archivo=archivo, autor=None, **reservada(dias=0))
    por_revisar = pagina(como, ana).split('id="por-revisar"')[1].split('id="reservas"')[0]
    url = reverse("coordinacion:evidencia_nivel", args=["norte", acuerdo.folio, evidencia.pk])
    assert "foto de la esquina" in por_revisar and url in por_revisar
    assert "foto de la esquina" not in pagina(como, beto)
    como(ana).post(url, reservada(dias=90))
    assert "foto de la esquina" not in pagina(como, ana).split('id="reservas"')[0]


def test_no_se_revisa_lo_ajeno_ni_lo_que_no_existe(como, ana, carla, guardado):
    punto = guardado.puntos.get(orden=1)
    for quien, mesa, que, pk in (
        (carla, "sur", "punto", punto.pk),
        (carla, "norte", "punto", punto.pk),
        (ana, "norte", "asistencia", punto.pk),
        (ana, "norte", "punto", 0),
        (ana, "norte", "punto", 10**20),
    ):
        assert como(quien).get(reverse("coordinacion:reserva", args=[mesa, que, pk])).status_code == 404


def test_por_aqui_no_se_publica_ni_se_baja_lo_publico(como, ana, norte):
    acuerdo = acuerdo_publico(norte)
    url = reverse("coordinacion:reserva", args=["norte", "acuerdo", acuerdo.pk])
    html = como(ana).post(url, {"nivel": "mesa"}).content.decode()
    assert "acto de publicación" in html and Acuerdo.objects.publicas().exists()


def test_dice_que_es_publico_hasta_cuando_y_por_que_asamblea(como, ana, beto, norte):
    acuerdo = acuerdo_publico(norte, "Pintar la barda")
    de_ana, de_beto = pagina(como, ana), pagina(como, beto)
    retirar = reverse("coordinacion:acuerdo_retirar", args=["norte", acuerdo.folio])
    assert "Pintar la barda" in de_ana and retirar in de_ana
    assert "Pintar la barda" in de_beto and retirar not in de_beto


def test_cuesta_lo_mismo_con_tres_que_con_treinta(como, ana, norte):
    def poblar(cuantos):
        sesion = hacer_sesion(norte, puntos=[f"Punto {i}" for i in range(cuantos)])
        for i in range(cuantos):
            hacer_acuerdo(sesion, f"Cambiar {i}", nivel="reservada")
        cerrar(sesion)
        sesion.puntos.update(**reservada())
        Sesion.objects.filter(pk=sesion.pk).update(**reservada())
        acuerdo_publico(norte, "Pintar la barda")

    cliente, url = como(ana), reverse("coordinacion:publicacion", args=["norte"])

    def consultas():
        with CaptureQueriesContext(connection) as contadas:
            assert cliente.get(url).status_code == 200
        return len(contadas)

    poblar(3)
    consultas()
    con_tres = consultas()
    poblar(27)
    assert consultas() == con_tres <= 12
    assert PuntoDelOrden.objects.filter(nivel="reservada").count() == 30


def test_una_pagina_vieja_no_deshace_la_reserva(como, ana, norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    url = reverse("coordinacion:acuerdo_corregir", args=["norte", acuerdo.folio])
    vieja = {"accion": acuerdo.accion, "nivel": "mesa", "version": acuerdo.version}
    hoy = timezone.localdate()
    operaciones_publicacion.cambiar_nivel(
        fila=acuerdo, nivel="reservada", motivo_de_reserva="Riesgo", revisar_reserva_el=hoy + dt.timedelta(days=30)
    )
    assert "Reservada" in como(ana).post(url, vieja).content.decode()
    acuerdo.refresh_from_db()
    assert (acuerdo.nivel, acuerdo.motivo_de_reserva) == ("reservada", "Riesgo")
    assert Sesion.objects.get().estado == "en_curso"
