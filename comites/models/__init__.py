"""Tables of what the mesas do: organs, sessions, agreements and their publication."""

from comites.models.acuerdos import Acuerdo, Avance, Prorroga
from comites.models.envios import Envio
from comites.models.modo import Captura, Movimiento, PaseDeLista, ReglaDeQuorum, Turno
from comites.models.organos import Comite, TipoDeComite
from comites.models.publicacion import ActoDePublicacion
from comites.models.sesiones import Asistencia, Invitado, PuntoDelOrden, Sesion

__all__ = [
    "ActoDePublicacion",
    "Acuerdo",
    "Asistencia",
    "Avance",
    "Captura",
    "Comite",
    "Envio",
    "Invitado",
    "Movimiento",
    "PaseDeLista",
    "Prorroga",
    "PuntoDelOrden",
    "ReglaDeQuorum",
    "Sesion",
    "TipoDeComite",
    "Turno",
]
