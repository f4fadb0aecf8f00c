"""The choice of a reader as links: what to take away, what to add, how to put municipalities together.

Every link is a whole address, so that the page works without a script and any state of it can be shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from comun.formatos import numero
from indicadores.busqueda import Hallazgo
from indicadores.consultas import MAXIMO_EN_UNA_GRAFICA, Eleccion, valores
from indicadores.delitos import SEPARADOR, DelitoElegido
from indicadores.territorios import MAXIMO_DE_UN_GRUPO, PREFIJO_GRUPO, Territorio, Unidad

DE_FORMULARIO = ("modalidad", "agregar")
"""Parameters that a form sends and an address does not keep."""


@dataclass(frozen=True, slots=True)
class Elegido:
    """A place already chosen, with the link that takes it away; empty if it is the only one."""

    clave: str
    nombre: str
    quitar: str
    separar: str = ""


@dataclass(frozen=True, slots=True)
class Candidato:
    """A place that was found, with the link that adds it; empty if it is already there."""

    nombre: str
    detalle: str
    agregar: str


def consulta(eleccion: Eleccion) -> str:
    """The choice as a query, readable: `delito=robo&territorio=mesa:torreon`."""
    return eleccion.direccion.replace("%3A", ":")


def direccion(eleccion: Eleccion) -> str:
    """Address of the explorer with a choice."""
    return f"{reverse('indicadores')}?{consulta(eleccion)}"


def de_las_cifras(eleccion: Eleccion) -> str:
    """The query of what is drawn: the period to compare with is only of the page."""
    return consulta(replace(eleccion, contra=None))


def datos(eleccion: Eleccion) -> dict[str, str]:
    """Addresses of the same figures as open data, by format."""
    return _en_cada_formato(de_las_cifras(eleccion))


def datos_de(delito: DelitoElegido, *lugares: str, anio: int | None = None) -> dict[str, str]:
    """Addresses of the figures of a page of many places: its crime, their codes or their list, its year."""
    limites = [("desde", anio), ("hasta", anio)] if anio else []
    dados = [("delito", delito.slug), *(("territorio", lugar) for lugar in lugares), *limites]
    return _en_cada_formato(urlencode(dados, safe=":"))


def _en_cada_formato(parametros: str) -> dict[str, str]:
    return {formato: f"{reverse('datos_tasas', args=[formato])}?{parametros}" for formato in ("csv", "json")}


def _con(eleccion: Eleccion, lugares: Iterable[Territorio]) -> str:
    return direccion(replace(eleccion, lugares=tuple(lugares)))


def elegidos(eleccion: Eleccion) -> list[Elegido]:
    """The places chosen, in their order."""
    lugares = eleccion.lugares
    return [
        Elegido(
            clave=lugar.clave,
            nombre=lugar.nombre,
            quitar=_con(eleccion, [otro for otro in lugares if otro is not lugar]) if len(lugares) > 1 else "",
            separar=_separar(eleccion, lugar),
        )
        for lugar in lugares
    ]


def _separar(eleccion: Eleccion, grupo: Territorio) -> str:
    """Address with the municipalities of a group one by one; empty if they do not fit."""
    if not grupo.es_grupo or len(grupo.unidades) + len(eleccion.lugares) - 1 > MAXIMO_EN_UNA_GRAFICA:
        return ""
    sueltos: list[Territorio] = []
    for lugar in eleccion.lugares:
        sueltos += [_municipio(unidad) for unidad in lugar.unidades] if lugar is grupo else [lugar]
    return _con(eleccion, {lugar.clave: lugar for lugar in sueltos}.values())


def juntar(eleccion: Eleccion) -> str:
    """Address with the municipalities and groups chosen as one place; empty if there are not two."""
    partes = [lugar for lugar in eleccion.lugares if lugar.es_grupo or lugar.es_municipio]
    unidades = sorted({unidad.clave for lugar in partes for unidad in lugar.unidades})
    if len(partes) < 2 or len(unidades) > MAXIMO_DE_UN_GRUPO:
        return ""
    junto = Territorio(f"{PREFIJO_GRUPO}{'-'.join(unidades)}", "", ())
    otros = [lugar for lugar in eleccion.lugares if lugar not in partes]
    return _con(eleccion, [*otros, junto])


def _municipio(unidad: Unidad) -> Territorio:
    return Territorio(unidad.clave, unidad.clave, (unidad,))


def candidatos(eleccion: Eleccion, hallazgos: Sequence[Hallazgo]) -> list[Candidato]:
    """What a search found, each with its link."""
    claves = {lugar.clave for lugar in eleccion.lugares}
    return [
        Candidato(
            nombre=hallazgo.nombre,
            detalle=f"{hallazgo.clase}{f', {numero(hallazgo.habitantes)} habitantes' if hallazgo.habitantes else ''}",
            agregar=""
            if hallazgo.clave in claves
            else _con(eleccion, [*eleccion.lugares, Territorio(hallazgo.clave, "", ())]),
        )
        for hallazgo in hallazgos
    ]


def limpiar(parametros: QueryDict, todos: dict[str, DelitoElegido]) -> QueryDict | None:
    """The address that a form meant, or None if the one that came is already clean.

    What the reader typed wrong stays, for the page to say so.
    """
    vacios = [nombre for nombre, dados in parametros.lists() if not any(valor.strip() for valor in dados)]
    if not vacios and not any(nombre in parametros for nombre in DE_FORMULARIO):
        return None
    limpios = QueryDict(mutable=True)
    for nombre, dados in parametros.lists():
        if nombre not in DE_FORMULARIO and nombre not in vacios:
            limpios.setlist(nombre, [valor for valor in dados if valor.strip()])
    subtipo, modalidad = parametros.get("delito", ""), parametros.get("modalidad", "")
    if modalidad and subtipo in todos and modalidad in todos[subtipo].modalidades:
        limpios["delito"] = f"{subtipo}{SEPARADOR}{modalidad}"
    if nuevos := valores(parametros, "agregar"):
        limpios.setlist("territorio", [*valores(parametros, "territorio"), *nuevos])
    return limpios
