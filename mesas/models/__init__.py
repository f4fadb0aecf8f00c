"""Tables of the network: territory, mesas, people and posts."""

from mesas.models.periodos import PeriodoDeGobierno
from mesas.models.personas import Consentimiento, Institucion, Integrante, Persona
from mesas.models.puestos import Cargo, Puesto, Region
from mesas.models.red import AliasDeMesa, Cobertura, EventoDeVida, Mesa
from mesas.models.territorio import Entidad, Municipio

__all__ = [
    "AliasDeMesa",
    "Cargo",
    "Cobertura",
    "Consentimiento",
    "Entidad",
    "EventoDeVida",
    "Institucion",
    "Integrante",
    "Mesa",
    "Municipio",
    "PeriodoDeGobierno",
    "Persona",
    "Puesto",
    "Region",
]
