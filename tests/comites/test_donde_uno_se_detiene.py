"""Places where somebody new to the desk stopped to think, or lost what they had written."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from comites.actas.asistentes import lista
from comites.actas.lectores import COMPLETA, Mirada
from comites.arrastre import lo_pendiente
from comites.models import Envio
from comites.operaciones import completar_lista
from comites.operaciones_publicacion import retirar_publicacion
from tests.comites.anotaciones import anotar
from tests.fabricas import (
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_integrante,
    hacer_mesa,
    hacer_sesion,
    nombrar,
    publicar,
    publicar_sesion,
    reportar,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"


def en(nombre, *args):
    return reverse(f"coordinacion:{nombre}", args=["norte", *args])


# ── The account's session ended while somebody was writing ──────────────────────────────


def test_lo_escrito_despues_de_que_termina_la_cuenta_se_devuelve(como, ana, norte):
    sesion = hacer_sesion(norte)
    url = en("punto", sesion.pk, 1)
    nota = {"titulo": "Seguimiento", "resumen": "La colonia pide <b>dos</b> rondines más", "desenlace": "informativo"}
    respuesta = como(None).post(url, nota)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 401 and "La colonia pide &lt;b&gt;dos&lt;/b&gt; rondines más" in pagina
    assert "no-store" in respuesta["Cache-Control"] and reverse("account_login") in pagina
    assert sesion.puntos.get(orden=1).resumen == ""


def test_tambien_si_llevaba_un_archivo_y_dice_cual_elegir_otra_vez(como, norte):
    acuerdo = hacer_acuerdo(sesion := hacer_sesion(norte))
    cerrar(sesion)
    datos = {"texto": "Quedaron las doce", "archivo": SimpleUploadedFile("acta-de-entrega.pdf", PDF)}
    pagina = como(None).post(en("acuerdo_avance", acuerdo.folio), datos).content.decode()
    assert "Quedaron las doce" in pagina and "acta-de-entrega.pdf" in pagina


def test_de_quien_no_tiene_cuenta_no_se_lee_un_cuerpo_enorme(client, norte):
    acuerdo = hacer_acuerdo(hacer_sesion(norte))
    url = en("acuerdo_avance", acuerdo.folio)
    respuesta = client.generic("POST", url, b"texto=hola+a+todos", CONTENT_LENGTH=str(2**40))
    assert respuesta.status_code == 302 and respuesta.url.startswith(reverse("account_login"))


def test_lo_que_fue_un_toque_solo_pide_repetirlo(como, norte):
    sesion = hacer_sesion(norte, dias=0, empezar=False)
    respuesta = como(None).post(en("sesion_nivel", sesion.pk), {"nivel": "mesa"})
    assert respuesta.status_code == 401 and "repite lo que ibas a hacer" in respuesta.content.decode()


# ── Addresses that show nothing ─────────────────────────────────────────────────────────


def test_un_boton_abierto_como_pagina_lo_dice_en_espanol(como, ana, norte):
    sesion = hacer_sesion(norte)
    respuesta = como(ana).get(en("punto_nuevo", sesion.pk))
    assert respuesta.status_code == 405 and respuesta["Allow"] == "POST"
    assert "Aquí no hay nada que leer" in respuesta.content.decode()
    assert reverse("tablero") in respuesta.content.decode()


def test_quien_tiene_cuenta_vuelve_de_un_404_a_su_tablero(como, ana, norte):
    enlace = f'<li><a href="{reverse("tablero")}">Tu tablero</a>'
    assert enlace in como(ana).get("/no-existe/").content.decode()
    assert enlace not in como(None).get("/no-existe/").content.decode()


# ── What goes first ─────────────────────────────────────────────────────────────────────


def test_antes_de_su_dia_lo_primero_es_convocar_y_ese_dia_empezar(como, ana, norte):
    def principal(sesion):
        pagina = como(ana).get(en("sesion", sesion.pk)).content.decode()
        convocar = re.search(rf'<a class="([^"]+)" href="{en("convocatoria", sesion.pk)}"', pagina)
        empezar = re.search(r'<button class="([^"]+)" type="submit">Empezar la sesión', pagina)
        return [boton[1] == "boton" for boton in (convocar, empezar)]

    assert principal(hacer_sesion(norte, dias=5, empezar=False)) == [True, False]
    assert principal(hacer_sesion(norte, dias=0, empezar=False)) == [False, True]


def test_se_mira_lo_que_vera_el_publico_antes_del_boton_que_lo_publica(como, ana, norte):
    acuerdo = hacer_acuerdo(sesion := hacer_sesion(norte, comite=hacer_comite(norte)))
    cerrar(sesion)
    asistir(hacer_sesion(norte, dias=-1))
    pagina = como(ana).get(en("acuerdo_publicar", acuerdo.folio)).content.decode()
    assert pagina.index("Esto es lo que verá el público") < pagina.index("Publicar el acuerdo</button>")


def test_quien_verifica_tiene_la_prueba_a_la_vista(como, ana, beto, norte):
    acuerdo = hacer_acuerdo(sesion := hacer_sesion(norte))
    cerrar(sesion)
    url = en("acuerdo_verificar", acuerdo.folio)
    for nombre, nivel in (("recibo.pdf", "mesa"), ("testigo.pdf", "reservada")):
        datos = {"archivo": SimpleUploadedFile(nombre, PDF + nombre.encode()), "nivel": nivel}
        if nivel == "reservada":
            datos |= {"motivo_de_reserva": "Nombra a un testigo", "revisar_reserva_el": timezone.localdate()}
        como(ana).post(en("evidencia_nueva", acuerdo.folio), datos)
    reportar(acuerdo, autor=ana)
    pagina = como(beto).get(url).content.decode()
    assert "recibo.pdf" in pagina and "testigo.pdf" not in pagina


def test_la_sesion_publica_dice_las_dos_fechas_de_lo_que_se_prorrogo(client, ana, norte):
    sesion = asistir(hacer_sesion(norte, dias=-60))
    primera = timezone.localdate() - dt.timedelta(days=20)
    acuerdo = hacer_acuerdo(sesion, fecha_compromiso=primera)
    cerrar(sesion)
    acuerdo.prorrogas.create(de=primera, al=primera + dt.timedelta(days=90), motivo="Llovió", autor=ana)
    publicar(acuerdo)
    publicar_sesion(sesion)
    pagina = client.get(sesion.url_publica).content.decode()
    assert pagina.count("Antes, para el") == 1


# ── Closing ─────────────────────────────────────────────────────────────────────────────


def test_antes_de_cerrar_se_ve_lo_que_dira_el_acta(como, ana, norte):
    sesion = hacer_sesion(norte, puntos=("Bienvenida", "Luminarias", "Asuntos generales"))
    hacer_acuerdo(sesion, punto=sesion.puntos.get(orden=2))
    asistir(sesion)
    url = en("sesion_cerrar", sesion.pk)
    pagina = como(ana).get(url).content.decode()
    assert "Todavía no se puede cerrar" in pagina and "Cerrar la sesión</button>" not in pagina
    completar_lista(sesion=sesion)
    pagina = como(ana).get(url).content.decode()
    assert "2 puntos no dicen en qué quedaron" in pagina
    assert "1. Bienvenida" in pagina and "2. Luminarias" not in pagina and "Cerrar la sesión</button>" in pagina
    sesion.refresh_from_db()
    assert not sesion.esta_cerrada, "looking closes nothing"
    como(ana).post(url)
    sesion.refresh_from_db()
    assert sesion.esta_cerrada
    assert como(ana).get(url).status_code == 302


def test_sin_integrantes_no_se_cierra_y_al_registrarlos_si(como, ana):
    mesa = hacer_mesa("Sin gente", "09015")
    nombrar(ana.persona, mesa=mesa)
    sesion = hacer_sesion(mesa)
    url = reverse("coordinacion:sesion_cerrar", args=[mesa.slug, sesion.pk])
    assert "no tiene integrantes registrados" in como(ana).post(url).content.decode()
    sesion.refresh_from_db()
    assert not sesion.esta_cerrada
    hacer_integrante(mesa)
    completar_lista(sesion=sesion)
    como(ana).post(url)
    sesion.refresh_from_db()
    assert sesion.esta_cerrada


def test_el_acta_dice_a_que_hora_llego_o_se_fue_cada_quien(como, ana, beto, norte):
    sesion = hacer_sesion(norte)
    asiento = beto.persona.asientos.get()
    anotar(como(ana), ana, sesion, "llegada", integrante=asiento.pk, hora="18:35")
    anotar(como(ana), ana, sesion, "salida", integrante=asiento.pk, hora="19:10")
    completar_lista(sesion=sesion)
    como(ana).post(en("sesion_cerrar", sesion.pk))
    assert "Presente; llegó a las 18:35, se fue a las 19:10" in como(ana).get(en("acta", sesion.pk)).content.decode()
    leida = asistencia_dicha({"persona": {"nombre": "Beto"}, "institucion": None, "tipo": "sin_cargo"})
    assert leida == "Presente", "a minute of before the hours were kept reads as it was"


def asistencia_dicha(fila):
    fila |= {"estado": "presente", "suplente": "", "nivel_suplente": "", "mesa": 1}
    contenido = {"asistencia": [fila], "invitados": [], "coordinacion": None, "mesa": {"id": 1}, "otras_mesas": []}
    dicha = lista(contenido, Mirada(COMPLETA, {}, frozenset(), frozenset()))
    return dicha["asistencia"][0]["como"]


def test_lo_que_se_aprueba_y_se_consiente_queda_en_su_punto_y_no_vuelve_como_pendiente(como, ana, norte):
    anterior = asistir(hacer_sesion(norte, dias=-40))
    acuerdo = hacer_acuerdo(anterior)
    cerrar(anterior)
    sesion = asistir(hacer_sesion(norte, dias=-1, puntos=("Acta anterior", "Qué se publica")))
    sesion.puntos.filter(orden=1).update(origen="acta_anterior")
    acta = anterior.acta
    for _ in range(2):
        como(ana).post(en("acta_aprobar", anterior.pk), {"sesion": sesion.pk, "confirma": "on"})
    publicar(acuerdo, plenaria=sesion.puntos.get(orden=2).sesion)
    del_acta, publicado = sesion.puntos.order_by("orden")
    assert (del_acta.desenlace, acta.folio in del_acta.resumen) == ("decision", True)
    assert del_acta.resumen.count("Se aprobó") == 1
    assert publicado.desenlace == "" and f"Se consintió publicar el acuerdo {acuerdo.folio}." in del_acta.resumen
    cerrar(sesion)
    assert [punto.titulo for punto in lo_pendiente(norte, antes_de=timezone.now())[None].puntos] == ["Qué se publica"]


# ── Objections ──────────────────────────────────────────────────────────────────────────


def test_quien_coordina_se_entera_de_una_objecion_y_es_lo_primero(como, ana, beto, norte):
    sesion = hacer_sesion(norte)
    anotar(como(ana), ana, sesion, "todos", estado="presente")
    como(ana).post(en("sesion_cerrar", sesion.pk))
    como(ana).post(en("acta_enviar", sesion.pk))
    for _ in range(2):
        como(beto).post(en("acta_objetar", sesion.pk), {"punto": "", "texto": "Éramos doce, no once"})
    envio = Envio.objects.get(correo__clave__startswith="objecion:")
    assert envio.correo.para == ana.email and "doce" not in envio.correo.texto
    objecion = sesion.acta.objeciones.get()
    assert en("acta_responder", sesion.pk, objecion.pk) in envio.correo.texto
    tablero = como(ana).get(en("mesa")).content.decode()
    assert "Alguien objeta el acta de Plenaria" in tablero and "1 objeción sin responder" in tablero
    assert "objeci" not in como(beto).get(en("mesa")).content.decode(), "only who answers is asked"
    como(ana).post(en("acta_responder", sesion.pk, objecion.pk), {"acepta": "no", "texto": "La lista dice once"})
    assert "objeci" not in como(ana).get(en("mesa")).content.decode()


# ── Much, little and badly written ──────────────────────────────────────────────────────


def test_quien_tiene_muchas_mesas_busca_la_suya(como, ana, diana, monkeypatch, norte):
    monkeypatch.setattr("comites.views_coordinacion.tablero.POR_HOJA", 3)
    for numero in range(1, 6):
        hacer_mesa(f"Mesa {numero}", f"31{numero:03}")
    primera = como(diana).get(reverse("tablero")).content.decode()
    assert primera.count('class="fila"') == 3 and "Página 1 de 2" in primera and "¿Cuál buscas?" in primera
    hallada = como(diana).get(reverse("tablero"), {"q": "mesa 4"}).content.decode()
    assert "Mesa 4<" in hallada and "Mesa 3<" not in hallada
    assert "Ninguna de tus mesas" in como(diana).get(reverse("tablero"), {"q": "zzz"}).content.decode()
    assert como(ana).get(reverse("tablero")).url == en("mesa")


def test_una_busqueda_demasiado_larga_lo_dice(como, ana, norte):
    respuesta = como(ana).get(en("buscar"), {"q": "x" * 5000})
    assert respuesta.status_code == 400 and "Busca con 120 letras o menos" in respuesta.content.decode()


def test_un_archivo_que_no_es_lo_que_dice_su_nombre_lo_dice(como, ana, norte):
    acuerdo = hacer_acuerdo(sesion := hacer_sesion(norte))
    cerrar(sesion)
    malo = SimpleUploadedFile("acta.pdf", b"<html>")
    pagina = como(ana).post(en("evidencia_nueva", acuerdo.folio), {"archivo": malo, "nivel": "mesa"}).content.decode()
    assert "Se llama .pdf, pero por dentro no lo es" in pagina


def test_lo_que_se_verifica_o_se_retira_dos_veces_dice_que_ya_esta(como, ana, beto, norte):
    acuerdo = hacer_acuerdo(sesion := asistir(hacer_sesion(norte)))
    cerrar(sesion)
    reportar(acuerdo, autor=ana)
    for dice in ("Quedó verificado.", "ya quedó como «cumplido»"):
        datos = {"se_cumplio": "si", "texto": "Lo vi"}
        respuesta = como(beto).post(en("acuerdo_verificar", acuerdo.folio), datos, follow=True)
        assert dice in respuesta.content.decode()
    assert acuerdo.avances.count() == 2
    assert "Anotar algo más" in como(ana).get(en("acuerdo", acuerdo.folio)).content.decode()
    publicar(acuerdo)
    acto = acuerdo.actos.get()
    retirar_publicacion(acto=acto, motivo="Lo pidió la asamblea")
    with pytest.raises(ValidationError):
        retirar_publicacion(acto=acto, motivo="Otra vez")


def test_la_sesion_dice_quien_fue_invitado(como, ana, beto, norte):
    sesion = asistir(hacer_sesion(norte))
    anotar(como(ana), ana, sesion, "invitado", nombre="Visita Prueba", institucion="Cruz Roja")
    cerrar(sesion)
    assert "Visita Prueba" in como(beto).get(en("sesion", sesion.pk)).content.decode()
