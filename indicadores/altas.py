"""What an official file names and the catalogues did not have yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from indicadores import extracto as formato
from indicadores.importadores.lector import Lectura
from indicadores.models import Delito
from indicadores.operaciones import cargar_taxonomia
from mesas.models import Municipio
from mesas.operaciones import claves_del_catalogo

Hoja = tuple[int, int | None]
"""Id of the subtipo, and that of the modalidad where the subtipo has several."""


def completar_municipios(lectura: Lectura) -> Iterator[str]:
    """Register the municipalities that the catalogue lacks, and say which."""
    faltan = set(lectura.municipios).difference(
        Municipio.objects.filter(clave__in=lectura.municipios).values_list("clave", flat=True)
    )
    Municipio.objects.bulk_create(
        [
            Municipio(clave=clave, entidad_id=clave[:2], nombre=nombre, pseudo=pseudo)
            for clave, (nombre, pseudo) in sorted(lectura.municipios.items())
            if clave in faltan
        ]
    )
    nuevos = [f"{clave} {lectura.municipios[clave][0]}" for clave in sorted(faltan) if not lectura.municipios[clave][1]]
    if nuevos:
        yield (
            f"Municipios que el catálogo no tenía y se dieron de alta: {', '.join(nuevos)}. "
            "Sin población no tendrán tasa: revisa su nombre y carga una edición que los traiga."
        )


def completar_delitos(lectura: Lectura) -> dict[tuple[str, ...], Hoja]:
    """Make sure the catalogue has what the file names; return the ids by normalised names."""
    oficiales = formato.abrir().filas(formato.TAXONOMIA)
    suyas = (
        [lectura.instrumento, *combinacion]
        for combinacion in lectura.combinaciones
        if combinacion.llave not in lectura.modalidad_desconocida
    )
    cargar_taxonomia([*oficiales, *suyas])
    filas = list(
        Delito.objects.filter(instrumento=lectura.instrumento, nivel=4).values_list(
            "padre__padre__padre__texto", "padre__padre__texto", "padre__texto", "texto", "padre", "pk"
        )
    )
    hermanos: dict[int, int] = defaultdict(int)
    for *_, subtipo, _ in filas:
        hermanos[subtipo] += 1
    return {tuple(textos): (subtipo, pk if hermanos[subtipo] > 1 else None) for *textos, subtipo, pk in filas}


def subtipos_de(hojas: dict[tuple[str, ...], Hoja]) -> dict[tuple[str, ...], int]:
    """Id of each subtipo by the normalised names of its bien, its tipo and itself."""
    return {textos[:3]: subtipo for textos, (subtipo, _) in hojas.items()}


def municipios_de_los_archivos() -> list[Municipio]:
    """Real municipalities that no catalogue of the portal knew: an official file brought them, to be looked at."""
    return list(
        Municipio.objects.reales()
        .exclude(clave__in=claves_del_catalogo())
        .select_related("entidad")
        .order_by("entidad", "nombre")
    )
