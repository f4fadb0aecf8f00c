"""What is asked of the open data, read from the address: right, or refused with the reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict

from comun.datos_abiertos import ParametroInvalido, revisar_parametros
from indicadores.delitos import DelitoDesconocido, DelitoElegido, buscar, catalogo
from indicadores.periodos import Periodicidad, leer_limite
from indicadores.territorios import FORMAS, NACIONAL, Territorio, TerritorioDesconocido, resolver

MAXIMO_DE_TERRITORIOS = 50
MAXIMO_DE_DELITOS = 50
REPETIBLES = ("territorio", "delito")
DE_TASAS = ("territorio", "delito", "periodicidad", "desde", "hasta")
DE_POBLACION = ("territorio", "desde", "hasta")


@dataclass(frozen=True, slots=True)
class Consulta:
    """A choice of places, crimes and time."""

    lugares: list[Territorio]
    delitos: list[DelitoElegido]
    periodicidad: Periodicidad
    desde: int | None
    hasta: int | None


def leer_consulta(parametros: QueryDict) -> Consulta:
    """The choice made in the address of `/datos/tasas`.

    Without territory it is the nation; without crime, every subtipo, in the official order.

    Raises:
        ParametroInvalido: at the first parameter or value that does not exist.
    """
    revisar_parametros(parametros, DE_TASAS, REPETIBLES)
    slugs = valores(parametros, "delito")
    _que_quepan("delito", slugs, MAXIMO_DE_DELITOS)
    desde, hasta = leer_limites(parametros)
    todos = catalogo()
    try:
        delitos = [buscar(todos, slug) for slug in slugs]
    except DelitoDesconocido as error:
        if not todos:
            raise ParametroInvalido("Todavía no hay cifras cargadas, así que no hay delitos que elegir.") from error
        raise ParametroInvalido(
            f"No existe el delito «{error}». Se nombra con la dirección de su nombre oficial; "
            f"valen: {', '.join(sorted(todos))}."
        ) from error
    return Consulta(
        lugares=leer_territorios(parametros) or resolver([NACIONAL]),
        delitos=delitos or [delito for delito in todos.values() if delito.nivel == 3],
        periodicidad=leer_periodicidad(parametros),
        desde=desde,
        hasta=hasta,
    )


def valores(parametros: QueryDict, nombre: str) -> list[str]:
    """Values given, once each, without the empty ones that a form sends."""
    return list(dict.fromkeys(valor.strip() for valor in parametros.getlist(nombre) if valor.strip()))


def leer_territorios(parametros: QueryDict) -> list[Territorio]:
    """Places named in the address; none if it names none."""
    claves = valores(parametros, "territorio")
    _que_quepan("territorio", claves, MAXIMO_DE_TERRITORIOS)
    try:
        return resolver(claves) if claves else []
    except TerritorioDesconocido as error:
        raise ParametroInvalido(f"No existe el territorio «{error}». Valen: {FORMAS}.") from error


def leer_periodicidad(parametros: QueryDict) -> Periodicidad:
    """How long each figure is; a year unless it says otherwise."""
    dada = parametros.get("periodicidad", "").strip() or Periodicidad.ANUAL.value
    try:
        return Periodicidad(dada)
    except ValueError as error:
        validas = ", ".join(periodicidad.value for periodicidad in Periodicidad)
        raise ParametroInvalido(f"No existe la periodicidad «{dada}». Valen: {validas}.") from error


def leer_limites(parametros: QueryDict) -> tuple[int | None, int | None]:
    """First and last month asked for."""
    limites: list[int | None] = []
    for nombre in ("desde", "hasta"):
        texto = parametros.get(nombre, "").strip()
        try:
            limites.append(leer_limite(texto, final=nombre == "hasta") if texto else None)
        except ValueError as error:
            raise ParametroInvalido(f"«{texto}» no vale en «{nombre}». {error}") from error
    desde, hasta = limites
    if desde is not None and hasta is not None and desde > hasta:
        raise ParametroInvalido("«desde» debe ser anterior o igual a «hasta».")
    return desde, hasta


def _que_quepan(nombre: str, dados: Collection[str], maximo: int) -> None:
    if len(dados) > maximo:
        raise ParametroInvalido(f"Caben {maximo} valores de «{nombre}» en una consulta y pediste {len(dados)}.")
