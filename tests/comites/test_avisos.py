"""Reminders: the right person, on the right day, once; what is reserved stays at home; and each one may choose."""

import datetime as dt
import re
import socket

import pytest
from aiosmtpd.controller import Controller
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comites.models import Acuerdo, Envio, PreferenciaDeAvisos
from comites.operaciones_acuerdos import prorrogar_acuerdo, registrar_avance
from comites.operaciones_recordatorios import enviar_recordatorios
from cuentas.models import Correo
from cuentas.tareas import enviar_correos
from mesas.models import Integrante
from tests.fabricas import (
    cerrar,
    hacer_acuerdo,
    hacer_comite,
    hacer_cuenta,
    hacer_institucion,
    hacer_integrante,
    hacer_persona,
    hacer_sesion,
)

pytestmark = pytest.mark.django_db


def dentro(dias):
    return timezone.localdate() + dt.timedelta(days=dias)


def correr(dias=0):
    return enviar_recordatorios(fecha=dentro(dias))


def de_un_integrante(mesa, usuario, *, dias=15, accion="Instalar doce luminarias en el parque", **datos):
    """An agreement in charge of the seat of an account, in a closed session."""
    sesion = datos.pop("sesion", None) or hacer_sesion(mesa)
    datos.setdefault("responsable", usuario.persona.asientos.get() if usuario else None)
    acuerdo = hacer_acuerdo(
        sesion, accion, **({"institucion_responsable": None, "fecha_compromiso": dentro(dias)} | datos)
    )
    cerrar(sesion)
    return acuerdo


def recordatorios():
    return Correo.objects.filter(envio__motivo="recordatorio")


def resumenes():
    return Correo.objects.filter(envio__motivo="resumen")


@pytest.mark.parametrize(
    ("faltan", "dice"),
    [(15, "Faltan 15 días"), (3, "Faltan 3 días"), (0, "Hoy es la fecha"), (13, "Faltan 13 días"), (1, "Falta 1 día")],
)
def test_se_recuerda_con_quince_dias_con_tres_y_el_dia(beto, norte, faltan, dice):
    acuerdo = de_un_integrante(norte, beto, dias=faltan)
    assert correr().recordatorios == 1
    correo = recordatorios().get()
    assert correo.para == beto.email
    assert correo.asunto == f"{dice} para el acuerdo {acuerdo.folio}"
    assert acuerdo.accion in correo.texto and acuerdo.accion not in correo.asunto
    assert reverse("coordinacion:acuerdo", args=["norte", acuerdo.folio]) in correo.texto
    assert (correo.envio.acuerdo, correo.envio.persona, correo.envio.mesa) == (acuerdo, beto.persona, norte)


@pytest.mark.parametrize("faltan", [30, 16, 12, 8, 4, -1])
def test_los_demas_dias_no_se_recuerda(beto, norte, faltan):
    de_un_integrante(norte, beto, dias=faltan)
    assert correr().recordatorios == 0


def test_repetir_el_dia_no_repite_correos_y_cada_plazo_avisa_una_vez(ana, beto, norte):
    acuerdo = de_un_integrante(norte, beto, dias=15)
    assert [correr(dia).recordatorios for dia in (0, 0, 1, 2, 11, 12, 12, 13, 15, 15, 16)] == [
        *(1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0),
    ]
    prorrogar_acuerdo(acuerdo=acuerdo, al=dentro(40), motivo="Faltó cable", autor=ana)
    assert [correr(dia).recordatorios for dia in (16, 25, 25)] == [0, 1, 0]
    assert "ya con prórroga" in recordatorios().latest("pk").texto


def test_lo_ya_reportado_lo_cerrado_y_lo_de_una_sesion_abierta_no_se_recuerda(ana, beto, norte):
    acuerdo = de_un_integrante(norte, beto, dias=3)
    registrar_avance(acuerdo=acuerdo, estado="reportado", texto="Listo", fecha=dentro(0), autor=beto, responde=True)
    sesion = hacer_sesion(norte, dias=-2)
    hacer_acuerdo(
        sesion, fecha_compromiso=dentro(3), institucion_responsable=None, responsable=beto.persona.asientos.get()
    )
    assert correr().recordatorios == 0


