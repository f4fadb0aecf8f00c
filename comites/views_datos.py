"""Open data of the agreements and their follow-up: the same `publicas()` as the pages."""

from comites import tablas
from comites.forms import FiltroDeAcuerdos, FiltroDeSeguimiento
from comites.hechos import leer_hechos, seguir
from comites.models import Acuerdo, Sesion
from comites.paquete import ACUERDOS, SESIONES
from comites.publico import presencias, responsables_publicos
from comites.seguimiento import PERIODOS
from comun.datos_abiertos import Filas, ParametroInvalido, datos_abiertos, revisar_valor
from mesas.models import Mesa


@datos_abiertos(ACUERDOS)
def acuerdos(request, formato):
    """One row per public agreement, with the filters of the page."""
    filtro = FiltroDeAcuerdos(request.GET)
    for nombre, errores in filtro.errors.items():
        if nombre == "q":
            raise ParametroInvalido(f"«q» no vale. {' '.join(errores)}")
        revisar_valor(nombre, request.GET[nombre], [valor for valor, _ in filtro.fields[nombre].choices if valor])
    publicos = Acuerdo.objects.publicas().filtrar(**filtro.elegido()).con_contexto().recientes()
    return Filas(_fila(*par) for par in responsables_publicos(publicos))


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


@datos_abiertos(SESIONES)
def sesiones(request, formato):
    """One row per public session, of one mesa if it is asked for."""
    publicas = Sesion.objects.publicas()
    if mesa := request.GET.get("mesa"):
        revisar_valor("mesa", mesa, Mesa.objects.publicas().values_list("slug", flat=True))
        publicas = publicas.filter(mesa__slug=mesa)
    filas = list(publicas.con_orden_del_dia().select_related("mesa__entidad", "comite").order_by("-inicio", "-pk"))
    listas = presencias(publicas)
    return Filas(_fila_de_sesion(sesion, listas.get(sesion.pk)) for sesion in filas)


def _fila_de_sesion(sesion, presencia):
    se_dice = presencia is not None and presencia.se_dice
    return (
        sesion.mesa.slug,
        sesion.mesa.entidad.nombre_corto,
        sesion.organo,
        sesion.numero,
        sesion.anio,
        sesion.numero_anual,
        sesion.dia,
        " · ".join(sesion.titulos_legibles),
        sesion.cuantos_puntos - len(sesion.titulos_legibles),
        sesion.acuerdos_publicos,
        presencia.asientos if se_dice else None,
        presencia.ocupados if se_dice else None,
        sesion.mesa.es_demo,
    )


@datos_abiertos(tablas.SEGUIMIENTO)
def seguimiento(request, formato):
    """One row for the network, one for its encuentros and one per public mesa, for each period."""
    filtro = FiltroDeSeguimiento(request.GET)
    for nombre, errores in filtro.errors.items():
        raise ParametroInvalido(f"«{request.GET[nombre]}» no vale en «{nombre}». {' '.join(errores)}")
    elegido = filtro.elegido()
    hechos = leer_hechos(
        sesiones=Sesion.objects.publicas(), acuerdos=Acuerdo.objects.publicas(), fecha=elegido["fecha"]
    ).para_el_publico()
    mesas = list(Mesa.objects.publicas().por_entidad())
    periodos = [elegido["periodo"]] if request.GET.get("periodo") else list(PERIODOS)
    seguidos = [seguir(hechos, mesas, fecha=elegido["fecha"], periodo=periodo) for periodo in periodos]
    return Filas(tablas.filas_de_seguimiento(seguidos))
