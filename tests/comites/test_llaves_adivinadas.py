"""The addresses of the desk that hold a key of something: guessed, by whoever it is not of, it does not exist.

The rest of the desk stands in `tests/test_permisos.py` and `test_derechos.py`; between the three, every address.
"""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from comites import operaciones_enlaces
from comites.archivos_de_evidencia import preparar
from comites.models import AcuerdoEnMesa, EnlaceParaReportar, InvitacionConjunta, PlantillaDeAgenda
from comites.operaciones_convocatoria import convocar_sesion
from comites.operaciones_evidencias import guardar_evidencia
from cuentas.models import Correo
from mesas.operaciones_periodos import registrar_periodo
from tests.fabricas import (
    asistir,
    cerrar,
    hacer_acuerdo,
    hacer_cuenta,
    hacer_institucion,
    hacer_integrante,
    hacer_mesa,
    hacer_persona,
    hacer_sesion,
)
from tests.test_permisos import OTRAS

pytestmark = pytest.mark.django_db

CON_LLAVE = {
    # name: (method, what stands after the mesa; the first, if there is no mesa in it)
    "evidencia": ("get", "{folio} {evidencia}"),
    "evidencia_nivel": ("get", "{folio} {evidencia}"),
    "evidencia_retirar": ("post", "{folio} {evidencia}"),
    "enlace_revocar": ("post", "{folio} {enlace}"),
    "encargo": ("post", "{encargo}"),
    "invitacion": ("post", "{invitacion}"),
    "plantilla_borrar": ("post", "{plantilla}"),
    "relevo_periodo": ("get", "{periodo}"),
    "expediente": ("get", "{institucion}"),
    "objetivo_retirar": ("post", "{folio} 1"),
}
SIN_MESA = {"correo": ["{correo}"], "correo_adjunto": ["{correo}", "1"]}
DE_CADA_QUIEN = {"mi_calendario", "calendario_renovar", "calendario_revocar", "correos", "avisos", "mis_acuerdos"}
DE_CADA_QUIEN |= {"seguimiento_red", "seguimiento_red_csv"}
"""Without a key: each reads what is his."""


@pytest.fixture
def llaves(norte, ana, settings):
    """Something of each, all of Norte."""
    settings.CORREO_SE_GUARDA = True
    fiscalia = hacer_institucion("Fiscalía de prueba")
    hacer_integrante(norte, hacer_persona("Hugo Prueba"), con_cargo=True, institucion=fiscalia)
    sesion = asistir(hacer_sesion(norte, dias=-9))
    acuerdo = hacer_acuerdo(sesion, institucion_responsable=None, correo_responsable="hugo@fiscalia.example")
    cerrar(sesion)
    acuerdo.refresh_from_db()
    archivo = preparar(ContentFile(b"%PDF-1.7\nx", name="acuse.pdf"))
    [para] = operaciones_enlaces.destinatarios(acuerdo)
    encuentro = asistir(hacer_sesion(hacer_mesa("Centro", "09015"), tipo="encuentro", dias=-9))
    de_la_red = hacer_acuerdo(encuentro, nivel="red")
    cerrar(encuentro)
    por_venir = hacer_sesion(norte, dias=5, empezar=False)
    convocar_sesion(sesion=por_venir, autor=ana)
    [periodo] = registrar_periodo(
        nombre="Administración de prueba",
        instituciones=[fiscalia],
        desde=timezone.localdate().replace(month=1, day=1),
        hasta=timezone.localdate().replace(year=timezone.localdate().year + 1, month=1, day=1),
    )
    return {
        "folio": acuerdo.folio,
        "evidencia": guardar_evidencia(acuerdo=acuerdo, archivo=archivo, autor=ana).pk,
        "enlace": operaciones_enlaces.enviar_enlace(acuerdo=acuerdo, destinatario=para, dias=5, autor=ana).pk,
        "encargo": AcuerdoEnMesa.objects.create(acuerdo=de_la_red, mesa=norte).pk,
        "invitacion": InvitacionConjunta.objects.create(sesion=por_venir, mesa=encuentro.mesa).pk,
        "plantilla": PlantillaDeAgenda.objects.create(mesa=norte, tipo="plenaria", nombre="x", renglones="Lista").pk,
        "periodo": periodo.pk,
        "institucion": fiscalia.pk,
        "correo": Correo.objects.filter(para=ana.email).first().pk,
    }


def pedir(cliente, nombre, llaves, mesa):
    metodo, resto = CON_LLAVE.get(nombre, ("get", ""))
    if nombre in SIN_MESA:
        args = [parte.format(**llaves) for parte in SIN_MESA[nombre]]
    else:
        args = [mesa, *resto.format(**llaves).split()]
    return getattr(cliente, metodo)(reverse(f"coordinacion:{nombre}", args=args))


def test_la_tabla_esta_completa():
    del_escritorio = {nombre.removeprefix("coordinacion:") for nombre in OTRAS if nombre.startswith("coordinacion:")}
    assert del_escritorio == CON_LLAVE.keys() | SIN_MESA.keys() | DE_CADA_QUIEN


@pytest.mark.parametrize("mesa", ["norte", "sur"])
def test_de_otra_mesa_no_existe_ni_por_la_suya_ni_por_la_propia(como, carla, llaves, mesa):
    codigos = {nombre: pedir(como(carla), nombre, llaves, mesa).status_code for nombre in (*CON_LLAVE, *SIN_MESA)}
    assert codigos == dict.fromkeys(codigos, 404)


def test_sin_entrar_se_pide_entrar_y_nada_cambia(como, llaves):
    for nombre in (*CON_LLAVE, *SIN_MESA, *DE_CADA_QUIEN):
        direccion = reverse(f"coordinacion:{nombre}") if nombre in DE_CADA_QUIEN else None
        cliente = como(None)
        if direccion and nombre.startswith("calendario_"):
            respuesta = cliente.post(direccion)
        else:
            respuesta = cliente.get(direccion) if direccion else pedir(cliente, nombre, llaves, "norte")
        assert respuesta.status_code == 302 and respuesta.url.startswith(reverse("account_login")), nombre


def test_quien_es_de_la_mesa_lee_y_no_escribe(como, beto, llaves):
    codigos = {nombre: pedir(como(beto), nombre, llaves, "norte").status_code for nombre in (*CON_LLAVE, *SIN_MESA)}
    lee = {"evidencia": 200, "correo": 404, "correo_adjunto": 404}  # the mail is Ana's
    # There is no such goal, and a mesa that invited does not answer itself.
    no_hay = {"objetivo_retirar": 403, "invitacion": 404}
    assert codigos == dict.fromkeys(codigos, 403) | lee | no_hay


def test_un_enlace_adivinado_no_existe_ni_dice_que_haya_otro(client, llaves):
    assert EnlaceParaReportar.objects.count() == 1
    for token in ("x", "a" * 43, "A-_" * 14):
        for metodo in ("get", "post"):
            respuesta = getattr(client, metodo)(f"/reportar/{token}/")
            assert respuesta.status_code == 404 and "NORTE" not in respuesta.content.decode()


def test_una_cuenta_sin_mesa_tampoco(como, llaves):
    sola, _ = hacer_cuenta("Sola Prueba")
    codigos = {nombre: pedir(como(sola), nombre, llaves, "norte").status_code for nombre in (*CON_LLAVE, *SIN_MESA)}
    assert codigos == dict.fromkeys(codigos, 404)
