"""Every address × person → what they get. An address that is missing here makes the suite fail.

Anonymous · Beto (member of Norte, reads) · Carla (coordinates Sur: a stranger) · Ana (coordinates
Norte) · Diana (staff of México SOS). 404 for the stranger, never 403: she must not even learn that
it exists. 403 for who may read but not write.
"""

import datetime as dt

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from indicadores.models import ArchivoRecibido, Carga, Recepcion, Trozo
from mesas.models import Cargo
from tests.fabricas import acuerdo_publico, cerrar, hacer_acuerdo, hacer_cuenta, hacer_integrante, hacer_sesion, nombrar

pytestmark = pytest.mark.django_db

PERSONAS = ("anónima", "beto", "carla", "ana", "diana")
ENTRAR = 302  # to the login page
LEER = (ENTRAR, 200, 404, 200, 200)
FORMULARIO = (ENTRAR, 403, 404, 200, 200)
ESCRIBIR = (ENTRAR, 403, 404, 302, 302)

COORDINACION = {
    # name: (method, address, who gets what)
    "mesa": ("get", "{mesa}", LEER),
    "sesiones": ("get", "{mesa}", LEER),
    "sesion": ("get", "{mesa} {sesion}", LEER),
    "acuerdos": ("get", "{mesa}", LEER),
    "acuerdo": ("get", "{mesa} {folio}", LEER),
    "seguimiento": ("get", "{mesa}", LEER),
    "seguimiento_csv": ("get", "{mesa}", LEER),
    "instituciones": ("get", "{mesa}", LEER),
    "frecuencias": ("get", "{mesa}", FORMULARIO),
    "relevos": ("get", "{mesa}", FORMULARIO),
    "sesion_nueva": ("get", "{mesa}", FORMULARIO),
    "sesion_datos": ("get", "{mesa} {sesion}", FORMULARIO),
    "punto": ("get", "{mesa} {sesion} 1", FORMULARIO),
    "acuerdo_nuevo": ("get", "{mesa} {sesion}", FORMULARIO),
    "acuerdo_corregir": ("get", "{mesa} {folio}", FORMULARIO),
    "acuerdo_publicar": ("get", "{mesa} {folio}", FORMULARIO),
    "acuerdo_retirar": ("get", "{mesa} {folio}", ESCRIBIR),  # nothing is public yet: back to the agreement
    "sesion_empezar": ("post", "{mesa} {sesion}", ESCRIBIR),
    "quorum": ("get", "{mesa}", LEER),
    "modo": ("get", "{mesa} {sesion}", FORMULARIO),
    "modo_lista": ("get", "{mesa} {sesion}", FORMULARIO),
    "modo_pulso": ("get", "{mesa} {sesion}", FORMULARIO),
    "modo_anotar": ("post", "{mesa} {sesion} asistencia", (ENTRAR, 403, 404, 422, 422)),  # empty: the form comes back
    "punto_nuevo": ("post", "{mesa} {sesion}", ESCRIBIR),
    "acuerdo_avance": ("post", "{mesa} {folio}", (ENTRAR, 403, 404, 200, 200)),  # empty: the form comes back
    # Nothing is reported yet and the session is open: back to the agreement. Beto could verify it.
    "acuerdo_verificar": ("get", "{mesa} {folio}", (ENTRAR, 302, 404, 302, 302)),
    "acuerdo_prorrogar": ("get", "{mesa} {folio}", ESCRIBIR),
    "evidencia_nueva": ("get", "{mesa} {folio}", LEER),  # Beto, who could verify it, may add what he saw
    "enlaces": ("get", "{mesa} {folio}", FORMULARIO),
    "acuerdo_en_mesas": ("get", "{mesa} {folio}", FORMULARIO),
    "encargos": ("get", "{mesa}", LEER),
    "sesion_descartar": ("post", "{mesa} {sesion}", ESCRIBIR),
    "sesion_nivel": ("post", "{mesa} {sesion}", (ENTRAR, 403, 404, 200, 200)),  # empty: the form comes back
    "acuerdo_nivel": ("post", "{mesa} {folio}", (ENTRAR, 403, 404, 200, 200)),  # empty: the form comes back
    "publicacion": ("get", "{mesa}", LEER),
    "consentir": ("get", "{mesa} {sesion}", FORMULARIO),
    "sesion_retirar": ("get", "{mesa} {sesion}", ESCRIBIR),  # nothing is public yet: back to the session
    "reserva": ("get", "{mesa} sesion {sesion}", FORMULARIO),
    "objetivos": ("get", "{mesa} {folio}", LEER),
    "objetivo_declarar": ("post", "{mesa} {folio}", (ENTRAR, 403, 404, 200, 200)),  # empty: the form comes back
    "acuerdo_quitar": ("post", "{mesa} {folio}", ESCRIBIR),
    "convocatoria": ("get", "{mesa} {sesion}", FORMULARIO),
    "convocar": ("post", "{mesa} {sesion}", ESCRIBIR),
    "convocatoria_avisar": ("post", "{mesa} {sesion}", ESCRIBIR),
    "convocatoria_cancelar": ("post", "{mesa} {sesion}", (ENTRAR, 403, 404, 200, 200)),  # without a reason: the page
    # Nobody of that key is called: for who may call, too, it does not exist (tests/comites/convocatoria).
    "convocatoria_contacto": ("get", "{mesa} {sesion} p0", (ENTRAR, 403, 404, 404, 404)),
    "convocatoria_reenviar": ("post", "{mesa} {sesion} p0", (ENTRAR, 403, 404, 404, 404)),
    # Of an open session, which has no minute yet; with one, in tests/comites/test_actas_permisos.py.
    "actas": ("get", "{mesa}", LEER),
    "actas_compiladas": ("get", "{mesa}", LEER),
    "buscar": ("get", "{mesa}", LEER),
    "verificabilidad": ("get", "{mesa}", LEER),
    "acta": ("get", "{mesa} {sesion}", LEER),
    "acta_pdf": ("get", "{mesa} {sesion}", (ENTRAR, 404, 404, 404, 404)),
    "acta_pdf_publico": ("get", "{mesa} {sesion}", (ENTRAR, 403, 404, 404, 404)),
    "acta_enviar": ("post", "{mesa} {sesion}", ESCRIBIR),
    "acta_objetar": ("get", "{mesa} {sesion}", (ENTRAR, 302, 404, 302, 302)),
    "acta_responder": ("get", "{mesa} {sesion} 1", ESCRIBIR),
    "acta_adenda": ("get", "{mesa} {sesion}", ESCRIBIR),
    "acta_aprobar": ("get", "{mesa} {sesion}", ESCRIBIR),
    "extracto": ("get", "{mesa} {folio}", FORMULARIO),
    "extracto_pdf": ("get", "{mesa} {folio}", (ENTRAR, 403, 404, 404, 404)),
    "sesion_cerrar": ("get", "{mesa} {sesion}", FORMULARIO),
    # Before the session.
    "plantillas": ("get", "{mesa}", LEER),
    "agenda": ("get", "{mesa} {sesion}", FORMULARIO),
    "agenda_traer": ("post", "{mesa} {sesion}", ESCRIBIR),
    "plantilla_guardar": ("post", "{mesa} {sesion}", (ENTRAR, 403, 404, 200, 200)),  # empty: the page comes back
    "conjunta": ("get", "{mesa} {sesion}", FORMULARIO),
    "conjunta_retirar": ("post", "{mesa} {sesion}", (ENTRAR, 403, 404, 404, 404)),  # nobody was invited
}

