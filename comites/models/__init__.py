"""Tables of what the mesas do: organs, sessions, agreements and their publication."""

from comites.models.acuerdos import Acuerdo, Avance, Prorroga
from comites.models.cascada import AcuerdoEnMesa, RespuestaDeMesa
from comites.models.enlaces import EnlaceParaReportar, VisitaDeEnlace
from comites.models.envios import Envio
from comites.models.evidencias import Evidencia, TrozoDeEvidencia
from comites.models.organos import Comite, TipoDeComite
from comites.models.publicacion import ActoDePublicacion
from comites.models.sesiones import Asistencia, Invitado, PuntoDelOrden, Sesion

__all__ = [
    "ActoDePublicacion",
    "Acuerdo",
    "AcuerdoEnMesa",
    "Asistencia",
    "Avance",
    "Comite",
    "EnlaceParaReportar",
    "Envio",
    "Evidencia",
    "Invitado",
    "Prorroga",
    "PuntoDelOrden",
    "RespuestaDeMesa",
    "Sesion",
    "TipoDeComite",
    "TrozoDeEvidencia",
    "VisitaDeEnlace",
]
