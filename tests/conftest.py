"""The people of the tests, and what every test may ask for.

Ana coordinates Norte, Beto is a member of Norte, Carla coordinates Sur, Diana is staff of
México SOS with her second factor; anonymous is anybody.
"""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission

from tests.fabricas import hacer_cuenta, hacer_integrante, hacer_mesa, nombrar


@pytest.fixture
def norte(db):
    return hacer_mesa("Norte", "28038", municipio_nombre="Tampico")


@pytest.fixture
def sur(db):
    return hacer_mesa("Sur", "31050", municipio_nombre="Mérida")


@pytest.fixture
def ana(norte):
    usuario, persona = hacer_cuenta("Ana Prueba")
    hacer_integrante(norte, persona)
    nombrar(persona, mesa=norte)
    return usuario


@pytest.fixture
def beto(norte):
    usuario, persona = hacer_cuenta("Beto Prueba")
    hacer_integrante(norte, persona)
    return usuario


@pytest.fixture
def carla(sur):
    usuario, persona = hacer_cuenta("Carla Prueba")
    hacer_integrante(sur, persona)
    nombrar(persona, mesa=sur)
    return usuario


@pytest.fixture
def diana(db):
    usuario, _ = hacer_cuenta("Diana Prueba", es_personal=True)
    de_la_red = Permission.objects.filter(content_type__app_label__in=["mesas", "comites", "encuentros", "indicadores"])
    usuario.user_permissions.set(de_la_red)
    Authenticator.objects.create(user=usuario, type=Authenticator.Type.TOTP, data={"secret": "prueba"})
    return usuario


def usar_segundo_factor(client, usuario):
    """Leave in the session what allauth writes when a code has been accepted."""
    sesion = client.session
    sesion["account_authentication_methods_user"] = str(usuario.pk)
    sesion["account_authentication_methods"] = [
        {"method": "mfa", "id": factor.pk, "type": factor.type} for factor in usuario.authenticator_set.all()
    ]
    sesion.save()


@pytest.fixture
def como(client):
    """`como(ana).get(…)`: the test client with that person's session; `como(None)`, nobody's."""

    def con_sesion_de(usuario):
        client.logout()
        if usuario is not None:
            client.force_login(usuario)
            usar_segundo_factor(client, usuario)
        return client

    return con_sesion_de
