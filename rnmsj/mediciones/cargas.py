"""How long a national file takes to enter, against PostgreSQL taking the same bytes without looking at them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from statistics import median

from django.db import connection

from indicadores.importadores.catalogo import municipios
from indicadores.importadores.encabezado import MUNICIPAL
from indicadores.importadores.sintetico import escribir_nacional
from rnmsj.mediciones.base import Taller
from rnmsj.mediciones.hija import Hecho, en_otro_proceso
from rnmsj.mediciones.tabla import Medida

VECES_LA_COPIA = 2.0
PICO_MB = 600.0
ULTIMO_ANIO = 2025
BASTANTES = 50_000
"""Rows from which a load is long enough to tell how it grows; below it, what is fixed weighs more."""

Decir = Callable[[str], None]


@dataclass
class Vuelta:
    """One round: the file, then the next edition over it, with the bare copy before and after each."""

    copias: list[float] = field(default_factory=list)
    entera: Hecho | None = None
    siguiente: Hecho | None = None

    def razon(self, hecho: Hecho, lugar: int) -> float:
        """Times that a load takes the two copies beside it."""
        return hecho.segundos / ((self.copias[lugar] + self.copias[lugar + 1]) / 2)


def elegir_municipios(cuantos: int | None) -> list[str] | None:
    """Some municipalities of every entidad, in turns; all of the country without a number."""
    if cuantos is None:
        return None
    if cuantos == 1:
        return ["28038"]
    por_entidad: dict[str, list[str]] = {}
    for clave in sorted(municipios(), key=lambda clave: (clave != "28038", clave)):
        por_entidad.setdefault(clave[:2], []).append(clave)
    en_turnos = [clave for vuelta in zip_longest(*por_entidad.values()) for clave in vuelta if clave]
    return en_turnos[: max(cuantos, len(por_entidad))]


def copiar(ruta: Path) -> float:
    """Seconds of a bare COPY of the file into an unlogged table of text."""
    with connection.cursor() as cursor, ruta.open("rb") as archivo:
        cursor.execute(f"CREATE UNLOGGED TABLE medicion_copia ({', '.join(f'{c} text' for c in MUNICIPAL)})")
        inicio = time.perf_counter()
        cursor.copy_expert(
            "COPY medicion_copia FROM STDIN WITH (FORMAT csv, HEADER true, ENCODING 'WIN1252')", archivo, 1 << 20
        )
        segundos = time.perf_counter() - inicio
        cursor.execute("DROP TABLE medicion_copia")
    connection.close()
    return segundos


def medir_cargas(
    taller: Taller, carpeta: Path, anios: int, cuantos: int | None, veces: int, decir: Decir
) -> tuple[list[Medida], str, Path]:
    """The load and the next edition. Returns also the last base, loaded, and the file in it."""
    suyos, claves = range(ULTIMO_ANIO - anios + 1, ULTIMO_ANIO + 1), elegir_municipios(cuantos)
    antes, despues = carpeta / "nacional_nov25.csv", carpeta / "nacional_dic25.csv"
    decir("Hago el archivo nacional, y el del mes siguiente")
    filas = escribir_nacional(antes, anios=suyos, claves=claves, mes_de_corte=11)
    escribir_nacional(despues, anios=suyos, claves=claves, mes_de_corte=12)
    vueltas: list[Vuelta] = []
    base = ""
    for numero in range(veces):
        decir(f"Carga {numero + 1} de {veces}")
        if base:
            taller.quitar(base)
        base, vuelta = taller.nueva(), Vuelta()
        vuelta.copias.append(copiar(antes))
        vuelta.entera = en_otro_proceso(base, "cargar", str(antes))
        vuelta.copias.append(copiar(despues))
        vuelta.siguiente = en_otro_proceso(base, "cargar", str(despues))
        vuelta.copias.append(copiar(despues))
        vueltas.append(vuelta)
    return list(_medidas(vueltas, filas, antes.stat().st_size)), base, despues


def _medidas(vueltas: Sequence[Vuelta], filas: int, bytes_: int) -> Iterator[Medida]:
    enteras = [vuelta.razon(vuelta.entera, 0) for vuelta in vueltas]
    siguientes = [vuelta.razon(vuelta.siguiente, 1) for vuelta in vueltas]
    segundos = median(vuelta.entera.segundos for vuelta in vueltas)
    copia = median(copia for vuelta in vueltas for copia in vuelta.copias)
    pico = max(hecho.pico_mb for vuelta in vueltas for hecho in (vuelta.entera, vuelta.siguiente))
    yield Medida(
        "carga",
        "Cargar el archivo nacional entero",
        median(enteras),
        "× COPY",
        f"{filas:,} filas, {bytes_ / 1e6:,.0f} MB: {segundos:.1f} s contra {copia:.1f} s; mediana de {_lista(enteras)}",
        meta=VECES_LA_COPIA,
    )
    yield Medida(
        "carga",
        "Cargar el mes siguiente sobre él, con su revisión",
        median(siguientes),
        "× COPY",
        f"{median(v.siguiente.segundos for v in vueltas):.1f} s; mediana de {_lista(siguientes)}",
        meta=VECES_LA_COPIA,
    )
    yield Medida("carga", "Memoria máxima de quien carga", pico, "MB", "proceso propio, la mayor", meta=PICO_MB)
    yield Medida("carga", "Velocidad de la carga", filas / segundos, "filas/s", "archivo entero")


def _lista(razones: Sequence[float]) -> str:
    return ", ".join(f"{razon:.2f}" for razon in razones)


def medir_tamanos(
    taller: Taller, carpeta: Path, tamanos: Sequence[tuple[int, int | None]], decir: Decir
) -> Iterator[Medida]:
    """Loads of several sizes, each in a clean base, and how their cost grows."""
    puntos = []
    ruta = carpeta / "tamano_dic25.csv"
    for anios, cuantos in tamanos:
        claves = elegir_municipios(cuantos)
        filas = escribir_nacional(ruta, anios=range(ULTIMO_ANIO - anios + 1, ULTIMO_ANIO + 1), claves=claves)
        cuanto = f"{anios} {'año' if anios == 1 else 'años'} de {_lugares(claves)}"
        decir(f"Carga de {cuanto}")
        base = taller.nueva()
        hecho = en_otro_proceso(base, "cargar", str(ruta))
        taller.quitar(base)
        puntos.append((filas, hecho.segundos))
        detalle = f"{filas:,} filas, {filas / hecho.segundos:,.0f} por segundo; {hecho.pico_mb:,.0f} MB"
        yield Medida("tamano", f"Costo de {cuanto}", hecho.segundos, "s", detalle)
    grandes = [punto for punto in puntos if punto[0] >= BASTANTES]
    exponente = _exponente(grandes) if len({filas for filas, _ in grandes}) > 1 else None
    detalle = f"de las cargas de {BASTANTES:,} filas o más: 1 es en proporción, menos es mejor que en proporción"
    yield Medida("tamano", "Crece como filas elevado a", exponente, "", detalle, meta=1.1)


def _lugares(claves: Sequence[str] | None) -> str:
    if not claves:
        return "todo el país"
    return "1 municipio" if len(claves) == 1 else f"{len(claves):,} municipios"


def _exponente(puntos: Sequence[tuple[int, float]]) -> float:
    """Slope of the line through the logarithms."""
    equis, yes = [math.log(filas) for filas, _ in puntos], [math.log(segundos) for _, segundos in puntos]
    x, y = sum(equis) / len(equis), sum(yes) / len(yes)
    return sum((a - x) * (b - y) for a, b in zip(equis, yes, strict=True)) / sum((a - x) ** 2 for a in equis)
