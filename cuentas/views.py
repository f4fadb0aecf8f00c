"""The pages of the account that differ from django-allauth's."""

from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView

from cuentas.segundo_factor import anotar_activacion


class _ConPrueba:
    """Whoever sets up the factor goes on in this session; every other session of the account ends."""

    def form_valid(self, form):
        respuesta = super().form_valid(form)
        anotar_activacion(self.request)
        return respuesta


class ActivarAplicacion(_ConPrueba, ActivateTOTPView):
    """The authenticator application of a telephone."""


class AgregarLlave(_ConPrueba, AddWebAuthnView):
    """A passkey: fingerprint, face or a physical key."""
