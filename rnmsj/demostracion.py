"""Invented people, sessions and agreements with which to try the workspace.

Nobody here exists and nothing here happened. Two mesas of their own, so that no invented
agreement ever stands beside a real one; their pages say «datos de demostración» and they
count in no figure of the network. Written through the same operations as the real thing,
so it also proves them.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from comites import operaciones, operaciones_acuerdos, operaciones_publicacion
from comites.models import Acuerdo, Comite, ReglaDeQuorum, Sesion, TipoDeComite
from comites.operaciones_frecuencias import decir_frecuencia
from comites.operaciones_quorum import fijar_regla
from comites.querysets_seguimiento import impedimento_de
from cuentas.models import Usuario
from cuentas.operaciones import abrir_cuenta
from indicadores.models import Delito, Objetivo
from indicadores.operaciones_objetivos import declarar_objetivo
from mesas.models import (
    Cargo,
    Cobertura,
    EventoDeVida,
    Institucion,
    Integrante,
    Mesa,
    Municipio,
    Persona,
    Puesto,
)
from mesas.operaciones_periodos import registrar_periodo

FUENTE = "Dato inventado para la demostración"
DESDE = dt.date(2022, 1, 17)
DIA_CON_CIFRAS = dt.date(2023, 2, 15)
"""Twelve months before and twelve after it lie inside the files of the first run."""


@dataclass(frozen=True)
class CuentaDeDemostracion:
    """An account to try the portal with, and what it is for."""

    correo: str
    nombre: str
    para: str


CUENTAS = (
    CuentaDeDemostracion("ana@norte.example", "Ana Ejemplo", "coordina la mesa Norte"),
    CuentaDeDemostracion("beto@norte.example", "Beto Ejemplo", "es integrante de la mesa Norte"),
    CuentaDeDemostracion("carla@sur.example", "Carla Ejemplo", "coordina la mesa Sur"),
    CuentaDeDemostracion("diana@mexicosos.example", "Diana Ejemplo", "es personal de México SOS (administración)"),
)
PERSONAL = CUENTAS[3].correo


@transaction.atomic
def sembrar_demostracion() -> bool:
    """Create the demonstration once. False if it was there already."""
    if Mesa.objects.filter(es_demo=True).exists():
        return False
    personas = {cuenta.correo: _persona_con_cuenta(cuenta) for cuenta in CUENTAS}
    norte = _mesa("Norte", "26030")
    sur = _mesa("Sur", "31050")
    _asientos(norte, [personas["ana@norte.example"], personas["beto@norte.example"]], _NORTE)
    _asientos(sur, [personas["carla@sur.example"]], _SUR)
    _coordina(norte, personas["ana@norte.example"])
    _coordina(sur, personas["carla@sur.example"])
    _acuerdo_con_cifras(norte, personas["ana@norte.example"].usuario)
    _vida_de(norte, personas["ana@norte.example"].usuario)
    _vida_de(sur, personas["carla@sur.example"].usuario)
    return True


def renovar_claves() -> dict[str, str]:
    """New random passwords for the demonstration accounts: address → password. Shown once, stored hashed."""
    claves = {}
    for cuenta in CUENTAS:
        usuario = Usuario.objects.get(email=cuenta.correo)
        claves[cuenta.correo] = secrets.token_urlsafe(12)
        usuario.set_password(claves[cuenta.correo])
        usuario.save(update_fields=["password"])
    return claves


_NORTE = (
    ("Elisa Ejemplo", "", "Cámara de comercio de ejemplo"),
    ("Fermín Ejemplo", "", "Universidad de ejemplo"),
    ("Gloria Ejemplo", "", ""),
    ("Hugo Ejemplo", "municipal", "Seguridad Pública Municipal de ejemplo"),
    ("Inés Ejemplo", "estatal", "Fiscalía de ejemplo"),
    ("Jaime Ejemplo", "federal", "Guardia Nacional de ejemplo"),
)
_SUR = (
    ("Karla Ejemplo", "", "Colegio de abogadas de ejemplo"),
    ("Luis Ejemplo", "", ""),
    ("Marta Ejemplo", "municipal", "Prevención Municipal de ejemplo"),
    ("Nicolás Ejemplo", "estatal", "Secretaría de Seguridad de ejemplo"),
)


def _persona_con_cuenta(cuenta: CuentaDeDemostracion) -> Persona:
    usuario = abrir_cuenta(email=cuenta.correo, es_personal=cuenta.correo == PERSONAL)
    if usuario.is_staff:
        usuario.groups.add(*Group.objects.filter(name__in=["Coordinación de la Red", "Indicadores"]))
    return Persona.objects.create(nombre=cuenta.nombre, correo=cuenta.correo, usuario=usuario, es_demo=True)


def _mesa(nombre: str, clave: str) -> Mesa:
    sede = Municipio.objects.get(clave=clave)
    mesa = Mesa.objects.create(
        slug=f"demostracion-{nombre.lower()}",
        nombre=f"Mesa {nombre} (demostración)",
        entidad=sede.entidad,
        publica=True,
        es_demo=True,
        nota=(
            "Esta mesa no existe: sirve para probar el portal. Sus integrantes, sesiones y acuerdos son "
            "inventados. Las cifras de delitos de su municipio sí son oficiales."
        ),
        fuente=FUENTE,
    )
    Cobertura.objects.create(mesa=mesa, municipio=sede, desde=DESDE, es_sede=True, fuente=FUENTE)
    EventoDeVida.objects.create(mesa=mesa, tipo=EventoDeVida.Tipo.INSTALACION, fecha=DESDE, fuente=FUENTE)
    return mesa


def _asientos(mesa: Mesa, con_cuenta: list[Persona], demas: tuple[tuple[str, str, str], ...]) -> None:
    for persona in con_cuenta:
        Integrante.objects.create(mesa=mesa, persona=persona, tipo=Integrante.Tipo.SIN_CARGO_PUBLICO, desde=DESDE)
    for nombre, nivel, institucion in demas:
        Integrante.objects.create(
            mesa=mesa,
            # Of whoever speaks for an authority there is an address, to which a link to report can be sent.
            persona=Persona.objects.create(
                nombre=nombre, correo=f"{slugify(nombre)}@{mesa.slug}.example" if nivel else "", es_demo=True
            ),
            tipo=Integrante.Tipo.CON_CARGO_PUBLICO if nivel else Integrante.Tipo.SIN_CARGO_PUBLICO,
            institucion=_institucion(institucion, nivel, mesa) if institucion else None,
            desde=DESDE,
        )


def _institucion(nombre: str, nivel: str, mesa: Mesa) -> Institucion:
    poder = Institucion.Poder.FISCALIA if "Fiscalía" in nombre else Institucion.Poder.EJECUTIVO
    return Institucion.objects.create(
        nombre=nombre,
        nivel=nivel or Institucion.Nivel.CIVIL,
        poder=poder if nivel else Institucion.Poder.NINGUNO,
        entidad=mesa.entidad,
        es_demo=True,
    )


def _coordina(mesa: Mesa, persona: Persona) -> None:
    puesto = Puesto.objects.create(tipo=Puesto.Tipo.COORDINACION_MESA, mesa=mesa)
    Cargo.objects.create(puesto=puesto, persona=persona, desde=DESDE, fuente=FUENTE)


def _comite(mesa: Mesa, tema: str) -> Comite:
    tipo, _ = TipoDeComite.objects.get_or_create(nombre=tema)
    nombre = f"Comité de {tema.lower()}"
    puesto = Puesto.objects.create(tipo=Puesto.Tipo.COORDINACION_COMITE, mesa=mesa, nombre=f"Coordinación del {nombre}")
    return Comite.objects.create(mesa=mesa, tipo=tipo, nombre=nombre, coordinacion=puesto, desde=DESDE)


def _vida_de(mesa: Mesa, autor: Usuario) -> None:
    """A comité that met, a plenaria that consented to publish, and what comes next."""
    comite = _comite(mesa, "Prevención")
    _comite(mesa, "Extorsión")
    _lo_previsto(mesa, autor)
    reunion = _sesion(mesa, dias=-45, comite=comite, puntos=("Diagnóstico del parque", "Patrullaje escolar"))
    parque = _acuerdo(
        reunion,
        "Reparar el alumbrado del parque central",
        "40 luminarias encendidas",
        "Recorrido nocturno de la mesa, con fotografías",
        dias=20,
        nivel_de_gobierno="municipal",
    )
    rondas = _acuerdo(
        reunion,
        "Publicar el calendario de rondas a la salida de las escuelas",
        "Un calendario mensual entregado a diez escuelas",
        "Acuse de recibo de cada escuela",
        dias=-5,
        nivel_de_gobierno="estatal",
    )
    _cerrar(reunion, autor)
    plenaria = _sesion(mesa, dias=-15, puntos=("Lectura de acuerdos abiertos", "Qué acuerdos se publican"))
    _acuerdo(
        plenaria,
        "Entregar a la mesa las cifras de extorsión del semestre",
        "Un informe por colonia, sin datos personales",
        "El informe se presenta en la siguiente plenaria",
        dias=25,
    )
    _cerrar(plenaria, autor)
    operaciones_publicacion.publicar_acuerdo(
        acuerdo=parque,
        punto=plenaria.puntos.get(orden=2),
        fundamento="Por consenso de quienes estaban en la plenaria (dato inventado).",
        autor=autor,
    )
    operaciones_publicacion.publicar_sesion(
        sesion=reunion,
        puntos=[reunion.puntos.get(orden=1).pk],
        punto=plenaria.puntos.get(orden=2),
        fundamento="Por consenso de quienes estaban en la plenaria (dato inventado).",
        autor=autor,
    )
    for estado, texto, hace in (
        ("en_proceso", "Se compraron las luminarias.", 20),
        ("reportado", "Se instalaron 38 de 40; faltan dos por robo de cable.", 3),
    ):
        _avance(parque, estado, texto, hace, autor)
    _avance(rondas, "en_proceso", "Seis escuelas ya tienen calendario.", 10, autor)
    fijar_regla(
        mesa=mesa,
        comite=None,
        desde=timezone.localdate() - dt.timedelta(days=400),
        autor=autor,
        tipo=ReglaDeQuorum.Tipo.MAYORIA,
        fundamento="Primera plenaria (dato inventado)",
    )
    _sesion(mesa, dias=9, puntos=("Lista", "Acuerdos vencidos", "Asuntos generales"), empezar=False)


def _lo_previsto(mesa: Mesa, autor: Usuario) -> None:
    """How often its plenaria said that it would meet, and a municipal term that ends soon."""
    hoy = timezone.localdate()
    decir_frecuencia(organo=mesa, meses=2, desde=hoy.replace(month=1, day=1))
    registrar_periodo(
        instituciones=Institucion.objects.filter(integrantes__mesa=mesa, nivel=Institucion.Nivel.MUNICIPAL),
        nombre="Ayuntamiento de ejemplo",
        hasta=hoy + dt.timedelta(days=75),
        fuente=FUENTE,
        autor=autor,
    )


def _acuerdo_con_cifras(mesa: Mesa, autor: Usuario) -> None:
    """An old agreement, kept and public, whose territory has official figures of before and after."""
    plenaria = _sesion(mesa, dias=(DIA_CON_CIFRAS - timezone.localdate()).days, puntos=("Robo de maquinaria",))
    acuerdo = _acuerdo(
        plenaria,
        "Grabar con su número de serie la maquinaria de las empresas del municipio",
        "Un registro de 300 máquinas",
        "La cámara presenta el registro en plenaria",
        dias=(DIA_CON_CIFRAS - timezone.localdate()).days + 100,
    )
    _cerrar(plenaria, autor)
    operaciones_publicacion.publicar_acuerdo(
        acuerdo=acuerdo,
        punto=plenaria.puntos.get(orden=1),
        fundamento="Por consenso de quienes estaban en la plenaria (dato inventado).",
        autor=autor,
    )
    hace = (timezone.localdate() - DIA_CON_CIFRAS).days
    _avance(acuerdo, "reportado", "El registro llegó a 312 máquinas.", hace - 80, autor)
    _verificar(acuerdo, "Se revisó el registro, máquina por máquina.", hace - 110)
    delito = "robo-de-maquinaria"
    if Delito.objects.filter(slug=delito).exists():
        declarar_objetivo(acuerdo=acuerdo, delito=delito, direccion=Objetivo.Direccion.BAJA, autor=autor)


def _sesion(
    mesa: Mesa, *, dias: int, puntos: tuple[str, ...], comite: Comite | None = None, empezar: bool = True
) -> Sesion:
    dia = timezone.localdate() + dt.timedelta(days=dias)
    sesion = operaciones.crear_sesion(
        mesa=mesa,
        comite=comite,
        tipo=Sesion.Tipo.COMITE if comite else Sesion.Tipo.PLENARIA,
        inicio=dt.datetime.combine(dia, dt.time(18), tzinfo=ZoneInfo(mesa.zona_horaria)),
        lugar="Salón de usos múltiples (inventado)",
        puntos=puntos,
    )
    return operaciones.empezar_sesion(sesion=sesion) if empezar else sesion


def _acuerdo(
    sesion: Sesion, accion: str, producto: str, verificacion: str, *, dias: int, nivel_de_gobierno: str = ""
) -> Acuerdo:
    asientos = operaciones.asientos(sesion)
    del_nivel = asientos.filter(institucion__nivel=nivel_de_gobierno).first() if nivel_de_gobierno else None
    return operaciones_acuerdos.registrar_acuerdo(
        sesion=sesion,
        accion=accion,
        producto=producto,
        verificacion=verificacion,
        fecha_compromiso=timezone.localdate() + dt.timedelta(days=dias),
        institucion_responsable=del_nivel.institucion if del_nivel else None,
        responsable=None if del_nivel else asientos.first(),
    )


def _cerrar(sesion: Sesion, autor: Usuario) -> None:
    """Call the roll (everybody present but the last, excused) and close."""
    asientos = list(operaciones.asientos(sesion))
    for asiento in asientos[:-1]:
        operaciones.pasar_lista(sesion=sesion, integrante=asiento, estado="presente")
    operaciones.pasar_lista(sesion=sesion, integrante=asientos[-1], estado="justificada", motivo="Comisión de trabajo")
    operaciones.cerrar_sesion(sesion=sesion, autor=autor)


def _avance(acuerdo: Acuerdo, estado: str, texto: str, hace: int, autor: Usuario) -> None:
    operaciones_acuerdos.registrar_avance(
        acuerdo=acuerdo,
        estado=estado,
        texto=texto,
        fecha=timezone.localdate() - dt.timedelta(days=hace),
        autor=autor,
        responde=False,
    )


def _verificar(acuerdo: Acuerdo, texto: str, hace: int) -> None:
    """The second key: somebody of the mesa who may turn it, found as the page would find them."""
    dia = timezone.localdate() - dt.timedelta(days=hace)
    asientos = Integrante.objects.vigentes_en(dia).filter(mesa=acuerdo.sesion.mesa)
    operaciones_acuerdos.registrar_avance(
        acuerdo=acuerdo,
        estado=Acuerdo.Estado.CUMPLIDO,
        texto=texto,
        fecha=dia,
        autor=None,
        responde=False,
        verifica=next(asiento for asiento in asientos if impedimento_de(asiento, acuerdo, dia) is None),
    )
