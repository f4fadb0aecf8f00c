"""The public page of an agreement: what was agreed, how it goes, and what the rate that it aims to move did."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comites.models import Acuerdo
from comites.publico import ficha_publica
from indicadores import fichas
from indicadores.efectos import COLUMNAS, NO_PRUEBA, POR_QUE_NO_PRUEBA
from indicadores.models import Carga, Objetivo
from indicadores.objetivos import con_efectos, rastro


@require_safe
def acuerdo(request, folio):
    """One public agreement: what, who, by when, how it goes, and its figures before and after."""
    acuerdo = get_object_or_404(Acuerdo.objects.publicas().con_contexto(), folio=folio)
    objetivos = Objetivo.objects.publicas().filter(acuerdo=acuerdo).con_contexto()
    retirados = Objetivo.objects.retirados_publicos().filter(acuerdo=acuerdo).con_contexto()
    contexto = {
        "acuerdo": acuerdo,
        "ficha": ficha_publica(acuerdo),
        "ya_no_se_miran": rastro(retirados),
        **efectos_de(acuerdo, objetivos),
    }
    return render(request, "comites/acuerdo.html", contexto)


def efectos_de(acuerdo, objetivos):
    """What `comites/_efectos.html` needs: each objective with its figures, and the seal of all of them."""
    medidos = con_efectos(acuerdo, objetivos)
    renglones = [renglon for medido in medidos if medido.efecto for renglon in medido.efecto.renglones]
    cargas = Carga.objects.publicas().de_renglones(renglones) if renglones else []
    return {
        "efectos": medidos,
        "columnas_de_efecto": COLUMNAS,
        "no_prueba": NO_PRUEBA,
        "por_que_no_prueba": POR_QUE_NO_PRUEBA,
        "sello": fichas.sello(renglones, cargas),
    }
