"""The follow-up as tables, for pages and for the open data. Pure, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from comites.hechos import Seguimiento
from comites.proporciones import Proporcion
from comites.seguimiento import PERIODOS, TODO, Balance, Desenlace
from comun.formatos import numero
from comun.recursos import Campo, Parametro, Recurso

_CAMPOS = (
    Campo("ambito", "string", "red, encuentros (lo que obliga a toda la Red) o mesa:<dirección>"),
    Campo("nombre", "string", "Nombre de la mesa, o de qué se trata"),
    Campo("periodo", "string", "todo: desde el primer registro; 12-meses: los doce meses que terminan en la fecha"),
    Campo("desde", "date", "Primer día del periodo; vacío si es desde el primer registro"),
    Campo("fecha", "date", "Día al que se cuenta"),
    Campo("sesiones", "integer", "Sesiones que su asamblea consintió publicar"),
    Campo("sesiones_con_acuerdos", "integer", "Reuniones de las que salió algún acuerdo publicado"),
    Campo("acuerdos", "integer", "Acuerdos publicados, hechos en el periodo"),
    Campo("a_tiempo", "integer", "Reportados a más tardar en la fecha vigente ese día, y verificados por alguien más"),
    Campo("tarde", "integer", "Cumplidos después de la fecha vigente el día en que se reportaron"),
    Campo("cumplido_sin_fecha", "integer", "Cumplidos de los que falta su fecha compromiso o la de su cumplimiento"),
    Campo("no_cumplido", "integer", "Dados por no cumplidos"),
    Campo("vencido", "integer", "Su fecha pasó y siguen abiertos o sin verificar"),
    Campo("en_plazo", "integer", "Abiertos cuya fecha no ha llegado"),
    Campo("sin_fecha", "integer", "Abiertos sin fecha compromiso"),
    Campo("sin_seguimiento", "integer", "Anteriores al portal, sin seguimiento registrado"),
    Campo("cancelado", "integer", "Cancelados"),
    Campo("exigibles", "integer", "Acuerdos cuya fecha ya pasó: el total de la proporción a tiempo"),
    Campo("exigibles_a_tiempo", "integer", "De los exigibles, los cumplidos a tiempo"),
    Campo("porcentaje_a_tiempo", "number", "Vacío con menos de 20 exigibles"),
    Campo("ic_inf", "number", "Límite inferior del intervalo de 95 % (Wilson)"),
    Campo("ic_sup", "number", "Límite superior del intervalo de 95 % (Wilson)"),
    Campo("asientos", "integer", "Asientos ciudadanos en las listas; cada lista redondeada a múltiplos de cinco"),
    Campo("asientos_ocupados", "integer", "De ellos, con titular o suplente; redondeados igual"),
    Campo("sin_respuesta", "integer", "De los vencidos, aquellos de los que no hay avance ni prórroga"),
    Campo("con_prorroga", "integer", "Acuerdos que tienen o tuvieron alguna prórroga"),
    Campo("a_tiempo_con_prorroga", "integer", "De los exigibles a tiempo, los que tuvieron prórroga"),
    Campo("mediana_dias", "number", "Mediana de los días entre que se acordó y se reportó, de los cumplidos"),
    Campo("demostracion", "boolean", "Sí cuando la mesa es inventada"),
)

SEGUIMIENTO = Recurso(
    "seguimiento",
    "Seguimiento de los acuerdos",
    "De lo que se ha publicado: acuerdos cumplidos a tiempo, tarde, vencidos y sin seguimiento, y sesiones, de la Red "
    "y de cada mesa, a una fecha.",
    _CAMPOS,
    (
        Parametro("fecha", "Día al que se cuenta; hoy, si no se dice.", "2018-12-31", forma=r"^\d{4}-\d{2}-\d{2}$"),
        Parametro("periodo", "Qué sesiones entran; todos los periodos, si no se dice.", TODO, tuple(PERIODOS)),
    ),
    "?periodo=12-meses",
)
"""`/datos/seguimiento`. Never kept by whoever reads it: an assembly may withdraw what it published."""


def filas_de_seguimiento(seguidos: Iterable[Seguimiento]) -> Iterator[tuple[Any, ...]]:
    """Rows of the open data: the network, its encuentros and each mesa, in each period."""
    for seguido in seguidos:
        yield (*_fila("red", "Toda la Red", seguido, seguido.red), False)
        yield (*_fila("encuentros", "Encuentros de la Red", seguido, seguido.encuentros), False)
        for mesa, suyo in seguido.mesas:
            yield (*_fila(f"mesa:{mesa.slug}", mesa.nombre, seguido, suyo), mesa.es_demo)


def _fila(ambito: str, nombre: str, seguido: Seguimiento, suyo: Balance) -> tuple[Any, ...]:
    return (
        ambito,
        nombre,
        seguido.periodo,
        seguido.desde,
        seguido.fecha,
        suyo.sesiones,
        suyo.sesiones_con_acuerdos,
        suyo.acuerdos,
        *(suyo.por_desenlace[desenlace] for desenlace in Desenlace),
        suyo.a_tiempo.de,
        suyo.a_tiempo.cuantos,
        *_porcentaje(suyo.a_tiempo),
        suyo.asistencia.de,
        suyo.asistencia.cuantos,
        suyo.sin_respuesta,
        suyo.prorrogados,
        suyo.a_tiempo_con_prorroga,
        suyo.mediana_de_dias,
    )


def _porcentaje(parte: Proporcion) -> tuple[float | None, float | None, float | None]:
    if parte.intervalo is None:
        return None, None, None
    inferior, superior = parte.intervalo
    return round(parte.porcentaje, 2), round(inferior, 2), round(superior, 2)


def tabla_de_desenlaces(suyo: Balance) -> dict[str, Sequence[Any]]:
    """Where the agreements stand, for `_piezas/tabla.html`, without the outcomes of which there are none."""
    filas = [[d.etiqueta, numero(cuantos), d.explicacion] for d, cuantos in suyo.por_desenlace.items() if cuantos]
    columnas = [{"titulo": "Cómo van"}, {"titulo": "Acuerdos", "num": True}, {"titulo": "Es decir"}]
    return {"columnas": columnas, "filas": filas}


def tabla_de_prorrogas(suyo: Balance) -> dict[str, Sequence[Any]]:
    """What the outcomes do not say: extensions, silence and how long it took, for `_piezas/tabla.html`."""
    dias = suyo.mediana_de_dias
    filas = [
        ["Verificados", numero(suyo.verificados), "Cumplidos a tiempo, tarde o sin fecha, y vistos por alguien más."],
        ["Sin respuesta", numero(suyo.sin_respuesta), "Vencidos de los que no hay ni un avance ni una prórroga."],
        ["Con prórroga", numero(suyo.prorrogados), "Su primera fecha se movió; la primera sigue a la vista."],
        [
            "A tiempo, pero con prórroga",
            numero(suyo.a_tiempo_con_prorroga),
            "Cumplieron la fecha vigente, no la primera.",
        ],
        [
            "Mediana de días",
            "sin cumplidos" if dias is None else numero(dias, 0 if dias == int(dias) else 1),
            "De la sesión que lo acordó al reporte que se verificó.",
        ],
    ]
    columnas = [{"titulo": "Además"}, {"titulo": "Cuántos", "num": True}, {"titulo": "Es decir"}]
    return {"columnas": columnas, "filas": filas}


def tabla_de_asistencia(suyo: Balance) -> dict[str, Sequence[Any]]:
    """What happened with the citizen seats of the rolls, for `_piezas/tabla.html`."""
    nombres = {
        "presente": "Presentes",
        "suplente": "Con suplente",
        "ausente": "Ausentes",
        "justificada": "Ausentes con justificación",
    }
    filas = [[nombre, numero(suyo.detalle.get(estado, 0))] for estado, nombre in nombres.items()]
    return {"columnas": [{"titulo": "Asientos ciudadanos"}, {"titulo": "Veces", "num": True}], "filas": filas}
