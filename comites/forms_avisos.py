"""What each one ticks about reminders."""

from __future__ import annotations

from comites.models import PreferenciaDeAvisos
from comun.formularios import FormularioModelo


class QueAvisosQuiero(FormularioModelo):
    """A box for each kind of reminder."""

    class Meta:
        model = PreferenciaDeAvisos
        fields = PreferenciaDeAvisos.OPCIONES
