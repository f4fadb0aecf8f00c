"""A session in the workspace: create, call the roll, record, close."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from comites import operaciones
from comites.models import Acuerdo, Sesion
from tests.comites.anotaciones import anotar
from tests.fabricas import (
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_cuenta,
    hacer_institucion,
    hacer_integrante,
    hacer_mesa,
    hacer_sesion,
    reservada,
    unir,
)

pytestmark = pytest.mark.django_db


def datos_de_sesion(organo, **cambios):
    manana = timezone.localdate() + dt.timedelta(days=1)
    return {
        "organo": organo,
        "inicio_0": manana.isoformat(),
        "inicio_1": "18:30",
        "lugar": "Salón",
        "puntos": "Lista\n\nAcuerdos vencidos\n",
        "numero": "",
        "numero_anual": "",
    } | cambios


def test_ana_crea_una_sesion_de_comite_con_su_orden_del_dia(como, ana, norte):
    comite = hacer_comite(norte)
    respuesta = como(ana).post(
        reverse("coordinacion:sesion_nueva", args=["norte"]), datos_de_sesion(f"comite:{comite.pk}"), follow=True
    )
    sesion = Sesion.objects.get()
    assert (sesion.mesa, sesion.comite, sesion.tipo, sesion.numero) == (norte, comite, "comite", 1)
    assert list(sesion.puntos.values_list("orden", "titulo")) == [(1, "Lista"), (2, "Acuerdos vencidos")]
    assert timezone.localtime(sesion.inicio).strftime("%H:%M") == "18:30"
    assert "Creaste la sesión 1" in respuesta.content.decode()


def test_la_numeracion_sigue_la_cuenta_de_cada_organo_y_del_anio(norte):
    comite = hacer_comite(norte)
    hacer_sesion(norte, dias=-400)
    segunda = hacer_sesion(norte, dias=-1)
    de_comite = hacer_sesion(norte, comite=comite, dias=-1)
    assert (segunda.numero, segunda.numero_anual) == (2, 1)
    assert (de_comite.numero, de_comite.numero_anual) == (1, 1)


def test_un_numero_repetido_se_rechaza_y_no_se_pierde_lo_escrito(como, ana, norte):
    hacer_sesion(norte)
    url = reverse("coordinacion:sesion_nueva", args=["norte"])
    respuesta = como(ana).post(url, datos_de_sesion("plenaria", numero="1", lugar="Biblioteca pública"))
    pagina = respuesta.content.decode()
    assert "ya tiene una sesión con ese número" in pagina and 'href="#id_numero"' in pagina
    assert "Biblioteca pública" in pagina and "Acuerdos vencidos" in pagina
    assert Sesion.objects.count() == 1


def test_un_formulario_roto_dice_que_falta_con_enlaces_a_los_campos(como, ana):
    pagina = como(ana).post(reverse("coordinacion:sesion_nueva", args=["norte"]), {"puntos": "Lista"}).content.decode()
    assert 'href="#id_inicio_0"' in pagina and 'id="id_inicio_0"' in pagina
    assert "Di el día y la hora." in pagina
    assert ">Lista</textarea>" in pagina.replace("\n", "")


def test_un_toque_pasa_lista_y_otro_la_corrige(como, ana, beto, norte):
    sesion = hacer_sesion(norte)
    asiento = beto.persona.asientos.get()
    for estado in ("ausente", "presente"):
        assert anotar(como(ana), ana, sesion, "asistencia", integrante=asiento.pk, estado=estado).status_code == 302
    assert list(sesion.asistencias.values_list("integrante", "estado")) == [(asiento.pk, "presente")]


def test_no_se_pasa_lista_de_quien_no_tenia_asiento_ese_dia(como, ana, norte, sur):
    sesion = hacer_sesion(norte)
    ajeno = hacer_integrante(sur)
    ya_salio = hacer_integrante(norte, hasta=dt.date(2021, 1, 1))
    for asiento in (ajeno, ya_salio):
        respuesta = anotar(como(ana), ana, sesion, "asistencia", integrante=asiento.pk, estado="presente")
        assert respuesta.status_code == 422
    assert not sesion.asistencias.exists()


def test_no_cierra_con_un_acuerdo_sin_responsable_y_dice_cual(como, ana, norte):
    sesion = hacer_sesion(norte)
    hacer_acuerdo(sesion, "Reparar la barda", institucion_responsable=None)
    hacer_acuerdo(sesion, "Pintar el paso peatonal")
    operaciones.completar_lista(sesion=sesion)
    respuesta = como(ana).post(reverse("coordinacion:sesion_cerrar", args=["norte", sesion.pk]))
    pagina = respuesta.content.decode()
    assert "Al acuerdo «Reparar la barda» le falta quién responde." in pagina
    assert "«Pintar el paso peatonal» le falta" not in pagina
    sesion.refresh_from_db()
    assert sesion.estado == Sesion.Estado.EN_CURSO


def test_cierra_completa_y_despues_ya_nada_se_mueve(como, ana, beto, norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    anotar(como(ana), ana, sesion, "todos", estado="ausente")
    como(ana).post(reverse("coordinacion:sesion_cerrar", args=["norte", sesion.pk]))
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.cerrada_por) == (Sesion.Estado.CERRADA, ana)
    asiento = beto.persona.asientos.get().pk
    anotar(como(ana), ana, sesion, "asistencia", integrante=asiento, estado="presente")
    como(ana).post(reverse("coordinacion:punto_nuevo", args=["norte", sesion.pk]), {"titulo": "Otro"})
    como(ana).post(reverse("coordinacion:acuerdo_quitar", args=["norte", acuerdo.folio]))
    url_nuevo = reverse("coordinacion:acuerdo_nuevo", args=["norte", sesion.pk])
    pagina = como(ana).post(url_nuevo, {"accion": "Colarse", "nivel": "mesa"}).content.decode()
    assert "ya no cambia" in pagina and "Colarse" in pagina
    assert set(sesion.asistencias.values_list("estado", flat=True)) == {"ausente"}
    assert sesion.puntos.count() == 2 and sesion.acuerdos.count() == 1


def test_quien_coordina_un_comite_registra_el_suyo_y_nada_mas(como, norte):
    fidel, persona = hacer_cuenta("Fidel Prueba")
    hacer_integrante(norte, persona)
    suyo = hacer_sesion(norte, comite=hacer_comite(norte, "Comité de prevención", persona))
    ajeno = hacer_sesion(norte, comite=hacer_comite(norte, "Comité de extorsión"))
    cliente = como(fidel)
    for sesion, codigo in ((suyo, 302), (ajeno, 403)):
        url = reverse("coordinacion:punto_nuevo", args=["norte", sesion.pk])
        assert cliente.post(url, {"titulo": "Nuevo"}).status_code == codigo
    pagina = cliente.get(reverse("coordinacion:sesion_nueva", args=["norte"])).content.decode()
    assert "Comité de prevención" in pagina
    assert "Plenaria" not in pagina and "Comité de extorsión" not in pagina


def test_acuerdo_incompleto_se_guarda_y_avisa_lo_que_falta(como, ana, norte):
    sesion = hacer_sesion(norte)
    pagina = como(ana).post(
        reverse("coordinacion:acuerdo_nuevo", args=["norte", sesion.pk]),
        {"accion": "Fortalecer la vigilancia", "nivel": "mesa"},
        follow=True,
    )
    texto = pagina.content.decode()
    acuerdo = Acuerdo.objects.get()
    assert acuerdo.folio == f"NORTE-{sesion.anio}-0001"
    assert "Antes de cerrar le falta qué existirá, quién responde, para cuándo y cómo se comprobará." in texto
    assert "«Fortalecer» es difícil de comprobar" in texto


def test_dos_responsables_no_caben(como, ana, norte):
    sesion = hacer_sesion(norte)
    asiento = ana.persona.asientos.get()
    pagina = (
        como(ana)
        .post(
            reverse("coordinacion:acuerdo_nuevo", args=["norte", sesion.pk]),
            {"accion": "Instalar cámaras", "quien": f"i{asiento.pk}", "correo_responsable": "a@b.mx", "nivel": "mesa"},
        )
        .content.decode()
    )
    assert "Responde una sola" in pagina and "Instalar cámaras" in pagina
    assert not Acuerdo.objects.exists()


def test_nadie_elige_publica_como_nivel(como, ana, norte):
    sesion = hacer_sesion(norte)
    como(ana).post(
        reverse("coordinacion:acuerdo_nuevo", args=["norte", sesion.pk]),
        {"accion": "Instalar cámaras", "nivel": "publica"},
    )
    assert not Acuerdo.objects.exists()


def test_un_punto_reservado_no_esta_en_la_pagina_de_quien_no_estuvo(como, ana, beto, norte):
    sesion = hacer_sesion(norte, puntos=("Operativo secreto",))
    sesion.puntos.update(**reservada())
    url = reverse("coordinacion:sesion", args=["norte", sesion.pk])
    de_beto = como(beto).get(url).content.decode()
    assert "Operativo secreto" not in de_beto and "Punto reservado" in de_beto
    assert "Operativo secreto" in como(ana).get(url).content.decode()
    asiento = beto.persona.asientos.get().pk
    anotar(como(ana), ana, sesion, "asistencia", integrante=asiento, estado="presente")
    assert "Operativo secreto" in como(beto).get(url).content.decode()


def test_el_tablero_pone_primero_lo_urgente(como, ana, norte):
    cliente = como(ana)
    url = reverse("coordinacion:mesa", args=["norte"])
    assert "No hay sesión en puerta" in cliente.get(url).content.decode()
    hacer_sesion(norte, dias=3, empezar=False)
    assert "Ver la sesión" in cliente.get(url).content.decode()
    sesion = hacer_sesion(norte, dias=-60)
    assert "Ya empezó y sigue abierta" in cliente.get(url).content.decode()
    hacer_acuerdo(sesion, fecha_compromiso=timezone.localdate() - dt.timedelta(days=3))
    cerrar(sesion)
    pagina = cliente.get(url).content.decode()
    assert "Un acuerdo pasó de su fecha" in pagina and "Venció el" in pagina


@pytest.mark.parametrize(
    ("campo", "valor", "dice"),
    [
        ("inicio_0", "9999-12-31", "Revisa el año"),
        ("inicio_0", "0206-01-01", "Revisa el año"),
        ("inicio_0", "mañana", "Escribe el día como"),
        ("puntos", "x\n" * 33_000, "caben 100 por sesión"),
        ("puntos", "x" * 201, "200 letras"),
        ("numero", "9" * 30, "No puede ser mayor que"),
        ("organo", "comite:999", "Elige uno de la lista."),
        ("lugar", "nulo\x00", "carácter que no se puede guardar"),
    ],
)
def test_lo_imposible_se_dice_y_no_se_guarda(como, ana, campo, valor, dice):
    url = reverse("coordinacion:sesion_nueva", args=["norte"])
    pagina = como(ana).post(url, datos_de_sesion("plenaria") | {campo: valor}).content.decode()
    assert dice in pagina
    assert not Sesion.objects.exists()


def test_una_sesion_no_empieza_antes_de_su_dia(como, ana, norte):
    sesion = hacer_sesion(norte, dias=2, empezar=False)
    pagina = como(ana).post(reverse("coordinacion:sesion_empezar", args=["norte", sesion.pk]), follow=True)
    assert "Todavía no es el día de la sesión" in pagina.content.decode()
    sesion.refresh_from_db()
    assert sesion.estado == "borrador"


def test_lo_que_ya_empezo_no_se_mueve_a_un_dia_que_no_ha_llegado(como, ana, norte):
    sesion = hacer_sesion(norte)
    dia = timezone.localdate() + dt.timedelta(days=3)
    datos = {"inicio_0": dia.isoformat(), "inicio_1": "18:00", "lugar": "CIMA"}
    pagina = como(ana).post(reverse("coordinacion:sesion_datos", args=["norte", sesion.pk]), datos).content.decode()
    assert "un día que no ha llegado" in pagina and "CIMA" in pagina
    assert Sesion.objects.get().inicio == sesion.inicio


def test_la_fecha_compromiso_no_es_anterior_a_la_sesion(como, ana, norte):
    sesion = hacer_sesion(norte)
    datos = {"accion": "Pintar", "nivel": "mesa", "fecha_compromiso": (sesion.dia - dt.timedelta(days=1)).isoformat()}
    pagina = como(ana).post(reverse("coordinacion:acuerdo_nuevo", args=["norte", sesion.pk]), datos).content.decode()
    assert "No puede ser antes de la sesión" in pagina and not Acuerdo.objects.exists()


def test_la_lista_de_un_encuentro_no_existe(como, ana, beto, norte, sur):
    """31 mesas meet there: its roll would be the list of everybody in the network."""
    ajeno = hacer_integrante(sur)
    sesion = hacer_sesion(norte, tipo="encuentro")
    sesion.mesas.add(sur)
    for quien in (ana, beto):
        pagina = como(quien).get(sesion.get_absolute_url()).content.decode()
        assert ajeno.persona.nombre not in pagina and beto.persona.nombre not in pagina
        assert "A un encuentro asisten mesas" in pagina


def test_en_una_sesion_conjunta_cada_mesa_ve_su_propia_lista(como, ana, beto, carla, norte, sur):
    sesion = unir(hacer_sesion(norte), sur)
    de_carla = como(carla).get(reverse("coordinacion:sesion", args=["sur", sesion.pk])).content.decode()
    assert carla.persona.nombre in de_carla and beto.persona.nombre not in de_carla
    de_ana = como(ana).get(sesion.get_absolute_url()).content.decode()
    assert carla.persona.nombre in de_ana and beto.persona.nombre in de_ana


def test_terminar_un_asiento_no_vacia_las_listas_viejas(como, ana, beto, norte):
    sesion = hacer_sesion(norte)
    asiento = beto.persona.asientos.get()
    anotar(como(ana), ana, sesion, "asistencia", integrante=asiento.pk, estado="presente")
    cerrar(sesion)
    beto.persona.asientos.update(hasta=dt.date(2021, 1, 1))
    assert beto.persona.nombre in como(ana).get(sesion.get_absolute_url()).content.decode()


def test_el_acuerdo_de_un_punto_reservado_tampoco_se_lee(como, ana, beto, norte):
    sesion = hacer_sesion(norte)
    punto = sesion.puntos.first()
    acuerdo = hacer_acuerdo(sesion, "Cambiar la ruta nocturna", punto=punto)
    sesion.puntos.filter(pk=punto.pk).update(**reservada())
    cerrar(sesion)
    urls = [sesion.get_absolute_url(), reverse("coordinacion:mesa", args=["norte"])]
    for url in urls:
        assert "ruta nocturna" not in como(beto).get(url).content.decode()
        assert "ruta nocturna" in como(ana).get(url).content.decode()
    assert como(beto).get(reverse("coordinacion:acuerdo", args=["norte", acuerdo.folio])).status_code == 404


def test_quien_habla_por_la_institucion_que_responde_tampoco_se_verifica(como, ana, norte):
    asiento = ana.persona.asientos.get()
    asiento.institucion = hacer_institucion(civil=True)
    asiento.save()
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=asiento.institucion)
    url = reverse("coordinacion:acuerdo_avance", args=["norte", acuerdo.folio])
    hoy = timezone.localdate().isoformat()
    abierta = como(ana).post(url, {"estado": "reportado", "texto": "Listo", "fecha": hoy}).content.decode()
    assert "después de cerrar la sesión" in abierta
    cerrar(sesion)
    como(ana).post(url, {"estado": "reportado", "texto": "Listo", "fecha": hoy})
    como(ana).post(url, {"estado": "cumplido", "texto": "Me consta", "fecha": hoy})
    acuerdo.refresh_from_db()
    assert acuerdo.estado == "reportado"


def test_las_paginas_del_espacio_de_trabajo_no_se_guardan_en_el_telefono(como, ana, norte):
    respuesta = como(ana).get(reverse("coordinacion:mesa", args=["norte"]))
    assert "no-store" in respuesta["Cache-Control"] and "private" in respuesta["Cache-Control"]


def test_el_folio_no_se_confunde_con_el_de_otra_mesa(norte):
    otra = hacer_mesa("Norte 2026", "28009")
    anio = hacer_sesion(norte).anio
    parecida = hacer_acuerdo(hacer_sesion(otra))
    assert parecida.folio == f"NORTE-2026-{anio}-0001"
    assert hacer_acuerdo(hacer_sesion(norte)).folio == f"NORTE-{anio}-0001"


def test_un_comite_disuelto_ya_no_sesiona(como, ana, norte):
    comite = hacer_comite(norte)
    comite.hasta = timezone.localdate()
    comite.save()
    pagina = como(ana).get(reverse("coordinacion:sesion_nueva", args=["norte"])).content.decode()
    assert comite.nombre not in pagina


def test_una_minuta_no_olvida_a_nadie(como, ana, beto, norte):
    """Closing with the roll half done would write for ever that the others had no seat."""
    sesion = hacer_sesion(norte)
    cerrar_url = reverse("coordinacion:sesion_cerrar", args=["norte", sesion.pk])
    anotar(como(ana), ana, sesion, "asistencia", integrante=beto.persona.asientos.get().pk, estado="presente")
    pagina = como(ana).post(cerrar_url).content.decode()
    assert "Falta pasar lista a una persona." in pagina and "Cerrar la sesión</button>" not in pagina
    anotar(como(ana), ana, sesion, "todos", estado="ausente")
    como(ana).post(cerrar_url)
    sesion.refresh_from_db()
    assert sesion.esta_cerrada
    assert dict(sesion.asistencias.values_list("integrante__persona__usuario", "estado")) == {
        beto.pk: "presente",
        ana.pk: "ausente",
    }


def test_una_sesion_creada_por_error_se_borra_antes_de_empezar_y_despues_no(como, ana, norte):
    empezada, borrador = hacer_sesion(norte), hacer_sesion(norte, dias=3, empezar=False)
    for sesion in (empezada, borrador):
        como(ana).post(reverse("coordinacion:sesion_descartar", args=["norte", sesion.pk]))
    assert list(Sesion.objects.all()) == [empezada]


def test_la_minuta_no_se_comparte_con_otras_mesas(como, ana, norte):
    sesion = hacer_sesion(norte)
    url = reverse("coordinacion:sesion_nivel", args=["norte", sesion.pk])
    como(ana).post(url, {"nivel": "red"})
    sesion.refresh_from_db()
    assert sesion.nivel == "mesa"
    como(ana).post(url, reservada())
    sesion.refresh_from_db()
    assert sesion.nivel == "reservada"
