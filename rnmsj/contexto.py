"""What every template may say without asking: the network's name and the state of this instance."""

from django.conf import settings
from django.http import HttpRequest


def red(request: HttpRequest) -> dict[str, object]:
    """Name of the network (it has changed once already, so it is a setting) and the first-run banner."""
    return {
        "red_nombre": settings.RED_NOMBRE,
        "red_siglas": settings.RED_SIGLAS,
        "correo_se_guarda": settings.CORREO_SE_GUARDA,
        "segundo_factor_apagado": not settings.SEGUNDO_FACTOR_OBLIGATORIO,
    }
