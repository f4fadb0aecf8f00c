"""What leaves through each channel, at each level of confidentiality: one table, read against one world per level.

A world has a session, an item, an agreement, a file and names that only this file says, all at one level. Everything
that a channel answers is read once per world; then each cell of the table is one test. What is private must not
even move a figure: for it, every public channel answers to the letter what it answers when it does not exist.
"""

import datetime as dt
import re
import shutil
import subprocess

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comites import operaciones, operaciones_publicacion
from comites.archivos_de_evidencia import preparar
from comites.models import Invitado, Sesion
from comites.operaciones_evidencias import guardar_evidencia
from mesas.models import Consentimiento, Mesa, Persona
from tests.conftest import usar_segundo_factor
from tests.fabricas import (
    acuerdo_publico,
    consentir_nombre,
    hacer_acuerdo,
    hacer_comite,
    hacer_cuenta,
    hacer_institucion,
    hacer_integrante,
    hacer_mesa,
    hacer_persona,
    hacer_sesion,
    nombrar,
    publicar,
    publicar_sesion,
    reservada,
)

pytestmark = pytest.mark.django_db

# ── The table ───────────────────────────────────────────────────────────────────────────

COSAS = {
    # what: the words that would give it away
    "sesión": ["74747"],
    "punto": ["jacaranda"],
    "acuerdo": ["obsidiana"],
    "nombre": ["Xóchitl Escondida", "Yolotl Invitada", "Zyanya Suplente"],
    "lugar y minuta": ["Bodega Zarzamora", "Minuta del zarzal"],
    "archivo": ["Foto turquesa", "Dentro del archivo ambar"],
}

PUBLICOS = {
    # channel: (address, what of a public world it shows)
    "página del acuerdo": ("{acuerdo}", {"acuerdo"}),
    "página de la sesión": ("{sesión}", {"sesión", "punto", "acuerdo"}),
    "lista de acuerdos": ("/acuerdos/", {"acuerdo"}),
    "lista filtrada": ("/acuerdos/?q=callejon&mesa=norte", {"acuerdo"}),
    "lista de sesiones": ("/sesiones/", {"sesión"}),
    "página de la mesa": ("/mesas/norte/", {"sesión", "acuerdo"}),
    "inicio": ("/", {"acuerdo"}),
    "encuentros": ("/encuentros/", set()),
    "novedades": ("/novedades.atom", {"sesión", "punto", "acuerdo"}),
    "mapa del sitio": ("/sitemap.xml", {"sesión", "acuerdo"}),
    "búsqueda del acuerdo": ("/buscar/?q=obsidiana", {"acuerdo"}),
    "búsqueda del punto": ("/buscar/?q=jacaranda", {"sesión"}),
    "búsqueda del lugar": ("/buscar/?q=zarzamora+OR+zarzal", set()),
    "búsqueda del nombre": ("/buscar/?q=xochitl+OR+yolotl+OR+zyanya", set()),
    "acuerdos.csv": ("/datos/acuerdos.csv", {"acuerdo"}),
    "acuerdos.json": ("/datos/acuerdos.json", {"acuerdo"}),
    "sesiones.csv": ("/datos/sesiones.csv", {"sesión", "punto"}),
    "sesiones.json": ("/datos/sesiones.json", {"sesión", "punto"}),
    "datapackage": ("/datos/datapackage.json", set()),
    "openapi": ("/datos/openapi.json", set()),
    "seguimiento": ("/indicadores/red/", set()),
    "seguimiento.csv": ("/datos/seguimiento.csv", set()),
    "mesas.csv": ("/datos/mesas.csv", set()),
}

HAY_PDFTOTEXT = shutil.which("pdftotext") is not None  # of poppler-utils; where tests are owed, it is installed
if HAY_PDFTOTEXT:
    PUBLICOS["acta pública en PDF"] = ("{acta}", {"sesión", "punto", "acuerdo"})

TODO = set(COSAS)
DE_PUERTA = {
    # who, where: level → what they read
    "otra mesa": {"red": {"acuerdo", "archivo"}},
    "integrante que no estuvo": dict.fromkeys(("publica", "candidata", "red", "mesa", "retirada"), TODO),
    "personal sin coordinar_red": {},
}

