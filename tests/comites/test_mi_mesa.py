"""The board «Mi mesa»: one thing to do first, what is near, what waits, what is owed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from comites import operaciones_acuerdos
from comites.models import Sesion
from comites.operaciones_actas import aprobar_acta
from tests.fabricas import asistir, cerrar, hacer_acuerdo, hacer_mesa, hacer_sesion, reservada, unir

pytestmark = pytest.mark.django_db


def dentro_de(dias):
    return timezone.localdate() + dt.timedelta(days=dias)


def tablero(cliente, mesa="norte"):
    return cliente.get(reverse("coordinacion:mesa", args=[mesa])).content.decode()


def seccion(pagina, titulo):
    """The text from a heading to the next section."""
    return pagina.split(f">{titulo}</h", 1)[1].split("</section>", 1)[0]


def lo_primero(pagina):
    return seccion(pagina.replace('id="lo-primero">', ">MARCA</h2><b>"), "MARCA")


def reportar(acuerdo):
    operaciones_acuerdos.registrar_avance(
        acuerdo=acuerdo, estado="reportado", texto="Listo", fecha=timezone.localdate(), autor=None, responde=True
    )


@pytest.fixture
def con_vida(norte):
    """A closed plenaria with an agreement of each urgency, and one already reported."""
    sesion = asistir(hacer_sesion(norte, dias=-60))
    vencido = hacer_acuerdo(sesion, "Podar los árboles", fecha_compromiso=dentro_de(-1))
    hacer_acuerdo(sesion, "Pintar la barda", fecha_compromiso=dentro_de(30))
    hacer_acuerdo(sesion, "Abrir la cancha", fecha_compromiso=dentro_de(31))
    reportado = hacer_acuerdo(sesion, "Instalar la cámara", fecha_compromiso=dentro_de(-10))
    cerrar(sesion)
    reportar(reportado)
    return sesion, vencido


def test_cada_acuerdo_en_su_monton_y_lo_reportado_ya_no_cuenta_como_vencido(como, ana, con_vida):
    pagina = tablero(como(ana))
    acuerdos = seccion(pagina, "Acuerdos abiertos")
    assert "<b>1</b> vencido<" in acuerdos.replace("</li>", "<") and "<b>1</b> en 30 días" in acuerdos
    assert "<b>1</b> por verificar" in acuerdos and "<b>4</b> en total" in acuerdos
    orden = ["Ya pasaron de su fecha", "Podar los árboles", "Por verificar", "Instalar la cámara"]
    orden += ["Vencen en 30 días", "Pintar la barda", "Más adelante", "Abrir la cancha"]
    lugares = [acuerdos.index(texto) for texto in orden]
    assert lugares == sorted(lugares)


def test_una_prorroga_saca_al_acuerdo_de_los_vencidos(como, ana, con_vida):
    _, vencido = con_vida
    operaciones_acuerdos.prorrogar_acuerdo(acuerdo=vencido, al=dentro_de(15), motivo="Llovió", autor=None)
    acuerdos = seccion(tablero(como(ana)), "Acuerdos abiertos")
    assert "<b>0</b> vencidos" in acuerdos and "<b>2</b> en 30 días" in acuerdos


def test_lo_primero_va_de_lo_que_no_espera_a_lo_que_si(como, ana, norte, sur, con_vida):
    cliente = como(ana)
    assert "Un acuerdo pasó de su fecha" in lo_primero(tablero(cliente))
    de_sur = hacer_sesion(sur, dias=20, empezar=False)
    de_sur.invitaciones.create(mesa=norte)
    assert "Sur te invita a sesionar juntas" in lo_primero(tablero(cliente))
    hacer_sesion(norte, dias=1, empezar=False)
    assert "Es mañana a las 18:00." in lo_primero(tablero(cliente))
    hacer_sesion(norte, dias=-2, empezar=False)
    assert "Ya pasó su hora y no se abrió" in lo_primero(tablero(cliente))


def test_sin_pendientes_lo_primero_es_convocar(como, ana, beto, norte):
    assert "No hay sesión en puerta" in lo_primero(tablero(como(ana)))
    assert 'id="lo-primero"' not in tablero(como(beto))


def test_las_actas_cerradas_esperan_aprobacion_y_las_aprobadas_no(como, ana, norte, con_vida):
    cerrada, _ = con_vida
    assert "Plenaria, sesión 1" in seccion(tablero(como(ana)), "Actas por aprobar")
    aprobar_acta(acta=cerrada.acta, sesion=asistir(hacer_sesion(norte, dias=-1)), autor=None)
    assert "Actas por aprobar" not in tablero(como(ana))


def test_lo_que_la_red_espera_son_minutas_sin_cerrar_y_acuerdos_de_los_encuentros(como, ana, beto, carla, norte, sur):
    anfitriona = hacer_mesa("Anfitriona", "09015")
    encuentro = hacer_sesion(anfitriona, tipo="encuentro", dias=-90)
    encuentro.mesas.add(norte)
    hacer_acuerdo(encuentro, "Publicar el directorio de la Red", nivel="red")
    Sesion.objects.filter(pk=encuentro.pk).update(nivel="red")
    cerrar(encuentro)
    hacer_sesion(norte, dias=-3)
    red = seccion(tablero(como(ana)), "Lo que la Red espera")
    assert "Publicar el directorio de la Red" in red and "Plenaria, sesión 1" in red
    assert "Publicar el directorio" not in seccion(tablero(como(ana)), "Acuerdos abiertos")
    de_beto = seccion(tablero(como(beto)), "Lo que la Red espera")
    assert "Publicar el directorio" in de_beto and "Cerrar la sesión</h3>" not in de_beto, "Beto no la puede cerrar"
    assert "Lo que la Red espera" not in tablero(como(carla), "sur")


def test_en_el_tablero_de_la_mesa_invitada_la_sesion_se_abre_en_la_propia_mesa(como, carla, norte, sur):
    """The address of the host would be a 404 for who only coordinates the guest."""
    sesion = unir(hacer_sesion(norte, dias=1, empezar=False), sur)
    cliente = como(carla)
    pagina = tablero(cliente, "sur")
    suya = reverse("coordinacion:sesion", args=["sur", sesion.pk])
    assert f'href="{suya}"' in lo_primero(pagina)
    assert cliente.get(suya).status_code == 200


def test_lo_reservado_no_esta_en_el_tablero_de_quien_no_estuvo(como, beto, norte):
    sesion = asistir(hacer_sesion(norte, puntos=("Punto secreto",)))
    hacer_acuerdo(sesion, "Proteger a la testigo", nivel="reservada", fecha_compromiso=dentro_de(-1))
    cerrar(sesion)
    Sesion.objects.filter(pk=sesion.pk).update(**reservada())
    pagina = tablero(como(beto))
    assert "Proteger a la testigo" not in pagina and "Plenaria, sesión 1" not in pagina
    assert "Ningún acuerdo abierto" in pagina and "Actas por aprobar" not in pagina
