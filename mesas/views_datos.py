"""Open data of the mesas: the same `publicas()` as the directory."""

from django.utils import timezone

from comun.datos_abiertos import Filas, datos_abiertos
from mesas.models import Mesa
from mesas.paquete import MESAS


@datos_abiertos(MESAS)
def mesas(request, formato):
    """One row per public mesa, as it is today."""
    hoy = timezone.localdate()
    filas = Mesa.objects.publicas().con_estado(hoy).con_territorio(hoy).por_entidad()
    return Filas(map(_fila, filas))


def _fila(mesa):
    return (
        mesa.slug,
        mesa.nombre,
        mesa.entidad.nombre_corto,
        mesa.entidad_id,
        mesa.estado,
        mesa.estado_desde,
        mesa.estado_precision,
        "; ".join(cobertura.municipio.nombre for cobertura in mesa.territorio),
        ";".join(cobertura.municipio_id for cobertura in mesa.territorio),
        any(cobertura.inferida for cobertura in mesa.territorio),
        mesa.es_demo,
    )
