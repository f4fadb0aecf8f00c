"""Whoever answers without an account: one link, one agreement, one report."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comites.models import EnlaceParaReportar, Envio, Evidencia, VisitaDeEnlace
from comites.operaciones_enlaces import MAXIMO_DE_VISITAS, resumen_de
from cuentas.models import Correo
from tests.fabricas import cerrar, cumplir, hacer_acuerdo, hacer_integrante, hacer_sesion

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"x" * 500
CORREO = "oficina@seguridad.example"


@pytest.fixture
def acuerdo(norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=None, correo_responsable=CORREO)
    cerrar(sesion)
    acuerdo.refresh_from_db()
    return acuerdo


def de_la_mesa(acuerdo, nombre="enlaces", *args):
    return reverse(f"coordinacion:{nombre}", args=["norte", acuerdo.folio, *args])


def enviar(cliente, acuerdo, para="correo", dias=15):
    """Send one through the page; returns the address that the mail carries."""
    respuesta = cliente.post(de_la_mesa(acuerdo), {"para": para, "dias": dias})
    assert respuesta.status_code == 302, respuesta.content.decode()
    texto = Correo.objects.order_by("-pk").first().texto
    return re.search(r"https?://[^/]+(/reportar/[\w-]+/)", texto)[1]


def situacion():
    return EnlaceParaReportar.objects.latest("pk").situacion


REPORTE = {"estado": "reportado", "texto": "Se instalaron las doce"}


def test_la_autoridad_reporta_sin_cuenta_y_la_mesa_lo_lee(como, ana, beto, acuerdo):
    url = enviar(como(ana), acuerdo)
    anonima = Client(enforce_csrf_checks=True)  # without cookies, as the link of a mail opens
    pagina = anonima.get(url).content.decode()
    assert acuerdo.accion in pagina and acuerdo.producto in pagina
    respuesta = anonima.post(url, REPORTE | {"archivo": SimpleUploadedFile("acuse.pdf", PDF)})
    assert respuesta.status_code == 302
    gracias = anonima.get(url).content.decode()
    assert "Recibimos el reporte" in gracias and acuerdo.accion not in gracias
    acuerdo.refresh_from_db()
    avance = acuerdo.avances.get()
    assert (acuerdo.estado, avance.autor, avance.enlace.avance) == ("reportado", None, avance)
    assert Evidencia.objects.get().subida_por is None
    historia = como(beto).get(de_la_mesa(acuerdo, "acuerdo")).content.decode()
    assert all(texto in historia for texto in ("con el enlace que se le envió", REPORTE["texto"], "acuse.pdf"))
    # And it waits for the second key like any other.
    como(beto).post(de_la_mesa(acuerdo, "acuerdo_verificar"), {"se_cumplio": "si", "texto": "Es así"})
    acuerdo.refresh_from_db()
    assert acuerdo.estado == "cumplido"


def test_el_correo_dice_de_que_es_y_no_nombra_a_nadie(como, ana, acuerdo):
    url = enviar(como(ana), acuerdo)
    envio = Envio.objects.get()
    texto = envio.correo.texto
    assert (envio.motivo, envio.acuerdo, envio.correo.para) == ("enlace", acuerdo, CORREO)
    assert acuerdo.accion in texto and "Norte" in texto and "Ana" not in texto and "&" not in texto
    token = url.split("/")[2]
    assert len(token) >= 43  # 32 random bytes
    enlace = EnlaceParaReportar.objects.get()
    assert enlace.resumen == resumen_de(token) and token not in str(vars(enlace))


def test_la_pagina_no_dice_nada_mas(como, ana, beto, norte, acuerdo):
    otra = hacer_acuerdo(hacer_sesion(norte, dias=-2), "Cambiar la ruta de patrullaje")
    url = enviar(como(ana), acuerdo)
    respuesta = Client().get(url)
    pagina = respuesta.content.decode()
    for ajeno in ("Ana Prueba", "Beto Prueba", otra.accion, otra.folio, acuerdo.folio, CORREO, "/coordinacion/norte"):
        assert ajeno not in pagina, ajeno
    assert respuesta["Referrer-Policy"] == "no-referrer" and "noindex" in respuesta["X-Robots-Tag"]
    assert "no-store" in respuesta["Cache-Control"] and "sessionid" not in respuesta.cookies


def test_se_usa_una_vez(como, ana, acuerdo):
    url = enviar(como(ana), acuerdo)
    Client().post(url, REPORTE)
    otra_vez = Client().post(url, REPORTE | {"texto": "Otra cosa"})
    assert otra_vez.status_code == 200 and "Recibimos el reporte" in otra_vez.content.decode()
    assert acuerdo.avances.count() == 1 and situacion() == "usado"


def test_abrirlo_no_cambia_nada_y_queda_anotado_sin_decir_de_donde(como, ana, acuerdo):
    url = enviar(como(ana), acuerdo)
    for _ in range(3):
        Client().get(url, REMOTE_ADDR="203.0.113.9")
    assert situacion() == "abierto" and not acuerdo.avances.exists()
    assert [v.resultado for v in VisitaDeEnlace.objects.all()] == ["abierto"] * 3
    assert {campo.name for campo in VisitaDeEnlace._meta.fields} == {"id", "enlace", "momento", "resultado"}
    assert "Abierto 3 veces" in como(ana).get(de_la_mesa(acuerdo)).content.decode()


def test_la_bitacora_de_un_enlace_no_crece_sin_fin(como, ana, acuerdo):
    url = enviar(como(ana), acuerdo)
    enlace = EnlaceParaReportar.objects.get()
    VisitaDeEnlace.objects.bulk_create(
        VisitaDeEnlace(enlace=enlace, resultado="abierto") for _ in range(MAXIMO_DE_VISITAS)
    )
    Client().get(url)
    assert enlace.visitas.count() == MAXIMO_DE_VISITAS


def test_lo_incompleto_no_gasta_el_enlace_ni_pierde_lo_escrito(como, ana, acuerdo):
    url = enviar(como(ana), acuerdo)
    malo = SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 90)
    pagina = Client().post(url, {"texto": "Van seis de doce", "archivo": malo}).content.decode()
    assert "Van seis de doce" in pagina and "Di si ya está hecho" in pagina and "no se admite" in pagina
    assert situacion() == "abierto" and VisitaDeEnlace.objects.get().resultado == "incompleto"


def test_no_puede_darlo_por_cumplido(como, ana, acuerdo):
    url = enviar(como(ana), acuerdo)
    for estado in ("cumplido", "cancelado", "no_cumplido", "pendiente"):
        assert Client().post(url, REPORTE | {"estado": estado}).status_code == 200
    assert not acuerdo.avances.exists()


def test_revocado_o_caducado_ya_no_sirve_ni_dice_de_que_era(como, ana, beto, acuerdo):
    revocado = enviar(como(ana), acuerdo)
    enlace = EnlaceParaReportar.objects.get()
    ruta = de_la_mesa(acuerdo, "enlace_revocar", enlace.pk)
    assert como(ana).get(ruta).status_code == 405 and como(beto).post(ruta).status_code == 403
    como(ana).post(ruta)
    caducado = enviar(como(ana), acuerdo)
    with connection.cursor() as cursor:  # a fortnight passes
        tabla = "comites_enlaceparareportar"
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {tabla} DISABLE TRIGGER USER")
        cursor.execute(
            f"UPDATE {tabla} SET creado = creado - interval '30 days', vence = vence - interval '30 days'"
            " WHERE revocado_el IS NULL"
        )
        cursor.execute(f"ALTER TABLE {tabla} ENABLE TRIGGER USER")
    for url, motivo in ((revocado, "lo canceló"), (caducado, "Pasó su fecha")):
        for respuesta in (Client().get(url), Client().post(url, REPORTE)):
            pagina = respuesta.content.decode()
            assert respuesta.status_code == 410 and motivo in pagina and acuerdo.accion not in pagina
    assert not acuerdo.avances.exists()
    assert {v.resultado for v in VisitaDeEnlace.objects.all()} == {"revocado", "caducado"}
    assert como(ana).post(ruta).status_code == 302  # a replayed button says so and breaks nothing


def test_con_el_acuerdo_ya_cerrado_tampoco(como, ana, acuerdo):
    url = enviar(como(ana), acuerdo)
    cumplir(acuerdo)
    assert Client().get(url).status_code == 410 and Client().post(url, REPORTE).status_code == 410
    assert "Ahora no hay qué pedir" in como(ana).get(de_la_mesa(acuerdo)).content.decode()
    como(ana).post(de_la_mesa(acuerdo), {"para": "correo", "dias": 15})
    assert EnlaceParaReportar.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "A" * 43, "../../admin", "ñ" * 43])
def test_uno_adivinado_no_existe(client, acuerdo, token):
    assert client.get(f"/reportar/{token}/").status_code == 404
    assert not VisitaDeEnlace.objects.exists()


def test_el_mismo_destinatario_solo_tiene_uno_abierto(como, ana, acuerdo):
    primero = enviar(como(ana), acuerdo)
    segundo = enviar(como(ana), acuerdo)
    assert Client().get(primero).status_code == 410 and Client().get(segundo).status_code == 200
    assert Correo.objects.count() == 2


def test_se_envia_a_los_correos_de_la_institucion_y_a_ningun_otro(como, ana, norte):
    asiento = hacer_integrante(norte, con_cargo=True)
    asiento.persona.correo = "hugo@seguridad.example"
    asiento.persona.save()
    salio = hacer_integrante(norte, con_cargo=False, hasta=timezone.localdate())
    salio.persona.correo = "antes@seguridad.example"
    salio.persona.save()
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=asiento.institucion)
    cerrar(sesion)
    pagina = como(ana).get(de_la_mesa(acuerdo)).content.decode()
    assert "hugo@seguridad.example" in pagina and "antes@" not in pagina
    url = enviar(como(ana), acuerdo, para=f"a{asiento.pk}")
    Client().post(url, REPORTE)
    assert acuerdo.avances.get().reporta == asiento
    assert como(ana).post(de_la_mesa(acuerdo), {"para": "yo@ejemplo.example", "dias": 15}).status_code == 200
    assert Correo.objects.count() == 1


def test_sin_correo_dice_que_hacer(como, ana, norte):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion)
    assert "No hay a qué correo" in como(ana).get(de_la_mesa(acuerdo)).content.decode()


def test_un_enlace_de_otro_acuerdo_no_se_revoca_desde_este(como, ana, norte, acuerdo):
    enviar(como(ana), acuerdo)
    sesion = hacer_sesion(norte, dias=-2)
    otro = hacer_acuerdo(sesion)
    cerrar(sesion)
    assert como(ana).post(de_la_mesa(otro, "enlace_revocar", EnlaceParaReportar.objects.get().pk)).status_code == 404


@pytest.mark.parametrize(
    ("sql", "regla"),
    [
        ("UPDATE comites_enlaceparareportar SET resumen = 'x'", "comites_se_escribe_una_vez"),
        ("UPDATE comites_enlaceparareportar SET vence = vence + interval '1 year'", "comites_se_escribe_una_vez"),
        ("UPDATE comites_enlaceparareportar SET usado_el = NULL, avance_id = NULL", "comites_enlace_gastado"),
        ("DELETE FROM comites_enlaceparareportar", "comites_se_escribe_una_vez"),
    ],
)
def test_ni_por_sql_se_reusa(como, ana, acuerdo, sql, regla):
    Client().post(enviar(como(ana), acuerdo), REPORTE)
    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert error.value.__cause__.diag.constraint_name == regla


def test_lo_que_pesa_de_mas_se_dice(como, ana, acuerdo):
    url = enviar(como(ana), acuerdo)
    enorme = SimpleUploadedFile("grande.pdf", PDF + b"\0" * (20 * 1024 * 1024))
    pagina = Client().post(url, REPORTE | {"archivo": enorme}).content.decode()
    assert "pesa más de 20 MB" in pagina and "Se instalaron las doce" in pagina
    assert situacion() == "abierto" and dt.timedelta(days=14) < EnlaceParaReportar.objects.get().vence - timezone.now()
