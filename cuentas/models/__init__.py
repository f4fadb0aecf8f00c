"""Who may log in, and the mail that the portal sends."""

from cuentas.models.correo import Adjunto, Correo
from cuentas.models.usuarios import GestorDeUsuarios, Usuario

__all__ = ["Adjunto", "Correo", "GestorDeUsuarios", "Usuario"]
