"""Plain functions that make rows with sensible defaults. Everybody here is invented."""

import datetime as dt
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import slugify

from comites import operaciones, operaciones_acuerdos, operaciones_publicacion
from comites.asientos import asientos
from comites.models import Comite, InvitacionConjunta, Sesion, TipoDeComite
from cuentas.operaciones import abrir_cuenta
from mesas.models import (
    Cargo,
    Cobertura,
    Consentimiento,
    Entidad,
    EventoDeVida,
    Institucion,
    Integrante,
    Mesa,
    Municipio,
    Persona,
    Puesto,
)

CLAVE = "una-clave-de-prueba-larga"
_cuenta = count(1)


def hacer_municipio(clave="28038", nombre="Tampico"):
    entidad, _ = Entidad.objects.get_or_create(
        clave=clave[:2], defaults={"nombre": f"Entidad {clave[:2]}", "nombre_corto": f"Entidad {clave[:2]}"}
    )
    municipio, _ = Municipio.objects.get_or_create(clave=clave, defaults={"entidad": entidad, "nombre": nombre})
    return municipio


def hacer_mesa(nombre="Norte", municipio="28038", *, publica=True, **campos):
    """A mesa that has operated in one municipality since 2018."""
    sede = hacer_municipio(municipio, campos.pop("municipio_nombre", f"Municipio {municipio}"))
    mesa = Mesa.objects.create(slug=slugify(nombre), nombre=nombre, entidad=sede.entidad, publica=publica, **campos)
    Cobertura.objects.create(mesa=mesa, municipio=sede, es_sede=True)
    EventoDeVida.objects.create(mesa=mesa, tipo="instalacion", fecha=dt.date(2018, 1, 15), fuente="prueba")
    return mesa


def hacer_persona(nombre=None, *, usuario=None):
    return Persona.objects.create(nombre=nombre or f"Persona {next(_cuenta)}", usuario=usuario)


def consentir_nombre(persona):
    """That the name of a person may be public."""
    return Consentimiento.objects.create(
        persona=persona, finalidad="nombre", version_aviso="2025", medio="Por escrito", otorgado=timezone.now()
    )


def hacer_institucion(nombre=None, *, civil=False):
    return Institucion.objects.create(
        nombre=nombre or f"Institución {next(_cuenta)}",
        nivel="civil" if civil else "municipal",
        poder="ninguno" if civil else "ejecutivo",
    )


def hacer_integrante(mesa, persona=None, *, con_cargo=False, **campos):
    campos.setdefault("desde", dt.date(2020, 1, 1))
    if con_cargo:
        campos.setdefault("institucion", hacer_institucion())
    return Integrante.objects.create(
        mesa=mesa,
        persona=persona or hacer_persona(),
        tipo=Integrante.Tipo.CON_CARGO_PUBLICO if con_cargo else Integrante.Tipo.SIN_CARGO_PUBLICO,
        **campos,
    )


def nombrar(persona, tipo=Puesto.Tipo.COORDINACION_MESA, *, desde=dt.date(2020, 1, 1), hasta=None, **ambito):
    """Put a person in a post (created if it does not exist)."""
    puesto, _ = Puesto.objects.get_or_create(tipo=tipo, **ambito)
    return Cargo.objects.create(puesto=puesto, persona=persona, desde=desde, hasta=hasta)


def hacer_cuenta(nombre, **campos):
    """An account with its person: (usuario, persona)."""
    usuario = abrir_cuenta(email=f"{slugify(nombre)}@portal.example", clave=CLAVE, **campos)
    return usuario, hacer_persona(nombre, usuario=usuario)


def hacer_comite(mesa, nombre="Comité de prevención", persona=None):
    tipo, _ = TipoDeComite.objects.get_or_create(nombre="Prevención")
    puesto = Puesto.objects.create(tipo=Puesto.Tipo.COORDINACION_COMITE, mesa=mesa, nombre=nombre)
    if persona:
        Cargo.objects.create(puesto=puesto, persona=persona, desde=dt.date(2020, 1, 1))
    return Comite.objects.create(mesa=mesa, tipo=tipo, nombre=nombre, coordinacion=puesto)


