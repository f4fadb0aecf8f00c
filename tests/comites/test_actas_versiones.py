"""What each reader sees of a minute. Nothing that is kept from somebody is in what they receive."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites.actas.miradas import acta_para, acta_publica
from comites.actas.testado import MARCA, tachar
from comites.models import Acta, ActoDePublicacion, Acuerdo, Asistencia, Invitado, PuntoDelOrden, Sesion
from comites.nombres import nombres_en
from comites.operaciones import pasar_lista
from comites.operaciones_actas import agregar_adenda
from tests.fabricas import (
    cerrar,
    consentir_nombre,
    hacer_acuerdo,
    hacer_cuenta,
    hacer_integrante,
    hacer_persona,
    hacer_sesion,
    publicar,
    reservada,
    unir,
)

pytestmark = pytest.mark.django_db

NIVELES = ("candidata", "red", "mesa", "reservada")


def url(nombre, sesion):
    return reverse(f"coordinacion:{nombre}", args=[sesion.mesa.slug, sesion.pk])


@pytest.fixture
def sesion(norte, ana, beto):
    """A closed plenaria with an item and an agreement of each level. Beto was not there; Gema was."""
    fila = hacer_sesion(norte, puntos=[f"Título {nivel}" for nivel in NIVELES], dias=-3)
    _, gema = hacer_cuenta("Gema Prueba")
    asiento = hacer_integrante(norte, gema)
    pasar_lista(sesion=fila, integrante=asiento, estado="presente")
    for orden, nivel in enumerate(NIVELES, start=1):
        punto = fila.puntos.get(orden=orden)
        punto.nivel, punto.resumen = nivel, f"Resumen {nivel} que contó Gema Prueba"
        punto.motivo_de_reserva, punto.revisar_reserva_el = "Por seguridad", timezone.localdate()
        punto.save()
        hacer_acuerdo(
            fila,
            f"Acción {nivel}",
            punto=punto,
            producto=f"Producto {nivel}",
            nivel=nivel,
            institucion_responsable=None,
            responsable=asiento,
        )
    Invitado.objects.create(sesion=fila, nombre="Karen Visita", institucion="Cruz Roja")
    cerrar(fila, ana)
    acta = Acta.objects.con_contexto().get()
    for orden, nivel in enumerate(NIVELES, start=1):
        agregar_adenda(acta=acta, punto=fila.puntos.get(orden=orden), texto=f"Aclaración {nivel}", autor=ana)
    return fila


def dichos(nivel):
    return [f"Título {nivel}", f"Resumen {nivel}", f"Acción {nivel}", f"Producto {nivel}", f"Aclaración {nivel}"]


def publicar_sesion(sesion, puntos=()):
    ActoDePublicacion.objects.create(
        sesion=sesion,
        punto=sesion.puntos.first(),
        puntos=list(sesion.puntos.filter(titulo__in=puntos).values_list("pk", flat=True)),
        fundamento="Por consenso",
        desde=timezone.localdate(),
    )
    Sesion.objects.filter(pk=sesion.pk).update(nivel="publica")


def lo_que_recibe(como, usuario, sesion, mesa):
    """The page, and the very text of which the PDF is drawn."""
    pagina = como(usuario).get(url("acta", sesion)).content.decode()
    return pagina + json.dumps(acta_para(usuario, Acta.objects.con_contexto().get(), mesa), ensure_ascii=False)


def test_quien_coordina_y_quien_estuvo_leen_todo(como, ana, sesion, norte):
    gema = sesion.asistencias.get(estado="presente").integrante.persona.usuario
    for usuario in (ana, gema):
        recibido = lo_que_recibe(como, usuario, sesion, norte)
        assert all(texto in recibido for nivel in NIVELES for texto in dichos(nivel))
        assert "Versión completa" in recibido and "En esta versión no se lee" not in recibido


def test_quien_no_estuvo_no_recibe_lo_reservado_y_ve_que_lo_hay(como, beto, sesion, norte):
    recibido = lo_que_recibe(como, beto, sesion, norte)
    assert not [texto for texto in dichos("reservada") if texto in recibido]
    assert all(texto in recibido for nivel in NIVELES[:3] for texto in dichos(nivel))
    assert "Versión para la mesa" in recibido and "4. Punto reservado" not in recibido
    assert "1 punto reservado" in recibido and "1 acuerdo reservado" in recibido and "1 adenda reservada" in recibido


def test_el_nivel_de_hoy_manda_sobre_el_de_entonces(como, beto, sesion, norte):
    PuntoDelOrden.objects.filter(titulo="Título mesa").update(**reservada())
    recibido = lo_que_recibe(como, beto, sesion, norte)
    assert not [texto for texto in dichos("mesa") if texto in recibido]
    assert "2 puntos reservados" in recibido


def test_la_version_publica_solo_trae_lo_que_el_acto_deja_leer_y_ningun_nombre(sesion, ana):
    acta = Acta.objects.con_contexto().get()
    assert "Título" not in json.dumps(acta_publica(acta), ensure_ascii=False)  # without an act, nothing
    publicar_sesion(sesion, puntos=["Título mesa", "Título red"])
    PuntoDelOrden.objects.filter(titulo="Título red").update(**reservada())  # since then
    dicho = json.dumps(acta_publica(acta), ensure_ascii=False)
    assert [nivel for nivel in NIVELES if f"Título {nivel}" in dicho] == ["mesa"]
    assert not [
        palabra
        for palabra in ("Resumen", "Aclaración", "Acción", "integrante asisti", "integrantes asisti")
        if palabra in dicho
    ]
    assert "Acción candidata" not in dicho  # an agreement is public by its own act
    for nombre in ("Gema", "Ana Prueba", "Beto", "Karen"):
        assert nombre not in dicho
    for lugar_y_hora in ("Lugar", "Empezó", "18:00"):
        assert lugar_y_hora not in dicho
    testado = acta_publica(acta)["testado"]
    assert testado[:3] == ["2 puntos reservados", "1 punto que no se publica", "4 acuerdos que no se publican"]
    assert "lo que se dijo en cada punto" in testado


def test_con_su_consentimiento_el_nombre_si_sale_y_sin_el_deja_de_salir(sesion):
    acta = Acta.objects.con_contexto().get()
    acuerdo = Acuerdo.objects.get(accion="Acción candidata")
    publicar(acuerdo)
    assert "Una persona integrante de la mesa" in json.dumps(acta_publica(acta), ensure_ascii=False)
    persona = acuerdo.responsable.persona
    consentimiento = consentir_nombre(persona)
    assert "Gema Prueba" in json.dumps(acta_publica(acta), ensure_ascii=False)
    consentimiento.revocado = timezone.now()
    consentimiento.save()
    assert "Gema Prueba" not in json.dumps(acta_publica(acta), ensure_ascii=False)


def test_un_acuerdo_publico_bajo_un_punto_hoy_reservado_no_sale_en_el_acta(sesion):
    publicar(Acuerdo.objects.get(accion="Acción candidata"))
    PuntoDelOrden.objects.update(**reservada())
    assert "Acción candidata" not in json.dumps(acta_publica(Acta.objects.con_contexto().get()), ensure_ascii=False)


def test_lo_publico_del_acta_se_abre_y_se_cierra_con_el_acto(como, sesion):
    direccion = reverse("acta_publica", args=[sesion.acta.codigo])
    verificar = reverse("verificar", args=[sesion.acta.codigo])
    assert como(None).get(direccion).status_code == 404
    publicar_sesion(sesion)
    assert como(None).get(direccion).content.startswith(b"%PDF")
    assert direccion in como(None).get(verificar).content.decode()
    ActoDePublicacion.objects.update(revocado_el=timezone.now())
    retirada = como(None).get(direccion)
    assert retirada.status_code == 410 and "no-store" in retirada["Cache-Control"]
    assert "Norte" not in retirada.content.decode() and sesion.acta.folio not in retirada.content.decode()
    assert direccion not in como(None).get(verificar).content.decode()


def test_una_sesion_reservada_no_tiene_version_publica(como, ana, sesion):
    assert como(ana).get(url("acta_pdf_publico", sesion)).status_code == 200
    Sesion.objects.update(**reservada())
    assert como(ana).get(url("acta_pdf_publico", sesion)).status_code == 404
    assert "acta-publica.pdf" not in como(ana).get(url("acta", sesion)).content.decode()


def test_en_una_conjunta_cada_mesa_lee_los_nombres_de_los_suyos(como, ana, carla, norte, sur):
    fila = hacer_sesion(norte, dias=-2)
    unir(fila, sur)
    pasar_lista(sesion=fila, integrante=hacer_integrante(norte, hacer_persona("Norma Norte")), estado="presente")
    pasar_lista(sesion=fila, integrante=hacer_integrante(sur, hacer_persona("Susana Sur")), estado="presente")
    cerrar(fila, ana)
    de_sur = como(carla).get(reverse("coordinacion:acta", args=["sur", fila.pk])).content.decode()
    assert "Susana Sur" in de_sur and "Norma Norte" not in de_sur and "Norte: 1 asistió" in de_sur
    de_norte = como(ana).get(url("acta", fila)).content.decode()
    assert "Susana Sur" in de_norte and "Norma Norte" in de_norte


def test_un_acuerdo_revisado_que_no_se_puede_leer_deja_su_marca(como, ana, beto, norte):
    antes = hacer_sesion(norte, dias=-20)
    reservado = hacer_acuerdo(antes, "Mover el retén", nivel="reservada")
    cerrar(antes, ana)
    fila = hacer_sesion(norte, dias=-2)
    reservado.avances.create(
        fecha=timezone.localdate(), estado="en_proceso", texto="Ya se movió", autor=ana, sesion=fila
    )
    cerrar(fila, ana)
    de_beto = como(beto).get(url("acta", fila)).content.decode()
    assert "Mover el retén" not in de_beto and "Ya se movió" not in de_beto
    assert "1 acuerdo revisado reservado" in de_beto
    assert "Ya se movió" in como(ana).get(url("acta", fila)).content.decode()


def test_las_consultas_no_crecen_con_los_renglones(como, ana, norte):
    cuentas = []
    for cuantos in (3, 30):
        fila = hacer_sesion(norte, puntos=[f"Punto {n}" for n in range(cuantos)], dias=-cuantos)
        for _ in range(cuantos):
            hacer_acuerdo(fila)
        Asistencia.objects.bulk_create(
            Asistencia(sesion=fila, integrante=hacer_integrante(norte), estado="presente") for _ in range(cuantos)
        )
        cerrar(fila, ana)
        cliente = como(ana)
        with CaptureQueriesContext(connection) as capturadas:
            assert cliente.get(url("acta", fila)).status_code == 200
        cuentas.append(len(capturadas))
    assert cuentas[0] == cuentas[1] <= 12


@pytest.mark.parametrize(
    ("texto", "nombres", "sale"),
    [
        ("Lo dijo Héctor Díaz Peña ayer", ["Hector Diaz Peña"], f"Lo dijo {MARCA} ayer"),
        ("lo dijo HÉCTOR DÍAZ", ["Héctor Díaz Peña"], f"lo dijo {MARCA}"),
        ("La licenciada Díaz Peña", ["Héctor Díaz Peña"], f"La licenciada {MARCA}"),
        ("Anahí y Ana Ruiz", ["Ana Ruiz"], f"Anahí y {MARCA}"),
        ("Ana   Ruiz", ["Ana Ruiz"], MARCA),
        ("escribe a ana@norte.example", ["ana@norte.example"], f"escribe a {MARCA}"),
        ("Nada que tachar", ["", "Al"], "Nada que tachar"),
        ("ﬁla İstanbul de Ana Ruiz", ["Ana Ruiz"], f"ﬁla İstanbul de {MARCA}"),
    ],
)
def test_tachar_nombres(texto, nombres, sale):
    assert tachar(texto, nombres) == sale


@pytest.mark.parametrize("dicho", ["maria ejemplo", "María Carmen", "MARIA-LUNA", "María  del Carmen, Ejemplo Luna"])
def test_lo_que_impediria_publicar_se_tacha_en_el_acta(dicho):
    """Two readers of one rule: nothing that the act of publication refuses may stand in the public minute."""
    nombre = "María del Carmen Ejemplo Luna"
    assert nombres_en(f"Lo hará {dicho}.", [nombre]) == [nombre]
    assert tachar(f"Lo hará {dicho}.", [nombre]) == f"Lo hará {MARCA}."
