"""The board: what is near, and what to do first."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comites.mi_mesa import leer_mi_mesa
from comites.pendientes import lo_primero
from comites.permisos import puede_convocar
from comites.views_coordinacion.puerta import de_mesa
from mesas.models import Mesa

POR_HOJA = 40
MAXIMO_DE_LETRAS = 80


@require_GET
@never_cache
@login_required
def tablero(request):
    """The mesas of the user; with only one, straight to its board. `?q=` looks for one by name or municipality."""
    suyas = Mesa.objects.visibles_para(request.user).con_estado(timezone.localdate()).select_related("entidad")
    buscado = request.GET.get("q", "").strip()[:MAXIMO_DE_LETRAS]
    filas = suyas.buscar(buscado) if buscado else suyas
    pagina = Paginator(filas.por_entidad(), POR_HOJA).get_page(request.GET.get("page"))
    if pagina.paginator.count == 1 and not buscado:
        return redirect("coordinacion:mesa", pagina[0].slug)
    contexto = {"page_obj": pagina, "buscado": buscado, "consulta": f"{urlencode({'q': buscado})}&" if buscado else ""}
    return render(request, "comites/coordinacion/mesas.html", contexto)


@require_GET
@de_mesa
def mesa(request, mesa):
    """Board of a mesa: one thing to do first, then what is near, what waits for somebody and what is owed."""
    ahora = timezone.localtime()
    suyo = leer_mi_mesa(request.user, mesa, ahora=ahora)
    puede_crear = puede_convocar(request.user, mesa)
    contexto = {
        "mesa_actual": mesa,
        "hoy": ahora.date(),
        "suyo": suyo,
        "primero": lo_primero(mesa, suyo, puede_crear=puede_crear, ahora=ahora),
        "puede_crear": puede_crear,
    }
    return render(request, "comites/coordinacion/tablero.html", contexto)
