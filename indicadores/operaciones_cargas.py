"""Loading an official file of crimes, and undoing it. Everything enters at once or not at all."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.utils import timezone

from comun.temporales import PREFIJO
from indicadores import cerrojo
from indicadores.altas import Hoja, completar_delitos, completar_municipios, subtipos_de
from indicadores.copia import analizar, copiar
from indicadores.escritura import escribir_conteos, sumar
from indicadores.importadores.errores import ArchivoInvalido
from indicadores.importadores.lector import Lectura, abrir
from indicadores.models import Alcance, Carga, Control, Delito
from indicadores.retiros import olvidar_lo_viejo, quitar_cifras
from indicadores.revision import (
    anotar_cambios,
    aplicar_silencios,
    conciliar,
    entidades_incompletas,
    municipios_perdidos,
)
from indicadores.sumas import poner_al_dia, sumas_del_catalogo
from indicadores.texto import normalizar

Avisar = Callable[[str, float], None]
"""Told what is being done and how far the load is, from 0 to 1."""

FUENTES = {
    "estatal": "SESNSP / CNI, incidencia delictiva del fuero común por entidad",
    "municipal": "SESNSP / CNI, incidencia delictiva del fuero común por municipio",
}


class NoSePuedeDeshacer(Exception):
    """Why a load stays; the message is for people."""


@dataclass(frozen=True, slots=True)
class ResultadoDeIncidencia:
    """What a load left, or why it left nothing."""

    cambio: bool
    mensaje: str
    carga: Carga | None = None
    conteos: int = 0
    avisos: list[str] = field(default_factory=list)
    controles: list[tuple[int, str, int]] = field(default_factory=list)


class _Simulacro(Exception):
    """Undoes what a rehearsal did."""


def cargar_incidencia(
    *,
    ruta: Path,
    nombre: str = "",
    corte: dt.date | None = None,
    forzar: bool = False,
    simular: bool = False,
    usuario: Any = None,
    esperar: bool = True,
    avisar: Avisar = lambda paso, avance: None,
) -> ResultadoDeIncidencia:
    """Load an official file of crimes: municipal or state, of either instrument, recognised by itself.

    Readers see what there was until the whole file is in. For each crime, year and entidad the
    newest cut rules; with the same cut, the file that comes last. What leaves is kept as the
    predecessor, so that the load can be undone.

    Args:
        ruta: the file, as CSV, ZIP or XLSX.
        nombre: how the file is called, when the path does not say it.
        corte: last month published, as its first day; without it, it is inferred.
        forzar: take a file that looks incomplete, or older than what is in force.
        simular: do everything and keep nothing.
        esperar: wait for another load to end, or raise at once.

    Raises:
        ArchivoInvalido: if the file is not one of these or something in it is wrong.
        indicadores.cerrojo.CargaEnCurso: if another load is running and this one must not wait.
    """

    def leyendo(paso: str, avance: float) -> None:
        avisar(paso, avance / 2)

    with abrir(ruta, nombre=nombre or None, corte=corte, forzar=forzar, avisar=leyendo) as lectura:
        try:
            with transaction.atomic():
                cerrojo.tomar(esperar=esperar)
                resultado = _guardar(lectura, forzar, usuario, avisar)
                if simular:
                    raise _Simulacro
        except _Simulacro:
            return resultado
    return resultado


@transaction.atomic
def deshacer_carga(*, carga: Carga, usuario: Any = None) -> Carga:
    """Take a load away and put back what it replaced. Its record stays, without figures.

    Raises:
        NoSePuedeDeshacer: if it is undone already, came with the portal, or a later load stands on it.
    """
    cerrojo.tomar()
    carga.refresh_from_db()
    if motivo := por_que_no_se_deshace(carga):
        raise NoSePuedeDeshacer(motivo)
    quitar_cifras([carga.pk])
    carga.reemplazos.update(vigente=True, reemplazada_por=None)
    poner_al_dia(carga.instrumento, sumas_del_catalogo(carga.instrumento))
    carga.deshecha, carga.deshecha_por = timezone.now(), usuario
    carga.save(update_fields=["deshecha", "deshecha_por"])
    return carga


def por_que_no_se_deshace(carga: Carga) -> str:
    """Why a load must stay, for people; empty if it can be undone."""
    if carga.deshecha:
        return "Esa carga ya está deshecha."
    if carga.extracto:
        return "Esas cifras vienen con el portal: se reemplazan con un archivo, no se deshacen."
    encima = Carga.objects.filter(reemplazos__carga=carga, deshecha__isnull=True).order_by("cargada").last()
    if encima:
        return f"Primero deshaz «{encima}», que la reemplazó."
    if carga.revisadas is not None and not carga.reemplazos.exists():
        return "Ya no se conserva la carga anterior: carga de nuevo la edición que quieras ver."
    return ""


def _guardar(lectura: Lectura, forzar: bool, usuario: Any, avisar: Avisar) -> ResultadoDeIncidencia:
    """The writing, inside a transaction that holds the lock."""
    ya = Carga.objects.que_ya_trajo(
        sha256=lectura.sha256, instrumento=lectura.instrumento, ambito=lectura.ambito
    ).first()
    if ya:
        return ResultadoDeIncidencia(False, f"Ese mismo archivo ya está cargado ({ya}): no cambia nada.", ya)
    avisar("Catálogos de delitos y de municipios", 0.5)
    avisos = [*lectura.avisos, *completar_municipios(lectura)]
    hojas = completar_delitos(lectura)
    bloques = _bloques(lectura, hojas)
    vencidos, posteriores = _competir(lectura, bloques, forzar)
    if len(posteriores) == len(bloques):
        return ResultadoDeIncidencia(
            False,
            "Todo lo que trae este archivo ya está en el portal con un corte posterior: no cambia nada. "
            "Si quieres volver a esta edición, cárgala con «forzar».",
            avisos=avisos,
        )
    if posteriores:
        avisos.append(f"{len(posteriores)} bloques (delito, año y entidad) ya tenían un corte posterior y se quedan.")
    avisar("Alcance del archivo", 0.55)
    sumas = sumas_del_catalogo(lectura.instrumento)
    nodos = _nodos(lectura, hojas, sumas)
    with ThreadPoolExecutor(max_workers=1) as hilo, TemporaryDirectory(prefix=PREFIJO) as carpeta:
        # DuckDB adds up while PostgreSQL takes what the file covers.
        sumado = hilo.submit(sumar, lectura.con, nodos, lectura.ambito == "municipal")
        carga = _crear_carga(lectura, avisos, forzar, usuario)
        Alcance.objects.filter(pk__in=vencidos).update(vigente=False, reemplazada_por=carga)
        _escribir_alcances(carga, [b for b in bloques if b.llave not in posteriores], True, sumas)
        _escribir_alcances(carga, [b for b in bloques if b.llave in posteriores], False, sumas)
        _escribir_presencias(lectura, carga)
        _revisar_perdidos(carga, forzar)
        entidades_incompletas(carga.pk)
        aplicar_silencios(carga.instrumento)
        poner_al_dia(carga.instrumento, sumas, carga.pk)
        avisar("Cifras mes por mes", 0.6)
        # The counts are held against these by their trigger: unknown to the planner, that would take seconds.
        analizar("indicadores_alcance", "indicadores_presencia", "indicadores_delito")
        sumado.result()
        anios = range(carga.primer_anio, carga.ultimo_anio + 1)
        cuantos = escribir_conteos(lectura.con, Path(carpeta), carga.pk, _por_escribir(carga, nodos, sumas), anios)
    avisar("Qué cambió desde la carga anterior", 0.85)
    analizar("indicadores_conteo")
    carga.revisadas = anotar_cambios(carga)
    carga.save(update_fields=["revisadas"])
    avisar("Totales de control", 0.92)
    controles = _escribir_controles(lectura, carga)
    conciliar(carga.pk)
    olvidar_lo_viejo(carga)
    avisar("Listo", 1.0)
    return ResultadoDeIncidencia(True, _resumen(carga), carga, cuantos, avisos, controles)


def _resumen(carga: Carga) -> str:
    revisadas = ""
    if carga.revisadas is not None:
        cifras = "cifra ya publicada" if carga.revisadas == 1 else "cifras ya publicadas"
        revisadas = f" La fuente cambió {carga.revisadas:,} {cifras}."
    return f"{carga.archivo}: {carga.filas:,} filas, corte {carga.corte:%Y-%m}, {carga.total:,} carpetas.{revisadas}"


# ── What enters and what leaves ─────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Bloque:
    subtipo: int
    anio: int
    entidad: str
    mascara: int
    corte: dt.date
    con_modalidades: bool

    @property
    def llave(self) -> tuple[int, int, str]:
        return self.subtipo, self.anio, self.entidad


def _bloques(lectura: Lectura, hojas: dict[tuple[str, ...], Hoja]) -> list[_Bloque]:
    subtipos = subtipos_de(hojas)
    return [
        _Bloque(
            subtipos[leido.delito],
            leido.anio,
            leido.entidad,
            leido.mascara,
            leido.corte,
            leido.delito not in lectura.modalidad_desconocida,
        )
        for leido in lectura.alcances
    ]


def _competir(
    lectura: Lectura, bloques: Iterable[_Bloque], forzar: bool
) -> tuple[list[int], set[tuple[int, int, str]]]:
    """Ids of the alcances that leave, and the blocks of the file that are older than what is in force."""
    vigentes = {
        (subtipo, anio, entidad): (pk, corte)
        for pk, subtipo, anio, entidad, corte in Alcance.objects.vigentes()
        .filter(instrumento=lectura.instrumento, ambito=lectura.ambito, nivel=Delito.Nivel.SUBTIPO)
        .values_list("pk", "delito", "anio", "entidad", "corte")
    }
    vencidos: list[int] = []
    posteriores: set[tuple[int, int, str]] = set()
    for bloque in bloques:
        pk, corte = vigentes.get(bloque.llave, (None, None))
        if pk is None:
            continue
        if corte > bloque.corte and not forzar:
            posteriores.add(bloque.llave)
        else:
            vencidos.append(pk)
    return vencidos, posteriores


def _crear_carga(lectura: Lectura, avisos: list[str], forzada: bool, usuario: Any) -> Carga:
    carga = Carga(
        instrumento=lectura.instrumento,
        ambito=lectura.ambito,
        archivo=lectura.archivo[-200:],
        sha256=lectura.sha256,
        corte=lectura.corte,
        primer_anio=lectura.primer_anio,
        ultimo_anio=lectura.ultimo_anio,
        fuente=f"{FUENTES[lectura.ambito]}, instrumento {lectura.instrumento}",
        filas=lectura.filas,
        total=lectura.total,
        avisos=avisos,
        forzada=forzada,
        usuario=usuario,
    )
    carga.full_clean(exclude=["usuario"])
    carga.save()
    return carga


def _escribir_alcances(carga: Carga, bloques: list[_Bloque], vigente: bool, sumas: dict[int, tuple[int, ...]]) -> None:
    """Declare what the file covers. What its sums already add is marked now, row by row it would cost a rewriting."""
    presentes = {bloque.llave for bloque in bloques} if vigente else set()
    enteros = {
        (nodo, anio, entidad)
        for anio, entidad in {(bloque.anio, bloque.entidad) for bloque in bloques}
        for nodo, subtipos in sumas.items()
        if all((subtipo, anio, entidad) in presentes for subtipo in subtipos)
    }
    niveles = dict(Delito.objects.filter(pk__in=sumas).values_list("pk", "nivel"))
    arriba = {(niveles[nodo], subtipo): nodo for nodo, subtipos in sumas.items() for subtipo in subtipos}
    comunes = carga.pk, carga.instrumento, carga.ambito
    columnas = ("carga_id", "instrumento", "ambito", "delito_id", "entidad_id", "anio", "meses", "corte")
    marcas = ("entidad_completa", "con_modalidades", "vigente", "en_su_tipo", "en_su_bien")

    def sumado(bloque: _Bloque, nivel: int) -> int:
        return int((arriba.get((nivel, bloque.subtipo)), bloque.anio, bloque.entidad) in enteros)

    copiar(
        "indicadores_alcance",
        (*columnas, *marcas),
        (
            (
                *(*comunes, b.subtipo, b.entidad, b.anio, b.mascara, b.corte),
                *(1, int(b.con_modalidades), int(vigente), sumado(b, Delito.Nivel.TIPO), sumado(b, Delito.Nivel.BIEN)),
            )
            for b in bloques
        ),
    )


def _escribir_presencias(lectura: Lectura, carga: Carga) -> None:
    copiar(
        "indicadores_presencia",
        ("carga_id", "municipio_id", "desde", "hasta"),
        ((carga.pk, *tramo) for tramo in lectura.tramos),
    )


def _revisar_perdidos(carga: Carga, forzar: bool) -> None:
    perdidos = municipios_perdidos(carga.pk)
    if not perdidos:
        return
    ejemplos = f"{', '.join(perdidos[:5])}{'…' if len(perdidos) > 5 else ''}"
    if not forzar:
        raise ArchivoInvalido(
            f"{carga.archivo}: faltan {len(perdidos)} municipios que la carga anterior traía en los mismos años "
            f"({ejemplos}), y se quedarían sin cifras. Revisa que el archivo esté completo; si la fuente los quitó, "
            "cárgalo con «forzar»."
        )
    carga.avisos.append(f"Se forzó: ya no trae {len(perdidos)} municipios que la carga anterior sí ({ejemplos}).")
    carga.save(update_fields=["avisos"])


def _nodos(
    lectura: Lectura, hojas: dict[tuple[str, ...], Hoja], sumas: dict[int, tuple[int, ...]]
) -> list[tuple[int, int]]:
    """Crimes in which each combination of the file counts; sums only if the file brings all that they add."""
    subtipos = subtipos_de(hojas)
    traidos = {subtipos[combinacion.llave] for combinacion in lectura.combinaciones}
    arriba: dict[int, list[int]] = defaultdict(list)
    for nodo, suyos in sumas.items():
        if traidos.issuperset(suyos):
            for subtipo in suyos:
                arriba[subtipo].append(nodo)
    pares = []
    for numero, *nombres in lectura.con.execute(
        "SELECT id, bien, tipo, subtipo, modalidad FROM combinacion"
    ).fetchall():
        textos = tuple(normalizar(nombre) for nombre in nombres)
        subtipo = subtipos[textos[:3]]
        pares += [(numero, nodo) for nodo in (subtipo, *arriba[subtipo])]
        if textos[:3] not in lectura.modalidad_desconocida and hojas[textos][1] is not None:
            pares.append((numero, hojas[textos][1]))
    return pares


def _por_escribir(carga: Carga, nodos: list[tuple[int, int]], sumas: dict[int, tuple[int, ...]]) -> set[int]:
    """Crimes with series of their own: a sum only where the carga covers all of it somewhere."""
    enteras = set(carga.alcances.filter(nivel__lt=3).values_list("delito", flat=True).distinct())
    return {nodo for _, nodo in nodos if nodo not in sumas or nodo in enteras}


def _escribir_controles(lectura: Lectura, carga: Carga) -> list[tuple[int, str, int]]:
    filas = sorted((anio, entidad, total) for (entidad, anio), total in lectura.controles.items())
    Control.objects.bulk_create(
        [Control(carga=carga, anio=anio, entidad_id=entidad, total=total) for anio, entidad, total in filas]
    )
    return filas


__all__ = [
    "ArchivoInvalido",
    "NoSePuedeDeshacer",
    "ResultadoDeIncidencia",
    "cargar_incidencia",
    "deshacer_carga",
    "por_que_no_se_deshace",
]
