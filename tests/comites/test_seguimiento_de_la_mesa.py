"""The follow-up in the workspace: each reader counts what he may read, and rates are of citizen seats alone."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from comites import operaciones, operaciones_publicacion
from comites.models import Sesion
from mesas.models import Institucion, Mesa
from tests.fabricas import (
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_cuenta,
    hacer_integrante,
    hacer_mesa,
    hacer_persona,
    hacer_sesion,
    nombrar,
    reservada,
)

pytestmark = pytest.mark.django_db


def hace(dias):
    return timezone.localdate() - dt.timedelta(days=dias)


def pagina(client, nombre, args=(), **parametros):
    respuesta = client.get(reverse(nombre, args=args), parametros)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def test_la_mesa_cuenta_lo_suyo_sea_o_no_publico(como, ana, norte):
    sesion = asistir(hacer_sesion(norte), 3)
    hacer_acuerdo(sesion, fecha_compromiso=hace(1))
    cerrar(sesion)
    html = pagina(como(ana), "coordinacion:seguimiento", ["norte"])
    assert "0 de 1" in html and "Vencidos" in html
    assert "3 de 4" in html, "tres vinieron y Ana no"


def test_cada_quien_cuenta_solo_lo_que_puede_leer(como, ana, beto, norte):
    sesion = asistir(hacer_sesion(norte))
    hacer_acuerdo(sesion, "Lo reservado", nivel="reservada")
    cerrar(sesion)
    operaciones_publicacion.cambiar_nivel(fila=sesion, **reservada())
    assert "Cumplidos a tiempo" in pagina(como(ana), "coordinacion:seguimiento", ["norte"])
    assert "Nada registrado a esa fecha" in pagina(como(beto), "coordinacion:seguimiento", ["norte"])


def test_los_asientos_con_nombre_son_solo_para_quien_coordina(como, ana, beto, norte):
    autoridad = hacer_integrante(norte, hacer_persona("Autoridad Prueba"), con_cargo=True)
    hacer_integrante(norte, hacer_persona("Recién Llegada"), desde=hace(1))
    sesion = hacer_sesion(norte)
    operaciones.pasar_lista(sesion=sesion, integrante=beto.persona.asientos.get(), estado="presente")
    operaciones.pasar_lista(sesion=sesion, integrante=autoridad, estado="ausente")
    cerrar(sesion)
    html = pagina(como(ana), "coordinacion:seguimiento", ["norte"])
    renglones = html.split('id="por-asiento-titulo"')[1].split("</table>")[0]
    assert 'Beto Prueba</th><td class="num">1 de 1' in renglones
    assert 'Ana Prueba</th><td class="num">0 de 1' in renglones
    assert 'Recién Llegada</th><td class="num"><span class="no-dicho">sin sesiones' in renglones
    assert "Autoridad Prueba" not in html and "Gobierno municipal" in html
    de_beto = pagina(como(beto), "coordinacion:seguimiento", ["norte"])
    assert "Ana Prueba" not in de_beto and "1 de 2" in de_beto


def test_una_asistencia_fuera_de_la_membresia_no_cuenta(como, ana, norte):
    """The seat is corrected after the roll was called."""
    asiento = hacer_integrante(norte)
    sesion = hacer_sesion(norte)
    operaciones.pasar_lista(sesion=sesion, integrante=asiento, estado="presente")
    cerrar(sesion)
    assert "1 de 2" in pagina(como(ana), "coordinacion:seguimiento", ["norte"])
    type(asiento).objects.filter(pk=asiento.pk).update(hasta=hace(30))
    assert "0 de 1" in pagina(como(ana), "coordinacion:seguimiento", ["norte"])


def test_el_dia_es_el_de_la_mesa_y_no_el_del_servidor(como, ana, norte):
    """A session at 21:00 in Tijuana is of that evening, though in Greenwich it is tomorrow."""
    Mesa.objects.filter(pk=norte.pk).update(zona_horaria="America/Tijuana")
    norte.refresh_from_db()
    sesion = hacer_sesion(norte, dias=-3)
    Sesion.objects.filter(pk=sesion.pk).update(
        inicio=dt.datetime.combine(hace(3), dt.time(23, 30), tzinfo=dt.timezone(dt.timedelta(hours=-8)))
    )
    sesion.refresh_from_db()
    cerrar(sesion)
    direccion = ("coordinacion:seguimiento", ["norte"])
    assert "sesión cerrada</span>" in pagina(como(ana), *direccion, fecha=hace(3).isoformat())
    assert "Nada registrado" in pagina(como(ana), *direccion, fecha=hace(4).isoformat())


def test_la_presencia_institucional_se_dice_por_nivel(como, ana, norte):
    federal = Institucion.objects.create(nombre="Guardia", nivel="federal", poder="ejecutivo")
    asiento = hacer_integrante(norte, hacer_persona("Comandante Prueba"), con_cargo=True, institucion=federal)
    for dias, estado in ((-9, "presente"), (-8, "ausente")):
        sesion = asistir(hacer_sesion(norte, dias=dias))
        operaciones.pasar_lista(sesion=sesion, integrante=asiento, estado=estado)
        cerrar(sesion)
    html = pagina(como(ana), "coordinacion:seguimiento", ["norte"])
    assert "Gobierno federal" in html and "Alguien vino en 1 de 2" in html and "Comandante" not in html


def test_quien_tiene_varias_mesas_las_ve_juntas_y_quien_una_va_a_la_suya(como, ana, carla, diana, norte, sur):
    url = reverse("coordinacion:seguimiento_red")
    assert como(None).get(url).url.startswith(reverse("account_login"))
    assert como(ana).get(url).url == reverse("coordinacion:seguimiento", args=["norte"])
    assert como(carla).get(url).url == reverse("coordinacion:seguimiento", args=["sur"])
    cerrar(asistir(hacer_sesion(norte)))
    assert "1 mesa no tiene" in pagina(como(diana), "coordinacion:seguimiento_red")


def test_la_coordinacion_estatal_cuenta_sus_mesas_y_no_lo_que_otras_comparten(como, norte, sur):
    vecina = hacer_mesa("Vecina", "28022")
    for mesa in (norte, vecina, sur):
        sesion = asistir(hacer_sesion(mesa))
        hacer_acuerdo(sesion, nivel="red")
        cerrar(sesion)
    estatal, persona = hacer_cuenta("Elena Prueba")
    nombrar(persona, "coordinacion_estatal", entidad=norte.entidad)
    html = pagina(como(estatal), "coordinacion:seguimiento_red").split("<main", 1)[1]
    assert "Norte" in html and "Vecina" in html and "Sur" not in html
    assert '<span class="cifra__valor">2</span>\n  <span class="cifra__unidad">acuerdos' in html


def test_sin_mesa_se_dice_que_hacer(como, db):
    sola, _ = hacer_cuenta("Sola Prueba")
    assert "todavía no tiene una mesa" in pagina(como(sola), "coordinacion:seguimiento_red")
