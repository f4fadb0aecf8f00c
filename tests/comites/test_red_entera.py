"""A network that does not fit in a page: its mesas a sheet at a time, and its total counted in the background."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comites import red_entera
from comites.hechos import leer_hechos, seguir
from comites.models import Acuerdo, Sesion
from comites.red_entera import contar
from comites.seguimiento import DOCE_MESES, TODO, Hechos, balance
from comites.suma_de_balances import sumar
from comites.tareas import contar_la_red
from mesas.models import Cargo
from tests.fabricas import (
    asistir,
    cerrar,
    cumplir,
    hacer_acuerdo,
    hacer_cuenta,
    hacer_mesa,
    hacer_sesion,
    nombrar,
    unir,
)

pytestmark = pytest.mark.django_db


def hace(dias):
    return timezone.localdate() - dt.timedelta(days=dias)


@pytest.fixture
def ocho(monkeypatch):
    """Eight mesas, two to a sheet and three to a batch, with sessions of two mesas and one of the whole network."""
    monkeypatch.setattr(red_entera, "LOTE", 3)
    monkeypatch.setattr("comites.views_coordinacion.seguimiento.HOJA", 2)
    monkeypatch.setattr("comites.views_coordinacion.seguimiento.SOBRANTES", 0)
    mesas = [hacer_mesa(f"Mesa {numero}", f"31{numero:03}", es_demo=numero == 8) for numero in range(1, 9)]
    for lugar, mesa in enumerate(mesas):
        sesion = asistir(hacer_sesion(mesa, dias=-20 - 60 * lugar), 2)
        acuerdo = hacer_acuerdo(sesion, fecha_compromiso=hace(10 + 60 * lugar))
        if not mesa.es_demo:
            unir(sesion, mesas[(lugar + 4) % 7])
        cerrar(sesion)
        if lugar % 2:
            cumplir(acuerdo, reportado=hace(12 + 60 * lugar))
    encuentro = hacer_sesion(mesas[4], tipo="encuentro", dias=-300)
    encuentro.mesas.add(*mesas[:4])
    hacer_acuerdo(encuentro, "Publicar las cifras del año", nivel="red")
    cerrar(encuentro)
    return mesas


def pagina(cliente, **parametros):
    respuesta = cliente.get(reverse("coordinacion:seguimiento_red"), parametros)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


@pytest.mark.parametrize("periodo", [TODO, DOCE_MESES])
def test_por_lotes_da_lo_mismo_que_de_una_vez(diana, ocho, periodo):
    fecha = hace(0)
    hechos = leer_hechos(
        sesiones=Sesion.objects.visibles_para(diana), acuerdos=Acuerdo.objects.visibles_para(diana), fecha=fecha
    )
    de_una_vez = seguir(hechos, ocho, fecha=fecha, periodo=periodo).red
    vistos = []
    por_lotes = contar(diana, fecha=fecha, periodo=periodo, avisar=vistos.append)
    assert vistos == [3, 6, 8]
    assert por_lotes.red == de_una_vez
    assert por_lotes.red.acuerdos == (8 if periodo == TODO else 7)
    assert sum(cuantas for _, cuantas in por_lotes.pulsos) == 7, "the invented one has no pulse to count"


def test_las_que_la_red_tenia_caben_en_una_hoja(como, diana):
    for numero in range(1, 37):
        hacer_mesa(f"Mesa {numero}", f"31{numero:03}")
    assert "El total de tus" not in pagina(como(diana))
    hacer_mesa("Mesa 37", "31037")
    assert "El total de tus 37 mesas" in pagina(como(diana))


def test_sumar_nada_no_cambia_nada():
    vacio = balance(Hechos(), hace(0))
    assert sumar(vacio, vacio) == vacio


def test_cada_hoja_trae_sus_mesas_y_el_total_se_pide_una_vez(como, diana, ocho):
    primera = pagina(como(diana))
    assert "Mesa 1<" in primera and "Mesa 2<" in primera and "Mesa 3<" not in primera
    assert "Página 1 de 4" in primera and "El total de tus 8 mesas" in primera
    assert "cifra__valor" not in primera, "nobody waits for what was not asked"
    assert "Mesa 7<" in pagina(como(diana), page=4) and "Mesa 7<" not in pagina(como(diana), page=3)
    url = reverse("coordinacion:seguimiento_red")
    for _ in range(2):
        assert como(diana).post(url).url == f"{url}?fecha={hace(0)}&periodo=todo"
    assert DBTaskResult.objects.count() == 1
    assert "van 0 de 8 mesas" in pagina(como(diana))
    contar_la_red.call(diana.pk, hace(0).isoformat(), TODO)
    contada = pagina(como(diana), page=2)
    assert "Se contó el" in contada and "Pulso de las mesas" in contada
    assert '<span class="cifra__valor">8</span>\n  <span class="cifra__unidad">acuerdos' in contada
    assert "Se contó el" not in pagina(como(diana), periodo=DOCE_MESES), "another question has its own answer"


def test_el_total_es_de_quien_lo_pidio_y_se_va_con_su_cargo(como, diana, ocho):
    estatal, persona = hacer_cuenta("Elena Prueba")
    nombrar(persona, "coordinacion_estatal", entidad=ocho[0].entidad)
    contar_la_red.call(diana.pk, hace(0).isoformat(), TODO)
    assert "Se contó el" not in pagina(como(estatal))
    contar_la_red.call(estatal.pk, hace(0).isoformat(), TODO)
    assert "Se contó el" in pagina(como(estatal))
    Cargo.objects.filter(persona=persona).update(hasta=timezone.localdate())
    nombrar(persona, mesa=ocho[0])
    for mesa in ocho[1:4]:
        nombrar(persona, mesa=mesa)
    ya_no = pagina(como(estatal))
    assert "El total de tus 4 mesas" in ya_no and "Se contó el" not in ya_no


def test_el_archivo_trae_a_todas(como, diana, ocho):
    respuesta = como(diana).get(reverse("coordinacion:seguimiento_red_csv"))
    lineas = b"".join(respuesta.streaming_content).decode().splitlines()
    assert [linea.split(",")[0] for linea in lineas[1:]] == [mesa.slug for mesa in ocho]
