"""Which places and which years a reader may choose for a crime."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Value, When

from comun.formatos import enumerar, numero
from indicadores.clasificacion import CASI_TODOS
from indicadores.delitos import DelitoElegido
from indicadores.models import Alcance, Ambito, Delito, Poblacion
from indicadores.models.cargas import TODO_EL_ANIO
from indicadores.territorios import ENTIDADES, Territorio, Unidad
from mesas.models import Entidad, Municipio

Anios = Mapping[int, frozenset[str]]
"""Year → entidades that report it whole, from the newest year."""

SE_NOMBRAN = 6
"""Entidades that fit in a sentence."""


def anios_completos(delito: DelitoElegido, *, municipal: bool = False, entidad: str = "") -> Anios:
    """Years that some entidad reports whole for all that adds up to the crime, and which do. One query.

    Args:
        municipal: only what is published by municipality.
        entidad: only what that entidad reports.
    """
    filas = _quienes_reportan(delito, entidad)
    return _enteros(delito, [fila for fila in filas if not municipal or fila[1] == Ambito.MUNICIPAL])


def anios_del_mapa(delito: DelitoElegido, entidad: str = "") -> tuple[Anios, Anios]:
    """Years of a map, and which entidades open by municipality in each of them. One query.

    Args:
        entidad: whose municipalities are drawn; empty for the entidades of the country.
    """
    if entidad:
        return anios_completos(delito, municipal=True, entidad=entidad), {}
    filas = _quienes_reportan(delito)
    return _enteros(delito, filas), _enteros(delito, [fila for fila in filas if fila[1] == Ambito.MUNICIPAL])


Fila = tuple[int, str, int, list[str]]
"""Year, level of publication, subtipo and which entidades report it whole."""


def _quienes_reportan(delito: DelitoElegido, entidad: str = "") -> list[Fila]:
    alcances = Alcance.objects.vigentes().de_subtipos(delito.todos_los_subtipos).filter(meses=TODO_EL_ANIO)
    if entidad:
        alcances = alcances.filter(entidad=entidad)
    if delito.nivel == Delito.Nivel.MODALIDAD:
        alcances = alcances.filter(con_modalidades=True)
    filas = alcances.order_by().values_list("anio", "ambito", "delito")
    return list(filas.annotate(quienes=ArrayAgg("entidad", distinct=True)))


def _enteros(delito: DelitoElegido, filas: Iterable[Fila]) -> Anios:
    quienes: dict[tuple[int, str], dict[int, frozenset[str]]] = defaultdict(dict)
    for anio, ambito, subtipo, entidades in filas:
        quienes[anio, ambito][subtipo] = frozenset(entidades)
    por_anio: dict[int, frozenset[str]] = defaultdict(frozenset)
    for (anio, _), suyas in quienes.items():
        for subtipos in delito.subtipos.values():
            por_anio[anio] |= reduce(frozenset.__and__, [suyas.get(subtipo, frozenset()) for subtipo in subtipos])
    return {anio: por_anio[anio] for anio in sorted(por_anio, reverse=True) if por_anio[anio]}


def anio_de_entrada(anios: Anios, esperadas: int = len(ENTIDADES)) -> int | None:
    """The newest year that nearly all the entidades report; where there is none, the one that most of them do."""
    casi_todas = [anio for anio, quienes in anios.items() if len(quienes) >= CASI_TODOS * esperadas]
    return max(casi_todas, default=None) or max(anios, key=lambda anio: (len(anios[anio]), anio), default=None)


def quienes_faltan(anios: Anios, anio: int | None, nombres: Mapping[str, str], *, municipal: bool = False) -> str:
    """«Solo 1 de 32 entidades tiene cifras completas de 2023: Guanajuato.»; empty if nearly all have.

    Args:
        nombres: of the entidades, by code; those that are not there are counted and not named.
        municipal: the figures are those published by municipality.
    """
    quienes = anios.get(anio, frozenset()) if anio else frozenset()
    if not quienes or len(quienes) >= CASI_TODOS * len(ENTIDADES):
        return ""
    faltan = [clave for clave in ENTIDADES if clave not in quienes]
    de_quien = ""
    if len(quienes) <= SE_NOMBRAN and quienes <= nombres.keys():
        de_quien = f": {enumerar([nombres[clave] for clave in sorted(quienes)])}"
    elif len(faltan) <= SE_NOMBRAN and nombres.keys() >= set(faltan):
        de_quien = f"; falta{'' if len(faltan) == 1 else 'n'} {enumerar([nombres[clave] for clave in faltan])}"
    como = " por municipio" if municipal else ""
    return (
        f"Solo {len(quienes)} de {len(ENTIDADES)} entidades {'tiene' if len(quienes) == 1 else 'tienen'} cifras "
        f"completas{como} de {anio}{de_quien}."
    )


@dataclass(frozen=True, slots=True)
class SinListar:
    """Municipalities that are not even read for a ranking."""

    minimo: int
    chicos: int = 0
    sin_poblacion: int = 0

    @property
    def texto(self) -> str:
        """How many and why; empty if there are none."""
        partes = [
            f"{numero(cuantos)} municipio{'' if cuantos == 1 else 's'} {motivo}"
            for cuantos, motivo in (
                (self.chicos, f"de menos de {numero(self.minimo)} habitantes"),
                (self.sin_poblacion, "sin población publicada por CONAPO"),
            )
            if cuantos
        ]
        return f"No se listan {enumerar(partes)}." if partes else ""


def entidades_y_municipios(entidad: str | None = "") -> tuple[dict[str, str], list[Territorio]]:
    """Names of the entidades by code, and the places of a map or a ranking. One query.

    Args:
        entidad: whose municipalities are the places; None for those of the whole country, empty for the entidades.
    """
    nombres, lugares = _leer(entidad, Value(_LISTADO))
    return nombres, [lugar for _, lugar in lugares]


def municipios_por_clasificar(
    entidad: str | None, minimo: int, anio: int | None
) -> tuple[dict[str, str], list[Territorio], SinListar]:
    """The same with the municipalities that have at least so many inhabitants in a year, and how many have not.

    Args:
        entidad: whose municipalities; None for those of the whole country.
        minimo: inhabitants, in the current edition.
        anio: year of those inhabitants.
    """
    con_gente = Poblacion.objects.vigente().filter(anio=anio)
    nombres, lugares = _leer(
        entidad,
        Case(
            When(clave__in=con_gente.filter(habitantes__gte=minimo).values("territorio"), then=Value(_LISTADO)),
            When(clave__in=con_gente.values("territorio"), then=Value(_CHICO)),
            default=Value(_SIN_POBLACION),
        ),
    )
    clases = [clase for clase, _ in lugares]
    fuera = SinListar(minimo, clases.count(_CHICO), clases.count(_SIN_POBLACION))
    return nombres, [lugar for clase, lugar in lugares if clase == _LISTADO], fuera


_ENTIDAD, _LISTADO, _CHICO, _SIN_POBLACION = range(4)


def _leer(entidad: str | None, clase: Case | Value) -> tuple[dict[str, str], list[tuple[int, Territorio]]]:
    """Names of the entidades, and each place with its class."""
    filas = Entidad.objects.order_by().values_list(Value(_ENTIDAD), "clave", "nombre_corto")
    if entidad != "":
        municipios = Municipio.objects.reales().order_by()
        if entidad is not None:
            municipios = municipios.filter(entidad=entidad)
        filas = filas.union(municipios.values_list(clase, "clave", "nombre"), all=True)
    filas = sorted(filas, key=lambda fila: fila[1])
    nombres = {clave: nombre for nivel, clave, nombre in filas if nivel == _ENTIDAD}
    if entidad == "":
        return nombres, [(_LISTADO, Territorio(clave, nombre, (Unidad(clave),))) for clave, nombre in nombres.items()]
    return nombres, [
        (nivel, Territorio(clave, nombre if entidad else f"{nombre}, {nombres[clave[:2]]}", (Unidad(clave),)))
        for nivel, clave, nombre in filas
        if nivel != _ENTIDAD
    ]
