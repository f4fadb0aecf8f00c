"""What the desk once told to whoever had no business with it, each told to nobody again."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from comites import operaciones, operaciones_publicacion
from comites.archivos_de_evidencia import preparar
from comites.libreta import Libreta
from comites.models import Acuerdo, EnlaceParaReportar
from comites.operaciones_enlaces import abrir_enlaces, destinatarios, enviar_enlace
from comites.operaciones_evidencias import guardar_evidencia
from cuentas.models import Correo
from mesas.models import Integrante
from tests.fabricas import (
    acuerdo_publico,
    cerrar,
    hacer_acuerdo,
    hacer_cuenta,
    hacer_integrante,
    hacer_persona,
    hacer_sesion,
    reservada,
)

pytestmark = pytest.mark.django_db


def test_por_que_falto_alguien_lo_lee_solo_quien_registra(como, ana, beto, norte):
    sesion = hacer_sesion(norte)
    asiento = hacer_integrante(norte)
    operaciones.pasar_lista(sesion=sesion, integrante=asiento, estado="justificada", motivo="Quimioterapia")
    cerrar(sesion, ana)
    url = reverse("coordinacion:sesion", args=["norte", sesion.pk])
    assert "Quimioterapia" in como(ana).get(url).content.decode()
    suya = como(beto).get(url).content.decode()
    assert asiento.persona.nombre in suya and "Quimioterapia" not in suya


def test_por_que_se_retiro_algo_no_lo_leen_las_otras_mesas(como, ana, carla, norte):
    acuerdo = acuerdo_publico(norte)
    operaciones_publicacion.retirar_publicacion(acto=acuerdo.actos.get(), motivo="Amenazaron a una vecina")
    operaciones_publicacion.cambiar_nivel(fila=acuerdo, nivel="red")
    leido = {
        quien.pk: como(quien).get(reverse("coordinacion:acuerdo", args=[mesa, acuerdo.folio])).content.decode()
        for quien, mesa in ((ana, "norte"), (carla, "sur"))
    }
    assert "Amenazaron" in leido[ana.pk]
    assert acuerdo.accion in leido[carla.pk] and "Amenazaron" not in leido[carla.pk]


def test_el_texto_de_un_acuerdo_reservado_no_viaja_ni_con_su_enlace(ana, norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(
        sesion,
        "Vigilar la bodega",
        producto="Parte de la bodega",
        institucion_responsable=None,
        correo_responsable="obras@ejemplo.mx",
    )
    cerrar(sesion, ana)
    Acuerdo.objects.update(**reservada())
    enviar_enlace(acuerdo=acuerdo, destinatario=destinatarios(acuerdo)[0], dias=7, autor=ana)
    correo = Correo.objects.get()
    assert "/reportar/" in correo.texto
    assert "bodega" not in correo.asunto + correo.texto


@pytest.mark.parametrize("pasa", ["nada", "se reserva", "dejó la mesa"])
def test_un_enlace_que_recuerda_no_sobrevive_a_la_reserva_ni_al_asiento(client, norte, pasa):
    rosa = hacer_persona("Rosa Responde")
    rosa.correo = "rosa@ejemplo.mx"
    rosa.save()
    responsable = hacer_integrante(norte, rosa)
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion, "Vigilar la bodega", institucion_responsable=None, responsable=responsable)
    cerrar(sesion)
    acuerdo.refresh_from_db()
    [ruta] = abrir_enlaces(
        [(acuerdo, *Libreta.de_acuerdos([acuerdo], timezone.localdate()).responsables(acuerdo))], dias=15
    ).values()
    if pasa == "se reserva":
        Acuerdo.objects.update(**reservada())
    elif pasa == "dejó la mesa":
        Integrante.objects.update(hasta=timezone.localdate())
    assert EnlaceParaReportar.objects.get().situacion == ("abierto" if pasa == "nada" else "revocado")
    assert ("bodega" in client.get(ruta).content.decode()) == (pasa == "nada")
    client.post(ruta, {"estado": "en_proceso", "texto": "Vamos a la mitad"})
    assert acuerdo.avances.exists() == (pasa == "nada")


def test_quien_dejo_la_mesa_ya_no_abre_sus_archivos_ni_responde_por_ella(como, norte, sur):
    eva, persona = hacer_cuenta("Eva Prueba")
    asiento = hacer_integrante(norte, persona)
    hacer_integrante(sur, persona)
    sesion = hacer_sesion(norte)
    operaciones.pasar_lista(sesion=sesion, integrante=asiento, estado="presente")
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=None, responsable=asiento, nivel="red")
    cerrar(sesion)
    archivos = [
        guardar_evidencia(
            acuerdo=acuerdo,
            archivo=preparar(ContentFile(b"%PDF-1.7\n" + como_es.encode(), name="a.pdf")),
            autor=eva,
            **(reservada() if como_es == "reservada" else {"nivel": como_es}),
        )
        for como_es in ("mesa", "reservada")
    ]

    def abrir(mesa):
        direcciones = [reverse("coordinacion:evidencia", args=[mesa, acuerdo.folio, fila.pk]) for fila in archivos]
        return [como(eva).get(direccion).status_code for direccion in direcciones]

    def reportar():
        datos = {"estado": "en_proceso", "texto": "Sigo", "fecha": timezone.localdate().isoformat()}
        return como(eva).post(reverse("coordinacion:acuerdo_avance", args=["sur", acuerdo.folio]), datos).status_code

    assert abrir("norte") == [200, 200]
    Integrante.objects.filter(pk=asiento.pk).update(hasta=timezone.localdate())
    assert abrir("sur") == abrir("norte") == [404, 404]
    assert reportar() in (403, 404) and not acuerdo.avances.exists()
