"""One rule says where a person is written to, whatever the mail: a call, a minute, a reminder, a link."""

import pytest
from django.utils import timezone

from comites.destinatarios import destinatarios
from comites.libreta import Libreta
from comites.models import Contacto
from comites.operaciones_actas import enviar_borrador
from comites.operaciones_enlaces import destinatarios as de_un_enlace
from tests.fabricas import (
    cerrar,
    hacer_acuerdo,
    hacer_cuenta,
    hacer_institucion,
    hacer_integrante,
    hacer_sesion,
    operaciones,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gema(norte):
    """A member with an account and, on her card, an address of before."""
    usuario, persona = hacer_cuenta("Gema Prueba")
    persona.correo = "de-antes@gema.example"
    persona.save()
    return usuario, hacer_integrante(norte, persona)


def todas(norte, asiento):
    """Where each kind of mail would go."""
    asiento.persona.refresh_from_db()
    sesion = hacer_sesion(norte)
    operaciones.pasar_lista(sesion=sesion, integrante=asiento, estado="presente")
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=None, responsable=asiento)
    a_la_sesion = {uno.correo for uno in destinatarios(sesion) if uno.persona == asiento.persona}
    cerrar(sesion)
    del_acta = {envio.correo.para for envio in enviar_borrador(acta=sesion.acta)}
    acuerdo.refresh_from_db()
    recordados = Libreta.de_acuerdos([acuerdo], timezone.localdate()).responsables(acuerdo)
    return (
        a_la_sesion,
        del_acta,
        {uno.correo for uno in recordados},
        {uno.correo for uno in de_un_enlace(acuerdo)},
    )


def test_la_direccion_de_la_cuenta_va_antes_que_la_de_su_ficha(norte, gema):
    usuario, asiento = gema
    assert todas(norte, asiento) == ({usuario.email},) * 4


def test_a_quien_se_le_cerro_la_cuenta_no_se_le_escribe(norte, gema):
    usuario, asiento = gema
    type(usuario).objects.filter(pk=usuario.pk).update(is_active=False)
    asiento.persona.usuario.refresh_from_db()
    assert todas(norte, asiento) == ({""}, set(), set(), set())


def test_sin_cuenta_se_escribe_a_la_de_su_ficha_o_a_la_que_corrigio_la_mesa(norte, gema):
    _, asiento = gema
    type(asiento.persona).objects.filter(pk=asiento.persona_id).update(usuario=None)
    assert todas(norte, asiento) == ({"de-antes@gema.example"},) * 4
    Contacto.objects.create(mesa=norte, persona=asiento.persona, correo="de-ahora@gema.example")
    assert todas(norte, asiento) == ({"de-ahora@gema.example"},) * 4


def test_la_oficina_de_una_institucion_sirve_para_enlaces_y_si_nadie_mas_para_recordar(norte):
    fiscalia = hacer_institucion("Fiscalía de prueba")
    asiento = hacer_integrante(norte, con_cargo=True, institucion=fiscalia)
    Contacto.objects.create(mesa=norte, institucion=fiscalia, correo="oficina@fiscalia.example")
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=fiscalia)
    cerrar(sesion)

    def recordados():
        return {uno.correo for uno in Libreta.de_acuerdos([acuerdo], timezone.localdate()).responsables(acuerdo)}

    assert {uno.correo for uno in de_un_enlace(acuerdo)} == recordados() == {"oficina@fiscalia.example"}
    Contacto.objects.create(mesa=norte, persona=asiento.persona, correo="hugo@fiscalia.example")
    assert {uno.correo for uno in de_un_enlace(acuerdo)} == {"hugo@fiscalia.example", "oficina@fiscalia.example"}
    assert recordados() == {"hugo@fiscalia.example"}
