"""The desk of México SOS for the network: its territory, its mesas, its people and their posts."""

from mesas.admin.periodos import PeriodoDeGobiernoAdmin
from mesas.admin.personas import ConsentimientoAdmin, InstitucionAdmin, IntegranteAdmin, PersonaAdmin
from mesas.admin.puestos import CargoAdmin, PuestoAdmin, RegionAdmin
from mesas.admin.red import CoberturaAdmin, EventoDeVidaAdmin, MesaAdmin
from mesas.admin.territorio import EntidadAdmin, MunicipioAdmin

__all__ = [
    "CargoAdmin",
    "CoberturaAdmin",
    "ConsentimientoAdmin",
    "EntidadAdmin",
    "EventoDeVidaAdmin",
    "InstitucionAdmin",
    "IntegranteAdmin",
    "MesaAdmin",
    "MunicipioAdmin",
    "PeriodoDeGobiernoAdmin",
    "PersonaAdmin",
    "PuestoAdmin",
    "RegionAdmin",
]
