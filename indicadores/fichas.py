"""What the page of a crime says about its figures: chart, table, seal and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from comun.formatos import enumerar, mes_largo, numero
from comun.grafica_formas import Grafica, Punto, Quiebre, Serie
from comun.graficas import grafica
from indicadores.composicion import Renglon
from indicadores.delitos import DelitoElegido
from indicadores.models import PRIMER_ANIO_RNID, Ambito, Carga, Instrumento
from indicadores.periodos import Periodicidad, periodos
from indicadores.territorios import NACIONAL, Territorio

FUENTE = "SESNSP / CNI, incidencia delictiva del fuero común"
QUIEBRE = "Cambia la clasificación (RNID)"


@dataclass(frozen=True, slots=True)
class Sello:
    """Where the figures of a page come from."""

    fuente: str
    corte: str
    unidad: str
    edicion: str
    cargas: Sequence[Carga]


def ficha(
    delito: DelitoElegido,
    lugar: Territorio,
    periodicidad: Periodicidad,
    todos: Sequence[Renglon],
    cargas: Sequence[Carga],
    entidades: Mapping[str, str],
) -> dict[str, Any]:
    """Context of the page of a crime in a place.

    Args:
        todos: rows of the place and, if it is another, of the nation behind it.
        entidades: names by code, for what is missing.
    """
    renglones = [renglon for renglon in todos if renglon.territorio == lugar.clave]
    referencia = [renglon for renglon in todos if renglon.territorio != lugar.clave]
    ultimo = ultimo_con_cifra(renglones)
    titulo = f"{delito.nombre} {lugar_en_frase(lugar)}, {periodicidad.etiqueta}"
    eleccion = urlencode({"territorio": lugar.clave, "delito": delito.slug, "periodicidad": periodicidad.value})
    columnas, filas = tabla(renglones)
    vacios = periodos_sin_cifra(renglones, periodicidad)
    return {
        "delito": delito,
        "lugar": lugar,
        "periodicidad": periodicidad.value,
        "donde": lugar_en_frase(lugar),
        "ultimo": ultimo,
        "comparable": next((r for r in referencia if ultimo and mismo_lapso(r, ultimo) and r.tasa), None),
        "grafica": dibujar(titulo, renglones, referencia, periodicidad),
        "columnas": columnas,
        "filas": filas,
        "sello": sello([*renglones, *dentro(referencia, renglones)], cargas),
        "faltas": [*faltas_de_cobertura(renglones, entidades), *filter(None, [vacios])],
        "sumas": subtipos_sumados(delito.nombres),
        "csv_url": f"{reverse('datos_tasas', args=['csv'])}?{eleccion}",
        "json_url": f"{reverse('datos_tasas', args=['json'])}?{eleccion}",
    }


def dentro(referencia: Iterable[Renglon], renglones: Iterable[Renglon]) -> list[Renglon]:
    """Rows of the nation that fall in the span of the place."""
    propios = con_cifra(renglones)
    if not propios:
        return []
    primero, ultimo = lapso(propios)
    return [renglon for renglon in referencia if primero <= renglon.primero and renglon.ultimo <= ultimo]


def mismo_lapso(uno: Renglon, otro: Renglon) -> bool:
    """True if two rows may stand side by side: same months, same instrument."""
    return (uno.primero, uno.ultimo, uno.instrumento) == (otro.primero, otro.ultimo, otro.instrumento)


def con_cifra(renglones: Iterable[Renglon]) -> list[Renglon]:
    """Rows that carry a figure."""
    return [renglon for renglon in renglones if renglon.carpetas is not None]


def ultimo_con_cifra(renglones: Iterable[Renglon]) -> Renglon | None:
    """The newest row that carries a figure."""
    return max(con_cifra(renglones), key=lambda renglon: renglon.ultimo, default=None)


def dibujar(
    titulo: str, renglones: Sequence[Renglon], referencia: Sequence[Renglon], periodicidad: Periodicidad
) -> Grafica | None:
    """The line with band of a place, with the nation behind it; None when there is nothing to draw."""
    propios = con_cifra(renglones)
    if not any(renglon.tasa for renglon in propios):
        return None
    eje = [periodo.nombre for periodo in periodos(periodicidad, *lapso(propios))]
    series = [_serie(renglones, eje, 1)]
    if referencia:
        series.append(_serie(referencia, eje, 2))
    marca = f"{PRIMER_ANIO_RNID}" if periodicidad is Periodicidad.ANUAL else f"{PRIMER_ANIO_RNID}-01"
    dibujo = grafica(titulo, series, quiebres=[Quiebre(marca, QUIEBRE)], unidad=periodicidad.unidad)
    columnas, filas = tabla(renglones)
    return replace(dibujo, columnas=columnas, filas=filas)


def lapso(renglones: Sequence[Renglon]) -> tuple[int, int]:
    """First and last month of the axis on which some rows are drawn."""
    return min(r.primero for r in renglones), max(r.ultimo for r in renglones)


def _serie(renglones: Sequence[Renglon], eje: Sequence[str], clase: int) -> Serie:
    """A line over every period of the axis: a hole of several months is as wide as it was."""
    por_periodo = {renglon.periodo: renglon for renglon in renglones}
    return Serie(renglones[0].nombre, [_punto(por_periodo.get(periodo), periodo) for periodo in eje], clase)


def _punto(r: Renglon | None, periodo: str) -> Punto:
    # A part of a mesa is in the table with its coverage; on a line it would pass for the whole.
    if r is None or r.tasa is None or not (r.completa or r.territorio == NACIONAL):
        return Punto(periodo, None)
    return Punto(periodo, r.tasa.valor, r.tasa.inferior, r.tasa.superior, inestable=r.tasa.inestable)


def tabla(renglones: Sequence[Renglon]) -> tuple[list[dict[str, object]], list[list[str]]]:
    """Columns and rows of the table behind the chart."""
    anualizada = any(renglon.periodicidad is Periodicidad.ANUALIZADA for renglon in renglones)
    tasa = "Tasa llevada a un año" if anualizada else "Tasa"
    titulos = ("Periodo", "Carpetas", "Población", tasa, "Intervalo de 95 %", "Cobertura", "Fuente y corte")
    columnas = [{"titulo": titulo, "num": 0 < lugar < 5} for lugar, titulo in enumerate(titulos)]
    return columnas, [_fila(renglon) for renglon in renglones]


def _fila(r: Renglon) -> list[str]:
    origen = " y ".join(_POR_AMBITO[ambito] for ambito in r.ambitos)
    corte = ", ".join(mes_largo(corte) for corte in r.corte.split(";")) if r.corte else "sin archivo"
    intervalo = f"{numero(r.tasa.inferior, 1)} a {numero(r.tasa.superior, 1)}" if r.tasa else ""
    marca = " (inestable)" if r.tasa and r.tasa.inestable else ""
    return [
        mes_largo(r.periodo),
        numero(r.carpetas) if r.carpetas is not None else "sin dato",
        numero(round(r.poblacion)) if r.poblacion is not None else "sin dato",
        f"{numero(r.tasa.valor, 1)}{marca}" if r.tasa else "sin tasa",
        intervalo,
        r.cobertura,
        f"{origen}, {corte}" if origen else corte,
    ]


_POR_AMBITO = {Ambito.ESTATAL.value: "estatal", Ambito.MUNICIPAL.value: "municipal"}


def sello(renglones: Iterable[Renglon], cargas: Sequence[Carga]) -> Sello:
    """Source, cuts, unit and population of some rows, from the files they come from."""
    propios = con_cifra(renglones)
    usadas = {pk for renglon in propios for pk in renglon.cargas}
    cargas = [carga for carga in cargas if carga.pk in usadas]
    ambitos = _enlistar(sorted({carga.get_ambito_display().lower() for carga in cargas}))
    instrumentos = _enlistar(sorted({carga.instrumento for carga in cargas}))
    # Of the rows, not of the files: one file may bring crimes cut at different months.
    cortes = sorted({f"{corte:%Y-%m}" for renglon in propios for corte in renglon.cortes})
    return Sello(
        fuente=f"{FUENTE} {ambitos} ({instrumentos})" if cargas else "",
        corte=_enlistar([mes_largo(corte) for corte in cortes]),
        unidad="; ".join(dict.fromkeys(carga.unidad for carga in cargas)),
        edicion=_enlistar(sorted({r.edicion_poblacion for r in propios if r.edicion_poblacion})),
        cargas=cargas,
    )


def faltas_de_cobertura(renglones: Iterable[Renglon], nombres: Mapping[str, str]) -> list[str]:
    """Sentences about the spans with a figure that leave out part of the territory."""
    por_falta: dict[tuple[str, ...], list[str]] = {}
    for renglon in con_cifra(renglones):
        if renglon.faltantes:
            por_falta.setdefault(renglon.faltantes, []).append(mes_largo(renglon.periodo))
    return [
        f"{_enlistar(periodos)}: sin {_enlistar([nombres.get(clave, clave) for clave in faltantes])}, "
        "que no reportó todos los meses. Quedan fuera sus carpetas y su población."
        for faltantes, periodos in por_falta.items()
    ]


def periodos_sin_cifra(renglones: Sequence[Renglon], periodicidad: Periodicidad) -> str:
    """Sentence about the years that are not whole in any loaded file; empty if there are none."""
    if periodicidad is not Periodicidad.ANUAL:
        return ""
    vacios = [renglon.periodo for renglon in renglones if renglon.carpetas is None]
    if not vacios:
        return ""
    return f"{_enlistar(vacios)}: ningún archivo cargado trae el año completo, así que se deja vacío."


def _enlistar(partes: Sequence[str]) -> str:
    """«2015, 2016 y 2017»; a long list keeps its ends."""
    if not partes:
        return ""
    if len(partes) > 6:
        return f"{partes[0]} a {partes[-1]} ({len(partes)} periodos)"
    return enumerar(partes)


def subtipos_sumados(delito_nombres: Mapping[str, Sequence[str]]) -> list[tuple[str, Sequence[str]]]:
    """Instruments in which the crime is a sum, with what is added."""
    return [
        (Instrumento(instrumento).label, nombres)
        for instrumento, nombres in sorted(delito_nombres.items())
        if len(nombres) > 1
    ]


def lugar_en_frase(lugar: Territorio) -> str:
    """«en México», «en el territorio de la mesa Torreón»."""
    if lugar.es_mesa:
        return f"en el territorio de la {lugar.nombre.replace('Mesa', 'mesa', 1)}"
    return f"en {lugar.nombre}"
