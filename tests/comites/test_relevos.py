"""Changes of government: told in time, to whoever coordinates, with a dossier that carries no name and no secret."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comites import operaciones
from comites.expedientes.contenido import contenido
from comites.expedientes.documento import pdf_de_expediente
from comites.models import Acuerdo, Asistencia, Sesion
from comites.operaciones_acuerdos import prorrogar_acuerdo, registrar_avance
from comites.operaciones_recordatorios import enviar_recordatorios
from cuentas.models import Correo
from mesas.models import PeriodoDeGobierno
from mesas.operaciones_periodos import registrar_periodo
from tests.fabricas import (
    cerrar,
    hacer_acuerdo,
    hacer_institucion,
    hacer_integrante,
    hacer_persona,
    hacer_sesion,
)

pytestmark = pytest.mark.django_db


def dentro(dias):
    return timezone.localdate() + dt.timedelta(days=dias)


@pytest.fixture
def policia(norte):
    """An authority of Norte with one seat."""
    institucion = hacer_institucion("Seguridad Pública Municipal")
    hacer_integrante(norte, hacer_persona("Comandante Prueba"), con_cargo=True, institucion=institucion)
    return institucion


@pytest.fixture
def con_acuerdos(norte, policia):
    """One agreement of the institution, one of its official, one of nobody there and one that is reserved."""
    sesion = hacer_sesion(norte)
    asiento = policia.integrantes.get()
    operaciones.pasar_lista(sesion=sesion, integrante=asiento, estado="suplente", suplente="Enlace Prueba")
    Asistencia.objects.update(nivel_suplente="operativo")
    de = {
        "institución": hacer_acuerdo(sesion, "Instalar cámaras", institucion_responsable=policia),
        "funcionario": hacer_acuerdo(sesion, "Entregar el padrón", institucion_responsable=None, responsable=asiento),
        "otra": hacer_acuerdo(sesion, "Pintar la escuela"),
        "reservado": hacer_acuerdo(sesion, "Lo que nadie debe leer", institucion_responsable=policia),
    }
    cerrar(sesion)
    Acuerdo.objects.filter(pk=de["reservado"].pk).update(
        nivel="reservada", motivo_de_reserva="Por seguridad", revisar_reserva_el=dentro(90)
    )
    return de


def terminar(institucion, dias, **datos):
    return registrar_periodo(instituciones=[institucion], nombre="Ayuntamiento 2024–2027", hasta=dentro(dias), **datos)[
        0
    ]


def pagina(client):
    respuesta = client.get(reverse("coordinacion:relevos", args=["norte"]))
    assert respuesta.status_code == 200
    return respuesta.content.decode().split("<main", 1)[1]


def direccion(nombre, pk, mesa="norte"):
    return reverse(f"coordinacion:{nombre}", args=[mesa, pk])


def expediente(client, institucion):
    return client.get(direccion("expediente", institucion.pk))


@pytest.mark.parametrize(("dias", "se_ve"), [(91, False), (90, True), (0, True), (-60, True), (-61, False)])
def test_se_avisa_con_noventa_dias_y_sigue_a_la_vista_dos_meses(como, ana, policia, dias, se_ve):
    terminar(policia, dias)
    assert ("Comandante Prueba" in pagina(como(ana))) is se_ve


def test_dice_quien_se_va_que_se_queda_sin_responsable_y_que_cambia_de_manos(como, ana, policia, con_acuerdos):
    terminar(policia, 30)
    html = pagina(como(ana))
    assert "Faltan 30 días" in html and "Comandante Prueba" in html
    sin, cambian = html.split("cambian de manos")
    assert "Entregar el padrón" in sin and "Instalar cámaras" not in sin
    assert "Instalar cámaras" in cambian and "Pintar la escuela" not in html


def test_quien_llega_con_la_nueva_administracion_no_se_va(como, ana, norte, policia):
    terminar(policia, -10)
    policia.integrantes.update(hasta=dentro(-10))
    hacer_integrante(norte, hacer_persona("Nueva Prueba"), con_cargo=True, institucion=policia, desde=dentro(-10))
    html = pagina(como(ana))
    assert "Nueva Prueba" not in html and "ya son de la nueva administración" in html


def test_se_registra_de_varias_instituciones_a_la_vez_y_todo_o_nada(como, ana, norte, policia):
    otra = hacer_integrante(norte, con_cargo=True).institucion
    ajena = hacer_institucion("De ninguna mesa")
    url = reverse("coordinacion:relevos", args=["norte"])
    datos = {"nombre": "Ayuntamiento", "hasta": dentro(200).isoformat(), "instituciones": [policia.pk, otra.pk]}
    assert como(ana).post(url, datos | {"instituciones": [ajena.pk]}).status_code == 200
    assert como(ana).post(url, datos).status_code == 302
    assert PeriodoDeGobierno.objects.filter(registrado_por=ana).count() == 2
    tercera = hacer_integrante(norte, con_cargo=True).institucion
    respuesta = como(ana).post(url, datos | {"instituciones": [tercera.pk, otra.pk], "nombre": "Segundo intento"})
    html = respuesta.content.decode()
    assert respuesta.status_code == 200 and "ya tiene un periodo" in html and "Segundo intento" in html
    assert PeriodoDeGobierno.objects.count() == 2


def test_se_corrige_y_los_errores_dicen_que_hacer(como, ana, policia):
    fila = terminar(policia, 30)
    url = direccion("relevo_periodo", fila.pk)
    assert "Ayuntamiento 2024–2027" in como(ana).get(url).content.decode()
    datos = {"nombre": "Ayuntamiento", "hasta": dentro(40).isoformat(), "desde": dentro(50).isoformat()}
    assert "empieza después que esta" in como(ana).post(url, datos).content.decode()
    assert como(ana).post(url, datos | {"desde": ""}).status_code == 302
    fila.refresh_from_db()
    assert (fila.nombre, fila.hasta, fila.registrado_por) == ("Ayuntamiento", dentro(40), ana)


def test_solo_la_coordinacion_y_solo_lo_de_su_mesa(como, ana, beto, carla, diana, sur, policia):
    fila = terminar(policia, 30)
    ajena = terminar(hacer_integrante(sur, con_cargo=True).institucion, 30)
    for nombre, pk, de_sur in (
        ("relevo_periodo", fila.pk, ajena.pk),
        ("expediente", policia.pk, ajena.institucion_id),
    ):
        codigos = [como(quien).get(direccion(nombre, pk)).status_code for quien in (None, beto, carla, ana, diana)]
        assert codigos == [302, 403, 404, 200, 200]
        assert como(ana).get(direccion(nombre, de_sur)).status_code == 404
        assert como(carla).get(direccion(nombre, pk, "sur")).status_code == 404
    assert como(beto).post(direccion("relevo_periodo", fila.pk), {"nombre": "x"}).status_code == 403
    assert como(ana).post(direccion("expediente", policia.pk)).status_code == 405


def test_el_expediente_es_un_pdf_que_se_baja(como, ana, policia, con_acuerdos):
    respuesta = expediente(como(ana), policia)
    assert respuesta.content.startswith(b"%PDF-") and respuesta["Content-Type"] == "application/pdf"
    assert respuesta["Content-Disposition"].startswith('attachment; filename="expediente-norte-')
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert b"pdfuaid" in respuesta.content
    assert expediente(como(ana), policia).content == respuesta.content


def test_el_expediente_no_nombra_a_nadie_ni_lleva_lo_reservado(ana, norte, policia, con_acuerdos):
    acuerdo = con_acuerdos["institución"]
    registrar_avance(
        acuerdo=acuerdo,
        estado="en_proceso",
        texto="Lo dijo Comandante Prueba",
        fecha=dentro(0),
        autor=ana,
        responde=False,
    )
    prorrogar_acuerdo(acuerdo=acuerdo, al=dentro(60), motivo="Lo pidió Comandante Prueba", autor=ana)
    with CaptureQueriesContext(connection) as consultas:
        datos = contenido(
            norte,
            policia,
            sesiones=Sesion.objects.visibles_para(ana),
            acuerdos=Acuerdo.objects.visibles_para(ana),
            fecha=dentro(0),
        )
    assert len(consultas) <= 10
    assert [ficha["que"] for ficha in datos["abiertos"]] == ["Entregar el padrón", "Instalar cámaras"]
    assert "la primera fue el" in datos["abiertos"][1]["vence"]
    assert datos["abiertos"][1]["ultimo"].startswith("En proceso")
    assert (datos["reservados"], datos["presencia"], datos["suplentes"]) == (1, "1 de 1", "1 enlace u operativo")
    assert not [secreto for secreto in ("Prueba", "nadie debe leer", "Por seguridad") if secreto in str(datos)]


def test_lo_que_alguien_escribe_no_se_ejecuta_en_el_pdf(norte, policia):
    sesion = hacer_sesion(norte)
    hacer_acuerdo(sesion, '#read("/etc/passwd") ] #panic("x") $', institucion_responsable=policia)
    cerrar(sesion)
    sesiones, acuerdos = Sesion.objects.filter(mesa=norte), Acuerdo.objects.filter(sesion__mesa=norte)
    datos = contenido(norte, policia, sesiones=sesiones, acuerdos=acuerdos, fecha=dentro(0))
    assert pdf_de_expediente(datos).startswith(b"%PDF-")
    # What no letter draws, typed on a phone, breaks nothing.
    assert pdf_de_expediente(datos | {"mesa": "Norte 🚓"}) != pdf_de_expediente(datos)


def test_la_coordinacion_recibe_un_aviso_y_uno_solo(ana, beto, carla, policia):
    terminar(policia, 30)
    assert [enviar_recordatorios(fecha=dentro(dia)).relevos for dia in (-70, 0, 0, 5, 31)] == [0, 1, 0, 0, 0]
    correo = Correo.objects.get(clave__startswith="relevo:")
    assert correo.para == ana.email and "Faltan 30 días" in correo.texto
    assert reverse("coordinacion:relevos", args=["norte"]) in correo.texto
    assert "Comandante" not in correo.texto


def test_el_costo_no_crece_con_los_que_se_van(como, ana, norte, policia, con_acuerdos):
    terminar(policia, 30)
    cliente, url = como(ana), reverse("coordinacion:relevos", args=["norte"])

    def contar():
        with CaptureQueriesContext(connection) as contadas:
            assert cliente.get(url).status_code == 200
        return len(contadas)

    contar()
    con_uno = contar()
    for _ in range(5):
        otra = hacer_integrante(norte, con_cargo=True).institucion
        terminar(otra, 20)
    assert contar() == con_uno
    assert con_uno <= 12  # session and user included


@pytest.mark.parametrize(
    ("nombre", "desde", "hasta"),
    [
        ("mesas_periodo_con_fin", "'2020-01-01'", "NULL"),
        ("mesas_periodo_sin_traslape", "'2024-01-01'", "'2025-01-01'"),
        ("mesas_periodo_sin_traslape", "NULL", "'2024-10-01'"),
    ],
)
def test_la_base_sostiene_los_periodos(policia, nombre, desde, hasta):
    registrar_periodo(
        instituciones=[policia], nombre="Ayuntamiento", desde=dt.date(2024, 9, 1), hasta=dt.date(2027, 9, 1)
    )
    with pytest.raises(IntegrityError, match=nombre), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mesas_periododegobierno (institucion_id, nombre, fuente, desde, hasta, creado, actualizado) "
            f"VALUES ({policia.pk}, 'Otro', '', {desde}, {hasta}, now(), now())"
        )
