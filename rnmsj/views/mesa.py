"""The page of a mesa: its territory, its life, what it agreed and what the figures of its territory say."""

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from comites.models import Acuerdo, Comite, Sesion
from indicadores import fichas
from indicadores.models import Carga
from indicadores.series import resumen_mesa
from mesas.mapa import mapa_de_una
from mesas.models import Mesa

ACUERDOS_A_LA_VISTA = 60
SIN_CIFRAS = (
    "Los archivos oficiales cargados no traen un año completo de sus municipios. "
    "Aparecen cuando el personal carga uno que los incluya."
)
SIN_MUNICIPIOS = "Aparecen cuando conste qué municipios atiende la mesa: sus cifras son las de ellos."


@require_safe
def mesa(request, slug):
    hoy = timezone.localdate()
    comites = Comite.objects.publicas().filter(mesa=OuterRef("pk")).vigentes_en(hoy)
    publicas = Mesa.objects.publicas().con_estado(hoy).con_territorio(hoy).con_otros_nombres()
    publicas = publicas.annotate(sus_comites=ArraySubquery(comites.values("nombre")))
    mesa = get_object_or_404(publicas.prefetch_related("eventos"), slug=slug)
    acuerdos = list(Acuerdo.objects.publicas().de_mesa(mesa).con_contexto().por_estado()[:ACUERDOS_A_LA_VISTA])
    contexto = {
        "mesa": mesa,
        "hoy": hoy,
        "mapa": mapa_de_una(mesa),
        "sede": next((cobertura for cobertura in mesa.territorio if cobertura.es_sede), None),
        "hay_inferidos": any(cobertura.inferida for cobertura in mesa.territorio),
        "grupos_de_acuerdos": _por_situacion(acuerdo for acuerdo in acuerdos if not _es_de_la_red(acuerdo)),
        "acuerdos_de_la_red": [acuerdo for acuerdo in acuerdos if _es_de_la_red(acuerdo)],
        "sesiones": Sesion.objects.publicas().de_mesa(mesa).select_related("mesa", "comite").order_by("-inicio")[:5],
        "contacto_red": settings.CONTACTO_RED,
        "sin_cifras": SIN_CIFRAS if mesa.territorio else SIN_MUNICIPIOS,
        **_cifras(mesa, hoy),
    }
    return render(request, "mesas/mesa.html", contexto)


def _es_de_la_red(acuerdo):
    """Of a national meeting: it binds every mesa that was there, and is not this one's own."""
    return acuerdo.sesion.tipo == Sesion.Tipo.ENCUENTRO


def _por_situacion(acuerdos):
    """Pairs (situation, its agreements), the open ones first."""
    grupos = {}
    for acuerdo in acuerdos:
        grupos.setdefault(acuerdo.situacion, []).append(acuerdo)
    return list(grupos.items())


def _cifras(mesa, hoy):
    """Rates of its own territory beside those of its entidades and the nation, with their seal."""
    resumen = resumen_mesa(mesa, hoy)
    renglones = [renglon for delito in resumen for renglon in (delito.mesa, *delito.comparables)]
    consulta = urlencode(
        {"territorio": f"mesa:{mesa.slug}", "delito": [delito.delito for delito in resumen]}, doseq=True
    )
    return {
        "resumen": resumen,
        "entidades_comparadas": list(dict.fromkeys(r.nombre for delito in resumen for r in delito.entidades)),
        "sello": fichas.sello(renglones, Carga.objects.publicas().de_renglones(renglones) if renglones else []),
        "csv_url": f"{reverse('datos_tasas', args=['csv'])}?{consulta}" if resumen else "",
    }
