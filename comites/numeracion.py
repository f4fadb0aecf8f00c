"""The two numberings of a session: absolute and of the year, each followed by its organ. No writing.

Both live together because mesas use both habits: «11a plenaria» and «segunda sesión de 2024».
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Max, Q

from comites.models import Sesion
from comun.formatos import fecha_larga
from mesas.models import Mesa

Organo = tuple[str, int | None]
"""Kind of session and comité (None when it is of the mesa)."""


@dataclass
class Cuenta:
    """How far an organ has counted: the highest number, and the highest of each year."""

    mayor: int = 0
    por_anio: dict[int, int] = field(default_factory=dict)

    @property
    def siguiente(self) -> int:
        """The number that comes next."""
        return self.mayor + 1

    def siguiente_de(self, anio: int) -> int:
        """The number that comes next in that year."""
        return self.por_anio.get(anio, 0) + 1


def cuentas_de(mesa: Mesa) -> defaultdict[Organo, Cuenta]:
    """How far every organ of a mesa has counted, in one query. An organ that never met starts from zero."""
    cuentas: defaultdict[Organo, Cuenta] = defaultdict(Cuenta)
    filas = Sesion.objects.filter(mesa=mesa).order_by().values_list("tipo", "comite", "anio")
    for tipo, comite, anio, mayor, mayor_anual in filas.annotate(a=Max("numero"), b=Max("numero_anual")):
        cuenta = cuentas[tipo, comite]
        cuenta.mayor = max(cuenta.mayor, mayor)
        cuenta.por_anio[anio] = mayor_anual
    return cuentas


def exigir_numeros_libres(sesion: Sesion) -> None:
    """Refuse the numbers that another session of the same organ has, saying which one and which is free.

    Raises:
        ValidationError: by field, `numero` or `numero_anual`.
    """
    del_organo = Sesion.objects.filter(mesa=sesion.mesa_id, comite=sesion.comite_id, tipo=sesion.tipo)
    choca = Q(numero=sesion.numero) | Q(anio=sesion.anio, numero_anual=sesion.numero_anual)
    otras = list(del_organo.filter(choca).exclude(pk=sesion.pk).select_related("mesa"))
    if not otras:
        return
    cuenta = cuentas_de(sesion.mesa)[sesion.tipo, sesion.comite_id]
    errores = {}
    for otra in otras:
        if otra.numero == sesion.numero:
            errores["numero"] = (
                f"{sesion.organo} ya tiene una sesión con ese número: la del {fecha_larga(otra.dia)}. "
                f"Sigue el {cuenta.siguiente}."
            )
        if (otra.anio, otra.numero_anual) == (sesion.anio, sesion.numero_anual):
            errores["numero_anual"] = (
                f"{sesion.organo} ya tiene una sesión con ese número en {sesion.anio}: la del "
                f"{fecha_larga(otra.dia)}. Sigue el {cuenta.siguiente_de(sesion.anio)}."
            )
    raise ValidationError(errores)
