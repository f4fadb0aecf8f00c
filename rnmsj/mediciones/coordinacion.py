"""What the desk of a coordinator costs beside a network of any size, in the order in which it is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test import Client

from comites.models import Sesion
from cuentas.operaciones import abrir_cuenta
from mesas.models import Persona
from rnmsj.mediciones.base import maquina, taller, usar
from rnmsj.mediciones.cuenta import contar
from rnmsj.mediciones.hija import SERVIDOR
from rnmsj.mediciones.red_grande import Tamano, poblar
from rnmsj.mediciones.tabla import Informe, Medida

CHICA = 36
"""Mesas of the network in 2018: what the size of the country is compared with."""

PARTES = ("paginas",)
CONSULTAS = 12.0
VECES_LA_CHICA = 1.5
DESCARTADAS = 2
"""The first ones compile the templates and warm the server."""


@dataclass(frozen=True, slots=True)
class Pagina:
    """A page of the desk, by what its user would call it."""

    nombre: str
    direccion: str


def paginas() -> list[Pagina]:
    """The pages of a coordinator, with the rows of the database in use."""
    sesion = Sesion.objects.filter(mesa=1).order_by("-inicio").prefetch_related("acuerdos").first()
    acuerdo = sesion.acuerdos.first()
    mesa = "/coordinacion/mesa-1"
    return [
        Pagina("Mi mesa", f"{mesa}/"),
        Pagina("Sesiones", f"{mesa}/sesiones/"),
        Pagina("Nueva sesión", f"{mesa}/sesiones/nueva/"),
        Pagina("Una sesión", f"{mesa}/sesiones/{sesion.pk}/"),
        Pagina("Acuerdos", f"{mesa}/acuerdos/"),
        Pagina("Un acuerdo", f"{mesa}/acuerdos/{acuerdo.folio}/"),
        Pagina("Seguimiento", f"{mesa}/seguimiento/"),
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
        decir("Páginas")
        informe.medidas += medir_paginas(*bases, veces=veces, detalle=f"{grande}, contra {chica}")


def medir_paginas(chica: str, grande: str, *, veces: int, detalle: str) -> list[Medida]:
    """Each page beside the whole country against the same one beside 36 mesas, turn about in this process."""
    clientes = {base: _entrar(base) for base in (chica, grande)}
    medidas = []
    usar(grande)
    for pagina in paginas():
        tiempos: dict[str, list[float]] = {chica: [], grande: []}
        consultas = 0
        for vez in range(veces + DESCARTADAS):
            for base, cliente in clientes.items():
                usar(base)
                connection.ensure_connection()
                inicio = time.perf_counter()
                with contar() as cuenta:
                    respuesta = cliente.get(pagina.direccion)  # mesa 1 has the same ids in both
                if respuesta.status_code != 200:
                    raise RuntimeError(f"{pagina.direccion} respondió {respuesta.status_code}")
                if vez >= DESCARTADAS:
                    tiempos[base].append((time.perf_counter() - inicio) * 1000)
                consultas = max(consultas, cuenta.consultas)
        de_la_grande, de_la_chica = median(tiempos[grande]), median(tiempos[chica])
        como = f"{de_la_grande:.0f} ms contra {de_la_chica:.0f} ms; mediana de {veces}; {detalle}"
        medidas += [
            Medida("paginas", f"{pagina.nombre}: consultas", consultas, "", pagina.direccion, meta=CONSULTAS),
            Medida(
                "paginas",
                f"{pagina.nombre}: tiempo",
                de_la_grande / de_la_chica,
                f"× con {CHICA} mesas",
                como,
                meta=VECES_LA_CHICA,
            ),
        ]
    return medidas


def _entrar(base: str) -> Client:
    """Whoever coordinates mesa 1, with a session."""
    usar(base)
    usuario = abrir_cuenta(email="coordina@mesa1.example", clave="una-clave-de-medir-larga")
    Persona.objects.filter(pk=1).update(usuario=usuario)
    cliente = Client(SERVER_NAME=SERVIDOR)
    cliente.force_login(usuario)
    return cliente
