"""For whoever lost the phone and the recovery codes: leaves the account without second factor."""

from allauth.mfa.models import Authenticator
from django.core.management.base import CommandError

from comun.ordenes import Orden
from cuentas.models import Usuario


class Command(Orden):
    """Take the second factor off one account. The person sets another at the next login.

    It needs the shell on purpose: a button for this would be the weakest door of the portal.
    Make sure, by another way than the e-mail, of who is asking.
    """

    help = "Quita el segundo factor de una cuenta; al entrar, su dueña activa otro."

    def add_arguments(self, parser):
        parser.add_argument("correo", help="correo de la cuenta")

    def handle(self, *, correo, **opciones):
        usuario = Usuario.objects.filter(email=correo.lower()).first()
        if usuario is None:
            raise CommandError(f"No hay ninguna cuenta con el correo {correo}.")
        quitados, _ = Authenticator.objects.filter(user=usuario).delete()
        self.stdout.write(f"{usuario}: {quitados} factores y códigos quitados.")
