"""What each one owes across mesas, and what the network entrusts to each mesa."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comites.models import Acuerdo, AcuerdoEnMesa, RespuestaDeMesa
from tests.fabricas import (
    cerrar,
    cumplir,
    hacer_acuerdo,
    hacer_cuenta,
    hacer_institucion,
    hacer_integrante,
    hacer_mesa,
    hacer_sesion,
    reportar,
    reservada,
    unir,
)

pytestmark = pytest.mark.django_db


def acordar(mesa, accion, dias=-20, tipo=None, **datos):
    sesion = hacer_sesion(mesa, dias=dias, tipo=tipo)
    acuerdo = hacer_acuerdo(sesion, accion, **datos)
    cerrar(sesion)
    acuerdo.refresh_from_db()
    return acuerdo


def de(asiento):
    return {"institucion_responsable": None, "responsable": asiento}


def los_mios(cliente):
    respuesta = cliente.get(reverse("coordinacion:mis_acuerdos"))
    assert respuesta.status_code == 200 and "no-store" in respuesta["Cache-Control"]
    return respuesta.content.decode().split("<main", 1)[1]


def seccion(pagina, nombre):
    return pagina.split(f'id="{nombre}"')[1].split("</section>")[0] if f'id="{nombre}"' in pagina else ""


def test_lo_mio_en_todas_mis_mesas_y_nada_de_los_demas(como, beto, norte, sur):
    en_sur = hacer_integrante(sur, beto.persona)
    acordar(norte, "Pintar la barda", **de(beto.persona.asientos.get(mesa=norte)))
    acordar(sur, "Abrir la cancha", **de(en_sur))
    acordar(norte, "Lo de alguien más", **de(hacer_integrante(norte)))
    hacer_acuerdo(hacer_sesion(norte, dias=-1), "Todavía en la sesión", **de(beto.persona.asientos.get(mesa=norte)))
    pagina = seccion(los_mios(como(beto)), "respondes")
    assert "Pintar la barda" in pagina and "Abrir la cancha" in pagina
    assert "Lo de alguien más" not in pagina and "Todavía en la sesión" not in pagina
    assert reverse("coordinacion:acuerdo", args=["sur", Acuerdo.objects.get(accion="Abrir la cancha").folio]) in pagina


def test_lo_de_mi_institucion_y_lo_cerrado(como, norte):
    usuario, persona = hacer_cuenta("Hugo Prueba")
    asiento = hacer_integrante(norte, persona, con_cargo=True)
    acordar(norte, "Patrullar la salida", institucion_responsable=asiento.institucion)
    hecho = acordar(norte, "Publicar el calendario", dias=-19, institucion_responsable=asiento.institucion)
    cumplir(hecho)
    pagina = los_mios(como(usuario))
    assert "Patrullar la salida" in seccion(pagina, "respondes")
    assert "Publicar el calendario" in seccion(pagina, "cerrados")
    asiento.hasta = asiento.desde.replace(year=2021)
    asiento.save()
    assert "Patrullar la salida" not in los_mios(como(usuario))


def test_lo_que_espera_mi_llave(como, ana, beto, norte, sur):
    ajeno = acordar(norte, "Reportado por Ana")
    reportar(ajeno, autor=ana)
    suyo = acordar(norte, "Responde Beto", dias=-19, **de(beto.persona.asientos.get()))
    reportar(suyo)
    de_otra = acordar(sur, "De otra mesa")
    reportar(de_otra)
    assert "Reportado por Ana" in seccion(los_mios(como(beto)), "por-verificar")
    assert "Responde Beto" not in seccion(los_mios(como(beto)), "por-verificar")
    de_ana = seccion(los_mios(como(ana)), "por-verificar")
    assert "Reportado por Ana" not in de_ana and "Responde Beto" in de_ana and "De otra mesa" not in de_ana


def test_sin_cuenta_se_pide_entrar_y_sin_nada_se_dice_que_habra(como, carla):
    assert como(None).get(reverse("coordinacion:mis_acuerdos")).url.startswith(reverse("account_login"))
    assert "No tienes acuerdos abiertos" in los_mios(como(carla))


def test_cuesta_lo_mismo_con_tres_que_con_treinta(como, ana, beto, norte):
    asiento = beto.persona.asientos.get()
    cliente = como(beto)

    def consultas():
        los_mios(cliente)
        with CaptureQueriesContext(connection) as contadas:
            los_mios(cliente)
        return len(contadas)

    def poblar(cuantos):
        sesion = hacer_sesion(norte, dias=-20)
        mios = [hacer_acuerdo(sesion, **de(asiento)) for _ in range(cuantos)]
        otros = [hacer_acuerdo(sesion) for _ in range(cuantos)]
        cerrar(sesion)
        for acuerdo in otros:
            reportar(acuerdo, autor=ana)
        assert len(mios) == cuantos

    poblar(3)
    con_tres = consultas()
    poblar(27)
    assert consultas() == con_tres <= 12


# ── In several mesas, one accountable ───────────────────────────────────────────────────


def test_de_una_sesion_conjunta_lo_verifica_la_otra_mesa(como, carla, norte, sur):
    sesion = hacer_sesion(norte)
    unir(sesion, sur)
    acuerdo = hacer_acuerdo(sesion, "Alumbrar el puente que las une")
    cerrar(sesion)
    reportar(acuerdo)
    url = reverse("coordinacion:acuerdo_verificar", args=["sur", acuerdo.folio])
    assert "Alumbrar el puente" in seccion(los_mios(como(carla)), "por-verificar")
    pagina = como(carla).get(reverse("coordinacion:acuerdo", args=["sur", acuerdo.folio])).content.decode()
    assert "Compartido" in pagina and "Norte" in pagina
    como(carla).post(url, {"se_cumplio": "si", "texto": "Lo crucé anoche"})
    acuerdo.refresh_from_db()
    assert acuerdo.estado == "cumplido"


# ── The network agrees, each mesa answers ───────────────────────────────────────────────


@pytest.fixture
def de_la_red(norte):
    return acordar(norte, "Publicar un directorio de practicas", tipo="encuentro", nivel="red")


def en_mesas(acuerdo):
    return reverse("coordinacion:acuerdo_en_mesas", args=["norte", acuerdo.folio])


def test_se_encarga_a_cada_mesa_y_el_silencio_cuenta_como_silencio(como, diana, carla, norte, sur, de_la_red):
    tercera = hacer_mesa("Tercera", "14039")
    url = en_mesas(de_la_red)
    como(diana).post(url, {"mesas": [norte.pk, sur.pk, tercera.pk]})
    como(diana).post(url, {"mesas": [norte.pk, sur.pk, tercera.pk]})  # a replayed form adds nothing
    assert AcuerdoEnMesa.objects.count() == 3
    encargo = AcuerdoEnMesa.objects.get(mesa=sur)
    assert "Publicar un directorio" in seccion(los_mios(como(carla)), "encargos")
    responder = reverse("coordinacion:encargo", args=["sur", encargo.pk])
    assert "Di cómo va" in como(carla).post(responder, {"texto": "Ya"}).content.decode()
    como(carla).post(responder, {"estado": "en_proceso", "texto": "Llevamos la mitad"})
    como(carla).post(responder, {"estado": "hecho", "texto": "Está en la página"})
    assert "Publicar un directorio" not in seccion(los_mios(como(carla)), "encargos")
    assert "Llevamos la mitad" in como(carla).get(responder).content.decode()
    pagina = como(diana).get(url).content.decode()
    cuentas = AcuerdoEnMesa.objects.con_respuesta().cuentas()
    assert cuentas == {"mesas": 3, "silencio": 2, "en_proceso": 0, "hecho": 1, "no_se_hara": 0}
    assert "Está en la página" in pagina and pagina.count("En silencio") >= 3


def test_nadie_responde_por_otra_mesa(como, ana, beto, carla, diana, norte, sur, de_la_red):
    como(diana).post(en_mesas(de_la_red), {"mesas": [norte.pk, sur.pk]})
    de_sur = AcuerdoEnMesa.objects.get(mesa=sur)
    for mesa in ("norte", "sur"):
        assert como(ana).get(reverse("coordinacion:encargo", args=[mesa, de_sur.pk])).status_code == 404
    de_norte = AcuerdoEnMesa.objects.get(mesa=norte)
    url = reverse("coordinacion:encargo", args=["norte", de_norte.pk])
    assert [como(quien).get(url).status_code for quien in (None, beto, carla, ana)] == [302, 403, 404, 200]
    assert "Publicar un directorio" in como(beto).get(reverse("coordinacion:encargos", args=["norte"])).content.decode()
    # Made reserved afterwards, it disappears from the other mesas.
    Acuerdo.objects.filter(pk=de_la_red.pk).update(**reservada())
    assert "Publicar" not in como(carla).get(reverse("coordinacion:encargos", args=["sur"])).content.decode()
    assert como(carla).get(reverse("coordinacion:encargo", args=["sur", de_sur.pk])).status_code == 404


@pytest.mark.parametrize(
    ("tipo", "nivel", "dice"), [(None, "red", "en un encuentro"), ("encuentro", "mesa", "Para la Red")]
)
def test_lo_que_no_se_encarga_dice_por_que(como, diana, norte, tipo, nivel, dice):
    acuerdo = acordar(norte, "Publicar", tipo=tipo, nivel=nivel)
    assert dice in como(diana).post(en_mesas(acuerdo), {"mesas": [norte.pk]}).content.decode()
    assert not AcuerdoEnMesa.objects.exists()


def test_lo_que_dijo_una_mesa_no_se_reescribe(como, diana, norte, de_la_red):
    como(diana).post(en_mesas(de_la_red), {"mesas": [norte.pk]})
    RespuestaDeMesa.objects.create(encargo=AcuerdoEnMesa.objects.get(), estado="hecho", texto="Listo")
    with pytest.raises(IntegrityError), transaction.atomic():
        RespuestaDeMesa.objects.update(estado="no_se_hara")


def test_los_encargos_cuestan_lo_mismo(como, diana, ana, norte, de_la_red):
    def consultas(url, quien):
        cliente = como(quien)
        cliente.get(url)
        with CaptureQueriesContext(connection) as contadas:
            assert cliente.get(url).status_code == 200
        return len(contadas)

    def poblar(desde, cuantos):
        mesas = [hacer_mesa(f"Mesa {n}", f"{14000 + n:05d}") for n in range(desde, desde + cuantos)]
        como(diana).post(en_mesas(de_la_red), {"mesas": [mesa.pk for mesa in mesas]})

    poblar(1, 3)
    con_tres = consultas(en_mesas(de_la_red), diana)
    poblar(10, 27)
    assert AcuerdoEnMesa.objects.count() == 30
    assert consultas(en_mesas(de_la_red), diana) == con_tres <= 20


def test_corresponsables_y_conjuntas_se_ven_en_su_pagina(como, ana, norte):
    otra = hacer_institucion("Universidad de prueba", civil=True)
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    acuerdo.corresponsables.add(otra)
    cerrar(sesion)
    pagina = como(ana).get(reverse("coordinacion:acuerdo", args=["norte", acuerdo.folio])).content.decode()
    assert "Universidad de prueba" in pagina
