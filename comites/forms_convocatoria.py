"""What whoever calls to a session types."""

from __future__ import annotations

from django import forms

from comun.formularios import Formulario


class Cancelacion(Formulario):
    """Why a session that was called is off."""

    motivo = forms.CharField(
        label="¿Por qué se cancela?",
        max_length=200,
        help_text="Lo leerá toda la gente convocada.",
        error_messages={"required": "Di por qué se cancela: lo leerá la gente convocada."},
    )


class Reenvio(Formulario):
    """The message after which another copy is asked for."""

    tras = forms.IntegerField(min_value=1)


class CorreoDeContacto(Formulario):
    """The address at which the mesa reaches somebody."""

    correo = forms.EmailField(
        label="Correo",
        required=False,
        max_length=254,
        help_text="Déjalo vacío para quitarlo.",
        error_messages={"invalid": "Revisa el correo: le falta algo. Por ejemplo, nombre@dominio.mx."},
    )
