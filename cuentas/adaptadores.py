"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AdaptadorDeCuentas(DefaultAccountAdapter):
    """Accounts are by invitation: nobody signs up to a network whose members run risks."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
