"""What is asked of the figures, read from the address.

The open data refuse at the first thing wrong, with the reason, so that no program takes one
answer for another. The page of the explorer says all that is wrong and draws the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from django.http import QueryDict
from django.utils.http import urlencode

from comun.datos_abiertos import ParametroInvalido, revisar_parametros
from indicadores.delitos import SEPARADOR, DelitoDesconocido, DelitoElegido, buscar, catalogo
from indicadores.periodos import Periodicidad, Periodo, leer_limite, periodo_que_termina, texto_del_mes
from indicadores.territorios import (
    MUNICIPIOS,
    QUE_LISTAS_HAY,
    Territorio,
    TerritorioDesconocido,
    de_lista,
    es_lista,
    nacional,
    resolver,
    resolver_posibles,
)

MAXIMO_DE_TERRITORIOS = 50
MAXIMO_DE_DELITOS = 50
MAXIMO_EN_UNA_GRAFICA = 6
"""Places that the explorer draws together: more lines could not be told apart."""

FUERA_DE_ORDEN = "«desde» debe ser anterior o igual a «hasta»."

DELITO_DE_ENTRADA = "homicidio-doloso"
"""Crime shown to who has not chosen one: the one with the least unreported cases."""

LARGO_DEL_ANIO = 4
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
    desde, hasta = leer_limites(parametros)
    todos = catalogo()
    dados = leer_delitos(parametros, todos)
    return Consulta(
        lugares=_leer_lugares(parametros, dados),
        delitos=dados or [delito for delito in todos.values() if delito.nivel == 3],
        periodicidad=leer_periodicidad(parametros),
        desde=desde,
        hasta=hasta,
    )


def valores(parametros: QueryDict, nombre: str) -> list[str]:
    """Values given, once each, without the empty ones that a form sends."""
    return list(dict.fromkeys(valor.strip() for valor in parametros.getlist(nombre) if valor.strip()))


def leer_delitos(parametros: QueryDict, todos: Mapping[str, DelitoElegido]) -> list[DelitoElegido]:
    """Crimes named in the address, each once; none if it names none."""
    slugs = valores(parametros, "delito")
    _que_quepan("delito", slugs, MAXIMO_DE_DELITOS)
    elegidos = [_leer_delito(todos, slug) for slug in slugs]
    return list({elegido.slug: elegido for elegido in elegidos}.values())


def leer_territorios(parametros: QueryDict) -> list[Territorio]:
    """Places named in the address, each once; none if it names none."""
    claves = valores(parametros, "territorio")
    _que_quepan("territorio", claves, MAXIMO_DE_TERRITORIOS)
    try:
        return _una_vez(resolver(claves))
    except TerritorioDesconocido as error:
        raise ParametroInvalido(error.mensaje) from error


def _leer_lugares(parametros: QueryDict, delitos: Collection[DelitoElegido]) -> list[Territorio]:
    """Places whose rates are asked for: each by its code, or all those of a kind; the nation if none is named."""
    claves = valores(parametros, "territorio")
    if not claves:
        return [nacional()]
    _que_quepan("territorio", claves, MAXIMO_DE_TERRITORIOS)
    if len(delitos) != 1 and any(clave.startswith(MUNICIPIOS) for clave in claves):
        raise ParametroInvalido("La lista «municipios» va con un solo delito: por ejemplo, delito=homicidio-doloso.")
    try:
        sueltos = resolver([clave for clave in claves if not es_lista(clave)])
        return _una_vez([*sueltos, *(lugar for clave in claves if es_lista(clave) for lugar in de_lista(clave))])
    except TerritorioDesconocido as error:
        ademas = "" if QUE_LISTAS_HAY in error.mensaje else f" {QUE_LISTAS_HAY}"
        raise ParametroInvalido(f"{error.mensaje}{ademas}") from error


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
    desde, hasta = _leer_limite(parametros, "desde"), _leer_limite(parametros, "hasta")
    if not _en_orden(desde, hasta):
        raise ParametroInvalido(FUERA_DE_ORDEN)
    return desde, hasta


# ── The explorer ────────────────────────────────────────────────────────────────────────


class Falta(NamedTuple):
    """Something of the address that could not be followed: where, and why."""

    parametro: str
    mensaje: str


@dataclass(frozen=True, slots=True)
class Eleccion:
    """What a reader chose to see. The address holds it whole, so that it can be shared.

    `contra` is another period, to set beside the newest figure of each place. `ademas` are places
    that the page needs besides, for a map or a ranking: nobody chose them.
    """

    delito: DelitoElegido | None
    lugares: tuple[Territorio, ...]
    periodicidad: Periodicidad = Periodicidad.ANUAL
    desde: int | None = None
    hasta: int | None = None
    errores: tuple[Falta, ...] = ()
    ademas: tuple[Territorio, ...] = ()
    contra: Periodo | None = None

    @property
    def direccion(self) -> str:
        """The choice as the query of an address: the same one for the same choice, whatever was typed."""
        limites = {"desde": self.desde, "hasta": self.hasta}
        return urlencode(
            [
                *([("delito", self.delito.slug)] if self.delito else []),
                *[("territorio", lugar.clave) for lugar in self.lugares],
                ("periodicidad", self.periodicidad.value),
                *[(nombre, texto_del_mes(m)) for nombre, m in limites.items() if m is not None],
                *([("contra", self.contra.nombre)] if self.contra else []),
            ]
        )


def leer_eleccion(
    parametros: QueryDict,
    todos: Mapping[str, DelitoElegido] | None = None,
    por_omision: str = DELITO_DE_ENTRADA,
    ademas: Sequence[str] = (),
) -> Eleccion:
    """The choice made in the address of the explorer; what is wrong is said and left out.

    Without place it is the nation. Other parameters belong to the page and are not looked at.
    One query, and another for the catalogue where it is not given.

    Args:
        parametros: of the address.
        todos: the catalogue of crimes, if it was read already.
        por_omision: crime shown when none is chosen, or the chosen one does not exist.
        ademas: codes of other places that the page needs, read in the same query.
    """
    faltas: list[Falta] = []
    todos = catalogo() if todos is None else todos
    delito, periodicidad, desde, hasta, contra = None, Periodicidad.ANUAL, None, None, None
    slugs = valores(parametros, "delito")
    if len(slugs) > 1:
        faltas.append(Falta("delito", "Se elige un delito a la vez: se muestra el primero que pediste."))
    with _anotar(faltas, "delito"):
        delito = _leer_delito(todos, slugs[0]) if slugs else None
    pedidas = valores(parametros, "territorio")[:MAXIMO_DE_TERRITORIOS]
    hallados, desconocidos = resolver_posibles([*pedidas, *ademas])
    malas = {str(error): error.mensaje for error in desconocidos if str(error) in pedidas}
    faltas += [Falta("territorio", mensaje) for mensaje in malas.values()]
    elegidos = len(pedidas) - len(malas)  # those of the page come after them
    lugares = _una_vez(hallados[:elegidos])
    if len(lugares) > MAXIMO_EN_UNA_GRAFICA:
        primeros = f"se muestran los {MAXIMO_EN_UNA_GRAFICA} primeros que pediste"
        faltas.append(Falta("territorio", f"Caben {MAXIMO_EN_UNA_GRAFICA} lugares a la vez: {primeros}."))
    with _anotar(faltas, "periodicidad"):
        periodicidad = leer_periodicidad(parametros)
    with _anotar(faltas, "desde"):
        desde = _leer_limite(parametros, "desde")
    with _anotar(faltas, "hasta"):
        hasta = _leer_limite(parametros, "hasta")
    with _anotar(faltas, "contra"):
        contra = _leer_contra(parametros, periodicidad)
    if not _en_orden(desde, hasta):
        faltas.append(Falta("desde", FUERA_DE_ORDEN))
        desde = hasta = None
    return Eleccion(
        delito=delito or todos.get(por_omision) or next(iter(todos.values()), None),
        lugares=tuple(lugares[:MAXIMO_EN_UNA_GRAFICA]) or (nacional(),),
        periodicidad=periodicidad,
        desde=desde,
        hasta=hasta,
        errores=tuple(faltas),
        ademas=tuple(hallados[elegidos:]),
        contra=contra,
    )


@contextmanager
def _anotar(faltas: list[Falta], parametro: str) -> Iterator[None]:
    """Go on without what is wrong, and say it."""
    try:
        yield
    except ParametroInvalido as error:
        faltas.append(Falta(parametro, str(error)))


# ── Value by value ──────────────────────────────────────────────────────────────────────


def _leer_delito(todos: Mapping[str, DelitoElegido], slug: str) -> DelitoElegido:
    try:
        return buscar(todos, slug)
    except DelitoDesconocido as error:
        raise ParametroInvalido(_que_delitos_hay(todos, slug)) from error


def _que_delitos_hay(todos: Mapping[str, DelitoElegido], slug: str) -> str:
    """Why that crime cannot be asked for, and which can."""
    if not todos:
        return "Todavía no hay cifras cargadas, así que no hay delitos que elegir."
    subtipo, separador, modalidad = slug.partition(SEPARADOR)
    if separador and subtipo in todos:
        suyas = [propia.slug for propia in todos[subtipo].modalidades.values()]
        valen = f"Valen: {', '.join(suyas)}." if suyas else "Solo los subtipos tienen modalidades."
        return f"«{subtipo}» no tiene la modalidad «{modalidad}». {valen}"
    return (
        f"No existe el delito «{slug}». Se nombra con la dirección de su nombre oficial, y si es una modalidad, con la "
        f"de su subtipo antes («homicidio-doloso{SEPARADOR}con-arma-de-fuego»); valen: {', '.join(sorted(todos))}."
    )


def _leer_limite(parametros: QueryDict, nombre: str) -> int | None:
    texto = parametros.get(nombre, "").strip()
    try:
        return leer_limite(texto, final=nombre == "hasta") if texto else None
    except ValueError as error:
        raise ParametroInvalido(f"«{texto}» no vale en «{nombre}». {error}") from error


def _leer_contra(parametros: QueryDict, periodicidad: Periodicidad) -> Periodo | None:
    """Period to compare with, as long as the figures that are shown."""
    dados = valores(parametros, "contra")
    if len(dados) > 1:
        raise ParametroInvalido("Se compara con un solo periodo: deja uno.")
    if not dados:
        return None
    try:
        ultimo = leer_limite(dados[0], final=True)
    except ValueError as error:
        raise ParametroInvalido(f"«{dados[0]}» no vale para comparar. {error}") from error
    if (periodicidad is Periodicidad.ANUAL) is not (len(dados[0]) == LARGO_DEL_ANIO):
        debe = "de un año: escribe el año (2019)"
        if periodicidad is not Periodicidad.ANUAL:
            debe = f"«{periodicidad.etiqueta}»: escribe el año y el mes (2019-06)"
        raise ParametroInvalido(f"«{dados[0]}» no vale para comparar: cada cifra es {debe}.")
    return periodo_que_termina(periodicidad, ultimo)


def _en_orden(desde: int | None, hasta: int | None) -> bool:
    return desde is None or hasta is None or desde <= hasta


def _una_vez(lugares: Iterable[Territorio]) -> list[Territorio]:
    """Each place once: a group is the same in whatever order its municipalities were named."""
    return list({lugar.clave: lugar for lugar in lugares}.values())


def _que_quepan(nombre: str, dados: Collection[str], maximo: int) -> None:
    if len(dados) > maximo:
        raise ParametroInvalido(f"Caben {maximo} valores de «{nombre}» en una consulta y pediste {len(dados)}.")
