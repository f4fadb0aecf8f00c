"""Open data of the encuentros and their proposals: the same `publicas()` as the pages."""

from comun.datos_abiertos import Filas, datos_abiertos, revisar_valor
from encuentros.models import Encuentro, Propuesta
from encuentros.paquete import ENCUENTROS, PROPUESTAS

FILTROS = {"encuentro": "encuentro__numero", "rubro": "rubro__clave"}
"""Parameter of the address → column of the proposals."""


@datos_abiertos(ENCUENTROS)
def encuentros(request, formato):
    """One row per public encuentro."""
    filas = Encuentro.objects.publicas().con_contexto().con_cuentas().order_by("numero")
    return Filas(map(_fila_de_encuentro, filas))


@datos_abiertos(PROPUESTAS)
def propuestas(request, formato):
    """One row per proposal of a public encuentro; `?encuentro=` and `?rubro=` filter."""
    publicas = Propuesta.objects.publicas()
    filas = publicas.con_origen().con_acuerdo_publico().por_rubro()
    for nombre, valor in request.GET.items():
        validos = publicas.order_by().values_list(FILTROS[nombre], flat=True).distinct()
        revisar_valor(nombre, valor, {str(valido) for valido in validos})
        filas = filas.filter(**{FILTROS[nombre]: valor})
    return Filas(map(_fila_de_propuesta, filas))


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
