"""How a test writes in the page of a session, as the phone does."""

from uuid import uuid4

from django.urls import reverse


def anotar(cliente, usuario, sesion, cual, /, *, fetch=False, clave=None, quien=None, **datos):
    """One write, with a new key unless told; with `fetch`, as the script sends it."""
    url = reverse("coordinacion:modo_anotar", args=[sesion.mesa.slug, sesion.pk, cual])
    sobre = {"clave": str(clave or uuid4()), "quien": quien or usuario.pk, "dicho_el": ""}
    return cliente.post(url, sobre | datos, headers={"X-Modo": "fetch"} if fetch else {})
