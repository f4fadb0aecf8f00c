"""Tables of the figures. Re-exports, nothing else."""

from indicadores.models.cargas import Alcance, Ambito, Carga, Conteo, Presencia
from indicadores.models.objetivos import Objetivo
from indicadores.models.poblacion import EdicionDePoblacion, Poblacion
from indicadores.models.recepciones import ArchivoRecibido, Recepcion, Trozo
from indicadores.models.revisiones import Cambio, Control
from indicadores.models.taxonomia import PRIMER_ANIO_RNID, Delito, Instrumento

__all__ = [
    "PRIMER_ANIO_RNID",
    "Alcance",
    "Ambito",
    "ArchivoRecibido",
    "Cambio",
    "Carga",
    "Conteo",
    "Control",
    "Delito",
    "EdicionDePoblacion",
    "Instrumento",
    "Objetivo",
    "Poblacion",
    "Presencia",
    "Recepcion",
    "Trozo",
]
