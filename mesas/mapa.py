"""The mesas as marks on the map of the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from comun.formatos import numero
from comun.iconos import ESTADOS
from comun.mapas import DatoDeMapa, Mapa, Marca, mapa
from mesas.models import Cobertura, Mesa

CORTES = (2, 4, 8)
"""One mesa, a few, several, many: the same in every map, and quantiles would put nearly all in one class."""

PIDEN_ATENCION = (Mesa.Estado.SUSPENDIDA, Mesa.Estado.DISUELTA)


def punto_de(territorio: Iterable[Cobertura]) -> tuple[float, float] | None:
    """Longitude and latitude of the seat or, when it is not known, the middle of the municipalities."""
    puntos = [
        (cobertura.municipio.longitud, cobertura.municipio.latitud, cobertura.es_sede)
        for cobertura in territorio
        if cobertura.municipio.longitud is not None
    ]
    elegidos = [punto for punto in puntos if punto[2]] or puntos
    if not elegidos:
        return None
    return sum(x for x, _, _ in elegidos) / len(elegidos), sum(y for _, y, _ in elegidos) / len(elegidos)


def marca_de(mesa: Mesa) -> Marca | None:
    """The mark of a mesa brought with `con_territorio()` (and `con_estado()`, to say its state)."""
    punto = punto_de(mesa.territorio)
    if punto is None:
        return None
    estado = getattr(mesa, "estado", None)
    partes = [mesa.entidad.nombre_corto]
    if estado:
        partes.append(ESTADOS[estado].texto.lower())
    if mesa.es_demo:
        partes.append("demostración")
    return Marca(
        *punto,
        etiqueta=mesa.nombre,
        url=mesa.get_absolute_url(),
        detalle=" · ".join(partes),
        tipo="ocre" if estado in PIDEN_ATENCION else "",
    )


def mapa_de_mesas(mesas: Sequence[Mesa]) -> Mapa:
    """The country, darker where there are more mesas, with a mark of equal size for each one."""
    cuantas = Counter(mesa.entidad for mesa in mesas)
    entidades = [
        DatoDeMapa(entidad.clave, entidad.nombre_corto, cuantas[entidad], _frase(cuantas[entidad]))
        for entidad in cuantas
    ]
    return mapa(entidades, [marca for mesa in mesas if (marca := marca_de(mesa))], cortes=CORTES)


def mapa_de_una(mesa: Mesa) -> Mapa:
    """Its entidades, closer, with its mark."""
    claves = {cobertura.municipio.entidad_id for cobertura in mesa.territorio} | {mesa.entidad_id}
    marca = marca_de(mesa)
    return mapa([], [marca] if marca else [], foco=sorted(claves))


def _frase(cuantas: int) -> str:
    return f"{numero(cuantas)} mesa{'' if cuantas == 1 else 's'}"
