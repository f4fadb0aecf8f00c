"""What writes figures: everything enters at once or not at all."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import add
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from indicadores import cerrojo
from indicadores import extracto as formato
from indicadores.copia import analizar, copiar
from indicadores.extracto import Extracto
from indicadores.models import Alcance, Carga, Delito, EdicionDePoblacion
from indicadores.sumas import poner_al_dia, sumas_del_catalogo
from indicadores.texto import direccion, normalizar
from mesas.models import Entidad, Municipio

Aviso = Callable[[str], None]


class CatalogoIncompleto(Exception):
    """The figures name municipalities that the catalogue of territory does not have."""


@dataclass(frozen=True, slots=True)
class ResultadoDeCarga:
    """What a load left: whether anything changed, and how much came in."""

    cambio: bool
    cargas: int = 0
    conteos: int = 0
    poblacion: int = 0


@transaction.atomic
def cargar_extracto(
    *, carpeta: Path = formato.CARPETA, usuario: Any = None, avisar: Aviso = lambda texto: None
) -> ResultadoDeCarga:
    """Load the committed extract of official figures. The same extract again changes nothing.

    A newer extract replaces the older one whole. Where an official file loaded by the staff
    reports the same with an equal or newer cut, that file stays in force.

    Raises:
        indicadores.extracto.ExtractoDanado: if a file differs from its manifest.
        CatalogoIncompleto: if the municipalities are not loaded yet.
    """
    cerrojo.tomar()
    extracto = formato.abrir(carpeta)
    fichas = extracto.manifiesto["cargas"]
    if Carga.objects.del_extracto(extracto.huella).count() == len(fichas):
        return ResultadoDeCarga(cambio=False)
    _completar_territorio(extracto)
    avisar("Catálogo de delitos")
    subtipos = cargar_taxonomia(extracto.filas(formato.TAXONOMIA))
    previas = Carga.objects.exclude(extracto="")
    Alcance.objects.filter(reemplazada_por__in=previas).update(vigente=True, reemplazada_por=None)
    previas.delete()
    avisar("Población de los municipios")
    habitantes = _cargar_poblacion(extracto)
    avisar("Alcance de cada archivo")
    cargas = {
        ficha["clave"]: Carga.objects.create(
            instrumento=ficha["instrumento"],
            ambito=ficha["ambito"],
            archivo=ficha["archivo"],
            sha256=ficha["sha256"],
            corte=_dia(ficha["corte"]),
            primer_anio=ficha["anios"][0],
            ultimo_anio=ficha["anios"][1],
            fuente=ficha["fuente"],
            nota=ficha["nota"],
            filas=ficha["filas"],
            total=ficha["total"],
            extracto=extracto.huella,
            usuario=usuario,
        )
        for ficha in fichas
    }
    _cargar_alcances(extracto, cargas, subtipos)
    analizar("indicadores_alcance", "indicadores_presencia", "indicadores_delito")
    avisar("Cifras mes por mes")
    conteos = _cargar_conteos(extracto, cargas, subtipos)
    return ResultadoDeCarga(True, len(cargas), conteos, habitantes)


@transaction.atomic
def usar_edicion(*, edicion: EdicionDePoblacion) -> EdicionDePoblacion:
    """Make an edition of population the one that every rate divides by."""
    EdicionDePoblacion.objects.filter(vigente=True).exclude(pk=edicion.pk).update(vigente=False)
    edicion.vigente = True
    edicion.full_clean()
    edicion.save(update_fields=["vigente"])
    return edicion


def cargar_taxonomia(filas: Iterable[list[str]]) -> dict[tuple[str, str], int]:
    """Add to the catalogue the crimes it lacks; return the id of each subtipo by (instrumento, slug).

    Each row is (instrumento, bien, tipo, subtipo, modalidad) in the official spelling.
    """
    existentes = {
        (delito.instrumento, delito.nivel, delito.padre_id, delito.texto): delito for delito in Delito.objects.all()
    }
    orden: dict[str, int] = defaultdict(int)
    subtipos: dict[tuple[str, str], int] = {}
    for instrumento, *nombres in filas:
        padre = None
        orden[instrumento] += 1
        for nivel, nombre in enumerate(nombres, start=1):
            llave = (instrumento, nivel, padre.pk if padre else None, normalizar(nombre))
            if llave not in existentes:
                existentes[llave] = Delito.objects.create(
                    instrumento=instrumento,
                    nivel=nivel,
                    padre=padre,
                    nombre=nombre,
                    texto=llave[3],
                    slug=direccion(nombre),
                    orden=orden[instrumento],
                )
            padre = existentes[llave]
            if nivel == Delito.Nivel.SUBTIPO:
                subtipos[instrumento, padre.slug] = padre.pk
    return subtipos


def _completar_territorio(extracto: Extracto) -> None:
    """Register the pseudo-municipalities, which no catalogue of places has, and check the rest."""
    Municipio.objects.bulk_create(
        [
            Municipio(clave=clave, entidad_id=clave[:2], nombre=nombre, pseudo=True)
            for clave, nombre in extracto.manifiesto["pseudomunicipios"].items()
            if Entidad.objects.filter(clave=clave[:2]).exists()
        ],
        ignore_conflicts=True,
    )
    citados = {fila[0] for fila in extracto.filas(formato.POBLACION)}
    for fila in extracto.filas(formato.PRESENCIA):
        citados.update(formato.separar_claves(fila[3]))
    faltan = sorted(citados.difference(Municipio.objects.values_list("clave", flat=True)))
    if faltan:
        raise CatalogoIncompleto(
            f"El catálogo de municipios no tiene {len(faltan)} de los que citan las cifras "
            f"(por ejemplo {', '.join(faltan[:3])}). Carga primero el territorio."
        )


def _cargar_poblacion(extracto: Extracto) -> int:
    ficha = extracto.manifiesto["poblacion"]
    EdicionDePoblacion.objects.exclude(extracto="").delete()
    if EdicionDePoblacion.objects.filter(nombre=ficha["nombre"]).exists():
        return 0  # the staff loaded the whole edition: it holds these years and more
    edicion = EdicionDePoblacion.objects.create(
        nombre=ficha["nombre"],
        fuente=ficha["fuente"],
        nota=ficha["nota"],
        archivo=ficha["archivo"],
        sha256=ficha["sha256"],
        extracto=extracto.huella,
        vigente=not EdicionDePoblacion.objects.filter(vigente=True).exists(),
    )
    anios = [int(columna) for columna in extracto.columnas(formato.POBLACION)[1:]]
    por_entidad: dict[tuple[str, int], int] = defaultdict(int)
    filas = []
    for clave, *serie in extracto.filas(formato.POBLACION):
        for anio, habitantes in zip(anios, serie, strict=True):
            filas.append((edicion.pk, clave, anio, habitantes))
            por_entidad[clave[:2], anio] += int(habitantes)
    filas += [(edicion.pk, clave, anio, habitantes) for (clave, anio), habitantes in por_entidad.items()]
    return copiar("indicadores_poblacion", ("edicion_id", "territorio", "anio", "habitantes"), filas)


def _cargar_alcances(extracto: Extracto, cargas: dict[str, Carga], subtipos: dict[tuple[str, str], int]) -> None:
    ajenos = {
        (alcance.delito_id, alcance.ambito, alcance.anio, alcance.entidad_id): alcance
        for alcance in Alcance.objects.vigentes()
    }
    vencidos: dict[int, list[int]] = defaultdict(list)
    filas = []
    for clave, delito, anio, meses, corte, completa, entidades in extracto.filas(formato.ALCANCE):
        carga = cargas[clave]
        subtipo = subtipos[carga.instrumento, delito]
        dia = _dia(corte)
        for entidad in formato.separar_claves(entidades):
            ajeno = ajenos.get((subtipo, carga.ambito, int(anio), entidad))
            if ajeno is not None and ajeno.corte < dia:
                vencidos[carga.pk].append(ajeno.pk)
            vigente = int(ajeno is None or ajeno.corte < dia)
            mascara = int(meses[::-1], 2)
            filas.append(
                (carga.pk, carga.instrumento, carga.ambito, subtipo, entidad, anio, mascara, dia, completa, 0, vigente)
            )
    for carga_pk, suyos in vencidos.items():
        Alcance.objects.filter(pk__in=suyos).update(vigente=False, reemplazada_por=carga_pk)
    columnas = ("carga_id", "instrumento", "ambito", "delito_id", "entidad_id", "anio", "meses", "corte")
    copiar("indicadores_alcance", (*columnas, "entidad_completa", "con_modalidades", "vigente"), filas)
    copiar(
        "indicadores_presencia",
        ("carga_id", "municipio_id", "desde", "hasta"),
        (
            (cargas[clave].pk, municipio, desde, hasta)
            for clave, desde, hasta, municipios in extracto.filas(formato.PRESENCIA)
            for municipio in formato.separar_claves(municipios)
        ),
    )
    for instrumento in {carga.instrumento for carga in cargas.values()}:
        sumas = sumas_del_catalogo(instrumento)
        for carga in cargas.values():
            if carga.instrumento == instrumento:
                poner_al_dia(instrumento, sumas, carga.pk)
    _analizar("indicadores_alcance", "indicadores_presencia", "indicadores_delito")


def _cargar_conteos(extracto: Extracto, cargas: dict[str, Carga], subtipos: dict[tuple[str, str], int]) -> int:
    columnas = ("carga_id", "delito_id", "territorio", "meses")
    cuantos = copiar("indicadores_conteo", columnas, _series(extracto, cargas, subtipos))
    _analizar("indicadores_conteo", "indicadores_poblacion")
    return cuantos


def _series(
    extracto: Extracto, cargas: dict[str, Carga], subtipos: dict[tuple[str, str], int]
) -> Iterator[tuple[int, int, str, list[int]]]:
    """Every series of the extract and, after them, the sums by entidad, by tipo and by bien."""
    cubiertas = set(Alcance.objects.filter(carga__in=cargas.values()).values_list("carga", "delito", "entidad"))
    arriba: dict[int, list[int]] = defaultdict(list)
    for instrumento in {carga.instrumento for carga in cargas.values()}:
        for nodo, suyos in sumas_del_catalogo(instrumento).items():
            for subtipo in suyos:
                arriba[subtipo].append(nodo)
    sumas: dict[tuple[int, int, str], list[int]] = {}
    for (clave, delito, territorio), filas in groupby(extracto.filas(formato.CONTEOS), key=lambda fila: fila[:3]):
        carga = cargas[clave]
        subtipo = subtipos[carga.instrumento, delito]
        meses = [0] * (12 * (carga.ultimo_anio - carga.primer_anio + 1))
        for fila in filas:
            lugar = (int(fila[3]) - carga.primer_anio) * 12
            meses[lugar : lugar + 12] = [int(valor or 0) for valor in fila[4:]]
        yield carga.pk, subtipo, territorio, meses
        entidad = territorio[:2]
        for nodo in (subtipo, *arriba[subtipo]):
            for lugar in dict.fromkeys((territorio, entidad)):
                if (nodo, lugar) != (subtipo, territorio) and (carga.pk, nodo, entidad) in cubiertas:
                    previos = sumas.get((carga.pk, nodo, lugar))
                    sumas[carga.pk, nodo, lugar] = list(map(add, previos, meses)) if previos else meses
    for (carga_pk, nodo, lugar), meses in sumas.items():
        yield carga_pk, nodo, lugar, meses


def _analizar(*tablas: str) -> None:
    """Tell the planner what just came in: what it knew of a smaller table would mislead it."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tablas)}")


def _dia(mes: str) -> dt.date:
    """First day of `AAAA-MM`."""
    return dt.date.fromisoformat(f"{mes}-01")
