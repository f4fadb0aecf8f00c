"""The table of rights of the portal (who × where × may), for every kind of person and each address of a mesa's desk.

`tests/test_permisos.py` opens each address; here each is also written to, with nothing in it, by everybody whom
the table names: read-only gets 403 before the form is looked at, a stranger 404, and a post that ended yesterday
or ends today is a stranger's.
"""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mesas.models import Cargo, Region
from tests.fabricas import hacer_acuerdo, hacer_comite, hacer_cuenta, hacer_integrante, hacer_sesion, nombrar
from tests.test_permisos import COORDINACION, PERSONAS

pytestmark = pytest.mark.django_db

TAMBIEN_SE_ESCRIBEN = {
    # pages that are read and that take what is typed in them: what whoever records gets for an empty form
    **dict.fromkeys(("frecuencias", "relevos", "sesion_nueva", "sesion_datos", "punto", "acuerdo_nuevo"), 200),
    **dict.fromkeys(("acuerdo_corregir", "acuerdo_publicar", "quorum", "evidencia_nueva", "enlaces"), 200),
    **dict.fromkeys(("acuerdo_en_mesas", "consentir", "reserva", "agenda", "conjunta"), 200),
    **dict.fromkeys(("acuerdo_retirar", "acuerdo_verificar", "acuerdo_prorrogar", "sesion_retirar"), 302),
    **dict.fromkeys(("acta_objetar", "acta_responder", "acta_adenda", "acta_aprobar", "extracto"), 302),
    "convocatoria_contacto": 404,
}
PETICIONES = [(nombre, metodo) for nombre, (metodo, _, _) in COORDINACION.items()]
PETICIONES += [(nombre, "post") for nombre in TAMBIEN_SE_ESCRIBEN]

POR_SU_ASIENTO = {"acuerdo_verificar", "evidencia_nueva"}
"""What a member may do as a citizen who could verify it; whoever only reads the mesa may not."""
DE_LA_MESA_ENTERA = {"relevos", "acuerdo_publicar", "acuerdo_retirar", "consentir", "sesion_retirar", "reserva"}
"""Not of who coordinates one of its comités, even in a session of it."""
DE_SU_COMITE = {
    ("sesion_nueva", "get"),
    ("sesion_nueva", "post"),
    ("quorum", "post"),
    ("frecuencias", "get"),
    ("frecuencias", "post"),
}
"""What he may do in the mesa beyond its sessions: their forms offer him his comité alone."""


@pytest.fixture
def acuerdo(norte):
    """Of a plenaria whose roll is not complete."""
    hacer_integrante(norte)
    return hacer_acuerdo(hacer_sesion(norte))


def cuenta(nombre, puesto=None, *, termina=None, **ambito):
    usuario, persona = hacer_cuenta(nombre)
    if puesto:
        nombrar(persona, puesto, hasta=termina, **ambito)
    return usuario


def personal(permisos):
    usuario, _ = hacer_cuenta("Personal Prueba", es_personal=True)
    usuario.user_permissions.set(permisos)
    Authenticator.objects.create(user=usuario, type=Authenticator.Type.TOTP, data={"secret": "prueba"})
    return usuario


def pedir(como, usuario, acuerdo):
    """What each address answers to that person; whatever it writes is undone."""
    cliente, respuestas = como(usuario), {}
    for nombre, metodo in PETICIONES:
        args = COORDINACION[nombre][1].format(mesa="norte", sesion=acuerdo.sesion_id, folio=acuerdo.folio).split()
        with transaction.atomic():
            respuesta = getattr(cliente, metodo)(reverse(f"coordinacion:{nombre}", args=args))
            transaction.set_rollback(True)
        respuestas[nombre, metodo] = respuesta.status_code
    return respuestas


def columna(quien):
    """What the table of `test_permisos` gives that person, and what it is to write to a page that is also read."""
    dados = {}
    for nombre, metodo in PETICIONES:
        lee = COORDINACION[nombre][2][PERSONAS.index(quien)]
        escribe = metodo == "post" and nombre in TAMBIEN_SE_ESCRIBEN
        dados[nombre, metodo] = TAMBIEN_SE_ESCRIBEN[nombre] if escribe and lee in (200, 302) else lee
    return dados