PUBLICAS = {
    "inicio": [],
    "mesas": [],
    "mesa": ["norte"],
    "acuerdos": [],
    "acuerdo": ["{publico}"],
    "sesiones_publicas": [],
    "sesion_publica": None,  # tests/comites
    "buscar": [],
    "novedades": [],
    "encuentros": [],
    "encuentro": None,  # tests/encuentros
    "indicadores": [],
    "seguimiento": [],
    "indicadores_territorios": [],
    "indicadores_incrustar": [],
    "metodologia": [],
    "indicador": None,  # tests/indicadores
    "indicador_mapa": None,
    "indicador_clasificacion": None,
    "indicador_mesas": None,
    "indicador_grafica": None,
    "datos": [],
    "privacidad": [],
    "sin_conexion": [],
    "sin_conexion_js": [],
    "favicon": None,  # tests/techo
    "robots": [],
    "sitemap": [],
    "datos_mesas": ["csv"],
    "datos_acuerdos": ["csv"],
    "datos_sesiones": ["csv"],
    "datos_seguimiento": ["csv"],
    "calendario": None,  # tests/comites/convocatoria
    "datos_encuentros": ["csv"],
    "datos_propuestas": ["csv"],
    "datos_poblacion": None,
    "datos_tasas": None,
    "datos_incidencia": ["csv"],
    "datos_revisiones": ["csv"],
    "cargas": [],
    "carga": None,  # tests/indicadores/registro
    "avisos_por_correo": None,  # tests/comites/test_avisos
    "datapackage": [],
    "openapi": [],
    "verificar_codigo": [],
    "verificar": None,  # tests/comites/test_actas_verificacion.py
    "acta_publica": None,
}
OTRAS = {
    *("coordinacion:mi_calendario", "coordinacion:calendario_renovar", "coordinacion:calendario_revocar"),
    *("coordinacion:correos", "coordinacion:correo", "coordinacion:correo_adjunto"),
    *("tablero", "coordinacion:objetivo_retirar", "coordinacion:avisos"),
    *("coordinacion:seguimiento_red", "coordinacion:seguimiento_red_csv"),
    *("coordinacion:relevo_periodo", "coordinacion:expediente"),
    *("coordinacion:invitacion", "coordinacion:plantilla_borrar", "coordinacion:mis_acuerdos"),
    *("coordinacion:evidencia", "coordinacion:evidencia_nivel", "coordinacion:evidencia_retirar"),
    *("coordinacion:enlace_revocar", "coordinacion:encargo", "reportar"),
}
"""Tested below, in tests/comites and in tests/techo."""
DE_DJANGO = ("admin", "account_", "mfa_", "javascript-catalog")