NIVELES = ("publica", "candidata", "red", "mesa", "reservada")
CON_NOMBRE = ("consentimiento retirado", "persona oculta")
"""What was public naming somebody who let it, and then took that back or had to be hidden."""
SIN_EFECTO = ("retirada", "vencida", *CON_NOMBRE, "mesa oculta")
"""What was public and is not: withdrawn, past its term, with such a name, of a mesa that left the micrositio."""
PRIVADOS = (*NIVELES[1:], "retirada", "vencida", *CON_NOMBRE)
TRAS_LA_PUERTA = (*NIVELES, "retirada")

# ── The worlds ──────────────────────────────────────────────────────────────────────────


_INSTANTE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.+]+")
"""When each world was made: the only thing that two of them may not have alike."""


def hoy(dias=0):
    return timezone.localdate() + dt.timedelta(days=dias)


def _lo_secreto(norte, comite, plenaria, nivel):
    """A session with everything that the table names, at that level."""
    con = f" con {COSAS['nombre'][0]}" if nivel in CON_NOMBRE else ""
    sesion = hacer_sesion(norte, comite=comite, dias=-9, puntos=(f"Operativo jacaranda{con}", "Asuntos generales"))
    Sesion.objects.filter(pk=sesion.pk).update(numero=74747, lugar="Bodega Zarzamora", desarrollo="Minuta del zarzal")
    sesion.refresh_from_db()
    responsable = hacer_integrante(norte, hacer_persona("Xóchitl Escondida"))
    suplida = hacer_integrante(norte)
    operaciones.pasar_lista(sesion=sesion, integrante=responsable, estado="presente")
    operaciones.pasar_lista(sesion=sesion, integrante=suplida, estado="suplente", suplente="Zyanya Suplente")
    Invitado.objects.create(sesion=sesion, nombre="Yolotl Invitada")
    acuerdo = hacer_acuerdo(
        sesion,
        f"Vigilar el callejón de la obsidiana{con}",
        punto=sesion.puntos.first(),
        institucion_responsable=None,
        responsable=responsable,
    )
    operaciones.completar_lista(sesion=sesion)
    operaciones.cerrar_sesion(sesion=sesion, autor=None)
    _adjuntar(acuerdo, nivel)
    _poner(nivel, sesion, acuerdo, plenaria)
    sesion.refresh_from_db()
    return sesion, acuerdo


def _adjuntar(acuerdo, nivel):
    """A file, at that level; there is no public one: of what is public, its file stays in the mesa."""
    archivo = preparar(ContentFile(b"%PDF-1.7\nDentro del archivo ambar", name="Foto turquesa.pdf"))
    como = reservada() if nivel == "reservada" else {"nivel": nivel if nivel in NIVELES[1:] else "mesa"}
    guardar_evidencia(acuerdo=acuerdo, archivo=archivo, autor=None, **como)


def _poner(nivel, sesion, acuerdo, plenaria):
    if nivel in NIVELES[1:]:
        como = reservada() if nivel == "reservada" else {"nivel": nivel}
        for filas in (type(sesion).objects.filter(pk=sesion.pk), sesion.puntos.all(), sesion.acuerdos.all()):
            filas.update(**como)
        return
    nombrada = Persona.objects.get(nombre=COSAS["nombre"][0])
    if nivel in CON_NOMBRE:
        consentimiento = consentir_nombre(nombrada)
    plazo = {"desde": hoy(-3), "hasta": hoy()} if nivel == "vencida" else {}
    publicar_sesion(sesion, puntos=[sesion.puntos.first()], plenaria=plenaria, **plazo)
    publicar(acuerdo, plenaria, **plazo)
    if nivel == "retirada":
        for fila in (sesion, acuerdo):
            operaciones_publicacion.retirar_publicacion(acto=fila.actos.get(), motivo="Riesgo")
    elif nivel == "consentimiento retirado":
        Consentimiento.objects.filter(pk=consentimiento.pk).update(revocado=timezone.now())
    elif nivel == "persona oculta":
        Persona.objects.filter(pk=nombrada.pk).update(oculta=True)
    elif nivel == "mesa oculta":
        Mesa.objects.filter(pk=sesion.mesa_id).update(publica=False)


