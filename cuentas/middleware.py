"""The second factor of the staff."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

SIN_SEGUNDO_FACTOR = ("/cuenta/", "/static/", "/salud/")


class SegundoFactorDelPersonal:
    """Staff see the whole network, so a password alone must not open it (DISENO §3).

    It guards every address, not just `/admin/`: with a staff session the workspace shows
    the same data. Only the pages where the factor is set up stay reachable.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._falta(request):
            messages.warning(request, "Activa la verificación en dos pasos para entrar como personal de México SOS.")
            return redirect("mfa_index")
        return self.get_response(request)

    @staticmethod
    def _falta(request: HttpRequest) -> bool:
        return (
            settings.SEGUNDO_FACTOR_OBLIGATORIO
            and request.user.is_authenticated
            and request.user.is_staff
            and not request.path.startswith(SIN_SEGUNDO_FACTOR)
            and not is_mfa_enabled(request.user)
        )
