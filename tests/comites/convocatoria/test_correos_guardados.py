"""A first run without a server: what would leave is kept, and each one reads what is theirs."""

import io

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse

from comites.models import Envio
from comites.operaciones_convocatoria import convocar_sesion
from comites.operaciones_envios import enviar
from cuentas.correo_guardado import GuardarYMostrar
from cuentas.models import Correo
from tests.comites.convocatoria.conftest import Calendar
from tests.fabricas import hacer_cuenta, hacer_integrante, hacer_persona

pytestmark = pytest.mark.django_db

CORREOS = "coordinacion:correos"


@pytest.fixture
def guardados(settings, atender, ana, beto, sesion):
    """The call of the session, kept."""
    settings.CORREO_SE_GUARDA = True
    convocar_sesion(sesion=sesion, autor=ana)
    atender()
    assert mail.outbox == []
    return Correo.objects.filter(estado="guardado")


def lista(como, quien):
    return como(quien).get(reverse(CORREOS)).content.decode().split("<main", 1)[1]


def codigo(como, quien, correo):
    return como(quien).get(reverse("coordinacion:correo", args=[correo.pk])).status_code


def mandar(norte, motivo, para, **datos):
    """A message of the mesa with a personal link, as other parts of the desk send them."""
    enlace = "https://portal.example/reportar/secreto/"
    envio = enviar(
        mesa=norte,
        motivo=motivo,
        clave=f"prueba:{motivo}:{para}",
        para=para,
        asunto="Reporta tu acuerdo",
        plantilla="cancelacion",
        contexto={"convocatoria": {"motivo_de_cancelacion": enlace}},
        **datos,
    )
    Correo.objects.update(estado="guardado")
    return envio.correo


def test_quien_recibe_y_quien_registra_leen_la_convocatoria(como, ana, beto, carla, guardados):
    de_beto, de_ana = (guardados.get(para__startswith=quien) for quien in ("beto", "ana"))
    assert [codigo(como, quien, de_beto) for quien in (beto, ana, carla)] == [200, 200, 404]
    assert [codigo(como, quien, de_ana) for quien in (beto, ana, carla)] == [404, 200, 404]
    assert "Beto Prueba" not in lista(como, carla)
    pagina = como(beto).get(reverse("coordinacion:correo", args=[de_beto.pk])).content.decode()
    assert "Salón de la biblioteca" in pagina and "No salió" in pagina
    assert como(None).get(reverse("coordinacion:correo", args=[de_beto.pk])).status_code == 302


def test_el_adjunto_se_descarga_y_solo_por_su_puerta(como, beto, carla, guardados):
    correo = guardados.get(para__startswith="beto")
    adjunto = correo.adjuntos.get()
    url = reverse("coordinacion:correo_adjunto", args=[correo.pk, adjunto.pk])
    respuesta = como(beto).get(url)
    assert respuesta["Content-Disposition"] == 'attachment; filename="sesion.ics"'
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert len(Calendar.from_ical(respuesta.content).walk("VEVENT")) == 1
    assert como(carla).get(url).status_code == 404
    otro = guardados.get(para__startswith="ana")
    assert como(beto).get(reverse("coordinacion:correo_adjunto", args=[otro.pk, adjunto.pk])).status_code == 404


def test_quien_dejo_de_registrar_solo_lee_lo_suyo(como, ana, beto, norte, guardados):
    ana.persona.cargos.all().delete()
    assert [codigo(como, ana, guardados.get(para__startswith=quien)) for quien in ("ana", "beto")] == [200, 404]


@pytest.mark.parametrize("motivo", ["enlace", "recordatorio", "resumen"])
def test_un_enlace_personal_es_solo_de_quien_lo_recibe(como, ana, beto, norte, motivo):
    para_beto = mandar(norte, motivo, beto.email, persona=beto.persona)
    por_su_correo = mandar(norte, motivo, f"otra+{beto.email}", persona=beto.persona)
    sin_persona = mandar(norte, motivo, beto.email.upper())
    for correo in (para_beto, por_su_correo, sin_persona):
        assert [codigo(como, quien, correo) for quien in (beto, ana)] == [200, 404]
    assert "Reporta tu acuerdo" not in lista(como, ana)


def test_un_enlace_para_quien_no_tiene_cuenta_lo_lee_quien_lo_mando(como, ana, beto, carla, norte):
    asiento = hacer_integrante(norte, hacer_persona("Gema Sin Cuenta"))
    correo = mandar(norte, "enlace", "gema@gobierno.example", persona=asiento.persona)
    assert [codigo(como, quien, correo) for quien in (ana, beto, carla)] == [200, 404, 404]


def test_lo_de_una_cuenta_lo_guarda_el_portal_y_lo_lee_solo_ella(como, client, capsys, settings, ana, beto, diana):
    settings.EMAIL_BACKEND = "cuentas.correo_guardado.GuardarYMostrar"
    client.post(reverse("account_reset_password"), {"email": beto.email})
    correo = Correo.objects.get()
    assert (correo.para, correo.estado) == (beto.email, "guardado")
    assert "/cuenta/password/reset/key/" in correo.texto
    assert "/cuenta/password/reset/key/" in capsys.readouterr().out  # for who cannot enter to read it
    assert [codigo(como, quien, correo) for quien in (beto, ana, diana)] == [200, 404, 404]


def test_cada_destinatario_recibe_su_copia():
    mensaje = EmailMessage("Asunto", "Texto", to=["a@portal.example"], cc=["b@portal.example"])
    pantalla = io.StringIO()
    assert GuardarYMostrar(stream=pantalla).send_messages([mensaje]) == 1
    assert set(Correo.objects.values_list("para", "texto")) == {
        ("a@portal.example", "Texto"),
        ("b@portal.example", "Texto"),
    }
    assert "Texto" in pantalla.getvalue()


def test_lo_que_espera_o_salio_no_se_lee_aqui(como, ana, sesion):
    convocar_sesion(sesion=sesion, autor=ana)
    correo = Correo.objects.get()
    for estado, texto in (("en_espera", correo.texto), ("fallido", correo.texto), ("enviado", "")):
        Correo.objects.update(estado=estado, texto=texto)
        assert codigo(como, ana, correo) == 404
    assert "No hay correos guardados" in lista(como, ana)


def test_la_lista_cuesta_lo_mismo_con_tres_y_con_treinta(
    como, ana, norte, guardados, django_assert_num_queries, django_assert_max_num_queries
):
    cliente = como(ana)
    cliente.get(reverse(CORREOS))
    with django_assert_max_num_queries(6) as contadas:
        cliente.get(reverse(CORREOS))
    for numero in range(25):
        _, persona = hacer_cuenta(f"Cuenta {numero}")
        hacer_integrante(norte, persona)
        mandar(norte, "otro", persona.usuario.email, persona=persona)
    with django_assert_num_queries(len(contadas)):
        assert cliente.get(reverse(CORREOS)).status_code == 200
    assert Envio.objects.count() >= 25
