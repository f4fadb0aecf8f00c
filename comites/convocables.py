"""Who can be called to meet in a mesa, with the numbers that come next and what was left pending. No writing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from comites.arrastre import QUE_REVISAN, Pendiente, lo_pendiente
from comites.models import Comite, Sesion
from comites.numeracion import Cuenta, cuentas_de
from mesas.models import Mesa

RARAS = (Sesion.Tipo.TALLER, Sesion.Tipo.INSTALACION)
"""Sessions of the mesa that come seldom: at the end of the list."""


@dataclass(frozen=True)
class Convocable:
    """An organ whose session may be created now.

    Attributes:
        clave: how the form calls it: the kind of session, or «comite:» and its number.
        anio: the present year, of which `numero_anual` is the next.
    """

    clave: str
    nombre: str
    tipo: str
    comite: Comite | None
    cuenta: Cuenta
    pendiente: Pendiente
    anio: int

    @property
    def numero(self) -> int:
        """The absolute number that comes next."""
        return self.cuenta.siguiente

    @property
    def numero_anual(self) -> int:
        """The number that comes next this year."""
        return self.cuenta.siguiente_de(self.anio)

    @property
    def anuales(self) -> list[tuple[int, int]]:
        """(year, number that comes next in it): last year, this one and the next, for the page's own arithmetic."""
        return [(anio, self.cuenta.siguiente_de(anio)) for anio in range(self.anio - 1, self.anio + 2)]


def convocables(mesa: Mesa, *, comites: Iterable[Comite], toda_la_mesa: bool, ahora: dt.datetime) -> list[Convocable]:
    """The organs whose session may be created, in the order of the form. Five queries, however many.

    Args:
        comites: those whose sessions the reader records.
        toda_la_mesa: also the plenaria, workshops and installation.
    """
    cuentas, pendientes = cuentas_de(mesa), lo_pendiente(mesa, antes_de=ahora)
    organos = [(f"comite:{comite.pk}", str(comite), Sesion.Tipo.COMITE, comite) for comite in comites]
    if toda_la_mesa:
        de_la_mesa = [(tipo.value, tipo.label, tipo, None) for tipo in (Sesion.Tipo.PLENARIA, *RARAS)]
        organos = [*de_la_mesa[:1], *organos, *de_la_mesa[1:]]
    return [
        Convocable(
            clave,
            nombre,
            tipo.value,
            comite,
            cuentas[tipo, comite.pk if comite else None],
            pendientes[comite.pk if comite else None] if tipo in QUE_REVISAN else Pendiente(),
            ahora.year,
        )
        for clave, nombre, tipo, comite in organos
    ]