def test_a_la_institucion_se_le_avisa_por_quien_la_representa_en_esa_mesa(norte, sur, client):
    fiscalia = hacer_institucion("Fiscalía")
    titular, persona = hacer_cuenta("Titular Prueba")
    hacer_integrante(norte, persona, con_cargo=True, institucion=fiscalia)
    sin_cuenta = hacer_persona("Enlace Prueba")
    sin_cuenta.correo = "enlace@fiscalia.example"
    sin_cuenta.save()
    hacer_integrante(norte, sin_cuenta, con_cargo=True, institucion=fiscalia)
    _, de_otra_mesa = hacer_cuenta("Vecina Prueba")
    hacer_integrante(sur, de_otra_mesa, con_cargo=True, institucion=fiscalia)
    _, que_se_fue = hacer_cuenta("Pasada Prueba")
    hacer_integrante(norte, que_se_fue, con_cargo=True, institucion=fiscalia, hasta=dentro(0))
    acuerdo = de_un_integrante(norte, None, dias=3, institucion_responsable=fiscalia)
    correr()
    assert {correo.para for correo in recordatorios()} == {titular.email, "enlace@fiscalia.example"}
    de_quien_no_tiene_cuenta = recordatorios().get(para="enlace@fiscalia.example").texto
    assert "/coordinacion/" not in de_quien_no_tiene_cuenta
    [ruta] = re.findall(r"http://127\.0\.0\.1:8000(/reportar/\S+)", de_quien_no_tiene_cuenta)
    assert acuerdo.accion in client.get(ruta).content.decode()


def test_quien_no_tiene_cuenta_lo_recibe_en_su_correo(norte):
    acuerdo = de_un_integrante(norte, None, correo_responsable="Oficina@gobierno.example", dias=3)
    correr()
    correo = recordatorios().get()
    assert (correo.para, correo.envio.persona, correo.envio.acuerdo) == ("oficina@gobierno.example", None, acuerdo)
    assert "oficina" not in correo.clave


def test_a_quien_dejo_la_mesa_no_le_llega_y_la_orden_lo_dice(beto, norte, capsys):
    de_un_integrante(norte, beto, dias=3)
    Integrante.objects.filter(persona=beto.persona).update(hasta=dentro(0))
    call_command("enviar_recordatorios", fecha=dentro(0).isoformat())
    assert recordatorios().count() == 0
    salida = capsys.readouterr().out
    assert "sin nadie a quién avisar: 1" in salida and "beto" not in salida.lower()


def test_una_fecha_mal_escrita_se_dice(db):
    with pytest.raises(CommandError, match="AAAA-MM-DD"):
        call_command("enviar_recordatorios", fecha="mañana")


@pytest.mark.parametrize("donde", ["acuerdo", "punto", "sesion"])
def test_lo_reservado_no_viaja_por_correo(ana, beto, norte, donde):
    sesion = hacer_sesion(norte)
    punto = sesion.puntos.first() if donde == "punto" else None
    acuerdo = de_un_integrante(
        norte, beto, dias=3, accion="Lo que nadie debe leer", producto="Secreto", sesion=sesion, punto=punto
    )
    fila = {"acuerdo": acuerdo, "punto": punto, "sesion": sesion}[donde]
    type(fila).objects.filter(pk=fila.pk).update(
        nivel="reservada", motivo_de_reserva="Por seguridad", revisar_reserva_el=dentro(90)
    )
    correr()
    correr(8)
    textos = "".join(correo.asunto + correo.texto for correo in Correo.objects.all())
    assert acuerdo.folio in textos
    assert "nadie debe leer" not in textos and "Secreto" not in textos


def test_el_resumen_de_la_semana_llega_una_vez_a_quien_coordina_y_a_quien_responde(ana, beto, carla, norte):
    acuerdo = de_un_integrante(norte, beto, dias=-5)
    lunes = timezone.localdate() + dt.timedelta(days=7 - timezone.localdate().weekday())
    for dia in range(7):
        enviar_recordatorios(fecha=lunes + dt.timedelta(days=dia))
    assert {correo.para for correo in resumenes()} == {ana.email, beto.email}
    assert all(acuerdo.accion in correo.texto for correo in resumenes())
    enviar_recordatorios(fecha=lunes + dt.timedelta(days=7))
    assert resumenes().count() == 4


def test_quien_coordina_y_responde_recibe_un_solo_resumen_con_lo_que_espera_verificacion(ana, beto, norte):
    de_un_integrante(norte, ana, dias=-5)
    otro = de_un_integrante(norte, beto, dias=-4, accion="Entregar el padrón")
    registrar_avance(acuerdo=otro, estado="reportado", texto="Listo", fecha=dentro(0), autor=beto, responde=True)
    correr()
    correo = resumenes().get()
    assert correo.para == ana.email
    assert "2 acuerdos pasaron" in correo.asunto and "falta que alguien más lo verifique" in correo.texto