def quien_lee():
    """By a post of reading, without a seat: what Beto reads, and nothing is his to write."""
    dados = columna("beto")
    solo_leen = {peticion for peticion in dados if peticion[1] == "post" or peticion[0] in POR_SU_ASIENTO}
    return dados | dict.fromkeys(solo_leen, 403) | {("acta_objetar", "post"): 302}


@pytest.mark.parametrize("puesto", ["coordinacion_mesa", "secretaria_tecnica"])
def test_quien_coordina_la_mesa_y_su_secretaria_tecnica_registran_todo(como, norte, acuerdo, puesto):
    assert pedir(como, cuenta("Elena Prueba", puesto, mesa=norte), acuerdo) == columna("ana")


def test_el_personal_que_coordina_la_red_tambien(como, diana, acuerdo):
    assert pedir(como, diana, acuerdo) == columna("diana") == columna("ana")


def test_quien_coordina_un_comite_registra_en_el_y_lo_demas_lo_lee(como, norte, acuerdo):
    elena = cuenta("Elena Prueba")
    comite = hacer_comite(norte, persona=elena.persona)
    suyo = hacer_acuerdo(hacer_sesion(norte, comite=comite))
    de_la_mesa = {peticion for peticion in PETICIONES if peticion[0] in DE_LA_MESA_ENTERA}
    assert pedir(como, elena, suyo) == columna("ana") | dict.fromkeys(de_la_mesa, 403)
    assert pedir(como, elena, acuerdo) == quien_lee() | dict.fromkeys(DE_SU_COMITE, 200)


def test_la_coordinacion_estatal_y_la_regional_leen_y_no_escriben(como, norte, acuerdo):
    region = Region.objects.create(nombre="Región de prueba")
    region.mesas.add(norte)
    estatal = cuenta("Elena Prueba", "coordinacion_estatal", entidad=norte.entidad)
    regional = cuenta("Rosa Prueba", "coordinacion_regional", region=region)
    assert pedir(como, estatal, acuerdo) == pedir(como, regional, acuerdo) == quien_lee()


def test_quien_es_integrante_lee_y_hace_lo_que_le_da_su_asiento(como, beto, acuerdo):
    suyas = {peticion for peticion in PETICIONES if peticion[0] in POR_SU_ASIENTO}
    assert pedir(como, beto, acuerdo) == quien_lee() | {peticion: columna("beto")[peticion] for peticion in suyas}


def test_el_cargo_que_termina_hoy_y_el_ajeno_no_abren_ninguna_direccion(como, norte, sur, acuerdo):
    hoy = timezone.localdate()
    suya, ajena = (Region.objects.create(nombre=nombre) for nombre in ("La suya", "Otra"))
    suya.mesas.add(norte)
    ambitos = {
        "coordinacion_mesa": ({"mesa": norte}, {"mesa": sur}),
        "secretaria_tecnica": ({"mesa": norte}, {"mesa": sur}),
        "coordinacion_estatal": ({"entidad": norte.entidad}, {"entidad": sur.entidad}),
        "coordinacion_regional": ({"region": suya}, {"region": ajena}),
    }
    gente = {"sin mesa": cuenta("Sola Prueba"), "comisión": cuenta("De comisión", "comision_ejecutiva")}
    for puesto, (aqui, alla) in ambitos.items():
        gente[puesto, "termina hoy"] = cuenta(f"Hoy {puesto}", puesto, termina=hoy, **aqui)
        gente[puesto, "ajeno"] = cuenta(f"Ajena {puesto}", puesto, **alla)
    for mesa, termina in ((norte, hoy), (sur, None)):
        gente["comité", mesa.slug] = cuenta(f"De comité {mesa}")
        hacer_comite(mesa, persona=gente["comité", mesa.slug].persona)
        Cargo.objects.filter(persona__usuario=gente["comité", mesa.slug]).update(hasta=termina)
    for mesa, termina in ((norte, hoy), (sur, None)):
        gente["asiento", mesa.slug] = cuenta(f"Sentada {mesa}")
        hacer_integrante(mesa, gente["asiento", mesa.slug].persona, hasta=termina)
    permisos = Permission.objects.filter(content_type__app_label__in=["mesas", "comites"])
    gente["personal sin coordinar_red"] = personal(permisos.exclude(codename="coordinar_red"))
    alcanzan = {
        quien: {peticion for peticion, codigo in pedir(como, usuario, acuerdo).items() if codigo != 404}
        for quien, usuario in gente.items()
    }
    assert not any(alcanzan.values()), alcanzan
