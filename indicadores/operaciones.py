"""What writes figures: everything enters at once or not at all."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from indicadores import extracto as formato
from indicadores.copia import copiar
from indicadores.extracto import Extracto
from indicadores.models import Alcance, Carga, Delito, EdicionDePoblacion
from indicadores.texto import direccion, normalizar
from mesas.models import Entidad, Municipio

_CERROJO = 0x52_4E_4D_53
"""Key of the advisory lock: two loads at once wait for each other."""

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
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CERROJO])
    extracto = formato.abrir(carpeta)
    fichas = extracto.manifiesto["cargas"]
    if Carga.objects.del_extracto(extracto.huella).count() == len(fichas):
        return ResultadoDeCarga(cambio=False)
    _completar_territorio(extracto)
    avisar("Catálogo de delitos")
    subtipos = cargar_taxonomia(extracto.filas(formato.TAXONOMIA))
    Carga.objects.exclude(extracto="").delete()
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
    vencidos, filas = [], []
    for clave, delito, anio, meses, corte, completa, entidades in extracto.filas(formato.ALCANCE):
        carga = cargas[clave]
        subtipo = subtipos[carga.instrumento, delito]
        dia = _dia(corte)
        for entidad in formato.separar_claves(entidades):
            ajeno = ajenos.get((subtipo, carga.ambito, int(anio), entidad))
            if ajeno is not None and ajeno.corte < dia:
                vencidos.append(ajeno.pk)
            vigente = int(ajeno is None or ajeno.corte < dia)
            mascara = int(meses[::-1], 2)
            filas.append(
                (carga.pk, carga.instrumento, carga.ambito, subtipo, entidad, anio, mascara, dia, completa, vigente)
            )
    Alcance.objects.filter(pk__in=vencidos).update(vigente=False)
    columnas = ("carga_id", "instrumento", "ambito", "delito_id", "entidad_id", "anio")
    copiar("indicadores_alcance", (*columnas, "meses", "corte", "entidad_completa", "vigente"), filas)
    copiar(
        "indicadores_presencia",
        ("carga_id", "municipio_id", "desde", "hasta"),
        (
            (cargas[clave].pk, municipio, desde, hasta)
            for clave, desde, hasta, municipios in extracto.filas(formato.PRESENCIA)
            for municipio in formato.separar_claves(municipios)
        ),
    )
    _analizar("indicadores_alcance", "indicadores_presencia", "indicadores_delito")


def _cargar_conteos(extracto: Extracto, cargas: dict[str, Carga], subtipos: dict[tuple[str, str], int]) -> int:
    cuantos = copiar(
        "indicadores_conteo",
        ("carga_id", "delito_id", "territorio", "anio", "meses"),
        (
            (
                cargas[clave].pk,
                subtipos[cargas[clave].instrumento, delito],
                territorio,
                anio,
                [valor or None for valor in meses],
            )
            for clave, delito, territorio, anio, *meses in extracto.filas(formato.CONTEOS)
        ),
    )
    municipales = [carga.pk for carga in cargas.values() if carga.ambito == "municipal"]
    _analizar("indicadores_conteo", "indicadores_poblacion")
    with connection.cursor() as cursor:
        cursor.execute(_SUMA_POR_ENTIDAD, [municipales])
    return cuantos


def _analizar(*tablas: str) -> None:
    """Tell the planner what just came in: what it knew of a smaller table would mislead it."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tablas)}")


_SUMA_POR_ENTIDAD = """
INSERT INTO indicadores_conteo (carga_id, delito_id, territorio, anio, meses)
SELECT c.carga_id, c.delito_id, a.entidad_id, c.anio, ARRAY[
    sum(c.meses[1]), sum(c.meses[2]), sum(c.meses[3]), sum(c.meses[4]), sum(c.meses[5]), sum(c.meses[6]),
    sum(c.meses[7]), sum(c.meses[8]), sum(c.meses[9]), sum(c.meses[10]), sum(c.meses[11]), sum(c.meses[12])]
FROM indicadores_conteo c
JOIN indicadores_alcance a ON a.carga_id = c.carga_id AND a.delito_id = c.delito_id
    AND a.anio = c.anio AND a.entidad_id = left(c.territorio, 2)
WHERE c.carga_id = ANY(%s) AND a.entidad_completa
GROUP BY 1, 2, 3, 4
"""


def _dia(mes: str) -> dt.date:
    """First day of `AAAA-MM`."""
    return dt.date.fromisoformat(f"{mes}-01")
