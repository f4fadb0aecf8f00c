"""Which places and which years a reader may choose for a crime."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Value

from indicadores.delitos import DelitoElegido
from indicadores.models import Alcance, Ambito, Delito, Poblacion
from indicadores.models.cargas import TODO_EL_ANIO
from indicadores.territorios import Territorio, Unidad
from mesas.models import Entidad, Municipio


def anios_completos(delito: DelitoElegido, *, municipal: bool = False, entidad: str = "") -> list[int]:
    """Years that some entidad reports whole for all that adds up to the crime, newest first. One query.

    Args:
        municipal: only what is published by municipality.
        entidad: only what that entidad reports.
    """
    alcances = Alcance.objects.vigentes().de_subtipos(delito.todos_los_subtipos).filter(meses=TODO_EL_ANIO)
    if municipal:
        alcances = alcances.filter(ambito=Ambito.MUNICIPAL)
    if entidad:
        alcances = alcances.filter(entidad=entidad)
    if delito.nivel == Delito.Nivel.MODALIDAD:
        alcances = alcances.filter(con_modalidades=True)
    por_anio: dict[int, set[int]] = defaultdict(set)
    for anio, subtipo in alcances.order_by().values_list("anio", "delito").distinct():
        por_anio[anio].add(subtipo)
    enteros = {frozenset(subtipos) for subtipos in delito.subtipos.values()}
    return sorted((anio for anio, suyos in por_anio.items() if any(e <= suyos for e in enteros)), reverse=True)


def entidades_y_municipios(
    entidad: str | None = "", minimo_poblacion: int | None = None, anio: int | None = None
) -> tuple[dict[str, str], list[Territorio]]:
    """Names of the entidades by code, and the places of a map or a ranking. One query.

    Args:
        entidad: whose municipalities are the places; None for those of the whole country, empty for the entidades.
        minimo_poblacion: only municipalities with at least so many inhabitants in `anio`.
        anio: year of those inhabitants, in the current edition.
    """
    filas = Entidad.objects.order_by().values_list(Value(0), "clave", "nombre_corto")
    if entidad != "":
        municipios = Municipio.objects.reales().order_by()
        if entidad is not None:
            municipios = municipios.filter(entidad=entidad)
        if minimo_poblacion is not None:
            grandes = Poblacion.objects.vigente().filter(anio=anio, habitantes__gte=minimo_poblacion)
            municipios = municipios.filter(clave__in=grandes.values("territorio"))
        filas = filas.union(municipios.values_list(Value(1), "clave", "nombre"), all=True)
    filas = sorted(filas)
    nombres = {clave: nombre for nivel, clave, nombre in filas if nivel == 0}
    if entidad == "":
        return nombres, [Territorio(clave, nombre, (Unidad(clave),)) for clave, nombre in nombres.items()]
    return nombres, [
        Territorio(clave, nombre if entidad else f"{nombre}, {nombres[clave[:2]]}", (Unidad(clave),))
        for nivel, clave, nombre in filas
        if nivel == 1
    ]
