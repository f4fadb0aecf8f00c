"""Open data of the encuentros and their proposals: the same `publicas()` as the pages."""

from django.http import Http404, HttpResponseBadRequest
from django.views.decorators.http import require_safe

from comun.exportar import RESPUESTAS
from encuentros.models import Encuentro, Propuesta

COLUMNAS_DE_ENCUENTROS = (
    "numero",
    "nombre",
    "inicio",
    "fin",
    "lugar",
    "mesa_anfitriona",
    "mesas_asistentes",
    "entidades_asistentes",
    "propuestas",
    "acuerdos_publicos",
    "fuente",
)
COLUMNAS_DE_PROPUESTAS = (
    "encuentro",
    "rubro",
    "orden",
    "propuesta",
    "mesas",
    "unida_a_rubro",
    "unida_a_orden",
    "acuerdo",
    "fuente",
)
SIN_FILTROS = "Esta tabla no tiene filtros"
CON_FILTROS = "Se puede filtrar por: encuentro (su número) y rubro (su clave)"


class ParametroInvalido(ValueError):
    """Something in the address that the table does not understand; its text is for the reader."""


@require_safe
def encuentros(request, formato):
    """`/datos/encuentros.csv` and `.json`: one row per public encuentro."""
    try:
        _solo_parametros(request.GET, set(), SIN_FILTROS)
    except ParametroInvalido as error:
        return _peticion_invalida(error)
    filas = Encuentro.objects.publicas().con_contexto().con_cuentas().order_by("numero")
    return _tabla(formato, "encuentros", COLUMNAS_DE_ENCUENTROS, map(_fila_de_encuentro, filas))


@require_safe
def propuestas(request, formato):
    """`/datos/propuestas.csv` and `.json`; `?encuentro=` and `?rubro=` filter."""
    filas = Propuesta.objects.publicas()
    try:
        _solo_parametros(request.GET, {"encuentro", "rubro"}, CON_FILTROS)
        filas = filas.filter(**_filtros_de_propuestas(filas, request.GET))
    except ParametroInvalido as error:
        return _peticion_invalida(error)
    filas = filas.con_origen().con_acuerdo_publico().por_rubro()
    return _tabla(formato, "propuestas", COLUMNAS_DE_PROPUESTAS, map(_fila_de_propuesta, filas))


def _solo_parametros(pedidos, validos, ayuda):
    if sobran := sorted(set(pedidos) - validos):
        raise ParametroInvalido(f"No existe el parámetro «{sobran[0]}». {ayuda}.")


def _filtros_de_propuestas(filas, pedidos):
    """The filters of the address. An unknown value is named together with the valid ones."""
    campos = {"encuentro": "encuentro__numero", "rubro": "rubro__clave"}
    filtros = {}
    for nombre, valor in pedidos.items():
        validos = sorted({str(v) for v in filas.order_by().values_list(campos[nombre], flat=True).distinct()})
        if valor not in validos:
            raise ParametroInvalido(f"No hay {nombre} «{valor}». Valores válidos: {', '.join(validos) or 'ninguno'}.")
        filtros[campos[nombre]] = valor
    return filtros


def _peticion_invalida(error):
    return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")


def _tabla(formato, nombre, columnas, filas):
    if formato not in RESPUESTAS:
        raise Http404
    return RESPUESTAS[formato](nombre, columnas, filas)


def _fila_de_encuentro(encuentro):
    anfitriona = encuentro.anfitriona
    return (
        encuentro.numero,
        encuentro.nombre,
        encuentro.inicio,
        encuentro.fin,
        encuentro.lugar,
        anfitriona.slug if anfitriona and anfitriona.publica else None,
        encuentro.mesas_asistentes,
        encuentro.entidades_asistentes,
        encuentro.cuantas_propuestas,
        encuentro.acuerdos_publicos,
        encuentro.fuente,
    )


def _fila_de_propuesta(propuesta):
    destino = propuesta.fusionada_en
    return (
        propuesta.encuentro.numero,
        propuesta.rubro.clave,
        propuesta.orden,
        propuesta.resumen,
        ";".join(mesa.slug for mesa in propuesta.autoras),
        destino.rubro.clave if destino else None,
        destino.orden if destino else None,
        propuesta.acuerdo_folio,
        propuesta.encuentro.fuente,
    )
