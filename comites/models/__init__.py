"""Tables of what the mesas do: organs, sessions, agreements and their publication."""

from comites.models.acuerdos import Acuerdo, Avance, Prorroga
from comites.models.agenda import InvitacionConjunta, PlantillaDeAgenda
from comites.models.envios import Envio
from comites.models.organos import Comite, TipoDeComite
from comites.models.publicacion import ActoDePublicacion
from comites.models.sesiones import Asistencia, Invitado, PuntoDelOrden, Sesion

__all__ = [
    "ActoDePublicacion",
    "Acuerdo",
    "Asistencia",
    "Avance",
    "Comite",
    "Envio",
    "InvitacionConjunta",
    "Invitado",
    "PlantillaDeAgenda",
    "Prorroga",
    "PuntoDelOrden",
    "Sesion",
    "TipoDeComite",
]
