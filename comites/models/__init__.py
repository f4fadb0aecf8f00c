"""Tables of what the mesas do: organs, sessions, agreements and their publication."""

from comites.models.actas import Acta, Adenda, Eslabon, Extracto, Objecion, TextoBuscable
from comites.models.acuerdos import Acuerdo, Avance, Prorroga
from comites.models.agenda import InvitacionConjunta, PlantillaDeAgenda
from comites.models.avisos import PreferenciaDeAvisos
from comites.models.cascada import AcuerdoEnMesa, RespuestaDeMesa
from comites.models.convocatorias import Contacto, Convocatoria, DireccionDeCalendario
from comites.models.enlaces import EnlaceParaReportar, VisitaDeEnlace
from comites.models.envios import Envio
from comites.models.evidencias import Evidencia, TrozoDeEvidencia
from comites.models.frecuencias import FrecuenciaDeSesiones
from comites.models.modo import Captura, Movimiento, PaseDeLista, ReglaDeQuorum, Turno
from comites.models.organos import Comite, TipoDeComite
from comites.models.publicacion import ActoDePublicacion, NombreEnActo, NombreEnCompartido
from comites.models.sesiones import Asistencia, Invitado, PuntoDelOrden, Sesion

__all__ = [
    "Acta",
    "ActoDePublicacion",
    "Acuerdo",
    "AcuerdoEnMesa",
    "Adenda",
    "Asistencia",
    "Avance",
    "Captura",
    "Comite",
    "Contacto",
    "Convocatoria",
    "DireccionDeCalendario",
    "EnlaceParaReportar",
    "Envio",
    "Eslabon",
    "Evidencia",
    "Extracto",
    "FrecuenciaDeSesiones",
    "InvitacionConjunta",
    "Invitado",
    "Movimiento",
    "NombreEnActo",
    "NombreEnCompartido",
    "Objecion",
    "PaseDeLista",
    "PlantillaDeAgenda",
    "PreferenciaDeAvisos",
    "Prorroga",
    "PuntoDelOrden",
    "ReglaDeQuorum",
    "RespuestaDeMesa",
    "Sesion",
    "TextoBuscable",
    "TipoDeComite",
    "TrozoDeEvidencia",
    "Turno",
    "VisitaDeEnlace",
]