def _gente(norte, sur):
    beto, persona = hacer_cuenta("Beto Prueba")
    hacer_integrante(norte, persona)
    carla, persona = hacer_cuenta("Carla Prueba")
    hacer_integrante(sur, persona)
    nombrar(persona, mesa=sur)
    personal, _ = hacer_cuenta("Personal Prueba", es_personal=True)
    permisos = Permission.objects.filter(content_type__app_label__in=["mesas", "comites", "encuentros", "indicadores"])
    personal.user_permissions.set(permisos.exclude(codename="coordinar_red"))
    Authenticator.objects.create(user=personal, type=Authenticator.Type.TOTP, data={"secret": "prueba"})
    return {"integrante que no estuvo": beto, "otra mesa": carla, "personal sin coordinar_red": personal}


def _de_puerta(sesion, acuerdo):
    """The pages behind the door through which each of them could read it."""

    def escritorio(slug, *nombres):
        args = {nombre: [sesion.pk] for nombre in ("sesion", "acta", "acta_pdf", "acta_pdf_publico")}
        args |= {nombre: [acuerdo.folio] for nombre in ("acuerdo", "objetivos", "acuerdo_verificar")}
        args["evidencia"] = [acuerdo.folio, acuerdo.evidencias.get().pk]
        periodo = f"?desde=2000-01-01&hasta={hoy()}"
        que = {"buscar": "?q=callejon+OR+operativo+OR+minuta+OR+bodega", "actas": periodo, "actas_compiladas": periodo}
        return [
            reverse(f"coordinacion:{nombre}", args=[slug, *args.get(nombre, [])]) + que.get(nombre, "")
            for nombre in nombres
        ]

    todo = (
        *("mesa", "sesiones", "acuerdos", "publicacion", "seguimiento", "sesion", "acuerdo", "evidencia"),
        *("acta", "actas", "buscar", "verificabilidad", "instituciones", "seguimiento_csv", "encargos", "objetivos"),
        *(("actas_compiladas",) if HAY_PDFTOTEXT else ()),
    )
    en_la_mesa = ("mesa", "sesion", "acuerdo", "evidencia", "acta", "acta_pdf", "acta_pdf_publico", "acuerdo_verificar")
    sin_mesa = [reverse(f"coordinacion:{nombre}") for nombre in ("mis_acuerdos", "correos", "seguimiento_red")]
    administracion = [
        *(reverse(f"admin:comites_{modelo}_changelist") for modelo in ("sesion", "acuerdo", "actodepublicacion")),
        reverse("admin:comites_sesion_change", args=[sesion.pk]),
        reverse("admin:comites_acuerdo_change", args=[acuerdo.pk]),
        reverse("admin:comites_acuerdo_changelist") + "?q=callejon",
        reverse("admin:autocomplete") + "?app_label=indicadores&model_name=objetivo&field_name=acuerdo&term=obs",
    ]
    return {
        "integrante que no estuvo": escritorio("norte", *todo) + sin_mesa,
        "otra mesa": escritorio("sur", *todo) + escritorio("norte", *en_la_mesa) + sin_mesa,
        "personal sin coordinar_red": administracion + escritorio("norte", *en_la_mesa) + sin_mesa,
    }


def _en_papel(pdf):
    salida = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return " ".join(salida.decode().split())


def _texto(cliente, direccion):
    respuesta = cliente.get(direccion)
    crudo = respuesta.getvalue()
    if crudo.startswith(b"%PDF") and "/evidencias/" not in direccion:  # a document of ours, not what was uploaded
        return respuesta, _en_papel(crudo)
    texto = crudo.decode()
    if direccion.startswith("/buscar/"):  # the page repeats what was typed
        texto = texto.split("</form>", 1)[1]
    return respuesta, _INSTANTE.sub("", texto)


