"""A session while it meets, written from a phone: each write once, and nobody overwrites in silence."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comites import operaciones, operaciones_acuerdos
from comites.models import Acuerdo, Asistencia, Captura
from comites.operaciones_capturas import Resultado, capturar
from comites.operaciones_lista import invitar
from tests.comites.anotaciones import anotar
from tests.fabricas import cerrar, hacer_acuerdo, hacer_cuenta, hacer_integrante, hacer_sesion, nombrar
from tests.mesas.test_carreras import carrera

pytestmark = pytest.mark.django_db


@pytest.fixture
def sesion(norte, ana):
    return hacer_sesion(norte, dias=0)


def pagina(cliente, sesion, nombre="modo"):
    return cliente.get(reverse(f"coordinacion:{nombre}", args=["norte", sesion.pk])).content.decode()


def asiento_de(usuario):
    return usuario.persona.asientos.get().pk


# ── Each write once ─────────────────────────────────────────────────────────────────────


def test_lo_mismo_dos_veces_se_hace_una_y_se_contesta_igual(como, ana, sesion):
    cliente, clave = como(ana), uuid4()
    respuestas = [
        anotar(cliente, ana, sesion, "invitado", fetch=True, clave=clave, nombre="Visita", institucion="Cámara")
        for _ in range(3)
    ]
    assert [r.status_code for r in respuestas] == [200, 200, 200]
    assert len({r.content for r in respuestas}) == 1
    assert list(sesion.invitados.values_list("nombre", "institucion")) == [("Visita", "Cámara")]


def test_un_acuerdo_reenviado_tras_cambiar_de_version_no_se_toma_por_un_choque(como, ana, beto, sesion):
    """The answer was lost; meanwhile the row went on. The second try finds what was done, not a clash."""
    cliente, clave = como(ana), uuid4()
    datos = {"integrante": asiento_de(beto), "estado": "ausente", "version": 0}
    primera = anotar(cliente, ana, sesion, "asistencia", fetch=True, clave=clave, **datos)
    anotar(cliente, ana, sesion, "asistencia", integrante=asiento_de(beto), estado="presente", version=1)
    segunda = anotar(cliente, ana, sesion, "asistencia", fetch=True, clave=clave, **datos)
    assert (segunda.status_code, segunda.content) == (200, primera.content)
    assert Asistencia.objects.get().estado == "presente"


@pytest.mark.django_db(transaction=True)
def test_la_misma_clave_a_la_vez_en_dos_conexiones_se_hace_una_vez(sesion, ana):
    clave, respuestas = uuid4(), []

    def invitar_a_visita():
        invitar(sesion=sesion, nombre="Visita")
        return Resultado("invitado", "Anotado.", "invitados")

    def una():
        respuestas.append(
            capturar(clave=clave, sesion=sesion, autor=ana, que="invitado", huella="x", hacer=invitar_a_visita)
        )

    assert carrera(una, una) is None
    assert respuestas[0] == respuestas[1] and sesion.invitados.count() == 1


def test_una_clave_usada_no_guarda_otra_cosa_ni_la_pierde(como, ana, sesion):
    """Back in the browser, other text, same form: answering «done» would lose it."""
    cliente, clave = como(ana), uuid4()
    anotar(cliente, ana, sesion, "invitado", clave=clave, nombre="Primera")
    respuesta = anotar(cliente, ana, sesion, "invitado", clave=clave, nombre="Segunda")
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422 and 'value="Segunda"' in texto and str(clave) not in texto
    assert list(sesion.invitados.values_list("nombre", flat=True)) == ["Primera"]


def test_la_clave_de_otra_persona_no_cuenta_lo_que_escribio(como, ana, norte, sesion):
    otra, persona = hacer_cuenta("Inés Prueba")
    hacer_integrante(norte, persona)
    nombrar(persona, "secretaria_tecnica", mesa=norte)
    clave = uuid4()
    anotar(como(ana), ana, sesion, "invitado", clave=clave, nombre="Visita")
    respuesta = anotar(como(otra), otra, sesion, "invitado", fetch=True, clave=clave, nombre="Visita")
    assert respuesta.status_code == 422 and "versiones" not in respuesta.json()


def test_lo_que_escribio_una_cuenta_no_lo_firma_otra(como, ana, beto, sesion):
    """A page left open on a shared phone, and somebody else logged in since."""
    respuesta = anotar(como(ana), ana, sesion, "invitado", fetch=True, quien=beto.pk, nombre="Visita")
    assert respuesta.status_code == 403
    assert not sesion.invitados.exists() and not Captura.objects.exists()


def test_lo_rechazado_no_gasta_la_clave(como, ana, sesion):
    cliente, clave = como(ana), uuid4()
    mala = anotar(cliente, ana, sesion, "acuerdo", fetch=True, clave=clave, accion="", fecha_compromiso="2099-13-01")
    assert mala.status_code == 422 and "Escribe la fecha como" in mala.json()["html"]
    buena = anotar(cliente, ana, sesion, "acuerdo", fetch=True, clave=clave, accion="Instalar una cámara")
    assert buena.status_code == 200 and Acuerdo.objects.get().accion == "Instalar una cámara"


def test_la_respuesta_guardada_no_repite_lo_escrito(como, ana, sesion):
    anotar(como(ana), ana, sesion, "invitado", nombre="Nombre Delicado")
    anotar(como(ana), ana, sesion, "acuerdo", accion="Texto delicado")
    assert "elicado" not in str(list(Captura.objects.values()))


# ── Nobody overwrites in silence ────────────────────────────────────────────────────────


def test_dos_que_anotan_el_mismo_punto_ven_las_dos_versiones(como, ana, sesion):
    cliente, punto = como(ana), sesion.puntos.first()
    primera = {"punto": punto.pk, "desenlace": "decision", "resumen": "Se aprobó el calendario", "version": 0}
    anotar(cliente, ana, sesion, "desenlace", **primera)
    respuesta = anotar(cliente, ana, sesion, "desenlace", **primera | {"resumen": "No se aprobó nada"})
    texto = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Se aprobó el calendario" in texto and "No se aprobó nada" in texto and 'name="version" value="1"' in texto
    punto.refresh_from_db()
    assert punto.resumen == "Se aprobó el calendario"
    anotar(cliente, ana, sesion, "desenlace", **primera | {"resumen": "No se aprobó nada", "version": 1})
    punto.refresh_from_db()
    assert (punto.resumen, punto.version) == ("No se aprobó nada", 2)


def test_decir_lo_mismo_que_ya_esta_no_es_un_choque(como, ana, beto, sesion):
    for _ in range(2):
        datos = {"integrante": asiento_de(beto), "estado": "presente", "version": 0}
        assert anotar(como(ana), ana, sesion, "asistencia", fetch=True, **datos).status_code == 200


def test_la_hoja_de_la_lista_tampoco_pisa_lo_que_otro_anoto(como, ana, beto, sesion):
    uno, otro = asiento_de(beto), asiento_de(ana)
    operaciones.pasar_lista(
        sesion=sesion, integrante=beto.persona.asientos.get(), estado="suplente", suplente="Laura", nivel_suplente=""
    )
    hoja = {f"estado-{uno}": "ausente", f"version-{uno}": 0, f"estado-{otro}": "presente", f"version-{otro}": 0}
    respuesta = anotar(como(ana), ana, sesion, "lista", fetch=True, **hoja)
    html = respuesta.json()["html"]
    assert respuesta.status_code == 409 and "Suplente: Laura" in html and f'name="version-{uno}" value="1"' in html
    assert sesion.asistencias.count() == 1
    assert anotar(como(ana), ana, sesion, "lista", fetch=True, **hoja | {f"version-{uno}": 1}).status_code == 200
    assert set(sesion.asistencias.values_list("integrante", "estado")) == {(uno, "ausente"), (otro, "presente")}


def test_la_respuesta_dice_las_versiones_para_lo_que_sigue_en_la_cola(como, ana, beto, sesion):
    pk = asiento_de(beto)
    respuesta = anotar(como(ana), ana, sesion, "todos", fetch=True, estado="presente")
    assert respuesta.json()["versiones"][f"asistencia:{pk}"] == [0, 1]
    respuesta = anotar(como(ana), ana, sesion, "asistencia", fetch=True, integrante=pk, estado="ausente", version=1)
    assert respuesta.json()["versiones"] == {f"asistencia:{pk}": [1, 2]}


def test_un_acuerdo_de_hoy_se_completa_y_choca_si_otro_lo_cambio(como, ana, sesion):
    acuerdo = hacer_acuerdo(sesion, "Pintar el paso", producto="")
    quien = f"i{asiento_de(ana)}"
    datos = {"folio": acuerdo.folio, "accion": "Pintar el paso", "producto": "Un paso pintado", "quien_responde": quien}
    assert anotar(como(ana), ana, sesion, "completar", fetch=True, version=0, **datos).status_code == 200
    acuerdo.refresh_from_db()
    assert (acuerdo.producto, acuerdo.responsable_id, acuerdo.institucion_responsable) == (
        "Un paso pintado",
        asiento_de(ana),
        None,
    )
    otra = anotar(como(ana), ana, sesion, "completar", fetch=True, version=0, **datos | {"producto": "Dos pasos"})
    assert otra.status_code == 409 and "Un paso pintado" in otra.json()["html"]


# ── Doors and states ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("que", ["inexistente", "Asistencia"])
def test_una_escritura_que_no_existe(como, ana, sesion, que):
    assert anotar(como(ana), ana, sesion, que).status_code == 404


def test_en_una_sesion_cerrada_no_entra_nada_y_lo_escrito_vuelve(como, ana, sesion):
    cerrar(sesion)
    respuesta = anotar(como(ana), ana, sesion, "acuerdo", accion="Llegó tarde el aviso")
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422 and "ya no cambia" in texto and "Llegó tarde el aviso" in texto
    assert como(ana).get(reverse("coordinacion:modo", args=["norte", sesion.pk])).url == sesion.get_absolute_url()


def test_lo_enviado_antes_de_cerrar_se_contesta_despues(como, ana, sesion):
    cliente, clave = como(ana), uuid4()
    anotar(cliente, ana, sesion, "invitado", fetch=True, clave=clave, nombre="Visita")
    cerrar(sesion)
    assert anotar(cliente, ana, sesion, "invitado", fetch=True, clave=clave, nombre="Visita").status_code == 200


def test_si_la_cuenta_salio_sin_javascript_lo_escrito_vuelve_para_copiarlo(client, ana, sesion):
    respuesta = anotar(client, ana, sesion, "desenlace", punto=1, resumen="Dos horas de discusión")
    assert respuesta.status_code == 401 and "Dos horas de discusión" in respuesta.content.decode()
    con_javascript = anotar(client, ana, sesion, "desenlace", fetch=True, punto=1, resumen="Dos horas de discusión")
    assert con_javascript.status_code == 302


@pytest.mark.parametrize(("nombre", "campo"), [("punto", "resumen"), ("acuerdo_corregir", "producto")])
def test_las_paginas_de_antes_tampoco_pisan_en_silencio(como, ana, sesion, nombre, campo):
    acuerdo, punto = hacer_acuerdo(sesion), sesion.puntos.first()
    de_punto = {"titulo": punto.titulo, "desenlace": "", "nivel": "mesa"}
    de_acuerdo = {"accion": acuerdo.accion, "nivel": "mesa"}
    args = [sesion.pk, punto.orden] if nombre == "punto" else [acuerdo.folio]
    datos = (de_punto if nombre == "punto" else de_acuerdo) | {"version": 0}
    url, cliente = reverse(f"coordinacion:{nombre}", args=["norte", *args]), como(ana)
    assert 'name="version" value="0"' in cliente.get(url).content.decode()
    assert cliente.post(url, datos | {campo: "Lo primero"}).status_code == 302
    choque = cliente.post(url, datos | {campo: "Lo segundo"}).content.decode()
    assert "Lo primero" in choque and "Lo segundo" in choque and 'name="version" value="1"' in choque
    fila = punto if nombre == "punto" else acuerdo
    fila.refresh_from_db()
    assert getattr(fila, campo) == "Lo primero"
    assert cliente.post(url, datos | {campo: "Lo segundo", "version": 1}).status_code == 302


def test_la_cita_que_otra_persona_cambio_no_se_pisa_en_silencio(como, ana, diana, norte):
    sesion = hacer_sesion(norte, dias=3, empezar=False)
    url = reverse("coordinacion:sesion_datos", args=["norte", sesion.pk])
    assert 'name="version" value="0"' in como(ana).get(url).content.decode()
    datos = {"inicio_0": sesion.dia.isoformat(), "inicio_1": "18:00", "version": 0}
    assert como(diana).post(url, datos | {"lugar": "Biblioteca", "inicio_1": "17:30"}).status_code == 302
    choque = como(ana).post(url, datos | {"lugar": "CIMA"}).content.decode()
    assert all(dicho in choque for dicho in ("Biblioteca", "CIMA", "17:30", "18:00", 'name="version" value="1"'))
    assert "Alguien más cambió esto" in choque and "Número de sesión: Alguien más" not in choque
    sesion.refresh_from_db()
    assert sesion.lugar == "Biblioteca"
    assert como(ana).post(url, datos | {"lugar": "CIMA", "version": 1}).status_code == 302


def test_el_pulso_calla_si_nadie_escribio_y_trae_lo_de_otros(como, ana, sesion):
    cliente, url = como(ana), reverse("coordinacion:modo_pulso", args=["norte", sesion.pk])
    marca = cliente.get(url)["X-Pulso"]
    assert cliente.get(url, {"visto": marca}).status_code == 204
    operaciones.agregar_punto(sesion=sesion, titulo="Asunto que agregó otra persona")
    despues = cliente.get(url, {"visto": marca})
    assert despues.status_code == 200 and "Asunto que agregó otra persona" in despues.content.decode()
    marca = despues["X-Pulso"]
    sesion.puntos.order_by("orden").last().delete()  # one taken away and another in its place
    operaciones.agregar_punto(sesion=sesion, titulo="Otro asunto")
    assert cliente.get(url, {"visto": marca}).status_code == 200
    cerrar(sesion)
    assert cliente.get(url)["X-Cerrada"] == "si"


def test_la_llave_de_la_cola_es_de_cada_cuenta_y_de_cada_sesion(como, ana, diana, norte, sesion):
    otra = hacer_sesion(norte, dias=-1)
    llaves = {
        pagina(como(quien), una).split('data-llave="')[1][:64] for quien in (ana, diana) for una in (sesion, otra)
    }
    assert len(llaves) == 4


def test_el_modo_cuesta_lo_mismo_con_tres_y_con_treinta(como, ana, norte, sesion):
    def poblar(cuantos):
        for _ in range(cuantos):
            hacer_integrante(norte, con_cargo=True)
            hacer_acuerdo(sesion)
            operaciones_acuerdos.registrar_acuerdo(sesion=pasada, accion="Instalar")
            operaciones.agregar_punto(sesion=sesion, titulo="Otro")

    pasada, cliente = hacer_sesion(norte, dias=-9), como(ana)
    consultas = []
    for cuantos in (3, 27):
        poblar(cuantos)
        with CaptureQueriesContext(connection) as contadas:
            pagina(cliente, sesion)
        consultas.append(len(contadas))
    assert consultas[0] == consultas[1] <= 12
