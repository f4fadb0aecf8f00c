"""The agenda of a session: minutes and hours, order, and two people writing at once."""

import datetime as dt

import pytest
from django.utils import timezone

from comites.models import Sesion
from tests.comites.agenda import cerrada, en, lo_visto, sesion_con_agenda, titulos
from tests.fabricas import hacer_acuerdo, hacer_sesion

pytestmark = pytest.mark.django_db


@pytest.fixture
def sesion(norte):
    return sesion_con_agenda(norte)


def test_se_ponen_minutos_y_la_pagina_dice_a_que_hora_empieza_cada_punto(como, ana, sesion):
    Sesion.objects.filter(pk=sesion.pk).update(
        inicio=dt.datetime.combine(sesion.dia, dt.time(18), tzinfo=timezone.get_default_timezone())
    )
    cifras = sesion.puntos.get(titulo="Cifras")
    cuerpo = lo_visto(sesion) | {f"minutos_{cifras.pk}": "45", f"titulo_{cifras.pk}": "Cifras del\nmes"}
    pagina = como(ana).post(en("agenda", sesion.pk), cuerpo, follow=True).content.decode()
    assert titulos(sesion) == [(1, "Lista", 10), (2, "Cifras del mes", 45), (3, "Acuerdos", 20)]
    assert "1 h 15 min" in pagina and all(hora in pagina for hora in (">18:00<", ">18:10<", ">18:55<", ">19:15<"))
    assert ">18:55<" in como(ana).get(en("sesion", sesion.pk)).content.decode()


def test_se_mueve_se_quita_y_se_agrega_sin_perder_lo_que_se_estaba_escribiendo(como, ana, sesion):
    lista, cifras, acuerdos = sesion.puntos.order_by("orden")
    url = en("agenda", sesion.pk)
    como(ana).post(
        url, lo_visto(sesion) | {f"titulo_{cifras.pk}": "Cifras de noviembre", "accion": f"bajar:{lista.pk}"}
    )
    assert [titulo for _, titulo, _ in titulos(sesion)] == ["Cifras de noviembre", "Lista", "Acuerdos"]
    como(ana).post(url, lo_visto(sesion) | {"accion": f"quitar:{acuerdos.pk}", "nuevo_titulo": "Asuntos"})
    assert titulos(sesion) == [(1, "Cifras de noviembre", None), (2, "Lista", 10), (3, "Asuntos", None)]
    como(ana).post(url, lo_visto(sesion) | {"accion": f"subir:{cifras.pk}"})  # it is the first already
    assert titulos(sesion)[0][1] == "Cifras de noviembre"


def test_el_mismo_formulario_enviado_dos_veces_no_agrega_ni_mueve_dos_veces(como, ana, sesion):
    lista = sesion.puntos.get(titulo="Lista")
    url = en("agenda", sesion.pk)
    cuerpo = lo_visto(sesion) | {"nuevo_titulo": "Asuntos generales", "accion": f"bajar:{lista.pk}"}
    assert como(ana).post(url, cuerpo).status_code == 302
    repetido = como(ana).post(url, cuerpo)
    assert repetido.status_code == 200
    assert "cambió en otra pantalla" in repetido.content.decode()
    assert "Asuntos generales" in repetido.content.decode()
    assert [titulo for _, titulo, _ in titulos(sesion)] == ["Cifras", "Lista", "Acuerdos", "Asuntos generales"]


def test_nadie_escribe_encima_de_otra_persona_sin_saberlo(como, ana, sesion):
    cifras = sesion.puntos.get(titulo="Cifras")
    url, visto = en("agenda", sesion.pk), lo_visto(sesion)
    como(ana).post(url, visto | {f"titulo_{cifras.pk}": "Cifras de robo"})
    segunda = como(ana).post(url, visto | {f"titulo_{cifras.pk}": "Cifras de extorsión", "nuevo_titulo": "Otro"})
    pagina = segunda.content.decode()
    assert "alguien lo dejó así: «Cifras de robo»" in pagina and ">\nCifras de extorsión</textarea>" in pagina
    assert f'name="initial-titulo_{cifras.pk}" value="Cifras de robo"' in pagina, "lo que ahora ha visto"
    assert [titulo for _, titulo, _ in titulos(sesion)] == ["Lista", "Cifras de robo", "Acuerdos"]
    sabiendo = visto | {
        f"titulo_{cifras.pk}": "Cifras de extorsión",
        f"initial-titulo_{cifras.pk}": "Cifras de robo",
        "nuevo_titulo": "Otro",
    }
    como(ana).post(url, sabiendo)
    assert [titulo for _, titulo, _ in titulos(sesion)] == ["Lista", "Cifras de extorsión", "Acuerdos", "Otro"]