def test_quien_coordina_un_comite_recibe_lo_de_su_comite(ana, norte):
    dora, persona = hacer_cuenta("Dora Prueba")
    hacer_integrante(norte, persona)
    comite = hacer_comite(norte, persona=persona)
    de_un_integrante(norte, ana, dias=-5, accion="Lo de la plenaria")
    de_un_integrante(norte, ana, dias=-5, accion="Lo del comité", sesion=hacer_sesion(norte, comite=comite))
    correr()
    texto = resumenes().get(para=dora.email).texto
    assert "Lo del comité" in texto and "Lo de la plenaria" not in texto


def test_un_cargo_que_termino_no_recibe_el_resumen(ana, beto, norte):
    de_un_integrante(norte, beto, dias=-5)
    ana.persona.cargos.update(hasta=dentro(0))
    correr()
    assert [correo.para for correo in resumenes()] == [beto.email]


def test_una_cuenta_cerrada_no_recibe_nada(ana, beto, norte):
    de_un_integrante(norte, beto, dias=3)
    type(beto).objects.filter(pk=beto.pk).update(is_active=False)
    assert correr().sin_destinatario == 1
    assert recordatorios().count() == 0


# ── Choosing ────────────────────────────────────────────────────────────────────────────


def enlace_de_baja(correo):
    return re.search(r"/avisos/[^\s]+", correo.texto)[0]


def test_el_enlace_de_baja_no_cambia_nada_hasta_que_se_oprime_el_boton(client, beto, norte):
    de_un_integrante(norte, beto, dias=15)
    correr()
    url = enlace_de_baja(recordatorios().get())
    html = client.get(url).content.decode()
    assert "Beto" not in html and beto.email not in html and "luminarias" not in html
    assert PreferenciaDeAvisos.objects.get().el_dia
    assert client.post(url, {"ninguno": "1"}).status_code == 302
    assert correr(12).recordatorios == 0
    assert client.post(url, {"tres_dias": "on"}).status_code == 302
    assert [correr(dia).recordatorios for dia in (12, 15)] == [1, 0]


def test_quien_no_tiene_cuenta_tambien_puede_dejar_de_recibirlos(client, norte):
    de_un_integrante(norte, None, correo_responsable="oficina@gobierno.example", dias=15)
    correr()
    client.post(enlace_de_baja(recordatorios().get()), {"ninguno": "1"})
    assert correr(12).recordatorios == 0
    assert correr(30).resumenes == 0


def test_un_enlace_que_nadie_firmo_no_existe(client, beto, norte):
    de_un_integrante(norte, beto, dias=15)
    correr()
    bueno = enlace_de_baja(recordatorios().get())
    pk = PreferenciaDeAvisos.objects.get().pk
    for malo in (f"/avisos/{pk}/", f"/avisos/{pk}.x/", bueno.replace(f"{pk}.", f"{pk + 1}."), "/avisos/x.y/"):
        assert client.post(malo, {"ninguno": "1"}).status_code == 404
    PreferenciaDeAvisos.objects.all().delete()
    assert client.get(bueno).status_code == 404


def test_cada_quien_elige_los_suyos_en_su_cuenta(como, ana, beto, norte):
    url = reverse("coordinacion:avisos")
    assert como(None).get(url).url.startswith(reverse("account_login"))
    assert como(beto).get(url).status_code == 200
    assert PreferenciaDeAvisos.objects.count() == 0, "mirar no escribe"
    como(beto).post(url, {"el_dia": "on"})
    suya = PreferenciaDeAvisos.objects.get()
    assert (suya.persona, suya.quince_dias, suya.tres_dias, suya.el_dia, suya.resumen) == (
        beto.persona,
        *(False, False, True, False),
    )
    sola = type(beto).objects.create_user("sola@portal.example", "una-clave-de-prueba-larga")
    assert "no es de una persona" in como(sola).get(url).content.decode()
    assert como(sola).post(url, {"el_dia": "on"}).status_code == 200
    assert PreferenciaDeAvisos.objects.count() == 1