def hacer_sesion(mesa, *, comite=None, tipo=None, dias=-7, puntos=("Seguimiento", "Asuntos generales"), empezar=True):
    """A session `dias` days from today, under way unless told otherwise."""
    dia = timezone.localdate() + dt.timedelta(days=dias)
    inicio = dt.datetime.combine(dia, dt.time(18), tzinfo=ZoneInfo("America/Mexico_City"))
    tipo = tipo or (Sesion.Tipo.COMITE if comite else Sesion.Tipo.PLENARIA)
    sesion = operaciones.crear_sesion(mesa=mesa, tipo=tipo, comite=comite, inicio=inicio, puntos=puntos)
    return operaciones.empezar_sesion(sesion=sesion) if empezar else sesion


def unir(sesion, *mesas):
    """Make it a joint session: those mesas accepted its invitation."""
    for mesa in mesas:
        InvitacionConjunta.objects.create(sesion=sesion, mesa=mesa, estado="aceptada")
    return sesion


def asistir(sesion, cuantos=1):
    """People who were there: without them a plenaria consents to nothing."""
    for _ in range(cuantos):
        asiento = hacer_integrante(sesion.mesa)
        operaciones.pasar_lista(sesion=sesion, integrante=asiento, estado="presente")
    return sesion


def reservada(dias=30):
    """What reserving asks for: `Acuerdo.objects.update(**reservada())`."""
    revisar = timezone.localdate() + dt.timedelta(days=dias)
    return {"nivel": "reservada", "motivo_de_reserva": "Pone en riesgo a alguien", "revisar_reserva_el": revisar}


def hacer_acuerdo(sesion, accion="Instalar doce luminarias en el parque", **datos):
    """An agreement that passes the quality gate unless told otherwise."""
    completo = {
        "producto": "Doce luminarias encendidas",
        "institucion_responsable": hacer_institucion(),
        "fecha_compromiso": timezone.localdate() + dt.timedelta(days=30),
        "verificacion": "Visita al parque con fotografías",
    }
    if datos.get("nivel") == "reservada":
        completo |= reservada()
    return operaciones_acuerdos.registrar_acuerdo(sesion=sesion, accion=accion, **(completo | datos))


def cerrar(sesion, autor=None):
    """Close it; of whom nobody said anything, absent. A mesa without seats gets one: without, nothing closes."""
    if sesion.tipo != "encuentro" and not asientos(sesion).exists():
        hacer_integrante(sesion.mesa)
    operaciones.completar_lista(sesion=sesion)
    return operaciones.cerrar_sesion(sesion=sesion, autor=autor)


def publicar(acuerdo, plenaria=None, **datos):
    """Publish through an assembly: that of its session, or the given plenaria."""
    punto = (plenaria or acuerdo.sesion).puntos.first()
    datos.setdefault("fundamento", "Por consenso de quienes estaban")
    return operaciones_publicacion.publicar_acuerdo(acuerdo=acuerdo, punto=punto, autor=None, **datos)


def publicar_sesion(sesion, *, puntos=(), plenaria=None, **datos):
    """Publish a session through an assembly (its own, unless given), with the items that may be read."""
    punto = (plenaria or sesion).puntos.first()
    datos.setdefault("fundamento", "Por consenso de quienes estaban")
    return operaciones_publicacion.publicar_sesion(
        sesion=sesion, puntos=[p.pk for p in puntos], punto=punto, autor=None, **datos
    )


def acuerdo_publico(mesa, accion="Instalar doce luminarias en el parque", **datos):
    """An agreement of a closed plenaria that consented to publish it."""
    sesion = asistir(hacer_sesion(mesa))
    acuerdo = hacer_acuerdo(sesion, accion, **datos)
    cerrar(sesion)
    publicar(acuerdo)
    acuerdo.refresh_from_db()
    return acuerdo


def reportar(acuerdo, fecha=None, *, autor=None, reporta=None, texto="Ya está"):
    """The first key: whoever answers says that it is done."""
    return operaciones_acuerdos.registrar_avance(
        acuerdo=acuerdo,
        estado="reportado",
        texto=texto,
        fecha=fecha or timezone.localdate(),
        autor=autor,
        responde=False,
        reporta=reporta,
    )


def cumplir(acuerdo, *, reportado=None, verificado=None, verifica=None):
    """Both keys: reported, and verified by a citizen of the mesa who has nothing to do with it."""
    avance = reportar(acuerdo, reportado)
    return operaciones_acuerdos.registrar_avance(
        acuerdo=acuerdo,
        estado="cumplido",
        texto="Se comprobó",
        fecha=verificado or avance.fecha,
        autor=None,
        responde=False,
        verifica=verifica or hacer_integrante(acuerdo.sesion.mesa),
    )
