"""The public record of loads: which official files are behind the figures, and what each changed."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from comun.datos_abiertos import Filas, datos_abiertos
from indicadores import registro, revisiones
from indicadores.forms_cargas import FiltroDeRevision
from indicadores.models import Cambio, Carga, EdicionDePoblacion

CARGAS_POR_PAGINA = 25
CAMBIOS_POR_PAGINA = 40


@require_safe
def cargas(request):
    """`/datos/cargas/`: every load, in force, replaced or undone, newest first; and the editions of population."""
    contexto = {
        "page_obj": Paginator(Carga.objects.registro(), CARGAS_POR_PAGINA).get_page(request.GET.get("page")),
        "ediciones": EdicionDePoblacion.objects.order_by("-vigente", "-cargada"),
    }
    return render(request, "indicadores/cargas/cargas.html", contexto)


@require_safe
def carga(request, pk):
    """`/datos/cargas/<n>/`: a load with its totals, how they square and what the source changed with it."""
    carga = get_object_or_404(Carga.objects.registro(), pk=pk)
    entidades = registro.nombres_de_entidades()
    revision = registro.revision(carga, entidades)
    filtro = FiltroDeRevision(request.GET, revision=revision)
    elegido = filtro.elegido()
    cambios = Cambio.objects.publicos().filter(carga=carga).filtrar(**elegido)
    pagina = Paginator(cambios.por_mes(), CAMBIOS_POR_PAGINA).get_page(request.GET.get("page"))
    consulta = urlencode(filtro.en_la_direccion())
    contexto = {
        "carga": carga,
        "predecesoras": Carga.objects.registro().reemplazadas_por(carga),
        "sucesoras": Carga.objects.registro().que_reemplazan_a(carga),
        "en_su_lugar": None if carga.con_cifras or carga.deshecha else Carga.objects.registro().en_lugar_de(carga),
        "controles": registro.controles(carga.controles.all(), entidades),
        "revision": revision,
        "filtro": filtro,
        "page_obj": pagina,
        "cambios": registro.con_nombres(pagina.object_list),
        "consulta": f"{consulta}&" if consulta else "",
        "de_datos": urlencode({"carga": carga.pk} | filtro.en_la_direccion()),
    }
    return render(request, "indicadores/cargas/carga.html", contexto)


@datos_abiertos(revisiones.REVISIONES)
def datos_revisiones(request, formato):
    """Every figure that the source changed."""
    return Filas(revisiones.filas(revisiones.leer_cambios(request.GET)), revisiones.huella(request.GET))
