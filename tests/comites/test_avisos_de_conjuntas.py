"""Reminders of what two mesas agreed together: each is told what is its own, with a link that opens for it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from comites.operaciones_recordatorios import enviar_recordatorios
from cuentas.models import Correo
from tests.fabricas import cerrar, hacer_acuerdo, hacer_cuenta, hacer_institucion, hacer_integrante, hacer_sesion, unir

pytestmark = pytest.mark.django_db


def dentro(dias):
    return timezone.localdate() + dt.timedelta(days=dias)


def de(motivo):
    return Correo.objects.filter(envio__motivo=motivo)


def acordado(sesion, institucion, dias, accion):
    acuerdo = hacer_acuerdo(sesion, accion, institucion_responsable=institucion, fecha_compromiso=dentro(dias))
    cerrar(sesion)
    return acuerdo


def abrir(cliente, correo):
    """The page of the agreement to which the mail leads."""
    rutas = re.findall(r"http://127\.0\.0\.1:8000(/coordinacion/\S+/acuerdos/\S+)", correo.texto)
    respuesta = cliente.get(rutas[0])
    assert respuesta.status_code == 200, rutas
    return respuesta.content.decode()


def test_lo_de_una_conjunta_se_recuerda_a_quien_representa_a_la_institucion_en_cada_mesa(como, norte, sur):
    fiscalia = hacer_institucion("Fiscalía")
    cuentas = {}
    for mesa, nombre in ((norte, "Titular Prueba"), (sur, "Vecina Prueba")):
        cuentas[mesa], persona = hacer_cuenta(nombre)
        hacer_integrante(mesa, persona, con_cargo=True, institucion=fiscalia)
    sesion = unir(hacer_sesion(norte), sur)
    acuerdo = acordado(sesion, fiscalia, 3, "Instalar doce luminarias")
    vencido = acordado(hacer_sesion(norte), fiscalia, -3, "Entregar cifras")
    enviar_recordatorios(fecha=timezone.localdate())
    assert {correo.para for correo in de("recordatorio")} == {cuenta.email for cuenta in cuentas.values()}
    assert acuerdo.accion in abrir(como(cuentas[sur]), de("recordatorio").get(para=cuentas[sur].email))
    # What Norte agreed alone is nobody's business in Sur.
    assert not de("resumen").filter(para=cuentas[sur].email).exists()
    assert vencido.accion in de("resumen").get(para=cuentas[norte].email).texto


def test_a_quien_responde_desde_la_otra_mesa_le_llega_un_enlace_que_abre(como, carla, norte, sur):
    sesion = unir(hacer_sesion(norte), sur)
    suyo = carla.persona.asientos.get()
    for dias, accion in ((3, "Abrir el corredor"), (-3, "Cerrar el baldío")):
        hacer_acuerdo(sesion, accion, institucion_responsable=None, responsable=suyo, fecha_compromiso=dentro(dias))
    cerrar(sesion)
    enviar_recordatorios(fecha=timezone.localdate())
    for motivo, accion in (("recordatorio", "Abrir el corredor"), ("resumen", "Cerrar el baldío")):
        assert accion in abrir(como(carla), de(motivo).get(para=carla.email))
