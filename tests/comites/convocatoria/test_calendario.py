"""The private calendar: only whoever holds the address reads it, and only while the address and the seat last."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from comites import operaciones
from comites.models import Convocatoria, DireccionDeCalendario, Sesion
from comites.operaciones_calendario import dar_direccion
from comites.operaciones_convocatoria import cancelar_convocatoria, convocar_sesion
from comites.operaciones_publicacion import cambiar_nivel
from tests.fabricas import hacer_integrante, hacer_sesion, nombrar, reservada, unir

pytestmark = pytest.mark.django_db

MIO = "coordinacion:mi_calendario"


@pytest.fixture
def convocada(ana, sesion):
    convocar_sesion(sesion=sesion, autor=ana)
    return sesion


def url_de(usuario):
    return reverse("calendario", args=[dar_direccion(usuario=usuario).clave])


def leer(client, url):
    respuesta = client.get(url)
    assert respuesta.status_code == 200
    return Calendar.from_ical(respuesta.content)


def eventos(client, url):
    return leer(client, url).walk("VEVENT")


def test_beto_pide_su_direccion_y_su_telefono_lee_sus_sesiones(como, client, beto, convocada, settings):
    assert "Darme una dirección" in como(beto).get(reverse(MIO)).content.decode()
    pagina = como(beto).post(reverse("coordinacion:calendario_renovar"), follow=True).content.decode()
    url = f"{settings.PORTAL_URL}{reverse('calendario', args=[DireccionDeCalendario.objects.get().clave])}"
    assert f'value="{url}"' in pagina
    assert url in como(beto).get(reverse(MIO)).content.decode()  # and it can be seen again
    como(None)
    respuesta = client.get(url.removeprefix(settings.PORTAL_URL))
    assert respuesta["Content-Type"].startswith("text/calendar")
    assert "no-store" in respuesta["Cache-Control"] and "noindex" in respuesta["X-Robots-Tag"]
    assert not respuesta.cookies
    [evento] = Calendar.from_ical(respuesta.content).walk("VEVENT")
    assert evento.start == convocada.inicio and str(evento["LOCATION"]) == "Salón de la biblioteca"
    texto = respuesta.content.decode().replace("\r\n ", "")
    assert convocada.get_absolute_url() in texto
    assert "Patrullaje" not in texto and "Ana" not in texto and "ATTENDEE" not in texto


def test_la_base_no_sabe_la_direccion(beto):
    direccion = dar_direccion(usuario=beto)
    with connection.cursor() as cursor:
        cursor.execute("SELECT d::text FROM comites_direcciondecalendario d")
        assert direccion.clave not in cursor.fetchone()[0]


def test_con_otra_llave_del_portal_sigue_abriendo_pero_ya_no_se_muestra(como, client, beto, convocada, settings):
    url = url_de(beto)
    settings.SECRET_KEY = "otra-llave-" + "1" * 50
    assert "ya no podemos mostrártela" in como(beto).get(reverse(MIO)).content.decode()
    como(None)
    assert len(eventos(client, url)) == 1


@pytest.mark.parametrize("clave", ["", "x", "A" * 43, "../admin", "%00", "ñ"])
def test_una_direccion_adivinada_no_existe(client, beto, convocada, clave):
    url_de(beto)
    assert client.get(f"/calendario/{clave}.ics").status_code in (400, 404)


def test_revocada_o_cambiada_la_de_antes_no_abre(como, client, beto, convocada):
    primera = url_de(beto)
    como(beto).post(reverse("coordinacion:calendario_renovar"))
    segunda = reverse("calendario", args=[DireccionDeCalendario.objects.get(revocada_el=None).clave])
    assert [client.get(url).status_code for url in (primera, segunda)] == [404, 200]
    como(beto).post(reverse("coordinacion:calendario_revocar"))
    assert client.get(segunda).status_code == 404
    como(beto).post(reverse("coordinacion:calendario_revocar"))  # replayed: nothing to revoke, and nothing breaks
    assert DireccionDeCalendario.objects.filter(revocada_el=None).count() == 0


def test_lo_revocado_no_vuelve_a_abrir_ni_por_la_base(beto):
    dar_direccion(usuario=beto)
    DireccionDeCalendario.objects.update(revocada_el=timezone.now())
    for cambio in ("revocada_el = NULL", f"huella = '{'0' * 64}'"):
        with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE comites_direcciondecalendario SET {cambio}")
        assert error.value.__cause__.diag.constraint_name == "comites_calendario_revocado"
    dos = (
        "INSERT INTO comites_direcciondecalendario (usuario_id, semilla, huella, creada)"
        " SELECT usuario_id, 'x', repeat(%s, 64), now() FROM comites_direcciondecalendario LIMIT 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(dos, ["a"])
        with pytest.raises(IntegrityError, match="comites_una_direccion_de_calendario"):
            cursor.execute(dos, ["b"])


@pytest.mark.parametrize(("dias", "cuantos"), [(0, 0), (1, 1)])
def test_quien_sale_hoy_de_la_mesa_ya_no_ve_nada(client, beto, convocada, dias, cuantos):
    url = url_de(beto)
    beto.persona.asientos.update(hasta=timezone.localdate() + dt.timedelta(days=dias))
    respuesta = client.get(url)
    assert len(Calendar.from_ical(respuesta.content).walk("VEVENT")) == cuantos
    assert (b"biblioteca" in respuesta.content) == bool(cuantos)


def test_una_cuenta_apagada_o_del_personal_no_abre(como, client, beto, diana, convocada):
    url = url_de(beto)
    type(beto).objects.filter(pk=beto.pk).update(is_active=False)
    assert client.get(url).status_code == 404
    type(beto).objects.filter(pk=beto.pk).update(is_active=True, is_staff=True)
    assert client.get(url).status_code == 404
    with pytest.raises(ValidationError, match="segundo factor"):
        dar_direccion(usuario=diana)
    assert "no tiene calendario privado" in como(diana).get(reverse(MIO)).content.decode()
    como(diana).post(reverse("coordinacion:calendario_renovar"))
    assert not diana.direcciones_de_calendario.exists()


def test_cada_quien_ve_las_de_sus_mesas_y_nadie_las_de_otra(client, ana, beto, carla, sur, convocada):
    suya = hacer_sesion(sur, dias=4, empezar=False)
    convocar_sesion(sesion=suya, autor=carla)
    urls = {"beto": url_de(beto), "carla": url_de(carla)}
    assert [str(e["UID"]) for e in eventos(client, urls["beto"])] == [str(convocada.convocatoria.uid)]
    assert [str(e["UID"]) for e in eventos(client, urls["carla"])] == [str(suya.convocatoria.uid)]
    unir(convocada, sur)
    conjunta = [e for e in eventos(client, urls["carla"]) if str(e["UID"]) == str(convocada.convocatoria.uid)]
    assert f"/coordinacion/sur/sesiones/{convocada.pk}/" in str(conjunta[0]["DESCRIPTION"])


def test_la_coordinacion_estatal_lee_mesas_pero_no_la_convocan_a_todas(client, beto, norte, sur, carla, convocada):
    nombrar(carla.persona, "coordinacion_estatal", entidad=norte.entidad)
    assert eventos(client, url_de(carla)) == []


def test_una_sesion_que_se_reserva_solo_queda_en_el_de_quien_la_registra(client, ana, beto, convocada):
    cambiar_nivel(fila=convocada, **reservada())
    assert [len(eventos(client, url_de(quien))) for quien in (ana, beto)] == [1, 0]


def test_un_borrador_no_aparece_y_lo_cancelado_se_dice(client, ana, beto, sesion):
    url = url_de(beto)
    assert eventos(client, url) == []
    convocar_sesion(sesion=sesion, autor=ana)
    cancelar_convocatoria(sesion=sesion, motivo="No habría quorum", autor=ana)
    [evento] = eventos(client, url)
    assert str(evento["STATUS"]) == "CANCELLED" and "LOCATION" not in evento


def test_un_cambio_que_aun_no_se_avisa_ya_esta_en_el_calendario(client, beto, convocada):
    operaciones.cambiar_datos(
        sesion=convocada, inicio=convocada.inicio, lugar="Casa de cultura", numero=1, numero_anual=1
    )
    assert str(eventos(client, url_de(beto))[0]["LOCATION"]) == "Casa de cultura"


def test_lo_viejo_se_olvida(client, beto, convocada):
    Sesion.objects.update(inicio=timezone.now() - dt.timedelta(days=61))
    assert eventos(client, url_de(beto)) == []


def test_leerlo_no_escribe_y_cuesta_lo_mismo_con_tres_y_con_treinta(client, ana, beto, norte, convocada):
    url = url_de(beto)

    def consultas():
        with CaptureQueriesContext(connection) as contadas:
            assert client.get(url).status_code == 200
        assert not [c for c in contadas if not c["sql"].startswith("SELECT")]
        return len(contadas)

    hacer_integrante(norte)
    con_una = consultas()
    sesiones = [hacer_sesion(norte, dias=dia, empezar=False, puntos=()) for dia in range(10, 40)]
    dicho = convocada.convocatoria.dicho
    ahora = timezone.now()
    Convocatoria.objects.bulk_create(
        Convocatoria(sesion=fila, dicho=dicho, dicho_el=ahora, convocada_el=ahora) for fila in sesiones
    )
    assert consultas() == con_una <= 5
    assert len(eventos(client, url)) == 31


def test_el_lugar_y_la_hora_no_estan_en_nada_publico(client, beto, convocada):
    url_de(beto)
    for nombre, args in (("inicio", []), ("mesa", ["norte"]), ("sitemap", []), ("robots", []), ("mesas", [])):
        contenido = client.get(reverse(nombre, args=args)).content.decode()
        assert "biblioteca" not in contenido and ".ics" not in contenido


def test_las_paginas_piden_entrar_y_los_botones_no_son_enlaces(como, client, beto):
    assert client.get(reverse(MIO)).url.startswith(reverse("account_login"))
    for nombre in ("calendario_renovar", "calendario_revocar"):
        url = reverse(f"coordinacion:{nombre}")
        assert como(None).post(url).url.startswith(reverse("account_login"))
        assert como(beto).get(url).status_code == 405
    assert not DireccionDeCalendario.objects.exists()
