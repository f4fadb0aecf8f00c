"""Every page of a closed session's minute × person. Those of an open one stand in tests/test_permisos.py."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from comites.models import Acta, Adenda, Extracto, Objecion
from comites.operaciones import pasar_lista
from comites.operaciones_actas import enviar_borrador, expedir_extracto, objetar
from mesas.models import Cargo
from tests.fabricas import cerrar, hacer_acuerdo, hacer_cuenta, hacer_integrante, hacer_sesion

pytestmark = pytest.mark.django_db

ENTRAR = 302
QUIENES = ("anónima", "beto", "gema", "carla", "ana", "diana")
LEER = (ENTRAR, 200, 200, 404, 200, 200)
FORMULARIO = (ENTRAR, 403, 403, 404, 200, 200)
ESCRIBIR = (ENTRAR, 403, 403, 404, 302, 302)
TABLA = {
    "acta": ("get", "{mesa} {sesion}", LEER),
    "acta_pdf": ("get", "{mesa} {sesion}", LEER),
    "acta_pdf_publico": ("get", "{mesa} {sesion}", FORMULARIO),
    "acta_enviar": ("post", "{mesa} {sesion}", ESCRIBIR),
    "acta_objetar": ("get", "{mesa} {sesion}", (ENTRAR, 403, 200, 404, 403, 403)),  # only Gema was there
    "acta_responder": ("get", "{mesa} {sesion} {objecion}", FORMULARIO),
    "acta_adenda": ("get", "{mesa} {sesion}", FORMULARIO),
    "acta_aprobar": ("get", "{mesa} {sesion}", FORMULARIO),
    "extracto": ("post", "{mesa} {folio}", ESCRIBIR),
    "extracto_pdf": ("get", "{mesa} {folio}", FORMULARIO),
}


@pytest.fixture
def gema(norte):
    usuario, persona = hacer_cuenta("Gema Prueba")
    hacer_integrante(norte, persona)
    return usuario


@pytest.fixture
def objecion(norte, ana, gema):
    sesion = hacer_sesion(norte)
    pasar_lista(sesion=sesion, integrante=gema.persona.asientos.get(), estado="presente")
    acuerdo = hacer_acuerdo(sesion)
    cerrar(sesion, ana)
    enviar_borrador(acta=sesion.acta)
    expedir_extracto(acuerdo=acuerdo, autor=ana)
    return objetar(acta=sesion.acta, punto=None, texto="Algo", autor=gema)


def direccion(nombre, objecion, mesa="norte"):
    sesion = objecion.acta.sesion
    datos = {"mesa": mesa, "sesion": sesion.pk, "folio": sesion.acuerdos.get().folio, "objecion": objecion.pk}
    return reverse(f"coordinacion:{nombre}", args=TABLA[nombre][1].format(**datos).split())


def test_cada_quien_llega_hasta_donde_le_toca(como, ana, beto, gema, carla, diana, objecion):
    gente = dict(zip(QUIENES, (None, beto, gema, carla, ana, diana), strict=True))
    recibidos = {
        nombre: tuple(getattr(como(quien), metodo)(direccion(nombre, objecion)).status_code for quien in gente.values())
        for nombre, (metodo, _, _) in TABLA.items()
    }
    assert recibidos == {nombre: esperado for nombre, (_, _, esperado) in TABLA.items()}


def test_nada_se_alcanza_a_traves_de_otra_mesa(como, carla, objecion):
    for nombre, (metodo, _, _) in TABLA.items():
        assert getattr(como(carla), metodo)(direccion(nombre, objecion, "sur")).status_code == 404


def test_quien_solo_lee_no_escribe_aunque_mande_el_formulario(como, beto, gema, carla, objecion):
    datos = {"texto": "Colado", "acepta": "si"}
    for quien in (beto, gema, carla):
        for nombre in ("acta_responder", "acta_adenda", "acta_aprobar", "acta_enviar", "extracto"):
            assert como(quien).post(direccion(nombre, objecion), datos).status_code in (403, 404)
    objecion.refresh_from_db()
    assert objecion.estado == Objecion.Estado.PENDIENTE
    assert not Adenda.objects.exists() and Extracto.objects.count() == 1
    assert not Acta.objects.filter(aprobada_el__isnull=False).exists()


def test_leer_no_cambia_nada(como, ana, objecion):
    antes = (list(Acta.objects.values()), list(Objecion.objects.values()), Adenda.objects.count())
    for nombre, (metodo, _, _) in TABLA.items():
        if metodo == "get":
            como(ana).get(direccion(nombre, objecion))
    assert (list(Acta.objects.values()), list(Objecion.objects.values()), Adenda.objects.count()) == antes


def test_el_cargo_y_el_asiento_que_terminan_hoy_pierden_hoy_el_acta(como, ana, gema, objecion):
    hoy = timezone.localdate()
    ana.persona.asientos.update(hasta=hoy)
    Cargo.objects.update(hasta=hoy)
    gema.persona.asientos.update(hasta=hoy)
    for quien in (ana, gema):
        assert como(quien).get(direccion("acta", objecion)).status_code == 404
        assert como(quien).get(direccion("acta_pdf", objecion)).status_code == 404
    Cargo.objects.update(hasta=hoy + dt.timedelta(days=1))
    assert como(ana).get(direccion("acta", objecion)).status_code == 200


def test_quien_coordina_el_comite_lleva_el_acta_del_suyo_y_nada_mas(como, norte, objecion):
    fidel, persona = hacer_cuenta("Fidel Prueba")
    hacer_integrante(norte, persona)
    assert como(fidel).get(direccion("acta_adenda", objecion)).status_code == 403
