"""Where a mail about an agreement leads."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse

from comites.models import Acuerdo
from comites.operaciones_enlaces import llave_de
from comites.recordatorios import Destinatario


def enlace_para(acuerdo: Acuerdo, destinatario: Destinatario, sin_cuenta: Mapping[str, str]) -> str:
    """The address at which that person sees the agreement and reports, without looking for it.

    Empty for whoever could not open it there (a reserved agreement in charge of an institution or of somebody
    without account): the mail then says whom to answer.

    Args:
        sin_cuenta: the links opened for those without account (`operaciones_enlaces.abrir_enlaces`).
    """
    if not destinatario.con_cuenta:
        ruta = sin_cuenta.get(llave_de(acuerdo, destinatario), "")
        return settings.PORTAL_URL + ruta if ruta else ""
    if destinatario.institucion_id and acuerdo.es_reservado:
        return ""
    mesa = destinatario.mesa or acuerdo.sesion.mesa.slug
    return settings.PORTAL_URL + reverse("coordinacion:acuerdo", args=[mesa, acuerdo.folio])
