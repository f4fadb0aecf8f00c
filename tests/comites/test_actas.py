"""The life of a minute: taken at the closing, sent, objected, corrected, approved."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from comites import operaciones_actas as operaciones
from comites.actas.cadenas import cadenas_de
from comites.models import Acta, Eslabon, Invitado, Objecion, Sesion
from comites.operaciones import pasar_lista
from comites.operaciones_acuerdos import prorrogar_acuerdo, registrar_avance
from cuentas.models import Correo
from tests.fabricas import (
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_cuenta,
    hacer_integrante,
    hacer_persona,
    hacer_sesion,
)

pytestmark = pytest.mark.django_db


def url(nombre, sesion, *mas):
    return reverse(f"coordinacion:{nombre}", args=[sesion.mesa.slug, sesion.pk, *mas])


def asistio(sesion, usuario):
    pasar_lista(sesion=sesion, integrante=usuario.persona.asientos.get(mesa=sesion.mesa), estado="presente")


@pytest.fixture
def acta(norte, ana, beto):
    """Of a plenaria in which Beto was."""
    sesion = hacer_sesion(norte)
    asistio(sesion, beto)
    hacer_acuerdo(sesion)
    cerrar(sesion, ana)
    return Acta.objects.con_contexto().get()


@pytest.fixture
def enviada(acta):
    operaciones.enviar_borrador(acta=acta)
    acta.refresh_from_db()
    return acta


def contenido(acta):
    return json.loads(acta.eslabon.contenido)


# ── Taken at the closing ─────────────────────────────────────────────────────────────────


def test_al_cerrar_se_levanta_con_lo_que_dicen_las_tablas(norte, ana, beto):
    antes = hacer_sesion(norte, dias=-30)
    viejo = hacer_acuerdo(antes, "Publicar el calendario")
    cerrar(antes)
    viejo.refresh_from_db()
    sesion = hacer_sesion(norte, puntos=("Alumbrado",))
    asistio(sesion, beto)
    autoridad = hacer_integrante(norte, hacer_persona("Hugo Prueba"), con_cargo=True)
    pasar_lista(sesion=sesion, integrante=autoridad, estado="suplente", suplente="Irma Enlace")
    excusada = hacer_integrante(norte, hacer_persona("Julia Prueba"))
    pasar_lista(sesion=sesion, integrante=excusada, estado="justificada", motivo="Cirugía")
    Invitado.objects.create(sesion=sesion, nombre="Karen Visita", institucion="Cruz Roja")
    registrar_avance(
        acuerdo=viejo,
        estado="en_proceso",
        texto="Van seis",
        fecha=timezone.localdate(),
        autor=ana,
        responde=False,
        sesion=sesion,
    )
    prorrogar_acuerdo(
        acuerdo=viejo, al=viejo.vence + dt.timedelta(days=9), motivo="Faltó papel", autor=ana, sesion=sesion
    )
    acuerdo = hacer_acuerdo(sesion, punto=sesion.puntos.get(), cantidad="12.50", unidad="luminarias")
    cerrar(sesion, ana)

    dicho = contenido(sesion.acta)
    assert [(fila["persona"]["nombre"], fila["estado"]) for fila in dicho["asistencia"]] == [
        ("Hugo Prueba", "suplente"),
        ("Ana Prueba", "ausente"),
        ("Beto Prueba", "presente"),
        ("Julia Prueba", "justificada"),
    ]
    assert dicho["asistencia"][0]["suplente"] == "Irma Enlace"
    assert [fila["nombre"] for fila in dicho["invitados"]] == ["Karen Visita"]
    assert [punto["titulo"] for punto in dicho["orden"]] == ["Alumbrado"]
    assert [(uno["folio"], uno["cantidad"]) for uno in dicho["acuerdos"]] == [(acuerdo.folio, "12.5")]
    assert [uno["texto"] for uno in dicho["revisados"]] == ["Van seis", "Faltó papel"]
    assert dicho["coordinacion"]["nombre"] == "Ana Prueba"
    assert "quorum" not in dicho
    assert "Cirugía" not in sesion.acta.eslabon.contenido  # why somebody was excused is not of the minute


def test_si_la_sesion_no_cierra_no_queda_acta(norte, ana):
    sesion = hacer_sesion(norte)
    hacer_acuerdo(sesion, producto="")
    with pytest.raises(ValidationError):
        cerrar(sesion, ana)
    assert not Acta.objects.exists() and not Eslabon.objects.exists()


def test_cada_organo_lleva_su_cadena_y_la_mesa_sus_folios(norte, sur):
    comite = hacer_comite(norte)
    for sesion in (
        hacer_sesion(norte, dias=-9),
        hacer_sesion(norte, comite=comite, dias=-8),
        hacer_sesion(norte, dias=-7),
        hacer_sesion(sur),
    ):
        cerrar(sesion)
    primera, de_comite, segunda, ajena = Eslabon.objects.order_by("pk")
    assert [fila.secuencia for fila in (primera, de_comite, segunda, ajena)] == [1, 1, 2, 1]
    assert segunda.anterior == primera.huella and de_comite.anterior == ajena.anterior == ""
    anio = timezone.localdate().year
    folios = list(Acta.objects.filter(sesion__mesa=norte).order_by("pk").values_list("folio", flat=True))
    assert folios == [f"NORTE-ACTA-{anio}-{n:04d}" for n in (1, 2, 3)]
    assert len(set(Acta.objects.values_list("codigo", flat=True))) == 4


def test_de_un_encuentro_no_hay_acta_y_su_pagina_lo_dice(como, ana, norte):
    sesion = cerrar(hacer_sesion(norte, tipo="encuentro"))
    assert not Acta.objects.exists()
    assert "queda su informe" in como(ana).get(url("acta", sesion)).content.decode()


def test_lo_cerrado_antes_de_las_actas_dice_que_no_tiene_y_nada_se_inventa(como, ana, beto, norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    Sesion.objects.filter(pk=sesion.pk).update(estado="cerrada")  # as a portal without minutes left it
    for direccion in (url("acta", sesion), url("sesion", sesion)):
        assert "antes de que el portal levantara actas" in como(beto).get(direccion).content.decode()
    assert como(ana).get(url("acta_pdf", sesion)).status_code == 404
    for nombre in ("acta_enviar", "acta_adenda", "acta_aprobar", "acta_objetar"):
        assert "no tiene acta" in como(ana).post(url(nombre, sesion), follow=True).content.decode()
    extracto = reverse("coordinacion:extracto", args=["norte", acuerdo.folio])
    assert "No hay de dónde certificarlo" in como(ana).get(extracto).content.decode()
    assert not Acta.objects.exists()


def test_una_sesion_abierta_dice_cuando_tendra_acta(como, ana, norte):
    assert "se levanta al cerrar" in como(ana).get(url("acta", hacer_sesion(norte))).content.decode()


# ── The draft and what is objected ───────────────────────────────────────────────────────


def test_el_borrador_llega_a_quien_estuvo_una_sola_vez_y_sin_contenido(como, ana, beto, acta):
    for _ in range(2):
        assert como(ana).post(url("acta_enviar", acta.sesion)).status_code == 302
    correo = Correo.objects.get()
    assert correo.para == beto.email
    assert url("acta", acta.sesion) in correo.texto and "luminarias" not in correo.texto
    acta.refresh_from_db()
    assert acta.objeciones_hasta == timezone.localdate() + dt.timedelta(days=7)


def test_un_segundo_envio_no_alarga_el_plazo(enviada):
    hasta = enviada.objeciones_hasta
    operaciones.enviar_borrador(acta=enviada)
    enviada.refresh_from_db()
    assert enviada.objeciones_hasta == hasta


def test_objeta_quien_estuvo_y_repetirlo_no_hace_dos(como, ana, beto, enviada):
    datos = {"texto": "Fueron 38", "punto": enviada.sesion.puntos.first().pk}
    for _ in range(2):
        assert como(beto).post(url("acta_objetar", enviada.sesion), datos).status_code == 302
    assert como(ana).post(url("acta_objetar", enviada.sesion), datos).status_code == 403  # she was not there
    objecion = Objecion.objects.get()
    assert (objecion.autor, objecion.punto) == (beto, enviada.sesion.puntos.first())
    assert "Fueron 38" in como(ana).get(url("acta", enviada.sesion)).content.decode()


def test_las_objeciones_las_leen_quien_objeta_y_quien_responde(como, beto, enviada, norte):
    otro, persona = hacer_cuenta("Gema Prueba")
    hacer_integrante(norte, persona)
    operaciones.objetar(acta=enviada, punto=None, texto="Mi objeción", autor=beto)
    assert "Mi objeción" in como(beto).get(url("acta", enviada.sesion)).content.decode()
    assert "Mi objeción" not in como(otro).get(url("acta", enviada.sesion)).content.decode()


@pytest.mark.parametrize(("dias", "cabe"), [(7, True), (8, False)])
def test_el_plazo_incluye_su_ultimo_dia(sin_reglas, enviada, beto, dias, cabe):
    sin_reglas(f"UPDATE comites_acta SET objeciones_hasta = objeciones_hasta - {dias}")
    if cabe:
        assert operaciones.objetar(acta=enviada, punto=None, texto="A tiempo", autor=beto).pk
    else:
        with pytest.raises(ValidationError, match="plazo"):
            operaciones.objetar(acta=enviada, punto=None, texto="Tarde", autor=beto)


def test_antes_de_enviarla_no_se_objeta_y_no_se_pierde_lo_escrito(como, beto, acta):
    pagina = como(beto).post(url("acta_objetar", acta.sesion), {"texto": "Lo que escribí"}).content.decode()
    assert "todavía no se envía" in pagina and "Lo que escribí" in pagina


def test_no_se_objeta_un_punto_de_otra_sesion(como, beto, enviada, norte):
    ajeno = hacer_sesion(norte, dias=-1).puntos.first()
    pagina = como(beto).post(url("acta_objetar", enviada.sesion), {"texto": "X", "punto": ajeno.pk})
    assert pagina.status_code == 200 and not Objecion.objects.exists()


def test_una_objecion_aceptada_es_una_adenda_de_la_misma_cadena(como, ana, beto, enviada):
    objecion = operaciones.objetar(acta=enviada, punto=enviada.sesion.puntos.first(), texto="Fueron 38", autor=beto)
    direccion = url("acta_responder", enviada.sesion, objecion.pk)
    for _ in range(2):
        como(ana).post(direccion, {"acepta": "si", "texto": "Dice 40; son 38."})
    objecion.refresh_from_db()
    assert objecion.estado == "aceptada" and objecion.adenda.punto == objecion.punto
    assert enviada.adendas.count() == 1
    assert objecion.adenda.eslabon.anterior == enviada.eslabon.huella
    assert "Dice 40; son 38." in como(beto).get(url("acta", enviada.sesion)).content.decode()


def test_una_que_no_se_acepta_lleva_el_porque(como, ana, beto, enviada):
    objecion = operaciones.objetar(acta=enviada, punto=None, texto="Estuve", autor=beto)
    direccion = url("acta_responder", enviada.sesion, objecion.pk)
    assert como(ana).post(direccion, {"acepta": "no", "texto": " "}).status_code == 200
    como(ana).post(direccion, {"acepta": "no", "texto": "La lista dice que sí"})
    assert "La lista dice que sí" in como(beto).get(url("acta", enviada.sesion)).content.decode()
    assert not enviada.adendas.exists()


def test_una_objecion_ajena_no_existe_a_traves_de_otra_acta(como, ana, beto, enviada, norte):
    objecion = operaciones.objetar(acta=enviada, punto=None, texto="Estuve", autor=beto)
    otra = cerrar(hacer_sesion(norte, dias=-3), ana)
    assert como(ana).get(url("acta_responder", otra, objecion.pk)).status_code == 404


# ── Approval ─────────────────────────────────────────────────────────────────────────────


def test_la_siguiente_sesion_la_aprueba_desde_su_pagina(como, ana, acta, norte):
    siguiente = hacer_sesion(norte, dias=0)
    assert url("acta_aprobar", acta.sesion) in como(ana).get(url("sesion", siguiente)).content.decode()
    pagina = como(ana).post(url("acta_aprobar", acta.sesion), {"sesion": siguiente.pk}).content.decode()
    assert "no consta nadie que la apruebe" in pagina
    asistir(siguiente)
    como(ana).post(url("acta_aprobar", acta.sesion), {"sesion": siguiente.pk})
    acta.refresh_from_db()
    acta.sesion.refresh_from_db()
    assert (acta.aprobada_en, acta.aprobada_por, acta.sesion.estado) == (siguiente, ana, "aprobada")
    assert "Aprobada en Plenaria, sesión 2" in como(ana).get(url("acta", acta.sesion)).content.decode()
    assert url("acta_aprobar", acta.sesion) not in como(ana).get(url("sesion", siguiente)).content.decode()


def test_no_la_aprueba_otro_organo_ni_una_anterior_ni_una_que_no_empieza(ana, acta, norte, sur):
    for otra in (
        hacer_sesion(norte, comite=hacer_comite(norte), dias=-1),
        hacer_sesion(norte, dias=-20),
        hacer_sesion(norte, dias=3, empezar=False),
        hacer_sesion(sur, dias=-1),
        acta.sesion,
    ):
        with pytest.raises(ValidationError):
            operaciones.aprobar_acta(acta=acta, sesion=otra, autor=ana)
    acta.refresh_from_db()
    assert not acta.esta_aprobada


def test_una_plenaria_aprueba_el_acta_de_un_taller(ana, norte):
    taller = cerrar(hacer_sesion(norte, tipo="taller", dias=-9))
    operaciones.aprobar_acta(acta=taller.acta, sesion=asistir(hacer_sesion(norte, dias=-1)), autor=ana)
    taller.refresh_from_db()
    assert taller.estado == "aprobada"


def test_no_se_aprueba_con_objeciones_sin_responder(como, ana, beto, enviada, norte):
    operaciones.objetar(acta=enviada, punto=None, texto="Falta Luis", autor=beto)
    siguiente = asistir(hacer_sesion(norte, dias=0))
    pagina = como(ana).post(url("acta_aprobar", enviada.sesion), {"sesion": siguiente.pk}).content.decode()
    assert "una objeción sin responder" in pagina
    enviada.refresh_from_db()
    assert not enviada.esta_aprobada


def test_aprobada_ya_no_se_objeta_y_se_corrige_con_adenda(como, ana, beto, enviada, norte):
    operaciones.aprobar_acta(acta=enviada, sesion=asistir(hacer_sesion(norte, dias=0)), autor=ana)
    with pytest.raises(ValidationError, match="adenda"):
        operaciones.objetar(acta=enviada, punto=None, texto="Tarde", autor=beto)
    with pytest.raises(ValidationError, match="aprobada"):
        operaciones.enviar_borrador(acta=enviada)
    como(ana).post(url("acta_adenda", enviada.sesion), {"texto": "El lugar fue la biblioteca."})
    assert "El lugar fue la biblioteca." in como(beto).get(url("acta", enviada.sesion)).content.decode()


# ── The chain ────────────────────────────────────────────────────────────────────────────


def test_la_cadena_se_comprueba_por_orden_y_por_pagina(como, ana, acta, capsys):
    operaciones.agregar_adenda(acta=acta, punto=None, texto="Faltó decir la hora", autor=ana)
    call_command("verificar_actas")
    salida = capsys.readouterr().out
    assert "norte · plenaria: 2 en orden" in salida and "Todo cuadra: 2" in salida
    ultima = Eslabon.objects.get(secuencia=2).huella
    assert ultima in salida
    pagina = como(ana).get(reverse("coordinacion:actas", args=["norte"])).content.decode()
    assert "Todo cuadra" in pagina and ultima in pagina and "1 acta y 1 adenda" in pagina


def test_un_cambio_por_fuera_se_nota(acta, ana, norte, sin_reglas):
    operaciones.agregar_adenda(acta=acta, punto=None, texto="Algo", autor=ana)
    sin_reglas("UPDATE comites_eslabon SET contenido = replace(contenido, 'Doce', 'Dos') WHERE secuencia = 1")
    assert [cadena.rota_en for cadena in cadenas_de(norte)] == [1]
    with pytest.raises(CommandError, match="norte · plenaria: no cuadra en el lugar 1"):
        call_command("verificar_actas")


def test_una_que_falta_se_nota(norte, sin_reglas):
    for dias in (-9, -8, -7):
        cerrar(hacer_sesion(norte, dias=dias))
    sin_reglas(
        "DELETE FROM comites_acta WHERE eslabon_id IN (SELECT id FROM comites_eslabon WHERE secuencia = 2)",
        "DELETE FROM comites_eslabon WHERE secuencia = 2",
    )
    assert [cadena.rota_en for cadena in cadenas_de(norte)] == [3]
    with pytest.raises(CommandError, match="lugar 2"):
        call_command("verificar_actas", "--mesa", "norte")