# What the admin has beyond its stock pages, and those of uploads, which are not stock: only the staff comes in.
ADMINISTRACION = {
    "indicadores_recepcion_changelist": ("get", "", 200),
    "indicadores_recepcion_add": ("get", "", 200),
    "indicadores_recepcion_change": ("get", "{recepcion}", 200),
    "indicadores_recepcion_avance": ("get", "{recepcion}", 200),
    "indicadores_recepcion_hacer": ("post", "{recepcion} descartar", ENTRAR),  # and back to the list
    "indicadores_carga_change": ("get", "{carga}", 200),
    "indicadores_carga_deshacer": ("get", "{carga}", 200),
    "indicadores_carga_sin_poblacion": ("get", "", 200),
}
DE_CADA_MODELO = ("_changelist", "_add", "_change", "_delete", "_history", "_import", "_export")
DEL_SITIO = {
    *("index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "app_list"),
    *("view_on_site", "auth_user_password_change", "cuentas_usuario_password_change", "None"),
}


def nombres(patrones=None, prefijo=""):
    """Every name of the map of the portal."""
    for patron in patrones or get_resolver().url_patterns:
        if isinstance(patron, URLResolver):
            yield from nombres(patron.url_patterns, f"{prefijo}{patron.namespace}:" if patron.namespace else prefijo)
        elif isinstance(patron, URLPattern):
            yield f"{prefijo}{patron.name}"


def test_la_tabla_esta_completa():
    conocidos = PUBLICAS.keys() | OTRAS | {f"coordinacion:{nombre}" for nombre in COORDINACION}
    todos = {nombre for nombre in nombres() if not nombre.startswith(DE_DJANGO)}
    assert len(todos) > 30
    assert todos == conocidos


def test_la_tabla_de_la_administracion_esta_completa():
    propias = {
        nombre.removeprefix("admin:")
        for nombre in nombres()
        if nombre.startswith("admin:") and not nombre.endswith(DE_CADA_MODELO)
    }
    propias = {nombre for nombre in propias if not nombre.endswith("_process_import")}
    assert propias - DEL_SITIO == {nombre for nombre in ADMINISTRACION if not nombre.endswith(DE_CADA_MODELO)}


@pytest.mark.parametrize("quien", PERSONAS)
@pytest.mark.parametrize("nombre", ADMINISTRACION)
def test_a_la_administracion_de_las_cifras_solo_entra_el_personal(como, gente, nombre, quien):
    metodo, direccion, esperado = ADMINISTRACION[nombre]
    ahora = timezone.now()
    recepcion = Recepcion.objects.create(usuario=gente["diana"], estado="recibida", encolada=ahora)
    archivo = ArchivoRecibido.objects.create(recepcion=recepcion, nombre="a.csv", bytes=1)
    Trozo.objects.create(archivo=archivo, numero=0, datos=b"a")
    carga = Carga.objects.create(
        instrumento="CNSP/38/15",
        ambito="estatal",
        archivo="a.csv",
        sha256="0" * 64,
        corte=dt.date(2024, 1, 1),
        primer_anio=2024,
        ultimo_anio=2024,
        fuente="prueba",
        filas=1,
        total=1,
    )
    args = direccion.format(recepcion=recepcion.pk, carga=carga.pk).split()
    respuesta = getattr(como(gente[quien]), metodo)(reverse(f"admin:{nombre}", args=args))
    if quien == "diana":
        assert respuesta.status_code == esperado
    else:
        assert respuesta.status_code == ENTRAR and respuesta.url.startswith(reverse("admin:login"))


@pytest.fixture
def gente(ana, beto, carla, diana):
    return {"anónima": None, "ana": ana, "beto": beto, "carla": carla, "diana": diana}


@pytest.mark.parametrize("quien", PERSONAS)
@pytest.mark.parametrize("nombre", COORDINACION)
def test_cada_quien_llega_hasta_donde_le_toca(como, gente, norte, nombre, quien):
    metodo, direccion, esperado = COORDINACION[nombre]
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    args = direccion.format(mesa="norte", sesion=sesion.pk, folio=acuerdo.folio).split()
    respuesta = getattr(como(gente[quien]), metodo)(reverse(f"coordinacion:{nombre}", args=args))
    assert respuesta.status_code == esperado[PERSONAS.index(quien)]
    if quien == "anónima":
        assert respuesta.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("nombre", [nombre for nombre, (metodo, _, _) in COORDINACION.items() if metodo == "post"])
def test_los_botones_no_se_oprimen_con_un_enlace(como, ana, norte, nombre):
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion)
    args = COORDINACION[nombre][1].format(mesa="norte", sesion=sesion.pk, folio=acuerdo.folio).split()
    assert como(ana).get(reverse(f"coordinacion:{nombre}", args=args)).status_code == 405


