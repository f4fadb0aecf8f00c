"""The public page of an agreement: what was agreed, how it goes, and what the rate that it aims to move did."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from comites.models import Acuerdo
from comites.permisos import publica_o_retirada
from comites.publico import ficha_publica
from comites.views import retirado
from indicadores.models import Objetivo
from indicadores.objetivos import rastro
from rnmsj.efectos import efectos_de


@require_safe
def acuerdo(request, folio):
    """One public agreement: what, who, by when, how it goes, and its figures before and after."""
    acuerdo = publica_o_retirada(Acuerdo.objects.filter(folio=folio).con_contexto())
    if acuerdo is None:
        return retirado(request)
    objetivos = Objetivo.objects.publicas().filter(acuerdo=acuerdo).con_contexto()
    retirados = Objetivo.objects.retirados_publicos().filter(acuerdo=acuerdo).con_contexto()
    contexto = {
        "acuerdo": acuerdo,
        "ficha": ficha_publica(acuerdo),
        "ya_no_se_miran": rastro(retirados),
        **efectos_de(acuerdo, objetivos),
    }
    return render(request, "comites/acuerdo.html", contexto)
