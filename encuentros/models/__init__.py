"""Tables of the national meetings: who came, what was proposed and voted, what was told of it."""

from encuentros.models.difusion import CifraDeclarada, Difusion, Documento, Nota
from encuentros.models.encuentros import Encuentro, ParticipacionDeMesa
from encuentros.models.propuestas import Propuesta, Rubro
from encuentros.models.votaciones import OpcionDeVotacion, Votacion

__all__ = [
    "CifraDeclarada",
    "Difusion",
    "Documento",
    "Encuentro",
    "Nota",
    "OpcionDeVotacion",
    "ParticipacionDeMesa",
    "Propuesta",
    "Rubro",
    "Votacion",
]
