"""What each load left on record, put in order to be read: totals, how they square, what the source changed.

The same for the public pages and for the desk of the staff. Nobody's name is here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef

from indicadores.delitos import SEPARADOR
from indicadores.models import Alcance, Cambio, Carga, Control, Delito, Poblacion, Presencia
from mesas.models import Entidad, Municipio
from mesas.operaciones import claves_del_catalogo


@dataclass(frozen=True, slots=True)
class Controles:
    """Totals of a load: a row per entidad, a column per year; and where they do not square with the other ámbito."""

    anios: list[int]
    filas: list[tuple[str, list[int | None], int]]
    sumas: list[int]
    comparados: int = 0
    diferencias: list[tuple[str, Control]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Everything that the load covers."""
        return sum(self.sumas)


def nombres_de_entidades() -> dict[str, str]:
    """Short name of each entidad by its code."""
    return dict(Entidad.objects.order_by("clave").values_list("clave", "nombre_corto"))


def controles(filas: Iterable[Control], entidades: dict[str, str]) -> Controles:
    """Set the control totals of a load in a table."""
    filas = list(filas)
    por_entidad: dict[str, dict[int, int]] = defaultdict(dict)
    for control in filas:
        por_entidad[control.entidad_id][control.anio] = control.total
    anios = sorted({control.anio for control in filas})
    comparados = [control for control in filas if control.diferencia is not None]
    return Controles(
        anios=anios,
        filas=[
            (entidades.get(clave, clave), [suyos.get(anio) for anio in anios], sum(suyos.values()))
            for clave, suyos in sorted(por_entidad.items())
        ],
        sumas=[sum(suyos.get(anio, 0) for suyos in por_entidad.values()) for anio in anios],
        comparados=len(comparados),
        diferencias=[
            (entidades.get(control.entidad_id, control.entidad_id), control)
            for control in sorted(comparados, key=lambda control: -abs(control.diferencia))
            if control.diferencia
        ],
    )


# ── The revision ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Renglon:
    """How many figures of an entidad, or of a crime, the source changed, and by how much in all."""

    clave: str
    nombre: str
    celdas: int
    neto: int


@dataclass(frozen=True, slots=True)
class Revision:
    """What a load changed of what was published, added up in two ways."""

    por_entidad: list[Renglon]
    por_delito: list[Renglon]
    opciones: list[tuple[str, str, list[int]]]
    """Crimes to choose from: address, name and ids. A subtipo is there with its modalidades and before them."""

    @property
    def celdas(self) -> int:
        """Figures that changed."""
        return sum(renglon.celdas for renglon in self.por_entidad)

    @property
    def neto(self) -> int:
        """Carpetas more, or less, than before."""
        return sum(renglon.neto for renglon in self.por_entidad)


def revision(carga: Carga, entidades: dict[str, str]) -> Revision:
    """The revision that a load made, in three queries whatever its size."""
    cambios = Cambio.objects.publicos().filter(carga=carga)
    filas = list(cambios.por_delito())
    delitos = Delito.objects.select_related("padre").in_bulk([pk for pk, *_ in filas])
    opciones: dict[str, tuple[str, str, list[int]]] = {}
    for delito in (delitos[pk] for pk, *_ in filas):
        if delito.nivel == Delito.Nivel.MODALIDAD:
            subtipo = delito.padre
            opciones.setdefault(subtipo.slug, (subtipo.slug, subtipo.nombre, [subtipo.pk]))
        opciones[direccion(delito)] = direccion(delito), nombre(delito), [delito.pk]
    return Revision(
        [Renglon(clave, entidades.get(clave, clave), *suyo) for clave, *suyo in cambios.por_entidad()],
        [Renglon(direccion(delitos[pk]), nombre(delitos[pk]), *suyo) for pk, *suyo in filas],
        list(opciones.values()),
    )


def nombre(delito: Delito) -> str:
    """How a crime is called out of its tree: a modalidad goes after its subtipo."""
    return f"{delito.padre.nombre}: {delito.nombre}" if delito.nivel == Delito.Nivel.MODALIDAD else delito.nombre


def direccion(delito: Delito) -> str:
    """The address of a crime, the same as in the rest of the open data."""
    return f"{delito.padre.slug}{SEPARADOR}{delito.slug}" if delito.nivel == Delito.Nivel.MODALIDAD else delito.slug


def nombres_de_territorios(claves: Collection[str] | None = None) -> dict[str, str]:
    """Name of some entidades and municipalities by their code, or of all. Two queries."""
    entidades = nombres_de_entidades()
    municipios = Municipio.objects.order_by()
    if claves is not None:
        municipios = municipios.filter(clave__in=claves)
    return entidades | {
        clave: f"{nombre}, {entidades[entidad]}"
        for clave, nombre, entidad in municipios.values_list("clave", "nombre", "entidad")
    }


def con_nombres(cambios: Iterable[Cambio]) -> list[dict[str, Any]]:
    """Figures that changed, each with the names of its place and its crime."""
    cambios = list(cambios)
    nombres = nombres_de_territorios([cambio.territorio for cambio in cambios])
    return [
        {
            "cambio": cambio,
            "territorio": nombres.get(cambio.territorio, cambio.territorio),
            "delito": nombre(cambio.delito),
            "diferencia": cambio.despues - cambio.antes,
        }
        for cambio in cambios
    ]


# ── For the staff ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Regreso:
    """What undoing a load would leave: what comes back, and what would stay without figures."""

    vuelven: list[dict[str, Any]]
    se_van: int
    sin_relevo: int


def lo_que_vuelve(carga: Carga) -> Regreso:
    """What readers would see again if a load were undone, counted in blocks of crime, year and entidad."""
    reemplazos = Alcance.objects.filter(reemplazada_por=carga, nivel=Delito.Nivel.SUBTIPO)
    propios = Alcance.objects.vigentes().filter(carga=carga, nivel=Delito.Nivel.SUBTIPO)
    previos = reemplazos.filter(
        delito=OuterRef("delito"), anio=OuterRef("anio"), entidad=OuterRef("entidad"), ambito=OuterRef("ambito")
    )
    vuelven = list(
        reemplazos.order_by("carga").values("carga").annotate(bloques=Count("pk"), desde=Min("anio"), hasta=Max("anio"))
    )
    cargas = Carga.objects.in_bulk([fila["carga"] for fila in vuelven])
    return Regreso(
        vuelven=[fila | {"carga": cargas[fila["carga"]]} for fila in vuelven],
        se_van=propios.count(),
        sin_relevo=propios.exclude(Exists(previos)).count(),
    )


def municipios_sin_poblacion() -> list[dict[str, Any]]:
    """Municipalities with figures and without inhabitants in the edition in use: they have no rate."""
    poblados = Poblacion.objects.vigente().filter(territorio=OuterRef("clave"))
    presentes = Presencia.objects.filter(municipio=OuterRef("clave"))
    faltan = Municipio.objects.reales().filter(Exists(presentes)).exclude(Exists(poblados)).select_related("entidad")
    claves = [municipio.clave for municipio in faltan]
    desde = dict(
        Presencia.objects.filter(municipio__in=claves).order_by().values_list("municipio").annotate(Min("desde"))
    )
    conocidos = claves_del_catalogo()
    return [
        {"municipio": municipio, "desde": desde[municipio.clave], "de_un_archivo": municipio.clave not in conocidos}
        for municipio in faltan
    ]
