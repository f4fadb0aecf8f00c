"""Open data of the agreements: the same `publicas()` as the pages."""

from comites.forms import FiltroDeAcuerdos
from comites.models import Acuerdo
from comites.publico import responsables_publicos
from comun.datos_abiertos import datos_abiertos, revisar_parametros, revisar_valor

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


@datos_abiertos
def acuerdos(request, formato):
    """One row per public agreement, with the filters of the page."""
    revisar_parametros(request.GET, ("q", "mesa", "estado"))
    filtro = FiltroDeAcuerdos(request.GET)
    for nombre in filtro.errors:
        validos = [valor for valor, _ in getattr(filtro.fields[nombre], "choices", ()) if valor]
        revisar_valor(nombre, request.GET[nombre], validos)
    publicos = Acuerdo.objects.publicas().filtrar(**filtro.elegido()).con_contexto().recientes()
    return "acuerdos", COLUMNAS, (_fila(*par) for par in responsables_publicos(publicos))


def _fila(acuerdo, responsable):
    sesion = acuerdo.sesion
    return (
        acuerdo.folio,
        sesion.mesa.slug,
        sesion.mesa.entidad.nombre_corto,
        sesion.get_tipo_display(),
        sesion.dia,
        acuerdo.accion,
        acuerdo.producto,
        responsable,
        acuerdo.fecha_compromiso,
        acuerdo.verificacion,
        acuerdo.situacion,
        acuerdo.historico,
        sesion.mesa.es_demo,
    )
