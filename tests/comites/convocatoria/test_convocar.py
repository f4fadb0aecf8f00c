"""The call of a session: who is told, what, once; what changes, what is called off, and how delivery went."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites import operaciones, operaciones_convocatoria
from comites.destinatarios import destinatarios
from comites.models import Contacto, Convocatoria, Envio, Sesion
from comites.operaciones_convocatoria import avisar_cambios, cancelar_convocatoria, convocar_sesion
from comites.operaciones_publicacion import cambiar_nivel
from cuentas.models import Correo
from tests.fabricas import (
    hacer_comite,
    hacer_institucion,
    hacer_integrante,
    hacer_persona,
    hacer_sesion,
    nombrar,
    reservada,
    unir,
)

pytestmark = pytest.mark.django_db

ANA, BETO = "ana-prueba@portal.example", "beto-prueba@portal.example"


def mover(sesion, **cambios):
    datos = {"inicio": sesion.inicio, "lugar": sesion.lugar, "numero": 1, "numero_anual": 1} | cambios
    return operaciones.cambiar_datos(sesion=sesion, **datos)


def ver(como, quien, sesion):
    respuesta = como(quien).get(reverse("coordinacion:convocatoria", args=[sesion.mesa.slug, sesion.pk]))
    assert respuesta.status_code == 200
    return respuesta.content.decode().split("<main", 1)[-1].split("<footer", 1)[0]


def test_a_cada_integrante_le_llega_por_un_servidor_de_verdad(oprimir, servidor, atender, ana, beto, sesion):
    pagina = oprimir(ana, "convocar")
    assert "2 correos van en camino" in pagina and "En camino" in pagina
    assert servidor.sobres == []  # nothing leaves from a page
    atender()
    texto, evento, metodo = servidor.para(BETO)[0]
    assert texto.startswith("Hola, Beto Prueba:")
    assert "Salón de la biblioteca" in texto and "1. Lista\n2. Patrullaje en la colonia" in texto
    assert "18:00 h (zona horaria: Centro, Ciudad de México)" in texto
    assert f"/coordinacion/norte/sesiones/{sesion.pk}/" in texto
    assert (metodo, evento["SEQUENCE"], str(evento["STATUS"])) == ("REQUEST", 0, "CONFIRMED")
    assert evento.start == sesion.inicio and evento.end == sesion.inicio + dt.timedelta(hours=2)
    sesion.refresh_from_db()
    assert sesion.estado == "convocada"
    assert set(Correo.objects.values_list("estado", "texto")) == {("enviado", "")}


def test_el_evento_no_dice_a_quien_mas_se_convoca_ni_el_orden_del_dia(oprimir, servidor, atender, ana, beto, sesion):
    oprimir(ana, "convocar")
    atender()
    texto, evento, _ = servidor.para(BETO)[0]
    assert str(evento["ATTENDEE"]) == f"mailto:{BETO}"
    assert "Ana" not in texto
    assert "Ana" not in evento.to_ical().decode() and "Patrullaje" not in evento.to_ical().decode()
    assert str(evento["CLASS"]) == "PRIVATE"


def test_el_asunto_se_lee_en_una_pantalla_bloqueada_y_no_dice_donde_ni_cuando(oprimir, ana, sesion):
    oprimir(ana, "convocar")
    assert Correo.objects.get(para=ANA).asunto == "Convocatoria: Plenaria, sesión 1"


def test_de_un_punto_reservado_solo_se_dice_que_existe(oprimir, servidor, atender, ana, beto, sesion):
    sesion.puntos.filter(orden=2).update(**reservada())
    oprimir(ana, "convocar")
    atender()
    texto, evento, _ = servidor.para(BETO)[0]
    assert "2. Punto reservado" in texto
    assert "Patrullaje" not in texto + evento.to_ical().decode()
    assert "Patrullaje" not in str(Convocatoria.objects.get().dicho)


def test_de_una_sesion_reservada_no_se_dice_ningun_punto(oprimir, servidor, atender, ana, beto, sesion):
    cambiar_nivel(fila=sesion, **reservada())
    oprimir(ana, "convocar")
    atender()
    texto, _, _ = servidor.para(BETO)[0]
    assert "1. Punto reservado\n2. Punto reservado" in texto and "Lista" not in texto


@pytest.mark.parametrize(
    ("zona", "local"), [("America/Tijuana", "16:00"), ("America/Cancun", "19:00"), ("America/Mexico_City", "18:00")]
)
def test_la_hora_es_la_de_la_mesa_con_su_zona(oprimir, servidor, atender, ana, sesion, zona, local):
    # In December, when Tijuana is two hours behind Mexico City.
    inicio = dt.datetime(timezone.localdate().year + 1, 12, 10, 18, tzinfo=sesion.inicio.tzinfo)
    mover(sesion, inicio=timezone.make_aware(inicio.replace(tzinfo=None)))
    sesion.mesa.zona_horaria = zona
    sesion.mesa.save()
    oprimir(ana, "convocar")
    atender()
    texto, evento, _ = servidor.para(ANA)[0]
    assert f", {local} h (" in texto
    assert evento["DTSTART"].params["TZID"] == zona and f"{evento.start:%H:%M}" == local


def test_repetida_no_llega_dos_veces_y_alcanza_a_quien_faltaba(oprimir, servidor, atender, ana, norte, sesion):
    sin_correo = hacer_integrante(norte, hacer_persona("Gema Sin Correo"))
    oprimir(ana, "convocar")
    assert "No había a quién escribirle" in oprimir(ana, "convocar")
    atender()
    assert len(servidor.para(ANA)) == 1
    oprimir(ana, "convocatoria_contacto", f"p{sin_correo.persona_id}", correo="gema@fuera.example")
    assert "1 correo va en camino" in oprimir(ana, "convocar")
    atender()
    assert [len(servidor.para(quien)) for quien in (ANA, "gema@fuera.example")] == [1, 1]
    assert "/coordinacion/" not in servidor.para("gema@fuera.example")[0][0]  # she has no account with which to open it


def test_quien_no_tiene_correo_se_dice_antes_y_despues(como, oprimir, ana, norte, sesion):
    hacer_integrante(norte, hacer_persona("Gema Sin Correo"))
    assert "1 persona no tiene correo registrado" in ver(como, ana, sesion)
    pagina = oprimir(ana, "convocar")
    assert "1 sin correo: avísale de otra manera" in pagina
    assert Envio.objects.count() == 1


def test_una_direccion_que_el_servidor_rechaza_se_dice_y_se_corrige(
    oprimir, servidor, atender, ana, norte, sesion, como
):
    asiento = hacer_integrante(norte, hacer_persona("Gema Mal Escrita"))
    clave = f"p{asiento.persona_id}"
    oprimir(ana, "convocatoria_contacto", clave, correo="gmea@fuera.example")
    servidor.rechaza["gmea@fuera.example"] = "550 no existe"
    oprimir(ana, "convocar")
    atender()
    pagina = ver(como, ana, sesion)
    assert "El servidor rechazó esa dirección" in pagina and "1 no salió" in pagina
    oprimir(ana, "convocatoria_contacto", clave, correo="gema@fuera.example")
    fallido = Envio.objects.get(correo__estado="fallido")
    for _ in range(2):  # the form replayed sends once
        oprimir(ana, "convocatoria_reenviar", clave, tras=fallido.pk)
    atender()
    assert len(servidor.para("gema@fuera.example")) == 1
    assert "no salió" not in ver(como, ana, sesion)


def test_un_servidor_que_dice_luego_no_es_una_direccion_mala(oprimir, servidor, atender, ana, sesion, como):
    servidor.rechaza[ANA] = "450 vuelve luego"
    oprimir(ana, "convocar")
    atender()
    correo = Correo.objects.get()
    assert (correo.estado, correo.intentos, correo.falla) == ("en_espera", 1, "SMTPRecipientsRefused 450")
    assert "se intenta otra vez" in ver(como, ana, sesion)
    pagina = oprimir(ana, "convocatoria_reenviar", f"p{ana.persona.pk}", tras=Envio.objects.get().pk)
    assert "va en camino: espera" in pagina
    assert Correo.objects.count() == 1


def test_a_la_oficina_de_una_institucion_se_le_convoca_aparte(oprimir, servidor, atender, ana, norte, sesion):
    asiento = hacer_integrante(norte, con_cargo=True)
    oprimir(ana, "convocatoria_contacto", f"i{asiento.institucion_id}", correo="oficialia@gobierno.example")
    oprimir(ana, "convocar")
    atender()
    assert servidor.para("oficialia@gobierno.example")[0][0].startswith(f"Hola, {asiento.institucion.nombre}:")
    assert Envio.objects.filter(institucion=asiento.institucion, persona=None).count() == 1


def test_se_convoca_a_quien_tiene_asiento_ese_dia_y_a_quien_lleva_la_mesa(norte, ana, beto, sesion):
    beto.persona.asientos.update(hasta=sesion.dia)  # the day in which it ends is already out
    secretaria = hacer_persona("Sara Secretaria")
    nombrar(secretaria, "secretaria_tecnica", mesa=norte)
    comite = hacer_comite(norte, persona=hacer_persona("Fidel Comité"))
    assert {fila.nombre for fila in destinatarios(sesion)} == {"Ana Prueba", "Sara Secretaria"}
    de_comite = hacer_sesion(norte, comite=comite, dias=9, empezar=False)
    assert "Fidel Comité" in {fila.nombre for fila in destinatarios(de_comite)}


def test_a_una_sesion_conjunta_se_convoca_a_las_dos_mesas_cada_quien_con_su_enlace(
    oprimir, servidor, atender, ana, carla, sur, sesion
):
    unir(sesion, sur)
    oprimir(ana, "convocar")
    atender()
    [(texto, _, _)] = servidor.para("carla-prueba@portal.example")
    assert f"/coordinacion/sur/sesiones/{sesion.pk}/" in texto


def test_quien_organiza_convoca_y_la_otra_mesa_no(como, ana, carla, sur, sesion):
    unir(sesion, sur)
    url = reverse("coordinacion:convocatoria", args=["sur", sesion.pk])
    assert como(carla).get(url).status_code == 403


def test_el_correo_de_quien_tiene_cuenta_no_lo_cambia_nadie_mas(como, ana, beto, sesion):
    url = reverse("coordinacion:convocatoria_contacto", args=["norte", sesion.pk, f"p{beto.persona.pk}"])
    assert como(ana).get(url).status_code == 403
    assert como(ana).post(url, {"correo": "otra@fuera.example"}).status_code == 403
    beto_destinatario = next(fila for fila in destinatarios(sesion) if fila.persona == beto.persona)
    with pytest.raises(ValidationError, match="tiene cuenta"):
        operaciones_convocatoria.anotar_contacto(
            sesion=sesion, destinatario=beto_destinatario, correo="otra@fuera.example"
        )
    assert not Contacto.objects.exists()


def test_un_correo_mal_escrito_no_pierde_lo_escrito(oprimir, ana, norte, sesion):
    asiento = hacer_integrante(norte)
    pagina = oprimir(ana, "convocatoria_contacto", f"p{asiento.persona_id}", correo="gema arroba")
    assert "Revisa el correo" in pagina and 'value="gema arroba"' in pagina


def test_nadie_a_quien_no_se_convoca(como, ana, carla, sesion):
    for clave in (f"p{carla.persona.pk}", "p999999", "x1"):
        for nombre in ("convocatoria_contacto", "convocatoria_reenviar"):
            url = reverse(f"coordinacion:{nombre}", args=["norte", sesion.pk, clave])
            assert como(ana).post(url, {"tras": 1, "correo": "a@b.example"}).status_code == 404


# ── Changes and cancellation ─────────────────────────────────────────────────────────────


def test_tras_un_cambio_se_ofrece_avisar_y_el_evento_se_corrige(como, oprimir, servidor, atender, ana, beto, sesion):
    oprimir(ana, "convocar")
    atender()
    assert "no sabe que" not in como(ana).get(sesion.get_absolute_url()).content.decode()
    movida = mover(sesion, inicio=sesion.inicio + dt.timedelta(days=1), lugar="Casa de cultura")
    aviso = "La gente convocada no sabe que cambiaron la fecha y el lugar"
    assert aviso in como(ana).get(sesion.get_absolute_url()).content.decode()
    assert aviso not in como(beto).get(sesion.get_absolute_url()).content.decode()
    pagina = ver(como, ana, sesion)
    assert "Salón de la biblioteca" in pagina and "Casa de cultura" in pagina
    assert "Avisar del cambio" in oprimir(ana, "convocar")  # calling again would not tell the others
    assert "2 correos van en camino" in oprimir(ana, "convocatoria_avisar")
    assert "Ya habías avisado" in oprimir(ana, "convocatoria_avisar")
    atender()
    (_, primero, _), (texto, cambio, metodo) = servidor.para(BETO)
    assert "Cambiaron la fecha y el lugar de la sesión 1" in texto
    assert (metodo, cambio["SEQUENCE"], cambio["UID"]) == ("REQUEST", 1, primero["UID"])
    assert cambio.start == movida.inicio and str(cambio["LOCATION"]) == "Casa de cultura"
    assert set(Envio.objects.values_list("motivo", flat=True)) == {"convocatoria", "cambio"}


def test_un_punto_nuevo_tambien_es_un_cambio(como, oprimir, servidor, atender, ana, sesion):
    oprimir(ana, "convocar")
    operaciones.agregar_punto(sesion=sesion, titulo="Asuntos generales")
    assert "no sabe que cambió el orden del día" in como(ana).get(sesion.get_absolute_url()).content.decode()
    oprimir(ana, "convocatoria_avisar")
    atender()
    assert "Cambió el orden del día de la sesión 1" in servidor.para(ANA)[1][0]


def test_a_quien_no_sabia_el_cambio_le_llega_como_convocatoria(oprimir, servidor, atender, ana, norte, sesion):
    oprimir(ana, "convocar")
    hacer_integrante(norte, hacer_persona("Gema Nueva"))
    type(ana.persona).objects.filter(nombre="Gema Nueva").update(correo="gema@fuera.example")
    mover(sesion, lugar="Casa de cultura")
    oprimir(ana, "convocatoria_avisar")
    atender()
    [(texto, _, _)] = servidor.para("gema@fuera.example")
    assert "Te convocamos a la sesión 1" in texto


def test_cancelar_la_quita_de_los_calendarios_y_despues_es_otra(
    como, oprimir, servidor, atender, ana, beto, norte, sesion
):
    oprimir(ana, "convocar")
    hacer_integrante(norte, hacer_persona("Gema Nueva"))
    type(ana.persona).objects.filter(nombre="Gema Nueva").update(correo="gema@fuera.example")
    pagina = oprimir(ana, "convocatoria_cancelar", motivo="")
    assert "Di por qué se cancela" in pagina
    assert "2 correos van en camino" in oprimir(ana, "convocatoria_cancelar", motivo="No habría quorum")
    assert "no está convocada" in oprimir(ana, "convocatoria_cancelar", motivo="Otra vez")
    atender()
    (_, primero, _), (texto, evento, metodo) = servidor.para(BETO)
    assert "No habría quorum" in texto
    assert (metodo, evento["SEQUENCE"], str(evento["STATUS"])) == ("CANCEL", 1, "CANCELLED")
    assert evento["UID"] == primero["UID"] and "LOCATION" not in evento
    assert servidor.para("gema@fuera.example") == []  # she never knew of it
    sesion.refresh_from_db()
    assert sesion.estado == "borrador"
    assert "Convocar a 3" in ver(como, ana, sesion)  # all of them: it is another call
    oprimir(ana, "convocar")
    atender()
    _, otra, _ = servidor.para(BETO)[-1]
    assert otra["UID"] != primero["UID"] and otra["SEQUENCE"] == 0


def test_no_se_borra_una_sesion_a_la_que_hay_gente_convocada(oprimir, ana, sesion):
    oprimir(ana, "convocar")
    assert "cancela primero la convocatoria" in oprimir(ana, "sesion_descartar")
    oprimir(ana, "convocatoria_cancelar", motivo="Se creó por error")
    oprimir(ana, "sesion_descartar")
    assert not Sesion.objects.filter(pk=sesion.pk).exists()
    assert Correo.objects.filter(asunto__startswith="Se cancela").exists()  # whoever knew is told all the same


def test_lo_que_no_se_celebro_se_cancela_aunque_haya_pasado_su_hora(ana, sesion):
    convocar_sesion(sesion=sesion, autor=ana)
    Sesion.objects.update(inicio=timezone.now() - dt.timedelta(hours=1))
    with pytest.raises(ValidationError, match="ya pasó"):
        convocar_sesion(sesion=sesion, autor=ana)
    assert cancelar_convocatoria(sesion=sesion, motivo="Nadie llegó", autor=ana) == 1


@pytest.mark.parametrize(
    ("estado", "dice"), [("en_curso", "ya empezó"), ("cerrada", "ya no cambia"), ("convocada", "no está convocada")]
)
def test_fuera_de_tiempo_no_se_avisa(ana, sesion, estado, dice):
    Sesion.objects.update(estado=estado)
    for operacion in (avisar_cambios, cancelar_convocatoria):
        with pytest.raises(ValidationError, match=dice):
            operacion(sesion=sesion, autor=ana, **({"motivo": "x"} if operacion is cancelar_convocatoria else {}))
    assert not Correo.objects.exists()


def test_sin_orden_del_dia_no_se_convoca_y_se_dice_que_hacer(oprimir, como, ana, sesion):
    sesion.puntos.all().delete()
    assert "Falta el orden del día" in ver(como, ana, sesion)
    assert "Falta el orden del día" in oprimir(ana, "convocar")
    assert not Convocatoria.objects.exists()


# ── What the database holds, and what it costs ───────────────────────────────────────────


def rechaza(regla, sql, *valores):
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, valores)
    assert error.value.__cause__.diag.constraint_name == regla


def test_la_base_cuida_las_convocatorias_y_los_contactos(ana, norte, sesion):
    convocar_sesion(sesion=sesion, autor=ana)
    Convocatoria.objects.update(secuencia=3)
    rechaza("comites_convocatoria_en_orden", "UPDATE comites_convocatoria SET secuencia = 2")
    rechaza("comites_convocatoria_cancelada_con_motivo", "UPDATE comites_convocatoria SET cancelada_el = now()")
    meter = (
        "INSERT INTO comites_contacto (mesa_id, persona_id, institucion_id, correo, creado, actualizado)"
        " VALUES (%s, %s, %s, 'a@b.example', now(), now())"
    )
    institucion = hacer_institucion()
    rechaza("comites_contacto_de_alguien", meter, norte.pk, None, None)
    rechaza("comites_contacto_de_alguien", meter, norte.pk, ana.persona.pk, institucion.pk)
    Contacto.objects.create(mesa=norte, persona=ana.persona, correo="a@b.example")
    rechaza("comites_contacto_una_persona", meter, norte.pk, ana.persona.pk, None)


def test_la_pagina_cuesta_lo_mismo_con_tres_y_con_treinta(como, ana, norte, sesion):
    url = reverse("coordinacion:convocatoria", args=["norte", sesion.pk])

    def consultas():
        cliente = como(ana)
        cliente.get(url)
        with CaptureQueriesContext(connection) as contadas:
            assert cliente.get(url).status_code == 200
        return len(contadas)

    for _ in range(3):
        hacer_integrante(norte, con_cargo=True)
    convocar_sesion(sesion=sesion, autor=ana)
    con_tres = consultas()
    for numero in range(27):
        persona = hacer_persona()
        type(persona).objects.filter(pk=persona.pk).update(correo=f"p{numero}@fuera.example")
        hacer_integrante(norte, persona, con_cargo=True)
    convocar_sesion(sesion=sesion, autor=ana)
    assert consultas() == con_tres
    assert con_tres <= 12


@pytest.mark.django_db(transaction=True)
def test_el_proceso_que_atiende_la_cola_la_envia(servidor, ana, sesion):
    convocar_sesion(sesion=sesion, autor=ana)
    call_command("atender_cola", una_vez=True, verbosity=0)
    assert len(servidor.para(ANA)) == 1
    assert Correo.objects.get().estado == "enviado"
