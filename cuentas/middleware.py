"""The second factor of the staff."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cuentas.segundo_factor import esta_probado, factores_de

SIN_CUENTA = ("/static/", "/salud/")
SIN_SEGUNDO_FACTOR = ("/cuenta/", *SIN_CUENTA)


class SegundoFactorDelPersonal:
    """Staff see the whole network, so a password alone must not open it.

    It guards every address, not just `/admin/`: with a staff session the workspace shows
    the same data. While the account has no factor, only the pages where it is set up are
    reachable. Once it has one, a session in which nobody used it ends wherever it goes: it
    was opened with the password alone, perhaps by somebody else, and it must not reach the
    pages of the account either, where the factor could be taken off.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._se_le_exige(request):
            return self.get_response(request)
        factores = factores_de(request.user)
        if not factores:
            return self._sin_factor(request)
        return self.get_response(request) if esta_probado(request, factores) else _otra_vez(request)

    @staticmethod
    def _se_le_exige(request: HttpRequest) -> bool:
        return (
            settings.SEGUNDO_FACTOR_OBLIGATORIO
            and not request.path.startswith(SIN_CUENTA)
            and request.user.is_authenticated
            and request.user.is_staff
        )

    def _sin_factor(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(SIN_SEGUNDO_FACTOR):
            return self.get_response(request)
        messages.warning(request, "Activa la verificación en dos pasos para entrar como personal de México SOS.")
        return redirect("mfa_index")


def _otra_vez(request: HttpRequest) -> HttpResponse:
    destino = request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL
    logout(request)
    messages.warning(request, "Tu cuenta tiene verificación en dos pasos: entra otra vez y usa tu segundo factor.")
    return redirect("account_login") if destino.startswith("/cuenta/") else redirect_to_login(destino)
