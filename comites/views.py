"""Public pages of agreements."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from comites.forms import FiltroDeAcuerdos
from comites.models import Acuerdo
from comites.publico import ficha_publica


@require_safe
def acuerdos(request):
    """The agreements that assemblies consented to publish; `?q=`, `?mesa=` and `?estado=` filter."""
    filtro = FiltroDeAcuerdos(request.GET)
    elegido = filtro.elegido()
    filas = Acuerdo.objects.publicas().con_contexto().filtrar(**elegido).recientes()
    contexto = {
        "page_obj": Paginator(filas, 25).get_page(request.GET.get("page")),
        "filtro": filtro,
        "hay_filtro": any(elegido.values()),
        "consulta": f"{urlencode(elegido)}&",
    }
    return render(request, "comites/acuerdos.html", contexto)


@require_safe
def acuerdo(request, folio):
    """One public agreement: what, who, by when, and how it goes."""
    acuerdo = get_object_or_404(Acuerdo.objects.publicas().con_contexto(), folio=folio)
    return render(request, "comites/acuerdo.html", {"acuerdo": acuerdo, "ficha": ficha_publica(acuerdo)})
