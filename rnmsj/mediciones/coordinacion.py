"""What the desk of a coordinator costs beside a network of any size, in the order in which it is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.utils import timezone

from comites.models import Sesion
from comites.red_entera import contar_y_guardar
from comites.seguimiento import TODO
from cuentas.models import Usuario
from cuentas.operaciones import abrir_cuenta
from mesas.models import Persona
from rnmsj.mediciones.base import maquina, taller, usar
from rnmsj.mediciones.cuenta import contar
from rnmsj.mediciones.hija import SERVIDOR
from rnmsj.mediciones.red_grande import Tamano, poblar
from rnmsj.mediciones.tabla import Informe, Medida
from rnmsj.mediciones.trabajos import medir_lista, medir_pdf, medir_recordatorios, preparar_mesa_uno

CHICA = 36
"""Mesas of the network in 2018: what the size of the country is compared with."""

PARTES = ("paginas", "lista", "pdf", "recordatorios")
CONSULTAS = 12.0
VECES_LA_CHICA = 1.5
DESCARTADAS = 2
"""The first ones compile the templates and warm the server."""


@dataclass(frozen=True, slots=True)
class Pagina:
    """A page of the desk, by what its user would call it.

    `de_la_red`: whoever opens it coordinates the whole network, from México SOS.
    """

    nombre: str
    direccion: str
    de_la_red: bool = False


def paginas() -> list[Pagina]:
    """The pages of a coordinator, with the rows of the database in use."""
    suyas = Sesion.objects.filter(mesa=1).order_by("-inicio")
    abierta, con_acta = suyas.get(estado=Sesion.Estado.EN_CURSO), suyas.get(acta__isnull=False)
    folio = con_acta.acuerdos.order_by("folio").first().folio
    mesa = "/coordinacion/mesa-1"
    de_la_abierta, de_la_cerrada = f"{mesa}/sesiones/{abierta.pk}", f"{mesa}/sesiones/{con_acta.pk}"
    return [
        Pagina("Mi mesa", f"{mesa}/"),
        Pagina("Sesiones", f"{mesa}/sesiones/"),
        Pagina("Nueva sesión", f"{mesa}/sesiones/nueva/"),
        Pagina("Orden del día", f"{de_la_abierta}/agenda/"),
        Pagina("Convocatoria", f"{de_la_abierta}/convocatoria/"),
        Pagina("Modo sesión", f"{de_la_abierta}/modo/"),
        Pagina("Una sesión cerrada", f"{de_la_cerrada}/"),
        Pagina("Un acta", f"{de_la_cerrada}/acta/"),
        Pagina("Actas", f"{mesa}/actas/"),
        Pagina("Buscar en las sesiones", f"{mesa}/buscar/?q=luminarias"),
        Pagina("Acuerdos", f"{mesa}/acuerdos/"),
        Pagina("Un acuerdo", f"{mesa}/acuerdos/{folio}/"),
        Pagina("Mis acuerdos", "/coordinacion/mis-acuerdos/"),
        Pagina("Verificabilidad", f"{mesa}/verificabilidad/"),
        Pagina("Seguimiento", f"{mesa}/seguimiento/"),
        Pagina("Instituciones", f"{mesa}/seguimiento/instituciones/"),
        Pagina("Cambios de gobierno", f"{mesa}/relevos/"),
        Pagina("Publicación y reserva", f"{mesa}/publicacion/"),
        Pagina("Consentir en una plenaria", f"{de_la_abierta}/consentir/"),
        Pagina("Prorrogar un acuerdo", f"{mesa}/acuerdos/{folio}/prorrogar/"),
        Pagina("Enlaces de un acuerdo", f"{mesa}/acuerdos/{folio}/enlaces/"),
        Pagina("Encargos de la red", f"{mesa}/encargos/"),
        Pagina("Quórum", f"{mesa}/quorum/"),
        Pagina("Correos", "/coordinacion/correos/"),
        Pagina("Mi calendario", "/coordinacion/calendario/"),
        Pagina("Mis avisos", "/coordinacion/avisos/"),
        Pagina("La red entera, para su coordinación", "/coordinacion/seguimiento/", de_la_red=True),
    ]


def medir(
    informe: Informe,
    *,
    mesas: int,
    sesiones: int,
    anios: int = 10,
    veces: int = 15,
    decir: Callable[[str], None] = lambda texto: None,
) -> None:
    """Measure, in databases of its own: one of `CHICA` mesas and one of as many as asked.

    Args:
        informe: where each figure is told as soon as it is known.
        mesas: of the big network; 2,469 is one for each municipality of the country.
        sesiones: of each mesa, over the years.
        veces: rounds of each page, of which the median is told.
    """
    with taller() as obra:
        informe.maquina = maquina()
        chica, grande = Tamano(CHICA, sesiones, anios), Tamano(mesas, sesiones, anios)
        bases = []
        for tamano in (chica, grande):
            decir(f"Una red de {tamano}")
            bases.append(obra.nueva())
            poblar(tamano)
            preparar_mesa_uno(_quien_coordina())
        decir("Páginas")
        informe.medidas += medir_paginas(*bases, veces=veces, detalle=f"{grande}, contra {chica}")
        usar(bases[1])
        decir("El total de la red")
        informe.medidas.append(_medir_total(grande))
        usuario = _quien_coordina()
        decir("Lista, acta y recordatorios")
        informe.medidas.append(medir_lista(_cliente_de(usuario), usuario))
        informe.medidas.append(medir_pdf(usuario, veces=veces))
        informe.medidas.append(medir_recordatorios())


def medir_paginas(chica: str, grande: str, *, veces: int, detalle: str) -> list[Medida]:
    """Each page beside the whole country against the same one beside 36 mesas, turn about in this process."""
    clientes, suyas = {}, {}
    for base in (chica, grande):
        usar(base)
        clientes[base, False] = _cliente_de(_quien_coordina())
        clientes[base, True] = _con_segundo_factor(_quien_coordina_la_red())
        suyas[base] = paginas()
    medidas = []
    for en_la_chica, en_la_grande in zip(suyas[chica], suyas[grande], strict=True):
        tiempos: dict[str, list[float]] = {chica: [], grande: []}
        consultas = 0
        for vez in range(veces + DESCARTADAS):
            for base, pagina in ((chica, en_la_chica), (grande, en_la_grande)):
                usar(base)
                connection.ensure_connection()
                inicio = time.perf_counter()
                with contar() as cuenta:
                    respuesta = clientes[base, pagina.de_la_red].get(pagina.direccion)
                if respuesta.status_code != 200:
                    raise CommandError(f"{pagina.direccion} respondió {respuesta.status_code}: no hay qué medir.")
                if vez >= DESCARTADAS:
                    tiempos[base].append((time.perf_counter() - inicio) * 1000)
                consultas = max(consultas, cuenta.consultas)
        nombre, de_la_grande, de_la_chica = en_la_grande.nombre, median(tiempos[grande]), median(tiempos[chica])
        como = f"{de_la_grande:.0f} ms contra {de_la_chica:.0f} ms; mediana de {veces}; {detalle}"
        unidad = f"× con {CHICA} mesas"
        medidas += [
            Medida("paginas", f"{nombre}: consultas", consultas, "", en_la_grande.direccion, meta=CONSULTAS),
            Medida("paginas", f"{nombre}: tiempo", de_la_grande / de_la_chica, unidad, como, meta=VECES_LA_CHICA),
        ]
    return medidas


def _medir_total(grande: Tamano) -> Medida:
    """How long the total of the network takes in the background, which nobody waits for: told, without an aim."""
    inicio = time.perf_counter()
    cuenta = contar_y_guardar(_quien_coordina_la_red(), fecha=timezone.localdate(), periodo=TODO)
    segundos = time.perf_counter() - inicio
    como = f"{cuenta.red.sesiones:,} sesiones cerradas y {cuenta.red.acuerdos:,} acuerdos; {grande}"
    return Medida("paginas", "Contar el total de la red, en segundo plano", segundos, "s", como)


def _quien_coordina() -> Usuario:
    """The account of whoever coordinates mesa 1."""
    usuario = abrir_cuenta(email="coordina@mesa1.example", clave="una-clave-de-medir-larga")
    Persona.objects.filter(pk=1).update(usuario=usuario)
    return usuario


def _quien_coordina_la_red() -> Usuario:
    """The account of somebody of México SOS who coordinates the network, with a second factor."""
    usuario = Usuario.objects.filter(email="red@sos.example").first()
    if usuario is None:
        usuario = abrir_cuenta(email="red@sos.example", clave="una-clave-de-medir-larga", es_personal=True)
        usuario.user_permissions.add(Permission.objects.get(codename="coordinar_red"))
        Authenticator.objects.create(user=usuario, type=Authenticator.Type.TOTP, data={"secret": "de-medir"})
    return usuario


def _con_segundo_factor(usuario: Usuario) -> Client:
    """A session in which the second factor was used."""
    cliente, [factor] = _cliente_de(usuario), usuario.authenticator_set.all()
    sesion = cliente.session
    sesion["account_authentication_methods_user"] = str(usuario.pk)
    sesion["account_authentication_methods"] = [{"method": "mfa", "id": factor.pk, "type": factor.type}]
    sesion.save()
    return cliente


def _cliente_de(usuario: Usuario) -> Client:
    cliente = Client(SERVER_NAME=SERVIDOR)
    cliente.force_login(usuario)
    return cliente
