"""Tables of what the mesas do: organs, sessions, agreements and their publication."""

from comites.models.actas import Acta, Adenda, Eslabon, Extracto, Objecion, TextoBuscable
from comites.models.acuerdos import Acuerdo, Avance, Prorroga
from comites.models.envios import Envio
from comites.models.organos import Comite, TipoDeComite
from comites.models.publicacion import ActoDePublicacion
from comites.models.sesiones import Asistencia, Invitado, PuntoDelOrden, Sesion

__all__ = [
    "Acta",
    "ActoDePublicacion",
    "Acuerdo",
    "Adenda",
    "Asistencia",
    "Avance",
    "Comite",
    "Envio",
    "Eslabon",
    "Extracto",
    "Invitado",
    "Objecion",
    "Prorroga",
    "PuntoDelOrden",
    "Sesion",
    "TextoBuscable",
    "TipoDeComite",
]
