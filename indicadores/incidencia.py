"""The counts in force as the portal keeps them, as text that PostgreSQL writes.

A national year is hundreds of thousands of rows, so no row passes through Python: the server
hands over pieces of the file, a crime of an entidad at a time, and memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.http import QueryDict

from comun.datos_abiertos import ParametroInvalido, revisar_valor
from indicadores.consultas import FUERA_DE_ORDEN, leer_delitos, leer_territorios, valores
from indicadores.delitos import DelitoElegido, catalogo
from indicadores.incidencia_sql import MARCOS, escribir
from indicadores.models import Alcance, Ambito, Delito, Instrumento
from indicadores.periodos import leer_limite
from indicadores.territorios import ENTIDADES, NACIONAL, Territorio

PIEZAS_POR_VIAJE = 16
"""Pieces brought from the server at a time, of some kilobytes each."""

PACIENCIA = 120
"""Seconds that a reader may take to ask for the next pieces before PostgreSQL lets go of the transaction.

While it is open nothing that it could see is cleaned up, and no migration may alter what it reads.
"""

_CERRADOS = {"ambito": Ambito.values, "instrumento": Instrumento.values, "ceros": ("si", "no")}


@dataclass(frozen=True, slots=True)
class ConsultaDeIncidencia:
    """A choice of years, places, crimes and files. What is empty is not narrowed."""

    anios: tuple[int, ...] = ()
    desde: int = 0
    hasta: int = 9999
    lugares: tuple[Territorio, ...] = ()
    delitos: tuple[DelitoElegido, ...] = ()
    ambito: str = ""
    instrumento: str = ""
    ceros: bool = False


def leer_incidencia(parametros: QueryDict) -> ConsultaDeIncidencia:
    """The choice made in the address of `/datos/incidencia`.

    Raises:
        ParametroInvalido: at the first value that does not exist.
    """
    cerrados = {nombre: parametros.get(nombre, "").strip() for nombre in _CERRADOS}
    for nombre, valor in cerrados.items():
        if valor:
            revisar_valor(nombre, valor, _CERRADOS[nombre])
    desde, hasta = _leer_anio(parametros, "desde"), _leer_anio(parametros, "hasta")
    consulta = ConsultaDeIncidencia(
        anios=_leer_anios(parametros),
        desde=0 if desde is None else desde,
        hasta=9999 if hasta is None else hasta,
        lugares=tuple(leer_territorios(parametros)),
        delitos=tuple(leer_delitos(parametros, catalogo()) if valores(parametros, "delito") else ()),
        ambito=cerrados["ambito"],
        instrumento=cerrados["instrumento"],
        ceros=cerrados["ceros"] == "si",
    )
    if consulta.desde > consulta.hasta:
        raise ParametroInvalido(FUERA_DE_ORDEN)
    return consulta


def _leer_anios(parametros: QueryDict) -> tuple[int, ...]:
    pedidos = valores(parametros, "anio")
    if not pedidos:
        return ()
    hay = [str(anio) for anio in Alcance.objects.vigentes().order_by("anio").values_list("anio", flat=True).distinct()]
    for anio in pedidos:
        revisar_valor("año", anio, hay)
    return tuple(int(anio) for anio in pedidos)


def _leer_anio(parametros: QueryDict, nombre: str) -> int | None:
    texto = parametros.get(nombre, "").strip()
    if not texto:
        return None
    try:
        return leer_limite(f"{texto}-01", final=False) // 12
    except ValueError as error:
        raise ParametroInvalido(f"«{texto}» no vale en «{nombre}». Aquí va el año completo (AAAA).") from error


def leer_texto(consulta: ConsultaDeIncidencia, formato: str) -> Iterator[str]:
    """The file, piece by piece.

    Args:
        consulta: what is asked.
        formato: `csv` or `json`.
    """
    antes, entre, despues, vacio = MARCOS[formato]
    orden, parametros = ordenar(consulta, formato)
    separador = antes
    with transaction.atomic(), connection.cursor() as ajustes:
        # The whole file is wanted: no plan that only hurries the first rows, no compiling before them.
        ajustes.execute("SET LOCAL jit = off; SET LOCAL cursor_tuple_fraction = 1")
        ajustes.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{PACIENCIA}s'")
        with connection.chunked_cursor() as cursor:
            cursor.execute(orden, parametros)
            while piezas := cursor.fetchmany(PIEZAS_POR_VIAJE):
                for (texto,) in piezas:
                    yield separador + texto
                    separador = entre
    yield vacio if separador is antes else despues


def ordenar(consulta: ConsultaDeIncidencia, formato: str | None) -> tuple[str, dict[str, object]]:
    """The query of a choice and its parameters; without format, of its rows and not of their text."""
    parametros: dict[str, object] = {"desde": consulta.desde, "hasta": consulta.hasta}
    de_alcance, de_hoja, de_renglon = ["a.anio BETWEEN %(desde)s AND %(hasta)s"], [], []
    for columna in ("ambito", "instrumento"):
        if valor := getattr(consulta, columna):
            de_alcance.append(f"a.{columna} = %({columna})s")
            parametros[columna] = valor
    if consulta.anios:
        de_alcance.append("a.anio = ANY(%(anios)s)")
        parametros["anios"] = list(consulta.anios)
    if consulta.delitos:
        de_hoja.append("(h.subtipo_id = ANY(%(subtipos)s) OR h.nodo = ANY(%(nodos)s))")
        parametros |= _hojas(consulta.delitos)
    if consulta.lugares and all(lugar.clave != NACIONAL for lugar in consulta.lugares):
        # An entidad brings its own row and those of its municipalities; a municipality, only its own.
        claves = {unidad.clave for lugar in consulta.lugares for unidad in lugar.unidades}
        de_alcance.append("a.entidad_id = ANY(%(entidades)s)")
        de_renglon.append("(g.entidad_id = ANY(%(enteras)s) OR l.territorio = ANY(%(claves)s))")
        parametros |= {
            "entidades": sorted({clave[:2] for clave in claves}),
            "enteras": sorted(claves.intersection(ENTIDADES)),
            "claves": sorted(claves),
        }
    return escribir(formato, consulta.ceros, de_alcance, de_hoja, de_renglon), parametros


def _hojas(delitos: Sequence[DelitoElegido]) -> dict[str, list[int]]:
    subtipos: set[int] = set()
    nodos: set[int] = set()
    for elegido in delitos:
        if elegido.nivel == Delito.Nivel.MODALIDAD:
            nodos.update(nodo.propio or nodo.subtipos[0] for nodo in elegido.nodos.values())
        else:
            subtipos.update(elegido.todos_los_subtipos)
    return {"subtipos": sorted(subtipos), "nodos": sorted(nodos)}