@pytest.mark.parametrize("nombre", [nombre for nombre in COORDINACION if "{sesion}" in COORDINACION[nombre][1]])
def test_un_id_adivinado_a_traves_de_la_propia_mesa_no_existe(como, carla, norte, nombre):
    """Carla, inside her own mesa, types the number of a session of Norte."""
    metodo, direccion, _ = COORDINACION[nombre]
    sesion = hacer_sesion(norte)
    args = direccion.format(mesa="sur", sesion=sesion.pk).split()
    assert getattr(como(carla), metodo)(reverse(f"coordinacion:{nombre}", args=args)).status_code == 404


@pytest.mark.parametrize("nombre", [nombre for nombre in COORDINACION if "{folio}" in COORDINACION[nombre][1]])
def test_un_folio_adivinado_tampoco(como, carla, norte, nombre):
    metodo, direccion, _ = COORDINACION[nombre]
    acuerdo = hacer_acuerdo(hacer_sesion(norte))
    args = direccion.format(mesa="sur", folio=acuerdo.folio).split()
    assert getattr(como(carla), metodo)(reverse(f"coordinacion:{nombre}", args=args)).status_code == 404


@pytest.mark.parametrize("quien", PERSONAS)
@pytest.mark.parametrize("nombre", [nombre for nombre, args in PUBLICAS.items() if args is not None])
def test_lo_publico_es_de_todos(como, gente, norte, nombre, quien):
    folio = acuerdo_publico(norte).folio
    args = [arg.format(publico=folio) for arg in PUBLICAS[nombre]]
    assert como(gente[quien]).get(reverse(nombre, args=args)).status_code == 200


