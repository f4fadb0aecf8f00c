"""Where a mail about an agreement leads."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from comites.models import Acuerdo
from comites.recordatorios import Destinatario, es_reservado


def enlace_para(acuerdo: Acuerdo, destinatario: Destinatario) -> str:
    """The address at which that person sees the agreement and reports, without looking for it.

    Empty for whoever could not open it there (no account, or a reserved agreement in charge of an institution):
    the mail then says whom to answer.
    """
    if not destinatario.con_cuenta or (destinatario.institucion_id and es_reservado(acuerdo)):
        return ""
    return settings.PORTAL_URL + reverse("coordinacion:acuerdo", args=[acuerdo.sesion.mesa.slug, acuerdo.folio])
