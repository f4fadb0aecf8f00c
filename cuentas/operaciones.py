"""Opening accounts: nobody signs up, everybody is invited."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse

from cuentas.models import Usuario


@transaction.atomic
def abrir_cuenta(*, email: str, clave: str | None = None, es_personal: bool = False) -> Usuario:
    """Create, or return as it is, the account of that e-mail.

    Args:
        email: address, already known to belong to the person (it is entered as verified).
        clave: password; without it the account opens only by the link of `enlace_de_invitacion`.
        es_personal: staff of México SOS.
    """
    usuario = Usuario.objects.filter(email=email.lower()).first()
    if usuario is None:
        usuario = Usuario.objects.create_user(email, clave, is_staff=es_personal)
    EmailAddress.objects.get_or_create(user=usuario, email=usuario.email, defaults={"primary": True, "verified": True})
    return usuario


def enlace_de_invitacion(usuario: Usuario) -> str:
    """Path, valid once, where the invited person chooses a password."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(usuario), "key": default_token_generator.make_token(usuario)},
    )
