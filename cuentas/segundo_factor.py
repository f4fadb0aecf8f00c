"""What proves that the person of a session holds the second factor of the account."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from cuentas.models import Usuario

DE_VERDAD = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes replace a factor for a day; alone they are none."""


def factores_de(usuario: Usuario) -> set[int]:
    """Ids of the factors of an account: its authenticator application and its keys."""
    return set(Authenticator.objects.filter(user=usuario, type__in=DE_VERDAD).values_list("pk", flat=True))


def esta_probado(request: HttpRequest, factores: set[int]) -> bool:
    """True if in this session somebody used one of those factors, or a recovery code in their place.

    That the account has a factor says nothing of the session: it may be older. A factor that
    was taken off no longer proves anything.
    """
    return any(
        uso.get("method") == "mfa" and (uso.get("id") in factores or uso.get("type") == "recovery_codes")
        for uso in get_authentication_records(request, request.user)
    )


def anotar_activacion(request: HttpRequest) -> None:
    """The session that has just set up a factor, code or key in hand, has thereby used it.

    Its cookie changes, so that a copy taken before goes the way of the other sessions.
    """
    factor = Authenticator.objects.filter(user=request.user, type__in=DE_VERDAD).latest("pk")
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)
    request.session.cycle_key()
