"""One figure for each of many places: as a map, as a table that is sorted and as bars of their intervals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from comun.formatos import numero
from comun.intervalos import Escala, Intervalo, escala
from comun.mapa_clases import DatoDeMapa
from comun.tabla_ordenable import Columna, Fila, Orden
from indicadores.composicion import Renglon, decimales
from indicadores.territorios import Territorio


@dataclass(frozen=True, slots=True)
class Tabla:
    """A table that the reader sorts, before it is sorted."""

    columnas: Sequence[Columna]
    filas: Sequence[Fila]
    escala: Escala
    de_entrada: Orden


def columnas(titulo: str) -> list[Columna]:
    """Columns of the table; the first is what its places are."""
    return [
        Columna(titulo, "nombre"),
        Columna("Tasa", "tasa", num=True),
        Columna("Intervalo de 95 %", num=True),
        Columna("Carpetas", "carpetas", num=True),
        Columna("Población", "poblacion", num=True),
    ]


def direccion(delito: str, territorio: str) -> str:
    """Address of the page of a crime in a place."""
    return f"{reverse('indicador', args=[delito])}?{urlencode({'territorio': territorio}, safe=':')}"


def por_territorio(renglones: Iterable[Renglon]) -> dict[str, Renglon]:
    """The row of each place, when there is one for each."""
    return {renglon.territorio: renglon for renglon in renglones}


def tabla(
    titulo: str, lugares: Sequence[Territorio], renglones: Mapping[str, Renglon], urls: Mapping[str, str]
) -> Tabla:
    """A row for each place, also for those without figure, from the highest rate on."""
    suyos = [renglones.get(lugar.clave) for lugar in lugares]
    medida = escala([intervalo(r) for r in suyos])
    digitos = decimales(r for r in suyos if r)
    filas = [
        Fila([lugar.nombre, *celdas(r, digitos)], llaves(lugar.nombre, r), urls.get(lugar.clave, ""), barra)
        for lugar, r, barra in zip(lugares, suyos, medida.barras, strict=True)
    ]
    return Tabla(columnas(titulo), filas, medida, Orden("tasa", desciende=True))


def llaves(nombre: str, r: Renglon | None) -> dict[str, Any]:
    """What a row is sorted by."""
    return {
        "nombre": nombre,
        "tasa": r.tasa.valor if r and r.tasa else None,
        "carpetas": r.carpetas if r else None,
        "poblacion": r.poblacion if r else None,
    }


def intervalo(r: Renglon | None) -> Intervalo | None:
    """The figure with its limits; None if there is none."""
    if r is None or r.tasa is None:
        return None
    return Intervalo(r.tasa.valor, r.tasa.inferior, r.tasa.superior, r.tasa.inestable)


def celdas(r: Renglon | None, digitos: int) -> list[str]:
    """Rate, interval, carpetas and inhabitants in words."""
    if r is None or r.carpetas is None:
        return ["sin dato", "", "", ""]
    poblacion = numero(round(r.poblacion)) if r.poblacion is not None else "sin dato"
    if r.tasa is None:
        return ["sin tasa", "", numero(r.carpetas), poblacion]
    marcas = [marca for marca in ("inestable" if r.tasa.inestable else "", r.parte_cubierta) if marca]
    marca = f" ({', '.join(marcas)})" if marcas else ""
    intervalo = f"{numero(r.tasa.inferior, digitos)} a {numero(r.tasa.superior, digitos)}"
    return [f"{numero(r.tasa.valor, digitos)}{marca}", intervalo, numero(r.carpetas), poblacion]


def datos_de_mapa(
    lugares: Sequence[Territorio], renglones: Mapping[str, Renglon], urls: Mapping[str, str]
) -> tuple[list[DatoDeMapa], int]:
    """What each place says on the map, and the decimals of its legend."""
    suyos = [(lugar, renglones.get(lugar.clave)) for lugar in lugares]
    digitos = decimales(r for _, r in suyos if r)
    return [
        DatoDeMapa(
            clave=lugar.clave,
            nombre=lugar.nombre,
            valor=r.tasa.valor if r and r.tasa else None,
            texto=_texto(r, digitos),
            inestable=bool(r and r.tasa and r.tasa.inestable),
            url=urls.get(lugar.clave, ""),
        )
        for lugar, r in suyos
    ], digitos


def _texto(r: Renglon | None, digitos: int) -> str:
    """What the tooltip of a place says."""
    if r is None or r.carpetas is None:
        return "sin dato"
    carpetas = f"{numero(r.carpetas)} carpeta{'' if r.carpetas == 1 else 's'}"
    if r.tasa is None:
        return f"{carpetas}, sin tasa"
    tasa, inferior, superior = (numero(n, digitos) for n in (r.tasa.valor, r.tasa.inferior, r.tasa.superior))
    return f"{tasa} (de {inferior} a {superior}), {carpetas}{', inestable' if r.tasa.inestable else ''}"


def urls_del_mapa(
    delito: str, lugares: Sequence[Territorio], anio: int | None, por_municipio: Collection[str] = ()
) -> dict[str, str]:
    """Where each place of a map opens: an entidad, by municipality in that year if it has it; any other, in time.

    Args:
        por_municipio: entidades whose municipalities have figures of that year.
    """
    mapa = reverse("indicador_mapa", args=[delito])
    return {
        lugar.clave: f"{mapa}?{urlencode({'entidad': lugar.clave, 'periodo': anio})}"
        if lugar.clave in por_municipio
        else direccion(delito, lugar.clave)
        for lugar in lugares
    }
