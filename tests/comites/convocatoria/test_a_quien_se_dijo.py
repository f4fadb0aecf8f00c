"""What is called off reaches those who were told, where they were told; what was sent stays on record."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from comites import operaciones
from comites.destinatarios import destinatarios
from comites.models import Contacto, Envio, InvitacionConjunta, Sesion
from comites.operaciones_convocatoria import avisar_cambios, cancelar_convocatoria, convocar_sesion, reenviar
from mesas.models import Integrante, Mesa, Persona
from tests.fabricas import hacer_integrante, hacer_persona, unir

pytestmark = pytest.mark.django_db

ANA, BETO = "ana-prueba@portal.example", "beto-prueba@portal.example"


def mover(sesion, horas=1):
    sesion.refresh_from_db()
    inicio = sesion.inicio + dt.timedelta(hours=horas)
    operaciones.cambiar_datos(sesion=sesion, inicio=inicio, lugar="Otro salón", numero=1, numero_anual=1)


def se_va(persona):
    Integrante.objects.filter(persona=persona).update(hasta=timezone.localdate())


def de(servidor, direccion):
    """Of each message to an address: its method, its sequence and the identity of its event."""
    return [(metodo, int(evento["SEQUENCE"]), str(evento["UID"])) for _, evento, metodo in servidor.para(direccion)]


def test_la_cancelacion_le_llega_a_quien_ya_dejo_la_mesa(servidor, atender, ana, beto, sesion):
    convocar_sesion(sesion=sesion, autor=ana)
    atender()
    se_va(beto.persona)
    cancelar_convocatoria(sesion=sesion, motivo="No hay salón", autor=ana)
    atender()
    [(_, antes, uid), (metodo, despues, el_mismo)] = de(servidor, BETO)
    assert (metodo, el_mismo) == ("CANCEL", uid) and despues > antes
    texto, evento, _ = servidor.para(BETO)[1]
    assert "No hay salón" in texto and str(evento["STATUS"]) == "CANCELLED"


def test_llega_a_la_direccion_en_que_se_dijo_aunque_despues_se_corrija(servidor, atender, ana, norte, sesion):
    gema = hacer_integrante(norte, hacer_persona("Gema Prueba")).persona
    contacto = Contacto.objects.create(mesa=norte, persona=gema, correo="antes@gema.example")
    convocar_sesion(sesion=sesion, autor=ana)
    atender()
    contacto.correo = "ahora@gema.example"
    contacto.save()
    cancelar_convocatoria(sesion=sesion, motivo="No hay salón", autor=ana)
    atender()
    assert [metodo for metodo, *_ in de(servidor, "antes@gema.example")] == ["REQUEST", "CANCEL"]
    assert de(servidor, "ahora@gema.example") == []


def test_al_avisar_de_un_cambio_quien_ya_no_va_recibe_que_no_se_le_espera(servidor, atender, ana, beto, sesion):
    convocar_sesion(sesion=sesion, autor=ana)
    se_va(beto.persona)
    mover(sesion)
    for _ in range(2):  # the button pressed twice
        avisar_cambios(sesion=sesion, autor=ana)
    atender()
    assert [metodo for metodo, *_ in de(servidor, BETO)] == ["REQUEST", "CANCEL"]
    texto, evento, _ = servidor.para(BETO)[1]
    assert "Ya no se te espera" in texto and "Por qué" not in texto and "Otro salón" not in texto
    assert str(evento["STATUS"]) == "CANCELLED"
    assert [metodo for metodo, *_ in de(servidor, ANA)] == ["REQUEST", "REQUEST"]
    cancelar_convocatoria(sesion=sesion, motivo="No hay salón", autor=ana)
    atender()
    assert len(de(servidor, BETO)) == 2  # he knows already


def test_quien_sale_y_vuelve_la_recupera_en_su_calendario(servidor, atender, ana, beto, sesion):
    convocar_sesion(sesion=sesion, autor=ana)
    asientos = Integrante.objects.filter(persona=beto.persona)
    se_va(beto.persona)
    convocar_sesion(sesion=sesion, autor=ana)
    asientos.update(hasta=None)
    for _ in range(2):
        convocar_sesion(sesion=sesion, autor=ana)
    mover(sesion)
    avisar_cambios(sesion=sesion, autor=ana)
    atender()
    recibido = de(servidor, BETO)
    assert [metodo for metodo, *_ in recibido] == ["REQUEST", "CANCEL", "REQUEST", "REQUEST"]
    secuencias = [secuencia for _, secuencia, _ in recibido]
    assert secuencias == sorted(set(secuencias)) and len({uid for *_, uid in recibido}) == 1
    assert len(de(servidor, ANA)) == 2
    [de_beto] = [uno for uno in destinatarios(sesion) if uno.persona == beto.persona]
    reenviar(sesion=sesion, destinatario=de_beto, tras=Envio.objects.filter(persona=beto.persona).first().pk)
    atender()
    assert de(servidor, BETO)[-1] == recibido[-1]  # the same event: an older one would be thrown away


@pytest.mark.parametrize("como_fue", ["se borra su cuenta", "se le borra"])
def test_a_quien_se_cerro_la_puerta_o_se_borro_no_se_le_escribe(servidor, atender, ana, beto, sesion, como_fue):
    convocar_sesion(sesion=sesion, autor=ana)
    atender()
    se_va(beto.persona)
    if como_fue == "se borra su cuenta":
        type(beto).objects.filter(pk=beto.pk).update(is_active=False)
    else:
        Envio.objects.filter(persona=beto.persona).update(persona=None)
    cancelar_convocatoria(sesion=sesion, motivo="No hay salón", autor=ana)
    atender()
    assert len(de(servidor, BETO)) == 1 and len(de(servidor, ANA)) == 2


@pytest.mark.parametrize("quien", ["la que convoca", "la invitada"])
def test_una_mesa_que_deja_la_conjunta_se_entera_con_su_gente(
    como, servidor, atender, ana, carla, norte, sur, sesion, quien
):
    hacer_integrante(sur, Persona.objects.create(nombre="Gema Sur", correo="gema@sur.example"))
    unir(sesion, sur)
    convocar_sesion(sesion=sesion, autor=ana)
    atender()
    assert [metodo for metodo, *_ in de(servidor, "gema@sur.example")] == ["REQUEST"]
    invitacion = InvitacionConjunta.objects.get()
    if quien == "la que convoca":
        url = reverse("coordinacion:conjunta_retirar", args=["norte", sesion.pk])
        como(ana).post(url, {"invitacion": invitacion.pk})
    else:
        como(carla).post(reverse("coordinacion:invitacion", args=["sur", invitacion.pk]), {"acepta": "no"})
    atender()
    assert [metodo for metodo, *_ in de(servidor, "gema@sur.example")] == ["REQUEST", "CANCEL"]
    a_ana = Envio.objects.filter(persona=ana.persona).exclude(motivo="otro").values_list("motivo", flat=True)
    assert list(a_ana) == ["convocatoria"]  # the session goes on
    if quien == "la que convoca":
        asuntos = [envio.correo.asunto for envio in Envio.objects.filter(persona=carla.persona)]
        assert "Norte retiró su invitación" in asuntos
    assert not Sesion.objects.visibles_para(carla).exists()


def test_lo_que_se_envio_queda_aunque_la_sesion_se_descarte(como, ana, beto, sesion):
    convocar_sesion(sesion=sesion, autor=ana)
    cancelar_convocatoria(sesion=sesion, motivo="Fue un error", autor=ana)
    antes = set(Envio.objects.values_list("correo__clave", flat=True))
    como(ana).post(reverse("coordinacion:sesion_descartar", args=["norte", sesion.pk]))
    assert not Sesion.objects.exists()
    assert set(Envio.objects.values_list("correo__clave", flat=True)) == antes and len(antes) == 4


@pytest.mark.parametrize("zona", ["America/Tijuana", "America/Cancun"])
def test_el_cambio_y_la_cancelacion_van_en_la_zona_de_la_mesa(servidor, atender, ana, norte, sesion, zona):
    Mesa.objects.filter(pk=norte.pk).update(zona_horaria=zona)
    local = sesion.inicio.astimezone(ZoneInfo(zona))
    convocar_sesion(sesion=Sesion.objects.get(), autor=ana)
    mover(Sesion.objects.get())
    avisar_cambios(sesion=Sesion.objects.get(), autor=ana)
    cancelar_convocatoria(sesion=Sesion.objects.get(), motivo="No hay salón", autor=ana)
    atender()
    mensajes = servidor.para(ANA)
    assert [int(evento["SEQUENCE"]) for _, evento, _ in mensajes] == [0, 1, 2]
    for (texto, evento, _), cuando in zip(mensajes, (local, *[local + dt.timedelta(hours=1)] * 2), strict=True):
        assert f"{cuando:%H:%M} h" in texto
        assert evento["DTSTART"].dt == cuando and evento["DTSTART"].params["TZID"] == zona
