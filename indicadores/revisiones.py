"""The open data of what the source changed: `/datos/revisiones`, one row per figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Max, Min
from django.http import QueryDict
from django.urls import reverse

from comun.datos_abiertos import ParametroInvalido
from comun.recursos import Campo, Parametro, Recurso
from indicadores import registro
from indicadores.delitos import DelitoDesconocido, DelitoElegido, buscar, catalogo
from indicadores.huellas import huella_de_cifras
from indicadores.models import Cambio, Carga, Delito
from indicadores.querysets import CambioQuerySet, CargaQuerySet
from indicadores.territorios import ENTIDADES

_NUMERO = re.compile(r"^\d{1,9}$", re.ASCII)

POR_LECTURA = 5_000
"""Rows that are brought from the database at a time."""

ULTIMA = "ultima"
"""In place of the number of a load, the newest that was not undone."""

REVISIONES = Recurso(
    "revisiones",
    "Revisiones de la fuente",
    "Cada cifra ya publicada que una edición nueva de la fuente trajo distinta: qué decía y qué dice.",
    (
        Campo("carga", "integer", "Número de la carga que la cambió, como en /datos/cargas/"),
        Campo("corte", "string", "Corte de esa carga (AAAA-MM)"),
        Campo("corte_anterior", "string", "Corte de la carga que decía lo de antes (AAAA-MM)"),
        Campo("instrumento", "string", "CNSP/38/15 hasta 2025; RNID desde 2026"),
        Campo("territorio", "string", "Clave INEGI: dos dígitos la entidad, cinco el municipio"),
        Campo("nombre", "string", "Nombre del territorio"),
        Campo("delito", "string", "Dirección del subtipo, o del subtipo y su modalidad separados por «:»"),
        Campo("nombre_delito", "string", "Nombre oficial"),
        Campo("mes", "string", "AAAA-MM"),
        Campo("antes", "integer", "Carpetas que la fuente había publicado"),
        Campo("despues", "integer", "Carpetas que publica ahora"),
    ),
    (
        Parametro(
            "carga",
            f"Número de la carga, o {ULTIMA}: la más reciente de las que siguen en pie; todas, si no se dice.",
            ULTIMA,
            forma=rf"^({ULTIMA}|\d{{1,9}})$",
        ),
        Parametro("entidad", "Clave de la entidad, con sus municipios.", "28", ENTIDADES),
        Parametro("delito", "Dirección de su nombre oficial.", "homicidio-doloso", forma=r"^[-a-z0-9]+(:[-a-z0-9]+)?$"),
    ),
    f"?carga={ULTIMA}",
    segundos=300,
)


def leer_cambios(parametros: QueryDict) -> CambioQuerySet:
    """The choice made in the address.

    Raises:
        ParametroInvalido: at the first value that does not exist.
    """
    cambios = Cambio.objects.publicos()
    if numero := parametros.get("carga", "").strip():
        cambios = cambios.filter(carga=_carga(numero))
    entidad = parametros.get("entidad", "").strip()
    if entidad and entidad not in ENTIDADES:
        raise ParametroInvalido(f"No existe la entidad «{entidad}». Valen las claves de 01 a 32.")
    slug = parametros.get("delito", "").strip()
    return cambios.filtrar(entidad=entidad, delitos=ids_de(_delito(slug)) if slug else None)


def ids_de(elegido: DelitoElegido) -> list[int]:
    """Crimes under whose id the revision of that one is written: its subtipos, or a modalidad alone."""
    if elegido.nivel == Delito.Nivel.MODALIDAD:
        return [nodo.propio or nodo.subtipos[0] for nodo in elegido.nodos.values()]
    return elegido.todos_los_subtipos


def huella(parametros: QueryDict) -> str:
    """On what the answer depends: the record of loads, the names, and what was asked."""
    return f"{huella_de_cifras()} {sorted(parametros.items())}"


def filas(cambios: CambioQuerySet) -> Iterator[tuple[Any, ...]]:
    """Rows of the open data, read as they are sent, in the order of the table."""
    nombres = registro.nombres_de_territorios()
    delitos = Delito.objects.select_related("padre").in_bulk()
    cargas = {carga.pk: carga for carga in Carga.objects.registro()}
    leidas = cambios.order_by("carga", "delito", "territorio", "mes").values_list(
        "carga", "anterior", "territorio", "delito", "mes", "antes", "despues"
    )
    for carga, anterior, territorio, delito, mes, antes, despues in leidas.iterator(chunk_size=POR_LECTURA):
        yield (
            carga,
            f"{cargas[carga].corte:%Y-%m}",
            f"{cargas[anterior].corte:%Y-%m}" if anterior else None,
            cargas[carga].instrumento,
            territorio,
            nombres.get(territorio),
            registro.direccion(delitos[delito]),
            registro.nombre(delitos[delito]),
            f"{mes:%Y-%m}",
            antes,
            despues,
        )


def _carga(numero: str) -> Carga | None:
    """The load of that number, whether it changed something or not; None is nothing loaded yet."""
    cargas = Carga.objects.registro()
    if numero == ULTIMA:
        return cargas.filter(deshecha__isnull=True).first()
    carga = cargas.filter(pk=numero).first() if _NUMERO.match(numero) else None
    if carga is None:
        raise ParametroInvalido(f"No hay carga «{numero}». Valen: {_cuales(cargas)}.")
    return carga


def _cuales(cargas: CargaQuerySet) -> str:
    """Which numbers there are, in few words: loads are made for years, and their record lists them."""
    primera, ultima = cargas.order_by().aggregate(primera=Min("pk"), ultima=Max("pk")).values()
    if primera is None:
        return f"{ULTIMA}; todavía no hay ninguna"
    rango = f"los números de {primera} a {ultima}" if primera != ultima else f"el número {primera}"
    return f"{ULTIMA} y {rango} que aparecen en {reverse('cargas')}"


def _delito(slug: str) -> DelitoElegido:
    todos = catalogo()
    try:
        return buscar(todos, slug)
    except DelitoDesconocido as error:
        raise ParametroInvalido(f"No existe el delito «{slug}». Valen: {_lista(sorted(todos))}.") from error


def _lista(cosas: Iterable[Any]) -> str:
    return ", ".join(map(str, cosas)) or "ninguno todavía"