def test_el_tablero_lleva_a_cada_quien_a_lo_suyo(como, gente, norte):
    url = reverse("tablero")
    assert como(None).get(url).url.startswith(reverse("account_login"))
    assert como(gente["ana"]).get(url).url == reverse("coordinacion:mesa", args=["norte"])
    assert "Norte" not in como(gente["carla"]).get(url, follow=True).content.decode().split("<main", 1)[1]
    assert "Norte" in como(gente["diana"]).get(url).content.decode()


def test_quien_no_tiene_mesa_ve_que_hacer(como, db):
    sola, _ = hacer_cuenta("Sola Prueba")
    assert "todavía no tiene una mesa" in como(sola).get(reverse("tablero")).content.decode()


@pytest.mark.parametrize(("dias", "codigo"), [(0, 404), (1, 200)])
def test_un_cargo_que_termina_hoy_pierde_hoy_el_acceso(como, ana, norte, dias, codigo):
    ana.persona.asientos.all().delete()
    Cargo.objects.update(hasta=timezone.localdate() + dt.timedelta(days=dias))
    assert como(ana).get(reverse("coordinacion:mesa", args=["norte"])).status_code == codigo


def test_un_asiento_que_termino_cierra_la_puerta(como, beto):
    beto.persona.asientos.update(hasta=timezone.localdate())
    assert como(beto).get(reverse("coordinacion:mesa", args=["norte"])).status_code == 404


def test_la_coordinacion_estatal_lee_las_mesas_de_su_entidad_y_no_escribe(como, norte, sur):
    estatal, persona = hacer_cuenta("Elena Prueba")
    nombrar(persona, "coordinacion_estatal", entidad=norte.entidad)
    cliente = como(estatal)
    assert cliente.get(reverse("coordinacion:mesa", args=["norte"])).status_code == 200
    assert cliente.get(reverse("coordinacion:sesion_nueva", args=["norte"])).status_code == 403
    assert cliente.get(reverse("coordinacion:mesa", args=["sur"])).status_code == 404


@pytest.mark.parametrize("quien", ["anónima", "beto", "carla", "ana"])
def test_la_administracion_es_solo_del_personal(como, gente, quien):
    respuesta = como(gente[quien]).get(reverse("admin:index"))
    if respuesta.status_code != 403:
        assert respuesta.status_code == 302
        assert respuesta.url.startswith((reverse("account_login"), reverse("admin:login")))


def test_lo_reservado_lo_lee_quien_estuvo_quien_responde_y_quien_coordina(como, ana, beto, norte):
    otro, persona = hacer_cuenta("Gema Prueba")
    asiento = hacer_integrante(norte, persona)
    sesion = hacer_sesion(norte)
    acuerdo = hacer_acuerdo(sesion, nivel="reservada", institucion_responsable=None, responsable=asiento)
    cerrar(sesion)
    url = reverse("coordinacion:acuerdo", args=["norte", acuerdo.folio])
    assert [como(quien).get(url).status_code for quien in (ana, otro, beto)] == [200, 200, 404]
    assert acuerdo.accion not in como(beto).get(reverse("coordinacion:mesa", args=["norte"])).content.decode()
    assert acuerdo.accion not in como(beto).get(sesion.get_absolute_url()).content.decode()


def test_nadie_verifica_lo_suyo(como, ana, norte):
    asiento = ana.persona.asientos.get()
    acuerdo = acuerdo_publico(norte, institucion_responsable=None, responsable=asiento)
    url = reverse("coordinacion:acuerdo_avance", args=["norte", acuerdo.folio])
    hoy = timezone.localdate().isoformat()
    como(ana).post(url, {"estado": "reportado", "texto": "Listo", "fecha": hoy})
    como(ana).post(url, {"estado": "cumplido", "texto": "Me consta", "fecha": hoy})
    acuerdo.refresh_from_db()
    assert acuerdo.estado == "reportado"