def test_quien_solo_movio_no_pisa_el_titulo_que_otra_persona_escribio(como, ana, sesion):
    lista = sesion.puntos.get(titulo="Lista")
    visto = lo_visto(sesion)
    sesion.puntos.filter(titulo="Cifras").update(titulo="Cifras de robo")
    como(ana).post(en("agenda", sesion.pk), visto | {"accion": f"bajar:{lista.pk}"})
    assert [titulo for _, titulo, _ in titulos(sesion)] == ["Cifras de robo", "Lista", "Acuerdos"]


def test_un_punto_que_ya_se_trato_no_se_quita(como, ana, norte):
    sesion = hacer_sesion(norte, puntos=("Cámaras", "Bardas"))
    camaras, bardas = sesion.puntos.order_by("orden")
    hacer_acuerdo(sesion, punto=camaras)
    type(bardas).objects.filter(pk=bardas.pk).update(resumen="Se presentó")
    for punto in (camaras, bardas):
        cuerpo = lo_visto(sesion) | {"accion": f"quitar:{punto.pk}"}
        assert "ya se trató" in como(ana).post(en("agenda", sesion.pk), cuerpo).content.decode()
    assert sesion.puntos.count() == 2


def test_lo_que_no_se_entiende_se_dice_junto_al_campo(como, ana, sesion):
    cifras, cliente = sesion.puntos.get(titulo="Cifras"), como(ana)
    for campo, valor, queja in (
        ("minutos", "-3", "no son negativos"),
        ("minutos", "99999", "hasta 600 minutos"),
        ("minutos", "diez", "son un número"),
        ("titulo", "", "Escribe el punto, o quítalo."),
        ("titulo", "a" * 201, "caben 200 letras"),
    ):
        cuerpo = lo_visto(sesion) | {f"{campo}_{cifras.pk}": valor, "nuevo_titulo": "Lo que escribía"}
        pagina = cliente.post(en("agenda", sesion.pk), cuerpo).content.decode()
        assert queja in pagina and "Lo que escribía" in pagina and "resumen-errores" in pagina
    assert titulos(sesion) == [(1, "Lista", 10), (2, "Cifras", None), (3, "Acuerdos", 20)]


def test_un_boton_inventado_no_rompe_nada(como, ana, sesion):
    cliente, url = como(ana), en("agenda", sesion.pk)
    for accion in ("quitar:0", "quitar:99999999999999999999", "subir:abc", "bajar:", "volar:1", "x"):
        assert cliente.post(url, lo_visto(sesion) | {"accion": accion}).status_code in (200, 302)
    assert [titulo for _, titulo, _ in titulos(sesion)] == ["Lista", "Cifras", "Acuerdos"]


def test_el_punto_de_otra_sesion_no_se_toca_con_su_numero(como, ana, norte, sur, sesion):
    ajeno = hacer_sesion(sur, puntos=("De Sur",), empezar=False, dias=4).puntos.get()
    for accion in (f"quitar:{ajeno.pk}", f"subir:{ajeno.pk}"):
        cuerpo = lo_visto(sesion) | {f"titulo_{ajeno.pk}": "Robado", "accion": accion}
        assert "ya no está en el orden del día" in como(ana).post(en("agenda", sesion.pk), cuerpo).content.decode()
    ajeno.refresh_from_db()
    assert (ajeno.titulo, ajeno.orden) == ("De Sur", 1)


def test_cerrada_la_agenda_ya_no_se_mueve(como, ana, norte):
    sesion = cerrada(norte, puntos=("Lista", "Cifras"))
    lista = sesion.puntos.get(titulo="Lista")
    respuesta = como(ana).post(
        en("agenda", sesion.pk), lo_visto(sesion) | {"accion": f"quitar:{lista.pk}"}, follow=True
    )
    assert "ya no cambia" in respuesta.content.decode()
    assert "ya no cambia" in como(ana).post(en("agenda_traer", sesion.pk), follow=True).content.decode()
    assert sesion.puntos.count() == 2