@pytest.mark.parametrize(
    ("nombre", "valores"),
    [
        ("comites_avisos_de_alguien", "NULL, ''"),
        ("comites_avisos_de_alguien", "{persona}, 'a@b.example'"),
        ("comites_avisos_en_minusculas", "NULL, 'A@b.example'"),
        ("comites_avisos_correo_unico", "NULL, 'ya@esta.example'"),
    ],
)
def test_la_base_sostiene_de_quien_son_los_avisos(nombre, valores):
    PreferenciaDeAvisos.objects.create(correo="ya@esta.example")
    valores = valores.format(persona=hacer_persona().pk)
    with pytest.raises(IntegrityError, match=nombre), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO comites_preferenciadeavisos (persona_id, correo) VALUES ({valores})")


# ── Many ────────────────────────────────────────────────────────────────────────────────


def muchos(mesa, cuantos, *, vencidos=True):
    sesion = hacer_sesion(mesa, dias=-3 - Acuerdo.objects.count())
    for numero in range(cuantos):
        hacer_acuerdo(
            sesion,
            f"Instalar la cámara {numero}",
            institucion_responsable=None,
            correo_responsable=f"oficina{numero}@gobierno.example",
            fecha_compromiso=dentro(-3 if vencidos and numero % 2 == 0 else 3),
        )
    cerrar(sesion)


def test_el_numero_de_consultas_no_crece_con_los_recordatorios(ana, norte):
    muchos(norte, 3)
    with CaptureQueriesContext(connection) as con_tres:
        correr()
    PreferenciaDeAvisos.objects.all().delete()
    muchos(norte, 30)
    with CaptureQueriesContext(connection) as con_treinta:
        assert correr().recordatorios == 15
    assert len(con_treinta) == len(con_tres)


class Buzon:
    """A server that counts connections and refuses some addresses."""

    def __init__(self):
        self.recibidos, self.saludos = [], 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.saludos += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("lleno"):
            return "452 buzon lleno"
        self.recibidos.append(envelope.rcpt_tos[0])
        return "250 OK"


@pytest.fixture
def servidor(settings):
    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]
    settings.CORREO_SE_GUARDA = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", puerto
    buzon = Buzon()
    control = Controller(buzon, hostname="127.0.0.1", port=puerto)
    control.start()
    yield buzon
    if control.server:
        control.stop()


def tandas():
    return list(DBTaskResult.objects.filter(task_path__endswith=".enviar_correos", status="READY"))


def test_muchos_salen_por_una_conexion_y_lo_que_rebota_espera_su_turno(servidor, norte):
    sesion = hacer_sesion(norte)
    for nombre in ("uno", "lleno", "tres"):
        hacer_acuerdo(
            sesion,
            institucion_responsable=None,
            correo_responsable=f"{nombre}@gobierno.example",
            fecha_compromiso=dentro(3),
        )
    cerrar(sesion)
    correr()
    [tanda] = tandas()
    assert enviar_correos.call(*tanda.args_kwargs["args"]) == 2
    assert sorted(servidor.recibidos) == ["tres@gobierno.example", "uno@gobierno.example"]
    assert servidor.saludos == 2, "una conexión, y otra después del rechazo"
    assert (
        set(Correo.objects.values_list("para", "estado"))
        == {
            ("uno@gobierno.example", "enviado"),
            ("lleno@gobierno.example", "fallido"),
            ("tres@gobierno.example", "enviado"),
        }
        or Correo.objects.get(para__startswith="lleno").estado == "en_espera"
    )
    assert enviar_correos.call(*tanda.args_kwargs["args"]) == 0, "repetida, no repite"


def test_sin_servidor_que_conteste_el_resto_espera_sin_probar_uno_por_uno(settings, norte):
    with socket.create_server(("127.0.0.1", 0)) as libre:
        puerto = libre.getsockname()[1]
    settings.CORREO_SE_GUARDA = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", puerto
    muchos(norte, 6, vencidos=False)
    correr()
    [tanda] = tandas()
    assert enviar_correos.call(*tanda.args_kwargs["args"]) == 0
    assert list(Correo.objects.order_by("pk").values_list("intentos", flat=True)) == [
        1,
        *[0] * (Correo.objects.count() - 1),
    ]
    [otra] = [fila for fila in tandas() if fila.pk != tanda.pk]
    assert otra.run_after > timezone.now()
    assert otra.args_kwargs["args"] == [tanda.args_kwargs["args"][0][1:]]
    assert Envio.objects.count() == Correo.objects.filter(estado="en_espera").count()
