"""Open data of the agreements: the same `publicas()` as the pages."""

from django.http import Http404, HttpResponseBadRequest
from django.views.decorators.http import require_safe

from comites.models import Acuerdo
from comites.publico import responsables_publicos
from comun.exportar import RESPUESTAS

COLUMNAS = (
    "folio",
    "mesa",
    "entidad",
    "origen",
    "fecha",
    "acuerdo",
    "producto",
    "responsable",
    "fecha_compromiso",
    "verificacion",
    "estado",
    "historico",
    "demostracion",
)
FILTROS = {"q", "mesa", "estado"}


@require_safe
def acuerdos(request, formato):
    """`/datos/acuerdos.csv` and `.json`, with the filters of the page."""
    if formato not in RESPUESTAS:
        raise Http404
    if sobran := sorted(set(request.GET) - FILTROS):
        return HttpResponseBadRequest(
            f"No existe el parámetro «{sobran[0]}». Se puede filtrar por: {', '.join(sorted(FILTROS))}.",
            content_type="text/plain; charset=utf-8",
        )
    publicos = Acuerdo.objects.publicas().filtrar(**request.GET.dict()).con_contexto().recientes()
    return RESPUESTAS[formato]("acuerdos", COLUMNAS, (_fila(*par) for par in responsables_publicos(publicos)))


def _fila(acuerdo, responsable):
    sesion = acuerdo.sesion
    return (
        acuerdo.folio,
        sesion.mesa.slug,
        sesion.mesa.entidad.nombre_corto,
        sesion.get_tipo_display(),
        sesion.inicio.date(),
        acuerdo.accion,
        acuerdo.producto,
        responsable,
        acuerdo.fecha_compromiso,
        acuerdo.verificacion,
        acuerdo.situacion,
        acuerdo.historico,
        sesion.mesa.es_demo,
    )