def _leer(nivel):
    """Everything that each channel answers in the world of that level; without level, in one without the secret."""
    norte, sur = hacer_mesa("Norte", "28038"), hacer_mesa("Sur", "31050")
    comite = hacer_comite(norte)
    gente = _gente(norte, sur)
    obras = hacer_institucion("Obras de prueba")
    plenaria = acuerdo_publico(norte, "Pintar la barda de la escuela", institucion_responsable=obras).sesion
    publicar_sesion(plenaria, puntos=[plenaria.puntos.last()])
    leido = {
        "direcciones": {
            "acuerdo": "/acuerdos/NORTE-0-0000/",
            "sesión": "/sesiones/norte/plenaria/1999/1/",
            "acta": reverse("acta_publica", args=["A" * 16]),
        }
    }
    if nivel:
        sesion, acuerdo = _lo_secreto(norte, comite, plenaria, nivel)
        leido["direcciones"] = {
            "acuerdo": acuerdo.get_absolute_url(),
            "sesión": sesion.url_publica,
            "acta": reverse("acta_publica", args=[sesion.acta.codigo]),
        }
        for quien, direcciones in _de_puerta(sesion, acuerdo).items():
            if nivel not in TRAS_LA_PUERTA:
                continue
            cliente = Client()
            cliente.force_login(gente[quien])
            usar_segundo_factor(cliente, gente[quien])
            leido[quien] = "\n".join(_texto(cliente, direccion)[1] for direccion in direcciones)
    anonima = Client()
    for canal, (direccion, _) in PUBLICOS.items():
        leido[canal, "respuesta"], leido[canal] = _texto(anonima, direccion.format(**leido["direcciones"]))
    return leido


@pytest.fixture(scope="module")
def mundo(django_db_setup, django_db_blocker):
    """`mundo(nivel)`: what the channels answer; each world is made once, read whole and undone."""
    leidos = {}

    def de(nivel):
        if nivel not in leidos:
            with django_db_blocker.unblock(), transaction.atomic():
                leidos[nivel] = _leer(nivel)
                transaction.set_rollback(True)
        return leidos[nivel]

    return de


def _se_lee(leido, canal, cosa):
    palabras = list(COSAS[cosa])
    if cosa in ("acuerdo", "sesión"):  # its address gives it away too
        palabras.append(leido["direcciones"][cosa])
    return any(palabra in leido[canal] for palabra in palabras)


# ── The tests ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("cosa", COSAS)
@pytest.mark.parametrize("canal", PUBLICOS)
@pytest.mark.parametrize("nivel", [*NIVELES, *SIN_EFECTO])
def test_al_publico(mundo, nivel, canal, cosa):
    esperado = nivel == "publica" and cosa in PUBLICOS[canal][1]
    assert _se_lee(mundo(nivel), canal, cosa) == esperado


@pytest.mark.parametrize("cosa", COSAS)
@pytest.mark.parametrize("quien", DE_PUERTA)
@pytest.mark.parametrize("nivel", TRAS_LA_PUERTA)
def test_tras_la_puerta(mundo, nivel, quien, cosa):
    assert _se_lee(mundo(nivel), quien, cosa) == (cosa in DE_PUERTA[quien].get(nivel, set()))


@pytest.mark.parametrize("canal", PUBLICOS)
@pytest.mark.parametrize("nivel", PRIVADOS)
def test_lo_privado_no_cambia_ni_una_letra_de_lo_publico(mundo, nivel, canal):
    if "{" in PUBLICOS[canal][0]:
        esperado = 410 if nivel in SIN_EFECTO else 404
        assert mundo(nivel)[canal, "respuesta"].status_code == esperado
    else:
        assert mundo(nivel)[canal] == mundo(None)[canal]


@pytest.mark.parametrize("canal", ["página del acuerdo", "página de la sesión"])
def test_lo_retirado_dice_que_se_retiro_y_nada_mas(mundo, canal):
    leido = mundo("retirada")
    respuesta, pagina = leido[canal, "respuesta"], leido[canal].split("<main", 1)[1]
    assert respuesta["Cache-Control"] == "no-store"
    assert "Retirado" in pagina
    assert not any(palabra in leido[canal] for palabra in ("Norte", "NORTE", "norte", "plenaria", "Comité"))
    assert mundo("mesa oculta")[canal, "respuesta"].status_code == 404


@pytest.mark.parametrize("canal", PUBLICOS)
def test_ninguna_copia_se_muestra_sin_preguntar(mundo, canal):
    control = mundo("publica")[canal, "respuesta"]["Cache-Control"]
    if canal in ("datapackage", "openapi"):  # they describe the tables, not what is in them
        assert "max-age=300" in control
    else:
        assert control == "no-cache" or "no-store" in control or "max-age=0, must-revalidate" in control
