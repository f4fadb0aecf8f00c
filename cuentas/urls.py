"""Before allauth's own map, whose names they keep."""

from django.urls import path

from cuentas import views

cuenta = [
    path("cuenta/2fa/totp/activate/", views.ActivarAplicacion.as_view(), name="mfa_activate_totp"),
    path("cuenta/2fa/webauthn/add/", views.AgregarLlave.as_view(), name="mfa_add_webauthn"),
]
