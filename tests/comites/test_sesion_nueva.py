"""A new session: its two numbers proposed, and what its organ left pending comes in by itself."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from comites.models import Sesion
from comites.operaciones_actas import aprobar_acta
from tests.comites.agenda import cerrada, datos, en, orden_del_dia
from tests.fabricas import asistir, cerrar, hacer_acuerdo, hacer_comite, hacer_sesion, reservada, unir

pytestmark = pytest.mark.django_db

# ── Numbers ─────────────────────────────────────────────────────────────────────────────


def test_los_dos_numeros_se_ven_en_el_formulario_y_se_pueden_cambiar(como, ana, norte):
    anio = timezone.localdate().year
    hacer_sesion(norte, dias=-400)
    hacer_sesion(norte, dias=-1)
    pagina = como(ana).get(f"{en('sesion_nueva')}?organo=plenaria").content.decode()
    suyas = Sesion.objects.filter(anio=anio).count()
    assert f"Le toca la sesión 3, la {suyas + 1}.ª de {anio}." in pagina
    assert 'name="numero" value="3"' in pagina and f'name="numero_anual" value="{suyas + 1}"' in pagina
    como(ana).post(en("sesion_nueva"), datos(numero="14", numero_anual="6"))
    nueva = Sesion.objects.latest("pk")
    assert (nueva.numero, nueva.numero_anual) == (14, 6)


def test_un_choque_dice_que_sesion_tiene_el_numero_y_cual_sigue(como, ana, norte):
    hacer_sesion(norte, dias=-1)
    otra = hacer_sesion(norte)
    dia = f"{otra.dia.day} de "
    pagina = como(ana).post(
        en("sesion_nueva"),
        datos(dia=otra.dia, numero="2", numero_anual="2", **{"initial-numero": "3", "initial-numero_anual": "3"}),
    )
    texto = pagina.content.decode()
    assert texto.count("Plenaria ya tiene una sesión con ese número") >= 2
    assert dia in texto and "Sigue el 3." in texto
    assert Sesion.objects.count() == 2


def test_un_numero_que_nadie_toco_sigue_la_cuenta_aunque_otra_persona_cree_mientras(como, ana, norte):
    """Two coordinators open the form at once: nobody is told off for a number that he did not choose."""
    vistos = {"numero": "1", "numero_anual": "1", "initial-numero": "1", "initial-numero_anual": "1"}
    hacer_sesion(norte, dias=1, empezar=False)
    respuesta = como(ana).post(en("sesion_nueva"), datos(**vistos), follow=True)
    assert Sesion.objects.latest("pk").numero == 2
    assert "Creaste la sesión 2 de Plenaria" in respuesta.content.decode()


def test_el_numero_del_anio_sigue_la_cuenta_del_anio_de_la_sesion(como, ana, norte):
    anio = timezone.localdate().year
    hacer_sesion(norte, dias=-1)
    enero = dt.date(anio + 1, 1, 20)
    como(ana).post(
        en("sesion_nueva"),
        datos(dia=enero, numero="2", numero_anual="2", **{"initial-numero": "2", "initial-numero_anual": "2"}),
    )
    nueva = Sesion.objects.latest("pk")
    assert (nueva.anio, nueva.numero, nueva.numero_anual) == (anio + 1, 2, 1)


def test_cambiar_la_fecha_a_otro_anio_le_da_numero_en_el_nuevo(como, ana, norte):
    sesion = hacer_sesion(norte, dias=2, empezar=False)
    otro = sesion.anio + 1
    previa = hacer_sesion(norte, dias=1, empezar=False)
    Sesion.objects.filter(pk=previa.pk).update(anio=otro, numero_anual=1)
    cuerpo = {
        "inicio_0": f"{otro}-02-10",
        "inicio_1": "18:00",
        "numero": "1",
        "numero_anual": "1",
        "initial-numero": "1",
        "initial-numero_anual": "1",
    }
    pagina = como(ana).post(en("sesion_datos", sesion.pk), cuerpo, follow=True).content.decode()
    sesion.refresh_from_db()
    assert (sesion.anio, sesion.numero, sesion.numero_anual) == (otro, 1, 2)
    assert f"la 2.ª de {otro}" in pagina


# ── What comes by itself ────────────────────────────────────────────────────────────────


def test_lo_pendiente_entra_primero_los_acuerdos_despues_el_acta_y_lo_que_se_pospuso(como, ana, norte):
    sesion = asistir(hacer_sesion(norte, puntos=("Cámaras", "Patrullas", "Bardas", "Parques")))
    camaras, patrullas, bardas, _parques = sesion.puntos.order_by("orden")
    hacer_acuerdo(sesion, punto=camaras)
    for punto, desenlace in ((patrullas, "se_pospone"), (bardas, "informativo")):
        type(punto).objects.filter(pk=punto.pk).update(desenlace=desenlace, resumen="Se habló")
    cerrar(sesion)
    pagina = como(ana).get(en("sesion_nueva")).content.decode()
    assert "Dejó 1 acuerdo abierto, el acta de la sesión 1 y 2 puntos pendientes." in pagina
    como(ana).post(en("sesion_nueva"), datos(puntos="Lista, 5 min\nASUNTOS generales"))
    nueva = Sesion.objects.latest("pk")
    assert orden_del_dia(nueva) == [
        ("Revisión de acuerdos abiertos", "acuerdos_abiertos"),
        ("Aprobación del acta de la sesión 1", "acta_anterior"),
        ("Patrullas", "pospuesto"),
        ("Parques", "pospuesto"),
        ("Lista", ""),
        ("ASUNTOS generales", ""),
    ]
    assert nueva.puntos.get(titulo="Patrullas").viene_de == patrullas


def test_sin_pendientes_o_sin_pedirlos_no_entra_nada(como, ana, norte):
    como(ana).post(en("sesion_nueva"), datos(puntos="Lista"))
    assert orden_del_dia(Sesion.objects.latest("pk")) == [("Lista", "")]
    cerrada(norte)
    sin_pedir = datos(puntos="Otra lista", inicio_1="19:30") | {"con_pendientes": ""}
    como(ana).post(en("sesion_nueva"), sin_pedir)
    assert orden_del_dia(Sesion.objects.latest("pk")) == [("Otra lista", "")]


def test_cada_organo_arrastra_lo_suyo(como, ana, norte):
    comite = hacer_comite(norte)
    reunion = asistir(hacer_sesion(norte, comite=comite, puntos=("Del comité",)))
    hacer_acuerdo(reunion)
    cerrar(reunion)
    como(ana).post(en("sesion_nueva"), datos())
    assert orden_del_dia(Sesion.objects.latest("pk")) == []
    como(ana).post(en("sesion_nueva"), datos(f"comite:{comite.pk}"))
    assert [origen for _, origen in orden_del_dia(Sesion.objects.latest("pk"))] == [
        "acuerdos_abiertos",
        "acta_anterior",
        "pospuesto",
    ]
    como(ana).post(en("sesion_nueva"), datos("taller"))
    assert orden_del_dia(Sesion.objects.latest("pk")) == []


def test_el_acta_aprobada_ya_no_entra_y_lo_que_otra_sesion_retomo_tampoco(como, ana, norte):
    vieja = cerrada(norte, puntos=("Patrullas",))
    que_aprobo = asistir(hacer_sesion(norte, dias=-1, puntos=()))
    aprobar_acta(acta=vieja.acta, sesion=que_aprobo, autor=None)
    for hora in ("18:30", "19:30"):
        como(ana).post(en("sesion_nueva"), datos(inicio_1=hora))
    primera, segunda = Sesion.objects.order_by("pk").exclude(pk__in=[vieja.pk, que_aprobo.pk])
    assert orden_del_dia(primera) == [("Patrullas", "pospuesto")]
    assert orden_del_dia(segunda) == []


def test_los_acuerdos_de_una_sesion_conjunta_se_revisan_en_las_dos_mesas(como, carla, norte, sur):
    sesion = asistir(unir(hacer_sesion(norte), sur))
    hacer_acuerdo(sesion)
    cerrar(sesion)
    como(carla).post(reverse("coordinacion:sesion_nueva", args=["sur"]), datos())
    assert orden_del_dia(Sesion.objects.get(mesa=sur)) == [("Revisión de acuerdos abiertos", "acuerdos_abiertos")]


@pytest.mark.parametrize("que", ["punto", "sesion"])
def test_lo_reservado_sigue_reservado_al_pasar_a_otra_sesion(como, ana, beto, norte, que):
    """An item typed again with the title of one reserved is that one: its text does not reach who was not there."""
    sesion = asistir(hacer_sesion(norte, puntos=("Operativo Halcón",)))
    if que == "punto":
        sesion.puntos.update(**reservada())
    else:
        Sesion.objects.filter(pk=sesion.pk).update(**reservada())
    cerrar(sesion)
    como(ana).post(en("sesion_nueva"), datos())
    como(ana).post(en("sesion_nueva"), datos(puntos="operativo halcon", inicio_1="19:30"))
    nueva, otra = Sesion.objects.exclude(pk=sesion.pk).order_by("pk")
    retomado = nueva.puntos.get(origen="pospuesto")
    assert (retomado.nivel, retomado.motivo_de_reserva) == ("reservada", "Pone en riesgo a alguien")
    for nombre, args in (
        ("sesion", [nueva.pk]),
        ("sesion", [otra.pk]),
        ("mesa", []),
        ("plantillas", []),
        ("sesiones", []),
    ):
        assert "Halcón" not in como(beto).get(en(nombre, *args)).content.decode()
    assert "Halcón" in como(ana).get(en("sesion", nueva.pk)).content.decode()


def test_escribir_otra_vez_un_punto_pospuesto_no_lo_repite(como, ana, norte):
    cerrada(norte, puntos=("Patrullaje escolar",))
    como(ana).post(en("sesion_nueva"), datos(puntos="Lista\npatrullaje ESCOLAR, 20 min"))
    assert orden_del_dia(Sesion.objects.latest("pk"))[1:] == [("Lista", ""), ("patrullaje ESCOLAR", "pospuesto")]


def test_traer_lo_pendiente_despues_y_una_sola_vez(como, ana, norte):
    proxima = hacer_sesion(norte, dias=5, puntos=("Lista",), empezar=False)
    assert "Hay algo pendiente" not in como(ana).get(en("agenda", proxima.pk)).content.decode()
    hoy = asistir(hacer_sesion(norte, dias=-1, puntos=("Patrullas",)))
    hacer_acuerdo(hoy)
    cerrar(hoy)
    assert "Hay algo pendiente que no está aquí" in como(ana).get(en("agenda", proxima.pk)).content.decode()
    for _ in range(2):
        como(ana).post(en("agenda_traer", proxima.pk))
    assert [origen for _, origen in orden_del_dia(proxima)] == ["acuerdos_abiertos", "acta_anterior", "pospuesto", ""]
    assert "Hay algo pendiente" not in como(ana).get(en("agenda", proxima.pk)).content.decode()
