"""Coming in: by e-mail, by invitation only, and with two steps for the staff."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cuentas.models import Usuario
from cuentas.operaciones import abrir_cuenta, enlace_de_invitacion
from tests.fabricas import CLAVE

pytestmark = pytest.mark.django_db


def entrar(client, correo, clave=CLAVE):
    return client.post(reverse("account_login"), {"login": correo, "password": clave})


def test_ana_entra_con_su_correo_y_llega_a_su_mesa(client, ana):
    respuesta = entrar(client, "ANA-prueba@portal.example")
    assert respuesta.url == reverse("tablero")
    assert client.get(respuesta.url).url == reverse("coordinacion:mesa", args=["norte"])


def test_una_clave_equivocada_lo_dice_y_no_borra_el_correo(client, ana):
    pagina = entrar(client, ana.email, "otra-cosa").content.decode()
    assert ana.email in pagina and "no son correctos" in pagina


def test_nadie_se_registra_por_su_cuenta(client):
    datos = {"email": "intrusa@portal.example", "password1": CLAVE, "password2": CLAVE}
    client.post(reverse("account_signup"), datos)
    assert not Usuario.objects.exists()
    assert "Regístrate" not in client.get(reverse("account_login")).content.decode()


def test_la_invitacion_sirve_una_vez(client):
    usuaria = abrir_cuenta(email="Nueva@Portal.example")
    assert usuaria.email == "nueva@portal.example" and not usuaria.has_usable_password()
    enlace = enlace_de_invitacion(usuaria)
    formulario = client.get(enlace, follow=True)
    destino = formulario.redirect_chain[-1][0]
    client.post(destino, {"password1": CLAVE, "password2": CLAVE})
    usuaria.refresh_from_db()
    assert usuaria.check_password(CLAVE)
    client.logout()
    assert "El enlace ya no sirve" in client.get(enlace, follow=True).content.decode()


def test_abrir_dos_veces_la_misma_cuenta_no_la_duplica_ni_le_cambia_la_clave(ana):
    assert abrir_cuenta(email=ana.email.upper(), clave="otra-clave-distinta") == ana
    ana.refresh_from_db()
    assert ana.check_password(CLAVE)


def test_el_personal_sin_segundo_factor_no_pasa_de_su_cuenta(como, diana):
    Authenticator.objects.all().delete()
    cliente = como(diana)
    for url in (reverse("admin:index"), reverse("tablero"), reverse("inicio")):
        assert cliente.get(url).url == reverse("mfa_index")
    assert cliente.get(reverse("mfa_index")).status_code == 200


def test_con_segundo_factor_si_pasa_y_a_los_demas_no_se_les_exige(como, diana, ana):
    assert como(diana).get(reverse("admin:index")).status_code == 200
    assert como(ana).get(reverse("coordinacion:mesa", args=["norte"])).status_code == 200


def test_con_el_ajuste_apagado_entra_y_una_franja_lo_dice(como, diana, settings):
    Authenticator.objects.all().delete()
    settings.SEGUNDO_FACTOR_OBLIGATORIO = False
    assert como(diana).get(reverse("admin:index")).status_code == 200
    assert "Primera ejecución" in como(None).get(reverse("inicio")).content.decode()


def test_la_clave_sola_no_abre_la_administracion(client, diana):
    respuesta = entrar(client, diana.email)
    assert respuesta.url == reverse("mfa_authenticate")
    assert client.get(reverse("admin:index")).status_code == 302


def test_el_correo_se_guarda_en_minusculas_lo_escriba_quien_lo_escriba(ana):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cuentas_usuario SET email = 'ANA@portal.example'")


def test_nadie_obtiene_por_la_administracion_el_enlace_de_una_cuenta_viva(como, diana, ana):
    """An invitation opens an empty account; for one that is in use it would be a theft."""
    diana.is_superuser = True
    diana.save()
    nueva = abrir_cuenta(email="nueva@portal.example")
    url = reverse("admin:cuentas_usuario_changelist")

    def pedir(usuario):
        datos = {"action": "invitar", "_selected_action": [usuario.pk]}
        return como(diana).post(url, datos, follow=True).content.decode()

    assert "/cuenta/password/reset/key/" not in pedir(ana)
    assert "/cuenta/password/reset/key/" in pedir(nueva)


def test_ver_cuentas_no_basta_para_invitar(como, diana):
    diana.user_permissions.add(Permission.objects.get(codename="view_usuario"))
    assert "invitación" not in como(diana).get(reverse("admin:cuentas_usuario_changelist")).content.decode()
