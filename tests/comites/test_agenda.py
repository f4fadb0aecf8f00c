"""Before the session: numbers proposed, what comes by itself, the agenda and the templates."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from comites import operaciones_agenda
from comites.agenda import PuntoPrevisto
from comites.models import PlantillaDeAgenda, Sesion
from tests.fabricas import (
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_cuenta,
    hacer_integrante,
    hacer_sesion,
    unir,
)

pytestmark = pytest.mark.django_db


def en(nombre, *args):
    return reverse(f"coordinacion:{nombre}", args=["norte", *args])


def datos(organo="plenaria", *, dia=None, **cambios):
    dia = dia or timezone.localdate() + dt.timedelta(days=3)
    base = {"organo": organo, "inicio_0": dia.isoformat(), "inicio_1": "18:30", "puntos": "", "con_pendientes": "on"}
    return base | cambios


def orden_del_dia(sesion):
    return list(sesion.puntos.order_by("orden").values_list("titulo", "origen"))


def cerrada(mesa, **opciones):
    """A closed session, a week ago unless told otherwise."""
    return cerrar(asistir(hacer_sesion(mesa, **opciones)))


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
    sin_pedir = datos(puntos="Otra lista") | {"con_pendientes": ""}
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
    Sesion.objects.filter(pk=vieja.pk).update(estado="aprobada")
    for _ in range(2):
        como(ana).post(en("sesion_nueva"), datos())
    primera, segunda = Sesion.objects.order_by("pk").exclude(pk=vieja.pk)
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
        sesion.puntos.update(nivel="reservada", motivo_de_reserva="Hay vidas en riesgo")
    else:
        Sesion.objects.filter(pk=sesion.pk).update(nivel="reservada", motivo_de_reserva="Hay vidas en riesgo")
    cerrar(sesion)
    como(ana).post(en("sesion_nueva"), datos())
    como(ana).post(en("sesion_nueva"), datos(puntos="operativo halcon"))
    nueva = Sesion.objects.exclude(pk=sesion.pk).earliest("pk")
    retomado = nueva.puntos.get(origen="pospuesto")
    assert (retomado.nivel, retomado.motivo_de_reserva) == ("reservada", "Hay vidas en riesgo")
    for nombre, args in (("sesion", [nueva.pk]), ("mesa", []), ("plantillas", []), ("sesiones", [])):
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


# ── The agenda ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sesion(norte):
    return operaciones_agenda.preparar_sesion(
        mesa=norte,
        tipo="plenaria",
        inicio=timezone.localtime() + dt.timedelta(days=2),
        puntos=[PuntoPrevisto("Lista", 10), PuntoPrevisto("Cifras"), PuntoPrevisto("Acuerdos", 20)],
    )


def lo_visto(sesion):
    """What a browser would send back of the page of the agenda, untouched."""
    puntos = list(sesion.puntos.order_by("orden"))
    cuerpo = {"firma": operaciones_agenda.firma_de(puntos), "nuevo_titulo": "", "nuevo_minutos": ""}
    for punto in puntos:
        for nombre, valor in ((f"titulo_{punto.pk}", punto.titulo), (f"minutos_{punto.pk}", punto.minutos or "")):
            cuerpo |= {nombre: valor, f"initial-{nombre}": valor}
    return cuerpo


def titulos(sesion):
    return list(sesion.puntos.order_by("orden").values_list("orden", "titulo", "minutos"))


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


# ── Templates ───────────────────────────────────────────────────────────────────────────


def test_una_agenda_se_guarda_como_plantilla_y_sirve_para_la_siguiente(como, ana, sesion):
    sesion.puntos.filter(titulo="Cifras").update(nivel="reservada")
    sesion.puntos.filter(titulo="Acuerdos").update(origen="acuerdos_abiertos")
    como(ana).post(en("plantilla_guardar", sesion.pk), {"nombre": "La de costumbre"})
    plantilla = PlantillaDeAgenda.objects.get(mesa=sesion.mesa)
    assert (plantilla.tipo, plantilla.renglones) == ("plenaria", "Lista, 10 min")
    assert "La de costumbre" in como(ana).get(en("sesion_nueva")).content.decode()
    como(ana).post(en("sesion_nueva"), datos(plantilla=str(plantilla.pk)))
    assert titulos(Sesion.objects.latest("pk")) == [(1, "Lista", 10)]
    como(ana).post(en("sesion_nueva"), datos(plantilla=str(plantilla.pk), puntos="Otra cosa"))
    assert titulos(Sesion.objects.latest("pk")) == [(1, "Otra cosa", None)]


def test_una_plantilla_no_pisa_a_otra_ni_se_lleva_lo_reservado(como, ana, sesion):
    url = en("plantilla_guardar", sesion.pk)
    como(ana).post(url, {"nombre": "La de costumbre"})
    pagina = como(ana).post(url, {"nombre": "La de costumbre"}).content.decode()
    assert "Ya hay una plantilla con ese nombre" in pagina and 'value="La de costumbre"' in pagina
    assert "Ponle un nombre." in como(ana).post(url, {"nombre": " "}).content.decode()
    Sesion.objects.filter(pk=sesion.pk).update(nivel="reservada", motivo_de_reserva="x")
    assert "La sesión es reservada" in como(ana).post(url, {"nombre": "Otra"}).content.decode()
    assert PlantillaDeAgenda.objects.count() == 1


def test_las_plantillas_de_una_mesa_son_de_ella_y_las_de_la_red_de_todas(como, ana, beto, carla, norte, sur):
    operaciones_agenda.cargar_plantillas()
    de_red = PlantillaDeAgenda.objects.get(nombre="Plenaria ordinaria")
    suya = PlantillaDeAgenda.objects.create(mesa=norte, tipo="plenaria", nombre="De Norte", renglones="Secreto a voces")
    en_sur = como(carla).get(reverse("coordinacion:plantillas", args=["sur"])).content.decode()
    assert "Plenaria ordinaria" in en_sur and "De Norte" not in en_sur
    for cliente_de, mesa, plantilla, codigo in (
        (carla, "sur", suya, 404),
        (carla, "norte", suya, 404),
        (beto, "norte", suya, 403),
        (ana, "norte", de_red, 403),
        (None, "norte", suya, 302),
        (ana, "norte", suya, 302),
        (ana, "norte", suya, 404),  # the same button again
    ):
        url = reverse("coordinacion:plantilla_borrar", args=[mesa, plantilla.pk])
        assert como(cliente_de).post(url).status_code == codigo
    assert como(ana).get(reverse("coordinacion:plantilla_borrar", args=["norte", de_red.pk])).status_code == 405
    assert not PlantillaDeAgenda.objects.filter(mesa=norte).exists()
    assert operaciones_agenda.cargar_plantillas() == 0, "lo que el personal cambió se queda"


def test_la_plantilla_de_otra_mesa_no_se_usa_con_su_numero(como, ana, sur):
    ajena = PlantillaDeAgenda.objects.create(mesa=sur, tipo="plenaria", nombre="De Sur", renglones="Plan de Sur")
    pagina = como(ana).post(en("sesion_nueva"), datos(plantilla=str(ajena.pk))).content.decode()
    assert "Plan de Sur" not in pagina and not Sesion.objects.exists()


def test_quien_coordina_un_comite_solo_ve_lo_que_puede_crear(como, norte):
    fidel, persona = hacer_cuenta("Fidel Prueba")
    hacer_integrante(norte, persona)
    comite = hacer_comite(norte, persona=persona)
    plenaria = hacer_sesion(norte, dias=2, empezar=False)
    operaciones_agenda.cargar_plantillas()
    pagina = como(fidel).get(en("sesion_nueva")).content.decode()
    assert 'name="numero" value="1"' in pagina, "con un solo órgano, sus números ya están"
    assert "Reunión de comité" in pagina and "Plenaria ordinaria" not in pagina
    assert como(fidel).post(en("sesion_nueva"), datos("plenaria")).status_code == 200
    for nombre in ("agenda", "conjunta"):
        assert como(fidel).get(en(nombre, plenaria.pk)).status_code == 403
    como(fidel).post(en("sesion_nueva"), datos(f"comite:{comite.pk}"))
    assert Sesion.objects.filter(comite=comite).count() == 1


@pytest.mark.parametrize(
    ("columnas", "regla"),
    [
        ("'plenaria', 'Vacía', '  '", "comites_plantilla_con_puntos"),
        ("'encuentro', 'Del encuentro', 'Lista'", "comites_plantilla_tipo"),
        ("'plenaria', 'La misma', 'Lista'", "comites_plantilla_unica"),
    ],
)
def test_las_reglas_de_una_plantilla_las_guarda_la_base(columnas, regla):
    PlantillaDeAgenda.objects.create(tipo="plenaria", nombre="La misma", renglones="Lista")
    en = "INSERT INTO comites_plantilladeagenda (creado, actualizado, tipo, nombre, renglones)"
    with pytest.raises(IntegrityError, match=regla), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{en} VALUES (now(), now(), {columnas})")
