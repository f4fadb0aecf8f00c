"""The second factor is proved by each session: that the account has one says nothing of who is asking."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.fabricas import CLAVE

pytestmark = pytest.mark.django_db

PERSONALES = ["admin:index", "tablero", "inicio", "mfa_index", "mfa_deactivate_totp", "mfa_add_webauthn"]


@pytest.fixture
def sin_factor(diana):
    Authenticator.objects.all().delete()
    return diana


def con_clave(usuario):
    """A session opened with the password and nothing else."""
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": usuario.email, "password": CLAVE})
    assert cliente.session["_auth_user_id"] == str(usuario.pk)
    return cliente


def codigo(secreto):
    return format_hotp_value(hotp_value(secreto, next(iter(yield_hotp_counters_from_time()))))


def activar(cliente):
    """Set up the authenticator application, as its page asks; returns its secret."""
    url = reverse("mfa_activate_totp")
    cliente.post(reverse("account_reauthenticate"), {"password": CLAVE})
    secreto = cliente.get(url).context["form"].secret
    respuesta = cliente.post(url, {"code": codigo(secreto)})
    assert respuesta.url == reverse("mfa_view_recovery_codes")
    return secreto


def test_quien_lo_activa_sigue_y_ve_sus_codigos_de_recuperacion(sin_factor):
    cliente = con_clave(sin_factor)
    galleta = cliente.cookies["sessionid"].value
    activar(cliente)
    assert cliente.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert cliente.get(reverse("admin:index")).status_code == 200
    copia = Client()
    copia.cookies["sessionid"] = galleta
    assert copia.get(reverse("admin:index")).status_code == 302


@pytest.mark.parametrize("nombre", PERSONALES)
def test_la_sesion_abierta_antes_con_la_clave_sola_se_termina(sin_factor, nombre):
    intrusa, dueña = con_clave(sin_factor), con_clave(sin_factor)
    activar(dueña)
    assert intrusa.get(reverse(nombre)).url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in intrusa.session
    assert "entra otra vez y usa tu segundo factor" in intrusa.get(reverse("account_login")).content.decode()
    assert dueña.get(reverse("admin:index")).status_code == 200


def test_la_sesion_sin_prueba_tampoco_pone_otro_factor(sin_factor):
    """It knows the password, so it could prove itself again with it."""
    intrusa, dueña = con_clave(sin_factor), con_clave(sin_factor)
    intrusa.post(reverse("account_reauthenticate"), {"password": CLAVE})
    activar(dueña)
    intrusa.post(reverse("mfa_deactivate_totp"), {})
    assert Authenticator.objects.filter(user=sin_factor, type="totp").count() == 1


def test_entrar_con_el_codigo_abre_la_administracion(sin_factor):
    secreto = activar(con_clave(sin_factor))
    cliente = Client()
    assert cliente.post(reverse("account_login"), {"login": sin_factor.email, "password": CLAVE}).status_code == 302
    assert cliente.get(reverse("admin:index")).status_code == 302
    cliente.post(reverse("mfa_authenticate"), {"code": codigo(secreto)})
    if "_auth_user_id" not in cliente.session:  # the code of this half minute was spent on activating
        cliente.post(reverse("mfa_authenticate"), {"code": de_recuperacion(sin_factor)})
    assert cliente.get(reverse("admin:index")).status_code == 200


def de_recuperacion(usuario):
    return Authenticator.objects.get(user=usuario, type="recovery_codes").wrap().get_unused_codes()[0]


def test_un_codigo_de_recuperacion_tambien_abre_una_vez(sin_factor):
    activar(con_clave(sin_factor))
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": sin_factor.email, "password": CLAVE})
    cliente.post(reverse("mfa_authenticate"), {"code": de_recuperacion(sin_factor)})
    assert cliente.get(reverse("admin:index")).status_code == 200


def test_los_codigos_de_recuperacion_solos_no_son_un_segundo_factor(sin_factor, como):
    RecoveryCodes.activate(sin_factor)
    assert como(sin_factor).get(reverse("admin:index")).url == reverse("mfa_index")


def test_un_factor_que_se_quito_deja_de_probar(como, diana):
    cliente = como(diana)
    Authenticator.objects.all().delete()
    Authenticator.objects.create(user=diana, type=Authenticator.Type.TOTP, data={"secret": "otro"})
    assert cliente.get(reverse("admin:index")).url.startswith(reverse("account_login"))


def test_vuelve_a_donde_iba(sin_factor):
    intrusa = con_clave(sin_factor)
    activar(con_clave(sin_factor))
    lista = reverse("admin:mesas_mesa_changelist")
    assert intrusa.get(lista).url == f"{reverse('account_login')}?next={lista}"


def test_los_candados_de_una_cuenta_no_se_tocan_en_la_administracion():
    assert not {modelo for modelo in admin.site._registry if modelo._meta.app_label in ("account", "mfa")}


def test_quien_perdio_el_telefono_recupera_su_cuenta_desde_la_terminal(como, diana):
    call_command("quitar_segundo_factor", diana.email.upper(), stdout=StringIO())
    assert not Authenticator.objects.filter(user=diana).exists()
    assert como(diana).get(reverse("admin:index")).url == reverse("mfa_index")
    with pytest.raises(CommandError, match="No hay ninguna cuenta"):
        call_command("quitar_segundo_factor", "nadie@portal.example")
