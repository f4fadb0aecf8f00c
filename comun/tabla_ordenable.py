"""Tables that the reader sorts by their headings, with links: the address holds the order and no script is needed.

`?orden=tasa` goes up and `?orden=-tasa` comes down. What has no value goes last both ways: nothing is not little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from comun.texto import orden_es

PARAMETRO = "orden"
PAGINA = "page"


@dataclass(frozen=True)
class Columna:
    """A column. Without `clave` it is not sorted by; numbers begin from the largest, words from the A."""

    titulo: str
    clave: str = ""
    num: bool = False


@dataclass(frozen=True)
class Orden:
    """By what a table is sorted."""

    clave: str
    desciende: bool

    def __str__(self) -> str:
        return f"-{self.clave}" if self.desciende else self.clave


@dataclass(frozen=True)
class Encabezado:
    """A heading as it is drawn: its link asks for the other direction if it is already the one in use."""

    titulo: str
    num: bool
    url: str = ""
    aria: str = ""
    ayuda: str = ""


@dataclass(frozen=True)
class Fila:
    """A row: what each cell says, the first with its link, and what each column sorts by."""

    celdas: Sequence[Any]
    llaves: Mapping[str, Any]
    url: str = ""
    dibujo: Any = None


def leer_orden(parametros: QueryDict, columnas: Iterable[Columna], de_entrada: Orden) -> Orden:
    """The order asked for in the address; an unknown one is the usual one."""
    pedido = parametros.get(PARAMETRO, "")
    claves = {columna.clave for columna in columnas if columna.clave}
    clave = pedido.removeprefix("-")
    return Orden(clave, pedido.startswith("-")) if clave in claves else de_entrada


def ordenar(filas: Iterable[Fila], orden: Orden) -> list[Fila]:
    """The rows in that order; equals stay as they came."""
    filas = list(filas)
    con_valor = [fila for fila in filas if fila.llaves.get(orden.clave) is not None]
    sin_valor = [fila for fila in filas if fila.llaves.get(orden.clave) is None]
    return sorted(con_valor, key=lambda fila: _llave(fila, orden.clave), reverse=orden.desciende) + sin_valor


def _llave(fila: Fila, clave: str) -> Any:
    valor = fila.llaves[clave]
    return orden_es(valor) if isinstance(valor, str) else valor


def encabezados(columnas: Iterable[Columna], orden: Orden, parametros: QueryDict, ancla: str = "") -> list[Encabezado]:
    """The headings with their links, which keep the rest of the address.

    Args:
        ancla: id of the table, so that the reader comes back to it.
    """
    salida = []
    for columna in columnas:
        if not columna.clave:
            salida.append(Encabezado(columna.titulo, columna.num))
            continue
        en_uso = columna.clave == orden.clave
        baja = not orden.desciende if en_uso else columna.num
        otros = parametros.copy()
        otros.pop(PAGINA, None)
        otros[PARAMETRO] = str(Orden(columna.clave, baja))
        salida.append(
            Encabezado(
                titulo=columna.titulo,
                num=columna.num,
                url=f"?{otros.urlencode(safe=':')}{f'#{ancla}' if ancla else ''}",
                aria=("descending" if orden.desciende else "ascending") if en_uso else "",
                ayuda=_ayuda(columna.num, baja),
            )
        )
    return salida


def _ayuda(num: bool, baja: bool) -> str:
    """What the link of a heading does."""
    if num:
        return "ordenar de mayor a menor" if baja else "ordenar de menor a mayor"
    return "ordenar de la Z a la A" if baja else "ordenar de la A a la Z"


def pagina_ordenada(
    parametros: QueryDict, columnas: Iterable[Columna], filas: Iterable[Fila], de_entrada: Orden, por_pagina: int
) -> dict[str, Any]:
    """What the table and its pagination need: the rows in the order that the address asks for, a page at a time."""
    columnas = list(columnas)
    orden = leer_orden(parametros, columnas, de_entrada)
    otros = parametros.copy()
    otros.pop(PAGINA, None)
    return {
        "encabezados": encabezados(columnas, orden, parametros, "tabla"),
        "page_obj": Paginator(ordenar(filas, orden), por_pagina).get_page(parametros.get(PAGINA)),
        "consulta": f"{otros.urlencode(safe=':')}&" if otros else "",
    }
